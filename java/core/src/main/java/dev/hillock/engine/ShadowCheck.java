package dev.hillock.engine;

import dev.hillock.Engine;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What {@code hillock.check} asks for: kernels that judge what they compute, all calls or one in many. Element-wise calls
 * on float32 are judged against the formula in double precision, by what the accuracy contract allows; others by the
 * bits of plain Java, which the tests hold to the reference, or, where an engine does not promise those, against the
 * reference, too.
 */
public final class ShadowCheck {
    private final int oneIn;

    private ShadowCheck(int oneIn) {
        this.oneIn = oneIn;
    }

    /**
     * As configured; null for none.
     *
     * @throws IllegalArgumentException if the configured word is not known
     */
    public static ShadowCheck configured() {
        int oneIn = Settings.check();
        return oneIn == 0 ? null : new ShadowCheck(oneIn);
    }

    boolean isDue() {
        return oneIn == 1 || ThreadLocalRandom.current().nextInt(oneIn) == 0;
    }

    /** The engine, with all its kernels, and null for null. */
    public KernelEngine over(KernelEngine engine) {
        return engine == null || engine instanceof CheckedEngine ? engine : new CheckedEngine(engine, this);
    }

    /** The kernels of an engine, or {@code AUTO}'s choice. */
    public AxisKernels over(AxisKernels kernels, Engine engine) {
        return new CheckedAxisKernels(kernels, engine, this);
    }

    /** The kernels of an engine, or {@code AUTO}'s choice. */
    public RowKernels over(RowKernels kernels, Engine engine) {
        return isTwin(engine) ? new CheckedRowKernels(kernels, engine, this) : kernels;
    }

    /** The kernels of an engine, or {@code AUTO}'s choice. */
    public LossKernels over(LossKernels kernels, Engine engine) {
        return isTwin(engine) ? new CheckedLossKernels(kernels, engine, this) : kernels;
    }

    /** Whether an engine has the bits of plain Java without being that. */
    static boolean isTwin(Engine engine) {
        return engine == Engine.NATIVE || engine == Engine.VECTOR || engine == Engine.AUTO;
    }

    static KernelEngine twin() {
        return Engines.get(Engine.SCALAR);
    }
}
