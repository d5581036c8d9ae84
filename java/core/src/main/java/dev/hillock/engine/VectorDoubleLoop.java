package dev.hillock.engine;

import static dev.hillock.kernel.VectorDoubleElementary.SPECIES;

import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.DoubleVector;

/** {@link VectorLoop} over doubles. */
final class VectorDoubleLoop implements DoubleEltwiseLoop {
    private static final MethodHandle FORMULA = formula();
    private static final int LANES = SPECIES.length();

    private static MethodHandle formula() {
        try {
            return MethodHandles.classData(MethodHandles.lookup(), ConstantDescs.DEFAULT_NAME, Formula.class)
                    .value();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void forward(double[] x, int xOffset, double[] y, int yOffset, int length, double p0, double p1, double p2) {
        int done = 0;
        while (done < length) {
            int count = Math.max(length - done, LANES) / LANES * LANES;
            int start = Math.min(done, length - count);
            forwardWhole(x, xOffset + start, y, yOffset + start, count, p0, p1, p2);
            done += count;
        }
    }

    private static void forwardWhole(
            double[] x, int xOffset, double[] y, int yOffset, int length, double p0, double p1, double p2) {
        DoubleVector one = DoubleVector.broadcast(SPECIES, 1.0);
        DoubleVector v0 = DoubleVector.broadcast(SPECIES, p0);
        DoubleVector v1 = DoubleVector.broadcast(SPECIES, p1);
        DoubleVector v2 = DoubleVector.broadcast(SPECIES, p2);
        MethodHandle f = FORMULA;
        try {
            for (int i = 0; i < length; i += LANES) {
                DoubleVector at = DoubleVector.fromArray(SPECIES, x, xOffset + i);
                ((DoubleVector) f.invokeExact(at, one, v0, v1, v2)).intoArray(y, yOffset + i);
                f = FORMULA;
            }
        } catch (Throwable e) {
            throw LoopSpecializer.unchecked(e);
        }
    }

    @Override
    public void backward(
            double[] x,
            int xOffset,
            double[] dy,
            int dyOffset,
            double[] dx,
            int dxOffset,
            int length,
            double p0,
            double p1,
            double p2) {
        int done = 0;
        while (done < length) {
            int count = Math.max(length - done, LANES) / LANES * LANES;
            int start = Math.min(done, length - count);
            backwardWhole(x, xOffset + start, dy, dyOffset + start, dx, dxOffset + start, count, p0, p1, p2);
            done += count;
        }
    }

    private static void backwardWhole(
            double[] x,
            int xOffset,
            double[] dy,
            int dyOffset,
            double[] dx,
            int dxOffset,
            int length,
            double p0,
            double p1,
            double p2) {
        DoubleVector v0 = DoubleVector.broadcast(SPECIES, p0);
        DoubleVector v1 = DoubleVector.broadcast(SPECIES, p1);
        DoubleVector v2 = DoubleVector.broadcast(SPECIES, p2);
        MethodHandle f = FORMULA;
        try {
            for (int i = 0; i < length; i += LANES) {
                DoubleVector at = DoubleVector.fromArray(SPECIES, x, xOffset + i);
                DoubleVector gradient = DoubleVector.fromArray(SPECIES, dy, dyOffset + i);
                ((DoubleVector) f.invokeExact(at, gradient, v0, v1, v2)).intoArray(dx, dxOffset + i);
                f = FORMULA;
            }
        } catch (Throwable e) {
            throw LoopSpecializer.unchecked(e);
        }
    }
}
