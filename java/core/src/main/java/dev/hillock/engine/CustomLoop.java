package dev.hillock.engine;

import dev.hillock.catalogue.Function;

/** A user's function over arrays, in double precision, rounded once. */
final class CustomLoop extends EltwiseLoop {
    /** Stands where a search for a loop has found none: a search takes microseconds. */
    static final EltwiseLoop NONE = new CustomLoop(null);

    private final Function function;

    CustomLoop(Function function) {
        this.function = function;
    }

    @Override
    public void forward(float[] x, int xOffset, float[] y, int yOffset, int length, float p0, float p1, float p2) {
        for (int i = 0; i < length; i++) {
            y[yOffset + i] = (float) function.reference(x[xOffset + i]);
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
        for (int i = 0; i < length; i++) {
            dx[dxOffset + i] = (float) (dy[dyOffset + i] * function.referenceDerivative(x[xOffset + i]));
        }
    }
}
