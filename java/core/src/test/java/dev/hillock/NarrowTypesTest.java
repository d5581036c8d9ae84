package dev.hillock;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hillock.binding.NativeLibrary;
import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;
import dev.hillock.engine.Engines;
import dev.hillock.kernel.NarrowFloats;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.bytedeco.javacpp.ShortPointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Elements of 16 bits: the float result, rounded once, on every engine and every carrier. */
class NarrowTypesTest {
    private static final int ALL = 1 << 16;
    private static final Kernels SCALAR =
            Kernels.builder().engine(Engine.SCALAR).build();
    private static final List<Kernels> ENGINES = Stream.of(Engine.SCALAR, Engine.NATIVE, Engine.VECTOR, Engine.AUTO)
            .filter(e -> e == Engine.AUTO || Engines.get(e).availability().isAvailable())
            .map(e -> Kernels.builder().engine(e).threads(2).build())
            .toList();

    static Stream<Activation> activations() {
        return Catalogue.functions().stream().map(NarrowTypesTest::activation).filter(f -> Engines.get(Engine.SCALAR)
                .supports(f.function(), ElementType.FLOAT32, Direction.FORWARD, f.parameters()));
    }

    private static Activation activation(Function function) {
        Map<String, Number> required = new HashMap<>();
        function.parameters().stream().filter(p -> p.defaultValue() == null).forEach(p -> required.put(p.name(), 1));
        return Activation.of(function.name(), required);
    }

    @ParameterizedTest
    @MethodSource("activations")
    void everyInputGivesTheFloatResultRoundedOnce(Activation f) {
        for (ElementType type : List.of(ElementType.BFLOAT16, ElementType.FLOAT16)) {
            short[] x = everything();
            short[] dy = new short[ALL];
            Random random = new Random(5);
            for (int i = 0; i < ALL; i++) {
                dy[i] = narrow(type, (float) random.nextGaussian());
            }
            for (Direction direction : Direction.values()) {
                if (direction == Direction.BACKWARD_FROM_OUTPUT && !f.allowsBackwardFromOutput()) {
                    continue;
                }
                float[] wide = run(SCALAR, f, direction, widen(type, x), widen(type, dy));
                for (Kernels kernels : ENGINES) {
                    short[] actual = run(kernels, f, type, direction, x, dy);
                    for (int i = 0; i < ALL; i++) {
                        requireSame(
                                type,
                                narrow(type, wide[i]),
                                actual[i],
                                f + " " + direction + " " + type + " on " + kernels.engine() + " at bits "
                                        + Integer.toHexString(i));
                    }
                }
            }
        }
    }

    private static void requireSame(ElementType type, short expected, short actual, String message) {
        boolean bothNaN = Float.isNaN(widen(type, expected)) && Float.isNaN(widen(type, actual));
        if (expected != actual && !bothNaN) {
            assertEquals(widen(type, expected), widen(type, actual), message);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"BFLOAT16", "FLOAT16"})
    void everyCarrierGivesTheBitsOfArrays(ElementType type) {
        short[] x = sample(type, 1);
        short[] dy = sample(type, 2);
        Activation f = Activation.elu();
        for (Kernels kernels : ENGINES) {
            short[] y = new short[x.length];
            short[] dx = new short[x.length];
            kernels.forward(f, type, x, y);
            kernels.backward(f, type, x, dy, dx);

            short[] padded = new short[x.length + 5];
            kernels.forward(f, type, x, 0, padded, 3, x.length);
            assertArrayEquals(y, Arrays.copyOfRange(padded, 3, 3 + x.length));
            assertEquals(0, padded[2] | padded[3 + x.length]);
            short[] inPlace = x.clone();
            kernels.backward(f, type, inPlace, 0, dy, 0, inPlace, 0, x.length);
            assertArrayEquals(dx, inPlace);

            ShortBuffer directX = direct(x.length + 3).position(3);
            directX.duplicate().put(x);
            ShortBuffer directOut = direct(x.length + 1).position(1);
            kernels.forward(f, type, directX, directOut);
            assertArrayEquals(y, contents(directOut));
            kernels.backward(f, type, directX, ShortBuffer.wrap(dy).asReadOnlyBuffer(), directOut);
            assertArrayEquals(dx, contents(directOut));
            kernels.backwardFromOutput(f, type, ShortBuffer.wrap(y), ShortBuffer.wrap(dy), directOut);
            kernels.backwardFromOutput(f, type, y, dy, dx);
            assertArrayEquals(dx, contents(directOut));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"BFLOAT16", "FLOAT16"})
    void pointersAndAddressesGiveTheBitsOfArrays(ElementType type) {
        assumeTrue(NativeLibrary.get().calls() != null, NativeLibrary.get().reason());
        short[] x = sample(type, 1);
        short[] dy = sample(type, 2);
        Activation f = Activation.tanh();
        for (Kernels kernels : ENGINES) {
            short[] y = new short[x.length];
            short[] dx = new short[x.length];
            kernels.forward(f, type, x, y);
            kernels.backward(f, type, x, dy, dx);
            try (ShortPointer xs = new ShortPointer(x);
                    ShortPointer dys = new ShortPointer(dy);
                    ShortPointer outs = new ShortPointer(x.length)) {
                short[] actual = new short[x.length];
                kernels.forward(f, type, xs, outs);
                outs.get(actual);
                assertArrayEquals(y, actual);
                kernels.backward(f, type, xs.address(), dys.address(), outs.address(), x.length);
                outs.get(actual);
                assertArrayEquals(dx, actual);
                kernels.backwardFromOutput(f, type, xs, dys, outs);
                outs.get(actual);
                kernels.backwardFromOutput(f, type, x, dy, dx);
                assertArrayEquals(dx, actual);
            }
        }
    }

