package dev.hillock.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;

/** A report as JSON: the machine, the method, the contestants and every cell. */
final class JsonFile {
    private JsonFile() {}

    static String of(Report report) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            machine(json, report.machine());
            json.writeStringField(
                    "method", "medians of interleaved rounds, " + report.plan().millis() + " ms a contestant and case");
            json.writeStringField("maxUlpSample", Accuracy.SAMPLE);
            json.writeObjectFieldStart("contestants");
            for (Map.Entry<String, String> entry : report.descriptions().entrySet()) {
                json.writeStringField(entry.getKey(), entry.getValue());
            }
            json.writeEndObject();
            json.writeArrayFieldStart("cells");
            for (Cell cell : report.cells()) {
                cell(json, report, cell);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.append('\n').toString();
    }

    private static void machine(JsonGenerator json, Machine machine) throws IOException {
        json.writeObjectFieldStart("machine");
        json.writeStringField("processor", machine.processor());
        json.writeNumberField("cores", machine.cores());
        json.writeStringField("instructionSet", machine.instructionSet());
        json.writeStringField("jvm", machine.jvm());
        json.writeStringField("system", machine.system());
        json.writeEndObject();
    }

    private static void cell(JsonGenerator json, Report report, Cell cell) throws IOException {
        Case task = cell.task();
        json.writeStartObject();
        json.writeStringField("operation", task.operation());
        json.writeStringField("direction", Case.word(task.direction()));
        json.writeNumberField("rows", task.rows());
        json.writeNumberField("columns", task.columns());
        json.writeNumberField("threads", task.threads());
        json.writeStringField("contestant", cell.contestant());
        if (cell.isTimed()) {
            json.writeNumberField("nanosPerElement", cell.nanosPerElement());
            json.writeNumberField("nanosPerElementFirstQuartile", cell.quartile());
            json.writeNumberField("nanosPerCall", cell.nanosPerCall());
            json.writeNumberField("rounds", cell.rounds());
            json.writeNumberField("allocatedBytesPerCall", cell.allocatedBytesPerCall());
            json.writeStringField("check", cell.check().name().toLowerCase(Locale.ROOT));
            number(json, "maxUlp", cell.maxUlp());
            number(json, "speedUpOverPlain", report.speedUp(task, cell.contestant(), "plain"));
            number(json, "roofline", report.roofline(task, cell.contestant()));
        } else {
            json.writeStringField("notSupported", cell.reason());
        }
        json.writeEndObject();
    }

    // An infinite error becomes the string "Infinity".
    private static void number(JsonGenerator json, String name, Double value) throws IOException {
        if (value != null) {
            json.writeNumberField(name, value);
        }
    }
}
