package dev.hillock.catalogue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * One element-wise function of the catalogue: what it is called, what it means, what is known about it. Everything that
 * repeats over functions (kernels, tests, benchmarks, documents, the command line) walks {@link Catalogue} and reads
 * this.
 */
public final class Function extends Entry<Function> {
    /** A value in double precision: of the function or of its derivative at x. */
    @FunctionalInterface
    public interface Formula {
        /** The value at x with the function's parameters in their order. */
        double at(double x, double[] parameters);
    }

    private static final int CUSTOM = -1;

    private final int id;
    private Formula reference;
    private Formula referenceDerivative;
    private Formula referenceFromOutput;
    private DoublePredicate fromOutput = first -> false;
    private String range = "";
    private ToDoubleFunction<double[]> lower = p -> Double.NEGATIVE_INFINITY;
    private ToDoubleFunction<double[]> upper = p -> Double.POSITIVE_INFINITY;
    private Formula slopeRoot = (x, p) -> Double.NaN;
    // Null if there is nothing simpler to be.
    private Predicate<double[]> usual;
    private final List<double[]> tested = new ArrayList<>();
    private Set<Property> properties = Set.of();
    private String use = "";
    private String oneDnn = "";

    Function(int id, String name) {
        super(name);
        this.id = id;
    }

    @Override
    Function self() {
        return this;
    }

    /**
     * A function that is not of the catalogue: a user's own.
     *
     * @param name what it is called in messages
     * @param value f(x)
     * @param slope f'(x)
     */
    public static Function custom(String name, DoubleUnaryOperator value, DoubleUnaryOperator slope) {
        return new Function(CUSTOM, name)
                .reference((x, p) -> value.applyAsDouble(x))
                .referenceDerivative((x, p) -> slope.applyAsDouble(x));
    }

    /** Whether it is a user's own, which only the Java engines can run. */
    public boolean isCustom() {
        return id == CUSTOM;
    }

    // A parameter that must be given.
    Function required(String parameter, String... otherWords) {
        return parameter(new Parameter(parameter, null, List.of(otherWords), Double.NEGATIVE_INFINITY, false));
    }

    // A parameter that may be infinite.
    Function limit(String parameter, double defaultValue, String... otherWords) {
        return parameter(new Parameter(parameter, defaultValue, List.of(otherWords), Double.NEGATIVE_INFINITY, true));
    }

    Function reference(Formula value) {
        reference = value;
        return this;
    }

    Function referenceDerivative(Formula value) {
        referenceDerivative = value;
        return this;
    }

    // The slope as a function of y.
    Function referenceFromOutput(Formula value) {
        return referenceFromOutput(value, first -> true);
    }

    // The slope as a function of y, where the first parameter allows it.
    Function referenceFromOutput(Formula value, DoublePredicate allowed) {
        referenceFromOutput = value;
        fromOutput = allowed;
        return this;
    }

    Function text(String formulaText, String derivativeText, String rangeText) {
        range = rangeText;
        return formulas(formulaText, derivativeText);
    }

    Function bounds(ToDoubleFunction<double[]> lowerBound, ToDoubleFunction<double[]> upperBound) {
        lower = lowerBound;
        upper = upperBound;
        return this;
    }

    Function bounds(double lowerBound, double upperBound) {
        return bounds(p -> lowerBound, p -> upperBound);
    }

    Function slopeRoot(Formula nearest) {
        slopeRoot = nearest;
        return this;
    }

    // The parameters for which it is a simpler function without parameters, to the bit.
    Function usually(Predicate<double[]> test) {
        usual = test;
        return this;
    }

    // Parameters at which the contract is checked, beside the defaults.
    Function testedAt(double... values) {
        tested.add(values);
        return this;
    }

    Function is(Property... those) {
        properties = those.length == 0 ? Set.of() : EnumSet.copyOf(List.of(those));
        return this;
    }

    Function use(String words) {
        use = words;
        return this;
    }

    Function oneDnn(String algorithm) {
        oneDnn = algorithm;
        return this;
    }

    /** Its number, the same in the native library. */
    public int id() {
        return id;
    }

    /** The set of values it takes, as text. */
    public String range() {
        return range;
    }

    /** The greatest lower bound of its values. */
    public double lower(double... parameterValues) {
        return lower.applyAsDouble(parameterValues);
    }

    /** The least upper bound of its values. */
    public double upper(double... parameterValues) {
        return upper.applyAsDouble(parameterValues);
    }

    /**
     * The root of f' nearest to x, where the slope crosses zero and its relative error has no bound; NaN if there is
     * none.
     */
    public double slopeRootNear(double x, double... parameterValues) {
        return slopeRoot.at(x, parameterValues);
    }

    /** The parameters at which the contract is checked: the defaults, if there are any, and others. */
    public List<double[]> testParameters() {
        List<double[]> all = new ArrayList<>();
        if (parameters().stream().allMatch(parameter -> parameter.defaultValue() != null)) {
            all.add(parameters().stream().mapToDouble(Parameter::defaultValue).toArray());
        }
        tested.forEach(values -> all.add(values.clone()));
        return all;
    }

    /**
     * Whether it is a simpler function with these parameters, to the bit: kernels may have a formula for that, such as
     * {@code usual_softplus}.
     */
    public boolean isUsual(double... parameterValues) {
        return usual != null && usual.test(parameterValues);
    }

    /** What is true of it at the default parameters. */
    public Set<Property> properties() {
        return Collections.unmodifiableSet(properties);
    }

    /** What it is used for. */
    public String use() {
        return use;
    }

    /** The oneDNN algorithm that computes it, or an empty string. */
    public String oneDnn() {
        return oneDnn;
    }

    /** f(x), in double precision. */
    public double reference(double x, double... parameterValues) {
        return reference.at(x, parameterValues);
    }

    /** f'(x), in double precision, with the catalogue's convention at kinks. */
    public double referenceDerivative(double x, double... parameterValues) {
        return referenceDerivative.at(x, parameterValues);
    }

    /**
     * f'(x) as a function of y = f(x), in double precision.
     *
     * @throws IllegalStateException if the slope cannot be had from the output
     */
    public double referenceFromOutput(double y, double... parameterValues) {
        if (!fromOutput(parameterValues)) {
            throw new IllegalStateException(name() + ": the slope cannot be computed from the output");
        }
        return referenceFromOutput.at(y, parameterValues);
    }

    /** Whether the slope can be computed from the output with these parameters. */
    public boolean fromOutput(double... parameterValues) {
        return referenceFromOutput != null && fromOutput.test(parameterValues.length == 0 ? 0 : parameterValues[0]);
    }

    /** The row that names this function in the native library's list, for example {@code 4:leaky_relu(alpha)}. */
    public String row() {
        return id + ":" + name() + "("
                + String.join(", ", parameters().stream().map(Parameter::name).toList()) + ")";
    }
}
