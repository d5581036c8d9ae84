package dev.hillock.kernel;

import static dev.hillock.kernel.ScalarSine.INVERSE_PI;
import static dev.hillock.kernel.ScalarSine.PI_1;
import static dev.hillock.kernel.ScalarSine.PI_2;
import static dev.hillock.kernel.ScalarSine.PI_3;
import static dev.hillock.kernel.ScalarSine.ROUND;
import static dev.hillock.kernel.ScalarSine.SINE_C3;
import static dev.hillock.kernel.VectorElementary.all;
import static dev.hillock.kernel.VectorElementary.sumRest;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.LSHL;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/** The mirror of {@code native/core/elementary/sine.h}, a vector at a time, as {@link ScalarSine} explains it. */
final class VectorSine {
    private VectorSine() {}

    // What is left of b after m half turns, to begin with. Callers go on with it and m PI_2 themselves, for each
    // operation
    // counts where a formula hardly fits into one compilation.
    static FloatVector angleFirst(FloatVector b, FloatVector m) {
        return m.lanewise(FMA, -PI_1, b);
    }

    static FloatVector angleLow(FloatVector r, FloatVector t, FloatVector high, FloatVector bRest, FloatVector m) {
        FloatVector d = r.sub(t);
        FloatVector tNegative = t.neg();
        FloatVector lost = sumRest(r, tNegative, d).add(sumRest(d, bRest, high));
        return lost.sub(m.lanewise(FMA, PI_3, m.lanewise(FMA, PI_2, tNegative)));
    }

    static FloatVector sineSmall(FloatVector v, FloatVector rest) {
        FloatVector z = v.mul(v);
        FloatVector p = all(-0x1.ddf6a8p-26f);
        p = p.lanewise(FMA, z, 0x1.74683cp-19f);
        p = p.lanewise(FMA, z, -0x1.a02e18p-13f);
        p = p.lanewise(FMA, z, 0x1.11114ap-7f);
        FloatVector cube = v.mul(z);
        FloatVector cubeRest = v.fma(z, cube.neg()).add(v.mul(v.fma(v, z.neg())));
        return cubeRest.lanewise(FMA, SINE_C3, rest.fma(z.fma(-0.5f, 1f), cube.mul(z.mul(p))));
    }

    static FloatVector halfTurns(FloatVector b, int quarters) {
        return b.fma(INVERSE_PI, 0.25f * quarters).add(ROUND);
    }

    static FloatVector sineNear(FloatVector b, FloatVector bRest, int quarters) {
        FloatVector whole = halfTurns(b, quarters);
        FloatVector m = whole.sub(ROUND).sub(0.25f * quarters);
        FloatVector r = angleFirst(b, m);
        FloatVector t = m.mul(PI_2);
        FloatVector high = r.sub(t).add(bRest);
        FloatVector low = angleLow(r, t, high, bRest, m);
        FloatVector v = high.add(low);
        FloatVector s = v.add(
                v.mul(v.mul(v)).lanewise(FMA, SINE_C3, sineSmall(v, high.sub(v).add(low))));
        IntVector sign = whole.reinterpretAsInts().lanewise(LSHL, 31);
        return s.reinterpretAsInts().add(sign).reinterpretAsFloats();
    }
}
