package dev.hillock.cli;

import dev.hillock.check.Case;
import dev.hillock.check.Result;
import dev.hillock.check.Sweep;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How the findings of {@code check} are printed: a line for the engines that agree, one for each that does not. */
final class CheckReport {
    private static final String ROW = "%-28s %-20s %10s %5s %-16s %9s %8s %-9s %s%n";

    private final PrintStream out;
    private boolean started;

    CheckReport(PrintStream out) {
        this.out = out;
    }

    void print(Case tested, List<Result> results) {
        if (!started) {
            out.printf(
                    ROW, "function", "direction", "max ULP", "bound", "at", "near root", "specials", "bits", "engines");
            started = true;
        }
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
        out.printf(
                ROW,
                tested.activation(),
                word(tested),
                ulp(result.maxUlp()),
                judged ? ulp(result.bound()) : "-",
                result.maxUlp() == 0 ? "" : Float.toHexString(result.worstInput()),
                result.maxRootShare() == 0 ? "-" : String.format(Locale.ROOT, "%.0f %%", 100 * result.maxRootShare()),
                result.wrongSpecials() == 0 ? "ok" : result.wrongSpecials() + " at " + result.wrongSpecial(),
                judged ? bits(result) : "-",
                alike.stream().map(r -> r.contestant().label()).collect(Collectors.joining(", "))
                        + (result.passed() ? "" : "  FAILED"));
    }

    private static String bits(Result result) {
        if (result.differing() > 0) {
            return result.differing() + " differ, the first at " + Float.toHexString(result.differingInput());
        }
        return result.golden() == null ? "same" : result.goldenDiffers() ? "not golden" : "golden";
    }

    void summary(Sweep sweep, List<Result> results) {
        long failed = results.stream().filter(result -> !result.passed()).count();
        out.println();
        out.println(sweep.inputs() + " inputs each; "
                + (failed == 0 ? "everything promised holds" : failed + " of " + results.size() + " results FAILED"));
    }

    private static String ulp(double value) {
        return value < 1000 ? String.format(Locale.ROOT, "%.3f", value) : String.format(Locale.ROOT, "%.1e", value);
    }

    private static String word(Case tested) {
        return tested.direction().name().toLowerCase(Locale.ROOT);
    }

    static Map<String, Object> facts(Result result) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("function", result.tested().activation().name());
        facts.put("activation", result.tested().activation().toString());
        facts.put("direction", word(result.tested()));
        facts.put("engine", result.contestant().engine().engine().word());
        facts.put("isa", result.contestant().isa());
        facts.put("maxUlp", result.maxUlp());
        facts.put("bound", result.contestant().identical() ? result.bound() : null);
        facts.put("worstInput", input(result.worstInput()));
        facts.put("maxRootShare", result.maxRootShare());
        facts.put("worstRootInput", input(result.worstRootInput()));
        facts.put("wrongSpecials", result.wrongSpecials());
        facts.put("wrongSpecial", result.wrongSpecials() == 0 ? null : (double) result.wrongSpecial());
        facts.put("identical", result.contestant().identical() ? result.differing() == 0 : null);
        facts.put("differing", result.contestant().identical() ? result.differing() : null);
        facts.put("hash", result.hash());
        facts.put("golden", result.golden());
        facts.put("passed", result.passed());
        return facts;
    }

    private static Double input(float x) {
        return Float.isNaN(x) ? null : (double) x;
    }
}
