package dev.hillock.engine;

import com.sun.management.ThreadMXBean;
import dev.hillock.Activation;
import dev.hillock.Engine;
import dev.hillock.Kernels;
import dev.hillock.binding.NativeLibrary;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Prints what a call costs on each engine, by length, in nanoseconds, checks included, and what AUTO makes of it: the
 * measurement behind the constants in {@link Crossovers}. Arguments: functions.
 */
public final class CrossoverTable {
    private static final int[] LENGTHS = {
        1, 2, 4, 7, 8, 12, 16, 24, 32, 40, 48, 64, 72, 96, 100, 128, 192, 200, 256, 384, 500, 512, 1000, 1024, 2048,
        4096, 16384
    };
    private static final int ROUNDS = 30;
    private static final long ROUND_NANOS = 300_000;
    private static final long WARM_UP_NANOS = 4_000_000_000L;

    private final Activation f;
    private final boolean backward;
    private final Map<Engine, Kernels> kernels = new LinkedHashMap<>();
    private double allocated;

    private CrossoverTable(Activation f, boolean backward) {
        this.f = f;
        this.backward = backward;
        for (Engine engine : List.of(Engine.SCALAR, Engine.VECTOR, Engine.NATIVE, Engine.AUTO)) {
            if (engine == Engine.AUTO || Engines.get(engine).availability().isAvailable()) {
                kernels.put(engine, Kernels.builder().engine(engine).build());
            }
        }
    }

    public static void main(String[] arguments) {
        List<String> functions = arguments.length > 0 ? List.of(arguments) : List.of("relu", "sigmoid", "gelu");
        System.out.println("binding "
                + (NativeLibrary.get().calls() == null
                        ? "none"
                        : NativeLibrary.get().calls().binding())
                + ", JDK " + Runtime.version().feature());
        for (String function : functions) {
            new CrossoverTable(Activation.of(function), false).print();
            new CrossoverTable(Activation.of(function), true).print();
        }
    }

    private void print() {
        warmUp();
        System.out.printf("%n%s %s%n%8s", f, backward ? "backward" : "forward", "length");
        kernels.keySet().forEach(engine -> System.out.printf("%10s", engine.word()));
        System.out.printf("%12s%16s%n", "auto/best", "bytes a call");
        for (int length : LENGTHS) {
            line(length);
        }
    }

    // Until the compiler is through with every engine, and has met tails.
    private void warmUp() {
        long end = System.nanoTime() + WARM_UP_NANOS;
        for (int i = 0; System.nanoTime() < end; i++) {
            float[] x = normal(LENGTHS[i % LENGTHS.length]);
            kernels.values().forEach(on -> nanos(on, x, x, x.clone()));
        }
    }

    private static float[] normal(int length) {
        Random random = new Random(1);
        float[] x = new float[length];
        for (int i = 0; i < length; i++) {
            x[i] = (float) random.nextGaussian() * 3;
        }
        return x;
    }

    private void line(int length) {
        float[] x = normal(length);
        float[] dy = normal(length);
        float[] out = new float[length];
        // The contestants take turns, so that what else the machine does hits them alike.
        Map<Engine, Double> best = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            kernels.forEach((engine, on) -> best.merge(engine, nanos(on, x, dy, out), Math::min));
        }
        List<Double> fixed = new ArrayList<>(best.values());
        double auto = fixed.remove(fixed.size() - 1);
        double least = fixed.stream().min(Double::compare).orElse(auto);
        System.out.printf("%8d", length);
        best.values().forEach(value -> System.out.printf(Locale.ROOT, "%10.1f", value));
        System.out.printf(Locale.ROOT, "%12.2f%16.1f%n", auto / least, allocated);
    }

    private double nanos(Kernels on, float[] x, float[] dy, float[] out) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long bytes = threads.getThreadAllocatedBytes(thread);
        long start = System.nanoTime();
        long calls = 0;
        long now;
        do {
            for (int i = 0; i < 64; i++) {
                if (backward) {
                    on.backward(f, x, dy, out);
                } else {
                    on.forward(f, x, out);
                }
            }
            calls += 64;
            now = System.nanoTime();
        } while (now - start < ROUND_NANOS);
        allocated = (double) (threads.getThreadAllocatedBytes(thread) - bytes) / calls;
        return (double) (now - start) / calls;
    }
}
