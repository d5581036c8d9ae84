package dev.hillock.kernel;

/** What surrounds an element-wise kernel in a fused function of doubles. */
public final class ScalarDoubleFused {
    private ScalarDoubleFused() {}

    /**
     * {@code z = fma(s, x, r)} or {@code x + r} for n elements from a place on, with s and r of the channel of each.
     *
     * @param inner neighbours that belong to one channel
     * @param scale null where x is not scaled
     */
    public static void affine(
            double[] x, int from, int inner, double[] scale, double[] shift, double[] z, int zAt, int n) {
        for (int i = 0; i < n; ) {
            int channel = channel(from + i, inner, shift);
            int run = run(from + i, inner, channel, shift, n - i);
            for (int k = 0; k < run; k++, i++) {
                int c = inner == 1 ? channel + k : channel;
                double value = x[from + i];
                z[zAt + i] = scale == null ? value + shift[c] : ScalarDoubleElementary.fma(scale[c], value, shift[c]);
            }
        }
    }

    /** Adds the terms of n elements from a place on to the sums of their channels, in the order of memory. */
    public static void gather(double[] terms, int from, int inner, double[] sums, int n) {
        for (int i = 0; i < n; ) {
            int channel = channel(from + i, inner, sums);
            int run = run(from + i, inner, channel, sums, n - i);
            for (int k = 0; k < run; k++, i++) {
                sums[inner == 1 ? channel + k : channel] += terms[i];
            }
        }
    }

    /** {@code dx = g s} for n elements from a place on, with s of the channel of each; dx = g without a scale. */
    public static void scale(double[] g, int from, int inner, double[] scale, double[] dx, int n) {
        if (scale == null) {
            System.arraycopy(g, 0, dx, from, n);
            return;
        }
        for (int i = 0; i < n; ) {
            int channel = channel(from + i, inner, scale);
            int run = run(from + i, inner, channel, scale, n - i);
            for (int k = 0; k < run; k++, i++) {
                dx[from + i] = g[i] * scale[inner == 1 ? channel + k : channel];
            }
        }
    }

    private static int channel(int place, int inner, double[] channels) {
        return place / inner % channels.length;
    }

    // Neighbours of one channel, or up to the last of all channels.
    private static int run(int place, int inner, int channel, double[] channels, int most) {
        return Math.min(inner == 1 ? channels.length - channel : inner - place % inner, most);
    }

    /** {@code a = a b} over the first n elements. */
    public static void multiply(double[] a, double[] b, int n) {
        for (int i = 0; i < n; i++) {
            a[i] = a[i] * b[i];
        }
    }

    /** Copies n elements that lie step apart into a block. */
    public static void pick(double[] from, int at, int step, double[] to, int n) {
        for (int i = 0; i < n; i++) {
            to[i] = from[at + i * step];
        }
    }

    /** Copies a block to n elements that lie step apart. */
    public static void spread(double[] from, double[] to, int at, int step, int n) {
        for (int i = 0; i < n; i++) {
            to[at + i * step] = from[i];
        }
    }
}
