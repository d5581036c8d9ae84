package dev.hillock.bench.jmh;

import dev.hillock.bench.Case;
import dev.hillock.catalogue.Direction;
import org.openjdk.jmh.annotations.Param;

/** Two operations in one pass over a matrix. */
public class FusedBenchmark extends CaseBenchmark {
    @Param({"bias_gelu", "swiglu"})
    String operation;

    @Param({"copy", "plain", "scalar", "vector", "native"})
    String engine;

    // Why this: Plan.BLOCK.
    @Param("4096x1024")
    String shape;

    @Param("1")
    int threads;

    @Override
    Case task() {
        String[] sizes = shape.split("x");
        return new Case(operation, Direction.FORWARD, Integer.parseInt(sizes[0]), Integer.parseInt(sizes[1]), threads);
    }

    @Override
    String contestant() {
        return engine;
    }
}
