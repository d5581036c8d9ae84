package dev.hillock.check;

import dev.hillock.Activation;
import dev.hillock.DropoutActivation;
import dev.hillock.Kernels;
import dev.hillock.accuracy.Accuracy;
import dev.hillock.accuracy.Ulp;
import dev.hillock.catalogue.Direction;
import java.util.Arrays;
import java.util.stream.Stream;

/** gelu with dropout behind it: what is kept is gelu's value or slope, with its error, divided by the share that is kept. */
record DropoutOperation() implements RowOperation {
    private static final Activation GELU = Activation.gelu();
    private static final double RATE = 0.3;
    private static final long SEED = 7;
    private static final Accuracy VALUE = accuracy(Direction.FORWARD);
    private static final Accuracy SLOPE = accuracy(Direction.BACKWARD);
    // What products lose that end among the subnormal numbers.
    private static final double UNDERFLOW = 0x1p-149;

    private static Accuracy accuracy(Direction direction) {
        return new Accuracy(GELU.function(), direction, GELU.parameters());
    }

    @Override
    public String name() {
        return "gelu_dropout";
    }

    @Override
    public Stream<String> names() {
        return Stream.of("act_dropout", name());
    }

    private static DropoutActivation dropout(Activation f, Kernels kernels) {
        return DropoutActivation.of(f, RATE, SEED).on(kernels);
    }

    // 0 where an element is dropped, else what it is multiplied by.
    private static double[] factors(int length) {
        double[] factors = new double[length];
        Arrays.fill(factors, 1);
        dropout(Activation.identity(), Kernels.defaults()).forward(factors, factors);
        return factors;
    }

    @Override
    public float[] forward(Kernels kernels, float[] x, int[] shape) {
        float[] y = new float[x.length];
        dropout(GELU, kernels).forward(x, y);
        return y;
    }

    @Override
    public float[] backward(Kernels kernels, float[] x, float[] dy, int[] shape) {
        float[] dx = new float[x.length];
        dropout(GELU, kernels).backward(x, dy, dx);
        return dx;
    }

    @Override
    public double[] forward(Kernels kernels, double[] x, int[] shape) {
        double[] y = factors(x.length);
        Arrays.setAll(y, i -> kept(y[i], VALUE.exact((float) x[i])));
        return y;
    }

    @Override
    public double[] backward(Kernels kernels, double[] x, double[] dy, int[] shape) {
        double[] dx = factors(x.length);
        Arrays.setAll(dx, i -> kept(dx[i], dy[i] * SLOPE.exact((float) x[i])));
        return dx;
    }

    // Dropped is 0, whatever it was.
    private static double kept(double factor, double value) {
        return factor == 0 ? 0 : factor * value;
    }

    @Override
    public int[] outputShape(int... shape) {
        return shape;
    }

    @Override
    public double[] allowedValues(RowErrors rows, double[] exact) {
        return allowed(VALUE, rows.x(), x -> 1, exact);
    }

    @Override
    public double[] allowedGradient(RowErrors rows, double[] y, float[] dy, double[] exact) {
        return allowed(SLOPE, rows.x(), i -> Math.abs(dy[i]), exact);
    }

    /** What an element's value or slope is multiplied by before it is kept. */
    @FunctionalInterface
    private interface Gradient {
        double at(int i);
    }

    // The factor is rounded, and so is each of the two products.
    private static double[] allowed(Accuracy accuracy, float[] x, Gradient gradient, double[] exact) {
        double[] allowed = factors(x.length);
        Arrays.setAll(allowed, i -> {
            double error = gradient.at(i) * accuracy.allowed(x[i], accuracy.exact(x[i])) + UNDERFLOW;
            return allowed[i] * (Double.isFinite(error) ? error : 0) + 2 * Ulp.unit(exact[i]);
        });
        return allowed;
    }
}
