package dev.hillock.catalogue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** The functions over an axis: the only place that knows what each of them means. */
public final class AxisCatalogue {
    private static final List<AxisDefinition> FUNCTIONS = new ArrayList<>();

    static {
        define("softmax")
                .reference((x, t) -> {
                    double m = maximum(x);
                    double sum = sum(x.length, i -> Math.exp((x[i] - m) / t));
                    return map(x.length, i -> Math.exp((x[i] - m) / t) / sum);
                })
                .referenceBackward((y, dy, t) -> {
                    double sum = sum(y.length, i -> dy[i] * y[i]);
                    return map(y.length, i -> y[i] * (dy[i] - sum) / t);
                })
                .text(
                        "e^((x_i - m) / T) / sum_j e^((x_j - m) / T), T = temperature / scale",
                        "y_i (dy_i - sum_j dy_j y_j) / T",
                        "(0, 1)");
        define("log_softmax")
                .reference((x, t) -> {
                    double m = maximum(x);
                    double sum = sum(x.length, i -> Math.exp((x[i] - m) / t));
                    return map(x.length, i -> (x[i] - m) / t - Math.log(sum));
                })
                .referenceBackward((y, dy, t) -> {
                    double sum = sum(y.length, i -> dy[i]);
                    return map(y.length, i -> (dy[i] - Math.exp(y[i]) * sum) / t);
                })
                .text(
                        "(x_i - m) / T - ln sum_j e^((x_j - m) / T), T = temperature / scale",
                        "(dy_i - e^(y_i) sum_j dy_j) / T",
                        "(-inf, 0)");
    }

    private AxisCatalogue() {}

    private static AxisDefinition define(String name) {
        AxisDefinition function = new AxisDefinition(FUNCTIONS.size(), name);
        FUNCTIONS.add(function);
        return function;
    }

    private static double maximum(double[] x) {
        return Arrays.stream(x).max().orElseThrow();
    }

    private static double sum(int length, IntToDoubleFunction term) {
        return IntStream.range(0, length).mapToDouble(term).sum();
    }

    private static double[] map(int length, IntToDoubleFunction element) {
        return IntStream.range(0, length).mapToDouble(element).toArray();
    }

    /** Every function, in the order of the ids. */
    public static List<AxisDefinition> functions() {
        return Collections.unmodifiableList(FUNCTIONS);
    }

    /**
     * The function of a name or alias, read as {@link Names} does.
     *
     * @throws NoSuchElementException naming the nearest known one if there is no such function
     */
    public static AxisDefinition function(String name) {
        String wanted = Names.normal(name);
        for (AxisDefinition function : FUNCTIONS) {
            if (function.names().anyMatch(known -> Names.normal(known).equals(wanted))) {
                return function;
            }
        }
        throw Kind.unknown("function", name, FUNCTIONS.stream().flatMap(AxisDefinition::names));
    }
}
