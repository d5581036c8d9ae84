package dev.hillock.catalogue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One operation over an axis that may change the length of the axis: what it is called and what it does to a row, in
 * double precision.
 *
 * @param name its name in lower snake case
 * @param aliases other names it is known by
 * @param parameters beside the axis
 * @param row what it does to a row
 * @param formula the formula as text
 * @param derivative the gradient as text
 * @param range the set of values it takes, as text
 */
public record AxisOperationDefinition(
        String name,
        List<String> aliases,
        List<Parameter> parameters,
        Row row,
        String formula,
        String derivative,
        String range) {

    /** What an operation does to a row. */
    public interface Row {
        /**
         * The length of a row of y.
         *
         * @throws IllegalArgumentException if a row of x may not be so long
         */
        default int length(int n, double[] p) {
            return n;
        }

        /** A row of y from a row of x. */
        double[] forward(double[] x, double[] p);

        /** A row of dx from a row of x and one of dy. */
        double[] backward(double[] x, double[] dy, double[] p);
    }

    /** What it costs an element, in times of relu, where that was measured. */
    public Optional<Cost> relativeCost() {
        return Cost.of(name);
    }

    /** The name and the aliases. */
    public Stream<String> names() {
        return Stream.concat(Stream.of(name), aliases.stream());
    }

    /** Whether it is a softmax of logits that are prepared from x. */
    public boolean isSoftmax() {
        return row instanceof AxisOperations.SoftmaxRow;
    }

    /** The value of a parameter among values in the order of the parameters; 0 where there is no such parameter. */
    public double value(double[] values, String parameter) {
        for (int i = 0; i < values.length; i++) {
            if (parameters.get(i).name().equals(parameter)) {
                return values[i];
            }
        }
        return 0;
    }

    @Override
    public String toString() {
        return name;
    }
}
