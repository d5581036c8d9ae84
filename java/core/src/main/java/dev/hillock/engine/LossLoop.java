package dev.hillock.engine;

/** The loop of one loss: terms and, unless it is null, dx from x and t. */
interface LossLoop {
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
