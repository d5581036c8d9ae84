package dev.hillock;

import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;
import dev.hillock.catalogue.GatedCatalogue;
import dev.hillock.catalogue.GatedDefinition;
import dev.hillock.catalogue.Kind;
import dev.hillock.catalogue.Parameter;
import dev.hillock.engine.DoubleFusedKernels;
import dev.hillock.engine.GatedRows;
import dev.hillock.engine.KernelEngine;
import java.lang.reflect.Array;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A gated unit, {@code y = act(gate) * value}, in one pass over memory: an immutable value, safe to share between
 * threads.
 *
 * <pre>{@code
 * GatedUnit swiglu = GatedUnit.of("swiglu");
 * swiglu.forward(x, new int[] {32, 128}, y);        // y is [32, 64]
 * swiglu.backward(x, dy, new int[] {32, 128}, dx);  // both gradients, laid out as x
 * }</pre>
 *
 * <p>Which half is the gate is the {@link GateLayout}; {@code glu} has the value first as in PyTorch, the others the
 * gate. The bits are those of the activation followed by the product, of floats and of doubles alike. Arguments are answered as {@link Activation}
 * says; an axis of odd length with {@link IllegalArgumentException}.
 */
public final class GatedUnit {
    private static final String AXIS = "axis";
    private static final String LAYOUT = "layout";
    private static final int LAST = -1;
    private static final float UNLIMITED = Float.POSITIVE_INFINITY;

    private final String name;
    private final Activation activation;
    private final GateLayout layout;
    private final int axis;
    private final Choice choice;
    private final float limit;

    private GatedUnit(String name, Activation activation, GateLayout layout, int axis, Choice choice, float limit) {
        this.name = name;
        this.activation = activation;
        this.layout = layout;
        this.axis = axis;
        this.choice = choice;
        this.limit = limit;
    }

    /**
     * A unit by its name, with the layout of the catalogue, along the last axis, or in the form that {@link #toString()}
     * prints, such as {@code swiglu(beta=2.0, axis=1, layout=value_first)}.
     *
     * @throws NoSuchElementException naming the nearest known one if the name is not known
     * @throws IllegalArgumentException if a parameter is neither {@code axis} nor {@code layout} nor the unit's, or has
     *     no such value
     */
    public static GatedUnit of(String name) {
        Checks.notNull("name", name);
        ParameterValues.Spelling spelling = ParameterValues.spelling(name);
        GatedDefinition unit = GatedCatalogue.unit(spelling.name());
        Integer axis = spelling.takeAxis();
        String layout = spelling.take(LAYOUT);
        return new GatedUnit(
                unit.name(),
                activation(unit, spelling.values()),
                layout == null ? unit.layout() : GateLayout.of(layout),
                axis == null ? LAST : axis,
                Choice.settled(),
                unit.limit());
    }

    private static Activation activation(GatedDefinition unit, Map<String, Double> values) {
        for (String word : values.keySet()) {
            if (unit.parameters().stream().noneMatch(parameter -> parameter.isCalled(word))) {
                String known = Stream.concat(unit.parameters().stream().map(Parameter::name), Stream.of(AXIS, LAYOUT))
                        .collect(Collectors.joining(", "));
                throw new IllegalArgumentException(
                        "unknown parameter '" + word + "' of " + unit.name() + " (nearest: " + known + ")");
            }
        }
        Activation general = Activation.of(unit.general(), values);
        return general.toString().equals(unit.general()) ? Activation.of(unit.activation()) : general;
    }

    /** A unit whose gate passes through any activation but a chain, gate first, along the last axis. */
    public static GatedUnit of(Activation activation) {
        Checks.notNull("activation", activation);
        if (!activation.parts().isEmpty()) {
            throw new IllegalArgumentException("a gate is one function, not " + activation);
        }
        return new GatedUnit(
                "gated " + activation, activation, GateLayout.GATE_FIRST, LAST, Choice.settled(), UNLIMITED);
    }

