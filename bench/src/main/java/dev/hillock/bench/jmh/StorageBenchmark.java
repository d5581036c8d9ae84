package dev.hillock.bench.jmh;

import dev.hillock.Activation;
import dev.hillock.ElementType;
import dev.hillock.Engine;
import dev.hillock.Kernels;
import dev.hillock.kernel.NarrowFloats;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Functions that wait for memory, on floats and on elements of 16 bits, the same values;
 * {@code -jvmArgs -Xmx4g -p type=float32,bfloat16} compares what half the bytes are worth.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class StorageBenchmark {
    @Param({"relu", "leaky_relu", "hardswish"})
    String function;

    @Param({"forward", "backward"})
    String direction;

    @Param({"float32", "bfloat16", "float16"})
    String type;

    @Param("33554432")
    int length;

    @Param("1")
    int threads;

    private Runnable work;

    /** Prepares arrays outside the time. */
    @Setup
    public void prepare() {
        Kernels kernels =
                Kernels.builder().engine(Engine.NATIVE).threads(threads).build();
        Activation f = Activation.of(function);
        boolean forward = direction.equals("forward");
        float[] x = normal(1);
        float[] dy = normal(2);
        if (type.equals("float32")) {
            float[] out = new float[length];
            work = forward ? () -> kernels.forward(f, x, out) : () -> kernels.backward(f, x, dy, out);
            return;
        }
        ElementType narrow = type.equals("bfloat16") ? ElementType.BFLOAT16 : ElementType.FLOAT16;
        short[] narrowX = narrowed(narrow, x);
        short[] narrowDy = narrowed(narrow, dy);
        short[] out = new short[length];
        work = forward
                ? () -> kernels.forward(f, narrow, narrowX, out)
                : () -> kernels.backward(f, narrow, narrowX, narrowDy, out);
    }

    private float[] normal(long seed) {
        Random random = new Random(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static short[] narrowed(ElementType type, float[] values) {
        short[] bits = new short[values.length];
        NarrowFloats.narrow(type, values, 0, bits, 0, values.length);
        return bits;
    }

    /** One call. */
    @Benchmark
    public void call() {
        work.run();
    }
}
