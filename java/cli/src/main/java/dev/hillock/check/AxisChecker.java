package dev.hillock.check;

import dev.hillock.AxisLayout;
import dev.hillock.ElementType;
import dev.hillock.accuracy.Ulp;
import dev.hillock.catalogue.AxisDefinition;
import dev.hillock.catalogue.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Judges functions over an axis on seeded rows of many lengths, along the last axis and along one with neighbours:
 * identical bits in both directions, and forward the error bound of the contract. A row depends on too many inputs for a
 * sweep over all of them.
 */
public final class AxisChecker {
    /**
     * What was found about one engine.
     *
     * @param maxShare the largest error as a share of what is allowed; NaN backward, where the contract has no bound
     * @param worstLength the length of the row where it is
     * @param wrongSpecials elements where NaN is wrong
     * @param differing elements whose bits differ from the first engine's
     * @param hash of all outputs; null where bits are not promised
     */
    public record Result(
            String function,
            double temperature,
            Direction direction,
            Contestant contestant,
            double maxShare,
            int worstLength,
            long wrongSpecials,
            long differing,
            String hash) {
        /** Whether the promises hold; an engine outside the promise of identical bits is reported, not judged. */
        public boolean passed() {
            return !contestant.identical()
                    || !(maxShare > 1) && wrongSpecials == 0 && differing == 0 && !goldenDiffers();
        }

        /** The operation with its parameters. */
        public String title() {
            return function + (temperature == 1 ? "" : "(temperature=" + (float) temperature + ")");
        }

        // Spaces separate the parts of a line.
        private String key() {
            return title().replace(" ", "_") + " " + direction.name().toLowerCase(Locale.ROOT) + " rows";
        }

        /** The recorded hash, or null if there is none. */
        public String golden() {
            return Golden.hash(key());
        }

        /** Whether the outputs are not those that were recorded. */
        public boolean goldenDiffers() {
            return hash != null && golden() != null && !golden().equals(hash);
        }

        /** The line of {@code identity.txt}. */
        public String goldenLine() {
            return key() + " " + hash;
        }
    }

    private static final int[] LENGTHS = IntStream.concat(
                    IntStream.rangeClosed(1, 70), IntStream.of(100, 127, 128, 129, 255, 300, 1000, 4097))
            .toArray();
    private static final int OUTER = 3;
    private static final float[] SPREADS = {0.1f, 3, 50, 10000};
    private static final double[] TEMPERATURES = {1, 0.7};

    private AxisChecker() {}

    /** One result for each temperature, direction and contestant that has the function. */
    public static List<Result> run(AxisDefinition function, List<Contestant> contestants) {
        List<Result> results = new ArrayList<>();
        for (double temperature : TEMPERATURES) {
            for (Direction direction : List.of(Direction.FORWARD, Direction.BACKWARD_FROM_OUTPUT)) {
                List<Contestant> serving = contestants.stream()
                        .filter(c -> c.engine().axis().supports(function, ElementType.FLOAT32, direction))
                        .toList();
                Result first = null;
                for (Contestant contestant : serving) {
                    Judgement judgement =
                            new Judgement(function, (float) temperature, direction, contestant, serving.get(0));
                    first = first == null ? judgement.result(true) : first;
                    results.add(contestant == serving.get(0) ? first : judgement.like(first));
                }
            }
        }
        return results;
    }

    private static final class Judgement {
        private final AxisDefinition function;
        private final double temperature;
        private final Direction direction;
        private final Contestant contestant;
        private final Contestant first;
        private double maxShare;
        private int worstLength;
        private long wrongSpecials;
        private long differing;
        private long hash;
        private long outputs;

        Judgement(
                AxisDefinition function,
                double temperature,
                Direction direction,
                Contestant contestant,
                Contestant first) {
            this.function = function;
            this.temperature = temperature;
            this.direction = direction;
            this.contestant = contestant;
            this.first = first;
        }

