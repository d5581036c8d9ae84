package dev.hillock.binding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
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
