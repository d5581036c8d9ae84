package dev.hillock;

import dev.hillock.catalogue.Direction;
import dev.hillock.engine.KernelEngine;
import dev.hillock.engine.Settings;
import dev.hillock.engine.ShadowCheck;

/** Which kernels run an activation inside a fused operation. */
@FunctionalInterface
interface Choice {
    /**
     * The kernels for so many elements.
     *
     * @throws IllegalStateException if the engine that was asked for is not there or does not have it
     */
    KernelEngine kernels(Activation f, ElementType type, Direction direction, long length);

    /** Those of an engine; {@code AUTO} chooses by the length. */
    static Choice of(Engine engine) {
        ShadowCheck check = ShadowCheck.configured();
        return (f, type, direction, length) -> check.over(f.kernels(engine, type, direction, length));
    }

    /** Those that the settings of the program ask for. */
    static Choice settled() {
        return of(Settings.engine());
    }
}
