package dev.hillock.engine;

import dev.hillock.ElementType;
import dev.hillock.Engine;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;

/** An engine that is not here, with the reason. */
final class UnavailableEngine implements KernelEngine {
    private final Engine engine;
    private final Availability availability;

    UnavailableEngine(Engine engine, String reason) {
        this.engine = engine;
        this.availability = Availability.unavailable(reason, null);
    }

    @Override
    public Engine engine() {
        return engine;
    }

    @Override
    public Availability availability() {
        return availability;
    }

    @Override
    public boolean supports(Function function, ElementType type, Direction direction, double[] parameters) {
        return false;
    }

    @Override
    public void eltwise(
            Function function,
            ElementType type,
            Direction direction,
            double[] parameters,
            Object x,
            long xOffset,
            Object dy,
            long dyOffset,
            Object out,
            long outOffset,
            long length) {
        throw new IllegalStateException("engine " + engine.word() + " is not available: " + availability.reason());
    }
}