    /** The same unit with its halves elsewhere. */
    public GatedUnit layout(GateLayout value) {
        Checks.notNull("layout", value);
        return new GatedUnit(name, activation, value, axis, choice, limit);
    }

    /** The same unit along another axis, from 0 up, or from -1 down for counting from the end. */
    public GatedUnit axis(int number) {
        return new GatedUnit(name, activation, layout, number, choice, limit);
    }

    /** The same unit on an engine; {@code AUTO} chooses. */
    public GatedUnit engine(Engine value) {
        Checks.notNull("engine", value);
        return new GatedUnit(name, activation, layout, axis, Choice.of(value), limit);
    }

    /** The same unit on the engine of kernels of your choice, on the calling thread. */
    public GatedUnit on(Kernels value) {
        Checks.notNull("kernels", value);
        return new GatedUnit(name, activation, layout, axis, value::engineOf, limit);
    }

    /** The axis that holds both halves; a negative one counts from the last. */
    public int axis() {
        return axis;
    }

    /** What the gate passes through. */
    public Activation activation() {
        return activation;
    }

    /** Which half is the gate. */
    public GateLayout layout() {
        return layout;
    }

    /**
     * The shape of y for x of a shape that holds both halves.
     *
     * @throws IllegalArgumentException if the axis is not in the shape or has an odd length
     */
    public int[] outputShape(int... shape) {
        whole(shape);
        int[] result = shape.clone();
        result[axis < 0 ? axis + shape.length : axis] /= 2;
        return result;
    }

    // Rows of the packed layouts, and where the first gate and the first value are.
    private record Packed(GatedRows rows, int gate, int value) {}

    private AxisLayout whole(int[] shape) {
        AxisLayout whole = AxisLayout.of(shape, axis);
        if (layout == GateLayout.TWO_INPUTS) {
            throw new IllegalArgumentException(name + ": the layout TWO_INPUTS takes gate and value apart");
        }
        if (whole.axis() % 2 != 0) {
            throw new IllegalArgumentException(name + ": the axis has odd length " + whole.axis());
        }
        return whole;
    }

    // Of an array, so that what is counted in its elements is an int.
    private Packed packed(AxisLayout whole) {
        long half = whole.axis() / 2;
        int inner = (int) whole.inner();
        if (layout == GateLayout.INTERLEAVED_GATE_FIRST) {
            GatedRows rows = inner == 1
                    ? new GatedRows(whole.outer(), half, 2 * half, 2)
                    : new GatedRows(whole.outer() * half, inner, 2L * inner, 1);
            return new Packed(rows, 0, inner);
        }
        int first = (int) half * inner;
        GatedRows rows = new GatedRows(whole.outer(), first, 2L * first, 1);
        return layout == GateLayout.GATE_FIRST ? new Packed(rows, 0, first) : new Packed(rows, first, 0);
    }

    private KernelEngine kernels(ElementType type, Direction direction, long length) {
        return choice.kernels(activation, type, direction, length);
    }

    /** y from x, which holds both halves: x of the shape read, y half as long written; they are not the same array. */
    public void forward(float[] x, int[] shape, float[] y) {
        packedForward(ElementType.FLOAT32, x, shape, y);
    }

    /** y from x, which holds both halves, in double precision. */
    public void forward(double[] x, int[] shape, double[] y) {
        packedForward(ElementType.FLOAT64, x, shape, y);
    }

    /** y from x, which holds both halves, of 16-bit elements: computed in float and rounded once. */
    public void forward(ElementType type, short[] x, int[] shape, short[] y) {
        Checks.sixteenBits(type);
        packedForward(type, x, shape, y);
    }

