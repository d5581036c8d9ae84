package dev.hillock.engine;

import dev.hillock.ElementType;
import dev.hillock.Engine;
import dev.hillock.accuracy.Accuracy;
import dev.hillock.accuracy.Ulp;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;
import java.util.Arrays;
import java.util.Locale;

/** An engine whose calls are judged. They go block by block, for in place the inputs are gone afterwards. */
final class CheckedEngine implements KernelEngine {
    private static final int BLOCK = 1 << 12;

    private final KernelEngine engine;
    private final ShadowCheck check;

    CheckedEngine(KernelEngine engine, ShadowCheck check) {
        this.engine = engine;
        this.check = check;
    }

    @Override
    public Engine engine() {
        return engine.engine();
    }

    @Override
    public Availability availability() {
        return engine.availability();
    }

    @Override
    public int lanes() {
        return engine.lanes();
    }

    @Override
    public boolean supports(Function function, ElementType type, Direction direction, double[] parameters) {
        return engine.supports(function, type, direction, parameters);
    }

    @Override
    public AxisKernels axis() {
        return check.over(engine.axis(), engine());
    }

    @Override
    public RowKernels rows() {
        return check.over(engine.rows(), engine());
    }

    @Override
    public LossKernels losses() {
        return check.over(engine.losses(), engine());
    }

    @Override
    public FusedKernels fused() {
        return ShadowCheck.isTwin(engine()) ? new CheckedFusedKernels(engine, check) : engine.fused();
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
        piece(function, type, direction, parameters, x, xOffset, dy, dyOffset, out, outOffset, length, length);
    }

    @Override
    public void piece(
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
            long length,
            long whole) {
        Judge judge = function.isCustom() || !check.isDue() ? null : judge(function, type, direction, parameters);
        if (judge == null) {
            engine.piece(
                    function, type, direction, parameters, x, xOffset, dy, dyOffset, out, outOffset, length, whole);
            return;
        }
        boolean backward = direction != Direction.FORWARD;
        int size = (int) Math.min(BLOCK, length);
        Object inputs = SameBits.block(type, size);
        Object gradients = SameBits.block(type, size);
        Object outputs = SameBits.block(type, size);
        for (long done = 0; done < length; done += size) {
            int count = (int) Math.min(size, length - done);
            SameBits.read(type, x, xOffset, done, inputs, count);
            if (backward) {
                SameBits.read(type, dy, dyOffset, done, gradients, count);
            }
            engine.piece(
                    function,
                    type,
                    direction,
                    parameters,
                    x,
                    at(type, x, xOffset, done),
                    dy,
                    at(type, dy, dyOffset, done),
                    out,
                    at(type, out, outOffset, done),
                    count,
                    whole);
            SameBits.read(type, out, outOffset, done, outputs, count);
            judge.of(inputs, backward ? gradients : null, outputs, count, done);
        }
    }

    /** Refuses a block of outputs; 16-bit elements are widened. */
    @FunctionalInterface
    private interface Judge {
        void of(Object x, Object dy, Object got, int count, long done);
    }

    // Null where nothing is promised.
    private Judge judge(Function function, ElementType type, Direction direction, double[] parameters) {
        String values = parameters.length == 0 ? "" : Arrays.toString(parameters);
        String what = function.name() + values + " "
                + direction.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " on "
                + engine().word();
        if (type == ElementType.FLOAT32) {
            Accuracy accuracy = new Accuracy(function, direction, parameters);
            return (x, dy, got, count, done) ->
                    judge(what, accuracy, direction, (float[]) x, (float[]) dy, (float[]) got, count);
        }
        KernelEngine twin = ShadowCheck.twin();
        ElementType computed = type.isNarrow() ? ElementType.FLOAT32 : type;
        if (!ShadowCheck.isTwin(engine()) || !twin.supports(function, computed, direction, parameters)) {
            return null;
        }
        return (x, dy, got, count, done) -> {
            twin.eltwise(function, computed, direction, parameters, x, 0, dy, 0, x, 0, count);
            if (x instanceof float[] floats) {
                short[] rounded = new short[count];
                Staging.write(type, rounded, 0, 0, floats, 0, count);
                Staging.read(type, rounded, 0, 0, floats, 0, count);
            }
            SameBits.require(what + " for " + type, x, 0, got, 0, count, done);
        };
    }

    private static void judge(
            String what, Accuracy accuracy, Direction direction, float[] x, float[] dy, float[] got, int count) {
        for (int i = 0; i < count; i++) {
            float gradient = dy == null ? 1 : dy[i];
            if (!isRight(accuracy, direction, x[i], gradient, got[i])) {
                throw new IllegalStateException("hillock.check: " + what + " gives " + got[i] + " at " + x[i]
                        + (dy == null ? "" : " with dy = " + gradient) + ", the formula "
                        + (float) (gradient * accuracy.exact(x[i])));
            }
        }
    }

    private static boolean isRight(Accuracy accuracy, Direction direction, float x, float dy, float got) {
        double slope = accuracy.exact(x);
        double exact = direction == Direction.FORWARD ? slope : dy * slope;
        // A slope that no float can hold is infinite, however small dy.
        if (Ulp.error(got, exact) <= accuracy.bound() || Float.compare(got, dy * (float) slope) == 0) {
            return true;
        }
        double allowed = accuracy.allowed(x, slope);
        if (direction == Direction.BACKWARD_FROM_OUTPUT) {
            // It can be no better than y.
            allowed += accuracy.bound() * Math.abs(accuracy.exact(Math.nextUp(x)) - accuracy.exact(Math.nextDown(x)));
        }
        return Math.abs(got - exact) <= Math.abs(dy) * allowed + Ulp.unit(exact);
    }

    private static long at(ElementType type, Object base, long offset, long done) {
        return offset + (base == null ? done * type.bytes() : done);
    }
}
