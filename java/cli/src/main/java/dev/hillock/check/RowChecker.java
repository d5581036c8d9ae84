package dev.hillock.check;

import dev.hillock.Engine;
import dev.hillock.Kernels;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Judges the operations over an axis beside softmax, the parametric ReLU, the gated units and the activations fused with a
 * bias, a sum, or scale and shift, on seeded rows of many lengths, as {@link AxisChecker} does softmax: identical bits in both directions, and errors against the operation in double precision on
 * the {@code REFERENCE} engine.
 */
public final class RowChecker {
    private static final int[] LENGTHS = {1, 2, 3, 6, 15, 16, 17, 33, 63, 64, 66, 129, 300, 1000, 4098};
    private static final float[] SPREADS = {0.1f, 3, 50, 10000};
    private static final int OUTER = 3;

    private RowChecker() {}

    /** The operations that a word names, whatever their parameters; all for null. */
    public static List<String> names(String word) {
        String wanted = word == null ? null : Names.normal(Names.bare(word));
        return RowOperation.all().stream()
                .filter(operation -> wanted == null
                        || operation.names().anyMatch(name -> Names.normal(name).equals(wanted)))
                .map(RowOperation::name)
                .toList();
    }

    /** One result for each direction and identical contestant. */
    public static List<AxisChecker.Result> run(String name, List<Contestant> contestants) {
        RowOperation operation = RowOperation.all().stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow();
        List<AxisChecker.Result> results = new ArrayList<>();
        for (Direction direction : List.of(Direction.FORWARD, Direction.BACKWARD)) {
            List<float[]> first = null;
            for (Contestant contestant : contestants) {
                if (contestant.identical() && operation.isOn(contestant.engine())) {
                    Judgement judgement = new Judgement(operation, direction, contestant);
                    judgement.run(first);
                    first = first == null ? judgement.outputs : first;
                    results.add(judgement.result());
                }
            }
        }
        return results;
    }

    private static final class Judgement {
        private final RowOperation operation;
        private final boolean forward;
        private final Contestant contestant;
        private final Kernels kernels;
        private final Kernels reference =
                Kernels.builder().engine(Engine.REFERENCE).build();
        private final List<float[]> outputs = new ArrayList<>();
        private double maxShare;
        private int worstLength;
        private long wrongSpecials;
        private long differing;
        private long hash;

        Judgement(RowOperation operation, Direction direction, Contestant contestant) {
            this.operation = operation;
            this.forward = direction == Direction.FORWARD;
            this.contestant = contestant;
            this.kernels = Kernels.builder().engine(contestant.engine()).build();
        }

        AxisChecker.Result result() {
            Direction direction = forward ? Direction.FORWARD : Direction.BACKWARD;
            return new AxisChecker.Result(
                    operation.name(),
                    1,
                    direction,
                    contestant,
                    maxShare,
                    worstLength,
                    wrongSpecials,
                    differing,
                    String.format(Locale.ROOT, "%016x", hash));
        }

        // first: the outputs of the engine that the bits are compared with; null on that engine itself.
        void run(List<float[]> first) {
            for (int length : LENGTHS) {
                int multiple = operation.multiple();
                int usable = (length + multiple - 1) / multiple * multiple;
                for (float spread : SPREADS) {
                    for (int inner : new int[] {1, 5}) {
                        judge(first, new int[] {OUTER, usable, inner}, spread);
                    }
                }
            }
        }

        private void judge(List<float[]> first, int[] shape, float spread) {
            float[] x = input(shape, spread);
            int outputs = 1;
            for (int size : operation.outputShape(shape)) {
                outputs *= size;
            }
            float[] dy = new float[outputs];
            Random random = new Random(outputs);
            for (int i = 0; i < dy.length; i++) {
                dy[i] = (float) random.nextGaussian();
            }
            float[] got = forward ? operation.forward(kernels, x, shape) : operation.backward(kernels, x, dy, shape);
            float[] expected = first == null ? got : first.get(this.outputs.size());
            this.outputs.add(got);
            for (int i = 0; i < got.length; i++) {
                int bits = Hash.canonical(got[i]);
                hash += Hash.mix((long) this.outputs.size() << 48 ^ (long) i << 32 ^ bits);
                differing += bits == Hash.canonical(expected[i]) ? 0 : 1;
            }
            if (first == null || differing > 0) {
                accuracy(x, dy, shape, got);
            }
        }

