package dev.hillock.catalogue;

import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The operations over an axis beside {@link AxisCatalogue}'s: those that only Java has, and those that change the length
 * of the axis.
 */
public final class AxisOperations {
    private static final Parameter TEMPERATURE =
            new Parameter("temperature", 1.0, List.of("t", "tau"), Float.MIN_NORMAL, false);

    private static final List<AxisOperationDefinition> OPERATIONS = List.of(
            new AxisOperationDefinition(
                    "softmin",
                    List.of(),
                    List.of(TEMPERATURE),
                    new SoftmaxRow(),
                    "e^(-x_i/T) / sum_j e^(-x_j/T)",
                    "-y_i (dy_i - sum_j dy_j y_j) / T",
                    "(0, 1)"),
            new AxisOperationDefinition(
                    "masked_softmax",
                    List.of("attention_softmax"),
                    List.of(
                            new Parameter("scale", 1.0, List.of(), Double.NEGATIVE_INFINITY, false),
                            flag("causal", "is_causal")),
                    new MaskedSoftmaxRow(),
                    "softmax(scale x + mask); 0 where all is masked",
                    "scale y_i (dy_i - sum_j dy_j y_j)",
                    "[0, 1]"),
            new AxisOperationDefinition(
                    "gumbel_softmax",
                    List.of(),
                    List.of(
                            TEMPERATURE,
                            flag("hard"),
                            new Parameter("seed", 0.0, List.of(), Double.NEGATIVE_INFINITY, false)),
                    new SoftmaxRow(),
                    "softmax((x + g) / T), g_i = -ln(-ln u_i); hard: 1 at its maximum",
                    "y_i (dy_i - sum_j dy_j y_j) / T, of the soft y",
                    "[0, 1]"),
            new AxisOperationDefinition(
                    "logsumexp",
                    List.of("log_sum_exp"),
                    List.of(flag("keepdims", "keepdim")),
                    new LogSumExpRow(),
                    "m + ln sum_j e^(x_j - m)",
                    "dy softmax(x)_i",
                    "(-inf, inf)"),
            new AxisOperationDefinition(
                    "sparsemax",
                    List.of(),
                    List.of(),
                    new SparsemaxRow(),
                    "max(x_i - tau, 0), tau so that the sum is 1",
                    "dy_i - mean of dy over the support; 0 outside",
                    "[0, 1]"),
            new AxisOperationDefinition(
                    "entmax15",
                    List.of("entmax"),
                    List.of(),
                    new EntmaxRow(),
                    "max(x_i/2 - tau, 0)^2, tau so that the sum is 1",
                    "s_i (dy_i - sum dy s / sum s), s = sqrt(y)",
                    "[0, 1]"),
            new AxisOperationDefinition(
                    "hardmax", List.of(), List.of(), new HardmaxRow(), "1 at the first maximum, else 0", "0", "{0, 1}"),
            new AxisOperationDefinition(
                    "crelu",
                    List.of("concatenated_relu"),
                    List.of(),
                    new CreluRow(),
                    "max(x, 0) and behind it max(-x, 0)",
                    "dy_1 if x > 0, -dy_2 if x < 0",
                    "[0, inf)"),
            new AxisOperationDefinition(
                    "maxout",
                    List.of(),
                    List.of(new Parameter("k", null, List.of("pieces", "num_pieces"), 1, false)),
                    new MaxoutRow(),
                    "max over each k neighbours",
                    "dy at the first maximum of the k",
                    "(-inf, inf)"));

    private AxisOperations() {}

    private static Parameter flag(String name, String... aliases) {
        return new Parameter(name, 0.0, List.of(aliases), 0, false);
    }

    /** Every operation. */
    public static List<AxisOperationDefinition> all() {
        return OPERATIONS;
    }

    /**
     * The operation of a name or alias, read as {@link Names} does.
     *
     * @throws NoSuchElementException naming the nearest known one if there is no such operation
     */
    public static AxisOperationDefinition operation(String name) {
        String wanted = Names.normal(name);
        for (AxisOperationDefinition operation : OPERATIONS) {
            if (operation.names().anyMatch(known -> Names.normal(known).equals(wanted))) {
                return operation;
            }
        }
        throw Kind.unknown("function", name, OPERATIONS.stream().flatMap(AxisOperationDefinition::names));
    }

