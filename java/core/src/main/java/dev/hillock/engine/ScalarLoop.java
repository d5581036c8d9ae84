package dev.hillock.engine;

import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/**
 * The loop of the scalar engine, written once. {@link LoopSpecializer} defines a copy of this class for every formula,
 * with the formula as the copy's class data: a constant to the compiler, which can then inline it.
 *
 * <p>The compiler makes vectors of a loop only where its arrays share one index, which they do nearly always.
 */
final class ScalarLoop implements EltwiseLoop {
    private static final MethodHandle FORMULA = formula();

    private static MethodHandle formula() {
        try {
            return MethodHandles.classData(MethodHandles.lookup(), ConstantDescs.DEFAULT_NAME, Formula.class)
                    .value();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void forward(float[] x, int xOffset, float[] y, int yOffset, int length, float p0, float p1, float p2) {
        if (xOffset == yOffset) {
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
        if (xOffset == dyOffset && xOffset == dxOffset) {
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
