package dev.hillock;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hillock.binding.NativeLibrary;
import dev.hillock.engine.Engines;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.bytedeco.javacpp.FloatPointer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same operation on every carrier of memory gives the same bits. */
class MemoryTest {
    private static final int LENGTH = 20_003;
    private final float[] x = random(1);
    private final float[] dy = random(2);

    // JavaCPP's pointers need one of its libraries.
    private static final boolean LOADED = NativeLibrary.get().calls() != null;

    static Stream<Engine> engines() {
        return Stream.of(Engine.AUTO, Engine.NATIVE, Engine.VECTOR, Engine.SCALAR, Engine.REFERENCE)
                .filter(engine -> engine == Engine.AUTO
                        || Engines.get(engine).availability().isAvailable());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void buffersGiveTheBitsOfArrays(Engine engine) {
        Kernels kernels = Kernels.builder().engine(engine).build();
        Activation f = Activation.elu();
        float[] y = new float[LENGTH];
        float[] dx = new float[LENGTH];
        kernels.forward(f, x, y);
        kernels.backward(f, x, dy, dx);

        FloatBuffer directX = MisuseTest.direct(LENGTH + 3).position(3);
        directX.duplicate().put(x);
        FloatBuffer directY = MisuseTest.direct(LENGTH + 1).position(1);
        kernels.forward(f, directX, directY);
        assertArrayEquals(y, contents(directY));
        assertEquals(3, directX.position());

        FloatBuffer heapDy = FloatBuffer.wrap(dy);
        FloatBuffer mixed = MisuseTest.direct(LENGTH);
        kernels.backward(f, directX, heapDy, mixed);
        assertArrayEquals(dx, contents(mixed));

        FloatBuffer slice = FloatBuffer.wrap(new float[LENGTH + 9], 4, LENGTH).slice();
        kernels.backwardFromOutput(f, FloatBuffer.wrap(y), heapDy, slice);
        kernels.backwardFromOutput(f, y, dy, dx);
        assertArrayEquals(dx, contents(slice));
    }

    // Neither direct nor with an array of their own elements.
    @ParameterizedTest
    @MethodSource("engines")
    void viewsOfBytesOnTheHeapGiveTheBitsOfArrays(Engine engine) {
        Kernels kernels = Kernels.builder().engine(engine).build();
        Activation f = Activation.elu();
        float[] y = new float[LENGTH];
        float[] dx = new float[LENGTH];
        kernels.forward(f, x, y);
        kernels.backward(f, x, dy, dx);
        FloatBuffer viewX = bytes(Float.BYTES).asFloatBuffer().put(x).flip();
        FloatBuffer viewY = bytes(Float.BYTES).asFloatBuffer();
        kernels.forward(f, viewX, viewY);
        assertArrayEquals(y, contents(viewY));
        kernels.backward(f, viewX, FloatBuffer.wrap(dy), viewY);
        assertArrayEquals(dx, contents(viewY));

        double[] wide = new double[LENGTH];
        double[] expected = new double[LENGTH];
        Arrays.setAll(wide, i -> x[i]);
        kernels.forward(f, wide, expected);
        DoubleBuffer doubles = bytes(Double.BYTES).asDoubleBuffer().put(wide).flip();
        kernels.forward(f, doubles, doubles);
        double[] actual = new double[LENGTH];
        doubles.get(actual);
        assertArrayEquals(expected, actual);

        short[] narrow = new short[LENGTH];
        short[] narrowY = new short[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            narrow[i] = (short) (Float.floatToRawIntBits(x[i]) >>> 16);
        }
        kernels.forward(f, ElementType.BFLOAT16, narrow, narrowY);
        ShortBuffer shorts = bytes(Short.BYTES).asShortBuffer().put(narrow).flip();
        kernels.forward(f, ElementType.BFLOAT16, shorts, shorts);
        shorts.get(narrow);
        assertArrayEquals(narrowY, narrow);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void viewsOfBytesOnTheHeapHaveAxesToo(Engine engine) {
        Kernels kernels = Kernels.builder().engine(engine).build();
        int[] shape = {7, LENGTH / 7};
        int count = shape[0] * shape[1];
        float[] rows = Arrays.copyOf(x, count);
        float[] gradient = Arrays.copyOf(dy, count);
        float[] y = new float[count];
        float[] dx = new float[count];
        kernels.forward(AxisFunction.softmax(), rows, shape, y);
        kernels.backward(AxisFunction.softmax(), y, gradient, shape, dx);
        FloatBuffer view = bytes(Float.BYTES).asFloatBuffer().put(rows).flip();
        kernels.forward(AxisFunction.softmax(), view, shape, view);
        assertArrayEquals(y, contents(view));
        kernels.backward(AxisFunction.softmax(), view, FloatBuffer.wrap(gradient), shape, view);
        assertArrayEquals(dx, contents(view));
    }

    // At a position that is no address.
    private static ByteBuffer bytes(int each) {
        return ByteBuffer.allocate(each * LENGTH + each).position(each).slice().order(ByteOrder.nativeOrder());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void pointersAndAddressesGiveTheBitsOfArrays(Engine engine) {
        assumeTrue(LOADED, NativeLibrary.get().reason());
        Kernels kernels = Kernels.builder().engine(engine).build();
        Activation f = Activation.leakyRelu();
        float[] y = new float[LENGTH];
        float[] dx = new float[LENGTH];
        kernels.forward(f, x, y);
        kernels.backward(f, x, dy, dx);
        try (FloatPointer xs = new FloatPointer(x);
                FloatPointer dys = new FloatPointer(dy);
                FloatPointer outs = new FloatPointer(LENGTH)) {
            float[] actual = new float[LENGTH];
            kernels.forward(f, xs, outs);
            outs.get(actual);
            assertArrayEquals(y, actual);
            kernels.backward(f, xs, dys, outs);
            outs.get(actual);
            assertArrayEquals(dx, actual);
            kernels.forward(f, xs.address(), outs.address(), LENGTH);
            outs.get(actual);
            assertArrayEquals(y, actual);
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void closedMemoryIsSaid(Engine engine) {
        assumeTrue(LOADED, NativeLibrary.get().reason());
        Kernels kernels = Kernels.builder().engine(engine).build();
        FloatPointer closed = new FloatPointer(4);
        closed.close();
        try (FloatPointer open = new FloatPointer(4)) {
            assertThrows(IllegalStateException.class, () -> kernels.forward(Activation.relu(), closed, open));
            assertThrows(IllegalStateException.class, () -> kernels.forward(Activation.relu(), 0, open.address(), 4));
        }
    }

    private static float[] contents(FloatBuffer buffer) {
        float[] contents = new float[buffer.remaining()];
        buffer.duplicate().get(contents);
        return contents;
    }

    private static float[] random(int seed) {
        Random random = new Random(seed);
        float[] values = new float[LENGTH];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian() * 3;
        }
        return values;
    }
}