        private void accuracy(float[] x, float[] dy, int[] shape, float[] got) {
            double[] exact = forward
                    ? operation.forward(reference, wide(x), shape)
                    : operation.backward(reference, wide(x), wide(dy), shape);
            double[] distances = new double[x.length];
            double[] magnitudes = new double[x.length];
            distances(x, shape, distances, magnitudes);
            RowErrors rows = new RowErrors(x, shape, distances, magnitudes);
            double[] allowed = forward
                    ? operation.allowedValues(rows, exact)
                    : operation.allowedGradient(rows, operation.forward(reference, wide(x), shape), dy, exact);
            for (int i = 0; i < got.length; i++) {
                if (allowed[i] == RowOperation.ANY) {
                    continue;
                }
                if (Float.isNaN(got[i]) || Double.isNaN(exact[i])) {
                    wrongSpecials += Float.isNaN(got[i]) == Double.isNaN(exact[i]) ? 0 : 1;
                    continue;
                }
                double error = got[i] == exact[i] || got[i] == (float) exact[i] && Float.isInfinite(got[i])
                        ? 0
                        : Math.abs(got[i] - exact[i]);
                double share = error == 0 ? 0 : error / allowed[i];
                if (share > maxShare) {
                    maxShare = share;
                    worstLength = shape[1];
                }
            }
        }

        // How far each x is from the extreme of its row on the side of softmax or softmin.
        private void distances(float[] x, int[] shape, double[] distances, double[] magnitudes) {
            double sign = operation.name().startsWith("softmin") ? -1 : 1;
            double temperature = operation.name().contains("temperature=0.7") ? 0.7f : 1;
            for (int row = 0; row < shape[0] * shape[2]; row++) {
                int start = row / shape[2] * shape[1] * shape[2] + row % shape[2];
                double maximum = Double.NEGATIVE_INFINITY;
                double magnitude = 0;
                for (int i = 0; i < shape[1]; i++) {
                    maximum = Math.max(maximum, sign * x[start + i * shape[2]]);
                    magnitude = Math.max(magnitude, Math.abs(x[start + i * shape[2]]));
                }
                for (int i = 0; i < shape[1]; i++) {
                    distances[start + i * shape[2]] = (maximum - sign * x[start + i * shape[2]]) / temperature;
                    magnitudes[start + i * shape[2]] = Double.isInfinite(magnitude) ? 1e6 : magnitude;
                }
            }
        }

        private static double[] wide(float[] values) {
            double[] wide = new double[values.length];
            for (int i = 0; i < wide.length; i++) {
                wide[i] = values[i];
            }
            return wide;
        }

        // Seeded by its shape, with -Inf, NaN and +Inf in some rows of the widest spread, zeros of both signs and ties.
        private float[] input(int[] shape, float spread) {
            Random random = new Random(31L * shape[1] + shape[2]);
            float[] x = new float[shape[0] * shape[1] * shape[2]];
            for (int i = 0; i < x.length; i++) {
                x[i] = i % 13 == 5 ? i % 2 == 0 ? 0f : -0f : (float) random.nextGaussian() * spread;
                x[i] = i % 17 == 9 ? x[i - 1] : x[i];
            }
            if (spread == SPREADS[SPREADS.length - 1]) {
                x[0] = Float.NEGATIVE_INFINITY;
                x[x.length / 2] = Float.NaN;
                x[x.length - 1] = Float.POSITIVE_INFINITY;
            }
            return x;
        }
    }
}
