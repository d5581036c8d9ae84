package dev.hillock.lab.study;

import java.util.Arrays;

/** A few numbers and what is usually said of them. */
public record Sample(double[] values) {
    /** The numbers that are there. */
    static Sample of(Iterable<Double> numbers) {
        double[] values = new double[0];
        for (Double number : numbers) {
            if (number != null) {
                values = Arrays.copyOf(values, values.length + 1);
                values[values.length - 1] = number;
            }
        }
        return new Sample(values);
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return values.length == 0;
    }

    /** The mean; NaN of none. */
    public double mean() {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    /** The standard deviation of the population that the values stand for (divided by n - 1); NaN below two values. */
    public double deviation() {
        double mean = mean();
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        return values.length < 2 ? Double.NaN : Math.sqrt(squares / (values.length - 1));
    }

    /** The middle value; NaN of none. */
    public double median() {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
