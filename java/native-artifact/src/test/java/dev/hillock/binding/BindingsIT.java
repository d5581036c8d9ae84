package dev.hillock.binding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** On the packed jars: every binding of this JVM loads, and all of them give the same answers. */
@EnabledIf("dev.hillock.binding.PackedLibrary#isThere")
class BindingsIT {
    private static final float GUARD = 12345.5f;
    private static final List<NativeCalls> CALLS = new ArrayList<>();

    @BeforeAll
    static void openAll() {
        for (Binding binding : Bindings.ALL) {
            NativeLibrary library = NativeLibrary.load(Bindings.ALL, binding.name());
            assertNotNull(library.calls(), library.reason());
            assertEquals(binding.name(), library.calls().binding());
            CALLS.add(library.calls());
        }
    }

    @Test
    void theJarHoldsTheBindingForThisJvm() {
        String best = Runtime.version().feature() >= 22 ? "ffm" : "jni";
        assertEquals(
                best, NativeLibrary.get().calls().binding(), NativeLibrary.get().reason());
        assertNull(NativeLibrary.get().reason());
        assertTrue(NativeLibrary.get().files().size() >= 1);
    }

    @Test
    void anUnknownBindingIsAReason() {
        NativeLibrary library = NativeLibrary.load(Bindings.ALL, "morse");
        assertNull(library.calls());
        assertTrue(library.reason().contains("'morse'") && library.reason().contains("jni"), library.reason());
    }

    @Test
    void aBindingThatFailsIsPassedOverWithItsReason() {
        Binding broken = new Binding("broken", library -> {
            throw new UnsatisfiedLinkError("it is broken");
        });
        NativeLibrary library = NativeLibrary.load(List.of(broken, Bindings.ALL.get(0)), null);
        assertEquals(Bindings.ALL.get(0).name(), library.calls().binding());
        assertEquals("broken: it is broken", library.reason());
    }

    @Test
    void theyDescribeTheSameLibrary() {
        for (NativeCalls calls : CALLS) {
            NativeCalls first = CALLS.get(0);
            assertEquals(first.version(), calls.version());
            assertEquals(first.functions(), calls.functions());
            assertEquals(first.targetCount(), calls.targetCount());
            assertNull(calls.targetName(-1));
            for (int target = 0; target < first.targetCount(); target++) {
                assertEquals(first.targetName(target), calls.targetName(target));
                assertEquals(first.targetAvailable(target), calls.targetAvailable(target));
                for (int direction = 0; direction < 3; direction++) {
                    assertEquals(
                            first.eltwiseKernel(target, 0, direction, 0), calls.eltwiseKernel(target, 0, direction, 0));
                }
            }
            assertTrue(calls.eltwiseKernel(99, 0, 0, 0) < 0);
        }
    }

