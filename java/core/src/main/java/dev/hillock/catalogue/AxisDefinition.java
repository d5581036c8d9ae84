package dev.hillock.catalogue;

import java.util.List;

/** One function over an axis: what it is called and what it means. */
public final class AxisDefinition extends Entry<AxisDefinition> {
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

    // What x is multiplied by: another way to give the temperature.
    private static final Parameter SCALE = new Parameter("scale", 1.0, List.of(), Float.MIN_NORMAL, false);

    private final int id;
    private Forward reference;
    private Backward referenceBackward;
    private String range = "";

    AxisDefinition(int id, String name) {
        super(name);
        this.id = id;
        parameter(TEMPERATURE);
        parameter(SCALE);
        requires("temperature / scale must be at least 1.17549435E-38 and finite", p -> {
            float quotient = (float) (p[0] / p[1]);
            return quotient >= Float.MIN_NORMAL && Float.isFinite(quotient);
        });
    }

    @Override
    AxisDefinition self() {
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
        range = rangeText;
        return formulas(formulaText, derivativeText);
    }

    /** Its number, the same in the native library. */
    public int id() {
        return id;
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
        return id + ":" + name() + "(temperature)";
    }
}
