package dev.hillock.cli;

import dev.hillock.catalogue.FusedCatalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was measured of the functions: the tables that {@code check --markdown} and {@code bench} wrote. */
final class Measured {
    private static final String ALL_INPUTS = "All 2^32 inputs";
    private static final List<Row> ACCURACY = accuracyRows(rows(text("ACCURACY.md")));
    private static final String SPEED_TEXT = text("SPEED.md");
    private static final List<Row> SPEED = rows(SPEED_TEXT);
    private static final Map<String, String> WORDS =
            Map.of("forward", "value", "backward", "slope", "backward_from_output", "slope from the output");
    private static final String NOTHING = "–";
    private static final List<String> FUSED = FusedCatalogue.operations().stream()
            .map(FusedCatalogue.Operation::name)
            .toList();

    /**
     * A row of a table.
     *
     * @param title the line in bold above the table, without what stands in brackets
     * @param cells by the heads of their columns
     */
    private record Row(String title, Map<String, String> cells) {
        String cell(String column) {
            return cells.getOrDefault(column, NOTHING);
        }

        // By its name, whatever its parameters are.
        boolean isOf(String function) {
            String name = cell("function").replace("`", "");
            return name.equals(function) || name.startsWith(function + "(") || name.equals(aroundGelu(function));
        }

        // oneDNN has a row of its own beside that of the others.
        List<String> accuracyCase() {
            return List.of(cell("function"), cell("direction"), cell("engines").equals("onednn") ? "onednn" : "");
        }
    }

    private Measured() {}

    // The row of a fused operation, which is measured around gelu; null for any other.
    private static String aroundGelu(String function) {
        return FUSED.contains(function) ? function.replace("act", "gelu") : null;
    }

