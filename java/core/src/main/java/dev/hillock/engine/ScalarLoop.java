package dev.hillock.engine;

import dev.hillock.kernel.PowersOfTwo;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/**
 * The loop of the scalar engine, written once. {@link LoopSpecializer} defines a copy of this class for every formula,
 * with the formula as the copy's class data: a constant to the compiler, which can then inline it.
 *
 * <p>The compiler makes vectors of a loop only where its arrays share one index, which they do nearly always, and where
 * no bits of floats are taken for those of ints. So a formula with an exponential runs in three steps where the result can
 * hold what goes from one to the next: what leads to the power of two, the power of two, and the rest.
 */
final class ScalarLoop extends EltwiseLoop {
    private static final Formula DATA = data();
    private static final MethodHandle FORMULA = DATA.value();
    private static final MethodHandle START = DATA.start();
    private static final MethodHandle REST = DATA.rest();
    // Small enough to stay in the level 1 cache from step to step.
    private static final int BLOCK = 1024;
    // Below, loops of vectors hardly begin.
    private static final int FEWEST = 64;

    private static Formula data() {
        try {
            return MethodHandles.classData(MethodHandles.lookup(), ConstantDescs.DEFAULT_NAME, Formula.class);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void forward(float[] x, int xOffset, float[] y, int yOffset, int length, float p0, float p1, float p2) {
        if (START != null && xOffset == yOffset && x != y && length >= FEWEST) {
            forwardInSteps(x, y, xOffset, length, p0, p1, p2);
        } else if (xOffset == yOffset) {
            forwardTogether(x, y, xOffset, length, p0, p1, p2);
        } else {
            forwardApart(x, xOffset, y, yOffset, length, p0, p1, p2);
        }
    }

    private static void forwardTogether(float[] x, float[] y, int from, int length, float p0, float p1, float p2) {
        try {
            for (int i = from; i < from + length; i++) {
                y[i] = (float) FORMULA.invokeExact(x[i], 1f, p0, p1, p2);
            }
        } catch (Throwable e) {
            throw LoopSpecializer.unchecked(e);
        }
    }

    private static void forwardInSteps(float[] x, float[] y, int from, int length, float p0, float p1, float p2) {
        for (int at = from, end; at < from + length; at = end) {
            end = at + Math.min(BLOCK, from + length - at);
            start(x, y, at, end, p0, p1, p2);
            PowersOfTwo.replace(y, at, end);
            try {
                for (int i = at; i < end; i++) {
                    y[i] = (float) REST.invokeExact(x[i], y[i], 1f, p0, p1, p2);
                }
            } catch (Throwable e) {
                throw LoopSpecializer.unchecked(e);
            }
        }
    }

    private static void start(float[] x, float[] sums, int from, int to, float p0, float p1, float p2) {
        try {
            for (int i = from; i < to; i++) {
                sums[i] = (float) START.invokeExact(x[i], p0, p1, p2);
            }
        } catch (Throwable e) {
            throw LoopSpecializer.unchecked(e);
        }
    }

    private static void forwardApart(
            float[] x, int xOffset, float[] y, int yOffset, int length, float p0, float p1, float p2) {
        try {
            for (int i = 0; i < length; i++) {
                y[yOffset + i] = (float) FORMULA.invokeExact(x[xOffset + i], 1f, p0, p1, p2);
            }
        } catch (Throwable e) {
            throw LoopSpecializer.unchecked(e);
        }
    }

    @Override
    public void backward(
            float[] x,
            int xOffset,
            float[] dy,
            int dyOffset,
            float[] dx,
            int dxOffset,
            int length,
            float p0,
            float p1,
            float p2) {
        boolean together = xOffset == dyOffset && xOffset == dxOffset;
        if (START != null && together && x != dx && dy != dx && length >= FEWEST) {
            backwardInSteps(x, dy, dx, xOffset, length, p0, p1, p2);
        } else if (together) {
            backwardTogether(x, dy, dx, xOffset, length, p0, p1, p2);
        } else {
            backwardApart(x, xOffset, dy, dyOffset, dx, dxOffset, length, p0, p1, p2);
        }
    }

    private static void backwardTogether(
            float[] x, float[] dy, float[] dx, int from, int length, float p0, float p1, float p2) {
        try {
            for (int i = from; i < from + length; i++) {
                dx[i] = (float) FORMULA.invokeExact(x[i], dy[i], p0, p1, p2);
            }
        } catch (Throwable e) {
            throw LoopSpecializer.unchecked(e);
        }
    }

    private static void backwardInSteps(
            float[] x, float[] dy, float[] dx, int from, int length, float p0, float p1, float p2) {
        for (int at = from, end; at < from + length; at = end) {
            end = at + Math.min(BLOCK, from + length - at);
            start(x, dx, at, end, p0, p1, p2);
            PowersOfTwo.replace(dx, at, end);
            try {
                for (int i = at; i < end; i++) {
                    dx[i] = (float) REST.invokeExact(x[i], dx[i], dy[i], p0, p1, p2);
                }
            } catch (Throwable e) {
                throw LoopSpecializer.unchecked(e);
            }
        }
    }

    private static void backwardApart(
            float[] x,
            int xOffset,
            float[] dy,
            int dyOffset,
            float[] dx,
            int dxOffset,
            int length,
            float p0,
            float p1,
            float p2) {
        try {
            for (int i = 0; i < length; i++) {
                dx[dxOffset + i] = (float) FORMULA.invokeExact(x[xOffset + i], dy[dyOffset + i], p0, p1, p2);
            }
        } catch (Throwable e) {
            throw LoopSpecializer.unchecked(e);
        }
    }
}
