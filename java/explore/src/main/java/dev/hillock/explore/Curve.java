package dev.hillock.explore;

import dev.hillock.Activation;
import dev.hillock.Kernels;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;

/**
 * A function and its slope at the page's abscissas, computed by the kernels. The page draws and interpolates these
 * samples; it knows no formula.
 *
 * @param y the values, and
 * @param slope the slopes: little-endian floats in base64, so that infinities and NaN pass
 */
record Curve(String y, String slope) {
    /** The first abscissa. */
    static final float FROM = -8;

    /** Abscissas per unit: a power of two, so that every abscissa, and every kink at an integer, is exact. */
    static final int PER_UNIT = 32;

    private static final float[] X = abscissas();

    private static float[] abscissas() {
        float[] x = new float[Math.round(-2 * FROM) * PER_UNIT + 1];
        for (int i = 0; i < x.length; i++) {
            x[i] = FROM + (float) i / PER_UNIT;
        }
        return x;
    }

    static int count() {
        return X.length;
    }

    static Curve of(Activation activation) {
        float[] y = new float[X.length];
        Kernels.defaults().forward(activation, X, y);
        return new Curve(base64(y), base64(slopes(activation)));
    }

    /** The largest magnitude that the slope takes at the abscissas. */
    static float steepest(Activation activation) {
        float steepest = 0;
        for (float slope : slopes(activation)) {
            steepest = Math.max(steepest, Math.abs(slope));
        }
        return steepest;
    }

    private static float[] slopes(Activation activation) {
        float[] ones = new float[X.length];
        Arrays.fill(ones, 1);
        float[] slopes = new float[X.length];
        Kernels.defaults().backward(activation, X, ones, slopes);
        return slopes;
    }

    private static String base64(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
