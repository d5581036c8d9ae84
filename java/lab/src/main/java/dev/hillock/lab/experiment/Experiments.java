package dev.hillock.lab.experiment;

import dev.hillock.catalogue.Names;
import java.util.List;
import java.util.NoSuchElementException;

/** All experiments. */
public final class Experiments {
    private static final List<Experiment> ALL = List.of(
            new LinearCollapse(),
            new CurveApproximation(),
            new PolynomialActivation(),
            new VanishingGradients(),
            new FrozenEarlyLayers(),
            new InitializationAndDepth(),
            new SelfNormalization(),
            new BiasShift(),
            new ZigZag(),
            new ReluSparsity(),
            new DyingRelu(),
            new DyingReluRemedies(),
            new LeakyRescue(),
            new LearnedShapes(),
            new LossFromLogits());

    private Experiments() {}

    /** In the order of a course. */
    public static List<Experiment> all() {
        return ALL;
    }

    /** @throws NoSuchElementException naming the nearest known one if there is no experiment of this name */
    public static Experiment named(String name) {
        return ALL.stream()
                .filter(experiment -> experiment.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("unknown experiment '" + name + "' (nearest: "
                        + Names.nearest(name, ALL.stream().map(Experiment::name)) + ")"));
    }
}
