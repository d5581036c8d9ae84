package dev.hillock.kernel;

import static dev.hillock.kernel.VectorElementary.SPECIES;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;

/**
 * sparsemax of floats that follow each other, with the bits of {@link Simplex}: a vector of elements of which none can
 * belong to the support is passed over at once, and few others are left.
 */
public final class VectorSimplex extends Simplex {
    private static final int LANES = SPECIES.length();

    @Override
    boolean collect(Object x, int at, int stride, int n, double factor) {
        if (!(x instanceof float[] floats) || stride != 1) {
            return super.collect(x, at, stride, n, factor);
        }
        reserve(n);
        int bound = SPECIES.loopBound(n);
        float most = maximum(floats, at, n, bound);
        if (!(most - most == 0)) {
            return false;
        }
        // In single precision, so that it lies below every element that is near enough.
        float low = Math.nextDown((float) (most - 1 / factor));
        int count = 0;
        for (int i = 0; i < bound; i += LANES) {
            if (FloatVector.fromArray(SPECIES, floats, at + i).compare(LT, low).allTrue()) {
                continue;
            }
            count = collect(floats, at, i, i + LANES, most, factor, count);
        }
        support = collect(floats, at, bound, n, most, factor, count);
        return true;
    }

    private int collect(float[] x, int at, int from, int to, double most, double factor, int before) {
        int count = before;
        for (int i = from; i < to; i++) {
            double distance = (x[at + i] - most) * factor;
            near[count] = distance;
            place[count] = i;
            count += distance > -1 ? 1 : 0;
        }
        return count;
    }

    // NaN if there is one.
    private static float maximum(float[] x, int at, int n, int bound) {
        float m = Float.NEGATIVE_INFINITY;
        if (bound > 0) {
            FloatVector most = FloatVector.fromArray(SPECIES, x, at);
            for (int i = LANES; i < bound; i += LANES) {
                most = most.max(FloatVector.fromArray(SPECIES, x, at + i));
            }
            for (int l = 0; l < LANES; l++) {
                m = Math.max(m, most.lane(l));
            }
        }
        for (int i = bound; i < n; i++) {
            m = Math.max(m, x[at + i]);
        }
        return m;
    }

    @Override
    public void sparsemaxBackward(Object y, int yAt, Object dy, int dyAt, Object dx, int dxAt, int stride, int n) {
        if (y instanceof float[] outputs && stride == 1) {
            backward(outputs, yAt, (float[]) dy, dyAt, (float[]) dx, dxAt, n);
        } else {
            super.sparsemaxBackward(y, yAt, dy, dyAt, dx, dxAt, stride, n);
        }
    }

    private void backward(float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int n) {
        reserve(n);
        int bound = SPECIES.loopBound(n);
        int count = 0;
        for (int i = 0; i < bound; i += LANES) {
            if (FloatVector.fromArray(SPECIES, y, yAt + i).compare(GT, 0f).anyTrue()) {
                count = positive(y, yAt, i, i + LANES, count);
            }
        }
        count = positive(y, yAt, bound, n, count);
        sums.clear();
        for (int k = 0; k < count; k++) {
            near[k] = dy[dyAt + place[k]];
            sums.add(place[k], near[k]);
        }
        double mean = sums.total() / count;
        System.arraycopy(y, yAt, dx, dxAt, n);
        for (int k = 0; k < count; k++) {
            dx[dxAt + place[k]] = (float) (near[k] - mean);
        }
    }

    private int positive(float[] y, int at, int from, int to, int before) {
        int count = before;
        for (int i = from; i < to; i++) {
            place[count] = i;
            count += y[at + i] > 0 ? 1 : 0;
        }
        return count;
    }
}
