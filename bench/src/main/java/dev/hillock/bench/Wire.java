package dev.hillock.bench;

import dev.hillock.catalogue.Direction;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** How a case and arrays travel between the run and the virtual machines of the peers. */
final class Wire {
    /** What the run asks for. */
    enum Request {
        LIST,
        PREPARE,
        RUN,
        TIME,
        RESULT,
        CLOSE
    }

    private static final int CHUNK = 1 << 14;

    private Wire() {}

    static void write(DataOutputStream to, Case task) throws IOException {
        to.writeUTF(task.operation());
        to.writeByte(task.direction().ordinal());
        to.writeInt(task.rows());
        to.writeInt(task.columns());
        to.writeInt(task.threads());
    }

    static Case readCase(DataInputStream from) throws IOException {
        return new Case(
                from.readUTF(), Direction.values()[from.readByte()], from.readInt(), from.readInt(), from.readInt());
    }

    /** The length, -1 for null, and the elements. */
    static void write(DataOutputStream to, float[] values) throws IOException {
        to.writeInt(values == null ? -1 : values.length);
        if (values == null) {
            return;
        }
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Float.BYTES);
        for (int done = 0; done < values.length; done += CHUNK) {
            int count = Math.min(CHUNK, values.length - done);
            chunk.asFloatBuffer().put(values, done, count);
            to.write(chunk.array(), 0, count * Float.BYTES);
        }
    }

    static float[] readArray(DataInputStream from) throws IOException {
        int length = from.readInt();
        if (length < 0) {
            return null;
        }
        float[] values = new float[length];
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Float.BYTES);
        for (int done = 0; done < length; done += CHUNK) {
            int count = Math.min(CHUNK, length - done);
            from.readFully(chunk.array(), 0, count * Float.BYTES);
            chunk.asFloatBuffer().get(values, done, count);
        }
        return values;
    }
}
