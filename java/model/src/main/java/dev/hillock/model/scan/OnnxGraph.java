package dev.hillock.model.scan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the scan keeps of an ONNX graph: its nodes, small constants, and how many elements its values have. */
final class OnnxGraph {
    // What an activation written out in small operations hands on is read once or twice.
    private static final int MOST_READERS = 16;

    /**
     * An operation.
     *
     * @param place where it stands, for subgraphs and functions
     * @param attributes its numbers and words by name
     */
    record Node(
            String place,
            String name,
            String op,
            List<String> inputs,
            List<String> outputs,
            Map<String, Object> attributes) {
        String layer() {
            String own = !name.isEmpty() ? name : outputs.isEmpty() ? op : outputs.get(0);
            return place + own;
        }

        double number(String attribute, double otherwise) {
            return attributes.get(attribute) instanceof Number value ? value.doubleValue() : otherwise;
        }

        String input(int i) {
            return i < inputs.size() ? inputs.get(i) : "";
        }
    }

    String name = "";
    // Of all names and texts kept so far.
    long wordBytes;
    final List<Node> nodes = new ArrayList<>();
    final Map<String, Float> constants = new HashMap<>();
    final Map<String, Long> elements = new HashMap<>();
    final Set<String> outputs = new HashSet<>();

    private Map<String, List<Node>> readers;
    private Map<String, Node> producers;

    /** The operation that makes a value, or null if none does. */
    Node producer(String value) {
        if (producers == null) {
            producers = new HashMap<>();
            nodes.forEach(node -> node.outputs().forEach(output -> producers.put(output, node)));
        }
        return producers.get(value);
    }

    /** The first of the operations that read a value: so few that asking for every value takes no time. */
    List<Node> readers(String value) {
        if (readers == null) {
            readers = new LinkedHashMap<>();
            for (Node node : nodes) {
                for (String input : new HashSet<>(node.inputs())) {
                    List<Node> found = readers.computeIfAbsent(input, key -> new ArrayList<>());
                    if (found.size() < MOST_READERS) {
                        found.add(node);
                    }
                }
            }
        }
        return readers.getOrDefault(value, List.of());
    }
}
