package dev.hillock.bench.jmh;

import dev.hillock.bench.Case;
import org.openjdk.jmh.annotations.Param;

/** Functions along the rows of a matrix. */
public class RowsBenchmark extends CaseBenchmark {
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

    @Override
    Case task() {
        String[] sizes = shape.split("x");
        return new Case(
                function, Case.direction(direction), Integer.parseInt(sizes[0]), Integer.parseInt(sizes[1]), threads);
    }

    @Override
    String contestant() {
        return engine;
    }
}