    @Test
    void everyBindingReturnsTheSameBits() {
        int functions = CALLS.get(0).functions().split(" (?=\\d+:)").length;
        int length = 77;
        int at = 5;
        float[] x = new float[length + 2 * at];
        float[] dy = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = (i - 40) * 0.37f;
            dy[i] = 1.5f - i * 0.03f;
        }
        x[at] = Float.NaN;
        x[at + 1] = Float.NEGATIVE_INFINITY;
        for (int function = 0; function < functions; function++) {
            for (int direction = 0; direction < 3; direction++) {
                if (CALLS.get(0).eltwiseKernel(best(), 0, direction, function) <= 0) {
                    continue;
                }
                float[] expected = arrays(CALLS.get(0), direction, function, x, dy, at, length);
                for (NativeCalls calls : CALLS) {
                    String where = calls.binding() + ", function " + function + ", direction " + direction;
                    assertArrayEquals(expected, arrays(calls, direction, function, x, dy, at, length), where);
                    assertArrayEquals(expected, mixed(calls, direction, function, x, dy, at, length), where);
                }
            }
        }
    }

    @Test
    void everyBindingReturnsTheSameNoise() {
        float[] expected = null;
        for (NativeCalls calls : CALLS) {
            float[] z = new float[305];
            calls.gumbel(calls.gumbelKernel(best()), -7, 1L << 40, 100, 3, 101, z, Float.BYTES);
            expected = expected == null ? z : expected;
            assertArrayEquals(expected, z, calls.binding());
            assertEquals(0, z[0]);
            assertEquals(0, z[304]);
        }
    }

    @Test
    void everyBindingDropsTheSame() {
        float[] expected = null;
        for (NativeCalls calls : CALLS) {
            float[] y = new float[302];
            Arrays.fill(y, 4);
            calls.dropout(calls.dropoutKernel(best()), -7, 1L << 40, 1L << 51, 1.5f, y, Float.BYTES, 300);
            expected = expected == null ? y : expected;
            assertArrayEquals(expected, y, calls.binding());
            assertEquals(4, y[0]);
            assertEquals(4, y[301]);
            for (int i = 1; i <= 300; i++) {
                assertTrue(y[i] == 0 || y[i] == 6);
            }
        }
    }

    @Test
    void everyBindingCountsTheSame() {
        for (NativeCalls calls : CALLS) {
            float[] y = new float[50];
            float[] slopes = new float[50];
            Arrays.fill(slopes, 1);
            y[5] = -2;
            y[6] = Float.NaN;
            y[7] = 3;
            y[8] = 3;
            slopes[8] = -0.25f;
            y[0] = y[1] = y[34] = 100;
            double[] sums = new double[16];
            float[] lanes = new float[80];
            long kernel = calls.statisticsKernel(best());
            calls.statistics(kernel, y, 2 * Float.BYTES, slopes, 2 * Float.BYTES, 0.25f, 32, sums, lanes);
            assertEquals(4, Arrays.stream(sums).sum(), calls.binding());
            float[] totals = new float[3];
            for (int l = 0; l < 48; l++) {
                totals[l / 16] += lanes[l];
            }
            assertArrayEquals(new float[] {28, 1, 1}, totals, calls.binding());
            assertEquals(-2, lanes[48 + 3], calls.binding());
            assertEquals(3, lanes[64 + 5], calls.binding());
        }
    }

    @Test
    void everyBindingReturnsTheSameParametricRelu() {
        for (NativeCalls calls : CALLS) {
            float[] alpha = {9, 0.5f, 2};
            float[] x = {9, -1, 1, 2, -3, 9};
            float[] out = new float[6];
            long at = Float.BYTES;
            long kernel = calls.preluKernel(best(), 0);
            calls.prelu(kernel, 2, 2, 1, 2, alpha, at, x, at, null, 0, out, at, null, 0, false);
            assertArrayEquals(new float[] {0, -0.5f, 1, 2, -6, 0}, out, calls.binding());
            float[] dy = {9, 3, 4, 5, 6, 9};
            double[] sums = {9, 100, 200};
            calls.prelu(kernel, 2, 2, 1, 2, alpha, at, x, at, dy, at, dy, at, sums, Double.BYTES, true);
            assertArrayEquals(new float[] {9, 1.5f, 4, 5, 12, 9}, dy, calls.binding());
            assertArrayEquals(new double[] {9, 97, 182}, sums, calls.binding());
            double[] wide = {-1, 1};
            double[] wideAlpha = {0.25};
            calls.prelu(
                    calls.preluKernel(best(), 1), 1, 1, 2, 2, wideAlpha, 0, wide, 0, wide, 0, wide, 0, sums, 0, false);
            assertArrayEquals(new double[] {-0.25, 1}, wide, calls.binding());
            assertEquals(10, sums[0], calls.binding());
            assertTrue(calls.preluKernel(best(), 2) < 0, calls.binding());
        }
    }

    @Test
    void everyBindingReturnsTheSameLosses() {
        int losses = CALLS.get(0).losses().split(" (?=\\d+:)").length;
        int at = 3;
        float[] x = {9, 9, 9, 0.1f, 0.5f, 0.9f, 0.2f, 0.7f};
        float[] t = {9, 9, 9, 0, 1, 0.5f, 1, 0.3f};
        float[] weight = {1, 2, 3, 4, 5};
        for (int loss = 0; loss < losses; loss++) {
            double sum = Double.NaN;
            float[] expected = null;
            for (NativeCalls calls : CALLS) {
                assertEquals(CALLS.get(0).losses(), calls.losses());
                long kernel = calls.lossKernel(best(), loss);
                assertTrue(kernel > 0, calls.losses());
                long start = at * Float.BYTES;
                float[] terms = new float[weight.length];
                float[] dx = x.clone();
                double value = calls.loss(
                        kernel, 1, 0.5, 0.5, dx, start, t, start, weight, 0, terms, 0, dx, start, 0.5, weight.length);
                double alone = calls.loss(
                        kernel, 1, 0.5, 0.5, x, start, t, start, weight, 0, null, 0, null, 0, 1, weight.length);
                assertEquals(value, alone, calls.binding());
                assertEquals(9, dx[at - 1]);
                float[] written = new float[2 * weight.length];
                System.arraycopy(terms, 0, written, 0, weight.length);
                System.arraycopy(dx, at, written, weight.length, weight.length);
                if (expected == null) {
                    expected = written;
                    sum = value;
                }
                assertArrayEquals(expected, written, calls.binding());
                assertEquals(sum, value, calls.binding());
            }
        }
    }

    @Test
    void everyBindingReturnsTheSameBitsForSixteen() {
        short[] x = new short[77];
        for (int i = 0; i < x.length; i++) {
            x[i] = (short) (i * 857);
        }
        for (int type = 2; type <= 3; type++) {
            long kernel = CALLS.get(0).eltwiseKernel(best(), type, 1, 1);
            short[] expected = shorts(CALLS.get(0), kernel, x);
            for (NativeCalls calls : CALLS) {
                assertArrayEquals(expected, shorts(calls, kernel, x), calls.binding());
            }
        }
    }

    private static short[] shorts(NativeCalls calls, long kernel, short[] x) {
        short[] out = new short[x.length];
        calls.eltwise(kernel, 0, 0, 0, x, 4, x, 2, out, 6, x.length - 5, false);
        assertEquals(0, out[2] | out[x.length - 2]);
        return out;
    }

    private static int best() {
        int target = 0;
        while (!CALLS.get(0).targetAvailable(target)) {
            target++;
        }
        return target;
    }

    private static float[] arrays(
            NativeCalls calls, int direction, int function, float[] x, float[] dy, int at, int length) {
        float[] out = new float[x.length];
        java.util.Arrays.fill(out, GUARD);
        long start = (long) at * Float.BYTES;
        long kernel = calls.eltwiseKernel(best(), 0, direction, function);
        float[] gradient = direction == 0 ? null : dy;
        calls.eltwise(kernel, 0.25, 1.5, 0, x, start, gradient, start, out, start, length, false);
        for (int i = 0; i < at; i++) {
            assertEquals(GUARD, out[i]);
            assertEquals(GUARD, out[at + length + i]);
        }
        return out;
    }

    // x and the result outside the heap, dy inside; stored past the caches.
    private static float[] mixed(
            NativeCalls calls, int direction, int function, float[] x, float[] dy, int at, int length) {
        FloatBuffer xMemory = direct(x);
        float[] out = new float[x.length];
        java.util.Arrays.fill(out, GUARD);
        FloatBuffer outMemory = direct(out);
        long start = (long) at * Float.BYTES;
        long kernel = calls.eltwiseKernel(best(), 0, direction, function);
        calls.eltwise(
                kernel,
                0.25,
                1.5,
                0,
                null,
                new FloatPointer(xMemory).address() + start,
                direction == 0 ? null : dy,
                start,
                null,
                new FloatPointer(outMemory).address() + start,
                length,
                true);
        outMemory.get(0, out);
        return out;
    }

    private static FloatBuffer direct(float[] values) {
        FloatBuffer buffer = ByteBuffer.allocateDirect(values.length * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        return buffer.put(0, values);
    }
}
