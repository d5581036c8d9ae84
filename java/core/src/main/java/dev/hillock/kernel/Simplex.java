package dev.hillock.kernel;

/**
 * Projections of a row onto the probability simplex, in double precision: what lies above a threshold is the support.
 * Nothing below a known distance from the maximum can belong to it, so the search for the threshold looks at those that
 * are near, in the order of the row. Keeps arrays from row to row: for one thread.
 */
public class Simplex {
    private double[] row = {};
    private double[] upper = {};
    // Places of what may belong to the support, and their values: distances from the maximum.
    int[] place = {};
    double[] near = {};
    final DoubleLaneSums sums = new DoubleLaneSums();
    int support;
    private double threshold;

    /**
     * sparsemax of a row, as {@code native/core/sparsemax.h} has it; NaN where there is no projection: in a row with a
     * NaN or whose maximum is infinite.
     *
     * <p>The threshold of a set is its sum less 1 over its size. From -1 it rises to that of the elements above it, until
     * those stay the same (Michelot, 1986). What is not above it is left out: that adds nothing to its lane.
     */
    public void sparsemax(Object x, int xAt, Object y, int yAt, int stride, int n) {
        if (!collect(x, xAt, stride, n, 1)) {
            Ranges.fill(y, yAt, stride, n, Double.NaN);
            return;
        }
        threshold = -1;
        for (int before = n + 1; before != support; ) {
            before = support;
            sums.clear();
            for (int i = 0; i < support; i++) {
                sums.add(place[i], near[i]);
            }
            threshold = Math.max(threshold, (sums.total() - 1) / support);
            keepAbove(threshold);
        }
        write(false, y, yAt, stride, n);
    }

    /** The gradient of sparsemax from a row of its output: dy less its mean over the support; y elsewhere, 0 or NaN. */
    public void sparsemaxBackward(Object y, int yAt, Object dy, int dyAt, Object dx, int dxAt, int stride, int n) {
        reserve(n);
        sums.clear();
        Ranges.gather(y, yAt, stride, n, row);
        Ranges.gather(dy, dyAt, stride, n, upper);
        int count = 0;
        for (int i = 0; i < n; i++) {
            sums.add(i, row[i] > 0 ? upper[i] : 0);
            count += row[i] > 0 ? 1 : 0;
        }
        double mean = sums.total() / count;
        for (int i = 0; i < n; i++) {
            Ranges.set(dx, dxAt + i * stride, row[i] > 0 ? upper[i] - mean : row[i]);
        }
    }

    /**
     * Finds the support of entmax with alpha = 1.5, of half the logits.
     *
     * <p>The squares above the threshold add up to 1. From below, Newton's steps rise to it and leave out what they pass;
     * when the root of the quadratic equation for those that are left lies below all of them, it is the threshold.
     *
     * @return whether there is one: not in a row with a NaN or whose maximum is infinite
     */
    public boolean entmax(Object x, int at, int stride, int n) {
        if (!collect(x, at, stride, n, 0.5)) {
            return false;
        }
        threshold = -1;
        while (true) {
            double sum = 0;
            double squares = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < support; i++) {
                double above = near[i] - threshold;
                sum += above;
                squares += above * above;
                least = Math.min(least, near[i]);
            }
            double mean = sum / support;
            double root = threshold + mean - Math.sqrt(Math.max((1 - (squares - sum * mean)) / support, 0));
            if (root < least) {
                threshold = root;
                return true;
            }
            double newton = threshold + (squares - 1) / (2 * sum);
            if (!(newton > threshold)) {
                return true;
            }
            threshold = newton;
            keepAbove(newton);
        }
    }

    void reserve(int n) {
        if (row.length < n) {
            row = new double[n];
            upper = new double[n];
            near = new double[n];
            place = new int[n];
        }
    }

    // The candidates, factor times their distance from the maximum: a threshold is never below -1.
    boolean collect(Object x, int at, int stride, int n, double factor) {
        reserve(n);
        Ranges.gather(x, at, stride, n, row);
        double most = maximum(n);
        if (!(most - most == 0)) {
            return false;
        }
        int count = 0;
        for (int i = 0; i < n; i++) {
            place[count] = i;
            count += (row[i] - most) * factor > -1 ? 1 : 0;
        }
        for (int i = 0; i < count; i++) {
            near[i] = (row[place[i]] - most) * factor;
        }
        support = count;
        return true;
    }

    // By halves, so that neighbours go side by side; NaN if there is one.
    private double maximum(int n) {
        System.arraycopy(row, 0, upper, 0, n);
        double[] lower = near;
        for (int left = n; left > 1; left -= left / 2) {
            int half = left / 2;
            System.arraycopy(upper, left - half, lower, 0, half);
            for (int i = 0; i < half; i++) {
                upper[i] = Math.max(upper[i], lower[i]);
            }
        }
        return upper[0];
    }

    private void keepAbove(double limit) {
        int count = 0;
        for (int i = 0; i < support; i++) {
            near[count] = near[i];
            place[count] = place[i];
            count += near[i] > limit ? 1 : 0;
        }
        support = count;
    }

    /** Writes the row of y: how far each of the support is above the threshold, or its square; 0 elsewhere. */
    public void write(boolean squared, Object y, int at, int stride, int n) {
        for (int i = 0; i < support; i++) {
            double above = near[i] - threshold;
            near[i] = squared ? above * above : above;
        }
        Ranges.fill(y, at, stride, n, 0);
        scatter(y, at, stride);
    }

    /**
     * Writes the row of entmax's dx: s (dy - mean of dy weighted by s) on the support, 0 elsewhere; s is how far each is
     * above the threshold.
     */
    public void writeGradient(Object dy, int dyAt, Object dx, int at, int stride, int n) {
        double sum = 0;
        double products = 0;
        for (int i = 0; i < support; i++) {
            double s = near[i] - threshold;
            upper[i] = Ranges.get(dy, dyAt + place[i] * stride);
            sum += s;
            products += s * upper[i];
        }
        double mean = products / sum;
        for (int i = 0; i < support; i++) {
            double s = near[i] - threshold;
            near[i] = s * (upper[i] - mean);
        }
        Ranges.fill(dx, at, stride, n, 0);
        scatter(dx, at, stride);
    }

    private void scatter(Object y, int at, int stride) {
        if (y instanceof float[] f) {
            for (int i = 0; i < support; i++) {
                f[at + place[i] * stride] = (float) near[i];
            }
        } else {
            double[] d = (double[]) y;
            for (int i = 0; i < support; i++) {
                d[at + place[i] * stride] = near[i];
            }
        }
    }
}
