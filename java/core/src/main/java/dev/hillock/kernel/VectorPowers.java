package dev.hillock.kernel;

import static dev.hillock.kernel.ScalarElementary.LN2;
import static dev.hillock.kernel.ScalarElementary.LOG2_E;
import static dev.hillock.kernel.ScalarPowers.C2;
import static dev.hillock.kernel.ScalarPowers.C3;
import static dev.hillock.kernel.ScalarPowers.C4;
import static dev.hillock.kernel.ScalarPowers.RAISED_QUARTERS;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.LSHL;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/** The mirror of {@link ScalarPowers}, a vector at a time. */
final class VectorPowers {
    private VectorPowers() {}

    static FloatVector expScaled(FloatVector x) {
        FloatVector quarters = x.fma(LOG2_E, RAISED_QUARTERS);
        FloatVector r = quarters.sub(RAISED_QUARTERS).lanewise(FMA, -LN2, x);
        FloatVector p = r.fma(C4, C3).lanewise(FMA, r, C2);
        p = r.mul(r).fma(p, r);
        IntVector number = quarters.reinterpretAsInts();
        IntVector power = power(number);
        FloatVector s = power.add(number.lanewise(LSHL, 21)).reinterpretAsFloats();
        return s.fma(p, s);
    }

    // Three choices take less than one from a vector, whose numbers the JVM would check.
    private static IntVector power(IntVector number) {
        VectorMask<Integer> odd = number.lanewise(LSHL, 31).lt(0);
        VectorMask<Integer> upper = number.lanewise(LSHL, 30).lt(0);
        IntVector low = of(0).blend(of(1), odd);
        return low.blend(of(2).blend(of(3), odd), upper);
    }

    private static IntVector of(int number) {
        return IntVector.broadcast(VectorElementary.INTS, ScalarPowers.TABLE[number]);
    }
}
