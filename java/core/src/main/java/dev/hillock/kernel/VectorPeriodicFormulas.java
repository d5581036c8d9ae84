package dev.hillock.kernel;

import static dev.hillock.kernel.ScalarSine.NEAR_TURNS;
import static dev.hillock.kernel.ScalarSine.PI_2;
import static dev.hillock.kernel.ScalarSine.ROUND;
import static dev.hillock.kernel.ScalarSine.SINE_C3;
import static dev.hillock.kernel.VectorElementary.*;
import static dev.hillock.kernel.VectorSine.angleFirst;
import static dev.hillock.kernel.VectorSine.angleLow;
import static dev.hillock.kernel.VectorSine.halfTurns;
import static dev.hillock.kernel.VectorSine.orFarSine;
import static dev.hillock.kernel.VectorSine.sineNear;
import static dev.hillock.kernel.VectorSine.sineSmall;
import static dev.hillock.kernel.VectorSine.withFarSines;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * The mirror of {@code native/core/formulas/periodic.h}, a vector at a time, written as {@link VectorFormulas} is. The
 * constants are {@link ScalarPeriodicFormulas}'s.
 */
public final class VectorPeriodicFormulas {
    private VectorPeriodicFormulas() {}

    // snake(x) = x + sin(a x)^2 / a, the square in two floats: for x < 0 half of it is taken off again.
    //                                                                     Ziyin et al., arXiv:2006.08195
    // So long that from its middle on the compiler takes in the methods of the Vector API, but none of ours
    // (NodeCountInliningCutoff). With calls left in, it is too large for the loop (InlineSmallCode), and is called with
    // vectors as objects.
    public static FloatVector snake(FloatVector x, FloatVector a) {
        FloatVector b = a.mul(x);
        FloatVector bRest = a.fma(x, b.neg());
        FloatVector m = halfTurns(b, 0).sub(ROUND);
        FloatVector r = angleFirst(b, m);
        FloatVector t = m.mul(PI_2);
        FloatVector high = r.sub(t).add(bRest);
        FloatVector low = angleLow(r, t, high, bRest, m);
        FloatVector v = high.add(low);
        FloatVector cube = v.mul(v.mul(v));
        FloatVector small = sineSmall(v, high.sub(v).add(low));
        FloatVector bend = cube.lanewise(FMA, SINE_C3, small);
        FloatVector bendRest = cube.lanewise(FMA, SINE_C3, bend.neg()).add(small);
        VectorMask<Float> isFar = b.abs().compare(GT, NEAR_TURNS);
        FloatVector near = v.add(bend);
        FloatVector s = isFar.anyTrue() ? withFarSines(near, x, a, 0) : near;
        FloatVector sRest = v.sub(s).add(bend).add(bendRest).blend(0f, isFar);
        FloatVector square = s.mul(s);
        FloatVector squareRest = s.fma(s, square.neg()).add(s.mul(2f).mul(sRest));
        FloatVector inverse = FloatVector.broadcast(SPECIES, 1f).div(a);
        FloatVector q = square.mul(inverse);
        FloatVector qRest = q.neg().fma(a, square).add(squareRest).mul(inverse);
        return x.add(q).add(qRest);
    }

    // 1 + sin(2 a x) = 2 sin(a x + pi/4)^2.
    public static FloatVector snakeDerivative(FloatVector x, FloatVector a) {
        FloatVector b = a.mul(x);
        FloatVector s = orFarSine(sineNear(b, a.fma(x, b.neg()), 1), b, x, a, 1);
        return s.mul(2f).mul(s);
    }

    // sine(x) = sin(omega x), the product in two floats.              Sitzmann et al., arXiv:2006.09661
    public static FloatVector sine(FloatVector x, FloatVector omega) {
        FloatVector b = omega.mul(x);
        FloatVector near = sineNear(b, omega.fma(x, b.neg()), 0);
        return orFarSine(near.blend(b, b.abs().compare(LT, 0x1p-12f)), b, x, omega, 0);
    }

    // cos(b) = sin(b + pi/2).
    public static FloatVector sineDerivative(FloatVector x, FloatVector omega) {
        FloatVector b = omega.mul(x);
        return omega.mul(orFarSine(sineNear(b, omega.fma(x, b.neg()), 2), b, x, omega, 2));
    }
}
