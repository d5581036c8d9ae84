package dev.hillock.catalogue;

import java.util.List;
import java.util.Locale;

/**
 * The losses that have kernels, in the order of {@code native/core/losses.h}: a constant's place is its number. A kernel's
 * parameters are made of the loss's once per call, in double precision.
 */
public enum LossKernel {
    MSE,
    MAE,
    SMOOTH_L1("beta", "inverse"),
    HUBER("delta"),
    LOG_COSH,
    QUANTILE("q", "below"),
    HINGE("margin"),
    SQUARED_HINGE("margin"),
    HINGE_EMBEDDING("margin"),
    BCE_WITH_LOGITS("keep", "shift"),
    BCE,
    SOFT_MARGIN,
    FOCAL("gamma", "alpha", "other"),
    KL_DIV,
    KL_DIV_LOG,
    POISSON_NLL,
    POISSON_NLL_RATE("eps");

    // The kernel multiplies as often; other exponents go by the formula in double precision.
    private static final int MAX_GAMMA = 8;

    private final List<String> parameters;

    LossKernel(String... parameters) {
        this.parameters = List.of(parameters);
    }

    /** The kernel of a loss with these parameters; null if it has none. */
    public static LossKernel of(LossFunction loss, double[] p) {
        return switch (loss.name()) {
            case "mse" -> MSE;
            case "mae" -> MAE;
            case "smooth_l1" -> SMOOTH_L1;
            case "huber" -> HUBER;
            case "log_cosh" -> LOG_COSH;
            case "quantile" -> QUANTILE;
            case "hinge" -> HINGE;
            case "squared_hinge" -> SQUARED_HINGE;
            case "hinge_embedding" -> HINGE_EMBEDDING;
            case "bce_with_logits", "multilabel_soft_margin" -> BCE_WITH_LOGITS;
            case "bce" -> BCE;
            case "soft_margin" -> SOFT_MARGIN;
            case "focal" -> p[0] == Math.rint(p[0]) && p[0] <= MAX_GAMMA ? FOCAL : null;
            case "kl_div" -> p[0] != 0 ? KL_DIV_LOG : KL_DIV;
            case "poisson_nll" -> p[1] != 0 ? null : p[0] != 0 ? POISSON_NLL : POISSON_NLL_RATE;
            default -> null;
        };
    }

    /** The kernel's parameters, made of the loss's. */
    public double[] parameters(double[] p) {
        return switch (this) {
            case SMOOTH_L1 -> new double[] {p[0], 1 / p[0]};
            case QUANTILE -> new double[] {p[0], p[0] - 1};
            case BCE_WITH_LOGITS -> p.length == 0 ? new double[] {1, 0} : new double[] {1 - p[0], 0.5 * p[0]};
            case FOCAL -> p[1] < 0 ? new double[] {p[0], 1, 1} : new double[] {p[0], p[1], 1 - p[1]};
            case POISSON_NLL_RATE -> new double[] {p[2]};
            case KL_DIV, KL_DIV_LOG, POISSON_NLL -> new double[0];
            default -> p;
        };
    }

    /** Its name in the native library. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How many parameters it takes. */
    public int parameterCount() {
        return parameters.size();
    }

    /** The row that names it in the native library's list, for example {@code 3:huber(delta)}. */
    public String row() {
        return ordinal() + ":" + word() + "(" + String.join(", ", parameters) + ")";
    }
}
