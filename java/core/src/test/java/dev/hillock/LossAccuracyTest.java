package dev.hillock;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.LossFunction;
import dev.hillock.catalogue.LossKernel;
import dev.hillock.catalogue.Losses;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Terms and gradients of the kernels against double precision, within the bound that {@link KernelLoss} states. */
class LossAccuracyTest {
    private static final int LENGTH = 30_000;
    // A difference may lose as much of its larger part.
    private static final double OF_LARGER_PART = 0x1p-23;

    /** A number, and the larger of the two that it is the difference of; 0 where it is none. */
    private record Exact(double value, double part) {}

    static Stream<Loss> losses() {
        Stream<Loss> defaults = Losses.all().stream()
                .filter(f -> f.kind() == LossFunction.Kind.ELEMENTWISE)
                .map(f -> Loss.of(f.name()))
                .filter(loss -> LossKernel.of(loss.function(), loss.parameters()) != null);
        Stream<Loss> others = Stream.of(
                Loss.of("bce_with_logits", Map.of("label_smoothing", 0.1)),
                Loss.of("kl_div", Map.of("log_target", 1)),
                Loss.of("poisson_nll", Map.of("log_input", 0)),
                Loss.of("focal", Map.of("gamma", 0)),
                Loss.of("focal", Map.of("gamma", 5, "alpha", -1)),
                Loss.of("smooth_l1", Map.of("beta", 0.3)),
                Loss.of("huber", Map.of("delta", 0.3)),
                Loss.of("quantile", Map.of("q", 0.9)));
        return Stream.concat(defaults, others);
    }

    @ParameterizedTest
    @MethodSource("losses")
    void termsAndGradientsKeepTheirBound(Loss loss) {
        float[] x = new float[LENGTH];
        float[] t = new float[LENGTH];
        fill(loss, x, t);
        float[] dx = new float[LENGTH];
        float[] terms = new float[LENGTH];
        Kernels scalar = Kernels.builder().engine(Engine.SCALAR).build();
        loss.withReduction(Reduction.NONE).on(scalar).compute(x, null, t, null, null, dx, terms);
        double ulps = loss.function().name().equals("focal") ? 5 + 2.5 * loss.parameters()[0] : 4;
        for (int i = 0; i < LENGTH; i++) {
            check(value(loss, x[i], t[i]), terms[i], ulps, loss, x[i], t[i]);
            check(gradient(loss, x[i], t[i]), dx[i], ulps, loss, x[i], t[i]);
        }
    }

    private static void check(Exact exact, float got, double ulps, Loss loss, float x, float t) {
        double error = Math.abs(got - exact.value);
        double allowed = ulps * Math.ulp((float) exact.value) + OF_LARGER_PART * exact.part + Float.MIN_NORMAL;
        assertTrue(
                error <= allowed,
                () -> loss + " at x = " + x + ", t = " + t + ": " + got + " instead of " + exact.value + ", allowed "
                        + allowed);
    }

    // Predictions near and far, targets hard and soft.
    private static void fill(Loss loss, float[] x, float[] t) {
        String name = loss.function().name();
        boolean signs = loss.function().input().contains("{-1, 1}");
        boolean logTarget = name.equals("kl_div") && loss.parameters()[0] != 0;
        Random random = new Random(11);
        for (int i = 0; i < x.length; i++) {
            float wide = (float) (random.nextGaussian() * Math.exp(random.nextInt(12) - 8));
            x[i] = switch (name) {
                case "bce" ->
                    i % 5 == 0
                            ? 1 - (float) Math.exp(-20 * random.nextFloat())
                            : i % 5 == 1 ? (float) Math.exp(-100 * random.nextFloat()) : random.nextFloat();
                case "kl_div" -> -Math.abs(wide);
                case "poisson_nll" -> loss.parameters()[0] == 0 ? Math.abs(wide) : Math.min(wide, 80);
                default -> wide;
            };
            float soft = i % 3 == 0 ? random.nextInt(2) : random.nextFloat();
            t[i] = signs ? 2 * random.nextInt(2) - 1 : logTarget ? -20 * soft : soft;
        }
    }

    private static Exact value(Loss loss, double x, double t) {
        double[] p = loss.parameters();
        double value = loss.function().value(x, t, p);
        return switch (loss.function().name()) {
            case "bce_with_logits" -> new Exact(value, p[0] == 0 ? 0 : Math.abs(x));
            case "kl_div" ->
                new Exact(value, p[0] != 0 || t == 0 ? 0 : t * Math.max(Math.abs(Math.log(t)), Math.abs(x)));
            case "poisson_nll" ->
                new Exact(
                        value,
                        p[0] == 0 ? x + Math.abs(t * Math.log(x + p[2])) : Math.max(Math.exp(x), Math.abs(t * x)));
            // In double precision the catalogue's form cancels too.
            case "log_cosh" ->
                new Exact(Math.abs(x - t) < 1 ? Math.log1p(2 * Math.pow(Math.sinh((x - t) / 2), 2)) : value, 0);
            default -> new Exact(value, 0);
        };
    }

    private static Exact gradient(Loss loss, double x, double t) {
        double[] p = loss.parameters();
        double gradient = loss.function().gradient(x, t, p);
        return switch (loss.function().name()) {
            case "bce_with_logits" -> {
                double s = t * (1 - p[0]) + 0.5 * p[0];
                // The smoothed target is rounded itself.
                yield p[0] == 0 ? sigmoidMinus(x, t) : new Exact(sigmoidMinus(x, s).value, s);
            }
            case "focal" -> {
                Exact slope = sigmoidMinus(x, t);
                double share = p[1] < 0 ? 1 : p[1] * t + (1 - p[1]) * (1 - t);
                double miss = t * sigmoid(-x) + (1 - t) * sigmoid(x);
                double bce = Losses.loss("bce_with_logits").value(x, t, 0);
                double turn = p[0] * Math.pow(miss, p[0] - 1) * (1 - 2 * t) * sigmoid(x) * sigmoid(-x);
                double power = Math.pow(miss, p[0]);
                yield new Exact(
                        share * (turn * bce + power * slope.value),
                        share * (Math.abs(turn * bce) + power * slope.part) * (1 + p[0]));
            }
            case "poisson_nll" ->
                new Exact(gradient, p[0] == 0 ? Math.max(1, t / (x + p[2])) : Math.max(Math.exp(x), t));
            default -> new Exact(gradient, 0);
        };
    }

    // As (1 - s) sigmoid(x) - s sigmoid(-x), which does not cancel for s = 0 and s = 1.
    private static Exact sigmoidMinus(double x, double s) {
        double above = (1 - s) * sigmoid(x);
        double below = s * sigmoid(-x);
        return new Exact(above - below, above == 0 || below == 0 ? 0 : Math.max(above, below));
    }

    private static double sigmoid(double x) {
        return Catalogue.function("sigmoid").reference(x);
    }
}
