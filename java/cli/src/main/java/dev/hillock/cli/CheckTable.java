package dev.hillock.cli;

import dev.hillock.ElementType;
import dev.hillock.check.AxisChecker;
import dev.hillock.check.Case;
import dev.hillock.check.DoubleChecker;
import dev.hillock.check.Result;
import dev.hillock.check.Sweep;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A line for the engines that agree, one for each that does not. */
final class CheckTable extends CheckReport {
    private static final String ROW = "%-28s %-20s %10s %5s %-16s %9s %8s %-9s %s%n";
    private static final String MARKDOWN_ROW = "| %s | %s | %s | %s | %s | %s | %s | %s | %s |%n";

    private final PrintStream out;
    private final String row;
    private boolean started;

    /**
     * A table.
     *
     * @param markdown whether it is for a document
     */
    CheckTable(PrintStream out, boolean markdown) {
        this.out = out;
        this.row = markdown ? MARKDOWN_ROW : ROW;
    }

    @Override
    void show(Case tested, List<Result> results) {
        List<Result> agreeing = results.stream()
                .filter(result -> result.contestant().identical() && result.differing() == 0)
                .toList();
        if (!agreeing.isEmpty()) {
            line(tested, agreeing.get(0), agreeing);
        }
        results.stream()
                .filter(result -> !agreeing.contains(result))
                .forEach(result -> line(tested, result, List.of(result)));
    }

    private void line(Case tested, Result result, List<Result> alike) {
        boolean judged = result.contestant().identical();
        line(
                tested.activation(),
                word(tested.direction()) + (tested.type() == ElementType.FLOAT64 ? ", float64" : ""),
                ulp(result.maxUlp()),
                judged ? (int) result.bound() : "-",
                Double.isNaN(result.worstInput()) ? "" : result.text(result.worstInput()),
                result.maxRootShare() == 0 ? "-" : percent(result.maxRootShare()),
                specials(result),
                judged ? bits(result) : "-",
                alike.stream().map(r -> r.contestant().label()).collect(Collectors.joining(", "))
                        + (result.passed() ? "" : "  FAILED"));
    }

    @Override
    void show(List<AxisChecker.Result> results) {
        Map<List<Object>, List<AxisChecker.Result>> cases = results.stream()
                .collect(Collectors.groupingBy(
                        result -> List.of(result.temperature(), result.direction()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        for (List<AxisChecker.Result> alike : cases.values()) {
            List<AxisChecker.Result> agreeing = alike.stream()
                    .filter(result -> result.contestant().identical() && result.differing() == 0)
                    .toList();
            if (!agreeing.isEmpty()) {
                line(agreeing.get(0), agreeing);
            }
            alike.stream()
                    .filter(result -> !agreeing.contains(result))
                    .forEach(result -> line(result, List.of(result)));
        }
    }

    private void line(AxisChecker.Result result, List<AxisChecker.Result> alike) {
        boolean judged = result.contestant().identical();
        boolean bounded = !Double.isNaN(result.maxShare());
        line(
                result.title(),
                word(result.direction()),
                bounded ? percent(result.maxShare()) : "-",
                judged && bounded ? "100 %" : "-",
                bounded ? "rows of " + result.worstLength() : "",
                "-",
                result.wrongSpecials() == 0 ? "ok" : result.wrongSpecials() + " wrong",
                judged ? bits(result) : "-",
                alike.stream().map(r -> r.contestant().label()).collect(Collectors.joining(", "))
                        + (result.passed() ? "" : "  FAILED"));
    }

    private void line(Object... cells) {
        if (!started) {
            out.printf(
                    row, "function", "direction", "max ULP", "bound", "at", "near root", "specials", "bits", "engines");
            if (row.equals(MARKDOWN_ROW)) {
                out.println("|---|---|--:|--:|---|--:|---|---|---|");
            }
            started = true;
        }
        out.printf(row, cells);
    }

    @Override
    void end(Sweep sweep, List<Result> elementwise, List<AxisChecker.Result> overAnAxis, long failed) {
        out.println();
        boolean doubles =
                elementwise.stream().anyMatch(result -> result.tested().type() == ElementType.FLOAT64);
        out.println(sweep.inputs() + " inputs for each element-wise function"
                + (doubles ? ", " + DoubleChecker.INPUTS + " doubles; " : "; ")
                + (failed == 0
                        ? "everything promised holds"
                        : failed + " of " + (elementwise.size() + overAnAxis.size()) + " results FAILED"));
    }

    private static String bits(AxisChecker.Result result) {
        if (result.hash() == null) {
            return "-";
        }
        return result.differing() > 0
                ? result.differing() + " differ"
                : result.golden() == null ? "same" : result.goldenDiffers() ? "not golden" : "golden";
    }

    private static String bits(Result result) {
        if (result.differing() > 0) {
            return result.differing() + " differ, the first at " + result.text(result.differingInput());
        }
        return result.golden() == null ? "same" : result.goldenDiffers() ? "not golden" : "golden";
    }

    private static String specials(Result result) {
        if (Double.isNaN(result.maxUlp())) {
            return "-";
        }
        return result.wrongSpecials() == 0 ? "ok" : result.wrongSpecials() + " at " + (float) result.wrongSpecial();
    }

    private static String ulp(double value) {
        return Double.isNaN(value)
                ? "-"
                : value < 1000 ? String.format(Locale.ROOT, "%.3f", value) : String.format(Locale.ROOT, "%.1e", value);
    }

    private static String percent(double share) {
        return share < 100
                ? String.format(Locale.ROOT, "%.0f %%", 100 * share)
                : String.format(Locale.ROOT, "%.0ex", share);
    }
}
