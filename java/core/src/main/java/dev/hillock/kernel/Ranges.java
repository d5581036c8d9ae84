package dev.hillock.kernel;

import java.lang.reflect.Array;
import java.util.Arrays;

/**
 * Loops over ranges of arrays that are float[] or double[], the same one in each call. Values are copied to their place
 * first and changed there: where one index serves a whole loop, the compiler makes vectors of it.
 */
public final class Ranges {
    private Ranges() {}

    /** An array of the same precision. */
    public static Object like(Object array, int length) {
        return array instanceof float[] ? new float[length] : new double[length];
    }

    /** The array, or where it is null or too short another of the precision of the model. */
    public static Object room(Object array, Object model, int length) {
        return array == null || Array.getLength(array) < length ? like(model, length) : array;
    }

    /** A copy of an array. */
    public static Object copy(Object array) {
        return array instanceof float[] f ? f.clone() : ((double[]) array).clone();
    }

    /** Copies a range. */
    public static void copy(Object x, int xAt, Object y, int yAt, int n) {
        System.arraycopy(x, xAt, y, yAt, n);
    }

    /** {@code y = -y}. */
    public static void negate(Object y, int at, int n) {
        int end = at + n;
        if (y instanceof float[] f) {
            for (int i = at; i < end; i++) {
                f[i] = -f[i];
            }
        } else {
            double[] d = (double[]) y;
            for (int i = at; i < end; i++) {
                d[i] = -d[i];
            }
        }
    }

    /** {@code y = factor y}, with the factor rounded to the precision. */
    public static void scale(Object y, int at, int n, double factor) {
        if (factor == 1) {
            return;
        }
        int end = at + n;
        if (y instanceof float[] f) {
            float rounded = (float) factor;
            for (int i = at; i < end; i++) {
                f[i] = f[i] * rounded;
            }
        } else {
            double[] d = (double[]) y;
            for (int i = at; i < end; i++) {
                d[i] = d[i] * factor;
            }
        }
    }

    /** {@code y[at + i] *= factors[factorsAt + i]}. */
    public static void multiply(Object y, int at, Object factors, int factorsAt, int n) {
        if (y instanceof float[] f) {
            float[] by = (float[]) factors;
            for (int i = 0; i < n; i++) {
                f[at + i] *= by[factorsAt + i];
            }
        } else {
            double[] d = (double[]) y;
            double[] by = (double[]) factors;
            for (int i = 0; i < n; i++) {
                d[at + i] *= by[factorsAt + i];
            }
        }
    }

    /** {@code y += addend} over the first n of each. */
    public static void add(Object y, float[] addend, int n) {
        if (y instanceof float[] f) {
            for (int i = 0; i < n; i++) {
                f[i] = f[i] + addend[i];
            }
        } else {
            double[] d = (double[]) y;
            for (int i = 0; i < n; i++) {
                d[i] = d[i] + addend[i];
            }
        }
    }

    /** {@code y -= x} over the first n of each. */
    public static void subtract(Object y, Object x, int n) {
        if (y instanceof float[] f) {
            float[] by = (float[]) x;
            for (int i = 0; i < n; i++) {
                f[i] = f[i] - by[i];
            }
        } else {
            double[] d = (double[]) y;
            double[] by = (double[]) x;
            for (int i = 0; i < n; i++) {
                d[i] = d[i] - by[i];
            }
        }
    }

    /** {@code y = max(x, y)} over the first n of each; a NaN is the maximum. */
    public static void larger(Object y, Object x, int n) {
        if (y instanceof float[] f) {
            float[] other = (float[]) x;
            for (int i = 0; i < n; i++) {
                f[i] = Math.max(f[i], other[i]);
            }
        } else {
            double[] d = (double[]) y;
            double[] other = (double[]) x;
            for (int i = 0; i < n; i++) {
                d[i] = Math.max(d[i], other[i]);
            }
        }
    }

    /** The same value in a range. */
    public static void fill(Object y, int at, int n, double value) {
        if (y instanceof float[] f) {
            Arrays.fill(f, at, at + n, (float) value);
        } else {
            Arrays.fill((double[]) y, at, at + n, value);
        }
    }

    /** One value. */
    public static double get(Object x, int at) {
        return x instanceof float[] f ? f[at] : ((double[]) x)[at];
    }

    /** Changes one value. */
    public static void set(Object y, int at, double value) {
        if (y instanceof float[] f) {
            f[at] = (float) value;
        } else {
            ((double[]) y)[at] = value;
        }
    }

    /** n elements that lie stride apart, as doubles. */
    public static void gather(Object x, int at, int stride, int n, double[] row) {
        if (x instanceof float[] f) {
            for (int i = 0; i < n; i++) {
                row[i] = f[at + i * stride];
            }
        } else {
            double[] d = (double[]) x;
            for (int i = 0; i < n; i++) {
                row[i] = d[at + i * stride];
            }
        }
    }

    /** The same value in n elements that lie stride apart. */
    public static void fill(Object y, int at, int stride, int n, double value) {
        if (stride == 1) {
            fill(y, at, n, value);
            return;
        }
        if (y instanceof float[] f) {
            for (int i = 0; i < n; i++) {
                f[at + i * stride] = (float) value;
            }
        } else {
            double[] d = (double[]) y;
            for (int i = 0; i < n; i++) {
                d[at + i * stride] = value;
            }
        }
    }
}
