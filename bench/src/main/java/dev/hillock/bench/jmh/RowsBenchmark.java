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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Functions along the rows of a matrix: the time of one call on the whole matrix. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RowsBenchmark {
    @Param({"softmax", "log_softmax"})
    String function;

    @Param({"forward", "from-output"})
    String direction;

    @Param({"copy", "plain", "scalar", "vector", "native", "onednn"})
    String engine;

    // Why these: Plan.SHAPES.
    @Param({"64x1000", "512x128", "8x50257"})
    String shape;

    @Param("1")
    int threads;

    private Work work;

    /** Prepares and checks. */
    @Setup
    public void prepare() throws NotSupported {
        String[] sizes = shape.split("x");
        Case task = new Case(
                function, Case.direction(direction), Integer.parseInt(sizes[0]), Integer.parseInt(sizes[1]), threads);
        work = Contestants.prepareChecked(Contestants.of(engine), task, Inputs.x(task), Inputs.dy(task));
    }

    /** One call. */
    @Benchmark
    public void call() {
        work.run(0);
    }

    /** Lets go. */
    @TearDown
    public void close() {
        work.close();
    }
}
