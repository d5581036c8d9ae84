package dev.hillock.model.scan;

import java.nio.charset.StandardCharsets;

/** ONNX files by hand, each byte a character. */
final class Onnx {
    private static final int IN = 1;
    private static final int OUT = 2;
    private static final int OP = 4;
    private static final int ATTRIBUTE = 5;

    private Onnx() {}

    static byte[] model(String graph) {
        return ("\10\10" + field(OnnxFields.MODEL_GRAPH, graph)).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A node of a graph: its values, the last of which it makes. */
    static String node(String op, String... values) {
        StringBuilder node = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            node.append(field(i == values.length - 1 ? OUT : IN, values[i]));
        }
        return field(OnnxFields.GRAPH_NODE, node + field(OP, op));
    }

    /** A node with a graph of its own, as the branches of a condition have it. */
    static String nodeAround(String graph) {
        String attribute = field(OnnxFields.ATTRIBUTE_NAME, "then") + field(OnnxFields.ATTRIBUTE_G, graph);
        return field(OnnxFields.GRAPH_NODE, field(OP, "If") + field(ATTRIBUTE, attribute));
    }

    static String field(int number, String bytes) {
        return varint(number << 3 | 2) + varint(bytes.length()) + bytes;
    }

    private static String varint(int value) {
        StringBuilder bytes = new StringBuilder();
        int rest = value;
        while (rest > 127) {
            bytes.append((char) (rest & 127 | 128));
            rest >>>= 7;
        }
        return bytes.append((char) rest).toString();
    }
}
