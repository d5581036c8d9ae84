package dev.hillock;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What textbooks compute by hand. */
class TextbookTest {
    @ParameterizedTest
    @CsvSource({
        "sigmoid, 0, 0.5",
        "sigmoid, 1, 0.731058579",
        "sigmoid, -1, 0.268941421",
        "sigmoid, 10, 0.999954602",
        "sigmoid, -10, 4.53978687e-5",
        "tanh, 0, 0",
        "tanh, 1, 0.761594156",
        "tanh, -1, -0.761594156",
        "tanh, 3, 0.995054754",
        "relu, 2, 2",
        "relu, -3, 0",
        "relu, 0, 0",
        "relu, 0.5, 0.5",
        "leaky_relu, 2, 2",
        "leaky_relu, -3, -0.03",
        "leaky_relu, 0, 0"
    })
    void workedValues(String function, float x, double expected) {
        float[] y = new float[1];
        Activation.of(function).forward(new float[] {x}, y);
        assertEquals(expected, y[0], 2e-7 * Math.abs(expected));
    }

    @ParameterizedTest
    @CsvSource({"sigmoid, 0.25", "tanh, 1"})
    void theSlopeIsLargestAtZero(String function, float largest) {
        int half = 1 << 14;
        float[] x = new float[2 * half + 1];
        float[] slope = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = (i - half) / 1024f;
            slope[i] = 1f;
        }
        Activation.of(function).backward(x, slope, slope);
        int steepest = 0;
        for (int i = 0; i < x.length; i++) {
            steepest = slope[i] > slope[steepest] ? i : steepest;
        }
        assertEquals(largest, slope[steepest]);
        assertEquals(0f, x[steepest]);
    }

    @Test
    void tanhIsASigmoidStretchedToBothSides() {
        SplittableRandom random = new SplittableRandom(7);
        float[] z = new float[10_000];
        float[] twice = new float[z.length];
        for (int i = 0; i < z.length; i++) {
            z[i] = (float) (40 * random.nextDouble() - 20);
            twice[i] = 2 * z[i];
        }
        Activation.tanh().forward(z, z);
        Activation.sigmoid().forward(twice, twice);
        for (int i = 0; i < z.length; i++) {
            assertEquals(2.0 * twice[i] - 1, z[i], 3e-7);
        }
    }

    @Test
    void softmaxStepByStep() {
        float[] scores = {2.0f, 1.0f, 0.1f};
        float[] y = new float[3];
        AxisFunction.softmax().forward(scores, new int[] {3}, y);
        double sum = Math.exp(2) + Math.exp(1) + Math.exp(0.1);
        assertEquals(11.2125088, sum, 1e-7);
        for (int i = 0; i < 3; i++) {
            assertEquals(Math.exp(scores[i]) / sum, y[i], 1e-7);
        }
        assertArrayEquals(new float[] {0.659001139f, 0.242432971f, 0.0985658904f}, y, 1e-7f);
        assertTrue(y[0] > y[1] && y[1] > y[2], "the order is kept");
    }

    @Test
    void everyProbabilityAnswersToEveryScore() {
        float[] y = new float[3];
        AxisFunction.softmax().forward(new float[] {2.0f, 1.0f, 0.1f}, new int[] {3}, y);
        for (int i = 0; i < 3; i++) {
            float[] row = new float[3];
            row[i] = 1f;
            AxisFunction.softmax().backward(y, row, new int[] {3}, row);
            double sum = 0;
            for (int j = 0; j < 3; j++) {
                assertEquals(y[i] * ((i == j ? 1 : 0) - y[j]), row[j], 1e-7);
                sum += row[j];
            }
            assertEquals(0, sum, 1e-7, "one can rise only if others fall");
        }
    }
}
