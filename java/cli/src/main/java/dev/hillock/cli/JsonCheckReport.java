package dev.hillock.cli;

import dev.hillock.check.AxisChecker;
import dev.hillock.check.Case;
import dev.hillock.check.Contestant;
import dev.hillock.check.Result;
import dev.hillock.check.Sweep;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** One object with every result. */
final class JsonCheckReport extends CheckReport {
    private final PrintStream out;

    JsonCheckReport(PrintStream out) {
        this.out = out;
    }

    @Override
    void show(Case tested, List<Result> results) {
        // All at the end.
    }

    @Override
    void show(List<AxisChecker.Result> results) {
        // All at the end.
    }

    @Override
    void end(Sweep sweep, List<Result> elementwise, List<AxisChecker.Result> overAnAxis, long failed) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("passed", failed == 0);
        facts.put("inputs", sweep.inputs());
        facts.put(
                "results",
                Stream.concat(
                                elementwise.stream().map(JsonCheckReport::facts),
                                overAnAxis.stream().map(JsonCheckReport::facts))
                        .toList());
        Json.print(out, facts);
    }

    private static void engine(Map<String, Object> facts, Contestant contestant) {
        facts.put("engine", contestant.engine().engine().word());
        facts.put("isa", contestant.isa());
    }

    private static Map<String, Object> facts(Result result) {
        boolean judged = result.contestant().identical();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("function", result.tested().activation().name());
        facts.put("activation", result.tested().activation().toString());
        facts.put("direction", word(result.tested().direction()));
        facts.put("type", result.tested().type().name().toLowerCase(Locale.ROOT));
        engine(facts, result.contestant());
        facts.put("maxUlp", Double.isNaN(result.maxUlp()) ? null : result.maxUlp());
        facts.put("bound", judged ? result.bound() : null);
        facts.put("worstInput", input(result.worstInput()));
        facts.put("maxRootShare", result.maxRootShare());
        facts.put("worstRootInput", input(result.worstRootInput()));
        facts.put("wrongSpecials", result.wrongSpecials());
        facts.put("wrongSpecial", result.wrongSpecials() == 0 ? null : result.wrongSpecial());
        facts.put("identical", judged ? result.differing() == 0 : null);
        facts.put("differing", judged ? result.differing() : null);
        facts.put("hash", result.hash());
        facts.put("golden", result.golden());
        facts.put("passed", result.passed());
        return facts;
    }

    private static Map<String, Object> facts(AxisChecker.Result result) {
        boolean judged = result.contestant().identical() && result.hash() != null;
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("function", result.function());
        facts.put("temperature", result.temperature());
        facts.put("direction", word(result.direction()));
        engine(facts, result.contestant());
        facts.put("maxShare", Double.isNaN(result.maxShare()) ? null : result.maxShare());
        facts.put("worstLength", result.worstLength());
        facts.put("wrongSpecials", result.wrongSpecials());
        facts.put("identical", judged ? result.differing() == 0 : null);
        facts.put("differing", judged ? result.differing() : null);
        facts.put("hash", result.hash());
        facts.put("golden", result.golden());
        facts.put("passed", result.passed());
        return facts;
    }

    private static Double input(double x) {
        return Double.isNaN(x) ? null : x;
    }
}