    private static boolean hasNaN(double[] x) {
        for (double value : x) {
            if (Double.isNaN(value)) {
                return true;
            }
        }
        return false;
    }

    private static double maximum(double[] x) {
        double m = Double.NEGATIVE_INFINITY;
        for (double value : x) {
            m = Math.max(m, value);
        }
        return m;
    }

    private static double[] softmax(double[] x) {
        double m = maximum(x);
        double[] y = new double[x.length];
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            y[i] = Math.exp(x[i] - m);
            sum += y[i];
        }
        for (int i = 0; i < x.length; i++) {
            y[i] /= sum;
        }
        return y;
    }

    // The logits are prepared by the caller: negated, scaled, masked, with noise, divided by the temperature.
    static class SoftmaxRow implements AxisOperationDefinition.Row {
        @Override
        public double[] forward(double[] x, double[] p) {
            return softmax(x);
        }

        @Override
        public double[] backward(double[] x, double[] dy, double[] p) {
            double[] dx = softmax(x);
            double sum = 0;
            for (int i = 0; i < dx.length; i++) {
                sum += dx[i] * dy[i];
            }
            for (int i = 0; i < dx.length; i++) {
                dx[i] *= dy[i] - sum;
            }
            return dx;
        }
    }

    // A row that is masked as a whole attends to nothing.
    private static final class MaskedSoftmaxRow extends SoftmaxRow {
        @Override
        public double[] forward(double[] x, double[] p) {
            return maximum(x) == Double.NEGATIVE_INFINITY ? new double[x.length] : super.forward(x, p);
        }

        @Override
        public double[] backward(double[] x, double[] dy, double[] p) {
            return maximum(x) == Double.NEGATIVE_INFINITY ? new double[x.length] : super.backward(x, dy, p);
        }
    }

    // The limit at infinities, where softmax has none.
    private static final class LogSumExpRow implements AxisOperationDefinition.Row {
        @Override
        public int length(int n, double[] p) {
            return 1;
        }

        @Override
        public double[] forward(double[] x, double[] p) {
            double m = maximum(x);
            if (Double.isInfinite(m)) {
                return new double[] {m};
            }
            double sum = 0;
            for (double value : x) {
                sum += Math.exp(value - m);
            }
            return new double[] {m + Math.log(sum)};
        }

        @Override
        public double[] backward(double[] x, double[] dy, double[] p) {
            double[] dx = softmax(x);
            for (int i = 0; i < dx.length; i++) {
                dx[i] *= dy[0];
            }
            return dx;
        }
    }

    // Martins and Astudillo, "From Softmax to Sparsemax", 2016.
    private static final class SparsemaxRow implements AxisOperationDefinition.Row {
        @Override
        public double[] forward(double[] x, double[] p) {
            double m = maximum(x);
            double[] sorted = x.clone();
            Arrays.sort(sorted);
            double sum = 0;
            double tau = Double.NaN;
            for (int k = 1; k <= x.length; k++) {
                double z = sorted[x.length - k] - m;
                if (!(1 + k * z > sum + z)) {
                    break;
                }
                sum += z;
                tau = (sum - 1) / k;
            }
            double[] y = new double[x.length];
            for (int i = 0; i < x.length; i++) {
                y[i] = Math.max(x[i] - m - tau, 0);
            }
            return y;
        }

        @Override
        public double[] backward(double[] x, double[] dy, double[] p) {
            double[] dx = forward(x, p);
            double sum = 0;
            int support = 0;
            for (int i = 0; i < dx.length; i++) {
                support += dx[i] > 0 ? 1 : 0;
                sum += dx[i] > 0 ? dy[i] : 0;
            }
            for (int i = 0; i < dx.length; i++) {
                dx[i] = dx[i] > 0 ? dy[i] - sum / support : dx[i];
            }
            return dx;
        }
    }

    // Peters, Niculae and Martins, "Sparse Sequence-to-Sequence Models", 2019, algorithm 2.
    private static final class EntmaxRow implements AxisOperationDefinition.Row {
        @Override
        public double[] forward(double[] x, double[] p) {
            double m = maximum(x);
            double[] sorted = x.clone();
            Arrays.sort(sorted);
            double sum = 0;
            double squares = 0;
            double tau = Double.NaN;
            for (int k = 1; k <= x.length; k++) {
                double z = (sorted[x.length - k] - m) / 2;
                sum += z;
                squares += z * z;
                double mean = sum / k;
                double next = mean - Math.sqrt(Math.max((1 - (squares - sum * mean)) / k, 0));
                if (!(next <= z)) {
                    break;
                }
                tau = next;
            }
            double[] y = new double[x.length];
            for (int i = 0; i < x.length; i++) {
                double above = Math.max((x[i] - m) / 2 - tau, 0);
                y[i] = above * above;
            }
            return y;
        }

        @Override
        public double[] backward(double[] x, double[] dy, double[] p) {
            double[] y = forward(x, p);
            double[] dx = new double[x.length];
            double weighted = 0;
            double sum = 0;
            for (int i = 0; i < y.length; i++) {
                dx[i] = Math.sqrt(y[i]);
                weighted += dx[i] * dy[i];
                sum += dx[i];
            }
            for (int i = 0; i < y.length; i++) {
                dx[i] *= dy[i] - weighted / sum;
            }
            return dx;
        }
    }

    private static final class HardmaxRow implements AxisOperationDefinition.Row {
        @Override
        public double[] forward(double[] x, double[] p) {
            double[] y = new double[x.length];
            if (hasNaN(x)) {
                Arrays.fill(y, Double.NaN);
            } else {
                y[firstMaximum(x, 0, x.length)] = 1;
            }
            return y;
        }

        @Override
        public double[] backward(double[] x, double[] dy, double[] p) {
            return new double[x.length];
        }
    }

    private static int firstMaximum(double[] x, int from, int to) {
        int first = from;
        for (int i = from + 1; i < to; i++) {
            // A NaN is the maximum.
            if (x[i] > x[first] || Double.isNaN(x[i]) && !Double.isNaN(x[first])) {
                first = i;
            }
        }
        return first;
    }

    private static final class CreluRow implements AxisOperationDefinition.Row {
        @Override
        public int length(int n, double[] p) {
            return Math.multiplyExact(2, n);
        }

        @Override
        public double[] forward(double[] x, double[] p) {
            double[] y = new double[2 * x.length];
            for (int i = 0; i < x.length; i++) {
                y[i] = x[i] < 0 ? 0 : x[i];
                y[x.length + i] = -x[i] < 0 ? 0 : -x[i];
            }
            return y;
        }

        @Override
        public double[] backward(double[] x, double[] dy, double[] p) {
            double[] dx = new double[x.length];
            for (int i = 0; i < x.length; i++) {
                dx[i] = x[i] > 0 ? dy[i] : x[i] < 0 ? -dy[x.length + i] : 0;
            }
            return dx;
        }
    }

    private static final class MaxoutRow implements AxisOperationDefinition.Row {
        @Override
        public int length(int n, double[] p) {
            int k = (int) p[0];
            if (k != p[0] || n % k != 0) {
                throw new IllegalArgumentException("maxout: an axis of " + n + " has no groups of " + p[0]);
            }
            return n / k;
        }

        @Override
        public double[] forward(double[] x, double[] p) {
            int k = (int) p[0];
            double[] y = new double[x.length / k];
            for (int i = 0; i < y.length; i++) {
                y[i] = maximum(Arrays.copyOfRange(x, i * k, i * k + k));
            }
            return y;
        }

        @Override
        public double[] backward(double[] x, double[] dy, double[] p) {
            int k = (int) p[0];
            double[] dx = new double[x.length];
            for (int i = 0; i < dy.length; i++) {
                dx[firstMaximum(x, i * k, i * k + k)] = dy[i];
            }
            return dx;
        }
    }
}
