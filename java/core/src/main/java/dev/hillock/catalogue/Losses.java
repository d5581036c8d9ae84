package dev.hillock.catalogue;

import static dev.hillock.catalogue.LossFunction.Kind.CLASSES;
import static dev.hillock.catalogue.LossFunction.Kind.ELEMENTWISE;
import static dev.hillock.catalogue.LossFunction.Kind.ROWS;
import static java.lang.Math.abs;
import static java.lang.Math.exp;
import static java.lang.Math.log;
import static java.lang.Math.log1p;
import static java.lang.Math.max;
import static java.lang.Math.pow;
import static java.lang.Math.signum;
import static java.lang.Math.tanh;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The losses, one entry each: the only place that knows what each of them means. Conventions are PyTorch's. Formulas are
 * in double precision and in the form that stays finite for logits of any size.
 */
public final class Losses {
    // PyTorch's bound on each logarithm, and on the product of a probability and its complement.
    private static final double LOG_CLAMP = -100;
    private static final double PRODUCT_CLAMP = 1e-12;
    private static final double LN_2 = log(2);
    private static final double KERAS_EPSILON = 1e-7;

    private static final List<LossFunction> LOSSES = new ArrayList<>();

    static {
        define("bce_with_logits", ELEMENTWISE)
                .alias("binary_cross_entropy_with_logits", "sigmoid_bce", "BCEWithLogitsLoss")
                .share("label_smoothing", 0)
                .value((z, t, p) -> bce(z, smooth(t, p[0])))
                .gradient((z, t, p) -> References.sigmoid(z) - smooth(t, p[0]))
                .text("logits", "max(z, 0) - z t + ln(1 + e^-|z|)", "s(z) - t");
        define("bce", ELEMENTWISE)
                .alias("binary_cross_entropy", "BCELoss")
                .value((p, t, o) -> -t * max(log(p), LOG_CLAMP) - (1 - t) * max(log1p(-p), LOG_CLAMP))
                .gradient((p, t, o) -> (p - t) / max(p * (1 - p), PRODUCT_CLAMP))
                .text("probabilities", "-t ln p - (1 - t) ln(1 - p)", "(p - t) / (p (1 - p))");
        define("cross_entropy", CLASSES)
                .alias("softmax_cross_entropy", "CrossEntropyLoss", "mcxent")
                .ignoreIndex()
                .share("label_smoothing", 0)
                .text("logits", "logsumexp(z) - z_t", "softmax(z) - t");
        define("nll", CLASSES)
                .alias("nll_loss", "NLLLoss")
                .ignoreIndex()
                .text("log-probabilities", "-w_t x_t", "-w_t at t");
        define("kl_div", ELEMENTWISE)
                .alias("kl_divergence", "KLDivLoss")
                .flag("log_target", 0)
                .value((x, t, p) -> p[0] != 0 ? exp(t) * (t - x) : t == 0 ? 0 : t * (log(t) - x))
                .gradient((x, t, p) -> p[0] != 0 ? -exp(t) : -t)
                .text("log-probabilities", "t (ln t - x)", "-t");
        define("mse", ELEMENTWISE)
                .alias("mse_loss", "MSELoss", "mean_squared_error", "squared_loss", "l2")
                .value((x, t, p) -> (x - t) * (x - t))
                .gradient((x, t, p) -> 2 * (x - t))
                .text("any", "(x - t)^2", "2 (x - t)");
        define("mae", ELEMENTWISE)
                .alias("l1", "l1_loss", "L1Loss", "mean_absolute_error")
                .value((x, t, p) -> abs(x - t))
                .gradient((x, t, p) -> signum(x - t))
                .text("any", "|x - t|", "sign(x - t)");
        define("smooth_l1", ELEMENTWISE)
                .alias("smooth_l1_loss", "SmoothL1Loss")
                .parameterFrom(0, "beta", 1)
                .value((x, t, p) -> abs(x - t) < p[0] ? (x - t) * (x - t) / (2 * p[0]) : abs(x - t) - p[0] / 2)
                .gradient((x, t, p) -> abs(x - t) < p[0] ? (x - t) / p[0] : signum(x - t))
                .text("any", "d^2 / (2 beta) if |d| < beta else |d| - beta/2, d = x - t", "d / beta or sign d");
        define("huber", ELEMENTWISE)
                .alias("huber_loss", "HuberLoss")
                .parameter("delta", 1)
                .requires("parameter delta must be above 0", p -> p[0] > 0)
                .value((x, t, p) -> abs(x - t) <= p[0] ? 0.5 * (x - t) * (x - t) : p[0] * (abs(x - t) - p[0] / 2))
                .gradient((x, t, p) -> abs(x - t) <= p[0] ? x - t : p[0] * signum(x - t))
                .text("any", "d^2/2 if |d| <= delta else delta (|d| - delta/2), d = x - t", "d or delta sign d");
        define("log_cosh", ELEMENTWISE)
                .alias("logcosh")
                .value((x, t, p) -> abs(x - t) + log1p(exp(-2 * abs(x - t))) - LN_2)
                .gradient((x, t, p) -> tanh(x - t))
                .text("any", "|d| + ln(1 + e^(-2|d|)) - ln 2, d = x - t", "tanh d");
        define("hinge", ELEMENTWISE)
                .parameter("margin", 1)
                .value((x, t, p) -> max(0, p[0] - t * x))
                .gradient((x, t, p) -> t * x < p[0] ? -t : 0)
                .text("scores, t in {-1, 1}", "max(0, margin - t x)", "-t if t x < margin else 0");
        define("squared_hinge", ELEMENTWISE)
                .parameter("margin", 1)
                .value((x, t, p) -> max(0, p[0] - t * x) * max(0, p[0] - t * x))
                .gradient((x, t, p) -> -2 * t * max(0, p[0] - t * x))
                .text("scores, t in {-1, 1}", "max(0, margin - t x)^2", "-2 t max(0, margin - t x)");
        define("multi_margin", CLASSES)
                .alias("multi_margin_loss", "MultiMarginLoss")
                .parameter("p", 1)
                .requires("parameter p must be 1 or 2", p -> p[0] == 1 || p[0] == 2)
                .parameter("margin", 1)
                .text("scores", "sum over i != t of max(0, margin - x_t + x_i)^p / K", "0 at the kink");
        define("hinge_embedding", ELEMENTWISE)
                .alias("hinge_embedding_loss", "HingeEmbeddingLoss")
                .parameter("margin", 1)
                .value((x, t, p) -> t == 1 ? x : max(0, p[0] - x))
                .gradient((x, t, p) -> t == 1 ? 1 : x < p[0] ? -1 : 0)
                .text("distances, t in {-1, 1}", "x if t = 1 else max(0, margin - x)", "1, or -1 below the margin");
        define("soft_margin", ELEMENTWISE)
                .alias("soft_margin_loss", "SoftMarginLoss")
                .value((x, t, p) -> References.softplus(-t * x))
                .gradient((x, t, p) -> -t * References.sigmoid(-t * x))
                .text("scores, t in {-1, 1}", "ln(1 + e^(-t x))", "-t s(-t x)");
        define("multilabel_soft_margin", ROWS)
                .alias("multilabel_soft_margin_loss", "MultiLabelSoftMarginLoss")
                .value((z, t, p) -> bce(z, t))
                .gradient((z, t, p) -> References.sigmoid(z) - t)
                .text("logits", "mean over the classes of bce_with_logits", "(s(z) - t) / K");
        define("focal", ELEMENTWISE)
                .alias("sigmoid_focal_loss", "focal_loss", "BinaryFocalCrossentropy")
                .parameterFrom(0, "gamma", 2)
                .parameter("alpha", 0.25)
                .requires("parameter alpha must be at most 1", p -> p[1] <= 1)
                .value(Losses::focal)
                .gradient(Losses::focalGradient)
                .text("logits", "alpha_t (1 - p_t)^gamma bce", "by the product rule");
        define("poisson_nll", ELEMENTWISE)
                .alias("poisson", "PoissonNLLLoss")
                .flag("log_input", 1)
                .flag("full", 0)
                .parameterFrom(0, "eps", 1e-8)
                .value((x, t, p) -> (p[0] != 0 ? exp(x) - t * x : x - t * log(x + p[2])) + stirling(t, p[1]))
                .gradient((x, t, p) -> p[0] != 0 ? exp(x) - t : 1 - t / (x + p[2]))
                .text("log-rates", "e^x - t x", "e^x - t");
        define("gaussian_nll", ELEMENTWISE)
                .alias("GaussianNLLLoss")
                .flag("full", 0)
                .parameterFrom(0, "eps", 1e-6)
                .text("means, with variances beside them", "(ln v + (x - t)^2 / v) / 2", "(x - t) / v");
        define("quantile", ELEMENTWISE)
                .alias("pinball", "QuantileL1Loss")
                .share("q", 0.5)
                .value((x, t, p) -> max(p[0] * (t - x), (p[0] - 1) * (t - x)))
                .gradient((x, t, p) -> t > x ? -p[0] : t < x ? 1 - p[0] : 0)
                .text("any", "max(q d, (q - 1) d), d = t - x", "-q above, 1 - q below");
        define("mape", ELEMENTWISE)
                .alias("mean_absolute_percentage_error")
                .parameterFrom(0, "eps", KERAS_EPSILON)
                .value((x, t, p) -> 100 * abs(t - x) / max(abs(t), p[0]))
                .gradient((x, t, p) -> 100 * signum(x - t) / max(abs(t), p[0]))
                .text("any", "100 |(t - x) / t|", "100 sign(x - t) / |t|");
        define("msle", ELEMENTWISE)
                .alias("mean_squared_logarithmic_error")
                .parameterFrom(0, "eps", KERAS_EPSILON)
                .value((x, t, p) -> pow(log1p(max(t, p[0] - 1)) - log1p(max(x, p[0] - 1)), 2))
                .gradient((x, t, p) ->
                        x < p[0] - 1 ? 0 : 2 * (log1p(max(x, p[0] - 1)) - log1p(max(t, p[0] - 1))) / (1 + x))
                .text("above -1", "(ln(1 + t) - ln(1 + x))^2", "2 (ln(1 + x) - ln(1 + t)) / (1 + x)");
        define("cosine", ROWS)
                .alias("cosine_similarity", "cosine_proximity")
                .parameterFrom(0, "eps", KERAS_EPSILON)
                .text("any", "1 - x.t / (|x| |t|)", "(cos x/|x| - t/|t|) / |x|");
    }

