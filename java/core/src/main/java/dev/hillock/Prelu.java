package dev.hillock;

import java.lang.reflect.Array;
import java.util.Arrays;

/**
 * The parametric ReLU: x for x above 0, else alpha x, where alpha is learned. An immutable value, safe to share between
 * threads.
 *
 * <pre>{@code
 * Prelu prelu = Prelu.of(1, alpha, 64);                                  // one alpha per channel of [batch, 64, …]
 * prelu.forward(x, new int[] {8, 64, 7, 7}, y);
 * prelu.backward(x, dy, new int[] {8, 64, 7, 7}, dx, dAlpha);            // dAlpha[c] = sum of dy * min(x, 0)
 * }</pre>
 *
 * <p>Alpha is one value; or as many as the axis is long, one for each place along it; or an array that is spread over x
 * by NumPy's rules; all of them finite.
 *
 * <p>The gradient of alpha is summed in double precision. Axes are joined to blocks [outer, channels, inner] in which the
 * alphas go along the channels, as many as can be. Where inner is 1, dy x is added to a channel's sum row after row. Else
 * each run of inner neighbours goes in pieces of 1024: elements with one index mod 8 are added up in order, these eight by
 * halves (l and l + 4, then 2 and 1 apart), and the piece's sum to the channel's. A block of more than 2^16 elements is cut
 * along outer into parts of at least as many elements and at least 64 terms a channel, or if that is one part, along
 * channels, or a single run into multiples of 1024; at most 64 parts. A part's sums begin at 0 and are added in the order
 * of the parts. So the bits depend on the arguments alone. On {@link Engine#ONEDNN} they are oneDNN's.
 *
 * <p>Arguments are answered as {@link Activation} says.
 */
public final class Prelu {
    private final double[] alpha;
    private final int[] alphaShape;
    private final int axis;
    private final float[] rounded;
    // The last alpha that has no float, or -1.
    private final int beyondFloats;

    private Prelu(double[] alpha, int[] alphaShape, int axis) {
        this.alpha = alpha;
        this.alphaShape = alphaShape;
        this.axis = axis;
        this.rounded = new float[alpha.length];
        int beyond = -1;
        for (int place = 0; place < alpha.length; place++) {
            rounded[place] = (float) alpha[place];
            if (!Double.isFinite(alpha[place])) {
                throw notFinite(alpha[place], place, "");
            }
            beyond = Float.isInfinite(rounded[place]) ? place : beyond;
        }
        this.beyondFloats = beyond;
    }

    private static IllegalArgumentException notFinite(double value, int place, String where) {
        return new IllegalArgumentException(
                "prelu: parameter alpha must be finite" + where + ", not " + value + " at " + place);
    }

    /**
     * One alpha for all.
     *
     * @throws IllegalArgumentException unless it is finite
     */
    public static Prelu shared(float alpha) {
        return new Prelu(new double[] {alpha}, new int[0], 1);
    }

    /**
     * An array of alphas.
     *
     * @param axis the axis that one-dimensional alphas belong to, from 0 up, or from -1 down for counting from the end
     * @param alpha read and copied
     * @param alphaShape their shape; none for a single one
     * @throws IllegalArgumentException if the shape is not that of the array, or an alpha is not finite
     */
    public static Prelu of(int axis, float[] alpha, int... alphaShape) {
        Checks.notNull("alpha", alpha);
        double[] widened = new double[alpha.length];
        Arrays.setAll(widened, place -> alpha[place]);
        return of(axis, widened, alphaShape);
    }

    /**
     * An array of alphas in double precision; for single precision they are rounded, and one that has no float is refused
     * there.
     *
     * @throws IllegalArgumentException if the shape is not that of the array, or an alpha is not finite
     */
    public static Prelu of(int axis, double[] alpha, int... alphaShape) {
        Checks.notNull("alpha", alpha);
        Checks.sameLength("alpha", alpha.length, "its shape", Checks.elements("alphaShape", alphaShape));
        return new Prelu(alpha.clone(), alphaShape.clone(), axis);
    }

    /** {@code y = f(x)}: x read, y written, which may be x; both of the shape. */
    public void forward(float[] x, int[] shape, float[] y) {
        forward(Kernels.defaults(), x, shape, y);
    }

    /** {@code y = f(x)} on kernels of your choice. */
    public void forward(Kernels kernels, float[] x, int[] shape, float[] y) {
        check(x, shape);
        same("y", y, x);
        over(shape, new PreluWork(kernels, ElementType.FLOAT32, singles(), x, null, y), null);
    }

    /** {@code y = f(x)} in double precision. */
    public void forward(double[] x, int[] shape, double[] y) {
        forward(Kernels.defaults(), x, shape, y);
    }

    /** {@code y = f(x)} in double precision on kernels of your choice. */
    public void forward(Kernels kernels, double[] x, int[] shape, double[] y) {
        check(x, shape);
        same("y", y, x);
        over(shape, new PreluWork(kernels, ElementType.FLOAT64, alpha, x, null, y), null);
    }

    /** {@code y = f(x)} of 16-bit elements, computed as floats and rounded once. */
    public void forward(ElementType type, short[] x, int[] shape, short[] y) {
        Checks.sixteenBits(type);
        check(x, shape);
        same("y", y, x);
        over(shape, new PreluWork(Kernels.defaults(), type, singles(), x, null, y), null);
    }

    /**
     * {@code dx = dy f'(x)} and the gradient of alpha.
     *
     * @param x read
     * @param dy read
     * @param shape of all three
     * @param dx written; may be dy
     * @param dAlpha written, of alpha's length; null if it is not wanted
     */
    public void backward(float[] x, float[] dy, int[] shape, float[] dx, float[] dAlpha) {
        backward(Kernels.defaults(), x, dy, shape, dx, dAlpha);
    }

