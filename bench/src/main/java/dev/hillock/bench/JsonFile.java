package dev.hillock.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A report as JSON: the machine, the method, the contestants and every cell. */
final class JsonFile {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonFile() {}

    static String of(Report report) {
        ObjectNode root = MAPPER.createObjectNode();
        root.set("machine", MAPPER.valueToTree(report.machine()));
        root.put("threads", report.plan().threads());
        root.put("method", "medians of interleaved rounds, " + report.plan().millis() + " ms a contestant and case");
        root.put("maxUlpSample", Accuracy.SAMPLE);
        root.set("contestants", MAPPER.valueToTree(report.descriptions()));
        ArrayNode cells = root.putArray("cells");
        report.cells().forEach(cell -> cells.add(node(report, cell)));
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode node(Report report, Cell cell) {
        Case task = cell.task();
        ObjectNode node = MAPPER.createObjectNode();
        node.put("operation", task.operation());
        node.put("direction", Case.word(task.direction()));
        node.put("rows", task.rows());
        node.put("columns", task.columns());
        node.put("threads", task.threads());
        node.put("contestant", cell.contestant());
        if (!cell.isTimed()) {
            return node.put("notSupported", cell.reason());
        }
        node.put("nanosPerElement", cell.nanosPerElement());
        node.put("nanosPerElementFirstQuartile", cell.quartile());
        node.put("nanosPerCall", cell.nanosPerCall());
        node.put("rounds", cell.rounds());
        node.put("allocatedBytesPerCall", cell.allocatedBytesPerCall());
        node.put("check", cell.check().name().toLowerCase(java.util.Locale.ROOT));
        node.put("maxUlp", cell.maxUlp());
        node.put("speedUpOverPlain", report.speedUp(task, cell.contestant(), "plain"));
        node.put("roofline", report.roofline(task, cell.contestant()));
        return node;
    }
}