    private void packedForward(ElementType type, Object x, int[] shape, Object y) {
        AxisLayout whole = whole(shape);
        long length = whole.count() / 2;
        Checks.notNull("x", x);
        Checks.notNull("y", y);
        Checks.sameLength("x", Array.getLength(x), "the shape", whole.count());
        Checks.sameLength("y", Array.getLength(y), "half the shape", length);
        forward(type, packed(whole), x, x, y, length);
    }

    /** {@code y = act(gate) * value}: gate and value read, y written, of equal length; y may be either. */
    public void forward(float[] gate, float[] value, float[] y) {
        apartForward(ElementType.FLOAT32, gate, value, y);
    }

    /** {@code y = act(gate) * value} in double precision. */
    public void forward(double[] gate, double[] value, double[] y) {
        apartForward(ElementType.FLOAT64, gate, value, y);
    }

    private void apartForward(ElementType type, Object gate, Object value, Object y) {
        Checks.notNull("gate", gate);
        Checks.notNull("value", value);
        Checks.notNull("y", y);
        int length = Array.getLength(gate);
        Checks.sameLength("value", Array.getLength(value), "gate", length);
        Checks.sameLength("y", Array.getLength(y), "gate", length);
        forward(type, two(length), gate, value, y, length);
    }

    private static Packed two(int length) {
        return new Packed(new GatedRows(1, length, length, 1), 0, 0);
    }

    private void forward(ElementType type, Packed at, Object gate, Object value, Object y, long length) {
        if (length == 0) {
            return;
        }
        if (limit == UNLIMITED && !type.isNarrow()) {
            plainForward(type, at, gate, value, y, length);
            return;
        }
        pieces(type, at, Direction.FORWARD, length).forward(gate, at.gate, value, at.value, y);
    }

    private GatedPieces pieces(ElementType type, Packed at, Direction direction, long length) {
        ElementType computed = type.isNarrow() ? ElementType.FLOAT32 : type;
        return new GatedPieces(type, at.rows, limit, activation, kernels(computed, direction, length));
    }

    private void plainForward(ElementType type, Packed at, Object gate, Object value, Object y, long length) {
        KernelEngine chosen = kernels(type, Direction.FORWARD, length);
        Function f = activation.function();
        double[] p = activation.sharedParameters(type);
        if (gate instanceof float[] singles) {
            chosen.fused().gatedForward(f, p, at.rows, singles, at.gate, (float[]) value, at.value, (float[]) y);
        } else {
            new DoubleFusedKernels(chosen)
                    .gatedForward(f, p, at.rows, (double[]) gate, at.gate, (double[]) value, at.value, (double[]) y);
        }
    }

    /** dx, laid out as x, from x and dy: x and dy read, dx written, which may be x. */
    public void backward(float[] x, float[] dy, int[] shape, float[] dx) {
        packedBackward(ElementType.FLOAT32, x, dy, shape, dx);
    }

    /** dx, laid out as x, from x and dy, in double precision. */
    public void backward(double[] x, double[] dy, int[] shape, double[] dx) {
        packedBackward(ElementType.FLOAT64, x, dy, shape, dx);
    }

    /** dx, laid out as x, from x and dy, of 16-bit elements: computed in float and rounded once. */
    public void backward(ElementType type, short[] x, short[] dy, int[] shape, short[] dx) {
        Checks.sixteenBits(type);
        packedBackward(type, x, dy, shape, dx);
    }

    private void packedBackward(ElementType type, Object x, Object dy, int[] shape, Object dx) {
        AxisLayout whole = whole(shape);
        long length = whole.count() / 2;
        Checks.notNull("x", x);
        Checks.notNull("dy", dy);
        Checks.notNull("dx", dx);
        Checks.sameLength("x", Array.getLength(x), "the shape", whole.count());
        Checks.sameLength("dy", Array.getLength(dy), "half the shape", length);
        Checks.sameLength("dx", Array.getLength(dx), "x", Array.getLength(x));
        backward(type, packed(whole), x, x, dy, dx, dx, length);
    }

