package dev.hillock;

import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;
import dev.hillock.catalogue.Kind;
import dev.hillock.catalogue.Names;
import dev.hillock.catalogue.Parameter;
import dev.hillock.catalogue.Spellings;
import dev.hillock.engine.BoundCall;
import dev.hillock.engine.Engines;
import dev.hillock.engine.KernelEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An element-wise activation function with its parameters: an immutable value, safe to share between threads.
 *
 * <pre>{@code
 * Activation gelu = Activation.gelu();
 * gelu.forward(x, y);          // y[i] = gelu(x[i]); x == y is in place
 * gelu.backward(x, dy, dx);    // dx[i] = dy[i] * gelu'(x[i])
 * }</pre>
 *
 * <p>The methods here run on {@link Kernels#defaults()}; the same methods of a {@link Kernels} of your own name the
 * engine and the threads. Arguments are checked before anything is written: {@link NullPointerException} names the
 * missing argument, {@link IndexOutOfBoundsException} says the range and the length, {@link IllegalArgumentException}
 * answers lengths that differ and ranges that overlap in part. Zero length does nothing.
 */
public final class Activation {
    private static final String CHAIN = "chain";
    private static final String AFFINE = "affine";
    private static final List<Parameter> AFFINE_PARAMETERS = List.of(
            new Parameter("scale", 1.0, List.of(), Double.NEGATIVE_INFINITY, false),
            new Parameter("shift", 0.0, List.of(), Double.NEGATIVE_INFINITY, false));

    private final Function function;
    private final double[] parameters;
    // As they were given: for elements of double precision.
    private final double[] exact;
    // What runs one after the other; empty unless this is a chain.
    private final List<Activation> parts;
    // By direction; made by its first call on floats, for which it is null. Threads may make one twice.
    private final BoundCall[] bound = new BoundCall[Direction.values().length];

    private Activation(Function function, double[] exact, List<Activation> parts) {
        this.function = function;
        this.exact = exact;
        this.parameters = new double[exact.length];
        for (int i = 0; i < exact.length; i++) {
            parameters[i] = (float) exact[i];
        }
        this.parts = parts;
    }

    /**
     * A function by its name or an alias, with default parameters, or in the form that {@link #toString()} prints, such
     * as {@code leaky_relu(alpha=0.2)}.
     *
     * @throws NoSuchElementException naming the nearest known one if the name is not known
     * @throws IllegalArgumentException if a parameter is not known, missing or out of range
     */
    public static Activation of(String text) {
        Checks.notNull("text", text);
        if (Names.isOneOf(text.trim(), Stream.of(CHAIN))) {
            return chain(text);
        }
        ParameterValues.Spelling spelling = ParameterValues.spelling(text);
        return of(spelling.name(), spelling.values());
    }

    private static Activation chain(String text) {
        List<Activation> parts =
                ParameterValues.inside(text).stream().map(Activation::of).toList();
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a chain has at least one link");
        }
        return chain(parts.get(0), parts.subList(1, parts.size()).toArray(Activation[]::new));
    }

    /**
     * A function by its name or an alias, with parameters by their names or aliases; parameters that are not given
     * take their defaults.
     *
     * @throws NoSuchElementException naming the nearest known one if the name is not known
     * @throws IllegalArgumentException if a parameter is not known, missing or out of range
     */
    public static Activation of(String name, Map<String, ? extends Number> values) {
        Checks.spelled(name, values);
        if (Names.isOneOf(name.trim(), Stream.of(AFFINE))) {
            double[] p = ParameterValues.of(AFFINE, AFFINE_PARAMETERS, values);
            return affine(p[0], p[1]);
        }
        Spellings.Meaning meaning = Spellings.meaning(name, values);
        Function function = Catalogue.function(meaning.name());
        double[] parameters = ParameterValues.of(function.name(), function.parameters(), meaning.values());
        Activation activation = new Activation(function, parameters, List.of());
        function.requireValid(activation.parameters);
        return activation;
    }

    /**
     * A function of your own, usable wherever a built-in one is, at Java's speed; {@link GradientCheck} finds a wrong
     * derivative.
     *
     * @param name what it is called in messages
     * @param f f(x)
     * @param derivative f'(x)
     * @throws IllegalArgumentException if something else has the name
     */
    public static Activation custom(String name, DoubleUnaryOperator f, DoubleUnaryOperator derivative) {
        Checks.notNull("name", name);
        Checks.notNull("f", f);
        Checks.notNull("derivative", derivative);
        if (Names.isOneOf(name, Stream.of(AFFINE, CHAIN))
                || Stream.of(Kind.values()).anyMatch(kind -> kind.has(name))) {
            throw new IllegalArgumentException("the name '" + name + "' is taken");
        }
        return own(name, f, derivative);
    }

    private static Activation own(String name, DoubleUnaryOperator f, DoubleUnaryOperator derivative) {
        return new Activation(Function.custom(name, f, derivative), new double[0], List.of());
    }

    /** {@code scale * x + shift}, to be chained with others. */
    public static Activation affine(double scale, double shift) {
        String name = AFFINE + "(scale=" + scale + ", shift=" + shift + ")";
        return own(name, x -> scale * x + shift, x -> scale);
    }

    /**
     * One function after the other, {@code y = last(… first(x))}, in one pass over the data: each block stays in the
     * cache until the last function is done with it. Results are those of the single calls, but that 16-bit elements are
     * rounded once, after the last.
     */
    public static Activation chain(Activation first, Activation... next) {
        Checks.notNull("first", first);
        Checks.notNull("next", next);
        List<Activation> parts = new ArrayList<>(first.parts.isEmpty() ? List.of(first) : first.parts);
        for (Activation activation : next) {
            Checks.notNull("next", activation);
            parts.addAll(activation.parts.isEmpty() ? List.of(activation) : activation.parts);
        }
        String name = parts.stream().map(Activation::toString).collect(Collectors.joining(", ", CHAIN + "(", ")"));
        List<Activation> fixed = List.copyOf(parts);
        return new Activation(
                Function.custom(name, x -> chained(fixed, x), x -> chainedSlope(fixed, x)), new double[0], fixed);
    }

    private static double chained(List<Activation> parts, double x) {
        double y = x;
        for (Activation part : parts) {
            y = part.function.reference(y, part.exact);
        }
        return y;
    }

    private static double chainedSlope(List<Activation> parts, double x) {
        double y = x;
        double slope = 1;
        for (Activation part : parts) {
            slope *= part.function.referenceDerivative(y, part.exact);
            y = part.function.reference(y, part.exact);
        }
        return slope;
    }

    /** x. */
    public static Activation identity() {
        return of("identity");
    }

    /** The logistic function, 1 / (1 + e^-x). */
    public static Activation sigmoid() {
        return of("sigmoid");
    }

    /** The hyperbolic tangent. */
    public static Activation tanh() {
        return of("tanh");
    }

    /** max(0, x). */
    public static Activation relu() {
        return of("relu");
    }

    /** x for x above 0, else 0.01 x. */
    public static Activation leakyRelu() {
        return of("leaky_relu");
    }

    /** x for x above 0, else alpha x. */
    public static Activation leakyRelu(double alpha) {
        return of("leaky_relu", Map.of("alpha", alpha));
    }

    /** x for x above 0, else e^x - 1. */
    public static Activation elu() {
        return of("elu");
    }

    /** x for x above 0, else alpha (e^x - 1). */
    public static Activation elu(double alpha) {
        return of("elu", Map.of("alpha", alpha));
    }

    /** The scaled exponential linear unit with its two constants. */
    public static Activation selu() {
        return of("selu");
    }

    /** x s(x), also called swish. */
    public static Activation silu() {
        return of("silu");
    }

    /** x s(beta x). */
    public static Activation swish(double beta) {
        return of("swish_beta", Map.of("beta", beta));
    }

    /** x Phi(x), exact: the form with the error function. */
    public static Activation gelu() {
        return of("gelu");
    }

    /** The tanh form of GELU, another function than {@link #gelu()}. */
    public static Activation geluTanh() {
        return of("gelu_tanh");
    }

    /** ln(1 + e^x). */
    public static Activation softplus() {
        return of("softplus");
    }

    /** ln(1 + e^(beta x)) / beta. */
    public static Activation softplus(double beta) {
        return of("softplus", Map.of("beta", beta));
    }

    /** x tanh(ln(1 + e^x)). */
    public static Activation mish() {
        return of("mish");
    }

    /** x min(max(x + 3, 0), 6) / 6. */
    public static Activation hardswish() {
        return of("hardswish");
    }

    /** The function in the catalogue. */
    public Function function() {
        return function;
    }

    /** The canonical name, for example {@code leaky_relu}. */
    public String name() {
        return function.name();
    }

    /** The parameters in the function's order, rounded to float. */
    public double[] parameters() {
        return parameters.clone();
    }

    /** The parameters in the function's order, as elements of a type are computed with: doubles, as they were given. */
    public double[] parameters(ElementType type) {
        return sharedParameters(type).clone();
    }

    // Not copied: the engines only read it.
    double[] sharedParameters() {
        return parameters;
    }

    double[] sharedParameters(ElementType type) {
        return type == ElementType.FLOAT64 ? exact : parameters;
    }

    /**
     * What computes it on an engine.
     *
     * @throws IllegalStateException if that engine is not there or does not have it
     */
    KernelEngine kernels(Engine engine, ElementType type, Direction direction, long length) {
        double[] p = sharedParameters(type);
        if (engine == Engine.AUTO) {
            return Engines.choose(function(), type, direction, p, length);
        }
        KernelEngine chosen = Engines.required(engine);
        if (!chosen.supports(function(), type, direction, p)) {
            throw new IllegalStateException("engine " + engine.word() + " has no " + name()
                    + (type == ElementType.FLOAT32 ? "" : " for " + type));
        }
        return chosen;
    }

    List<Activation> parts() {
        return parts;
    }

    BoundCall bound(Direction direction) {
        BoundCall call = bound[direction.ordinal()];
        if (call == null) {
            call = BoundCall.of(function, direction, parameters);
            bound[direction.ordinal()] = call;
        }
        return call;
    }

    /** Whether {@link #backwardFromOutput} serves. */
    public boolean allowsBackwardFromOutput() {
        return function.fromOutput(parameters);
    }

    /**
     * y[i] = f(x[i]) over whole arrays of equal length.
     *
     * @param x read
     * @param y written; may be x
     */
    public void forward(float[] x, float[] y) {
        Kernels.defaults().forward(this, x, y);
    }

    /**
     * y[yOffset + i] = f(x[xOffset + i]) for length elements.
     *
     * @param x read
     * @param y written; the range may be the same as that of x
     */
    public void forward(float[] x, int xOffset, float[] y, int yOffset, int length) {
        Kernels.defaults().forward(this, x, xOffset, y, yOffset, length);
    }

    /**
     * x[i] = f(x[i]).
     *
     * @param x read and written
     */
    public void forwardInPlace(float[] x) {
        Kernels.defaults().forward(this, x, x);
    }

    /**
     * dx[i] = dy[i] f'(x[i]) over whole arrays of equal length, from the input of {@link #forward(float[], float[])}.
     *
     * @param x read
     * @param dy read
     * @param dx written; may be dy or x
     */
    public void backward(float[] x, float[] dy, float[] dx) {
        Kernels.defaults().backward(this, x, dy, dx);
    }

    /**
     * dx[dxOffset + i] = dy[dyOffset + i] f'(x[xOffset + i]) for length elements.
     *
     * @param x read
     * @param dy read
     * @param dx written; the range may be the same as that of dy or x
     */
    public void backward(float[] x, int xOffset, float[] dy, int dyOffset, float[] dx, int dxOffset, int length) {
        Kernels.defaults().backward(this, x, xOffset, dy, dyOffset, dx, dxOffset, length);
    }

    /**
     * dx[i] = dy[i] f'(x[i]) from the output y[i] = f(x[i]) instead of the input. Near saturation it can be no better
     * than y: the sigmoid's is 0 from x = 17.33 up, where y is exactly 1.
     *
     * @param y read
     * @param dy read
     * @param dx written; may be dy or y
     * @throws IllegalStateException if the slope cannot be computed from the output
     */
    public void backwardFromOutput(float[] y, float[] dy, float[] dx) {
        Kernels.defaults().backwardFromOutput(this, y, dy, dx);
    }

    /**
     * dx[i] = dy[i] f'(x[i]), and the gradient of a learned parameter such as {@code beta} of {@code swish_beta}.
     *
     * @param x read
     * @param dy read
     * @param dx written; may be dy or x
     * @param parameter its name or alias
     * @return the sum of dy[i] df/dp(x[i]) in double precision, the same for any number of threads
     * @throws IllegalArgumentException if there is no such parameter, or it is not learned
     */
    public double backward(float[] x, float[] dy, float[] dx, String parameter) {
        Checks.notNull("dy", dy);
        Checks.notNull("dx", dx);
        Checks.sameLength("dx", dx.length, "dy", dy.length);
        double gradient = parameterGradient(parameter, x, dy);
        backward(x, dy, dx);
        return gradient;
    }

    /** The gradient of a learned parameter: the sum of dy[i] df/dp(x[i]); x and dy read, of equal length. */
    public double parameterGradient(String parameter, float[] x, float[] dy) {
        return Kernels.defaults().parameterGradient(this, parameter, x, dy);
    }

    /** The gradient of a learned parameter of elements in double precision. */
    public double parameterGradient(String parameter, double[] x, double[] dy) {
        return Kernels.defaults().parameterGradient(this, parameter, x, dy);
    }

    /**
     * y[i] = f(x[i]) over whole arrays of equal length whose elements are stored in 16 bits: widened, computed in float,
     * rounded once to nearest even.
     *
     * @param type {@code BFLOAT16} or {@code FLOAT16}
     * @param x read
     * @param y written; may be x
     * @throws IllegalArgumentException if the type has other than 16 bits
     */
    public void forward(ElementType type, short[] x, short[] y) {
        Kernels.defaults().forward(this, type, x, y);
    }

    /** As {@link #forward(ElementType, short[], short[])}, for length elements of each array. */
    public void forward(ElementType type, short[] x, int xOffset, short[] y, int yOffset, int length) {
        Kernels.defaults().forward(this, type, x, xOffset, y, yOffset, length);
    }

    /**
     * dx[i] = dy[i] f'(x[i]) over whole arrays of equal length whose elements are stored in 16 bits.
     *
     * @param type {@code BFLOAT16} or {@code FLOAT16}
     * @param x read
     * @param dy read
     * @param dx written; may be dy or x
     * @throws IllegalArgumentException if the type has other than 16 bits
     */
    public void backward(ElementType type, short[] x, short[] dy, short[] dx) {
        Kernels.defaults().backward(this, type, x, dy, dx);
    }

    /** As {@link #backward(ElementType, short[], short[], short[])}, for length elements of each array. */
    public void backward(
            ElementType type, short[] x, int xOffset, short[] dy, int dyOffset, short[] dx, int dxOffset, int length) {
        Kernels.defaults().backward(this, type, x, xOffset, dy, dyOffset, dx, dxOffset, length);
    }

    /**
     * dx[i] = dy[i] f'(x[i]) from the output y[i] = f(x[i]), with elements stored in 16 bits.
     *
     * @param type {@code BFLOAT16} or {@code FLOAT16}
     * @param y read
     * @param dy read
     * @param dx written; may be dy or y
     * @throws IllegalStateException if the slope cannot be computed from the output
     */
    public void backwardFromOutput(ElementType type, short[] y, short[] dy, short[] dx) {
        Kernels.defaults().backwardFromOutput(this, type, y, dy, dx);
    }

    /**
     * y[i] = f(x[i]) in double precision, over whole arrays of equal length.
     *
     * @param x read
     * @param y written; may be x
     */
    public void forward(double[] x, double[] y) {
        Kernels.defaults().forward(this, x, y);
    }

    /**
     * dx[i] = dy[i] f'(x[i]) in double precision, over whole arrays of equal length.
     *
     * @param x read
     * @param dy read
     * @param dx written; may be dy or x
     */
    public void backward(double[] x, double[] dy, double[] dx) {
        Kernels.defaults().backward(this, x, dy, dx);
    }

    /**
     * dx[i] = dy[i] f'(x[i]) in double precision, from the output y[i] = f(x[i]).
     *
     * @param y read
     * @param dy read
     * @param dx written; may be dy or y
     * @throws IllegalStateException if the slope cannot be computed from the output
     */
    public void backwardFromOutput(double[] y, double[] dy, double[] dx) {
        Kernels.defaults().backwardFromOutput(this, y, dy, dx);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Activation that
                && (parts.isEmpty() ? isSameFunction(that) : parts.equals(that.parts))
                && Arrays.equals(exact, that.exact);
    }

    // The name of an affine function says all of it, and no other function of a user's own has such a name.
    private boolean isSameFunction(Activation that) {
        return function == that.function
                || name().equals(that.name()) && name().startsWith(AFFINE + "(") && that.parts.isEmpty();
    }

    @Override
    public int hashCode() {
        return 31 * function.id() + Arrays.hashCode(exact) + parts.hashCode();
    }

    /**
     * The name, with the parameters that differ from their defaults: what {@link #of(String)} reads, unless a function of
     * your own is in it.
     */
    @Override
    public String toString() {
        return ParameterValues.text(function.name(), function.parameters(), exact);
    }
}
