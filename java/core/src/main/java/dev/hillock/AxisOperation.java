package dev.hillock;

import dev.hillock.catalogue.AxisOperationDefinition;
import dev.hillock.catalogue.AxisOperations;
import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;
import dev.hillock.engine.AxisKernels;
import dev.hillock.engine.KernelEngine;
import dev.hillock.loss.Spread;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Supplier;

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
 * <p>What is a softmax of prepared logits runs on the softmax kernels, logsumexp on log-softmax's, crelu on relu's, in the
 * precision of the elements, Gumbel's noise too; sparsemax and entmax15 find their thresholds in double precision. All
 * run on the engine and the threads of {@link Kernels#defaults()}, or of {@link #on} where {@link #isOn} says so, with the
 * same bits on every engine that promises them and on any number of threads. Elements of 16 bits are widened some rows at
 * a time, computed and rounded once. Shapes are in C order. Arguments are answered as {@link Activation} says.
 */
public final class AxisOperation {
    private static final String AXIS = "axis";
    private static final Function RELU = Catalogue.function("relu");

    private final AxisOperationDefinition definition;
    private final double[] parameters;
    private final int axis;
    private final float[] mask;
    private final int[] maskShape;
    private final Kernels kernels;

    private AxisOperation(
            AxisOperationDefinition definition,
            double[] parameters,
            int axis,
            float[] mask,
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
        Checks.spelled(name, values);
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

    /**
     * The same operation on kernels of your choice; its calls throw {@link IllegalStateException} unless it {@link #isOn}
     * their engine.
     */
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
        return new AxisOperation(definition, parameters, axis, values.clone(), shape.clone(), kernels);
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
        float[] values = new float[kept.length];
        for (int i = 0; i < kept.length; i++) {
            values[i] = kept[i] ? 0 : Float.NEGATIVE_INFINITY;
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

    /** Whether an engine computes this operation, of floats at least, so that nothing would take the engine's place. */
    public boolean isOn(KernelEngine engine) {
        Checks.notNull("engine", engine);
        Engine word = engine.engine();
        return word == Engine.REFERENCE
                || switch (definition.name()) {
                    case "logsumexp" -> engine.axis().hasLogSums();
                    case "crelu" -> engine.supports(RELU, ElementType.FLOAT32, Direction.FORWARD, new double[0]);
                    // Plain Java's rows lie under every engine's own; oneDNN's are no others.
                    case "sparsemax", "maxout" -> word != Engine.ONEDNN;
                    case "entmax15", "hardmax" -> word == Engine.SCALAR;
                    default -> engine.axis().supports(SoftmaxWork.SOFTMAX, ElementType.FLOAT32, Direction.FORWARD);
                };
    }

    /** The shape of y for x of a shape. */
    public int[] outputShape(int... shape) {
        AxisLayout layout = AxisLayout.of(shape, axis);
        int at = axis < 0 ? axis + shape.length : axis;
        int length = length(layout, shape);
        boolean dropped = definition.name().equals("logsumexp") && definition.value(parameters, "keepdims") == 0;
        int[] result = new int[dropped ? shape.length - 1 : shape.length];
        for (int i = 0, j = 0; i < shape.length; i++) {
            if (i != at || !dropped) {
                result[j++] = i == at ? length : shape[i];
            }
        }
        return result;
    }

    private int length(AxisLayout layout, int[] shape) {
        try {
            return definition.row().length((int) layout.axis(), parameters);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    definition.name() + ": the axis of shape " + Arrays.toString(shape) + " would become too long");
        }
    }

    /** {@code y = f(x)}: x of the shape read, y of {@link #outputShape} written, not x where the length changes. */
    public void forward(float[] x, int[] shape, float[] y) {
        forward(ElementType.FLOAT32, x, shape, y);
    }

    /** {@code y = f(x)} in double precision. */
    public void forward(double[] x, int[] shape, double[] y) {
        forward(ElementType.FLOAT64, x, shape, y);
    }

    /** {@code y = f(x)} of 16-bit elements. */
    public void forward(ElementType type, short[] x, int[] shape, short[] y) {
        Checks.sixteenBits(type);
        forward(type, (Object) x, shape, y);
    }

    private void forward(ElementType type, Object x, int[] shape, Object y) {
        Checks.notNull("x", x);
        Checks.notNull("y", y);
        AxisLayout layout = layout(Array.getLength(x), shape);
        AxisLayout out = output(layout, shape);
        Checks.sameLength("y", Array.getLength(y), "the output's shape", out.count());
        requireApart("y", y, x, layout, out);
        if (layout.count() > 0) {
            workers(type, layout, shape).forward(layout, out, x, y);
        }
    }

    /**
     * dx from the input: x and dx of the shape, dy of {@link #outputShape}; x and dy read, dx written, which may be x, or
     * dy where the length stays.
     */
    public void backward(float[] x, float[] dy, int[] shape, float[] dx) {
        backward(ElementType.FLOAT32, x, dy, shape, dx);
    }

    /** dx from the input, in double precision. */
    public void backward(double[] x, double[] dy, int[] shape, double[] dx) {
        backward(ElementType.FLOAT64, x, dy, shape, dx);
    }

    /** dx from the input, of 16-bit elements. */
    public void backward(ElementType type, short[] x, short[] dy, int[] shape, short[] dx) {
        Checks.sixteenBits(type);
        backward(type, (Object) x, dy, shape, dx);
    }

    private void backward(ElementType type, Object x, Object dy, int[] shape, Object dx) {
        Checks.notNull("x", x);
        Checks.notNull("dy", dy);
        Checks.notNull("dx", dx);
        AxisLayout layout = layout(Array.getLength(x), shape);
        AxisLayout out = output(layout, shape);
        Checks.sameLength("dy", Array.getLength(dy), "the output's shape", out.count());
        Checks.sameLength("dx", Array.getLength(dx), "x", layout.count());
        requireApart("dx", dx, dy, layout, out);
        if (layout.count() > 0) {
            workers(type, layout, shape).backward(layout, out, x, dy, dx);
        }
    }

    private AxisLayout layout(int length, int[] shape) {
        AxisLayout layout = AxisLayout.of(shape, axis);
        Checks.sameLength("x", length, "its shape", layout.count());
        return layout;
    }

    private AxisLayout output(AxisLayout layout, int[] shape) {
        int length = length(layout, shape);
        return new AxisLayout(layout.outer(), length, layout.inner(), length * layout.inner(), layout.inner());
    }

    private static void requireApart(String name, Object written, Object read, AxisLayout layout, AxisLayout out) {
        if (written == read && layout.axis() != out.axis()) {
            throw new IllegalArgumentException(name + " may not be an array whose rows have another length");
        }
    }

    private double parameter(String name) {
        return definition.value(parameters, name);
    }

    // Elements of 16 bits are computed as floats.
    private AxisWorkers workers(ElementType type, AxisLayout layout, int[] shape) {
        ElementType computed = type == ElementType.FLOAT64 ? type : ElementType.FLOAT32;
        return new AxisWorkers(kernels, type, work(computed, layout, shape));
    }

    // What each thread does to the slabs it takes.
    private Supplier<AxisWork> work(ElementType type, AxisLayout layout, int[] shape) {
        kernels.require(definition.name() + " over an axis", this::isOn);
        if (definition.isSoftmax()) {
            return softmax(type, layout, shape);
        }
        if (kernels.engine() == Engine.REFERENCE) {
            return () -> new TextbookWork(definition, parameters);
        }
        return switch (definition.name()) {
            case "logsumexp" -> {
                AxisKernels chosen = softmaxKernels(type, Direction.FORWARD, layout);
                yield () -> new LogSumExpWork(type, chosen);
            }
            case "crelu" -> {
                Activation relu = Activation.relu();
                KernelEngine forward = kernels.engineOf(relu, type, Direction.FORWARD, AxisWork.SLAB);
                KernelEngine backward = kernels.engineOf(relu, type, Direction.BACKWARD, AxisWork.SLAB);
                yield () -> new CreluWork(type, forward, backward);
            }
            case "sparsemax" -> () -> new SparsemaxWork(kernels.rowKernels(layout.count()));
            case "entmax15" -> EntmaxWork::new;
            case "hardmax" -> HardmaxWork::new;
            case "maxout" -> () -> new MaxoutWork((int) parameter("k"), kernels.rowKernels(layout.count()));
            default -> () -> new TextbookWork(definition, parameters);
        };
    }

    private AxisKernels softmaxKernels(ElementType type, Direction direction, AxisLayout layout) {
        return kernels.axisKernels(SoftmaxWork.SOFTMAX, type, direction, layout);
    }

    private Supplier<AxisWork> softmax(ElementType type, AxisLayout layout, int[] shape) {
        AxisKernels forward = softmaxKernels(type, Direction.FORWARD, layout);
        AxisKernels backward = softmaxKernels(type, Direction.BACKWARD_FROM_OUTPUT, layout);
        Supplier<Logits> logits = logits(layout, shape);
        boolean hard = parameter("hard") != 0;
        return () -> new SoftmaxWork(type, forward, backward, logits.get(), hard);
    }

    private Supplier<Logits> logits(AxisLayout layout, int[] shape) {
        double temperature = parameter("temperature");
        return switch (definition.name()) {
            case "softmin" -> () -> Logits.negated(temperature);
            case "gumbel_softmax" ->
                () -> Logits.noisy(temperature, (long) parameter("seed"), kernels.rowKernels(layout.count()));
            default -> {
                boolean causal = parameter("causal") != 0;
                if (causal && (layout.inner() != 1 || shape.length < 2)) {
                    throw new IllegalArgumentException("causal needs queries and, along the last axis, keys");
                }
                Mask added = mask == null ? null : new Mask(mask, new Spread("mask", mask.length, maskShape, shape));
                int queries = causal ? shape[shape.length - 2] : 0;
                yield () -> new MaskedLogits(parameter("scale"), added, queries);
            }
        };
    }

    /** The name, with the parameters that differ from their defaults, in a form that {@link #of(String)} reads. */
    @Override
    public String toString() {
        String text = ParameterValues.text(definition.name(), definition.parameters(), parameters);
        return axis == -1 ? text : ParameterValues.with(text, AXIS, axis);
    }
}
