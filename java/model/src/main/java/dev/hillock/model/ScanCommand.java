package dev.hillock.model;

import dev.hillock.model.scan.Report;
import dev.hillock.model.scan.Scanner;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the activations of a model file. */
@Command(
        name = "scan",
        description = "Lists the activations of a model, layer by layer: ONNX, GGUF, safetensors, Keras, DL4J, a "
                + "Hugging Face config.json, or Hillock's own JSON.")
public final class ScanCommand implements Callable<Integer> {
    private final PrintStream out;

    @Parameters(paramLabel = "MODEL", description = "a model file, a folder with a config.json, or a profile's name")
    private Path file;

    @Option(names = "--json", description = "as JSON")
    private boolean json;

    /** A command that writes to this stream. */
    public ScanCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        Report report = Report.of(Scanner.scan(file));
        if (json) {
            out.print(JsonFiles.text(report));
        } else {
            print(report);
        }
        return 0;
    }

    private void print(Report report) {
        out.println(printable(report.format() + (report.name().isEmpty() ? "" : ": " + report.name())));
        if (!report.note().isEmpty()) {
            out.println(report.note());
        }
        out.println();
        int width = report.layers().stream()
                .mapToInt(layer -> layer.layer().length())
                .max()
                .orElse(5);
        String form = "%-" + Math.min(60, Math.max(5, width)) + "s  %-20s %-26s %12s %7s  %s";
        line(form, "layer", "in the file", "Hillock", "elements", "share", "");
        for (Report.Layer layer : report.layers()) {
            line(
                    form,
                    layer.layer(),
                    layer.original(),
                    layer.hillock() == null ? "-" : layer.hillock(),
                    elements(layer.elements()),
                    share(layer.share()),
                    layer.note());
        }
        out.println();
        for (Report.Sum sum : report.summary()) {
            line(
                    "%-30s %6s %-7s %14s %7s",
                    sum.activation(),
                    sum.layers(),
                    sum.layers() == 1 ? "place" : "places",
                    elements(sum.elements()),
                    share(sum.share()));
        }
        if (report.summary().isEmpty()) {
            out.println("no activations found");
        }
        report.advice().forEach(sentence -> out.println("advice: " + sentence));
    }

    private void line(String form, Object... words) {
        out.println(printable(String.format(Locale.ROOT, form, words).stripTrailing()));
    }

    // Names come from a stranger's file: no control characters reach the terminal.
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    private static String elements(Long elements) {
        return elements == null ? "?" : elements.toString();
    }

    private static String share(Double share) {
        return share == null ? "" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
