package dev.hillock.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What all entries of the catalogue have: a name, aliases, parameters and texts.
 *
 * @param <E> the kind of entry, which the defining methods return
 */
public abstract class Entry<E extends Entry<E>> {
    private final String name;
    private final List<String> aliases = new ArrayList<>();
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Requirement> requirements = new ArrayList<>();
    private String formula = "";
    private String derivative = "";

    private record Requirement(String words, Predicate<double[]> test) {}

    Entry(String name) {
        this.name = name;
    }

    abstract E self();

    E alias(String... names) {
        aliases.addAll(List.of(names));
        return self();
    }

    E parameter(String parameter, double defaultValue, String... otherWords) {
        return parameterFrom(Double.NEGATIVE_INFINITY, parameter, defaultValue, otherWords);
    }

    // A parameter with a smallest value.
    E parameterFrom(double minimum, String parameter, double defaultValue, String... otherWords) {
        return parameter(new Parameter(parameter, defaultValue, List.of(otherWords), minimum, false));
    }

    E parameter(Parameter parameter) {
        parameters.add(parameter);
        return self();
    }

    // What the parameters must satisfy beside their minimums, as words and a test.
    E requires(String words, Predicate<double[]> test) {
        requirements.add(new Requirement(words, test));
        return self();
    }

    E formulas(String formulaText, String derivativeText) {
        formula = formulaText;
        derivative = derivativeText;
        return self();
    }

    /** Its name in lower snake case. */
    public final String name() {
        return name;
    }

    /** Other names it is known by. */
    public final List<String> aliases() {
        return List.copyOf(aliases);
    }

    /** The name and the aliases. */
    public final Stream<String> names() {
        return Stream.concat(Stream.of(name), aliases.stream());
    }

    /** Its parameters, in the order in which kernels take them. */
    public final List<Parameter> parameters() {
        return List.copyOf(parameters);
    }

    /**
     * Checks what the parameters must satisfy beside their minimums.
     *
     * @throws IllegalArgumentException saying what they must
     */
    public final void requireValid(double... parameterValues) {
        for (Requirement requirement : requirements) {
            if (!requirement.test.test(parameterValues)) {
                throw new IllegalArgumentException(name + ": " + requirement.words);
            }
        }
    }

    /** The formula as text. */
    public final String formula() {
        return formula;
    }

    /** The derivative or gradient as text. */
    public final String derivative() {
        return derivative;
    }

    /** What it costs an element, in times of relu, where that was measured. */
    public final Optional<Cost> relativeCost() {
        return Cost.of(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
