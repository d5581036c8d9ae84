package dev.hillock.catalogue;

import java.util.List;
import java.util.Optional;

/** The fused operations: what surrounds an activation, done in the same pass over memory. */
public final class FusedCatalogue {
    /**
     * One operation.
     *
     * @param name its name in lower snake case
     * @param formula what it computes
     * @param derivative what goes backward
     * @param served the class of the API that has it
     */
    public record Operation(String name, String formula, String derivative, String served) {
        /** What it costs an element around gelu, in times of relu, where that was measured. */
        public Optional<Cost> relativeCost() {
            return Cost.of(name);
        }
    }

    private static final List<Operation> OPERATIONS = List.of(
            new Operation(
                    "bias_act", "act(x + b_c)", "dx = dy act'(x + b_c), db_c = the sum of dx", "BiasedActivation"),
            new Operation("add_act", "act(x + r)", "dx = dr = dy act'(x + r)", "BiasedActivation"),
            new Operation("act_mul", "act(x) m", "dx = dy m act'(x), dm = dy act(x)", "GatedUnit"),
            new Operation(
                    "scale_shift_act",
                    "act(s_c x + b_c)",
                    "g = dy act'(s_c x + b_c), dx = g s_c, ds_c = the sum of g x, db_c = the sum of g",
                    "BiasedActivation"),
            new Operation(
                    "act_dropout",
                    "act(x) / (1 - rate), or 0 where the seed and the place say so",
                    "the same of dy act'(x)",
                    "DropoutActivation"),
            new Operation("dense_act", "act(X W^T + b)", "dX, dW, db", "Dense"),
            new Operation("act_stats", "act(x), and zeros, saturated, min, max, mean", "-", "ActivationStatistics"));

    private FusedCatalogue() {}

    /** Every operation. */
    public static List<Operation> operations() {
        return OPERATIONS;
    }
}
