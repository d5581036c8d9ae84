package dev.hillock;

import dev.hillock.catalogue.AxisOperationDefinition;
import dev.hillock.catalogue.AxisOperations;
import dev.hillock.kernel.NarrowFloats;
import dev.hillock.loss.Reals;
import dev.hillock.loss.Weights;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * An operation over an axis beside softmax: softmin, masked and Gumbel softmax, logsumexp, sparsemax, entmax, hardmax,
 * and crelu and maxout, which change the length of the axis. An immutable value, safe to share between threads.
 *
 * <pre>{@code
 * AxisOperation attention = AxisOperation.of("masked_softmax(scale=0.125, causal=1)");
 * attention.forward(scores, new int[] {8, 64, 64}, y);
 * attention.backward(scores, dy, new int[] {8, 64, 64}, dx);   // from the input
 * }</pre>
 *
 * <p>Rows are computed in double precision and rounded once; those that are a softmax of prepared logits run on the
 * softmax kernels of {@link Kernels#defaults()}, or of {@link #on}, in the precision of the elements. Those of 16 bits
 * are widened, computed and rounded once. Shapes are in C order. Arguments are answered as {@link Activation} says.
 */
public final class AxisOperation {
    private static final String AXIS = "axis";

    private final AxisOperationDefinition definition;
    private final double[] parameters;
    private final int axis;
    private final double[] mask;
    private final int[] maskShape;
    private final Kernels kernels;

    private AxisOperation(
            AxisOperationDefinition definition,
            double[] parameters,
            int axis,
            double[] mask,
            int[] maskShape,
            Kernels kernels) {
        this.definition = definition;
        this.parameters = parameters;
        this.axis = axis;
        this.mask = mask;
        this.maskShape = maskShape;
        this.kernels = kernels;
    }

    /**
     * An operation by its name or an alias, or in the form that {@link #toString()} prints, such as
     * {@code maxout(k=2, axis=1)}.
     *
     * @throws NoSuchElementException naming the nearest known one if the name is not known
     * @throws IllegalArgumentException if a parameter is not known, missing or out of range
     */
    public static AxisOperation of(String text) {
        ParameterValues.Spelling spelling = ParameterValues.spelling(text);
        return of(spelling.name(), spelling.values());
    }

    /**
     * An operation by its name or an alias, with parameters by their names; {@code axis} is one of them.
     *
     * @throws NoSuchElementException naming the nearest known one if the name is not known
     * @throws IllegalArgumentException if a parameter is not known, missing or out of range
     */
    public static AxisOperation of(String name, Map<String, ? extends Number> values) {
        AxisOperationDefinition definition = AxisOperations.operation(name);
        Map<String, Number> others = new LinkedHashMap<>(values);
        Number axis = others.remove(AXIS);
        if (axis != null && axis.doubleValue() != axis.intValue()) {
            throw new IllegalArgumentException(definition.name() + ": parameter axis must be a whole number");
        }
        double[] parameters = ParameterValues.of(definition.name(), definition.parameters(), others);
        return new AxisOperation(
                definition, parameters, axis == null ? -1 : axis.intValue(), null, null, Kernels.defaults());
    }

    /** The same operation along another axis, from 0 up, or from -1 down for counting from the end. */
    public AxisOperation axis(int number) {
        return new AxisOperation(definition, parameters, number, mask, maskShape, kernels);
    }

    /** The same operation with its softmax on kernels of your choice. */
    public AxisOperation on(Kernels value) {
        Checks.notNull("kernels", value);
        return new AxisOperation(definition, parameters, axis, mask, maskShape, value);
    }

    /**
     * The same operation with a mask that is added to the logits, 0 to keep and -Inf to drop, spread over their shape by
     * NumPy's rules.
     *
     * @param values read and copied
     * @throws IllegalArgumentException unless this is {@code masked_softmax}
     */
    public AxisOperation mask(float[] values, int... shape) {
        Checks.notNull("mask", values);
        Checks.notNull("shape", shape);
        requireMasked();
        double[] widened = new double[values.length];
        for (int i = 0; i < widened.length; i++) {
            widened[i] = values[i];
        }
        return new AxisOperation(definition, parameters, axis, widened, shape.clone(), kernels);
    }

    /**
     * The same operation with a mask that says what is kept.
     *
     * @throws IllegalArgumentException unless this is {@code masked_softmax}
     */
    public AxisOperation mask(boolean[] kept, int... shape) {
        Checks.notNull("mask", kept);
        Checks.notNull("shape", shape);
        requireMasked();
        double[] values = new double[kept.length];
        for (int i = 0; i < kept.length; i++) {
            values[i] = kept[i] ? 0 : Double.NEGATIVE_INFINITY;
        }
        return new AxisOperation(definition, parameters, axis, values, shape.clone(), kernels);
    }

    private void requireMasked() {
        if (!definition.name().equals("masked_softmax")) {
            throw new IllegalArgumentException("argument mask is not supported by " + definition.name());
        }
    }

    /** The operation's name. */
    public String name() {
        return definition.name();
    }

    /** The catalogue's entry. */
    public AxisOperationDefinition definition() {
        return definition;
    }

    /** The axis, as it was given. */
    public int axis() {
        return axis;
    }

    /** The shape of y for x of a shape. */
    public int[] outputShape(int... shape) {
        AxisLayout layout = AxisLayout.of(shape, axis);
        int at = axis < 0 ? axis + shape.length : axis;
        int length = definition.row().length((int) layout.axis(), parameters);
        boolean dropped = definition.name().equals("logsumexp") && definition.value(parameters, "keepdims") == 0;
        int[] result = new int[dropped ? shape.length - 1 : shape.length];
        for (int i = 0, j = 0; i < shape.length; i++) {
            if (i != at || !dropped) {
                result[j++] = i == at ? length : shape[i];
            }
        }
        return result;
    }

    /** {@code y = f(x)}: x of the shape read, y of {@link #outputShape} written, not x where the length changes. */
    public void forward(float[] x, int[] shape, float[] y) {
        Checks.notNull("x", x);
        Checks.notNull("y", y);
        forward(Reals.of(x), shape, Reals.of(y));
    }

    /** {@code y = f(x)} in double precision. */
    public void forward(double[] x, int[] shape, double[] y) {
        Checks.notNull("x", x);
        Checks.notNull("y", y);
        forward(Reals.of(x), shape, Reals.of(y));
    }

    /** {@code y = f(x)} of 16-bit elements. */
    public void forward(ElementType type, short[] x, int[] shape, short[] y) {
        Checks.sixteenBits(type);
        Checks.notNull("x", x);
        Checks.notNull("y", y);
        float[] result = new float[y.length];
        forward(NarrowFloats.widened(type, x), shape, result);
        NarrowFloats.narrow(type, result, 0, y, 0, y.length);
    }

    private void forward(Reals x, int[] shape, Reals y) {
        AxisLayout layout = layout(x.length(), shape);
        AxisLayout out = output(layout);
        Checks.sameLength("y", y.length(), "the output's shape", out.count());
        requireApart("y", y, x, layout, out);
        if (x.length() > 0 && isSoftmax()) {
            softmax(layout, logits(shape, layout), x, shape, y);
            harden(layout, y);
        } else if (x.length() > 0) {
            AxisRows.forward(definition, parameters, layout, out, x, y);
        }
    }

    /**
     * dx from the input: x and dx of the shape, dy of {@link #outputShape}; x and dy read, dx written, which may be x, or
     * dy where the length stays.
     */
    public void backward(float[] x, float[] dy, int[] shape, float[] dx) {
        Checks.notNull("x", x);
        Checks.notNull("dy", dy);
        Checks.notNull("dx", dx);
        backward(Reals.of(x), Reals.of(dy), shape, Reals.of(dx));
    }

    /** dx from the input, in double precision. */
    public void backward(double[] x, double[] dy, int[] shape, double[] dx) {
        Checks.notNull("x", x);
        Checks.notNull("dy", dy);
        Checks.notNull("dx", dx);
        backward(Reals.of(x), Reals.of(dy), shape, Reals.of(dx));
    }

    /** dx from the input, of 16-bit elements. */
    public void backward(ElementType type, short[] x, short[] dy, int[] shape, short[] dx) {
        Checks.sixteenBits(type);
        Checks.notNull("x", x);
        Checks.notNull("dy", dy);
        Checks.notNull("dx", dx);
        float[] result = new float[dx.length];
        backward(NarrowFloats.widened(type, x), NarrowFloats.widened(type, dy), shape, result);
        NarrowFloats.narrow(type, result, 0, dx, 0, dx.length);
    }

    private void backward(Reals x, Reals dy, int[] shape, Reals dx) {
        AxisLayout layout = layout(x.length(), shape);
        AxisLayout out = output(layout);
        Checks.sameLength("dy", dy.length(), "the output's shape", out.count());
        Checks.sameLength("dx", dx.length(), "x", x.length());
        requireApart("dx", dx, dy, layout, out);
        if (x.length() > 0 && isSoftmax()) {
            Reals y = Reals.zerosLike(x);
            softmax(layout, logits(shape, layout), x, shape, y);
            AxisFunction f = AxisFunction.softmax().axis(axis);
            if (y.array() instanceof float[] singles) {
                kernels.backward(f, singles, (float[]) dy.array(), shape, (float[]) dx.array());
            } else {
                kernels.backward(f, (double[]) y.array(), (double[]) dy.array(), shape, (double[]) dx.array());
            }
            double factor = factor();
            for (int i = 0; factor != 1 && i < dx.length(); i++) {
                dx.set(i, factor * dx.get(i));
            }
        } else if (x.length() > 0) {
            AxisRows.backward(definition, parameters, layout, out, x, dy, dx);
        }
    }

    private AxisLayout layout(int length, int[] shape) {
        AxisLayout layout = AxisLayout.of(shape, axis);
        Checks.sameLength("x", length, "its shape", layout.count());
        return layout;
    }

    private AxisLayout output(AxisLayout layout) {
        int length = definition.row().length((int) layout.axis(), parameters);
        return new AxisLayout(layout.outer(), length, layout.inner(), length * layout.inner(), layout.inner());
    }

    private static void requireApart(String name, Reals written, Reals read, AxisLayout layout, AxisLayout out) {
        if (written.array() == read.array() && layout.axis() != out.axis()) {
            throw new IllegalArgumentException(name + " may not be an array whose rows have another length");
        }
    }

    private boolean isSoftmax() {
        return definition.isSoftmax();
    }

    // What x is multiplied by on its way into the softmax.
    private double factor() {
        return switch (definition.name()) {
            case "softmin" -> -1 / definition.value(parameters, "temperature");
            case "gumbel_softmax" -> 1 / definition.value(parameters, "temperature");
            default -> definition.value(parameters, "scale");
        };
    }

    /** The number that is added to the logit of an element. */
    @FunctionalInterface
    private interface Added {
        double at(int element);
    }

    private Added logits(int[] shape, AxisLayout layout) {
        double temperature = definition.value(parameters, "temperature");
        long seed = (long) definition.value(parameters, "seed");
        if (definition.name().equals("gumbel_softmax")) {
            return element -> -Math.log(-Math.log(CounterRandom.uniform(seed, element))) / temperature;
        }
        Weights weights = mask == null ? null : new Weights("mask", mask, maskShape, shape);
        boolean causal = definition.value(parameters, "causal") != 0;
        if (causal && (layout.inner() != 1 || shape.length < 2)) {
            throw new IllegalArgumentException("causal needs queries and, along the last axis, keys");
        }
        int keys = (int) layout.axis();
        int queries = causal ? shape[shape.length - 2] : 1;
        return element -> {
            boolean future = causal && element % keys > element / keys % queries;
            return future ? Double.NEGATIVE_INFINITY : weights == null ? 0 : weights.at(element);
        };
    }

    // What is masked is masked, whatever its score.
    private static double masked(double logit, double added) {
        return added == Double.NEGATIVE_INFINITY ? added : logit + added;
    }

    // y = softmax(logits of x), soft even where the operation is hard; 0 in rows that are masked as a whole.
    private void softmax(AxisLayout layout, Added added, Reals x, int[] shape, Reals y) {
        double factor = factor();
        for (int i = 0; i < x.length(); i++) {
            y.set(i, masked(factor * x.get(i), added.at(i)));
        }
        boolean[] dropped = dropped(layout, y);
        AxisFunction f = AxisFunction.softmax().axis(axis);
        if (y.array() instanceof float[] singles) {
            kernels.forward(f, singles, shape, singles);
        } else {
            kernels.forward(f, (double[]) y.array(), shape, (double[]) y.array());
        }
        zero(layout, dropped, y);
    }

    // Which rows are masked as a whole: they attend to nothing. Null for the other operations.
    private boolean[] dropped(AxisLayout layout, Reals logits) {
        if (!definition.name().equals("masked_softmax")) {
            return null;
        }
        boolean[] dropped = new boolean[(int) (layout.outer() * layout.inner())];
        AxisRows.each(layout, (row, first) -> {
            boolean all = true;
            for (int i = 0; i < layout.axis() && all; i++) {
                all = logits.get(first + (int) (i * layout.axisStride())) == Double.NEGATIVE_INFINITY;
            }
            dropped[row] = all;
        });
        return dropped;
    }

    private static void zero(AxisLayout layout, boolean[] dropped, Reals y) {
        if (dropped == null) {
            return;
        }
        AxisRows.each(layout, (row, first) -> {
            for (int i = 0; i < layout.axis() && dropped[row]; i++) {
                y.set(first + (int) (i * layout.axisStride()), 0);
            }
        });
    }

    // gumbel_softmax(hard=1): 1 at the first maximum.
    private void harden(AxisLayout layout, Reals y) {
        if (definition.value(parameters, "hard") == 0) {
            return;
        }
        AxisOperationDefinition hardmax = AxisOperations.operation("hardmax");
        AxisRows.forward(hardmax, new double[0], layout, layout, y, y);
    }

    /** The name, with the parameters that differ from their defaults, in a form that {@link #of(String)} reads. */
    @Override
    public String toString() {
        String text = ParameterValues.text(definition.name(), definition.parameters(), parameters);
        if (axis == -1) {
            return text;
        }
        return text.endsWith(")")
                ? text.substring(0, text.length() - 1) + ", axis=" + axis + ")"
                : text + "(axis=" + axis + ")";
    }
}
