package dev.hillock.kernel;

/** What surrounds an element-wise kernel in a fused function. */
public final class ScalarFused {
    /** Elements of a block, and the longest piece of a channel that is added up at once. */
    public static final int BLOCK = 1024;

    private ScalarFused() {}

    /** {@code z = fma(s, x, r)} over the first n elements of blocks. */
    public static void affine(float[] s, float[] x, float[] r, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = ScalarElementary.fma(s[i], x[i], r[i]);
        }
    }

    /** {@code z = x + r} over the first n elements of blocks. */
    public static void add(float[] x, float[] r, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = x[i] + r[i];
        }
    }

    /** {@code a = a b} over the first n elements of two blocks. */
    public static void multiply(float[] a, float[] b, int n) {
        for (int i = 0; i < n; i++) {
            a[i] = a[i] * b[i];
        }
    }

    /** The product of a block and n elements of b. */
    public static void product(float[] a, float[] b, int bAt, float[] y, int yAt, int n) {
        for (int i = 0; i < n; i++) {
            y[yAt + i] = b[bAt + i] * a[i];
        }
    }

    /** Copies n elements that lie step apart into a block. */
    public static void pick(float[] from, int at, int step, float[] to, int n) {
        if (step == 1) {
            System.arraycopy(from, at, to, 0, n);
            return;
        }
        for (int i = 0; i < n; i++) {
            to[i] = from[at + i * step];
        }
    }

    /** Copies a block to n elements that lie step apart. */
    public static void spread(float[] from, float[] to, int at, int step, int n) {
        if (step == 1) {
            System.arraycopy(from, 0, to, at, n);
            return;
        }
        for (int i = 0; i < n; i++) {
            to[at + i * step] = from[i];
        }
    }
}
