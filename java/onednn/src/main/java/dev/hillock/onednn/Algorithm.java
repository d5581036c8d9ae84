package dev.hillock.onednn;

import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Function;

/**
 * What is asked of the driver: one of its functions by number, negative where oneDNN has none, and the two parameters that
 * its algorithms take at most.
 */
record Algorithm(int number, float p0, float p1) {
    static final Algorithm NONE = new Algorithm(OneDnn.HILLOCK_ONEDNN_NO_FUNCTION, 0, 0);

    private static final Function RELU_EX = Catalogue.function("relu_ex");
    private static final Function RELU = Catalogue.function("relu");
    private static final Function HARDTANH = Catalogue.function("hardtanh");

    /** A function of the catalogue by its number there. */
    static Algorithm of(int[] numbers, Function function, double[] parameters) {
        if (function == RELU_EX) {
            return reluEx(numbers, parameters[0], parameters[1], parameters[2]);
        }
        return new Algorithm(numbers[function.id()], parameter(parameters, 0), parameter(parameters, 1));
    }

    // With neither a threshold nor a slope it is relu, or a hardtanh from 0; oneDNN has no other.
    private static Algorithm reluEx(int[] numbers, double max, double theta, double slope) {
        boolean plain = theta == 0 && slope == 0 && max >= 0;
        Function same = !plain ? RELU_EX : max == Double.POSITIVE_INFINITY ? RELU : HARDTANH;
        return new Algorithm(numbers[same.id()], 0, (float) max);
    }

    private static float parameter(double[] parameters, int index) {
        return index < parameters.length ? (float) parameters[index] : 0;
    }
}
