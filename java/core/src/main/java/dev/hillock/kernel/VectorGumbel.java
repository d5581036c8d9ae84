package dev.hillock.kernel;

import static dev.hillock.kernel.VectorElementary.SPECIES;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.D2F;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.L2D;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The mirror of {@link ScalarGumbel}, a vector at a time. Each logarithm is a loop that calls none of our own methods on
 * vectors: of longer loops the compiler left some out, and what is called takes and returns vectors as objects.
 */
public final class VectorGumbel implements ScalarGumbel.Steps {
    private static final ScalarGumbel.Steps STEPS = new VectorGumbel();

    private static final int TWO_THIRDS = Float.floatToRawIntBits(2f / 3f);
    private static final int ONE = Float.floatToRawIntBits(1f);

    private static final float WHOLE = 0x1.8p23f;
    private static final int WHOLE_BITS = Float.floatToRawIntBits(WHOLE);

    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_512;
    private static final VectorSpecies<Float> HALVES = FloatVector.SPECIES_256;

    private VectorGumbel() {}

    /** Adds the noise, as {@code RowKernels.addGumbel} says. */
    public static void add(long seed, long index, long indexStride, int rows, int columns, float[] z) {
        ScalarGumbel.add(seed, index, indexStride, rows, columns, z, STEPS);
    }

    @Override
    public void numbers(long start, long index, float[] s, int at, int n) {
        int whole = VectorCounter.isWorth() ? n - n % VectorCounter.LANES : 0;
        if (whole > 0) {
            wholeNumbers(start, index, s, at, whole);
        }
        for (int i = whole; i < n; i++) {
            s[at + i] = ScalarGumbel.signedUniform(start, index + i);
        }
    }

    private static void wholeNumbers(long start, long index, float[] s, int at, int n) {
        LongVector counter = VectorCounter.first(start, index);
        for (int i = at; i < at + n; i += VectorCounter.LANES) {
            DoubleVector bits = (DoubleVector)
                    VectorCounter.bits(counter).lanewise(ASHR, 11).convertShape(L2D, DOUBLES, 0);
            ((FloatVector) bits.add(0.5).mul(0x1p-53).convertShape(D2F, HALVES, 0)).intoArray(s, i);
            counter = VectorCounter.next(counter);
        }
    }

    @Override
    public void noise(float[] s, int n) {
        negativeLog(s, n);
        negativeLog(s, n);
    }

    // -ln(u) of u = s for s > 0, of u = 1 + s below.
    private static void negativeLog(float[] s, int n) {
        for (int i = 0; i < n; i += SPECIES.length()) {
            FloatVector at = FloatVector.fromArray(SPECIES, s, i);
            VectorMask<Float> upper = at.compare(LT, 0f);
            IntVector k = at.blend(at.add(1f), upper)
                    .reinterpretAsInts()
                    .sub(TWO_THIRDS)
                    .lanewise(ASHR, 23);
            FloatVector scale = k.lanewise(LSHL, 23).neg().add(ONE).reinterpretAsFloats();
            FloatVector f =
                    scale.fma(at, FloatVector.zero(SPECIES).blend(scale, upper).sub(1f));
            FloatVector p = f.fma(-0x1.06cedcp-3f, 0x1.1ec6e0p-3f)
                    .lanewise(FMA, f, -0x1.f3a788p-4f)
                    .lanewise(FMA, f, 0x1.1ec0d0p-3f)
                    .lanewise(FMA, f, -0x1.559804p-3f)
                    .lanewise(FMA, f, 0x1.99d1c6p-3f)
                    .lanewise(FMA, f, -0x1.ffff14p-3f)
                    .lanewise(FMA, f, 0x1.555502p-2f)
                    .lanewise(FMA, f, -0.5f);
            // The value of a small integer, by the digits of a float so large that they count ones.
            FloatVector whole = k.add(WHOLE_BITS).reinterpretAsFloats().sub(WHOLE);
            whole.fma(
                            FloatVector.broadcast(SPECIES, ScalarElementary.LN2),
                            f.mul(f).fma(p, f))
                    .neg()
                    .intoArray(s, i);
        }
    }
}
