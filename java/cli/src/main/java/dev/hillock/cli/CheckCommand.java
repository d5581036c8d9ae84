package dev.hillock.cli;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import dev.hillock.Activation;
import dev.hillock.Engine;
import dev.hillock.catalogue.AxisCatalogue;
import dev.hillock.catalogue.AxisDefinition;
import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Function;
import dev.hillock.catalogue.Kind;
import dev.hillock.check.AxisChecker;
import dev.hillock.check.Case;
import dev.hillock.check.Checker;
import dev.hillock.check.Contestant;
import dev.hillock.check.DenseChecker;
import dev.hillock.check.DoubleChecker;
import dev.hillock.check.Result;
import dev.hillock.check.RowChecker;
import dev.hillock.check.Sweep;
import dev.hillock.lab.command.ThreadsOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    @Option(
            names = "--engine",
            paramLabel = "e",
            description = {
                "only this one, its bits in a sample compared with SCALAR's;",
                "given twice: only these, with each other"
            })
    private List<String> engines = List.of();

    @Option(names = "--exhaustive", description = "all 2^32 inputs instead of a sample")
    private boolean exhaustive;

    @Option(names = "--bits", description = "only the bits of float32 element-wise functions, without the reference")
    private boolean bitsOnly;

    @Option(names = "--threads", paramLabel = "n", description = "threads; all processors by default")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--json", description = "as JSON")
    private boolean json;

    @Option(names = "--markdown", description = "as a table for a document")
    private boolean markdown;

    @Option(names = "--golden", description = "print the lines of identity.txt instead")
    private boolean golden;

    CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        ThreadsOption.checked(threads);
        requireOneForm();
        Set<Engine> asked = engines.stream().map(EngineOption::engine).collect(toCollection(LinkedHashSet::new));
        List<Case> cases = activations().stream()
                .filter(f -> !Checker.isFormula(f.function()) || isEvery(asked) || asked.contains(Engine.REFERENCE))
                .flatMap(f -> Checker.cases(f).stream())
                .toList();
        List<Contestant> contestants = contestants(asked);
        Sweep sweep = exhaustive ? Sweep.exhaustive() : Sweep.sample();
        Checker checker = new Checker(sweep, !bitsOnly, threads);
        Progress progress = new Progress(console, sweep.inputs() * cases.size());
        CheckReport report = report();
        for (Case tested : cases) {
            List<Result> results = checker.run(tested, contestants, progress::add).stream()
                    .filter(result -> isAsked(asked, result.contestant()))
                    .toList();
            progress.clear();
            report.add(tested, results);
            console.out().flush();
        }
        if (!bitsOnly) {
            sample(report, contestants, asked);
        }
        if (report.isEmpty()) {
            throw new UsageException(
                    isEvery(asked)
                            ? "no engine here has " + function
                            : function + " is not supported by engine "
                                    + asked.stream().map(Engine::word).collect(joining(", ")));
        }
        return report.finish(sweep) ? Main.DONE : Main.DIFFERENCE;
    }

    // What has too many inputs for a sweep.
    private void sample(CheckReport report, List<Contestant> contestants, Set<Engine> asked) {
        for (Case tested : DoubleChecker.cases(activations())) {
            report.add(
                    tested,
                    DoubleChecker.run(tested, contestants).stream()
                            .filter(result -> isAsked(asked, result.contestant()))
                            .toList());
            console.out().flush();
        }
        for (AxisDefinition f : functionsOverAnAxis()) {
            report.add(AxisChecker.run(f, contestants).stream()
                    .filter(result -> isAsked(asked, result.contestant()))
                    .toList());
        }
        for (String name : RowChecker.names(function)) {
            report.add(RowChecker.run(name, contestants).stream()
                    .filter(result -> isAsked(asked, result.contestant()))
                    .toList());
        }
        if (DenseChecker.names(function)) {
            contestants.stream()
                    .filter(contestant -> isAsked(asked, contestant))
                    .forEach(contestant -> report.add(DenseChecker.run(contestant)));
        }
    }

    private static boolean isAsked(Set<Engine> asked, Contestant contestant) {
        return isEvery(asked) || asked.contains(contestant.engine().engine());
    }

    private static boolean isEvery(Set<Engine> asked) {
        return asked.isEmpty() || asked.contains(Engine.AUTO);
    }

    private void requireOneForm() {
        List<String> forms = Stream.of(golden ? "--golden" : "", markdown ? "--markdown" : "", json ? "--json" : "")
                .filter(form -> !form.isEmpty())
                .toList();
        if (forms.size() > 1) {
            throw new UsageException("argument " + forms.get(0) + " with " + forms.get(1) + " is not supported");
        }
    }

    private CheckReport report() {
        return json
                ? new JsonCheckReport(console.out())
                : golden ? new GoldenCheckReport(console.out()) : new CheckTable(console.out(), markdown);
    }

    private List<AxisDefinition> functionsOverAnAxis() {
        if (function == null) {
            return AxisCatalogue.functions();
        }
        return Kind.OVER_AN_AXIS.has(function) ? List.of(AxisCatalogue.function(function)) : List.of();
    }

    private List<Activation> activations() {
        Stream<Function> functions = Catalogue.functions().stream();
        if (function != null) {
            if (Kind.OVER_AN_AXIS.has(function)
                    || !RowChecker.names(function).isEmpty()
                    || DenseChecker.names(function)) {
                return List.of();
            }
            if (Kind.LOSS.has(function)) {
                throw Known.lossNotOf("check", function);
            }
            if (!Kind.ELEMENTWISE.has(function)) {
                throw Known.unknownFunction(function);
            }
            if (function.contains("(")) {
                return List.of(Activation.of(function));
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

    // The first is the one whose bits the others are compared with.
    private List<Contestant> contestants(Set<Engine> asked) {
        if (isEvery(asked)) {
            return Contestant.available();
        }
        List<Contestant> chosen = asked.stream()
                .flatMap(engine -> Contestant.of(engine).stream())
                .sorted(Comparator.comparing(Contestant::identical).reversed())
                .collect(toCollection(ArrayList::new));
        if (!exhaustive
                && asked.size() == 1
                && !asked.contains(Engine.SCALAR)
                && chosen.get(0).identical()) {
            chosen.addAll(0, Contestant.of(Engine.SCALAR));
        }
        return chosen;
    }
}
