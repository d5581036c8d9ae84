package dev.hillock;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hillock.engine.Engines;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.ReadOnlyBufferException;
import org.bytedeco.javacpp.DoublePointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Doubles in buffers, pointers and at addresses give what they give in arrays. */
class DoubleMemoryTest {
    private static final int LENGTH = 9001;
    private static final Activation F = Activation.tanh();

    private static double[] values(double step) {
        double[] values = new double[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            values[i] = (i - LENGTH / 2) * step;
        }
        return values;
    }

    private static Kernels on(Engine engine) {
        assumeTrue(engine == Engine.AUTO || Engines.get(engine).availability().isAvailable());
        return Kernels.builder().engine(engine).build();
    }

    private static DoubleBuffer direct(double[] values) {
        DoubleBuffer buffer = ByteBuffer.allocateDirect((LENGTH + 3) * Double.BYTES)
                .order(ByteOrder.nativeOrder())
                .asDoubleBuffer();
        buffer.position(3);
        buffer.duplicate().put(values);
        return buffer;
    }

    private static double[] content(DoubleBuffer buffer) {
        double[] content = new double[buffer.remaining()];
        buffer.duplicate().get(content);
        return content;
    }

    @ParameterizedTest
    @EnumSource(
            value = Engine.class,
            names = {"AUTO", "NATIVE", "VECTOR", "SCALAR", "REFERENCE"})
    void buffersHoldTheSame(Engine engine) {
        Kernels kernels = on(engine);
        double[] x = values(0.001);
        double[] dy = values(0.7);
        double[] y = new double[LENGTH];
        double[] dx = new double[LENGTH];
        double[] fromOutput = new double[LENGTH];
        kernels.forward(F, x, y);
        kernels.backward(F, x, dy, dx);
        kernels.backwardFromOutput(F, y, dy, fromOutput);
        DoubleBuffer out = direct(dy);
        kernels.forward(F, DoubleBuffer.wrap(x).asReadOnlyBuffer(), out);
        assertArrayEquals(y, content(out));
        DoubleBuffer gradient = direct(dy);
        kernels.backward(F, direct(x), gradient, gradient);
        assertArrayEquals(dx, content(gradient));
        kernels.backwardFromOutput(F, out, direct(dy), out);
        assertArrayEquals(fromOutput, content(out));
    }

    @ParameterizedTest
    @EnumSource(
            value = Engine.class,
            names = {"AUTO", "NATIVE", "VECTOR", "SCALAR"})
    void pointersAndAddressesHoldTheSame(Engine engine) {
        assumeTrue(Engines.get(Engine.NATIVE).availability().isAvailable());
        Kernels kernels = on(engine);
        double[] x = values(0.001);
        double[] y = new double[LENGTH];
        double[] dx = new double[LENGTH];
        kernels.forward(F, x, y);
        kernels.backward(F, x, y, dx);
        try (DoublePointer in = new DoublePointer(x);
                DoublePointer out = new DoublePointer(LENGTH)) {
            kernels.forward(F, in, out);
            double[] content = new double[LENGTH];
            out.get(content);
            assertArrayEquals(y, content);
            kernels.backward(F, in, out, out);
            out.get(content);
            assertArrayEquals(dx, content);
            kernels.forward(F, ElementType.FLOAT64, in.address(), in.address(), LENGTH);
            in.get(content);
            assertArrayEquals(y, content);
        }
    }

    @Test
    void misuseIsAnswered() {
        Kernels kernels = Kernels.defaults();
        DoubleBuffer x = DoubleBuffer.wrap(new double[4]);
        assertThrows(ReadOnlyBufferException.class, () -> kernels.forward(F, x, x.asReadOnlyBuffer()));
        assertThrows(IllegalArgumentException.class, () -> kernels.forward(F, x, DoubleBuffer.wrap(new double[3])));
        assertEquals(
                "y",
                assertThrows(NullPointerException.class, () -> kernels.forward(F, x, (DoubleBuffer) null))
                        .getMessage());
        DoubleBuffer swapped = ByteBuffer.allocateDirect(32)
                .order(
                        ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
                                ? ByteOrder.BIG_ENDIAN
                                : ByteOrder.LITTLE_ENDIAN)
                .asDoubleBuffer();
        assertThrows(IllegalArgumentException.class, () -> kernels.forward(F, x, swapped));
    }
}
