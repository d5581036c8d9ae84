package dev.hillock.lab.train;

/** What training makes small: the mean loss of a mini-batch, with its gradient. */
public interface Objective {
    /**
     * The mean loss of predictions [rows, outputs] for a batch.
     *
     * @param prediction read
     * @param gradient written: d loss / d prediction
     * @throws IllegalArgumentException if the batch has labels where targets are needed, or the reverse
     */
    double valueAndGradient(Batch batch, int outputs, float[] prediction, float[] gradient);

    /** Softmax and cross-entropy together, from logits and labels: never put a softmax before it. */
    static Objective crossEntropy() {
        return new CrossEntropy();
    }

    /** (x - t)^2. */
    static Objective meanSquared() {
        return new Elementwise((x, t) -> (x - t) * (x - t), (x, t) -> 2 * (x - t));
    }

    /** |x - t|. */
    static Objective meanAbsolute() {
        return new Elementwise((x, t) -> Math.abs(x - t), (x, t) -> Math.signum(x - t));
    }

    /** Half the square up to delta, linear beyond. */
    static Objective huber(double delta) {
        return new Elementwise(
                (x, t) -> {
                    double d = Math.abs(x - t);
                    return d <= delta ? d * d / 2 : delta * (d - delta / 2);
                },
                (x, t) -> Math.max(-delta, Math.min(delta, x - t)));
    }

    /** Binary cross-entropy from logits: never put a sigmoid before it. */
    static Objective binaryCrossEntropyWithLogits() {
        return new Elementwise(
                (z, t) -> Math.max(z, 0) - z * t + StrictMath.log1p(StrictMath.exp(-Math.abs(z))),
                (z, t) -> sigmoid(z) - t);
    }

    /** Binary cross-entropy from probabilities, behind a sigmoid; each logarithm is cut off at -100. */
    static Objective binaryCrossEntropy() {
        return new Elementwise(
                (p, t) -> -t * Math.max(-100, StrictMath.log(p)) - (1 - t) * Math.max(-100, StrictMath.log1p(-p)),
                (p, t) -> (p - t) / Math.max(p * (1 - p), 1e-12));
    }

    private static double sigmoid(double z) {
        double e = StrictMath.exp(-Math.abs(z));
        return (z >= 0 ? 1 : e) / (1 + e);
    }
}
