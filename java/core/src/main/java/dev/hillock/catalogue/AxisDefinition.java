package dev.hillock.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One function over an axis: what it is called and what it means. */
public final class AxisDefinition {
    /** A row's result in double precision. */
    @FunctionalInterface
    public interface Forward {
        /** y from x, one row. */
        double[] of(double[] x, double temperature);
    }

    /** A row's gradient in double precision. */
    @FunctionalInterface
    public interface Backward {
        /** dx from y and dy, one row. */
        double[] of(double[] y, double[] dy, double temperature);
    }

    private static final Parameter TEMPERATURE =
            new Parameter("temperature", 1.0, List.of("t"), Float.MIN_NORMAL, false);

    private final int id;
    private final String name;
    private final List<String> aliases = new ArrayList<>();
    private Forward reference;
    private Backward referenceBackward;
    private String formula = "";
    private String derivative = "";
    private String range = "";

    AxisDefinition(int id, String name) {
        this.id = id;
        this.name = name;
    }

    AxisDefinition alias(String... names) {
        aliases.addAll(List.of(names));
        return this;
    }

    AxisDefinition reference(Forward value) {
        reference = value;
        return this;
    }

    AxisDefinition referenceBackward(Backward value) {
        referenceBackward = value;
        return this;
    }

    AxisDefinition text(String formulaText, String derivativeText, String rangeText) {
        formula = formulaText;
        derivative = derivativeText;
        range = rangeText;
        return this;
    }

    /** Its number, the same in the native library. */
    public int id() {
        return id;
    }

    /** Its name in lower snake case. */
    public String name() {
        return name;
    }

    /** Other names it is known by. */
    public List<String> aliases() {
        return List.copyOf(aliases);
    }

    /** The name and the aliases. */
    public Stream<String> names() {
        return Stream.concat(Stream.of(name), aliases.stream());
    }

    /** Its parameters beside the axis. */
    public List<Parameter> parameters() {
        return List.of(TEMPERATURE);
    }

    /** The formula as text; m is the row's maximum. */
    public String formula() {
        return formula;
    }

    /** The gradient as text. */
    public String derivative() {
        return derivative;
    }

    /** The set of values it takes, as text. */
    public String range() {
        return range;
    }

    /** One row of y from a row of x, in double precision. */
    public double[] reference(double[] x, double temperature) {
        return reference.of(x, temperature);
    }

    /** One row of dx from rows of y and dy, in double precision. */
    public double[] referenceBackward(double[] y, double[] dy, double temperature) {
        return referenceBackward.of(y, dy, temperature);
    }

    /** The row that names this function in the native library's list. */
    public String row() {
        return id + ":" + name + "(temperature)";
    }

    @Override
    public String toString() {
        return name;
    }
}
