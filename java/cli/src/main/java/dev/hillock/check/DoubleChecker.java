package dev.hillock.check;

import dev.hillock.Activation;
import dev.hillock.ElementType;
import dev.hillock.catalogue.Decimal;
import dev.hillock.catalogue.DecimalFunctions;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;
import dev.hillock.engine.Engines;
import dev.hillock.engine.KernelEngine;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Judges the kernels for doubles on a seeded sample: all engines' bits and one hash over {@link #INPUTS} inputs, and the
 * error of every {@link #SHARE}th of them against sixty digits. From the output only the bits are judged. Where a function
 * has no kernels, the formula that serves it is judged alone.
 */
public final class DoubleChecker {
    /** How many inputs a case has. */
    public static final int INPUTS = 1 << 14;

    /** One of so many is judged against sixty digits. */
    static final int SHARE = 32;

    // The word for the sample in identity.txt.
    private static final String SAMPLE = "float64";
    private static final double FORWARD_ULP = 2;
    private static final double SLOPE_ULP = 4;
    // As Accuracy has it for floats, in the same share of the last place.
    private static final double ROOT_DISTANCE = 0x1p-3;
    private static final double ROOT_SHARE = 0x1p-52;
    private static final int ROOT_SAMPLES = 64;
    private static final double[] SPECIAL = {
        0,
        Double.MIN_VALUE,
        Double.MIN_NORMAL,
        0.5,
        1,
        3,
        6,
        20,
        40,
        700,
        709.78,
        745,
        746,
        1e10,
        1e154,
        1e300,
        Double.MAX_VALUE,
        Double.POSITIVE_INFINITY,
        Double.NaN
    };

    private final Case tested;
    private final Function function;
    private final double[] parameters;
    private final double[] x = inputs();
    private final double[] ones = new double[INPUTS];

    private DoubleChecker(Case tested) {
        this.tested = tested;
        this.function = tested.activation().function();
        this.parameters = tested.activation().parameters(ElementType.FLOAT64);
        Arrays.fill(ones, 1);
    }

    /** The cases of the functions that have kernels for doubles, or none at all: then the formula serves. */
    public static List<Case> cases(List<Activation> activations) {
        return activations.stream()
                .filter(f -> Engines.hasKernels(f.function(), ElementType.FLOAT64) || Checker.isFormula(f.function()))
                .flatMap(f -> Checker.cases(f).stream())
                .map(c -> new Case(c.activation(), c.direction(), ElementType.FLOAT64))
                .toList();
    }

    /** One result for each contestant that has the function; the errors are those of the first. */
    public static List<Result> run(Case tested, List<Contestant> contestants) {
        return new DoubleChecker(tested).results(contestants);
    }

    // Special points and their neighbours; then by turns any bits at all, and magnitudes from 2^-5 to 2^10.
    private static double[] inputs() {
        double[] x = new double[INPUTS];
        int next = 0;
        for (double point : SPECIAL) {
            for (double near : new double[] {Math.nextDown(point), point, Math.nextUp(point)}) {
                x[next++] = near;
                x[next++] = -near;
            }
        }
        for (int i = next; i < INPUTS; i++) {
            long random = Hash.mix(i);
            long bend = (1018 + Long.remainderUnsigned(random >>> 52, 15)) << 52 | random & 0x800fffffffffffffL;
            x[i] = Double.longBitsToDouble((i & 1) == 0 ? random : bend);
        }
        return x;
    }

    private List<Result> results(List<Contestant> contestants) {
        List<Contestant> candidates = Checker.isFormula(function) ? List.of(Contestant.formula()) : contestants;
        List<Contestant> serving = candidates.stream()
                .filter(c -> c.engine().supports(function, ElementType.FLOAT64, tested.direction(), parameters))
                .toList();
        List<Result> results = new ArrayList<>();
        if (serving.isEmpty()) {
            return results;
        }
        if (tested.direction() == Direction.BACKWARD_FROM_OUTPUT) {
            System.arraycopy(outputs(serving.get(0).engine(), Direction.FORWARD), 0, x, 0, INPUTS);
        }
        double[] first = outputs(serving.get(0).engine(), tested.direction());
        Judgement judgement = judge(first);
        for (Contestant contestant : serving) {
            double[] got = outputs(contestant.engine(), tested.direction());
            long differing = 0;
            double differingInput = Double.NaN;
            for (int i = 0; i < INPUTS; i++) {
                if (Double.doubleToLongBits(got[i]) != Double.doubleToLongBits(first[i]) && differing++ == 0) {
                    differingInput = x[i];
                }
            }
            String hash = String.format(Locale.ROOT, "%016x", hash(got));
            results.add(new Result(
                    tested,
                    contestant,
                    judgement.maxUlp,
                    judgement.worstInput,
                    tested.direction() == Direction.FORWARD ? FORWARD_ULP : SLOPE_ULP,
                    judgement.maxRootShare,
                    judgement.worstRootInput,
                    judgement.wrongSpecials,
                    judgement.wrongSpecial,
                    differing,
                    differingInput,
                    hash,
                    Golden.hash(tested, SAMPLE),
                    Golden.line(tested, SAMPLE, hash)));
        }
        return results;
    }

    private double[] outputs(KernelEngine engine, Direction direction) {
        double[] out = new double[INPUTS];
        engine.eltwise(function, ElementType.FLOAT64, direction, parameters, x, 0, ones, 0, out, 0, INPUTS);
        return out;
    }

    private static long hash(double[] y) {
        long hash = 0;
        for (double value : y) {
            hash = Hash.mix(Long.rotateLeft(hash, 5) ^ Double.doubleToLongBits(value));
        }
        return hash;
    }

    private static final class Judgement {
        private double maxUlp = Double.NaN;
        private double worstInput = Double.NaN;
        private double maxRootShare;
        private double worstRootInput = Double.NaN;
        private long wrongSpecials;
        private double wrongSpecial = Double.NaN;
    }

    private Judgement judge(double[] y) {
        Judgement judgement = new Judgement();
        if (tested.direction() == Direction.BACKWARD_FROM_OUTPUT) {
            return judgement;
        }
        boolean forward = tested.direction() == Direction.FORWARD;
        for (int i = 0; i < INPUTS; i++) {
            if (isWrongSpecial(y[i], near(x[i])) && judgement.wrongSpecials++ == 0) {
                judgement.wrongSpecial = x[i];
            }
        }
        double largest = forward ? Double.NaN : largestSlope();
        boolean hasDigits = DecimalFunctions.of(function.name()) != null;
        List<Finding> findings = IntStream.range(0, INPUTS)
                .filter(i -> i < 6 * SPECIAL.length || i % (2 * SHARE) < 2)
                .filter(i ->
                        Double.isFinite(x[i]) && Double.isFinite(y[i]) && (hasDigits || Double.isFinite(near(x[i]))))
                .parallel()
                .mapToObj(i -> finding(x[i], y[i]))
                .toList();
        for (Finding finding : findings) {
            double root = forward ? Double.NaN : function.slopeRootNear(finding.input, parameters);
            if (Math.abs(finding.input - root) <= ROOT_DISTANCE) {
                double share = finding.error / (ROOT_SHARE * largest);
                if (share > judgement.maxRootShare) {
                    judgement.maxRootShare = share;
                    judgement.worstRootInput = finding.input;
                }
            } else if (!(finding.ulps <= judgement.maxUlp)) {
                judgement.maxUlp = finding.ulps;
                judgement.worstInput = finding.ulps == 0 ? Double.NaN : finding.input;
            }
        }
        return judgement;
    }

    // The catalogue's formula in double precision; infinite where only the way to a result is.
    private double near(double input) {
        return tested.direction() == Direction.FORWARD
                ? function.reference(input, parameters)
                : function.referenceDerivative(input, parameters);
    }

    // NaN where there is a value, or a value where there is none; another infinity; a zero of the other sign.
    private static boolean isWrongSpecial(double got, double near) {
        if (Double.isNaN(got) || Double.isNaN(near)) {
            return Double.isNaN(got) != Double.isNaN(near);
        }
        return Double.isInfinite(got) && got * near <= 0
                || got == 0 && near == 0 && Math.copySign(1, got) != Math.copySign(1, near);
    }

    private record Finding(double input, double error, double ulps) {}

    private Finding finding(double input, double got) {
        BigDecimal exact = exact(input);
        BigDecimal error = new BigDecimal(got).subtract(exact, Decimal.DIGITS).abs();
        return new Finding(
                input,
                error.doubleValue(),
                error.divide(unit(exact), Decimal.DIGITS).doubleValue());
    }

    // Where a kernel compares, adds and multiplies, the catalogue's formula in double precision does no less.
    private BigDecimal exact(double input) {
        DecimalFunctions.Pair pair = DecimalFunctions.of(function.name());
        if (pair == null) {
            return new BigDecimal(near(input));
        }
        return (tested.direction() == Direction.FORWARD ? pair.value() : pair.slope())
                .at(new BigDecimal(input), DecimalFunctions.parameters(parameters));
    }

    // The unit of the last place of an exact value, which may round up to a power of two.
    private static BigDecimal unit(BigDecimal exact) {
        double near = Math.min(Math.abs(exact.doubleValue()), Double.MAX_VALUE);
        boolean roundedUp = near > 0 && new BigDecimal(near).compareTo(exact.abs()) > 0;
        return new BigDecimal(Math.ulp(roundedUp ? Math.nextDown(near) : near));
    }

    private double largestSlope() {
        double root = function.slopeRootNear(0, parameters);
        return IntStream.rangeClosed(-ROOT_SAMPLES, ROOT_SAMPLES)
                .mapToDouble(i -> Math.abs(function.referenceDerivative(root + 0.5 * i / ROOT_SAMPLES, parameters)))
                .max()
                .orElseThrow();
    }
}