    /**
     * {@code dGate = dy value act'(gate)} and {@code dValue = dy act(gate)}: gate, value and dy read, the others
     * written, all of equal length; dGate may be gate or dy, dValue may be value or dy, but not both dy.
     *
     * @throws IllegalArgumentException if dGate and dValue are the same array
     */
    public void backward(float[] gate, float[] value, float[] dy, float[] dGate, float[] dValue) {
        apartBackward(ElementType.FLOAT32, gate, value, dy, dGate, dValue);
    }

    /**
     * {@code dGate = dy value act'(gate)} and {@code dValue = dy act(gate)} in double precision.
     *
     * @throws IllegalArgumentException if dGate and dValue are the same array
     */
    public void backward(double[] gate, double[] value, double[] dy, double[] dGate, double[] dValue) {
        apartBackward(ElementType.FLOAT64, gate, value, dy, dGate, dValue);
    }

    private void apartBackward(ElementType type, Object gate, Object value, Object dy, Object dGate, Object dValue) {
        Checks.notNull("gate", gate);
        Checks.notNull("value", value);
        Checks.notNull("dy", dy);
        Checks.notNull("dGate", dGate);
        Checks.notNull("dValue", dValue);
        int length = Array.getLength(gate);
        Checks.sameLength("value", Array.getLength(value), "gate", length);
        Checks.sameLength("dy", Array.getLength(dy), "gate", length);
        Checks.sameLength("dGate", Array.getLength(dGate), "gate", length);
        Checks.sameLength("dValue", Array.getLength(dValue), "gate", length);
        if (dGate == dValue) {
            throw new IllegalArgumentException("dGate and dValue are the same array");
        }
        backward(type, two(length), gate, value, dy, dGate, dValue, length);
    }

    private void backward(
            ElementType type,
            Packed at,
            Object gate,
            Object value,
            Object dy,
            Object dGate,
            Object dValue,
            long length) {
        if (length == 0) {
            return;
        }
        if (limit == UNLIMITED && !type.isNarrow()) {
            plainBackward(type, at, gate, value, dy, dGate, dValue, length);
            return;
        }
        pieces(type, at, Direction.BACKWARD, length).backward(gate, at.gate, value, at.value, dy, dGate, dValue);
    }

    private void plainBackward(
            ElementType type,
            Packed at,
            Object gate,
            Object value,
            Object dy,
            Object dGate,
            Object dValue,
            long length) {
        KernelEngine chosen = kernels(type, Direction.BACKWARD, length);
        Function f = activation.function();
        double[] p = activation.sharedParameters(type);
        if (gate instanceof float[] singles) {
            chosen.fused()
                    .gatedBackward(
                            f,
                            p,
                            at.rows,
                            singles,
                            at.gate,
                            (float[]) value,
                            at.value,
                            (float[]) dy,
                            (float[]) dGate,
                            (float[]) dValue);
        } else {
            new DoubleFusedKernels(chosen)
                    .gatedBackward(
                            f,
                            p,
                            at.rows,
                            (double[]) gate,
                            at.gate,
                            (double[]) value,
                            at.value,
                            (double[]) dy,
                            (double[]) dGate,
                            (double[]) dValue);
        }
    }

    // That of the catalogue, or of a unit made of an activation.
    private GateLayout usualLayout() {
        return Kind.GATED.has(name) ? GatedCatalogue.unit(name).layout() : GateLayout.GATE_FIRST;
    }

    /**
     * The name, with parameters, axis and layout where they differ from the defaults: what {@link #of(String)} reads,
     * unless the unit was made of an activation.
     */
    @Override
    public String toString() {
        String text = Kind.GATED.has(name)
                ? name
                        + activation
                                .toString()
                                .substring(activation.function().name().length())
                : name;
        text = axis == LAST ? text : ParameterValues.with(text, AXIS, axis);
        return layout == usualLayout() ? text : ParameterValues.with(text, LAYOUT, layout.word());
    }
}
