package dev.hillock.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.hillock.Engine;
import dev.hillock.catalogue.Direction;
import dev.hillock.engine.EngineCases.Case;
import dev.hillock.engine.EngineCases.Named;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A value times any function of a gate: plain Java's bits on every engine, out of place and in place. */
class GatedValuesTest {
    // Long enough that no engine holds back a loop of its own; whole vectors, and what is left of one.
    private static final GatedRows[] ROWS = {
        new GatedRows(16, 1024, 1024, 1), new GatedRows(1, 20001, 20001, 1), new GatedRows(17, 1000, 2000, 1)
    };

    static Stream<Case> cases() {
        return EngineCases.cases().filter(c -> c.direction() == Direction.FORWARD);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void bitsArePlainJavas(Case c) {
        for (GatedRows rows : ROWS) {
            int n = (int) (rows.rows() * rows.rowStride());
            // Of which some reach into the functions' tails, and some are no numbers.
            float[] gate = RowKernelsTest.values(n, 1000, 3);
            System.arraycopy(RowKernelsTest.values(n / 2, 5, 4), 0, gate, 0, n / 2);
            float[] value = RowKernelsTest.values(n, 3, 5);
            float[] expected = run(Engines.get(Engine.SCALAR), c, rows, gate, value, null);
            for (Named named : EngineCases.identical()) {
                String what = rows + " on " + named;
                assertArrayEquals(expected, run(named.engine(), c, rows, gate, value, null), what);
                if (rows.rowStride() == rows.length()) {
                    float[] inGate = gate.clone();
                    assertArrayEquals(
                            expected, run(named.engine(), c, rows, inGate, value, inGate), what + ", in gate");
                    float[] inValue = value.clone();
                    assertArrayEquals(
                            expected, run(named.engine(), c, rows, gate, inValue, inValue), what + ", in value");
                }
            }
        }
    }

    // y is null for an array of its own.
    private static float[] run(KernelEngine engine, Case c, GatedRows rows, float[] gate, float[] value, float[] y) {
        float[] to = y == null ? new float[(int) (rows.rows() * rows.length())] : y;
        engine.fused().gatedForward(c.function(), c.parameters(), rows, gate, 0, value, 0, to);
        return to;
    }
}
