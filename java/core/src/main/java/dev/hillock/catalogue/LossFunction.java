package dev.hillock.catalogue;

/** One loss of the catalogue: what it is called, what it takes, what it means. */
public final class LossFunction extends Entry<LossFunction> {
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

    private final Kind kind;
    private Formula value;
    private Formula gradient;
    private String input = "";

    LossFunction(String name, Kind kind) {
        super(name);
        this.kind = kind;
    }

    @Override
    LossFunction self() {
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
        return formulas(formulaText, derivativeText);
    }

    // A parameter that is 0 or 1.
    LossFunction flag(String parameter, double defaultValue) {
        int place = parameters().size();
        return parameter(parameter, defaultValue)
                .requires("parameter " + parameter + " must be 0 or 1", p -> p[place] == 0 || p[place] == 1);
    }

    // A share, from 0 to 1.
    LossFunction share(String parameter, double defaultValue) {
        int place = parameters().size();
        return parameterFrom(0, parameter, defaultValue)
                .requires("parameter " + parameter + " must be at most 1", p -> p[place] <= 1);
    }

    LossFunction ignoreIndex() {
        int place = parameters().size();
        return parameter("ignore_index", -100)
                .requires("parameter ignore_index must be a whole number", p -> p[place] == Math.rint(p[place]));
    }

    /** What it is computed from. */
    public Kind kind() {
        return kind;
    }

    /** What the predictions are: logits, probabilities, log-probabilities or any value. */
    public String input() {
        return input;
    }

    /** The loss of one element, for losses by element. */
    public double value(double x, double t, double... parameterValues) {
        return value.at(x, t, parameterValues);
    }

    /** The gradient of one element's loss with respect to its prediction, for losses by element. */
    public double gradient(double x, double t, double... parameterValues) {
        return gradient.at(x, t, parameterValues);
    }
}
