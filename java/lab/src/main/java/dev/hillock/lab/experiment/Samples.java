package dev.hillock.lab.experiment;

import dev.hillock.lab.data.Dataset;
import dev.hillock.lab.data.Digits;
import dev.hillock.lab.data.Split;
import dev.hillock.lab.net.Gaussian;
import dev.hillock.lab.net.Shape;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** What the experiments work on. */
final class Samples {
    private Samples() {}

    /** Normal numbers with mean 0 and variance 1. */
    static float[] gaussian(int length, SplittableRandom random) {
        float[] values = new float[length];
        Gaussian.fill(values, 1, random);
        return values;
    }

    /** The digits, a fifth held out, standardised. */
    static Split digits() {
        return Split.stratified(Digits.load(), 0.2, 1797).standardized();
    }

    /** A curve at evenly spaced places from low to high. */
    static Dataset curve(DoubleUnaryOperator f, double low, double high, int rows) {
        double[] xs = range(low, high, rows);
        float[] x = new float[rows];
        float[] y = new float[rows];
        for (int i = 0; i < rows; i++) {
            x[i] = (float) xs[i];
            y[i] = (float) f.applyAsDouble(xs[i]);
        }
        return Dataset.regression(x, Shape.flat(1), y, 1);
    }

    /** Count numbers, evenly spaced. */
    static double[] range(double low, double high, int count) {
        return IntStream.range(0, count)
                .mapToDouble(i -> low + (high - low) * i / Math.max(1, count - 1))
                .toArray();
    }

    /** 1 … count. */
    static double[] counting(int count) {
        return IntStream.rangeClosed(1, count).mapToDouble(i -> i).toArray();
    }

    static double[] doubles(float[] values, int length) {
        return IntStream.range(0, length).mapToDouble(i -> values[i]).toArray();
    }

    static double meanMagnitude(float[] values, int length) {
        return DoubleStream.of(doubles(values, length)).map(Math::abs).average().orElse(0);
    }
}
