package dev.hillock.check;

import dev.hillock.Activation;
import dev.hillock.Engine;
import dev.hillock.accuracy.Accuracy;
import dev.hillock.accuracy.Ulp;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Names;
import dev.hillock.onednn.Dense;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Judges dense layers with gelu behind them, and their gradients, on seeded matrices of many sizes. Their products are
 * summed in an order that is the engine's own, so there are no bits to compare. What is allowed is what float32 may lose
 * in any order: 2^-24 of the sum of the terms' magnitudes for each of the n additions of a sum; of that, what gelu or its
 * slope makes of it; and what gelu itself may lose.
 */
public final class DenseChecker {
    private static final Activation GELU = Activation.gelu();
    private static final Accuracy VALUE = new Accuracy(GELU.function(), Direction.FORWARD, GELU.parameters());
    private static final Accuracy SLOPE = new Accuracy(GELU.function(), Direction.BACKWARD, GELU.parameters());
    // The largest slope of gelu, and of its slope, which is 2 phi(0).
    private static final double STEEPEST = 1.13;
    private static final double BEND = 0.8;
    private static final double ROUNDING = 0x1p-24;
    private static final double UNDERFLOW = 0x1p-149;
    private static final String NAME = "dense_gelu";
    private static final int[] ROWS = {1, 17, 300};
    private static final int[] INPUTS = {1, 5, 130};
    private static final int[] OUTPUTS = {1, 7, 300};

    private DenseChecker() {}

    /** Whether a word names this operation; null names everything. */
    public static boolean names(String word) {
        String wanted = word == null ? null : Names.normal(Names.bare(word));
        return wanted == null || Stream.of("dense_act", NAME).map(Names::normal).anyMatch(wanted::equals);
    }

    /** One result for each direction of a contestant; none for an engine without products. */
    public static List<AxisChecker.Result> run(Contestant contestant) {
        Engine engine = contestant.engine().engine();
        if (engine != Engine.SCALAR && engine != Engine.ONEDNN) {
            return List.of();
        }
        Worst values = new Worst();
        Worst gradients = new Worst();
        for (int rows : ROWS) {
            for (int inputs : INPUTS) {
                for (int outputs : OUTPUTS) {
                    new Layer(Dense.of(inputs, outputs).engine(engine), rows).judge(values, gradients);
                }
            }
        }
        Contestant judged = new Contestant(contestant.engine(), null, true);
        return List.of(values.result(Direction.FORWARD, judged), gradients.result(Direction.BACKWARD, judged));
    }

    private static final class Worst {
        private double share;
        private int length;

        void judge(float got, double exact, double allowed, int terms) {
            double found = Math.abs(got - exact) / allowed;
            if (!(found <= share)) {
                share = Double.isNaN(found) ? Double.POSITIVE_INFINITY : found;
                length = terms;
            }
        }

        AxisChecker.Result result(Direction direction, Contestant contestant) {
            return new AxisChecker.Result(NAME, 1, direction, contestant, share, length, 0, 0, null);
        }
    }

    /** A value and the error that it may have. */
    private record Bounded(double exact, double allowed) {}

    /** A sum of products, whose second factor may have an error of its own. */
    private static final class Sum {
        private int terms;
        private double exact;
        private double magnitudes;
        private double carried;

        void add(double factor, double value, double error) {
            terms++;
            exact += factor * value;
            magnitudes += Math.abs(factor * value);
            carried += Math.abs(factor) * error;
        }

        void add(double factor, Bounded value) {
            add(factor, value.exact(), value.allowed());
        }

        Bounded value() {
            return new Bounded(exact, carried + (terms + 1) * (ROUNDING * (magnitudes + carried) + UNDERFLOW));
        }
    }

    private static final class Layer {
        private final Dense dense;
        private final int rows;
        private final int inputs;
        private final int outputs;
        private final float[] x;
        private final float[] w;
        private final float[] b;
        private final float[] dy;
        private final Bounded[] dz;

