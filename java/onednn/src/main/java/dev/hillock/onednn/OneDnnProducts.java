package dev.hillock.onednn;

import dev.hillock.catalogue.Function;

/** The products by oneDNN. Prepares a block's primitive outside the critical region when the thread sees it first. */
final class OneDnnProducts implements DenseProducts {
    private final OneDnnEngine engine;

    OneDnnProducts(OneDnnEngine engine) {
        this.engine = engine;
    }

    @Override
    public void forward(
            Block block,
            Function function,
            double[] parameters,
            float[] x,
            int xOffset,
            float[] w,
            int wOffset,
            float[] b,
            int bOffset,
            float[] y,
            int yOffset) {
        Algorithm f = function == null ? Algorithm.NONE : engine.algorithm(function, parameters);
        int hasBias = b == null ? 0 : 1;
        long bStart = b == null ? 0 : bytes(bOffset);
        int status = callForward(block, f, hasBias, x, bytes(xOffset), w, bytes(wOffset), b, bStart, y, bytes(yOffset));
        if (Status.isUnprepared(status)) {
            Status.check(callForward(block, f, hasBias, null, 0, null, 0, null, 0, null, 0));
            status = callForward(block, f, hasBias, x, bytes(xOffset), w, bytes(wOffset), b, bStart, y, bytes(yOffset));
        }
        Status.check(status);
    }

    private static int callForward(
            Block block,
            Algorithm f,
            int hasBias,
            float[] x,
            long xStart,
            float[] w,
            long wStart,
            float[] b,
            long bStart,
            float[] y,
            long yStart) {
        return OneDnn.hillock_onednn_dense_forward(
                f.number(),
                f.p0(),
                f.p1(),
                hasBias,
                block.rows(),
                block.inputs(),
                block.outputs(),
                x,
                xStart,
                block.inputStride(),
                w,
                wStart,
                block.inputStride(),
                b,
                bStart,
                y,
                yStart,
                block.outputStride());
    }

    @Override
    public void backwardInput(
            Block block, boolean add, float[] w, int wOffset, float[] dy, int dyOffset, float[] dx, int dxOffset) {
        int status = callBackwardInput(block, add, dy, bytes(dyOffset), w, bytes(wOffset), dx, bytes(dxOffset));
        if (Status.isUnprepared(status)) {
            Status.check(callBackwardInput(block, add, null, 0, null, 0, null, 0));
            status = callBackwardInput(block, add, dy, bytes(dyOffset), w, bytes(wOffset), dx, bytes(dxOffset));
        }
        Status.check(status);
    }

    private static int callBackwardInput(
            Block block, boolean add, float[] dy, long dyStart, float[] w, long wStart, float[] dx, long dxStart) {
        return OneDnn.hillock_onednn_dense_backward_input(
                add ? 1 : 0,
                block.rows(),
                block.inputs(),
                block.outputs(),
                dy,
                dyStart,
                block.outputStride(),
                w,
                wStart,
                block.inputStride(),
                dx,
                dxStart,
                block.inputStride());
    }

    @Override
    public void backwardWeights(
            Block block, boolean add, float[] x, int xOffset, float[] dy, int dyOffset, float[] dw, int dwOffset) {
        int status = callBackwardWeights(block, add, dy, bytes(dyOffset), x, bytes(xOffset), dw, bytes(dwOffset));
        if (Status.isUnprepared(status)) {
            Status.check(callBackwardWeights(block, add, null, 0, null, 0, null, 0));
            status = callBackwardWeights(block, add, dy, bytes(dyOffset), x, bytes(xOffset), dw, bytes(dwOffset));
        }
        Status.check(status);
    }

    private static int callBackwardWeights(
            Block block, boolean add, float[] dy, long dyStart, float[] x, long xStart, float[] dw, long dwStart) {
        return OneDnn.hillock_onednn_dense_backward_weights(
                add ? 1 : 0,
                block.rows(),
                block.inputs(),
                block.outputs(),
                dy,
                dyStart,
                block.outputStride(),
                x,
                xStart,
                block.inputStride(),
                dw,
                dwStart,
                block.inputStride());
    }

    @Override
    public void backwardBias(Block block, boolean add, float[] dy, int dyOffset, float[] db) {
        Status.check(OneDnn.hillock_onednn_dense_backward_bias(
                add ? 1 : 0, block.rows(), block.outputs(), dy, bytes(dyOffset), block.outputStride(), db, 0));
    }

    private static long bytes(int offset) {
        return (long) offset * Float.BYTES;
    }
}
