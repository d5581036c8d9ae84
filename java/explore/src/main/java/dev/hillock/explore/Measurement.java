package dev.hillock.explore;

import dev.hillock.Activation;
import dev.hillock.ElementType;
import dev.hillock.Engine;
import dev.hillock.Kernels;
import dev.hillock.catalogue.Direction;
import dev.hillock.engine.Engines;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A quick look at accuracy and speed on this machine; {@code check} and {@code bench} measure with more care.
 *
 * @param machine the processor as the JVM sees it
 * @param engines the engines measured, by their words
 * @param rows one for each function
 */
record Measurement(String machine, List<String> engines, List<Row> rows) {
    /**
     * One function.
     *
     * @param name the function
     * @param nanosPerElement by engine, of the forward pass over arrays that stay in the cache
     * @param maxUlp the largest error found in the samples, by the first engine
     */
    record Row(String name, Map<String, Double> nanosPerElement, double maxUlp) {}

    private static final int LENGTH = 4096;
    private static final int ROUNDS = 5;
    private static final long ROUND_NANOS = 1_000_000;
    private static final Engine[] MEASURED = {Engine.NATIVE, Engine.VECTOR, Engine.SCALAR};

    static Measurement of(List<Activation> activations) {
        List<Engine> engines = new ArrayList<>();
        for (Engine engine : MEASURED) {
            if (Engines.get(engine).availability().isAvailable()) {
                engines.add(engine);
            }
        }
        float[] x = samples();
        List<Row> rows = activations.stream()
                .map(activation -> row(activation, engines, x))
                .toList();
        String machine =
                System.getProperty("os.arch") + ", " + Runtime.getRuntime().availableProcessors() + " processors, Java "
                        + Runtime.version().feature();
        return new Measurement(machine, engines.stream().map(Engine::word).toList(), rows);
    }

    private static float[] samples() {
        Random random = new Random(1);
        float[] x = new float[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            x[i] = (float) (random.nextGaussian() * 4);
        }
        return x;
    }

    private static Row row(Activation activation, List<Engine> engines, float[] x) {
        Map<String, Double> nanos = new LinkedHashMap<>();
        double maxUlp = Double.NaN;
        float[] y = new float[x.length];
        for (Engine engine : engines) {
            if (serves(engine, activation)) {
                Kernels kernels = Kernels.builder().engine(engine).threads(1).build();
                nanos.put(engine.word(), nanosPerElement(kernels, activation, x, y));
                maxUlp = Double.isNaN(maxUlp) ? maxUlp(activation, x, y) : maxUlp;
            }
        }
        return new Row(activation.name(), nanos, maxUlp);
    }

    private static boolean serves(Engine engine, Activation activation) {
        return Engines.get(engine)
                .supports(activation.function(), ElementType.FLOAT32, Direction.FORWARD, activation.parameters());
    }

    // The fastest of a few short rounds: other programs can only make a round slower.
    private static double nanosPerElement(Kernels kernels, Activation activation, float[] x, float[] y) {
        double fastest = Double.POSITIVE_INFINITY;
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            long calls = 0;
            long elapsed;
            do {
                kernels.forward(activation, x, y);
                calls++;
                elapsed = System.nanoTime() - start;
            } while (elapsed < ROUND_NANOS);
            fastest = Math.min(fastest, (double) elapsed / calls / LENGTH);
        }
        return fastest;
    }

    private static double maxUlp(Activation activation, float[] x, float[] y) {
        double[] parameters = activation.parameters();
        double worst = 0;
        for (int i = 0; i < x.length; i++) {
            double exact = activation.function().reference(x[i], parameters);
            if (Double.isFinite(exact)) {
                worst = Math.max(worst, Math.abs(y[i] - exact) / Math.ulp((float) exact));
            }
        }
        return worst;
    }
}
