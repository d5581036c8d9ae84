package dev.hillock.catalogue;

import java.util.List;
import java.util.NoSuchElementException;

/** Finds the functions of the catalogue by name; what each of them means stands in {@link Elementwise}. */
public final class Catalogue {
    private static final List<Function> FUNCTIONS = Elementwise.functions();

    private Catalogue() {}

    /** Every function, in the order of the ids. */
    public static List<Function> functions() {
        return FUNCTIONS;
    }

    /**
     * The function of a name or alias, read as {@link Names} does.
     *
     * @throws NoSuchElementException naming the nearest known one if there is no such function
     */
    public static Function function(String name) {
        String wanted = Names.normal(name);
        for (Function function : FUNCTIONS) {
            if (function.names().anyMatch(known -> Names.normal(known).equals(wanted))) {
                return function;
            }
        }
        throw Kind.unknown("function", name, FUNCTIONS.stream().flatMap(Function::names));
    }
}
