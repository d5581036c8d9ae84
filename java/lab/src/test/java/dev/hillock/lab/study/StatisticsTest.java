package dev.hillock.lab.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    // Hours of sleep that two drugs added: Student, The Probable Error of a Mean, Biometrika 6 (1908).
    private static final double[] FIRST = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
    private static final double[] SECOND = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};

    @Test
    void thePairedTestGivesStudentsOwnExample() {
        PairedTest test = PairedTest.of(FIRST, SECOND);
        assertEquals(10, test.pairs());
        assertEquals(-1.58, test.difference(), 1e-12);
        assertEquals(0.002833, test.p(), 5e-7);
        assertEquals(-2.4598858, test.low(), 5e-8);
        assertEquals(-0.7001142, test.high(), 5e-8);
    }

    @Test
    void whatCannotBeToldIsNotTold() {
        assertEquals(new PairedTest(0, null, null, null, null), PairedTest.of(new double[0], new double[0]));
        assertNull(PairedTest.of(new double[] {0.9}, new double[] {0.8}).p());
        PairedTest same = PairedTest.of(new double[] {0.9, 0.8}, new double[] {0.9, 0.8});
        assertEquals(1, same.p());
        assertEquals(0, same.difference());
        // The same difference for both seeds: its deviation is 0 but for rounding, and a p of 0 would be a lie.
        assertNull(PairedTest.of(new double[] {0.91, 0.81}, new double[] {0.9, 0.8})
                .p());
    }

    @Test
    void holmsCorrectionKeepsTheOrder() {
        assertArrayEquals(
                new Double[] {0.03, null, 0.06, 0.06}, PairedTest.corrected(new Double[] {0.01, null, 0.04, 0.03}));
        assertArrayEquals(new Double[] {1.0, 1.0}, PairedTest.corrected(new Double[] {0.7, 0.9}));
    }

    @Test
    void theDeviationIsThatOfAPopulation() {
        Sample sample = new Sample(new double[] {2, 4, 4, 4, 5, 5, 7, 9});
        assertEquals(5, sample.mean());
        assertEquals(Math.sqrt(32.0 / 7), sample.deviation(), 1e-15);
        assertEquals(4.5, sample.median());
    }

    @Test
    void spikinessAddsUpTheRises() {
        LossCurve curve = new LossCurve(10);
        for (double loss : new double[] {3, 1, 2, 0.5, 0.25, 0.75}) {
            curve.step(null, 1, 1, 6, loss);
        }
        assertEquals(1.5 / Math.log(10), curve.spikiness(), 1e-15);
        assertEquals(1 / Math.log(10), curve.largestRise(), 1e-15);
    }

    @Test
    void timesAreComparedRoundByRound() {
        // The machine was three times as slow in the second round, for both.
        Timing base = new Timing("base", List.of(100.0, 300.0, 101.0, 100.0), 0);
        Timing twice = new Timing("twice", List.of(200.0, 603.0, 199.0, 202.0), 0);
        PairedTest ratio = twice.logRatio(base);
        assertEquals(2, Math.exp(ratio.difference()), 0.02);
        assertTrue(ratio.low() > Math.log(1.9) && ratio.high() < Math.log(2.1), ratio.toString());
        assertEquals(0, new Timing("cut", List.of(1.0), 0).logRatio(base).pairs());
    }
}
