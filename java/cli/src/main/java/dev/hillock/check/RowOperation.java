package dev.hillock.check;

import dev.hillock.AxisOperation;
import dev.hillock.Kernels;
import dev.hillock.Prelu;
import dev.hillock.accuracy.Ulp;
import dev.hillock.catalogue.GatedCatalogue;
import dev.hillock.catalogue.Names;
import dev.hillock.engine.KernelEngine;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * An operation that is judged on rows: its outputs in both directions, for tensors {@code [outer, axis, inner]}, and the
 * error that each of them may have.
 */
interface RowOperation {
    /** Stands for the error that is allowed where nothing is promised but equal bits. */
    double ANY = -1;

    /** The operation with its parameters. */
    String name();

    /** The words that ask for it. */
    default Stream<String> names() {
        return Stream.of(Names.bare(name()));
    }

    /** What the length of the axis is a multiple of. */
    default int multiple() {
        return 1;
    }

    /** Whether an engine has it; it is judged on no other. */
    default boolean isOn(KernelEngine engine) {
        return true;
    }

    /** y of x. */
    float[] forward(Kernels kernels, float[] x, int[] shape);

    /** y of x in double precision. */
    double[] forward(Kernels kernels, double[] x, int[] shape);

    /** dx, and behind it the gradient of a learned parameter. */
    float[] backward(Kernels kernels, float[] x, float[] dy, int[] shape);

    /** dx, and behind it the gradient of a learned parameter, in double precision. */
    double[] backward(Kernels kernels, double[] x, double[] dy, int[] shape);

    /** The shape of y. */
    int[] outputShape(int... shape);

    /**
     * The errors that the values may have, or {@link #ANY}.
     *
     * @param exact the values, exact
     */
    double[] allowedValues(RowErrors rows, double[] exact);

    /**
     * The errors that the elements of a gradient may have, or {@link #ANY}.
     *
     * @param y the values, exact
     * @param exact the gradient, exact
     */
    double[] allowedGradient(RowErrors rows, double[] y, float[] dy, double[] exact);

    /** Everything that is judged. */
    static List<RowOperation> all() {
        return Stream.of(
                        overAnAxis().stream(),
                        GatedCatalogue.units().stream().map(GatedOperation::new),
                        AffineOperation.all(),
                        Stream.of(new DropoutOperation(), new StatisticsOperation()))
                .<RowOperation>flatMap(operations -> operations)
                .toList();
    }

    private static List<RowOperation> overAnAxis() {
        return List.of(
                new OverAxis("softmin(axis=1)", RowOperation::softmaxBound, 1),
                new OverAxis("softmin(temperature=0.7, axis=1)", RowOperation::softmaxBound, 1 / 0.7),
                // The logits are rounded, as far from 0 as they are.
                new OverAxis(
                        "masked_softmax(scale=0.3, axis=1)",
                        (exact, distance, m) -> softmaxBound(exact, 0.3 * (distance + 2 * m), m),
                        0.3),
                // The noise, at most 38, is within 2^-22 of itself, in the logit and in the maximum; their sums are
                // rounded; and it may be as far from the maximum as x is and as noise is from noise.
                new OverAxis(
                        "gumbel_softmax(seed=7, axis=1)",
                        (exact, distance, m) -> softmaxBound(exact, 3 * m + 232, m),
                        1),
                new OverAxis(
                        "logsumexp(axis=1)",
                        (exact, distance, m) -> 0x1p-22 * Math.max(1, Math.abs(exact)),
                        RowErrors::timesSoftmax),
                new OverAxis("sparsemax(axis=1)", RowOperation::roundedOnce),
                new OverAxis("entmax15(axis=1)", RowOperation::roundedOnce),
                new OverAxis("hardmax(axis=1)", (exact, distance, m) -> 0),
                new OverAxis("crelu(axis=1)", (exact, distance, m) -> 0),
                new OverAxis("maxout(k=1, axis=1)", (exact, distance, m) -> 0),
                new OverAxis("maxout(k=3, axis=1)", (exact, distance, m) -> 0),
                new Slopes(false),
                new Slopes(true));
    }

    /** 2 ULP, and the distance to the maximum times 2^-23 of the value. */
    static double softmaxBound(double exact, double distance, double magnitude) {
        return 2 * Ulp.unit(exact) + (exact == 0 ? 0 : exact * distance * 0x1p-23);
    }

    /** Rounded once, of what a threshold in double precision leaves. */
    private static double roundedOnce(double exact, double distance, double magnitude) {
        return Ulp.unit(exact) + 0x1p-45;
    }

    /** The error that a value may have by itself and its x. */
    @FunctionalInterface
    interface Bound {
        /**
         * The error, or {@link #ANY}.
         *
         * @param exact the value
         * @param distance of its x from the extreme of the row that counts most, where y is as long as x
         * @param magnitude of the largest x of its row
         */
        double of(double exact, double distance, double magnitude);

        /** That of each value; each has the distance of its x where there are as many. */
        default double[] values(RowErrors rows, double[] exact) {
            boolean own = exact.length == rows.distances().length;
            double[] allowed = new double[exact.length];
            Arrays.setAll(allowed, i -> of(exact[i], own ? rows.distances()[i] : 0, own ? rows.magnitudes()[i] : 0));
            return allowed;
        }

