package dev.hillock.bench.jmh;

import dev.hillock.bench.Case;
import org.openjdk.jmh.annotations.Param;

/** Activations in one pass with what surrounds them, over a matrix. */
public class FusedBenchmark extends CaseBenchmark {
    @Param({
        "glu",
        "swiglu",
        "geglu",
        "geglu_tanh",
        "reglu",
        "bilinear",
        "swiglu_clamped",
        "bias_gelu",
        "add_gelu",
        "scale_shift_gelu",
        "gelu_dropout",
        "dense_gelu",
        "gelu_stats",
        "prelu"
    })
    String operation;

    @Param({"forward", "backward"})
    String direction;

    @Param({"copy", "plain", "scalar", "vector", "native"})
    String engine;

    // Why these: Plan.MATRIX, Plan.BLOCK.
    @Param({"16x1024", "4096x1024"})
    String shape;

    @Param("1")
    int threads;

    @Override
    Case task() {
        String[] sizes = shape.split("x");
        return new Case(
                operation, Case.direction(direction), Integer.parseInt(sizes[0]), Integer.parseInt(sizes[1]), threads);
    }

    @Override
    String contestant() {
        return engine;
    }
}
