package dev.hillock.bench;

import dev.hillock.Activation;
import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What to time.
 *
 * @param operations activations, functions over rows or fused operations, which have shapes of their own
 * @param directions the directions; a function that cannot go one of them is left out there
 * @param lengths the numbers of elements
 * @param threads how many threads each contestant may use
 * @param millis about how long one contestant is timed on one case
 * @param peers whether the frameworks take part
 * @param only the names of those that take part; empty for everybody
 */
public record Plan(
        List<String> operations,
        List<Direction> directions,
        List<Integer> lengths,
        int threads,
        long millis,
        boolean peers,
        List<String> only) {
    /**
     * The lengths of a curve: 16 and 64 show what a call costs; 1024 fits any level 1 cache, 16384 a level 2; 262144
     * lies in a shared cache or just beyond; 4194304 is where threads pay; 33554432 comes from memory.
     */
    public static final List<Integer> CURVE = List.of(16, 64, 1024, 16384, 262144, 4194304, 33554432);

    /** The functions of the table: those that most networks use. */
    public static final List<String> USUAL = List.of(
            "relu",
            "leaky_relu",
            "sigmoid",
            "tanh",
            "gelu",
            "gelu_tanh",
            "silu",
            "elu",
            "selu",
            "mish",
            "softplus",
            "hardswish");

    /** The directions of the table. */
    public static final List<Direction> USUAL_DIRECTIONS = List.of(Direction.FORWARD, Direction.BACKWARD);

    /** A matrix. */
    public record Shape(int rows, int columns) {}

    /** Rows as a classifier, an attention head and a language model have them. */
    public static final List<Shape> SHAPES = List.of(new Shape(64, 1000), new Shape(512, 128), new Shape(8, 50257));

    /** Scores of an image classifier and of a language model. */
    public static final List<Shape> SCORES = List.of(new Shape(512, 1000), new Shape(8, 50257));

    /** The length of the table. */
    public static final int TABLE = 16384;

    /** A matrix as long as what the table has of other functions, so that their times compare. */
    public static final Shape MATRIX = new Shape(16, TABLE / 16);

    /** What the block of a language model hands from one product to the next. */
    public static final Shape BLOCK = new Shape(4096, 1024);

    /** Whether an operation is timed on the plan's lengths; the others have shapes of their own. */
    public static boolean takesLengths(String operation) {
        Case one = Case.eltwise(operation, Direction.FORWARD, 1, 1);
        return one.isEltwise() || one.isLossByElement();
    }

    /** Every function of the catalogue that needs no parameter. */
    public static List<String> allFunctions() {
        return Catalogue.functions().stream()
                .filter(f -> f.parameters().stream().allMatch(parameter -> parameter.defaultValue() != null))
                .map(Function::name)
                .toList();
    }

    /** The command that carries it out; what is as usual is left out. */
    public String command() {
        StringBuilder command = new StringBuilder("./hillock bench");
        if (!operations.equals(USUAL)) {
            command.append(" --function ").append(String.join(",", operations));
        }
        if (!lengths.equals(List.of(TABLE))) {
            command.append(" --size ").append(commaSeparated(lengths.stream()));
        }
        if (!directions.equals(USUAL_DIRECTIONS)) {
            command.append(" --direction ")
                    .append(commaSeparated(directions.stream().map(Case::word)));
        }
        if (!only.isEmpty()) {
            command.append(" --only ").append(String.join(",", only));
        }
        if (threads != 1) {
            command.append(" --threads ").append(threads);
        }
        return command.append(" --millis ")
                .append(millis)
                .append(peers ? " --peers" : "")
                .toString();
    }

    private static String commaSeparated(Stream<?> values) {
        return values.map(String::valueOf).collect(Collectors.joining(","));
    }

    /** The cases, those of a function together; none where no function can go any of the directions. */
    public List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (String operation : operations) {
            for (Direction direction : directions) {
                if (Fused.NAMES.contains(operation)) {
                    cases.addAll(fused(operation, direction));
                } else if (Case.LOSSES.contains(operation)) {
                    cases.addAll(losses(operation, direction));
                } else if (Case.OPERATIONS.contains(operation)) {
                    cases.addAll(operation(operation, direction));
                } else if (Case.OVER_ROWS.contains(operation)) {
                    cases.addAll(overRows(operation, direction));
                } else {
                    cases.addAll(eltwise(operation, direction));
                }
            }
        }
        return cases;
    }

    private List<Case> eltwise(String operation, Direction direction) {
        Activation f = Activation.of(operation);
        if (direction == Direction.BACKWARD_FROM_OUTPUT && !f.function().fromOutput(f.parameters())) {
            return List.of();
        }
        return lengths.stream()
                .map(length -> Case.eltwise(operation, direction, length, threads))
                .toList();
    }

    private List<Case> fused(String operation, Direction direction) {
        boolean large = direction == Direction.FORWARD && Fused.FROM_MEMORY.contains(operation);
        return !Fused.goes(operation, direction)
                ? List.of()
                : (large ? List.of(MATRIX, BLOCK) : List.of(MATRIX))
                        .stream()
                                .map(shape -> new Case(operation, direction, shape.rows(), shape.columns(), threads))
                                .toList();
    }

    // Value and gradient are one call.
    private List<Case> losses(String operation, Direction direction) {
        if (direction == Direction.FORWARD && takesLengths(operation)) {
            return lengths.stream()
                    .map(length -> Case.eltwise(operation, direction, length, threads))
                    .toList();
        }
        return direction == Direction.FORWARD
                ? SCORES.stream()
                        .map(shape -> new Case(operation, direction, shape.rows(), shape.columns(), threads))
                        .toList()
                : List.of();
    }

    private List<Case> operation(String operation, Direction direction) {
        Shape shape = SHAPES.get(0);
        return direction == Direction.BACKWARD_FROM_OUTPUT
                ? List.of()
                : List.of(new Case(operation, direction, shape.rows(), shape.columns(), threads));
    }

    // The way back starts from the output; whoever asks for any way back gets it, once.
    private List<Case> overRows(String operation, Direction direction) {
        if (direction == Direction.BACKWARD && directions.contains(Direction.BACKWARD_FROM_OUTPUT)) {
            return List.of();
        }
        Direction way = direction == Direction.FORWARD ? direction : Direction.BACKWARD_FROM_OUTPUT;
        return SHAPES.stream()
                .map(shape -> new Case(operation, way, shape.rows(), shape.columns(), threads))
                .toList();
    }
}
