package dev.hillock.model.scan;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * ONNX, field by field: weights of gigabytes are skipped, not loaded, and no length is believed beyond the message that
 * holds it.
 */
final class OnnxReader implements ModelReader {
    private static final int LONGEST_WORD = 1 << 16;
    private static final int MOST_NODES = 200_000;
    private static final int DEEPEST = 32;
    private static final long MOST_WORD_BYTES = 256 << 20;

    @Override
    public boolean accepts(byte[] start, long length) {
        // The first field of every model is its IR version: number 1, a whole number.
        return start.length > 2 && start[0] == (OnnxFields.MODEL_IR_VERSION << 3);
    }

    @Override
    public Model read(Path file) throws IOException {
        try (InputStream stream = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            CodedInputStream in = CodedInputStream.newInstance(stream);
            in.setSizeLimit(Integer.MAX_VALUE);
            OnnxGraph graph = new OnnxGraph();
            String producer = model(in, graph);
            if (graph.nodes.isEmpty()) {
                throw new IllegalArgumentException("no ONNX model: it has no graph");
            }
            return OnnxActivations.model(graph, producer);
        } catch (IllegalStateException e) {
            throw new InvalidProtocolBufferException(String.valueOf(e.getMessage()));
        }
    }

    private interface Field {
        /** Whether the field of this tag was read; it is skipped otherwise. */
        boolean read(int tag) throws IOException;
    }

    private static void message(CodedInputStream in, Field field) throws IOException {
        int length = in.readRawVarint32();
        int outer = in.pushLimit(length);
        fields(in, field);
        if (in.getBytesUntilLimit() != 0) {
            throw new InvalidProtocolBufferException("a message ends too early");
        }
        in.popLimit(outer);
    }

    private static void fields(CodedInputStream in, Field field) throws IOException {
        while (!in.isAtEnd()) {
            int tag = in.readTag();
            if (tag == 0) {
                return;
            }
            int kind = WireFormat.getTagWireType(tag);
            boolean plain = kind == WireFormat.WIRETYPE_LENGTH_DELIMITED
                    || kind == WireFormat.WIRETYPE_VARINT
                    || kind == WireFormat.WIRETYPE_FIXED32;
            if (kind == WireFormat.WIRETYPE_START_GROUP || kind == WireFormat.WIRETYPE_END_GROUP) {
                throw new InvalidProtocolBufferException("a group, which ONNX does not have");
            }
            if (!plain || !field.read(tag)) {
                in.skipField(tag);
            }
        }
    }

    private static int bytes(int number) {
        return number << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    }

    private static int whole(int number) {
        return number << 3 | WireFormat.WIRETYPE_VARINT;
    }

    private static String word(CodedInputStream in, OnnxGraph graph) throws IOException {
        int length = in.readRawVarint32();
        if (length < 0 || length > LONGEST_WORD) {
            throw new IllegalArgumentException("ONNX: a name of " + Integer.toUnsignedString(length) + " bytes");
        }
        return kept(in, length, graph);
    }

    private static String model(CodedInputStream in, OnnxGraph graph) throws IOException {
        String[] producer = {""};
        fields(in, tag -> {
            if (tag == bytes(OnnxFields.MODEL_PRODUCER_NAME)) {
                producer[0] = word(in, graph);
            } else if (tag == bytes(OnnxFields.MODEL_GRAPH)) {
                message(in, graphField(in, graph, "", 0));
            } else if (tag == bytes(OnnxFields.MODEL_FUNCTIONS)) {
                message(in, functionField(in, graph));
            } else {
                return false;
            }
            return true;
        });
        return producer[0];
    }

