package dev.hillock;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hillock.binding.NativeLibrary;
import dev.hillock.engine.Engines;
import java.nio.FloatBuffer;
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
