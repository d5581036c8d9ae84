package dev.hillock.engine;

import com.sun.management.ThreadMXBean;
import dev.hillock.Activation;
import dev.hillock.AxisFunction;
import dev.hillock.Engine;
import dev.hillock.Kernels;
import dev.hillock.binding.NativeLibrary;
import dev.hillock.catalogue.AxisCatalogue;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Prints what a call costs on each engine, by length or by rows and columns, in nanoseconds, checks included, and what
 * AUTO makes of it: the measurement behind the constants in {@link Crossovers} and {@link Engines}. Arguments: functions,
 * element-wise or over an axis; {@code off-heap} before element-wise ones takes direct buffers instead of arrays.
 */
public final class CrossoverTable {
    private static final int[] LENGTHS = {
        1, 2, 4, 7, 8, 12, 16, 24, 32, 40, 48, 64, 72, 96, 100, 128, 192, 200, 256, 384, 500, 512, 1000, 1024, 2048,
        4096, 16384
    };
    private static final int[] ROWS = {1, 2, 3, 4, 8, 16, 40};
    private static final int[] COLUMNS = {2, 3, 4, 6, 8, 12, 16, 17, 24, 32, 48, 64, 80, 100, 128, 160, 200, 256};
    private static final int ROUNDS = 30;
    private static final long ROUND_NANOS = 300_000;
    private static final long WARM_UP_NANOS = 4_000_000_000L;
    private static final String OFF_HEAP = "off-heap";

    private final List<Line> lines;
    private final Map<Engine, Kernels> kernels = new LinkedHashMap<>();
    private double allocated;

    /** A call, and how the table names its size. */
    private interface Line {
        String size();

        void call(Kernels on);
    }

    private record Floats(Activation f, boolean backward, float[] x, float[] dy, float[] out) implements Line {
        static Line of(Activation f, boolean backward, int length) {
            return new Floats(f, backward, normal(length), normal(length), new float[length]);
        }

        @Override
        public String size() {
            return "" + x.length;
        }

        @Override
        public void call(Kernels on) {
            if (backward) {
                on.backward(f, x, dy, out);
            } else {
                on.forward(f, x, out);
            }
        }
    }

    private record Buffers(Activation f, boolean backward, FloatBuffer x, FloatBuffer dy, FloatBuffer out)
            implements Line {
        static Line of(Activation f, boolean backward, int length) {
            return new Buffers(f, backward, direct(length), direct(length), direct(length));
        }

        private static FloatBuffer direct(int length) {
            return ByteBuffer.allocateDirect(length * Float.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer()
                    .put(normal(length))
                    .flip();
        }

        @Override
        public String size() {
            return "" + x.remaining();
        }

        @Override
        public void call(Kernels on) {
            if (backward) {
                on.backward(f, x, dy, out);
            } else {
                on.forward(f, x, out);
            }
        }
    }

    private record Rows(AxisFunction f, boolean backward, float[] x, float[] dy, int[] shape, float[] out)
            implements Line {
        static Line of(AxisFunction f, boolean backward, int rows, int columns) {
            int count = rows * columns;
            return new Rows(f, backward, normal(count), normal(count), new int[] {rows, columns}, new float[count]);
        }

        @Override
        public String size() {
            return shape[0] + "x" + shape[1];
        }

        @Override
        public void call(Kernels on) {
            if (backward) {
                on.backward(f, x, dy, shape, out);
            } else {
                on.forward(f, x, shape, out);
            }
        }
    }

    private CrossoverTable(Stream<Line> lines) {
        this.lines = lines.toList();
        for (Engine engine : List.of(Engine.SCALAR, Engine.VECTOR, Engine.NATIVE, Engine.AUTO)) {
            if (engine == Engine.AUTO || Engines.get(engine).availability().isAvailable()) {
                kernels.put(engine, Kernels.builder().engine(engine).build());
            }
        }
    }

    public static void main(String[] arguments) {
        System.out.println("binding "
                + (NativeLibrary.get().calls() == null
                        ? "none"
                        : NativeLibrary.get().calls().binding())
                + ", JDK " + Runtime.version().feature());
        List<String> words = arguments.length > 0 ? List.of(arguments) : List.of("relu", "sigmoid", "gelu");
        boolean offHeap = false;
        for (String word : words) {
            if (word.equals(OFF_HEAP)) {
                offHeap = true;
                continue;
            }
            for (boolean backward : new boolean[] {false, true}) {
                System.out.printf(
                        "%n%s %s%s%n", word, backward ? "backward" : "forward", offHeap ? ", " + OFF_HEAP : "");
                new CrossoverTable(lines(word, backward, offHeap)).print();
            }
        }
    }

    private static Stream<Line> lines(String word, boolean backward, boolean offHeap) {
        if (AxisCatalogue.functions().stream()
                .anyMatch(definition -> definition.name().equals(word))) {
            AxisFunction f = AxisFunction.of(word);
            return Arrays.stream(ROWS).boxed().flatMap(rows -> Arrays.stream(COLUMNS)
                    .mapToObj(columns -> Rows.of(f, backward, rows, columns)));
        }
        Activation f = Activation.of(word);
        return Arrays.stream(LENGTHS)
                .mapToObj(length -> offHeap ? Buffers.of(f, backward, length) : Floats.of(f, backward, length));
    }

    private void print() {
        warmUp();
        System.out.printf("%8s", "size");
        kernels.keySet().forEach(engine -> System.out.printf("%10s", engine.word()));
        System.out.printf("%12s%16s%n", "auto/best", "bytes a call");
        lines.forEach(this::print);
    }

    // Until the compiler is through with every engine, and has met tails.
    private void warmUp() {
        long end = System.nanoTime() + WARM_UP_NANOS;
        for (int i = 0; System.nanoTime() < end; i++) {
            Line line = lines.get(i % lines.size());
            kernels.values().forEach(on -> nanos(on, line));
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

    private void print(Line line) {
        // The contestants take turns, so that what else the machine does hits them alike.
        Map<Engine, Double> best = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            kernels.forEach((engine, on) -> best.merge(engine, nanos(on, line), Math::min));
        }
        List<Double> fixed = new ArrayList<>(best.values());
        double auto = fixed.remove(fixed.size() - 1);
        double least = fixed.stream().min(Double::compare).orElse(auto);
        System.out.printf("%8s", line.size());
        best.values().forEach(value -> System.out.printf(Locale.ROOT, "%10.1f", value));
        System.out.printf(Locale.ROOT, "%12.2f%16.1f%n", auto / least, allocated);
    }

    private double nanos(Kernels on, Line line) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long bytes = threads.getThreadAllocatedBytes(thread);
        long start = System.nanoTime();
        long calls = 0;
        long now;
        do {
            for (int i = 0; i < 64; i++) {
                line.call(on);
            }
            calls += 64;
            now = System.nanoTime();
        } while (now - start < ROUND_NANOS);
        allocated = (double) (threads.getThreadAllocatedBytes(thread) - bytes) / calls;
        return (double) (now - start) / calls;
    }
}
