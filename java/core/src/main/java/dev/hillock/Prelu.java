package dev.hillock;

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

    private final float[] alpha;
    private final int[] alphaShape;
    private final int axis;

    private Prelu(float[] alpha, int[] alphaShape, int axis) {
        this.alpha = alpha;
        this.alphaShape = alphaShape;
        this.axis = axis;
    }

    /** One alpha for all. */
    public static Prelu shared(float alpha) {
        return new Prelu(new float[] {alpha}, new int[0], 1);
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
        Checks.notNull("y", y);
        Checks.sameLength("y", y.length, "x", x.length);
        Activation[] slopes = slopes();
        runs(shape, (start, length, place) -> {
            if (length >= RUN) {
                kernels.forward(slopes[place], x, start, y, start, length);
                return;
            }
            for (int i = start; i < start + length; i++) {
                y[i] = x[i] > 0 ? x[i] : alpha[place] * x[i];
            }
        });
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
        Checks.notNull("dy", dy);
        Checks.notNull("dx", dx);
        Checks.sameLength("dy", dy.length, "x", x.length);
        Checks.sameLength("dx", dx.length, "x", x.length);
        if (dAlpha != null) {
            Checks.sameLength("dAlpha", dAlpha.length, "alpha", alpha.length);
        }
        // dx may be dy, so alpha's gradient is summed first.
        double[] sums = new double[alpha.length];
        if (dAlpha != null) {
            runs(shape, (start, length, place) -> {
                for (int i = start; i < start + length; i++) {
                    sums[place] += x[i] > 0 ? 0 : (double) dy[i] * x[i];
                }
            });
        }
        Activation[] slopes = slopes();
        runs(shape, (start, length, place) -> {
            if (length >= RUN) {
                kernels.backward(slopes[place], x, start, dy, start, dx, start, length);
                return;
            }
            for (int i = start; i < start + length; i++) {
                dx[i] = x[i] > 0 ? dy[i] : alpha[place] * dy[i];
            }
        });
        if (dAlpha != null) {
            for (int place = 0; place < sums.length; place++) {
                dAlpha[place] = (float) sums[place];
            }
        }
    }

    private Activation[] slopes() {
        Activation[] slopes = new Activation[alpha.length];
        Arrays.setAll(slopes, place -> Activation.leakyRelu(alpha[place]));
        return slopes;
    }

    private static void check(float[] x, int[] shape) {
        Checks.notNull("x", x);
        Checks.notNull("shape", shape);
        long count = 1;
        for (int size : shape) {
            count = Math.multiplyExact(count, size);
        }
        Checks.sameLength("x", x.length, "its shape", count);
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
