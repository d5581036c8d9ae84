package dev.hillock.engine;

/** A formula over arrays of doubles. */
interface DoubleEltwiseLoop {
    /** {@code y[i] = formula(x[i])}. */
    void forward(double[] x, int xOffset, double[] y, int yOffset, int length, double p0, double p1, double p2);

    /** {@code dx[i] = formula(x[i], dy[i])}. */
    void backward(
            double[] x,
            int xOffset,
            double[] dy,
            int dyOffset,
            double[] dx,
            int dxOffset,
            int length,
            double p0,
            double p1,
            double p2);
}