    private static String text(String file) {
        try {
            return Files.readString(Path.of("..", file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Row> rows(String text) {
        List<Row> rows = new ArrayList<>();
        List<String> heads = List.of();
        String title = "";
        for (String line : text.lines().toList()) {
            if (line.startsWith("**")) {
                title = line.substring(2, line.indexOf("**", 2));
            } else if (!line.startsWith("|")) {
                heads = List.of();
            } else if (heads.isEmpty()) {
                heads = cells(line);
            } else if (!line.startsWith("|-")) {
                List<String> cells = cells(line);
                Map<String, String> named = new LinkedHashMap<>();
                for (int i = 0; i < heads.size(); i++) {
                    named.put(heads.get(i), cells.get(i));
                }
                rows.add(new Row(title, named));
            }
        }
        return rows;
    }

    // Rows of the sample, but those of all inputs where that sweep was run.
    private static List<Row> accuracyRows(List<Row> rows) {
        Map<List<String>, Row> byCase = new LinkedHashMap<>();
        rows.stream().filter(row -> !row.title.equals(ALL_INPUTS)).forEach(row -> byCase.put(row.accuracyCase(), row));
        rows.stream()
                .filter(row -> row.title.equals(ALL_INPUTS))
                .forEach(row -> byCase.replace(row.accuracyCase(), row));
        return List.copyOf(byCase.values());
    }

    private static List<String> cells(String line) {
        return List.of(line.substring(1, line.lastIndexOf('|')).split("\\|", -1)).stream()
                .map(String::trim)
                .toList();
    }

    /** The largest errors of a function's kernels, a row for each direction; empty if it has no kernels. */
    static String accuracy(String function) {
        StringBuilder table = new StringBuilder();
        for (Row row : ACCURACY) {
            if (row.isOf(function)
                    && !row.cell("engines").equals("onednn")
                    && !row.cell("max ULP").equals("-")) {
                String name = row.cell("function");
                String[] direction = row.cell("direction").split(", ");
                table.append(Markdown.row(
                        WORDS.get(direction[0])
                                + (direction.length > 1 ? ", " + direction[1] : "")
                                + (name.equals(function) ? "" : ", " + name),
                        row.cell("max ULP").replace("%", "% of what is allowed"),
                        row.title.equals(ALL_INPUTS) ? "all" : "a sample",
                        row.cell("at").isEmpty() ? NOTHING : "`" + row.cell("at") + "`",
                        row.cell("near root").equals("-") ? NOTHING : row.cell("near root"),
                        row.cell("bound")));
            }
        }
        return table.isEmpty()
                ? ""
                : Markdown.head(
                                "",
                                "largest error, ULP",
                                "inputs",
                                "at",
                                "beside a root of the slope, of what is allowed",
                                "bound, ULP")
                        + table;
    }

    /** Nanoseconds an element, a row for each direction and shape; empty if it was not measured. */
    static String speed(String function) {
        StringBuilder table = new StringBuilder();
        for (Row row : SPEED) {
            if (row.isOf(function) && !row.cell("native").equals(NOTHING)) {
                table.append(Markdown.row(
                        row.title().replace(", 1 thread", ""),
                        row.cell("plain"),
                        row.cell("scalar"),
                        row.cell("native"),
                        row.cell("onednn"),
                        row.cell("native vs plain")));
            }
        }
        return table.isEmpty()
                ? ""
                : Markdown.head("", "plain Java", "`SCALAR`", "`NATIVE`", "`ONEDNN`", "`NATIVE` against plain Java")
                        + table;
    }

    /** The largest error of a function's value or slope, over all parameters that are checked. */
    static String maxUlp(String function, String direction) {
        double largest = -1;
        for (Row row : ACCURACY) {
            if (row.isOf(function)
                    && row.cell("direction").equals(direction)
                    && !row.cell("engines").equals("onednn")
                    && row.cell("max ULP").matches("[\\d.]+")) {
                largest = Math.max(largest, Double.parseDouble(row.cell("max ULP")));
            }
        }
        return largest < 0 ? NOTHING : FunctionPage.number(largest);
    }

    /** Nanoseconds an element on {@code NATIVE}, or on {@code SCALAR} where that is faster. */
    static String nanos(String function, String direction) {
        return fastest(function, List.of(direction)).nanos;
    }

    /** The time of a value or slope by relu's, where it was measured. */
    static String timesRelu(String function, String direction) {
        String time = nanos(function, direction);
        if (time.equals(NOTHING)) {
            return NOTHING;
        }
        double ratio = Double.parseDouble(time) / Double.parseDouble(nanos("relu", direction));
        return String.format(Locale.ROOT, ratio < 9.95 ? "%.1f" : "%.0f", ratio);
    }

    /** @param shape what it was measured on */
    private record Time(String nanos, String shape) {}

    // On the first shape in which one of the directions was measured.
    private static Time fastest(String function, List<String> directions) {
        for (Row row : SPEED) {
            String[] title = row.title().split(", ");
            if (!row.isOf(function) || !directions.contains(title[0])) {
                continue;
            }
            String fastest = NOTHING;
            double least = Double.POSITIVE_INFINITY;
            for (String engine : new String[] {"native", "scalar"}) {
                String cell = row.cell(engine);
                if (cell.matches("[\\d.]+") && Double.parseDouble(cell) < least) {
                    least = Double.parseDouble(cell);
                    fastest = cell;
                }
            }
            if (!fastest.equals(NOTHING)) {
                return new Time(fastest, title[1] + (FUSED.contains(function) ? ", around gelu" : ""));
            }
        }
        return new Time(NOTHING, "");
    }

    /** What {@code costs.properties} of the core has to say. */
    static String costs() {
        String machine = SPEED_TEXT
                .lines()
                .filter(line -> line.startsWith("Medians of"))
                .map(line -> line.substring(line.indexOf(" on ") + 4, line.length() - 1))
                .findFirst()
                .orElseThrow();
        StringBuilder costs =
                new StringBuilder("# Nanoseconds an element, value and slope, and what they were measured on."
                        + " DocumentsTest writes this from java/SPEED.md.\n");
        costs.append("measured.on=").append(machine).append('\n');
        for (Entry entry : Entry.all()) {
            Time value = fastest(entry.name(), List.of("forward"));
            Time slope = fastest(entry.name(), List.of("backward", "from-output"));
            if (!value.nanos.equals(NOTHING)) {
                costs.append(entry.name())
                        .append('=')
                        .append(value.nanos)
                        .append(' ')
                        .append(slope.nanos.equals(NOTHING) ? "-" : slope.nanos)
                        .append(' ')
                        .append(value.shape)
                        .append('\n');
            }
        }
        return costs.toString();
    }
}
