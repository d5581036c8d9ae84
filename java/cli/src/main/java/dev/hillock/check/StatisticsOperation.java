package dev.hillock.check;

import dev.hillock.Activation;
import dev.hillock.ActivationStatistics;
import dev.hillock.Kernels;
import dev.hillock.accuracy.Accuracy;
import dev.hillock.accuracy.Ulp;
import dev.hillock.catalogue.Direction;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * gelu that is counted on the way: behind the outputs come the numbers of zeros, of saturated elements and of NaN, the
 * smallest and the largest output and the mean. The way back is gelu's own.
 */
record StatisticsOperation() implements RowOperation {
    private static final Activation GELU = Activation.gelu();
    private static final Accuracy VALUE = new Accuracy(GELU.function(), Direction.FORWARD, GELU.parameters());
    private static final Accuracy SLOPE = new Accuracy(GELU.function(), Direction.BACKWARD, GELU.parameters());
    private static final int STATISTICS = 6;
    // What products lose that end among the subnormal numbers.
    private static final double UNDERFLOW = 0x1p-149;

    @Override
    public String name() {
        return "gelu_stats";
    }

    @Override
    public Stream<String> names() {
        return Stream.of("act_stats", name());
    }

    @Override
    public float[] forward(Kernels kernels, float[] x, int[] shape) {
        float[] y = new float[x.length];
        ActivationStatistics counted = ActivationStatistics.forward(kernels, GELU, x, y);
        float[] all = Arrays.copyOf(y, x.length + STATISTICS);
        all[x.length] = counted.zeros();
        all[x.length + 1] = counted.saturated();
        all[x.length + 2] = counted.nans();
        all[x.length + 3] = (float) counted.min();
        all[x.length + 4] = (float) counted.max();
        all[x.length + 5] = (float) counted.mean();
        return all;
    }

    @Override
    public float[] backward(Kernels kernels, float[] x, float[] dy, int[] shape) {
        float[] dx = new float[x.length];
        kernels.backward(GELU, x, dy, dx);
        return dx;
    }

    @Override
    public double[] forward(Kernels kernels, double[] x, int[] shape) {
        double[] all = Arrays.copyOf(x, x.length + STATISTICS);
        int numbers = 0;
        int saturated = 0;
        int zeros = 0;
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            double y = VALUE.exact((float) x[i]);
            all[i] = y;
            if (!Double.isNaN(y)) {
                numbers++;
                zeros += (float) y == 0 ? 1 : 0;
                saturated += Math.abs(SLOPE.exact((float) x[i])) <= ActivationStatistics.FLAT ? 1 : 0;
                min = Math.min(min, y);
                max = Math.max(max, y);
                sum += y;
            }
        }
        all[x.length] = zeros;
        all[x.length + 1] = saturated;
        all[x.length + 2] = x.length - numbers;
        all[x.length + 3] = min;
        all[x.length + 4] = max;
        all[x.length + 5] = sum / numbers;
        return all;
    }

    @Override
    public double[] backward(Kernels kernels, double[] x, double[] dy, int[] shape) {
        double[] dx = new double[x.length];
        Arrays.setAll(dx, i -> dy[i] * SLOPE.exact((float) x[i]));
        return dx;
    }

    @Override
    public int[] outputShape(int... shape) {
        return shape;
    }

    // Counts are exact; the extremes are outputs, and the mean is rounded once more.
    @Override
    public double[] allowedValues(RowErrors rows, double[] exact) {
        float[] x = rows.x();
        double[] allowed = new double[exact.length];
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            allowed[i] = VALUE.allowed(x[i], exact[i]);
            sum += Double.isFinite(allowed[i]) ? allowed[i] : 0;
        }
        for (int i = x.length + 3; i < allowed.length; i++) {
            allowed[i] = 2 * Ulp.unit(exact[i]);
        }
        allowed[allowed.length - 1] += sum / x.length;
        return allowed;
    }

    @Override
    public double[] allowedGradient(RowErrors rows, double[] y, float[] dy, double[] exact) {
        double[] allowed = new double[exact.length];
        Arrays.setAll(allowed, i -> {
            float x = rows.x()[i];
            double error = Math.abs(dy[i]) * SLOPE.allowed(x, SLOPE.exact(x)) + UNDERFLOW;
            return (Double.isFinite(error) ? error : 0) + Ulp.unit(exact[i]);
        });
        return allowed;
    }
}
