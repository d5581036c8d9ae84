package dev.hillock.catalogue;

import java.util.List;

/**
 * A parameter of a function.
 *
 * @param name its name in the API and on the command line
 * @param defaultValue its value unless given; null if it must be given
 * @param aliases the words other frameworks use for it
 * @param minimum the smallest value allowed
 * @param infinite whether the infinities are allowed
 */
public record Parameter(String name, Double defaultValue, List<String> aliases, double minimum, boolean infinite) {
    /** Whether a word names this parameter: its name or one of its aliases, read as {@link Names} does. */
    public boolean isCalled(String word) {
        String wanted = Names.normal(word);
        return Names.normal(name).equals(wanted)
                || aliases.stream().anyMatch(alias -> Names.normal(alias).equals(wanted));
    }
}
