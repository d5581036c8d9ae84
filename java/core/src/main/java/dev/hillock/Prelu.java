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
 * by NumPy's rules. The gradient of alpha is summed in double precision: neighbours with one alpha in four partial sums by
 * index mod 4, in pieces of 1024 if they are of 16 bits, and then those sums in the order of memory. Its bits depend on
 * nothing but the arguments. Arguments are answered as {@link Activation} says.
 */
public final class Prelu {
    private final double[] alpha;
    private final int[] alphaShape;
    private final int axis;
    private final PreluWork.Slopes slopes;

    private Prelu(double[] alpha, int[] alphaShape, int axis) {
        this.alpha = alpha;
        this.alphaShape = alphaShape;
        this.axis = axis;
        this.slopes = new PreluWork.Slopes(alpha);
    }

    /** One alpha for all. */
    public static Prelu shared(float alpha) {
        return new Prelu(new double[] {alpha}, new int[0], 1);
    }

    /**
     * An array of alphas.
     *
     * @param axis the axis that one-dimensional alphas belong to, from 0 up, or from -1 down for counting from the end
     * @param alpha read and copied
     * @param alphaShape their shape; none for a single one
     * @throws IllegalArgumentException if the shape is not that of the array
     */
    public static Prelu of(int axis, float[] alpha, int... alphaShape) {
        Checks.notNull("alpha", alpha);
        double[] widened = new double[alpha.length];
        Arrays.setAll(widened, place -> alpha[place]);
        return of(axis, widened, alphaShape);
    }

    /** An array of alphas in double precision; for single precision they are rounded. */
    public static Prelu of(int axis, double[] alpha, int... alphaShape) {
        Checks.notNull("alpha", alpha);
        Checks.notNull("alphaShape", alphaShape);
        long count = 1;
        for (int size : alphaShape) {
            count = Math.multiplyExact(count, size);
        }
        Checks.sameLength("alpha", alpha.length, "its shape", count);
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
        forward(shape, new PreluWork.Singles(kernels, slopes, x, null, y));
    }

    /** {@code y = f(x)} in double precision. */
    public void forward(double[] x, int[] shape, double[] y) {
        forward(Kernels.defaults(), x, shape, y);
    }

    /** {@code y = f(x)} in double precision on kernels of your choice. */
    public void forward(Kernels kernels, double[] x, int[] shape, double[] y) {
        check(x, shape);
        same("y", y, x);
        forward(shape, new PreluWork.Doubles(kernels, slopes, x, null, y));
    }

    /** {@code y = f(x)} of 16-bit elements, computed as floats and rounded once. */
    public void forward(ElementType type, short[] x, int[] shape, short[] y) {
        Checks.sixteenBits(type);
        check(x, shape);
        same("y", y, x);
        forward(shape, new PreluWork.Narrow(Kernels.defaults(), type, slopes, x, null, y));
    }

    private void forward(int[] shape, PreluWork work) {
        runs(shape, work::forward);
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
        double[] sums = backward(shape, new PreluWork.Singles(kernels, slopes, x, dy, dx), dAlpha != null);
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
        double[] sums = backward(shape, new PreluWork.Doubles(kernels, slopes, x, dy, dx), dAlpha != null);
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
        PreluWork work = new PreluWork.Narrow(Kernels.defaults(), type, slopes, x, dy, dx);
        round(backward(shape, work, dAlpha != null), dAlpha);
    }

    // The sums that are alpha's gradient, if it learns.
    private double[] backward(int[] shape, PreluWork work, boolean learning) {
        double[] sums = new double[alpha.length];
        runs(shape, learning ? (start, n, place, each) -> work.backward(sums, start, n, place, each) : work::backward);
        return sums;
    }

    private static void round(double[] sums, float[] dAlpha) {
        for (int place = 0; dAlpha != null && place < sums.length; place++) {
            dAlpha[place] = (float) sums[place];
        }
    }

    private static void check(Object x, int[] shape) {
        Checks.notNull("x", x);
        Checks.notNull("shape", shape);
        long count = 1;
        for (int size : shape) {
            count = Math.multiplyExact(count, size);
        }
        Checks.sameLength("x", Array.getLength(x), "its shape", count);
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

    // Neighbours with one alpha, or each with the next one from a place on.
    @FunctionalInterface
    private interface Run {
        void of(int start, int length, int place, boolean each);
    }

    private void runs(int[] shape, Run run) {
        int[] steps = steps(shape);
        int length = 1;
        int outer = shape.length;
        while (outer > 0 && (steps[outer - 1] == 0 || shape[outer - 1] == 1)) {
            length *= shape[--outer];
        }
        boolean each = length == 1 && outer > 0 && steps[outer - 1] == 1;
        if (each) {
            length = shape[--outer];
        }
        int count = 1;
        for (int i = 0; i < outer; i++) {
            count *= shape[i];
        }
        int[] index = new int[outer];
        int place = 0;
        for (int start = 0; start < count * length; start += length) {
            run.of(start, length, place, each);
            for (int i = outer - 1; i >= 0; i--) {
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
