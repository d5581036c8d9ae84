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
    /** Judges no call. */
    public static final ShadowCheck OFF = new ShadowCheck(0);

    // 0 for no call at all: then the kernels stay what they are.
    private final int oneIn;

    private ShadowCheck(int oneIn) {
        this.oneIn = oneIn;
    }

    /**
     * As configured.
     *
     * @throws IllegalArgumentException if the configured word is not known
     */
    public static ShadowCheck configured() {
        return new ShadowCheck(Settings.check());
    }

    /** Whether no call is judged. */
    public boolean isOff() {
        return oneIn == 0;
    }

    boolean isDue() {
        return oneIn == 1 || ThreadLocalRandom.current().nextInt(oneIn) == 0;
    }

    /** The engine, with all its kernels, and null for null. */
    public KernelEngine over(KernelEngine engine) {
        return isOff() || engine == null || engine instanceof CheckedEngine ? engine : new CheckedEngine(engine, this);
    }

    /** The kernels of an engine, or {@code AUTO}'s choice. */
    public AxisKernels over(AxisKernels kernels, Engine engine) {
        return isOff() ? kernels : new CheckedAxisKernels(kernels, engine, this);
    }

    /** The kernels of an engine, or {@code AUTO}'s choice. */
    public RowKernels over(RowKernels kernels, Engine engine) {
        return isOff() || !isTwin(engine) ? kernels : new CheckedRowKernels(kernels, engine, this);
    }

    /** The kernels of an engine, or {@code AUTO}'s choice. */
    public LossKernels over(LossKernels kernels, Engine engine) {
        return isOff() || !isTwin(engine) ? kernels : new CheckedLossKernels(kernels, engine, this);
    }

    /** Whether an engine has the bits of plain Java without being that. */
    static boolean isTwin(Engine engine) {
        return engine == Engine.NATIVE || engine == Engine.VECTOR || engine == Engine.AUTO;
    }

    static KernelEngine twin() {
        return Engines.get(Engine.SCALAR);
    }
}
