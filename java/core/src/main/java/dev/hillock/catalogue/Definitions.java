package dev.hillock.catalogue;

import java.util.ArrayList;
import java.util.List;

/** The functions defined so far, numbered as they come, and what several of their references share. */
final class Definitions {
    private final List<Function> functions = new ArrayList<>();

    Function define(String name) {
        Function function = new Function(functions.size(), name);
        functions.add(function);
        return function;
    }

    List<Function> functions() {
        return functions;
    }

    // NaN goes through a choice: the value chosen unless x is NaN.
    static double keep(boolean first, double x, double other) {
        return first || Double.isNaN(x) ? x : other;
    }

    static double clamp(double x, double min, double max) {
        return x < min ? min : x > max ? max : x;
    }
}
