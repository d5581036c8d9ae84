package dev.hillock.kernel;

import static dev.hillock.kernel.VectorElementary.SPECIES;
import static dev.hillock.kernel.VectorElementary.all;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/** The mirror of {@link ScalarGumbel}, a vector at a time. */
public final class VectorGumbel {
    private static final int TWO_THIRDS = Float.floatToRawIntBits(2f / 3f);
    private static final int ONE = Float.floatToRawIntBits(1f);

    private static final float WHOLE = 0x1.8p23f;
    private static final int WHOLE_BITS = Float.floatToRawIntBits(WHOLE);

    private VectorGumbel() {}

    private static IntVector lnExponent(FloatVector x) {
        return x.reinterpretAsInts().sub(TWO_THIRDS).lanewise(ASHR, 23);
    }

    private static FloatVector lnBend(FloatVector f) {
        FloatVector p = all(-0x1.06cedcp-3f);
        p = p.fma(f, all(0x1.1ec6e0p-3f));
        p = p.fma(f, all(-0x1.f3a788p-4f));
        p = p.fma(f, all(0x1.1ec0d0p-3f));
        p = p.fma(f, all(-0x1.559804p-3f));
        p = p.fma(f, all(0x1.99d1c6p-3f));
        p = p.fma(f, all(-0x1.ffff14p-3f));
        p = p.fma(f, all(0x1.555502p-2f));
        return p.fma(f, all(-0.5f));
    }

    private static FloatVector lnSum(IntVector k, FloatVector f) {
        // The value of a small integer, by the digits of a float so large that they count ones.
        FloatVector whole = k.add(WHOLE_BITS).reinterpretAsFloats().sub(WHOLE);
        return whole.fma(all(ScalarElementary.LN2), f.mul(f).fma(lnBend(f), f));
    }

    static FloatVector gumbel(FloatVector s) {
        VectorMask<Float> upper = s.compare(LT, 0f);
        IntVector k = lnExponent(s.blend(s.add(1f), upper));
        FloatVector scale = k.lanewise(LSHL, 23).neg().add(ONE).reinterpretAsFloats();
        FloatVector f = scale.fma(s, all(0f).blend(scale, upper).sub(1f));
        FloatVector e = lnSum(k, f).neg();
        IntVector l = lnExponent(e);
        FloatVector z = e.reinterpretAsInts().sub(l.lanewise(LSHL, 23)).reinterpretAsFloats();
        return lnSum(l, z.sub(1f)).neg();
    }

    /** Adds the noise, as {@code RowKernels.addGumbel} says. */
    public static void add(long seed, long index, long indexStride, int rows, int columns, float[] z) {
        ScalarGumbel.add(seed, index, indexStride, rows, columns, z, VectorGumbel::make);
    }

    private static void make(float[] s, int n) {
        int bound = SPECIES.loopBound(n);
        for (int i = 0; i < bound; i += SPECIES.length()) {
            gumbel(FloatVector.fromArray(SPECIES, s, i)).intoArray(s, i);
        }
        for (int i = bound; i < n; i++) {
            s[i] = ScalarGumbel.gumbel(s[i]);
        }
    }
}
