package dev.hillock.bench;

import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/**
 * {@code act(gate[i]) * value[i]} and its gradients. {@link PlainFused} defines a copy of this class for every unit, with
 * the formulas of the gate as class data, as {@link PlainLoop} says.
 */
final class PlainGatedLoop implements PlainFused.GatedLoop {
    private static final PlainFused.Gate GATE = gate();
    private static final MethodHandle VALUE = GATE.value();
    private static final MethodHandle SLOPE = GATE.slope();
    private static final float LIMIT = GATE.limit();
    private static final boolean CLAMPED = LIMIT != Float.POSITIVE_INFINITY;

    private static PlainFused.Gate gate() {
        try {
            return MethodHandles.classData(MethodHandles.lookup(), ConstantDescs.DEFAULT_NAME, PlainFused.Gate.class);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static float gate(float x) {
        return CLAMPED ? Math.min(x, LIMIT) : x;
    }

    private static float value(float x) {
        return CLAMPED ? Math.max(-LIMIT, Math.min(x, LIMIT)) + 1 : x;
    }

    @Override
    public void forward(float[] gate, float[] value, float[] y, int from, int to) {
        try {
            for (int i = from; i < to; i++) {
                y[i] = (float) VALUE.invokeExact(gate(gate[i])) * value(value[i]);
            }
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void backward(float[] gate, float[] value, float[] dy, float[] gradients, int from, int to) {
        int behind = gate.length;
        try {
            for (int i = from; i < to; i++) {
                float g = gate(gate[i]);
                float dGate = dy[i] * value(value[i]) * (float) SLOPE.invokeExact(g);
                float dValue = dy[i] * (float) VALUE.invokeExact(g);
                gradients[i] = CLAMPED && gate[i] > LIMIT ? 0 : dGate;
                gradients[behind + i] = CLAMPED && Math.abs(value[i]) > LIMIT ? 0 : dValue;
            }
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
