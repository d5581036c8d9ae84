package dev.hillock.catalogue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hillock.Activation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** The references against values computed elsewhere, with nine significant digits. */
class GoldenValuesTest {
    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/golden-values.csv", numLinesToSkip = 1, delimiter = ';')
    void referencesReturnThePublishedValues(
            String activation,
            double atMinus3,
            double atMinus1,
            double atMinusHalf,
            double at0,
            double atHalf,
            double at1,
            double at3,
            double slopeAtMinus1,
            double slopeAt0,
            double slopeAt1) {
        Activation f = Activation.of(activation);
        double[] x = {-3, -1, -0.5, 0, 0.5, 1, 3};
        double[] expected = {atMinus3, atMinus1, atMinusHalf, at0, atHalf, at1, at3};
        for (int i = 0; i < x.length; i++) {
            near(expected[i], f.function().reference(x[i], f.parameters()), activation + " at " + x[i]);
        }
        double[] slopes = {slopeAtMinus1, slopeAt0, slopeAt1};
        for (int i = 0; i < slopes.length; i++) {
            near(slopes[i], f.function().referenceDerivative(i - 1, f.parameters()), activation + "' at " + (i - 1));
        }
    }

    // Parameters are rounded to float, which moves the eighth digit.
    private static void near(double expected, double actual, String message) {
        assertEquals(expected, actual, 3e-8 * Math.max(Math.abs(expected), 1e-3), message);
    }
}
