package dev.hillock.bench;

import dev.hillock.Activation;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.FusedCatalogue;
import dev.hillock.catalogue.GatedCatalogue;
import dev.hillock.catalogue.GatedDefinition;
import dev.hillock.catalogue.Names;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Activations in one pass with what surrounds them, on a matrix: every gated unit of the catalogue, gate and value in
 * arrays of their own, and every form of the core, around gelu: {@code bias_gelu} is the catalogue's {@code bias_act}. And
 * the parametric ReLU with an alpha for each column, whose gradient is learned with that of x.
 */
public final class Fused {
    private static final String ANY = "act";
    private static final String PRELU = "prelu";

    /** What the forms are timed with. */
    static final Activation ACTIVATION = Activation.gelu();

    private static final List<GatedDefinition> GATED = GatedCatalogue.units();

    // Their names, for the virtual machines of the peers have the core alone.
    private static final Set<String> TIMED =
            Set.of("BiasedActivation", "DropoutActivation", "Dense", "ActivationStatistics");

    private static final List<String> FORMS = FusedCatalogue.operations().stream()
            .filter(form -> TIMED.contains(form.served()))
            .map(FusedCatalogue.Operation::name)
            .toList();

    /** Every operation. */
    public static final List<String> NAMES = Stream.of(
                    GATED.stream().map(GatedDefinition::name),
                    FORMS.stream().map(Fused::withActivation),
                    Stream.of(PRELU))
            .flatMap(names -> names)
            .toList();

    /** What language models are made of: timed on data from memory as well, going forward; peers have these, too. */
    public static final List<String> FROM_MEMORY = List.of("bias_gelu", "swiglu");

    private Fused() {}

    private static String withActivation(String form) {
        return form.replace(ANY, ACTIVATION.name());
    }

    /** The operation that a word names, as the table or as the catalogue does. */
    public static Optional<String> named(String word) {
        String wanted = Names.normal(word);
        return Stream.of(
                        GATED.stream()
                                .filter(unit -> unit.names().anyMatch(isNormally(wanted)))
                                .map(GatedDefinition::name),
                        NAMES.stream().filter(isNormally(wanted)),
                        FORMS.stream().filter(isNormally(wanted)).map(Fused::withActivation))
                .flatMap(names -> names)
                .findFirst();
    }

    private static Predicate<String> isNormally(String wanted) {
        return name -> Names.normal(name).equals(wanted);
    }

    /** The gated unit of an operation, or null if it is another form. */
    static GatedDefinition gated(String operation) {
        return GATED.stream()
                .filter(unit -> unit.name().equals(operation))
                .findFirst()
                .orElse(null);
    }

    /** How many arrays as long as x a call reads and writes. */
    static int arrays(Case task) {
        if (isDense(task)) {
            return 2 + task.columns() / task.rows();
        }
        int forward = gated(task.operation()) != null || isSum(task) ? 3 : 2;
        boolean back = task.direction() != Direction.FORWARD;
        return forward + (back ? task.writesTwo() ? 2 : 1 : 0);
    }

    /** Whether the second operand has an element for each of x. */
    static boolean isSum(Case task) {
        return task.operation().equals(withActivation("add_act"));
    }

    /** Whether it is the parametric ReLU. */
    static boolean isPrelu(Case task) {
        return task.operation().equals(PRELU);
    }

    /** Whether elements are dropped behind the activation. */
    static boolean isDropout(Case task) {
        return task.operation().equals(withActivation("act_dropout"));
    }

    /** Whether x is multiplied by a square matrix first, and a bias added. */
    static boolean isDense(Case task) {
        return isDense(task.operation());
    }

    private static boolean isDense(String operation) {
        return operation.equals(withActivation("dense_act"));
    }

    /** The matrix of a dense layer, [columns, columns], from what {@link Inputs#dy} makes: outputs as large as x. */
    static float[] weights(Case task, float[] behind) {
        float[] weights = new float[task.columns() * task.columns()];
        float scale = (float) (1 / Math.sqrt(task.columns()));
        for (int i = 0; i < weights.length; i++) {
            weights[i] = behind[i % behind.length] * scale;
        }
        return weights;
    }

    /** Whether the outputs are counted on the way. */
    static boolean isCounted(Case task) {
        return isCounted(task.operation());
    }

    private static boolean isCounted(String operation) {
        return operation.equals(withActivation("act_stats"));
    }

    /** Whether an operation goes this way. */
    static boolean goes(String operation, Direction direction) {
        return direction == Direction.FORWARD
                || direction == Direction.BACKWARD && !isCounted(operation) && !isDense(operation);
    }

    private static boolean isScaled(Case task) {
        return task.operation().equals(withActivation("scale_shift_act"));
    }

    /**
     * The arrays of a case.
     *
     * @param x the gate, or what the second operand is added to
     * @param second the value; or r, the bias, the shift or alpha
     * @param scale as many as the shift; null where there is none
     * @param dy the incoming gradient; null going forward
     */
    record Operands(float[] x, float[] second, float[] scale, float[] dy) {
        /** Takes them out of what {@link Inputs#dy} makes. */
        static Operands of(Case task, float[] x, float[] behind) {
            int n = task.total();
            boolean whole = gated(task.operation()) != null || isSum(task);
            int columns = task.columns();
            return new Operands(
                    x,
                    Arrays.copyOf(behind, whole ? n : columns),
                    isScaled(task) ? Arrays.copyOfRange(behind, columns, 2 * columns) : null,
                    task.direction() == Direction.FORWARD ? null : Arrays.copyOfRange(behind, n, 2 * n));
        }
    }
}
