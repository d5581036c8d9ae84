package dev.hillock.engine;

/** A formula over arrays. */
abstract class EltwiseLoop {
    /** {@code y[i] = formula(x[i])}. */
    abstract void forward(float[] x, int xOffset, float[] y, int yOffset, int length, float p0, float p1, float p2);

    /** {@code dx[i] = formula(x[i], dy[i])}. */
    abstract void backward(
            float[] x,
            int xOffset,
            float[] dy,
            int dyOffset,
            float[] dx,
            int dxOffset,
            int length,
            float p0,
            float p1,
            float p2);
}
