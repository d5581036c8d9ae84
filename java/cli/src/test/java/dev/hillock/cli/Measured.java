package dev.hillock.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What was measured of the functions: the tables that {@code check --markdown} and {@code bench} wrote. */
final class Measured {
    private static final String ACCURACY_TEXT = text("ACCURACY.md");
    private static final List<Row> ACCURACY = rows(ACCURACY_TEXT);
    private static final List<Row> SPEED = rows(text("SPEED.md"));
    private static final Map<String, String> WORDS =
            Map.of("forward", "value", "backward", "slope", "backward_from_output", "slope from the output");
    private static final String NOTHING = "–";

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
            return name.equals(function) || name.startsWith(function + "(");
        }
    }

    private Measured() {}

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
                                "at",
                                "beside a root of the slope, of what is allowed",
                                "bound, ULP")
                        + table;
    }

    /** The largest errors over all inputs, in a sentence; empty where that sweep was not run. */
    static String exhaustive(String function) {
        Matcher found = Pattern.compile("\\b" + function + " \\((\\d\\.\\d+)(?: ULP)?,(?: slope)? (\\d\\.\\d+)\\)")
                .matcher(ACCURACY_TEXT);
        return found.find()
                ? "Over all 2^32 inputs it is " + found.group(1) + " ULP for the value and " + found.group(2)
                        + " for the slope.\n"
                : "";
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
        String fastest = NOTHING;
        double least = Double.POSITIVE_INFINITY;
        for (Row row : SPEED) {
            if (row.isOf(function) && row.title().startsWith(direction + ",")) {
                for (String engine : new String[] {"native", "scalar"}) {
                    String cell = row.cell(engine);
                    if (cell.matches("[\\d.]+") && Double.parseDouble(cell) < least) {
                        least = Double.parseDouble(cell);
                        fastest = cell;
                    }
                }
            }
        }
        return fastest;
    }
}
