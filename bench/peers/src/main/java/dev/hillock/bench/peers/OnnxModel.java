package dev.hillock.bench.peers;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The bytes of an ONNX model with an input x, perhaps a second one, an output y and a few nodes between them: the messages of onnx.proto,
 * written field by field.
 */
final class OnnxModel {
    private static final int IR_VERSION = 9;
    private static final int OPSET = 20;
    private static final int FLOAT = 1;

    private static final int VARINT = 0;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private final ByteArrayOutputStream nodes = new ByteArrayOutputStream();

    /** A protobuf message in the making. */
    private static final class Message {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Message number(int field, long value) {
            varint((long) field << 3 | VARINT);
            varint(value);
            return this;
        }

        Message text(int field, String value) {
            return message(field, value.getBytes(StandardCharsets.UTF_8));
        }

        Message message(int field, Message value) {
            return message(field, value.bytes.toByteArray());
        }

        Message message(int field, byte[] value) {
            varint((long) field << 3 | BYTES);
            varint(value.length);
            bytes.writeBytes(value);
            return this;
        }

        Message real(int field, float value) {
            varint((long) field << 3 | FIXED32);
            bytes.writeBytes(ByteBuffer.allocate(Float.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putFloat(value)
                    .array());
            return this;
        }

        private void varint(long value) {
            while ((value & ~0x7fL) != 0) {
                bytes.write((int) (value & 0x7f | 0x80));
                value >>>= 7;
            }
            bytes.write((int) value);
        }
    }

    /** An attribute of a node: a float, a whole number or a text. */
    record Attribute(String name, Object value) {
        private Message message() {
            Message message = new Message().text(1, name);
            if (value instanceof Float real) {
                return message.real(2, real).number(20, 1);
            }
            if (value instanceof Integer whole) {
                return message.number(3, whole).number(20, 2);
            }
            return message.text(4, (String) value).number(20, 3);
        }
    }

    /** Adds a node. The last one must write y. */
    OnnxModel node(String type, List<String> inputs, String output, Attribute... attributes) {
        Message node = new Message();
        inputs.forEach(input -> node.text(1, input));
        node.text(2, output).text(4, type);
        for (Attribute attribute : attributes) {
            node.message(5, attribute.message());
        }
        nodes.writeBytes(new Message().message(1, node).bytes.toByteArray());
        return this;
    }

    /** The model for x and y of a shape, and a second input unless its shape is null. */
    byte[] bytes(long[] secondShape, long... shape) {
        Message graph = new Message();
        graph.bytes.writeBytes(nodes.toByteArray());
        graph.text(2, "activation").message(11, value("x", shape)).message(12, value("y", shape));
        if (secondShape != null) {
            graph.message(11, value("second", secondShape));
        }
        return new Message()
                .number(1, IR_VERSION)
                .message(7, graph)
                .message(8, new Message().text(1, "").number(2, OPSET))
                .bytes
                .toByteArray();
    }

    private static Message value(String name, long... shape) {
        Message dimensions = new Message();
        for (long size : shape) {
            dimensions.message(1, new Message().number(1, size));
        }
        Message tensor = new Message().number(1, FLOAT).message(2, dimensions);
        return new Message().text(1, name).message(2, new Message().message(1, tensor));
    }
}
