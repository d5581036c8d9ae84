package dev.hillock.kernel;

import static dev.hillock.kernel.VectorElementary.SPECIES;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.NE;

import dev.hillock.AxisLayout;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * The mirror of {@link Maxima} for groups of floats, as {@code native/core/maxout.h} has it: a vector of neighbouring
 * groups at a time, and groups without neighbours turned into columns first.
 */
public final class VectorMaxima {
    private static final int LANES = SPECIES.length();
    // Floats that are turned at a time.
    private static final int ROOM = 1024;

    private VectorMaxima() {}

    // The maxima of a vector of groups. A NaN is the maximum, +0 is above -0.
    private static FloatVector maximum(float[] x, int at, int stride, int k) {
        FloatVector most = FloatVector.fromArray(SPECIES, x, at);
        for (int j = 1; j < k; j++) {
            most = most.max(FloatVector.fromArray(SPECIES, x, at + j * stride));
        }
        return most;
    }

    private static void forwardColumns(float[] x, int at, int stride, int k, int columns, float[] y, int yAt) {
        for (int c = 0; c < columns; c += LANES) {
            maximum(x, at + c, stride, k).intoArray(y, yAt + c);
        }
    }

    // dx may be x, at the same place.
    private static void backwardColumns(
            float[] x, int at, int stride, int k, int columns, float[] dy, int dyAt, float[] dx, int dxAt) {
        for (int c = 0; c < columns; c += LANES) {
            FloatVector most = maximum(x, at + c, stride, k);
            FloatVector pending = FloatVector.fromArray(SPECIES, dy, dyAt + c);
            for (int j = 0; j < k; j++) {
                FloatVector value = FloatVector.fromArray(SPECIES, x, at + c + j * stride);
                VectorMask<Float> largest = value.compare(EQ, most).or(value.compare(NE, value));
                FloatVector.zero(SPECIES).blend(pending, largest).intoArray(dx, dxAt + c + j * stride);
                pending = pending.blend(0f, largest);
            }
        }
    }

    private static boolean turns(AxisLayout groups) {
        return groups.inner() == 1 && groups.axis() * LANES <= ROOM;
    }

    // How many groups are turned at a time.
    private static int together(AxisLayout groups) {
        return SPECIES.loopBound(ROOM / (int) groups.axis());
    }

    private static void turn(float[] x, int at, int step, int k, float[] columns, int n) {
        for (int j = 0; j < k; j++) {
            for (int g = 0; g < n; g++) {
                columns[j * n + g] = x[at + j + g * step];
            }
        }
    }

    private static void turnBack(float[] columns, int n, int k, float[] x, int at, int step) {
        for (int j = 0; j < k; j++) {
            for (int g = 0; g < n; g++) {
                x[at + j + g * step] = columns[j * n + g];
            }
        }
    }

    /** The maximum of each group along the axis, to dense {@code [outer, inner]}. */
    public static void ofGroups(AxisLayout groups, float[] x, int xAt, float[] y, int yAt) {
        int k = (int) groups.axis();
        int outer = (int) groups.outer();
        int step = (int) groups.outerStride();
        int stride = (int) groups.axisStride();
        if (turns(groups) && stride == 1) {
            int n = together(groups);
            float[] columns = new float[k * n];
            int o = 0;
            for (; o + n <= outer; o += n) {
                turn(x, xAt + o * step, step, k, columns, n);
                forwardColumns(columns, 0, n, k, n, y, yAt + o);
            }
            Maxima.ofGroups(rest(groups, outer - o, 1), x, xAt + o * step, y, yAt + o);
            return;
        }
        int columns = (int) groups.inner();
        int whole = SPECIES.loopBound(columns);
        for (int o = 0; o < outer; o++) {
            int at = xAt + o * step;
            forwardColumns(x, at, stride, k, whole, y, yAt + o * columns);
            if (whole < columns) {
                Maxima.ofGroups(rest(groups, 1, columns - whole), x, at + whole, y, yAt + o * columns + whole);
            }
        }
    }

    // Some of the groups.
    private static AxisLayout rest(AxisLayout groups, int outer, int columns) {
        return new AxisLayout(outer, groups.axis(), columns, groups.outerStride(), groups.axisStride());
    }

    /** The gradient: dy at the first of the largest, 0 at the others. */
    public static void spread(AxisLayout groups, float[] x, int xAt, float[] dy, int dyAt, float[] dx, int dxAt) {
        int k = (int) groups.axis();
        int outer = (int) groups.outer();
        int step = (int) groups.outerStride();
        int stride = (int) groups.axisStride();
        if (turns(groups) && stride == 1) {
            int n = together(groups);
            float[] columns = new float[k * n];
            int o = 0;
            for (; o + n <= outer; o += n) {
                turn(x, xAt + o * step, step, k, columns, n);
                backwardColumns(columns, 0, n, k, n, dy, dyAt + o, columns, 0);
                turnBack(columns, n, k, dx, dxAt + o * step, step);
            }
            for (; o < outer; o++) {
                Maxima.spread(x, xAt + o * step, 1, k, 1, dy, dyAt + o, dx, dxAt + o * step);
            }
            return;
        }
        int columns = (int) groups.inner();
        int whole = SPECIES.loopBound(columns);
        for (int o = 0; o < outer; o++) {
            int at = xAt + o * step;
            int to = dxAt + o * step;
            backwardColumns(x, at, stride, k, whole, dy, dyAt + o * columns, dx, to);
            Maxima.spread(x, at + whole, stride, k, columns - whole, dy, dyAt + o * columns + whole, dx, to + whole);
        }
    }
}
