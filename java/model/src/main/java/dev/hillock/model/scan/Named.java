package dev.hillock.model.scan;

import dev.hillock.Activation;
import dev.hillock.catalogue.AxisCatalogue;
import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Function;
import dev.hillock.catalogue.Names;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;

/**
 * An activation by its meaning: a framework's word and Hillock's. One word can mean several functions, so each framework
 * has a vocabulary of its own, and this class only spells the result.
 *
 * @param original the framework's word
 * @param hillock Hillock's name with parameters, or null if Hillock has none
 * @param note what the word hides, or an empty string
 */
record Named(String original, String hillock, String note) {
    // Operations that Hillock has beside the element-wise catalogue.
    private static final List<String> OTHERS = List.of(
            "swiglu", "geglu", "geglu_tanh", "reglu", "glu", "crelu", "maxout", "sparsemax", "hardmax", "prelu");
    private static final int LONGEST = 100;

    Named {
        original = original.length() > LONGEST ? original.substring(0, LONGEST) + "…" : original;
    }

    /** A function that is known to be Hillock's. */
    static Named of(String original, String hillock, String note) {
        return new Named(original, spelled(hillock), note);
    }

    static Named of(String original, String hillock) {
        return of(original, hillock, "");
    }

    /** A word that means the same everywhere, if it is one of Hillock's own names or aliases. */
    static Named ofOwnName(String word) {
        try {
            return new Named(word, spelled(word), "");
        } catch (NoSuchElementException | IllegalArgumentException e) {
            Stream<String> known =
                    Stream.concat(Catalogue.functions().stream().flatMap(Function::names), OTHERS.stream());
            return new Named(
                    word,
                    null,
                    word.length() > LONGEST ? "not known" : "not known (nearest: " + Names.nearest(word, known) + ")");
        }
    }

    private static String spelled(String word) {
        String wanted = Names.normal(word);
        for (String other : OTHERS) {
            if (Names.normal(other).equals(wanted)) {
                return other;
            }
        }
        if (AxisCatalogue.functions().stream()
                .flatMap(function -> function.names())
                .anyMatch(name -> Names.normal(name).equals(wanted))) {
            return AxisCatalogue.function(word).name();
        }
        return Activation.of(word).toString();
    }

    boolean isIdentity() {
        return "identity".equals(hillock);
    }
}
