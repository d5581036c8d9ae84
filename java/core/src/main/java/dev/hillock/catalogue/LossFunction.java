package dev.hillock.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One loss of the catalogue: what it is called, what it takes, what it means. */
public final class LossFunction {
    /** What a loss is computed from. */
    public enum Kind {
        /** Each element from its own prediction and target. */
        ELEMENTWISE,
        /** Each sample from its scores along the class axis, with a class index or probabilities as the target. */
        CLASSES,
        /** Each sample from its values along an axis and as many targets. */
        ROWS
    }

    /** A value in double precision from prediction, target and parameters. */
    @FunctionalInterface
    public interface Formula {
        /** The value for prediction x and target t. */
        double at(double x, double t, double[] parameters);
    }

    private final String name;
    private final Kind kind;
    private final List<String> aliases = new ArrayList<>();
    private final List<Parameter> parameters = new ArrayList<>();
    private Formula value;
    private Formula gradient;
    private String formula = "";
    private String derivative = "";
    private String input = "";

    LossFunction(String name, Kind kind) {
        this.name = name;
        this.kind = kind;
    }

    LossFunction alias(String... names) {
        aliases.addAll(List.of(names));
        return this;
    }

    LossFunction parameter(String parameter, double defaultValue, String... otherWords) {
        parameters.add(new Parameter(parameter, defaultValue, List.of(otherWords), Double.NEGATIVE_INFINITY, false));
        return this;
    }

    LossFunction parameterFrom(double minimum, String parameter, double defaultValue, String... otherWords) {
        parameters.add(new Parameter(parameter, defaultValue, List.of(otherWords), minimum, false));
        return this;
    }

    LossFunction value(Formula valueFormula) {
        value = valueFormula;
        return this;
    }

    LossFunction gradient(Formula gradientFormula) {
        gradient = gradientFormula;
        return this;
    }

    LossFunction text(String inputText, String formulaText, String derivativeText) {
        input = inputText;
        formula = formulaText;
        derivative = derivativeText;
        return this;
    }

    /** Its name in lower snake case. */
    public String name() {
        return name;
    }

    /** Other names it is known by. */
    public List<String> aliases() {
        return List.copyOf(aliases);
    }

    /** The name and the aliases. */
    public Stream<String> names() {
        return Stream.concat(Stream.of(name), aliases.stream());
    }

    /** What it is computed from. */
    public Kind kind() {
        return kind;
    }

    /** Its parameters in their order. */
    public List<Parameter> parameters() {
        return List.copyOf(parameters);
    }

    /** What the predictions are: logits, probabilities, log-probabilities or any value. */
    public String input() {
        return input;
    }

    /** The formula as text. */
    public String formula() {
        return formula;
    }

    /** The gradient with respect to the prediction, as text. */
    public String derivative() {
        return derivative;
    }

    /** The loss of one element, for losses by element. */
    public double value(double x, double t, double... parameterValues) {
        return value.at(x, t, parameterValues);
    }

    /** The gradient of one element's loss with respect to its prediction, for losses by element. */
    public double gradient(double x, double t, double... parameterValues) {
        return gradient.at(x, t, parameterValues);
    }

    @Override
    public String toString() {
        return name;
    }
}
