package dev.hillock.bench;

import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/**
 * {@code for (int i = …) out[i] = formula(x[i], dy[i])}. {@link PlainJava} defines a copy of this class for every
 * formula, with the formula as class data: a constant to the compiler, as if each loop had been written by hand.
 */
final class PlainLoop implements PlainJava.Loop {
    private static final MethodHandle FORMULA = formula();

    private static MethodHandle formula() {
        try {
            return MethodHandles.classData(MethodHandles.lookup(), ConstantDescs.DEFAULT_NAME, MethodHandle.class);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void run(float[] x, float[] dy, float[] out, int from, int to) {
        try {
            if (dy == null) {
                for (int i = from; i < to; i++) {
                    out[i] = (float) FORMULA.invokeExact(x[i], 1f);
                }
            } else {
                for (int i = from; i < to; i++) {
                    out[i] = (float) FORMULA.invokeExact(x[i], dy[i]);
                }
            }
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
