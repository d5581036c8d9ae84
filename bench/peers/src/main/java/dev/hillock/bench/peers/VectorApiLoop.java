package dev.hillock.bench.peers;

import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** A formula over whole vectors and a masked rest. {@link VectorApi} defines a copy for every formula. */
final class VectorApiLoop implements VectorApi.Loop {
    private static final MethodHandle FORMULA = formula();
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    private static MethodHandle formula() {
        try {
            return MethodHandles.classData(MethodHandles.lookup(), ConstantDescs.DEFAULT_NAME, MethodHandle.class);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void run(float[] x, float[] dy, float[] out, int from, int to) {
        float[] gradient = dy == null ? x : dy;
        try {
            int i = from;
            for (int whole = from + SPECIES.loopBound(to - from); i < whole; i += SPECIES.length()) {
                FloatVector value = (FloatVector) FORMULA.invokeExact(
                        FloatVector.fromArray(SPECIES, x, i), FloatVector.fromArray(SPECIES, gradient, i));
                value.intoArray(out, i);
            }
            if (i < to) {
                VectorMask<Float> rest = SPECIES.indexInRange(i, to);
                FloatVector value = (FloatVector) FORMULA.invokeExact(
                        FloatVector.fromArray(SPECIES, x, i, rest), FloatVector.fromArray(SPECIES, gradient, i, rest));
                value.intoArray(out, i, rest);
            }
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
