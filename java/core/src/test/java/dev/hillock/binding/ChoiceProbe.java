package dev.hillock.binding;

import dev.hillock.AxisLayout;
import dev.hillock.ElementType;
import dev.hillock.Engine;
import dev.hillock.catalogue.AxisCatalogue;
import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Direction;
import dev.hillock.engine.Engines;
import dev.hillock.engine.KernelEngine;

/** Another program that {@link LoaderFailureTest} runs: what AUTO takes for a thousand floats. */
public final class ChoiceProbe {
    private ChoiceProbe() {}

    /** Prints an engine for an element-wise function, a function over an axis, an operation over one and a loss. */
    public static void main(String[] arguments) {
        int n = 1000;
        System.out.println(
                Engines.choose(Catalogue.function("gelu"), ElementType.FLOAT32, Direction.FORWARD, new double[0], n)
                        .engine());
        Object axis = Engines.chooseAxis(
                AxisCatalogue.function("softmax"),
                ElementType.FLOAT32,
                Direction.FORWARD,
                AxisLayout.of(new int[] {n}, 0));
        Object rows = Engines.chooseRows(n);
        KernelEngine vector = Engines.get(Engine.VECTOR);
        System.out.println(axis == vector.axis() ? vector.engine() : axis);
        System.out.println(rows == vector.rows() ? vector.engine() : rows);
        Object losses = Engines.chooseLosses(n);
        System.out.println(losses == vector.losses() ? vector.engine() : losses);
    }
}