        /** That of each element of a gradient. */
        default double[] gradient(double[] exact) {
            double[] allowed = new double[exact.length];
            Arrays.setAll(allowed, i -> of(exact[i], 0, 0));
            return allowed;
        }
    }

    /** The errors that a gradient may have; as {@link RowOperation#allowedGradient}. */
    @FunctionalInterface
    interface GradientBound {
        /** One for each element. */
        double[] of(RowErrors rows, double[] y, float[] dy, double[] exact);
    }

    /**
     * An operation over the axis.
     *
     * @param gradientBound null for the bound of the values
     */
    record OverAxis(String name, AxisOperation operation, Bound bound, GradientBound gradientBound)
            implements RowOperation {
        OverAxis(String name, Bound bound, GradientBound gradientBound) {
            this(name, AxisOperation.of(name), bound, gradientBound);
        }

        OverAxis(String name, Bound bound) {
            this(name, bound, null);
        }

        // A softmax of logits whose slope is factor.
        OverAxis(String name, Bound bound, double factor) {
            this(name, bound, (rows, y, dy, exact) -> rows.softmaxGradient(factor, bound, y, dy, exact));
        }

        @Override
        public boolean isOn(KernelEngine engine) {
            return operation.isOn(engine);
        }

        @Override
        public int multiple() {
            return name.startsWith("maxout(k=3") ? 3 : 1;
        }

        @Override
        public double[] allowedGradient(RowErrors rows, double[] y, float[] dy, double[] exact) {
            return gradientBound == null ? bound.gradient(exact) : gradientBound.of(rows, y, dy, exact);
        }

        @Override
        public float[] forward(Kernels kernels, float[] x, int[] shape) {
            float[] y = new float[count(outputShape(shape))];
            operation.on(kernels).forward(x, shape, y);
            return y;
        }

        @Override
        public double[] forward(Kernels kernels, double[] x, int[] shape) {
            double[] y = new double[count(outputShape(shape))];
            operation.on(kernels).forward(x, shape, y);
            return y;
        }

        @Override
        public float[] backward(Kernels kernels, float[] x, float[] dy, int[] shape) {
            float[] dx = new float[x.length];
            operation.on(kernels).backward(x, dy, shape, dx);
            return dx;
        }

        @Override
        public double[] backward(Kernels kernels, double[] x, double[] dy, int[] shape) {
            double[] dx = new double[x.length];
            operation.on(kernels).backward(x, dy, shape, dx);
            return dx;
        }

        @Override
        public int[] outputShape(int... shape) {
            return operation.outputShape(shape);
        }

        @Override
        public double[] allowedValues(RowErrors rows, double[] exact) {
            return bound.values(rows, exact);
        }
    }

    /** The parametric ReLU. */
    record Slopes(boolean perChannel) implements RowOperation {
        // Rounded once; the gradient of alpha is summed in double precision.
        private static final Bound PRODUCT = (exact, distance, magnitude) -> Ulp.unit(exact);

        @Override
        public String name() {
            return perChannel ? "prelu(alpha per channel)" : "prelu";
        }

        private Prelu prelu(int channels) {
            float[] alpha = new float[channels];
            for (int c = 0; c < channels; c++) {
                alpha[c] = 0.25f - 0.1f * (c % 7);
            }
            return perChannel ? Prelu.of(1, alpha, channels) : Prelu.shared(0.25f);
        }

        private int alphas(int[] shape) {
            return perChannel ? shape[1] : 1;
        }

        @Override
        public float[] forward(Kernels kernels, float[] x, int[] shape) {
            float[] y = new float[x.length];
            prelu(shape[1]).forward(kernels, x, shape, y);
            return y;
        }

        @Override
        public double[] forward(Kernels kernels, double[] x, int[] shape) {
            double[] y = new double[x.length];
            prelu(shape[1]).forward(kernels, x, shape, y);
            return y;
        }

        @Override
        public float[] backward(Kernels kernels, float[] x, float[] dy, int[] shape) {
            float[] dx = new float[x.length];
            float[] dAlpha = new float[alphas(shape)];
            prelu(shape[1]).backward(kernels, x, dy, shape, dx, dAlpha);
            float[] both = Arrays.copyOf(dx, dx.length + dAlpha.length);
            System.arraycopy(dAlpha, 0, both, dx.length, dAlpha.length);
            return both;
        }

        @Override
        public double[] backward(Kernels kernels, double[] x, double[] dy, int[] shape) {
            double[] dx = new double[x.length];
            double[] dAlpha = new double[alphas(shape)];
            prelu(shape[1]).backward(kernels, x, dy, shape, dx, dAlpha);
            double[] both = Arrays.copyOf(dx, dx.length + dAlpha.length);
            System.arraycopy(dAlpha, 0, both, dx.length, dAlpha.length);
            return both;
        }

        @Override
        public int[] outputShape(int... shape) {
            return shape;
        }

        @Override
        public double[] allowedValues(RowErrors rows, double[] exact) {
            return PRODUCT.values(rows, exact);
        }

        @Override
        public double[] allowedGradient(RowErrors rows, double[] y, float[] dy, double[] exact) {
            return PRODUCT.gradient(exact);
        }
    }

    private static int count(int[] shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
}