    @Test
    void aChainIsRoundedOnce() {
        Activation chain = Activation.chain(Activation.tanh(), Activation.silu(), Activation.affine(3, 1));
        short[] x = sample(ElementType.BFLOAT16, 3);
        float[] wide = widen(ElementType.BFLOAT16, x);
        SCALAR.forward(chain, wide, wide);
        short[] y = new short[x.length];
        SCALAR.forward(chain, ElementType.BFLOAT16, x, y);
        for (int i = 0; i < x.length; i++) {
            assertEquals(NarrowFloats.toBfloat16(wide[i]), y[i]);
        }
    }

    @Test
    void misuseIsAnswered() {
        Activation relu = Activation.relu();
        short[] three = new short[3];
        says("element type FLOAT32", () -> relu.forward(ElementType.FLOAT32, three, three));
        says("y has 3 elements", () -> relu.forward(ElementType.FLOAT16, new short[4], three));
        says("overlap", () -> relu.forward(ElementType.FLOAT16, three, 0, three, 1, 2));
        says(
                "byte order",
                () -> SCALAR.forward(
                        relu,
                        ElementType.FLOAT16,
                        ByteBuffer.allocateDirect(6).asShortBuffer(),
                        ShortBuffer.wrap(three)));
        assertThrows(NullPointerException.class, () -> relu.forward(null, three, three));
        assertThrows(IndexOutOfBoundsException.class, () -> relu.forward(ElementType.BFLOAT16, three, 1, three, 1, 3));
        assertThrows(
                ReadOnlyBufferException.class,
                () -> SCALAR.forward(
                        relu,
                        ElementType.FLOAT16,
                        ShortBuffer.wrap(three),
                        ShortBuffer.wrap(three).asReadOnlyBuffer()));
    }

    private static void says(String text, Runnable call) {
        String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
        assertEquals(true, message.contains(text), message);
    }

    private static short[] run(
            Kernels kernels, Activation f, ElementType type, Direction direction, short[] x, short[] dy) {
        short[] out = new short[x.length];
        switch (direction) {
            case FORWARD -> kernels.forward(f, type, x, out);
            case BACKWARD -> kernels.backward(f, type, x, dy, out);
            case BACKWARD_FROM_OUTPUT -> kernels.backwardFromOutput(f, type, x, dy, out);
        }
        return out;
    }

    private static float[] run(Kernels kernels, Activation f, Direction direction, float[] x, float[] dy) {
        float[] out = new float[x.length];
        switch (direction) {
            case FORWARD -> kernels.forward(f, x, out);
            case BACKWARD -> kernels.backward(f, x, dy, out);
            case BACKWARD_FROM_OUTPUT -> kernels.backwardFromOutput(f, x, dy, out);
        }
        return out;
    }

    private static short[] everything() {
        short[] all = new short[ALL];
        for (int i = 0; i < ALL; i++) {
            all[i] = (short) i;
        }
        return all;
    }

    // Long enough to be split over two threads.
    private static short[] sample(ElementType type, int seed) {
        Random random = new Random(seed);
        short[] values = new short[300_007];
        for (int i = 0; i < values.length; i++) {
            values[i] = narrow(type, (float) random.nextGaussian() * 3);
        }
        return values;
    }

    private static short narrow(ElementType type, float value) {
        return type == ElementType.BFLOAT16 ? NarrowFloats.toBfloat16(value) : NarrowFloats.toFloat16(value);
    }

    private static float widen(ElementType type, short bits) {
        return type == ElementType.BFLOAT16 ? NarrowFloats.fromBfloat16(bits) : NarrowFloats.fromFloat16(bits);
    }

    private static float[] widen(ElementType type, short[] bits) {
        float[] wide = new float[bits.length];
        NarrowFloats.widen(type, bits, 0, wide, 0, bits.length);
        return wide;
    }

    private static ShortBuffer direct(int length) {
        return ByteBuffer.allocateDirect(length * Short.BYTES)
                .order(ByteOrder.nativeOrder())
                .asShortBuffer();
    }

    private static short[] contents(ShortBuffer buffer) {
        short[] contents = new short[buffer.remaining()];
        buffer.duplicate().get(contents);
        return contents;
    }
}
