package dev.hillock.engine;

import dev.hillock.AxisLayout;
import dev.hillock.ElementType;
import dev.hillock.Engine;
import dev.hillock.catalogue.AxisDefinition;
import dev.hillock.catalogue.Direction;
import dev.hillock.kernel.Ranges;

/** Kernels over an axis whose calls are judged. */
final class CheckedAxisKernels implements AxisKernels {
    // Errors of float32: in ULP of softmax, by the distance to the maximum, and of log_softmax absolute.
    private static final double ULP = 0x1p-23;

    private final AxisKernels kernels;
    private final Engine engine;
    private final ShadowCheck check;

    CheckedAxisKernels(AxisKernels kernels, Engine engine, ShadowCheck check) {
        this.kernels = kernels;
        this.engine = engine;
        this.check = check;
    }

    @Override
    public boolean supports(AxisDefinition function, ElementType type, Direction direction) {
        return kernels.supports(function, type, direction);
    }

    @Override
    public void run(
            AxisDefinition function,
            ElementType type,
            Direction direction,
            double temperature,
            AxisLayout layout,
            Object x,
            long xOffset,
            Object dy,
            long dyOffset,
            Object out,
            long outOffset) {
        boolean isTwin = ShadowCheck.isTwin(engine);
        boolean hasBound = type == ElementType.FLOAT32 && direction == Direction.FORWARD;
        long extent = layout.highest() - layout.lowest();
        // What no array holds a copy of is not judged.
        if (!isTwin && !hasBound || extent > Integer.MAX_VALUE - Long.BYTES || !check.isDue()) {
            kernels.run(function, type, direction, temperature, layout, x, xOffset, dy, dyOffset, out, outOffset);
            return;
        }
        Object expected = array(type, (int) extent);
        long first = -layout.lowest();
        AxisKernels judge = isTwin
                ? ShadowCheck.twin().axis()
                : Engines.get(Engine.REFERENCE).axis();
        judge.run(function, type, direction, temperature, layout, x, xOffset, dy, dyOffset, expected, first);
        kernels.run(function, type, direction, temperature, layout, x, xOffset, dy, dyOffset, out, outOffset);
        String what = function.name() + " " + (direction == Direction.FORWARD ? "forward" : "backward") + " on "
                + engine.word() + (type == ElementType.FLOAT32 ? "" : " for " + type);
        SameBits.Run run = isTwin
                ? (e, got, n, place) -> SameBits.require(what, e, 0, got, 0, n, place)
                : (e, got, n, place) -> within(what, function, (float[]) e, (float[]) got, n, place);
        SameBits.eachRun(type, layout, expected, first, out, outOffset, run);
    }

    private static Object array(ElementType type, int length) {
        return switch (type) {
            case FLOAT32 -> new float[length];
            case FLOAT64 -> new double[length];
            default -> new short[length];
        };
    }

    // -ln y is at least the distance to the maximum, which the bound of softmax goes by; one ULP more, for the
    // reference
    // is rounded.
    private static void within(String what, AxisDefinition function, float[] expected, float[] got, int n, long place) {
        boolean isLogarithm = function.name().startsWith("log");
        for (int i = 0; i < n; i++) {
            double exact = expected[i];
            double bound = isLogarithm
                    ? 2 * ULP * Math.max(1, Math.abs(exact))
                    : 3 * Math.ulp(expected[i]) + (exact == 0 ? 0 : exact * -Math.log(exact) * ULP);
            boolean isRight = Float.compare(expected[i], got[i]) == 0 || Math.abs(got[i] - exact) <= bound;
            if (!isRight) {
                throw new IllegalStateException("hillock.check: " + what + " gives " + got[i] + " at element "
                        + (place + i) + ", the formula " + expected[i]);
            }
        }
    }

    @Override
    public boolean hasLogSums() {
        return kernels.hasLogSums();
    }

    @Override
    public void logSums(AxisLayout layout, Object x, int xOffset, Object out, int outOffset) {
        kernels.logSums(layout, x, xOffset, out, outOffset);
        if (!ShadowCheck.isTwin(engine) || !check.isDue()) {
            return;
        }
        int n = Math.toIntExact(layout.outer() * layout.inner());
        Object expected = Ranges.like(out, n);
        ShadowCheck.twin().axis().logSums(layout, x, xOffset, expected, 0);
        SameBits.require("logsumexp on " + engine.word(), expected, 0, out, outOffset, n, 0);
    }
}
