package dev.hillock.bench.jmh;

import dev.hillock.bench.Case;
import org.openjdk.jmh.annotations.Param;

/** Element-wise work; {@code -p function=gelu,silu -p engine=native,onednn -p length=64} narrows it. */
public class EltwiseBenchmark extends CaseBenchmark {
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

    @Override
    Case task() {
        return Case.eltwise(function, Case.direction(direction), length, threads);
    }

    @Override
    String contestant() {
        return engine;
    }
}
