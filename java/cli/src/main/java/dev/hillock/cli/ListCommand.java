package dev.hillock.cli;

import dev.hillock.catalogue.Cost;
import dev.hillock.catalogue.Function;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the catalogue, or one entry of it with its plot. */
@Command(description = "Prints the catalogue, or one entry with its formula, derivative, properties and plot.")
final class ListCommand implements Callable<Integer> {
    private static final String ROW = "%-12s %-23s %-37s %-30s %-16s %s%n";

    private final Console console;

    @Parameters(paramLabel = "FUNCTION", arity = "0..1", description = "a name or alias")
    private String name;

    @Option(names = "--json", description = "as JSON")
    private boolean json;

    ListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        PrintStream out = console.out();
        if (name == null && json) {
            Json.print(out, Entry.all().stream().map(Entry::facts).toList());
        } else if (name == null) {
            out.printf(ROW, "kind", "name", "parameters", "range", "cost", "also");
            Entry.all().forEach(entry -> row(out, entry));
            out.println();
            out.println("cost: times relu's value and slope at 16384 elements, measured on " + Cost.machine());
        } else if (json) {
            Json.print(out, Entry.of(name).facts());
        } else {
            page(out, Entry.of(name));
        }
        return Main.DONE;
    }

    private static void row(PrintStream out, Entry entry) {
        String row = String.format(
                ROW,
                entry.kind(),
                entry.name(),
                entry.parameterText(),
                entry.range(),
                entry.cost().map(Cost::toString).orElse(""),
                String.join(", ", entry.aliases()));
        out.println(row.stripTrailing());
    }

    private static void page(PrintStream out, Entry entry) {
        out.println(entry.name());
        line(out, "kind", entry.kind());
        line(out, "value", entry.formula());
        line(out, "derivative", entry.derivative());
        line(out, "range", entry.range());
        line(out, "parameters", entry.parameterText());
        line(out, "properties", String.join(", ", entry.properties()));
        line(out, "used for", entry.use());
        line(out, "cost", entry.costText());
        line(out, "also", String.join(", ", entry.aliases()));
        line(out, "engines", String.join(", ", entry.engines()));
        line(out, "kernels", String.join(", ", entry.kernels()));
        Function f = entry.function();
        if (f != null) {
            double[] p = entry.sample();
            out.println();
            new Plot(x -> f.reference(x, p), x -> f.referenceDerivative(x, p)).print(out);
        }
    }

    private static void line(PrintStream out, String word, String value) {
        if (!value.isEmpty()) {
            out.printf("  %-11s %s%n", word, value);
        }
    }
}
