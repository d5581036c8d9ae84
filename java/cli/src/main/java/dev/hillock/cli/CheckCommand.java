package dev.hillock.cli;

import dev.hillock.Activation;
import dev.hillock.Engine;
import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Function;
import dev.hillock.check.Case;
import dev.hillock.check.Checker;
import dev.hillock.check.Contestant;
import dev.hillock.check.Result;
import dev.hillock.check.Sweep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Judges every engine against the reference and against the others. */
@Command(
        description = {
            "Judges every engine against the reference and against the others:",
            "largest error in ULP and its input, wrong special values, differing bits.",
            "ONEDNN is outside the promises: its errors are shown, not judged."
        })
final class CheckCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--function", paramLabel = "f", description = "only this one, for example \"elu(alpha=0.5)\"")
    private String function;

    @Option(names = "--engine", paramLabel = "e", description = "only this one")
    private String engine;

    @Option(names = "--exhaustive", description = "all 2^32 inputs instead of a sample")
    private boolean exhaustive;

    @Option(names = "--threads", paramLabel = "n", description = "threads; all processors by default")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--json", description = "as JSON")
    private boolean json;

    @Option(names = "--golden", description = "print the lines of identity.txt instead")
    private boolean golden;

    CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (threads < 1) {
            throw new UsageException("--threads must be at least 1, not " + threads);
        }
        List<Case> cases =
                activations().stream().flatMap(f -> Checker.cases(f).stream()).toList();
        Engine only = engine == null ? null : EngineOption.engine(engine);
        List<Contestant> contestants = contestants(only);
        Sweep sweep = exhaustive ? Sweep.exhaustive() : Sweep.sample();
        Checker checker = new Checker(sweep, threads);
        Progress progress = new Progress(console, sweep.inputs() * cases.size());
        CheckReport report = new CheckReport(console.out());
        List<Result> all = new ArrayList<>();
        for (Case tested : cases) {
            List<Result> results = checker.run(tested, contestants, progress::add).stream()
                    .filter(result ->
                            only == null || result.contestant().engine().engine() == only)
                    .toList();
            all.addAll(results);
            progress.clear();
            if (golden) {
                results.stream().findFirst().map(checker::goldenLine).ifPresent(console.out()::println);
            } else if (!json) {
                report.print(tested, results);
            }
            console.out().flush();
        }
        if (all.isEmpty()) {
            throw new UsageException("no engine here has " + function);
        }
        boolean passed = all.stream().allMatch(Result::passed);
        if (json) {
            Json.print(console.out(), facts(sweep, all, passed));
        } else if (!golden) {
            report.summary(sweep, all);
        }
        return passed ? Main.DONE : Main.DIFFERENCE;
    }

    private List<Activation> activations() {
        Stream<Function> functions = Catalogue.functions().stream();
        if (function != null) {
            Activation asked = function.contains("(") ? Activation.of(function) : null;
            if (asked != null) {
                return List.of(asked);
            }
            functions = Stream.of(Catalogue.function(function));
        }
        return functions
                .flatMap(f -> f.testParameters().stream().map(values -> activation(f, values)))
                .toList();
    }

    private static Activation activation(Function f, double[] values) {
        Map<String, Double> named = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            named.put(f.parameters().get(i).name(), values[i]);
        }
        return Activation.of(f.name(), named);
    }

    // The scalar engine comes first, because bits are compared with its.
    private static List<Contestant> contestants(Engine only) {
        if (only == null || only == Engine.AUTO) {
            return Contestant.available();
        }
        List<Contestant> chosen = new ArrayList<>(Contestant.of(only));
        if (only != Engine.SCALAR && chosen.get(0).identical()) {
            chosen.addAll(0, Contestant.of(Engine.SCALAR));
        }
        return chosen;
    }

    private static Map<String, Object> facts(Sweep sweep, List<Result> results, boolean passed) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("passed", passed);
        facts.put("inputs", sweep.inputs());
        facts.put("results", results.stream().map(CheckReport::facts).toList());
        return facts;
    }
}
