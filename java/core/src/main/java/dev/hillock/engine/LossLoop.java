package dev.hillock.engine;

import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/** The loop of one loss: terms and, unless it is null, dx from x and t. */
interface LossLoop {
    /** The value, number 0, or the gradient, number 1, of a copy's class data. */
    static MethodHandle formula(MethodHandles.Lookup copy, int number) {
        try {
            return MethodHandles.classDataAt(copy, ConstantDescs.DEFAULT_NAME, MethodHandle.class, number);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    void run(
            float[] x,
            int xOffset,
            float[] t,
            int tOffset,
            float[] terms,
            int termsOffset,
            float[] dx,
            int dxOffset,
            int length,
            float scale,
            float p0,
            float p1,
            float p2);
}