    /** As {@link #backward(float[], float[], int[], float[], float[])}, on kernels of your choice. */
    public void backward(Kernels kernels, float[] x, float[] dy, int[] shape, float[] dx, float[] dAlpha) {
        check(x, shape);
        same("dy", dy, x);
        same("dx", dx, x);
        gradient(dAlpha);
        double[] sums =
                backward(shape, new PreluWork(kernels, ElementType.FLOAT32, singles(), x, dy, dx), dAlpha != null);
        round(sums, dAlpha);
    }

    /** As {@link #backward(float[], float[], int[], float[], float[])}, in double precision. */
    public void backward(double[] x, double[] dy, int[] shape, double[] dx, double[] dAlpha) {
        backward(Kernels.defaults(), x, dy, shape, dx, dAlpha);
    }

    /** As {@link #backward(double[], double[], int[], double[], double[])}, on kernels of your choice. */
    public void backward(Kernels kernels, double[] x, double[] dy, int[] shape, double[] dx, double[] dAlpha) {
        check(x, shape);
        same("dy", dy, x);
        same("dx", dx, x);
        gradient(dAlpha);
        double[] sums = backward(shape, new PreluWork(kernels, ElementType.FLOAT64, alpha, x, dy, dx), dAlpha != null);
        if (dAlpha != null) {
            System.arraycopy(sums, 0, dAlpha, 0, sums.length);
        }
    }

    /** As {@link #backward(float[], float[], int[], float[], float[])}, of 16-bit elements; alpha's gradient is not. */
    public void backward(ElementType type, short[] x, short[] dy, int[] shape, short[] dx, float[] dAlpha) {
        Checks.sixteenBits(type);
        check(x, shape);
        same("dy", dy, x);
        same("dx", dx, x);
        gradient(dAlpha);
        PreluWork work = new PreluWork(Kernels.defaults(), type, singles(), x, dy, dx);
        round(backward(shape, work, dAlpha != null), dAlpha);
    }

    // The sums that are alpha's gradient, if it learns.
    private double[] backward(int[] shape, PreluWork work, boolean learning) {
        double[] sums = learning ? new double[alpha.length] : null;
        over(shape, work, sums);
        return sums;
    }

    private float[] singles() {
        if (beyondFloats >= 0) {
            throw notFinite(alpha[beyondFloats], beyondFloats, " in single precision");
        }
        return rounded;
    }

    private static void round(double[] sums, float[] dAlpha) {
        if (dAlpha == null) {
            return;
        }
        for (int place = 0; place < sums.length; place++) {
            dAlpha[place] = (float) sums[place];
        }
    }

    private static void check(Object x, int[] shape) {
        Checks.notNull("x", x);
        Checks.sameLength("x", Array.getLength(x), "its shape", Checks.elements("shape", shape));
    }

    private static void same(String name, Object array, Object x) {
        Checks.notNull(name, array);
        Checks.sameLength(name, Array.getLength(array), "x", Array.getLength(x));
    }

    private void gradient(Object dAlpha) {
        if (dAlpha != null) {
            Checks.sameLength("dAlpha", Array.getLength(dAlpha), "alpha", alpha.length);
        }
    }

    // Block by block: neighbouring axes of one alpha, before them those along which the alphas follow each other, and
    // before those again some of one alpha.
    private void over(int[] shape, PreluWork work, double[] sums) {
        int[] steps = steps(shape);
        for (int size : shape) {
            if (size == 0) {
                return;
            }
        }
        int axis = shape.length;
        int inner = 1;
        for (; axis > 0 && (steps[axis - 1] == 0 || shape[axis - 1] == 1); axis--) {
            inner *= shape[axis - 1];
        }
        int channels = 1;
        for (; axis > 0 && (steps[axis - 1] == channels || shape[axis - 1] == 1); axis--) {
            channels *= shape[axis - 1];
        }
        int outer = 1;
        for (; axis > 0 && (steps[axis - 1] == 0 || shape[axis - 1] == 1); axis--) {
            outer *= shape[axis - 1];
        }
        AxisLayout block = new AxisLayout(outer, channels, inner, (long) channels * inner, inner);
        int count = 1;
        for (int i = 0; i < axis; i++) {
            count *= shape[i];
        }
        int size = (int) block.count();
        int[] index = new int[axis];
        int place = 0;
        for (int number = 0; number < count; number++) {
            work.over(block, number * size, place, sums);
            for (int i = axis - 1; i >= 0; i--) {
                place += steps[i];
                if (++index[i] < shape[i]) {
                    break;
                }
                place -= steps[i] * shape[i];
                index[i] = 0;
            }
        }
    }

    // How far one step along each axis of x moves in alpha.
    private int[] steps(int[] shape) {
        int[] steps = new int[shape.length];
        if (alpha.length == 1) {
            return steps;
        }
        int number = axis < 0 ? axis + shape.length : axis;
        if (alphaShape.length == 1 && number >= 0 && number < shape.length && shape[number] == alpha.length) {
            steps[number] = 1;
            return steps;
        }
        int step = 1;
        int shift = shape.length - alphaShape.length;
        for (int i = alphaShape.length - 1; i >= 0; i--) {
            if (alphaShape[i] != 1) {
                if (shift + i < 0 || alphaShape[i] != shape[shift + i]) {
                    throw new IllegalArgumentException("alpha of shape " + Arrays.toString(alphaShape)
                            + " does not fit shape " + Arrays.toString(shape) + " along axis " + axis);
                }
                steps[shift + i] = step;
                step *= alphaShape[i];
            }
        }
        return steps;
    }
}