    private Losses() {}

    private static LossFunction define(String name, LossFunction.Kind kind) {
        LossFunction loss = new LossFunction(name, kind);
        LOSSES.add(loss);
        return loss;
    }

    /** Every loss, in the catalogue's order. */
    public static List<LossFunction> all() {
        return Collections.unmodifiableList(LOSSES);
    }

    /**
     * The loss of a name or alias, read as {@link Names} does.
     *
     * @throws NoSuchElementException naming the nearest known one if there is no such loss
     */
    public static LossFunction loss(String name) {
        String wanted = Names.normal(name);
        for (LossFunction loss : LOSSES) {
            if (loss.names().anyMatch(known -> Names.normal(known).equals(wanted))) {
                return loss;
            }
        }
        throw Kind.unknown("loss", name, LOSSES.stream().flatMap(LossFunction::names));
    }

    // Keras's smoothing of binary targets, towards one half.
    private static double smooth(double t, double smoothing) {
        return t * (1 - smoothing) + 0.5 * smoothing;
    }

    private static double bce(double z, double t) {
        return max(z, 0) - z * t + log1p(exp(-abs(z)));
    }

    private static double focal(double z, double t, double[] p) {
        double miss = t * References.sigmoid(-z) + (1 - t) * References.sigmoid(z);
        return share(t, p[1]) * pow(miss, p[0]) * bce(z, t);
    }

    // d miss / dz = (1 - 2t) s(z) s(-z); d bce / dz = s(z) - t.
    private static double focalGradient(double z, double t, double[] p) {
        double s = References.sigmoid(z);
        double complement = References.sigmoid(-z);
        double miss = t * complement + (1 - t) * s;
        double slope = p[0] == 0 || miss == 0 ? 0 : p[0] * pow(miss, p[0] - 1) * (1 - 2 * t) * s * complement;
        return share(t, p[1]) * (slope * bce(z, t) + pow(miss, p[0]) * (s - t));
    }

    // A negative alpha switches the weighting of the two classes off, as in torchvision.
    private static double share(double t, double alpha) {
        return alpha < 0 ? 1 : alpha * t + (1 - alpha) * (1 - t);
    }

    private static double stirling(double t, double full) {
        return full == 0 || t <= 1 ? 0 : t * log(t) - t + 0.5 * log(2 * Math.PI * t);
    }
}