    private static Field graphField(CodedInputStream in, OnnxGraph graph, String place, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("ONNX graphs nested deeper than " + DEEPEST);
        }
        return tag -> {
            if (tag == bytes(OnnxFields.GRAPH_NODE)) {
                node(in, graph, place, depth);
            } else if (tag == bytes(OnnxFields.GRAPH_NAME)) {
                String name = word(in, graph);
                graph.name = depth == 0 ? name : graph.name;
            } else if (tag == bytes(OnnxFields.GRAPH_INITIALIZER)) {
                tensor(in, graph);
            } else if (tag == bytes(OnnxFields.GRAPH_VALUE_INFO) || tag == bytes(OnnxFields.GRAPH_INPUT)) {
                value(in, graph);
            } else if (tag == bytes(OnnxFields.GRAPH_OUTPUT)) {
                String name = value(in, graph);
                if (depth == 0) {
                    graph.outputs.add(name);
                }
            } else {
                return false;
            }
            return true;
        };
    }

    private static Field functionField(CodedInputStream in, OnnxGraph graph) {
        String[] place = {"function/"};
        return tag -> {
            if (tag == bytes(OnnxFields.FUNCTION_NAME)) {
                place[0] = word(in, graph) + "/";
            } else if (tag == bytes(OnnxFields.FUNCTION_NODE)) {
                node(in, graph, place[0], 1);
            } else {
                return false;
            }
            return true;
        };
    }

    private static void node(CodedInputStream in, OnnxGraph graph, String place, int depth) throws IOException {
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        Map<String, Object> attributes = new HashMap<>();
        String[] words = {"", ""};
        message(in, tag -> {
            if (tag == bytes(OnnxFields.NODE_INPUT)) {
                inputs.add(word(in, graph));
            } else if (tag == bytes(OnnxFields.NODE_OUTPUT)) {
                outputs.add(word(in, graph));
            } else if (tag == bytes(OnnxFields.NODE_NAME)) {
                words[0] = word(in, graph);
            } else if (tag == bytes(OnnxFields.NODE_OP_TYPE)) {
                words[1] = word(in, graph);
            } else if (tag == bytes(OnnxFields.NODE_ATTRIBUTE)) {
                attribute(in, graph, attributes, place, depth);
            } else {
                return false;
            }
            return true;
        });
        if (graph.nodes.size() >= MOST_NODES) {
            throw new IllegalArgumentException("ONNX: more than " + MOST_NODES + " operations");
        }
        if (words[1].equals("Constant") && attributes.get("value") instanceof Float value && !outputs.isEmpty()) {
            graph.constants.put(outputs.get(0), value);
        }
        graph.nodes.add(new OnnxGraph.Node(place, words[0], words[1], inputs, outputs, attributes));
    }

    private static void attribute(
            CodedInputStream in, OnnxGraph graph, Map<String, Object> attributes, String place, int depth)
            throws IOException {
        String[] name = {""};
        Object[] value = {null};
        message(in, tag -> {
            if (tag == bytes(OnnxFields.ATTRIBUTE_NAME)) {
                name[0] = word(in, graph);
            } else if (tag == (OnnxFields.ATTRIBUTE_F << 3 | WireFormat.WIRETYPE_FIXED32)) {
                value[0] = in.readFloat();
            } else if (tag == whole(OnnxFields.ATTRIBUTE_I)) {
                value[0] = in.readInt64();
            } else if (tag == bytes(OnnxFields.ATTRIBUTE_S)) {
                value[0] = shortBytes(in, graph);
            } else if (tag == bytes(OnnxFields.ATTRIBUTE_T)) {
                value[0] = tensor(in, graph);
            } else if (tag == bytes(OnnxFields.ATTRIBUTE_G)) {
                message(in, graphField(in, graph, place + "body/", depth + 1));
            } else {
                return false;
            }
            return true;
        });
        if (value[0] != null) {
            attributes.put(name[0], value[0]);
        }
    }

    // Text that may be long data; null then.
    private static String shortBytes(CodedInputStream in, OnnxGraph graph) throws IOException {
        int length = in.readRawVarint32();
        if (length < 0 || length > LONGEST_WORD) {
            in.skipRawBytes(length);
            return null;
        }
        return kept(in, length, graph);
    }

    private static String kept(CodedInputStream in, int length, OnnxGraph graph) throws IOException {
        graph.wordBytes += length;
        if (graph.wordBytes > MOST_WORD_BYTES) {
            throw new IllegalArgumentException("ONNX: names of more than " + (MOST_WORD_BYTES >> 20) + " MiB");
        }
        return new String(in.readRawBytes(length), StandardCharsets.UTF_8);
    }

    // Keeps the value if it is a single float, as the limits of Clip are.
    private static Float tensor(CodedInputStream in, OnnxGraph graph) throws IOException {
        String[] name = {""};
        Float[] value = {null};
        long[] count = {1};
        message(in, tag -> {
            if (tag == bytes(OnnxFields.TENSOR_NAME)) {
                name[0] = word(in, graph);
            } else if (tag == whole(OnnxFields.TENSOR_DIMS)) {
                count[0] = product(count[0], in.readInt64());
            } else if (tag == bytes(OnnxFields.TENSOR_RAW_DATA) || tag == bytes(OnnxFields.TENSOR_FLOAT_DATA)) {
                value[0] = scalar(in);
            } else {
                return false;
            }
            return true;
        });
        Float single = count[0] == 1 ? value[0] : null;
        if (single != null && !name[0].isEmpty()) {
            graph.constants.put(name[0], single);
        }
        return single;
    }

    private static Float scalar(CodedInputStream in) throws IOException {
        int length = in.readRawVarint32();
        if (length != Float.BYTES) {
            in.skipRawBytes(length);
            return null;
        }
        return ByteBuffer.wrap(in.readRawBytes(length))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getFloat();
    }

    // The elements of one example: dimensions without a number, such as the batch, count as 1.
    private static String value(CodedInputStream in, OnnxGraph graph) throws IOException {
        String[] name = {""};
        long[] count = {0};
        message(in, tag -> {
            if (tag == bytes(OnnxFields.VALUE_NAME)) {
                name[0] = word(in, graph);
                return true;
            }
            return tag == bytes(OnnxFields.VALUE_TYPE)
                    && nested(
                            in,
                            OnnxFields.TYPE_TENSOR,
                            () -> inside(in, OnnxFields.TENSOR_TYPE_SHAPE, () -> {
                                count[0] = 1;
                                inside(in, OnnxFields.SHAPE_DIM, () -> count[0] = product(count[0], dimension(in)));
                            }));
        });
        if (count[0] > 0) {
            graph.elements.put(name[0], count[0]);
        }
        return name[0];
    }

    private interface Step {
        void run() throws IOException;
    }

    private static boolean nested(CodedInputStream in, int number, Step step) throws IOException {
        inside(in, number, step);
        return true;
    }

    // Reads the message at hand and takes a step in every field of a number.
    private static void inside(CodedInputStream in, int number, Step step) throws IOException {
        message(in, tag -> {
            if (tag != bytes(number)) {
                return false;
            }
            step.run();
            return true;
        });
    }

    private static long dimension(CodedInputStream in) throws IOException {
        long[] size = {1};
        message(in, tag -> {
            if (tag != whole(OnnxFields.DIM_VALUE)) {
                return false;
            }
            size[0] = in.readInt64();
            return true;
        });
        return size[0];
    }

    private static long product(long a, long b) {
        return b <= 0 || a > Long.MAX_VALUE / b ? Math.max(a, 1) : a * b;
    }
}
