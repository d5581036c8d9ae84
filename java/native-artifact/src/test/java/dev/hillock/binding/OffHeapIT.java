package dev.hillock.binding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("dev.hillock.binding.PackedLibrary#isThere")
class OffHeapIT {
    @Test
    void copiesToAndFromADirectBufferWhateverItsPosition() {
        assertNotNull(NativeLibrary.get().calls(), NativeLibrary.get().reason());
        FloatBuffer buffer =
                ByteBuffer.allocateDirect(40).order(ByteOrder.nativeOrder()).asFloatBuffer();
        long address = OffHeap.address(buffer);
        assertEquals(address, OffHeap.address(buffer.position(3)));
        assertEquals(address + 8, OffHeap.address(buffer.position(2).slice()));
        OffHeap.write(new float[] {1, 2, 3, 4}, 0, address + 8, 3);
        assertEquals(3, buffer.get(4));
        float[] back = new float[5];
        OffHeap.read(address, back, 0, 5);
        assertArrayEquals(new float[] {0, 0, 1, 2, 3}, back);
    }

    // JavaCPP 1.5.13 adds the position of a buffer as if its elements were bytes.
    @Test
    void theAddressIsOfTheFirstElementOfEveryKindOfBuffer() {
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            ByteBuffer memory = ByteBuffer.allocateDirect(72).order(order);
            long start = new BytePointer(memory).address();
            // Views start at the position of the bytes, on a multiple of their elements or not.
            for (int skipped : new int[] {0, 8, 3}) {
                ByteBuffer bytes = memory.duplicate().order(order).position(skipped);
                everyPositionAndSlice(bytes.asFloatBuffer(), Float.BYTES, start + skipped);
                everyPositionAndSlice(bytes.asDoubleBuffer(), Double.BYTES, start + skipped);
                everyPositionAndSlice(bytes.asShortBuffer(), Short.BYTES, start + skipped);
                ByteBuffer constants = bytes.asReadOnlyBuffer().order(order);
                everyPositionAndSlice(constants.asFloatBuffer(), Float.BYTES, start + skipped);
                everyPositionAndSlice(constants.asDoubleBuffer(), Double.BYTES, start + skipped);
                everyPositionAndSlice(constants.asShortBuffer(), Short.BYTES, start + skipped);
            }
        }
    }

    private static void everyPositionAndSlice(Buffer buffer, int bytes, long first) {
        for (int position = 0; position <= buffer.capacity(); position++) {
            buffer.clear().position(position);
            String where = buffer + " at " + position;
            assertEquals(first, OffHeap.address(buffer), where);
            assertEquals(first, OffHeap.address(buffer.duplicate()), where);
            long here = first + (long) position * bytes;
            Buffer slice = buffer.slice();
            assertEquals(here, OffHeap.address(slice), where);
            assertEquals(here, OffHeap.address(slice.position(slice.limit())), where);
            assertEquals(first, OffHeap.address(buffer.limit(position)), where);
        }
    }

    @Test
    void copiesShortsToo() {
        ShortBuffer buffer =
                ByteBuffer.allocateDirect(20).order(ByteOrder.nativeOrder()).asShortBuffer();
        long address = OffHeap.address(buffer);
        assertEquals(address, OffHeap.address(buffer.position(3)));
        assertEquals(address + 4, OffHeap.address(buffer.position(2).slice()));
        OffHeap.write(new short[] {1, 2, 3, 4}, 1, address + 4, 3);
        short[] back = new short[6];
        OffHeap.read(address, back, 1, 5);
        assertArrayEquals(new short[] {0, 0, 0, 2, 3, 4}, back);
    }
}
