package dev.hillock.kernel;

import dev.hillock.AxisLayout;

/**
 * Where maxima are, in arrays that are float[] or double[]. Of equal ones it is the first, +0 and -0 being equal; a NaN is
 * the maximum. Floats go by whole numbers of the same order with their places behind, so that no data makes a branch
 * unpredictable.
 */
public final class Maxima {
    private Maxima() {}

    // Whole numbers in the order of the floats of these bits, and back.
    private static int ordered(int bits) {
        return bits ^ bits >> 31 & Integer.MAX_VALUE;
    }

    // Grows with x, -0 being 0, and above everything for NaN; in the lower half, a later place is less.
    private static long ranked(float x, int place) {
        return (long) ordered(Float.floatToIntBits(x + 0f)) << 32 | Integer.MAX_VALUE - place;
    }

    private static int place(long ranked) {
        return Integer.MAX_VALUE - (int) ranked;
    }

    /** How far the maximum of n elements that lie stride apart is from the first, counted in strides. */
    public static int first(Object x, int at, int stride, int n) {
        if (x instanceof float[] f) {
            long most = Long.MIN_VALUE;
            for (int i = 0; i < n; i++) {
                most = Math.max(most, ranked(f[at + i * stride], i));
            }
            return place(most);
        }
        return first((double[]) x, at, stride, n);
    }

    private static int first(double[] x, int at, int stride, int n) {
        int place = 0;
        double most = x[at];
        for (int i = 1; i < n; i++) {
            double value = x[at + i * stride];
            if (!(value <= most) && most == most) {
                place = i;
                most = value;
            }
        }
        return place;
    }

    /** The maximum of each group along the axis, +0 above -0: to dense {@code [outer, inner]}. */
    public static void ofGroups(AxisLayout groups, Object x, int xAt, Object y, int yAt) {
        int k = (int) groups.axis();
        int columns = (int) groups.inner();
        if (columns == 1 && groups.outerStride() == k) {
            ofNeighbours(x, xAt, k, (int) groups.count(), y, yAt);
            return;
        }
        Object most = Ranges.like(x, columns);
        Object next = Ranges.like(x, columns);
        for (int o = 0; o < groups.outer(); o++) {
            int at = xAt + (int) (o * groups.outerStride());
            Ranges.copy(x, at, most, 0, columns);
            for (int j = 1; j < k; j++) {
                Ranges.copy(x, at + (int) (j * groups.axisStride()), next, 0, columns);
                Ranges.larger(most, next, columns);
            }
            Ranges.copy(most, 0, y, yAt + o * columns, columns);
        }
    }

    // Of each k neighbours of n elements.
    private static void ofNeighbours(Object x, int at, int k, int n, Object y, int yAt) {
        if (x instanceof float[] f) {
            float[] to = (float[]) y;
            for (int i = at, o = yAt; i < at + n; i += k, o++) {
                int most = Integer.MIN_VALUE;
                for (int j = i; j < i + k; j++) {
                    most = Math.max(most, ordered(Float.floatToIntBits(f[j])));
                }
                to[o] = Float.intBitsToFloat(ordered(most));
            }
        } else {
            double[] d = (double[]) x;
            double[] to = (double[]) y;
            for (int i = at, o = yAt; i < at + n; i += k, o++) {
                double most = d[i];
                for (int j = i + 1; j < i + k; j++) {
                    most = Math.max(most, d[j]);
                }
                to[o] = most;
            }
        }
    }

    /**
     * The gradient of the maximum of k elements that lie stride apart, for each of some columns: dy at the first of
     * the largest, 0 at the others. dx may be x.
     */
    public static void spread(
            Object x, int at, int stride, int k, int columns, Object dy, int dyAt, Object dx, int dxAt) {
        if (x instanceof float[] f) {
            float[] g = (float[]) dy;
            float[] to = (float[]) dx;
            for (int column = 0; column < columns; column++) {
                long most = Long.MIN_VALUE;
                for (int j = 0; j < k; j++) {
                    most = Math.max(most, ranked(f[at + column + j * stride], j));
                }
                for (int j = 0; j < k; j++) {
                    to[dxAt + column + j * stride] = 0f;
                }
                to[dxAt + column + place(most) * stride] = g[dyAt + column];
            }
        } else {
            double[] g = (double[]) dy;
            double[] to = (double[]) dx;
            for (int column = 0; column < columns; column++) {
                int place = first((double[]) x, at + column, stride, k);
                for (int j = 0; j < k; j++) {
                    to[dxAt + column + j * stride] = 0;
                }
                to[dxAt + column + place * stride] = g[dyAt + column];
            }
        }
    }
}
