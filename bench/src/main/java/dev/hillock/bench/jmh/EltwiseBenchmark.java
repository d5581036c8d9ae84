package dev.hillock.bench.jmh;

import dev.hillock.bench.Case;
import dev.hillock.bench.Contestant;
import dev.hillock.bench.Contestants;
import dev.hillock.bench.Inputs;
import dev.hillock.bench.NotSupported;
import dev.hillock.bench.Work;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Element-wise work: the time of one call. {@code -p function=gelu,silu -p engine=native,onednn -p length=64} narrows
 * it; {@code -prof gc} shows the allocation per call. The input is the same for every engine, and a result that
 * is wrong by {@link dev.hillock.bench.Check} is not timed.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EltwiseBenchmark {
    @Param({
        "sigmoid",
        "tanh",
        "relu",
        "leaky_relu",
        "elu",
        "selu",
        "silu",
        "gelu",
        "gelu_tanh",
        "softplus",
        "mish",
        "hardswish"
    })
    String function;

    @Param({"forward", "backward", "from-output"})
    String direction;

    @Param({"copy", "plain", "scalar", "vector", "native", "onednn"})
    String engine;

    // Why these: Plan.CURVE.
    @Param({"16", "64", "1024", "16384", "262144", "4194304", "33554432"})
    int length;

    @Param("1")
    int threads;

    private Work work;
    private int window;

    /** Prepares and checks. */
    @Setup
    public void prepare() throws NotSupported {
        Case task = Case.eltwise(function, Case.direction(direction), length, threads);
        Contestant contestant = Contestants.of(engine);
        work = Contestants.prepareChecked(contestant, task, Inputs.x(task), Inputs.dy(task));
    }

    /** One call. */
    @Benchmark
    public void call() {
        work.run(window);
        window = window + 1 == work.windows() ? 0 : window + 1;
    }

    /** Lets go. */
    @TearDown
    public void close() {
        work.close();
    }
}