        Layer(Dense dense, int rows) {
            this.dense = dense;
            this.rows = rows;
            inputs = dense.inputs();
            outputs = dense.outputs();
            Random random = new Random(31L * (31L * rows + inputs) + outputs);
            x = normal(random, rows * inputs, 1);
            w = normal(random, outputs * inputs, 2 / Math.sqrt(inputs));
            b = normal(random, outputs, 1);
            dy = normal(random, rows * outputs, 1);
            dz = new Bounded[rows * outputs];
        }

        private static float[] normal(Random random, int length, double scale) {
            float[] values = new float[length];
            for (int i = 0; i < length; i++) {
                values[i] = (float) (random.nextGaussian() * scale);
            }
            return values;
        }

        void judge(Worst values, Worst gradients) {
            float[] z = new float[rows * outputs];
            dense.forward(rows, x, w, b, z);
            float[] y = new float[z.length];
            GELU.forward(z, y);
            float[] slopes = new float[z.length];
            GELU.backward(z, dy, slopes);
            for (int i = 0; i < z.length; i++) {
                Bounded sum = sum(i / outputs, i % outputs);
                double value = VALUE.exact((float) sum.exact());
                double allowed = STEEPEST * sum.allowed() + VALUE.allowed((float) sum.exact(), value);
                values.judge(y[i], GELU.function().reference(sum.exact()), allowed, inputs);
                dz[i] = slope(i, sum);
            }
            gradients(slopes, gradients);
        }

        private Bounded sum(int row, int output) {
            Sum z = new Sum();
            for (int i = 0; i < inputs; i++) {
                z.add(x[row * inputs + i], w[output * inputs + i], 0);
            }
            z.add(1, b[output], 0);
            return z.value();
        }

        private Bounded slope(int i, Bounded z) {
            double slope = GELU.function().referenceDerivative(z.exact());
            double error = BEND * z.allowed() + SLOPE.allowed((float) z.exact(), slope);
            double exact = dy[i] * slope;
            return new Bounded(exact, Math.abs(dy[i]) * error + Ulp.unit(exact));
        }

        private void gradients(float[] slopes, Worst worst) {
            float[] dx = new float[rows * inputs];
            dense.backwardInput(rows, w, slopes, dx);
            float[] dw = new float[outputs * inputs];
            dense.backwardWeights(rows, x, slopes, dw);
            float[] db = new float[outputs];
            dense.backwardBias(rows, slopes, db);
            for (int input = 0; input < inputs; input++) {
                for (int row = 0; row < rows; row++) {
                    judgeInput(row, input, dx[row * inputs + input], worst);
                }
                for (int output = 0; output < outputs; output++) {
                    judgeWeight(output, input, dw[output * inputs + input], worst);
                }
            }
            for (int output = 0; output < outputs; output++) {
                judgeBias(output, db[output], worst);
            }
        }

        private void judgeInput(int row, int input, float got, Worst worst) {
            Sum sum = new Sum();
            for (int output = 0; output < outputs; output++) {
                sum.add(w[output * inputs + input], dz[row * outputs + output]);
            }
            judge(got, sum, worst);
        }

        private void judgeWeight(int output, int input, float got, Worst worst) {
            Sum sum = new Sum();
            for (int row = 0; row < rows; row++) {
                sum.add(x[row * inputs + input], dz[row * outputs + output]);
            }
            judge(got, sum, worst);
        }

        private void judgeBias(int output, float got, Worst worst) {
            Sum sum = new Sum();
            for (int row = 0; row < rows; row++) {
                sum.add(1, dz[row * outputs + output]);
            }
            judge(got, sum, worst);
        }

        private static void judge(float got, Sum sum, Worst worst) {
            Bounded value = sum.value();
            worst.judge(got, value.exact(), value.allowed(), sum.terms);
        }
    }
}
