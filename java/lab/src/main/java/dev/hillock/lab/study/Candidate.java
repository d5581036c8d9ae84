package dev.hillock.lab.study;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One set of activations to be compared with others.
 *
 * @param name as people read it
 * @param choices one for each place of the network
 */
public record Candidate(String name, List<Choice> choices) implements Serializable {
    private static final char BETWEEN_PLACES = '+';

    /**
     * One activation for all places, or one for each: {@code gelu}, {@code relu+relu+gelu}.
     *
     * @throws java.util.NoSuchElementException naming the nearest known activation if one is not known
     * @throws IllegalArgumentException if there is another number of places
     */
    public static Candidate of(String text, Blueprint network) {
        int places = network.places().size();
        List<Choice> choices =
                Texts.split(text, BETWEEN_PLACES).stream().map(Choice::of).toList();
        if (choices.size() == 1) {
            return new Candidate(choices.get(0).toString(), Collections.nCopies(places, choices.get(0)));
        }
        if (choices.size() != places) {
            throw new IllegalArgumentException(text + ": " + choices.size() + " activations for " + places
                    + (places == 1 ? " place" : " places") + " in the network");
        }
        return new Candidate(spelled(choices), choices);
    }

    /**
     * This one with another activation in one place.
     *
     * @param change {@code place:activation}, the place by its name or by its number from 1
     * @throws java.util.NoSuchElementException naming the nearest known activation if it is not known
     * @throws IllegalArgumentException if there is no such place
     */
    public Candidate swapped(String change, Blueprint network) {
        int colon = change.lastIndexOf(':');
        if (colon < 1 || colon == change.length() - 1) {
            throw new IllegalArgumentException("--swap " + change + ": layer:activation is needed, such as 1:gelu");
        }
        String place = change.substring(0, colon);
        Choice to = Choice.of(change.substring(colon + 1));
        int index = network.places().indexOf(place);
        for (int i = 0; i < choices.size() && index < 0; i++) {
            index = place.equals(Integer.toString(i + 1)) ? i : -1;
        }
        if (index < 0) {
            throw new IllegalArgumentException("--swap " + change + ": unknown layer '" + place + "' (known: "
                    + String.join(", ", network.places()) + ")");
        }
        List<Choice> swapped = new ArrayList<>(choices);
        swapped.set(index, to);
        return new Candidate(place + ":" + to, List.copyOf(swapped));
    }

    /** The activations, place by place, in a form that {@link #of} reads. */
    public String spelled() {
        return spelled(choices);
    }

    private static String spelled(List<Choice> choices) {
        return choices.stream().map(Choice::toString).collect(Collectors.joining(String.valueOf(BETWEEN_PLACES)));
    }
}
