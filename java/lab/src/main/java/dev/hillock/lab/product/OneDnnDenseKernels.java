package dev.hillock.lab.product;

import dev.hillock.Engine;
import dev.hillock.onednn.Dense;
import dev.hillock.onednn.OneDnnLibrary;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;

/** The products by oneDNN, one thread per call, larger ones split in Java. */
public final class OneDnnDenseKernels implements DenseKernels {
    private record Sizes(int inputs, int outputs) {}

    private final Map<Sizes, Dense> layers = new HashMap<>();
    private final int threads;

    public OneDnnDenseKernels(int threads) {
        this.threads = threads;
    }

    /** Whether oneDNN is there. */
    public static boolean isAvailable() {
        return OneDnnLibrary.get().isLoaded();
    }

    @Override
    public String name() {
        return "oneDNN " + OneDnnLibrary.get().version();
    }

    @Override
    public void forward(int rows, int inputs, int outputs, float[] x, float[] w, float[] b, float[] y) {
        layer(inputs, outputs).forward(rows, x, w, b, y);
    }

    @Override
    public void backwardInput(int rows, int inputs, int outputs, float[] dy, float[] w, float[] dx) {
        layer(inputs, outputs).backwardInput(rows, w, dy, dx);
    }

    @Override
    public void backwardWeights(int rows, int inputs, int outputs, float[] dy, float[] x, float[] dw) {
        layer(inputs, outputs).backwardWeights(rows, x, dy, dw);
    }

    private Dense layer(int inputs, int outputs) {
        return layers.computeIfAbsent(new Sizes(inputs, outputs), sizes -> Dense.of(sizes.inputs, sizes.outputs)
                .engine(Engine.ONEDNN)
                .threads(ForkJoinPool.commonPool(), threads));
    }
}
