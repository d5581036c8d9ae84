package dev.hillock.check;

import dev.hillock.Activation;
import dev.hillock.BiasedActivation;
import dev.hillock.Kernels;
import dev.hillock.accuracy.Accuracy;
import dev.hillock.accuracy.Ulp;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.FusedCatalogue;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * gelu of {@code scale[c] x + shift[c]}, of {@code x + shift[c]} or of {@code x + r}; behind dx come the gradients of
 * scale and shift. The sum is rounded, which is part of what is promised, so the exact value is that of the rounded sum;
 * what gelu may lose of it, {@link Accuracy} says.
 *
 * @param form its name in the catalogue
 */
record AffineOperation(String form) implements RowOperation {
    private static final Activation GELU = Activation.gelu();
    private static final Accuracy VALUE = accuracy(Direction.FORWARD);
    private static final Accuracy SLOPE = accuracy(Direction.BACKWARD);
    // What products lose that end among the subnormal numbers.
    private static final double UNDERFLOW = 0x1p-149;
    // Relative to the terms of a sum: each is in two additions of floats.
    private static final double ADDED = 0x1p-23;

    private static Accuracy accuracy(Direction direction) {
        return new Accuracy(GELU.function(), direction, GELU.parameters());
    }

    /** Every form that {@link BiasedActivation} serves. */
    static Stream<RowOperation> all() {
        return FusedCatalogue.operations().stream()
                .filter(known -> known.served().equals(BiasedActivation.class.getSimpleName()))
                .map(known -> new AffineOperation(known.name()));
    }

    @Override
    public String name() {
        return form.replace("act", GELU.name());
    }

    @Override
    public Stream<String> names() {
        return Stream.of(form, name());
    }

    private boolean isSum() {
        return form.equals("add_act");
    }

    private boolean isScaled() {
        return form.equals("scale_shift_act");
    }

    // Both signs and 0, a value for each channel, or for each element of a sum.
    private float[] shift(int count) {
        float[] shift = new float[count];
        for (int i = 0; i < count; i++) {
            shift[i] = 0.3f * (i % 11 - 5);
        }
        return shift;
    }

    private static float[] scale(int channels) {
        float[] scale = new float[channels];
        for (int c = 0; c < channels; c++) {
            scale[c] = 0.7f * (c % 5 - 1);
        }
        return scale;
    }

    @Override
    public float[] forward(Kernels kernels, float[] x, int[] shape) {
        BiasedActivation f = BiasedActivation.of(GELU).on(kernels);
        float[] y = new float[x.length];
        if (isSum()) {
            f.forward(x, shift(x.length), y);
        } else if (isScaled()) {
            f.forward(x, scale(shape[1]), shift(shape[1]), shape, 1, y);
        } else {
            f.forward(x, shift(shape[1]), shape, 1, y);
        }
        return y;
    }

    @Override
    public float[] backward(Kernels kernels, float[] x, float[] dy, int[] shape) {
        BiasedActivation f = BiasedActivation.of(GELU).on(kernels);
        float[] dx = new float[x.length];
        if (isSum()) {
            f.backward(x, shift(x.length), dy, dx);
            return dx;
        }
        float[] dShift = new float[shape[1]];
        float[] dScale = new float[isScaled() ? shape[1] : 0];
        if (isScaled()) {
            f.backward(x, scale(shape[1]), shift(shape[1]), dy, shape, 1, dx, dScale, dShift);
        } else {
            f.backward(x, shift(shape[1]), dy, shape, 1, dx, dShift);
        }
        float[] all = Arrays.copyOf(dx, dx.length + dScale.length + dShift.length);
        System.arraycopy(dScale, 0, all, dx.length, dScale.length);
        System.arraycopy(dShift, 0, all, dx.length + dScale.length, dShift.length);
        return all;
    }

    // What gelu reads.
    private float[] sums(float[] x, int[] shape) {
        float[] shift = shift(isSum() ? x.length : shape[1]);
        float[] scale = scale(shape[1]);
        float[] z = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            int c = channel(i, shape);
            z[i] = isSum() ? x[i] + shift[i] : isScaled() ? Math.fma(scale[c], x[i], shift[c]) : x[i] + shift[c];
        }
        return z;
    }

    private static int channel(int i, int[] shape) {
        return i / shape[2] % shape[1];
    }

    private static float[] floats(double[] x) {
        float[] floats = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            floats[i] = (float) x[i];
        }
        return floats;
    }

    @Override
    public double[] forward(Kernels kernels, double[] x, int[] shape) {
        float[] z = sums(floats(x), shape);
        double[] y = new double[x.length];
        Arrays.setAll(y, i -> VALUE.exact(z[i]));
        return y;
    }

    @Override
    public double[] backward(Kernels kernels, double[] x, double[] dy, int[] shape) {
        float[] z = sums(floats(x), shape);
        float[] scale = scale(shape[1]);
        double[] all = new double[outputs(x.length, shape[1])];
        for (int i = 0; i < x.length; i++) {
            int c = channel(i, shape);
            double g = dy[i] * SLOPE.exact(z[i]);
            all[i] = isScaled() ? g * scale[c] : g;
            if (isScaled()) {
                all[x.length + c] += g * x[i];
            }
            if (!isSum()) {
                all[all.length - shape[1] + c] += g;
            }
        }
        return all;
    }

    private int outputs(int length, int channels) {
        return length + channels * (isScaled() ? 2 : isSum() ? 0 : 1);
    }

    @Override
    public int[] outputShape(int... shape) {
        return shape;
    }

    @Override
    public double[] allowedValues(RowErrors rows, double[] exact) {
        float[] z = sums(rows.x(), rows.shape());
        double[] allowed = new double[exact.length];
        Arrays.setAll(allowed, i -> VALUE.allowed(z[i], exact[i]));
        return allowed;
    }

    // The slope's error times dy and the product's rounding, scaled and rounded again; and the sum of these.
    @Override
    public double[] allowedGradient(RowErrors rows, double[] y, float[] dy, double[] exact) {
        float[] x = rows.x();
        float[] z = sums(x, rows.shape());
        int channels = rows.shape()[1];
        float[] scale = scale(channels);
        double[] allowed = new double[exact.length];
        Arrays.setAll(allowed, i -> Ulp.unit(exact[i]));
        for (int i = 0; i < x.length; i++) {
            int c = channel(i, rows.shape());
            double slope = SLOPE.exact(z[i]);
            double g = dy[i] * slope;
            double error = Math.abs(dy[i]) * SLOPE.allowed(z[i], slope) + Ulp.unit(g) + UNDERFLOW;
            allowed[i] += isScaled() ? Math.abs(scale[c]) * error : error;
            if (isScaled()) {
                allowed[x.length + c] += Math.abs(x[i]) * (error + ADDED * Math.abs(g)) + Ulp.unit(g * x[i]);
            }
            if (!isSum()) {
                allowed[allowed.length - channels + c] += error + ADDED * Math.abs(g);
            }
        }
        return allowed;
    }
}
