package dev.hillock;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hillock.binding.NativeLibrary;
import dev.hillock.engine.NativeEngine;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.Arrays;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class MisuseTest {
    private final Activation gelu = Activation.gelu();
    private final Kernels kernels = Kernels.defaults();
    private final float[] ten = new float[10];

    @Test
    void aMissingArgumentIsNamed() {
        says(NullPointerException.class, "x", () -> gelu.forward(null, ten));
        says(NullPointerException.class, "y", () -> gelu.forward(ten, null));
        says(NullPointerException.class, "dy", () -> gelu.backward(ten, null, ten));
        says(NullPointerException.class, "dx", () -> gelu.backward(ten, ten, null));
        says(NullPointerException.class, "f", () -> kernels.forward(null, ten, ten));
        says(NullPointerException.class, "y", () -> kernels.forward(gelu, FloatBuffer.allocate(1), null));
    }

    @Test
    void aRangeOutsideTheArraySaysRangeAndLength() {
        says(
                IndexOutOfBoundsException.class,
                "x: range [8, +3) in 10 elements",
                () -> gelu.forward(ten, 8, new float[3], 0, 3));
        says(IndexOutOfBoundsException.class, "y: range", () -> gelu.forward(ten, 0, new float[3], 1, 3));
        says(IndexOutOfBoundsException.class, "x: range", () -> gelu.forward(ten, -1, ten, -1, 3));
        says(IndexOutOfBoundsException.class, "x: range", () -> gelu.forward(ten, 0, ten, 0, -1));
        says(
                IndexOutOfBoundsException.class,
                "x: range",
                () -> gelu.forward(ten, Integer.MAX_VALUE, ten, 0, Integer.MAX_VALUE));
        says(
                IndexOutOfBoundsException.class,
                "x: range",
                () -> gelu.forward(new float[0], Integer.MAX_VALUE, new float[1 << 16], 0, 1 << 16));
        says(IndexOutOfBoundsException.class, "y: range", () -> gelu.forward(ten, 0, ten, Integer.MAX_VALUE, 3));
        says(IndexOutOfBoundsException.class, "dx: range", () -> gelu.backward(ten, 0, ten, 0, new float[2], 0, 3));
    }

    @Test
    void lengthsThatDifferAreRefused() {
        says(IllegalArgumentException.class, "y has 9 elements", () -> gelu.forward(ten, new float[9]));
        says(IllegalArgumentException.class, "dx has 9", () -> gelu.backward(ten, ten, new float[9]));
    }

    @Test
    void partialOverlapIsRefusedBeforeAnythingIsWritten() {
        float[] x = {1, 2, 3, 4, 5};
        says(IllegalArgumentException.class, "overlap", () -> gelu.forward(x, 0, x, 1, 3));
        says(IllegalArgumentException.class, "overlap", () -> gelu.backward(ten, 0, x, 2, x, 0, 3));
        assertArrayEquals(new float[] {1, 2, 3, 4, 5}, x);
        gelu.forward(x, 0, x, 3, 2);
        says(
                IllegalArgumentException.class,
                "overlap",
                () -> kernels.forward(gelu, FloatBuffer.wrap(x, 0, 3), FloatBuffer.wrap(x, 1, 3)));
    }

    @Test
    void directBuffersThatOverlapInPartAreRefusedWhereTheirAddressesAreKnown() {
        assumeTrue(NativeLibrary.get().calls() != null, "no native library, and so no addresses");
        FloatBuffer direct = direct(8);
        says(
                IllegalArgumentException.class,
                "overlap",
                () -> kernels.forward(gelu, direct.slice(0, 4), direct.slice(1, 4)));
    }

    @Test
    void buffersOfTheWrongKindAreRefused() {
        FloatBuffer swapped = ByteBuffer.allocateDirect(16)
                .order(
                        ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
                                ? ByteOrder.BIG_ENDIAN
                                : ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        says(
                IllegalArgumentException.class,
                "byte order",
                () -> kernels.forward(gelu, swapped, FloatBuffer.allocate(4)));
        assertThrows(
                ReadOnlyBufferException.class,
                () -> kernels.forward(
                        gelu, FloatBuffer.allocate(4), FloatBuffer.allocate(4).asReadOnlyBuffer()));
        FloatBuffer y = FloatBuffer.allocate(4);
        kernels.forward(gelu, FloatBuffer.wrap(new float[] {1, 2, 3, 4}).asReadOnlyBuffer(), y);
        assertEquals(0.8413447f, y.get(0), 1e-6f);
    }

    @Test
    void zeroLengthDoesNothing() {
        gelu.forward(new float[0], new float[0]);
        gelu.forward(ten, 10, ten, 10, 0);
        kernels.forward(gelu, direct(0), direct(0));
    }

    @Test
    void unknownNamesAnswerWithTheNearest() {
        says(NoSuchElementException.class, "unknown function 'gelo' (nearest: gelu)", () -> Activation.of("gelo"));
        says(
                IllegalArgumentException.class,
                "unknown parameter 'bet' of elu",
                () -> Activation.of("elu", Map.of("bet", 1)));
        says(IllegalArgumentException.class, "must be finite", () -> Activation.elu(Double.POSITIVE_INFINITY));
        says(IllegalArgumentException.class, "is NaN", () -> Activation.elu(Double.NaN));
        says(IllegalArgumentException.class, "not a number", () -> Activation.of("elu(alpha=x)"));
        says(IllegalArgumentException.class, "unknown engine 'gpu' (known: auto, native", () -> Engine.of("gpu"));
        says(IllegalArgumentException.class, "threads", () -> Kernels.builder().threads(0));
    }

    @Test
    void anEngineThatIsNotAvailableIsRefusedWhenTheKernelsAreBuilt() {
        Kernels.Builder builder = Kernels.builder().engine(NativeEngine.on("abacus"));
        says(IllegalStateException.class, "engine native is not available: ", builder::build);
    }

    @Test
    void aSlopeThatTheOutputCannotGiveIsRefused() {
        says(
                IllegalStateException.class,
                "gelu: the slope cannot be computed from the output",
                () -> gelu.backwardFromOutput(ten, ten, new float[10]));
        assertThrows(IllegalStateException.class, () -> Activation.leakyRelu(-0.5)
                .backwardFromOutput(ten, ten, new float[10]));
    }

    @Test
    void aRefusedCallWritesNothing() {
        float[] y = new float[3];
        Arrays.fill(y, 7);
        assertThrows(IllegalArgumentException.class, () -> gelu.forward(ten, y));
        assertArrayEquals(new float[] {7, 7, 7}, y);
    }

    static FloatBuffer direct(int length) {
        return ByteBuffer.allocateDirect(length * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    private static void says(Class<? extends Throwable> type, String words, Executable call) {
        Throwable thrown = assertThrows(type, call);
        assertTrue(thrown.getMessage().contains(words), () -> "said: " + thrown.getMessage());
    }
}
