package dev.hillock;

import dev.hillock.catalogue.ParameterSlopes;
import dev.hillock.loss.Reals;
import java.util.concurrent.ForkJoinPool;

/**
 * The gradient of a learned parameter: the sum of {@code dy[i] df/dp(x[i])} in double precision. Blocks are added up
 * each on its own and then in order, so the bits do not depend on the threads.
 */
final class ParameterGradient {
    private static final int BLOCK = 4096;
    // Below this many elements a second thread comes too late to help.
    private static final int SPLIT_FROM = 4 * BLOCK;

    private ParameterGradient() {}

    private static String learned(Activation f) {
        String learned = String.join(", ", ParameterSlopes.learned(f.function()));
        return learned.isEmpty() ? "it has none" : "it has: " + learned;
    }

    static double of(Activation f, String parameter, Reals x, Reals dy, int threads, ForkJoinPool pool) {
        Checks.notNull("f", f);
        Checks.notNull("parameter", parameter);
        Checks.notNull("x", x);
        Checks.notNull("dy", dy);
        Checks.sameLength("dy", dy.length(), "x", x.length());
        ParameterSlopes.Slope slope = ParameterSlopes.of(f.function(), parameter)
                .orElseThrow(() -> new IllegalArgumentException(
                        f.name() + " has no gradient of a parameter " + parameter + " (" + learned(f) + ")"));
        double[] p = f.sharedParameters(x.array() instanceof float[] ? ElementType.FLOAT32 : ElementType.FLOAT64);
        double[] blocks = new double[(x.length() + BLOCK - 1) / BLOCK];
        Pieces.run(pool, x.length() < SPLIT_FROM ? 1 : threads, x.length(), BLOCK, (start, count) -> {
            double sum = 0;
            for (int i = (int) start; i < start + count; i++) {
                sum += product(dy.get(i), slope.at(x.get(i), p));
            }
            blocks[(int) (start / BLOCK)] = sum;
        });
        double sum = 0;
        for (double block : blocks) {
            sum += block;
        }
        return sum;
    }

    // A slope of 0 selects: an infinite dy must not become NaN.
    private static double product(double dy, double slope) {
        return slope == 0 && !Double.isNaN(dy) ? 0 : dy * slope;
    }
}
