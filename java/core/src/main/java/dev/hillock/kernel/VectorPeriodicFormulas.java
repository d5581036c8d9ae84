package dev.hillock.kernel;

import static dev.hillock.kernel.ScalarSine.NEAR_TURNS;
import static dev.hillock.kernel.ScalarSine.PI_2;
import static dev.hillock.kernel.ScalarSine.ROUND;
import static dev.hillock.kernel.ScalarSine.SINE_C3;
import static dev.hillock.kernel.VectorElementary.*;
import static dev.hillock.kernel.VectorSine.angleFirst;
import static dev.hillock.kernel.VectorSine.angleLow;
import static dev.hillock.kernel.VectorSine.halfTurns;
import static dev.hillock.kernel.VectorSine.sineNear;
import static dev.hillock.kernel.VectorSine.sineSmall;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;

/**
 * The mirror of {@code native/core/formulas/periodic.h}, a vector at a time, written as {@link VectorFormulas} is. The
 * constants are {@link ScalarPeriodicFormulas}'s.
 */
public final class VectorPeriodicFormulas {
    // Beyond these |angles| the scalar formulas, which know pi to as many digits as it takes, do a lane at a time.
    public static final float SNAKE_TAIL_ANGLE = NEAR_TURNS;
    public static final float SNAKE_SLOPE_TAIL_ANGLE = NEAR_TURNS;
    public static final float SINE_TAIL_ANGLE = NEAR_TURNS;
    public static final float SINE_SLOPE_TAIL_ANGLE = NEAR_TURNS;

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
        FloatVector s = v.add(bend);
        FloatVector sRest = v.sub(s).add(bend).add(bendRest);
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
        FloatVector s = sineNear(b, a.fma(x, b.neg()), 1);
        return s.mul(2f).mul(s);
    }

    public static FloatVector snakeTail(FloatVector x, FloatVector a) {
        return eachLane(x, a, ScalarPeriodicFormulas::snake);
    }

    public static FloatVector snakeSlopeTail(FloatVector x, FloatVector a) {
        return eachLane(x, a, ScalarPeriodicFormulas::snakeDerivative);
    }

    // sine(x) = sin(omega x), the product in two floats.              Sitzmann et al., arXiv:2006.09661
    public static FloatVector sine(FloatVector x, FloatVector omega) {
        FloatVector b = omega.mul(x);
        FloatVector near = sineNear(b, omega.fma(x, b.neg()), 0);
        return near.blend(b, b.abs().compare(LT, 0x1p-12f));
    }

    // cos(b) = sin(b + pi/2).
    public static FloatVector sineDerivative(FloatVector x, FloatVector omega) {
        FloatVector b = omega.mul(x);
        return omega.mul(sineNear(b, omega.fma(x, b.neg()), 2));
    }

    public static FloatVector sineTail(FloatVector x, FloatVector omega) {
        return eachLane(x, omega, ScalarPeriodicFormulas::sine);
    }

    public static FloatVector sineSlopeTail(FloatVector x, FloatVector omega) {
        return eachLane(x, omega, ScalarPeriodicFormulas::sineDerivative);
    }

    private interface Scalar {
        float at(float x, float parameter);
    }

    private static FloatVector eachLane(FloatVector x, FloatVector parameter, Scalar formula) {
        float[] values = x.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = formula.at(values[i], parameter.lane(0));
        }
        return FloatVector.fromArray(SPECIES, values, 0);
    }
}
