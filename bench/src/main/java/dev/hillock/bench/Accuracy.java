package dev.hillock.bench;

import dev.hillock.Activation;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;

/**
 * The largest error of a contestant in ULP over a stated sample: 131072 floats with |x| up to 100, evenly spread over
 * the bit patterns of both signs. Left out are slopes whose relative error has no bound: those within 1/8 of a root of the
 * derivative. ({@code hillock check --exhaustive} judges all floats; this is a sample that is fast enough to stand
 * beside the times, and peers can be asked the same.)
 */
final class Accuracy {
    private static final int COUNT = 1 << 17;
    private static final float LIMIT = 100;
    private static final double ROOT_REACH = 0.125;

    /** What the sample is, in words. */
    static final String SAMPLE =
            COUNT + " floats with |x| <= 100, evenly spread over the bit patterns, outside 1/8 of a root of f'";

    private Accuracy() {}

    /** The largest error of a contestant, in ULP. */
    static double maxUlp(Contestant contestant, String operation, Direction direction) throws NotSupported {
        Activation f = Activation.of(operation);
        float[] x = Inputs.everyMagnitude(COUNT, LIMIT);
        if (direction == Direction.BACKWARD_FROM_OUTPUT) {
            Inputs.replaceByOutput(operation, x);
        }
        float[] dy = direction == Direction.FORWARD ? null : Inputs.ones(COUNT);
        float[] out = new float[COUNT];
        try (Work work = contestant.prepare(Case.eltwise(operation, direction, COUNT, 1), x, dy)) {
            work.run(0);
            work.result(out);
        }
        double max = 0;
        for (int i = 0; i < COUNT; i++) {
            double root = f.function().slopeRootNear(x[i], f.parameters());
            if (direction != Direction.BACKWARD || !(Math.abs(x[i] - root) < ROOT_REACH)) {
                max = Math.max(max, error(f.function(), f.parameters(), direction, x[i], out[i]));
            }
        }
        return max;
    }

    private static double error(Function function, double[] parameters, Direction direction, double x, float got) {
        double exact =
                switch (direction) {
                    case FORWARD -> function.reference(x, parameters);
                    case BACKWARD -> function.referenceDerivative(x, parameters);
                    case BACKWARD_FROM_OUTPUT -> function.referenceFromOutput(x, parameters);
                };
        return ulps(got, exact);
    }

    private static double ulps(float got, double exact) {
        if (Double.isNaN(exact) || Float.isNaN(got)) {
            return Double.isNaN(exact) && Float.isNaN(got) ? 0 : Double.POSITIVE_INFINITY;
        }
        if (Math.abs(exact) > Float.MAX_VALUE || Float.isInfinite(got)) {
            return (float) exact == got ? 0 : Double.POSITIVE_INFINITY;
        }
        int exponent = Math.max(Math.getExponent(exact), Float.MIN_EXPONENT);
        return Math.abs(got - exact) / Math.scalb(1.0, exponent - 23);
    }
}
