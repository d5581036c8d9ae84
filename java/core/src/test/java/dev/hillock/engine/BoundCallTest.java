package dev.hillock.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.hillock.ElementType;
import dev.hillock.Engine;
import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;
import dev.hillock.engine.EngineCases.Case;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BoundCallTest {
    private static final KernelEngine SCALAR = Engines.get(Engine.SCALAR);
    private static final KernelEngine NATIVE = Engines.get(Engine.NATIVE);
    private static final KernelEngine VECTOR = Engines.get(Engine.VECTOR);
    private static final int CALLS_THAT_BREAK_IN = 200_000;
    private static final int LONGEST = 70;
    private static final float GUARD = 12345f;

    static Stream<Case> cases() {
        return EngineCases.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyWayReturnsTheBitsOfTheScalarEngineAndTouchesNothingElse(Case c) {
        BoundCall call = BoundCall.of(c.function(), c.direction(), c.parameters());
        for (int i = 0; i < CALLS_THAT_BREAK_IN && VECTOR.availability().isAvailable(); i++) {
            VECTOR.wants(c.function(), ElementType.FLOAT32, c.direction(), VECTOR.lanes());
        }
        for (int length = 1; length <= LONGEST; length++) {
            for (boolean inPlace : new boolean[] {false, true}) {
                boolean onNative = agrees(call, c, BoundCall.NATIVE, length, inPlace);
                boolean inJava = agrees(call, c, BoundCall.VECTOR, length, inPlace);
                agrees(call, c, BoundCall.CHOOSE, length, inPlace);
                assertEquals(NATIVE.availability().isAvailable(), onNative, "on NATIVE");
                boolean rest = inPlace && length > VECTOR.lanes() && length % VECTOR.lanes() != 0;
                assertEquals(rest && VECTOR.availability().isAvailable(), !inJava, "in Java, length " + length);
            }
        }
    }

    @Test
    void manyCrossingsAreOneCall() {
        for (Case c : EngineCases.cases()
                .filter(some -> Set.of("relu", "elu").contains(some.function().name()))
                .toList()) {
            BoundCall call = BoundCall.of(c.function(), c.direction(), c.parameters());
            for (boolean inPlace : new boolean[] {false, true}) {
                for (long from : new long[] {BoundCall.CHOOSE, BoundCall.NATIVE, BoundCall.VECTOR}) {
                    agrees(call, c, from, 2 * 65536 + 5, inPlace);
                }
            }
        }
    }

    private static boolean agrees(BoundCall call, Case c, long from, int length, boolean inPlace) {
        Random random = new Random(length);
        int offset = 3;
        int dyOffset = 5;
        int outOffset = inPlace ? offset : 7;
        float[] x = new float[length + 16];
        float[] dy = c.direction() == Direction.FORWARD ? null : new float[x.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextGaussian() * 8;
            if (dy != null) {
                dy[i] = (float) random.nextGaussian();
            }
        }
        float[] before = x.clone();
        float[] expected = new float[length];
        SCALAR.eltwise(
                c.function(),
                ElementType.FLOAT32,
                c.direction(),
                c.parameters(),
                x,
                offset,
                dy,
                dyOffset,
                expected,
                0,
                length);
        float[] out = inPlace ? x : new float[x.length];
        if (!inPlace) {
            Arrays.fill(out, GUARD);
        }
        float[] untouched = out.clone();
        boolean done = call.run(from, x, offset, dy, dyOffset, out, outOffset, length);
        for (int i = 0; i < out.length; i++) {
            int at = i - outOffset;
            if (done && at >= 0 && at < length) {
                EngineCases.assertSameBits(
                        expected[at],
                        out[i],
                        "a bound call from " + from,
                        c,
                        before[offset + at],
                        dy == null ? 0 : dy[dyOffset + at]);
            } else {
                assertEquals(untouched[i], out[i], c + " wrote outside, length " + length);
            }
        }
        return done;
    }

    @Test
    void aSlopeThatTheOutputDoesNotTellAndAFunctionWithoutKernelsAreLeftToTheEngines() {
        float[] x = new float[16];
        float[] dy = new float[16];
        float[] out = new float[16];
        BoundCall fromOutput = BoundCall.of(Catalogue.function("gelu"), Direction.BACKWARD_FROM_OUTPUT, new double[0]);
        BoundCall custom = BoundCall.of(Function.custom("twice", v -> 2 * v, v -> 2), Direction.FORWARD, new double[0]);
        for (long from : new long[] {BoundCall.CHOOSE, BoundCall.NATIVE, BoundCall.VECTOR}) {
            assertFalse(fromOutput.run(from, x, 0, dy, 0, out, 0, 16));
            assertFalse(custom.run(from, x, 0, null, 0, out, 0, 16));
        }
    }
}
