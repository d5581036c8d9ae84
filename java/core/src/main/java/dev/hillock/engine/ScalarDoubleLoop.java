package dev.hillock.engine;

import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/** {@link ScalarLoop} over doubles. */
final class ScalarDoubleLoop implements DoubleEltwiseLoop {
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
    public void forward(double[] x, int xOffset, double[] y, int yOffset, int length, double p0, double p1, double p2) {
        try {
            for (int i = 0; i < length; i++) {
                y[yOffset + i] = (double) FORMULA.invokeExact(x[xOffset + i], 1.0, p0, p1, p2);
            }
        } catch (Throwable e) {
            throw LoopSpecializer.unchecked(e);
        }
    }

    @Override
    public void backward(
            double[] x,
            int xOffset,
            double[] dy,
            int dyOffset,
            double[] dx,
            int dxOffset,
            int length,
            double p0,
            double p1,
            double p2) {
        try {
            for (int i = 0; i < length; i++) {
                dx[dxOffset + i] = (double) FORMULA.invokeExact(x[xOffset + i], dy[dyOffset + i], p0, p1, p2);
            }
        } catch (Throwable e) {
            throw LoopSpecializer.unchecked(e);
        }
    }
}
