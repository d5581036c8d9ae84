package dev.hillock;

import dev.hillock.catalogue.AxisCatalogue;
import dev.hillock.catalogue.AxisDefinition;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.bytedeco.javacpp.FloatPointer;

/**
 * A function over an axis, softmax or one of its kind, with its axis and parameters: an immutable value, safe to share
 * between threads.
 *
 * <pre>{@code
 * AxisFunction softmax = AxisFunction.softmax();
 * softmax.forward(x, new int[] {32, 10}, y);         // 32 rows of 10
 * softmax.backward(y, dy, new int[] {32, 10}, dx);   // from the output
 * }</pre>
 *
 * <p>Shapes are in C order. A row with a NaN or +Inf gives NaN, a row of only -Inf too; elsewhere -Inf has probability
 * 0. The bits of a result depend on its row alone: not on the shape around it, the engine, the instruction set or the
 * threads ({@code REFERENCE} and {@code ONEDNN} excepted). The methods here run on {@link Kernels#defaults()}.
 * Arguments are answered as {@link Activation} says; a shape that does not fit the arrays with
 * {@link IllegalArgumentException}.
 */
public final class AxisFunction {
    private static final String AXIS = "axis";

    private final AxisDefinition definition;
    private final int axis;
    private final double temperature;

    private AxisFunction(AxisDefinition definition, int axis, double temperature) {
        this.definition = definition;
        this.axis = axis;
        this.temperature = temperature;
    }

    /** e^x over its sum along the last axis. */
    public static AxisFunction softmax() {
        return of("softmax");
    }

    /** The logarithm of softmax along the last axis, computed without it. */
    public static AxisFunction logSoftmax() {
        return of("log_softmax");
    }

    /**
     * A function by its name or an alias, or in the form that {@link #toString()} prints, such as
     * {@code softmax(axis=1, temperature=2)}.
     *
     * @throws NoSuchElementException naming the nearest known one if the name is not known
     * @throws IllegalArgumentException if a parameter is not known or out of range
     */
    public static AxisFunction of(String text) {
        ParameterValues.Spelling spelling = ParameterValues.spelling(text);
        return of(spelling.name(), spelling.values());
    }

    /**
     * A function by its name or an alias, with parameters by their names; {@code axis} is one of them.
     *
     * @throws NoSuchElementException naming the nearest known one if the name is not known
     * @throws IllegalArgumentException if a parameter is not known or out of range
     */
    public static AxisFunction of(String name, Map<String, ? extends Number> values) {
        Checks.spelled(name, values);
        AxisDefinition definition = AxisCatalogue.function(name);
        Map<String, Number> others = new LinkedHashMap<>(values);
        Number axis = others.remove(AXIS);
        if (axis != null && axis.doubleValue() != axis.intValue()) {
            throw new IllegalArgumentException(definition.name() + ": parameter axis must be a whole number");
        }
        double[] parameters = ParameterValues.of(definition.name(), definition.parameters(), others);
        definition.requireValid(parameters);
        return new AxisFunction(definition, axis == null ? -1 : axis.intValue(), parameters[0] / parameters[1]);
    }

    /** The same function along another axis, from 0 up, or from -1 down for counting from the end. */
    public AxisFunction axis(int number) {
        return new AxisFunction(definition, number, temperature);
    }

    /**
     * The same function of x / temperature.
     *
     * @throws IllegalArgumentException unless it is positive and finite
     */
    public AxisFunction temperature(double value) {
        return of(definition.name(), Map.of(AXIS, axis, "temperature", value));
    }

    /** The function's name. */
    public String name() {
        return definition.name();
    }

    /** The catalogue's entry. */
    public AxisDefinition definition() {
        return definition;
    }

    /** The axis, as it was given. */
    public int axis() {
        return axis;
    }

    /** What x is divided by, rounded to float: the temperature over the scale. */
    public double temperature() {
        return (float) temperature;
    }

    // As it was given, for elements of double precision.
    double temperature(ElementType type) {
        return type == ElementType.FLOAT64 ? temperature : (float) temperature;
    }

    /** {@code y = f(x)} over a dense tensor: x read, y written, which may be x. */
    public void forward(float[] x, int[] shape, float[] y) {
        Kernels.defaults().forward(this, x, shape, y);
    }

    /** {@code dx} from {@code y = f(x)} and dy: y and dy read, dx written, which may be y or dy. */
    public void backward(float[] y, float[] dy, int[] shape, float[] dx) {
        Kernels.defaults().backward(this, y, dy, shape, dx);
    }

    /** {@code y = f(x)} over a dense tensor in double precision: x read, y written, which may be x. */
    public void forward(double[] x, int[] shape, double[] y) {
        Kernels.defaults().forward(this, x, shape, y);
    }

    /** {@code dx} from {@code y = f(x)} and dy in double precision: y and dy read, dx written, which may be y or dy. */
    public void backward(double[] y, double[] dy, int[] shape, double[] dx) {
        Kernels.defaults().backward(this, y, dy, shape, dx);
    }

    /** {@code y = f(x)} over a dense tensor of 16-bit elements: x read, y written, which may be x. */
    public void forward(ElementType type, short[] x, int[] shape, short[] y) {
        Kernels.defaults().forward(this, type, x, shape, y);
    }

    /** {@code dx} from {@code y = f(x)} and dy, of 16-bit elements: y and dy read, dx written, which may be y or dy. */
    public void backward(ElementType type, short[] y, short[] dy, int[] shape, short[] dx) {
        Kernels.defaults().backward(this, type, y, dy, shape, dx);
    }

    /** {@code y = f(x)} over the remaining elements of two buffers: x read, y written, which may be x. */
    public void forward(FloatBuffer x, int[] shape, FloatBuffer y) {
        Kernels.defaults().forward(this, x, shape, y);
    }

    /** {@code dx} from {@code y = f(x)} and dy, over the remaining elements of three buffers. */
    public void backward(FloatBuffer y, FloatBuffer dy, int[] shape, FloatBuffer dx) {
        Kernels.defaults().backward(this, y, dy, shape, dx);
    }

    /** {@code y = f(x)} over the elements of two pointers from position to limit. */
    public void forward(FloatPointer x, int[] shape, FloatPointer y) {
        Kernels.defaults().forward(this, x, shape, y);
    }

    /** {@code dx} from {@code y = f(x)} and dy, over the elements of three pointers from position to limit. */
    public void backward(FloatPointer y, FloatPointer dy, int[] shape, FloatPointer dx) {
        Kernels.defaults().backward(this, y, dy, shape, dx);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AxisFunction that
                && definition == that.definition
                && axis == that.axis
                && temperature == that.temperature;
    }

    @Override
    public int hashCode() {
        return Objects.hash(definition, axis, temperature);
    }

    @Override
    public String toString() {
        String parameters =
                (axis == -1 ? "" : ", axis=" + axis) + (temperature == 1 ? "" : ", temperature=" + temperature);
        return parameters.isEmpty() ? name() : name() + "(" + parameters.substring(2) + ")";
    }
}
