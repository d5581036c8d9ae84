package dev.hillock.bench.jmh;

import dev.hillock.bench.Case;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The time of one call on one case. The input is the same for every engine, and a result that is wrong by
 * {@link dev.hillock.bench.Check} is not timed. {@code -prof gc} shows the allocation per call.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public abstract class CaseBenchmark {
    private Work work;
    private int window;

    /** What is called. */
    abstract Case task();

    /** Who is called. */
    abstract String contestant();

    /** Prepares and checks. */
    @Setup
    public void prepare() throws NotSupported {
        Case task = task();
        work = Contestants.prepareChecked(Contestants.of(contestant()), task, Inputs.x(task), Inputs.dy(task));
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
