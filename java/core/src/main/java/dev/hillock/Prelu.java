package dev.hillock;

import dev.hillock.kernel.NarrowFloats;
import dev.hillock.loss.Reals;
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
 * by NumPy's rules. The gradient of alpha is summed in double precision in the order of the elements: its bits depend on
 * nothing but the arguments. Arguments are answered as {@link Activation} says.
 */
public final class Prelu {
    // Runs of one alpha that are shorter than this are computed here; longer ones go to the engine.
    private static final int RUN = 32;

    private final double[] alpha;
    private final int[] alphaShape;
    private final int axis;

    private Prelu(double[] alpha, int[] alphaShape, int axis) {
        this.alpha = alpha;
        this.alphaShape = alphaShape;
        this.axis = axis;
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
        forward(kernels, Reals.of(x), shape, Reals.of(y));
    }

    /** {@code y = f(x)} in double precision. */
    public void forward(double[] x, int[] shape, double[] y) {
        forward(Kernels.defaults(), x, shape, y);
    }

    /** {@code y = f(x)} in double precision on kernels of your choice. */
    public void forward(Kernels kernels, double[] x, int[] shape, double[] y) {
        forward(kernels, Reals.of(x), shape, Reals.of(y));
    }

    /** {@code y = f(x)} of 16-bit elements, computed as floats and rounded once. */
    public void forward(ElementType type, short[] x, int[] shape, short[] y) {
        Checks.sixteenBits(type);
        Checks.notNull("x", x);
        Checks.notNull("y", y);
        float[] result = new float[y.length];
        forward(NarrowFloats.widened(type, x), shape, result);
        NarrowFloats.narrow(type, result, 0, y, 0, y.length);
    }

    private void forward(Kernels kernels, Reals x, int[] shape, Reals y) {
        check(x, shape);
        Checks.notNull("y", y);
        Checks.sameLength("y", y.length(), "x", x.length());
        Activation[] slopes = slopes();
        runs(shape, (start, length, place) -> {
            if (length >= RUN) {
                forward(kernels, slopes[place], x, start, y, length);
                return;
            }
            double slope = slope(x, place);
            for (int i = start; i < start + length; i++) {
                y.set(i, x.get(i) > 0 ? x.get(i) : slope * x.get(i));
            }
        });
    }

    private static void forward(Kernels kernels, Activation f, Reals x, int start, Reals y, int length) {
        if (x.array() instanceof float[] singles) {
            kernels.forward(f, singles, start, (float[]) y.array(), start, length);
        } else {
            kernels.forward(f, (double[]) x.array(), start, (double[]) y.array(), start, length);
        }
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
        backward(kernels, Reals.of(x), Reals.of(dy), shape, Reals.of(dx), Reals.of(dAlpha));
    }

    /** As {@link #backward(float[], float[], int[], float[], float[])}, in double precision. */
    public void backward(double[] x, double[] dy, int[] shape, double[] dx, double[] dAlpha) {
        backward(Kernels.defaults(), x, dy, shape, dx, dAlpha);
    }

    /** As {@link #backward(double[], double[], int[], double[], double[])}, on kernels of your choice. */
    public void backward(Kernels kernels, double[] x, double[] dy, int[] shape, double[] dx, double[] dAlpha) {
        backward(kernels, Reals.of(x), Reals.of(dy), shape, Reals.of(dx), Reals.of(dAlpha));
    }

    /** As {@link #backward(float[], float[], int[], float[], float[])}, of 16-bit elements; alpha's gradient is not. */
    public void backward(ElementType type, short[] x, short[] dy, int[] shape, short[] dx, float[] dAlpha) {
        Checks.sixteenBits(type);
        Checks.notNull("x", x);
        Checks.notNull("dy", dy);
        Checks.notNull("dx", dx);
        float[] result = new float[dx.length];
        backward(NarrowFloats.widened(type, x), NarrowFloats.widened(type, dy), shape, result, dAlpha);
        NarrowFloats.narrow(type, result, 0, dx, 0, dx.length);
    }

    private void backward(Kernels kernels, Reals x, Reals dy, int[] shape, Reals dx, Reals dAlpha) {
        check(x, shape);
        Checks.notNull("dy", dy);
        Checks.notNull("dx", dx);
        Checks.sameLength("dy", dy.length(), "x", x.length());
        Checks.sameLength("dx", dx.length(), "x", x.length());
        if (dAlpha != null) {
            Checks.sameLength("dAlpha", dAlpha.length(), "alpha", alpha.length);
        }
        // dx may be dy, so alpha's gradient is summed first.
        double[] sums = new double[alpha.length];
        if (dAlpha != null) {
            runs(shape, (start, length, place) -> {
                for (int i = start; i < start + length; i++) {
                    sums[place] += x.get(i) > 0 ? 0 : dy.get(i) * x.get(i);
                }
            });
        }
        Activation[] slopes = slopes();
        runs(shape, (start, length, place) -> {
            if (length >= RUN) {
                backward(kernels, slopes[place], x, dy, start, dx, length);
                return;
            }
            double slope = slope(x, place);
            for (int i = start; i < start + length; i++) {
                dx.set(i, x.get(i) > 0 ? dy.get(i) : slope * dy.get(i));
            }
        });
        for (int place = 0; dAlpha != null && place < sums.length; place++) {
            dAlpha.set(place, sums[place]);
        }
    }

    private static void backward(Kernels kernels, Activation f, Reals x, Reals dy, int start, Reals dx, int length) {
        if (x.array() instanceof float[] singles) {
            kernels.backward(f, singles, start, (float[]) dy.array(), start, (float[]) dx.array(), start, length);
        } else {
            kernels.backward(
                    f, (double[]) x.array(), start, (double[]) dy.array(), start, (double[]) dx.array(), start, length);
        }
    }

    // As the kernels have it: rounded for floats. A product of two floats is exact in double.
    private double slope(Reals x, int place) {
        return x.array() instanceof float[] ? (float) alpha[place] : alpha[place];
    }

    private Activation[] slopes() {
        Activation[] slopes = new Activation[alpha.length];
        Arrays.setAll(slopes, place -> Activation.leakyRelu(alpha[place]));
        return slopes;
    }

    private static void check(Reals x, int[] shape) {
        Checks.notNull("x", x);
        Checks.notNull("shape", shape);
        long count = 1;
        for (int size : shape) {
            count = Math.multiplyExact(count, size);
        }
        Checks.sameLength("x", x.length(), "its shape", count);
    }

    // Neighbouring elements with one alpha.
    @FunctionalInterface
    private interface Run {
        void of(int start, int length, int place);
    }

    private void runs(int[] shape, Run run) {
        int[] steps = steps(shape);
        int length = 1;
        int outer = shape.length;
        while (outer > 0 && (steps[outer - 1] == 0 || shape[outer - 1] == 1)) {
            length *= shape[--outer];
        }
        int count = 1;
        for (int i = 0; i < outer; i++) {
            count *= shape[i];
        }
        int[] index = new int[outer];
        int place = 0;
        for (int start = 0; start < count * length; start += length) {
            run.of(start, length, place);
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