        // The same outputs deserve the same judgement; it is the slow part.
        Result like(Result other) {
            Result compared = result(false);
            if (compared.differing() > 0) {
                differing = 0;
                return result(true);
            }
            return new Result(
                    function.name(),
                    temperature,
                    direction,
                    contestant,
                    other.maxShare(),
                    other.worstLength(),
                    other.wrongSpecials(),
                    0,
                    compared.hash());
        }

        Result result(boolean withAccuracy) {
            hash = 0;
            outputs = 0;
            for (int length : LENGTHS) {
                for (float spread : SPREADS) {
                    for (int inner : new int[] {1, 5}) {
                        judge(length, spread, inner, withAccuracy);
                    }
                }
            }
            return new Result(
                    function.name(),
                    temperature,
                    direction,
                    contestant,
                    direction == Direction.FORWARD ? maxShare : Double.NaN,
                    worstLength,
                    wrongSpecials,
                    differing,
                    String.format(Locale.ROOT, "%016x", hash));
        }

        private void judge(int length, float spread, int inner, boolean withAccuracy) {
            AxisLayout layout = AxisLayout.of(new int[] {OUTER, length, inner}, 1);
            float[] x = input(length, spread, inner);
            float[] dy = input(length, 1, inner);
            if (direction != Direction.FORWARD) {
                run(first, Direction.FORWARD, layout, x, dy, x);
            }
            float[] expected = new float[x.length];
            float[] got = new float[x.length];
            run(first, direction, layout, x, dy, expected);
            run(contestant, direction, layout, x, dy, got);
            for (int i = 0; i < x.length; i++) {
                hash += Hash.mix(outputs++ << 32 ^ Hash.canonical(got[i]));
                differing += Hash.canonical(got[i]) == Hash.canonical(expected[i]) ? 0 : 1;
            }
            if (withAccuracy && direction == Direction.FORWARD) {
                for (int row = 0; row < OUTER * inner; row++) {
                    accuracy(x, got, row / inner * length * inner + row % inner, length, inner);
                }
            }
        }

        private void run(Contestant on, Direction way, AxisLayout layout, float[] x, float[] dy, float[] out) {
            on.engine().axis().run(function, ElementType.FLOAT32, way, temperature, layout, x, 0, dy, 0, out, 0);
        }

        private void accuracy(float[] x, float[] y, int start, int length, int stride) {
            double[] row = new double[length];
            double maximum = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < length; i++) {
                row[i] = x[start + i * stride];
                maximum = Math.max(maximum, row[i]);
            }
            double[] exact = function.reference(row, temperature);
            for (int i = 0; i < length; i++) {
                float got = y[start + i * stride];
                if (Float.isNaN(got) || Double.isNaN(exact[i])) {
                    wrongSpecials += Float.isNaN(got) == Double.isNaN(exact[i]) ? 0 : 1;
                    continue;
                }
                double error = got == exact[i] ? 0 : Math.abs(got - exact[i]);
                double share = error / allowed(exact[i], (maximum - row[i]) / temperature);
                if (share > maxShare) {
                    maxShare = share;
                    worstLength = length;
                }
            }
        }

        // softmax: 2 ULP, and the distance to the maximum times 2^-23 of the value; log_softmax: absolute.
        private double allowed(double exact, double distance) {
            return function.name().equals("log_softmax")
                    ? 0x1p-22 * Math.max(1, Math.abs(exact))
                    : 2 * Ulp.unit(exact) + (exact == 0 ? 0 : exact * distance * 0x1p-23);
        }

        // Seeded by its shape, with -Inf, NaN and +Inf in some rows of the widest spread.
        private float[] input(int length, float spread, int inner) {
            Random random = new Random(31L * length + inner);
            float[] x = new float[OUTER * length * inner];
            for (int i = 0; i < x.length; i++) {
                x[i] = (float) random.nextGaussian() * spread;
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
