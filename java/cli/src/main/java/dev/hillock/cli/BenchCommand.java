package dev.hillock.cli;

import dev.hillock.Activation;
import dev.hillock.bench.Bench;
import dev.hillock.bench.Case;
import dev.hillock.bench.Fused;
import dev.hillock.bench.MarkedSection;
import dev.hillock.bench.Plan;
import dev.hillock.bench.Report;
import dev.hillock.catalogue.Kind;
import dev.hillock.catalogue.Losses;
import dev.hillock.catalogue.Names;
import dev.hillock.file.WholeFile;
import dev.hillock.lab.command.ThreadsOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Times the engines against the plain Java loop, and against the frameworks where they are asked for. */
@Command(
        description = {
            "Times the engines against a copy of the array and the plain Java loop:",
            "ns per element, speed-up, largest error in ULP, share of the memory bandwidth."
        })
final class BenchCommand implements Callable<Integer> {
    private final Console console;

    @Option(
            names = "--function",
            paramLabel = "f",
            split = ",(?![^(]*\\))",
            splitSynopsisLabel = ",",
            description = "these, for example gelu,softmax,swiglu or \"elu(alpha=0.5)\"; all: the whole catalogue")
    private List<String> functions = List.of();

    @Option(names = "--size", paramLabel = "n", split = ",", description = "elements; 16384, with --out a curve")
    private List<Integer> sizes = List.of();

    @Option(names = "--direction", paramLabel = "d", split = ",", description = "forward, backward, from-output")
    private List<String> directions = List.of("forward", "backward");

    @Option(names = "--threads", paramLabel = "n", description = "threads of a call; 1 by default")
    private int threads = 1;

    @Option(names = "--millis", paramLabel = "n", description = "about how long each number is timed; 200 by default")
    private long millis = 200;

    @Option(names = "--peers", description = "also oneDNN, PyTorch, ONNX Runtime, ND4J and the Vector API as they are")
    private boolean peers;

    @Option(
            names = "--only",
            paramLabel = "who",
            split = ",",
            description = "only these, for example copy,native,onednn,pytorch")
    private List<String> only = List.of();

    @Option(names = "--json", description = "as JSON, every number")
    private boolean json;

    @Option(names = "--out", paramLabel = "DIR", description = "also write bench.json, bench.md and bench.svg there")
    private Path folder;

    @Option(names = "--update", paramLabel = "FILE.md", description = "also write the table into this document")
    private Path document;

    BenchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Plan plan = plan();
        if (plan.cases().isEmpty()) {
            throw new UsageException("argument --direction " + String.join(",", directions) + " of "
                    + String.join(",", plan.operations()) + " is not supported");
        }
        if (document != null) {
            MarkedSection.require(document);
        }
        if (folder != null) {
            if (Files.exists(folder) && !Files.isDirectory(folder)) {
                throw new UsageException(folder + " is not a directory");
            }
            Files.createDirectories(folder);
        }
        Report report;
        try (Bench bench = new Bench(plan, console.terminal() ? console.err() : null)) {
            report = bench.run();
        }
        console.out().print(json ? report.json() : report.markdown());
        if (folder != null) {
            WholeFile.write(folder.resolve("bench.json"), report.json());
            WholeFile.write(folder.resolve("bench.md"), report.markdown());
            WholeFile.write(folder.resolve("bench.svg"), report.svg());
        }
        if (document != null) {
            MarkedSection.replace(document, report.summary() + picture(plan));
        }
        report.differences().forEach(cell -> console.err().println("hillock: " + cell.difference()));
        return report.differences().isEmpty() ? Main.DONE : Main.DIFFERENCE;
    }

    // The chart under the table, where both are written and there is more than one length.
    private String picture(Plan plan) {
        if (folder == null || plan.lengths().size() < 2) {
            return "";
        }
        Path from = document.toAbsolutePath().normalize().getParent();
        Path to = folder.toAbsolutePath().normalize().resolve("bench.svg");
        return "\n![ns per element](" + from.relativize(to).toString().replace('\\', '/') + ")\n";
    }

    private Plan plan() {
        ThreadsOption.checked(threads);
        requireAtLeastOne("--millis", millis);
        List<Integer> lengths = sizes.isEmpty() ? folder == null ? List.of(Plan.TABLE) : Plan.CURVE : sizes;
        lengths.forEach(length -> requireAtLeastOne("--size", length));
        List<String> operations = operations();
        if (!sizes.isEmpty() && operations.stream().noneMatch(Plan::takesLengths)) {
            throw new UsageException("--size is for element-wise functions; " + String.join(", ", operations)
                    + (operations.size() == 1 ? " has its own shapes" : " have their own shapes"));
        }
        return new Plan(
                operations, directions.stream().map(Case::direction).toList(), lengths, threads, millis, peers, only);
    }

    private static void requireAtLeastOne(String option, long value) {
        if (value < 1) {
            throw new UsageException(option + " must be at least 1, not " + value);
        }
    }

    private List<String> operations() {
        List<String> operations = new ArrayList<>();
        for (String word : functions.isEmpty() ? Plan.USUAL : functions) {
            if (word.equals("all")) {
                operations.addAll(Plan.allFunctions());
                operations.addAll(Case.OVER_ROWS);
                operations.addAll(Case.OPERATIONS);
                operations.addAll(Fused.NAMES);
                operations.addAll(Case.LOSSES);
            } else if (Case.OVER_ROWS.contains(word)) {
                operations.add(word);
            } else if (Kind.LOSS.has(word)) {
                operations.add(timedLoss(word));
            } else {
                operations.add(Case.OPERATIONS.stream()
                        .filter(known -> known.equals(word) || known.startsWith(word + "("))
                        .findFirst()
                        .or(() -> Fused.named(word))
                        .orElseGet(() -> canonical(word)));
            }
        }
        return operations;
    }

    // Timed with its defaults.
    private static String timedLoss(String word) {
        String name = Losses.loss(Names.bare(word)).name();
        if (word.contains("(") || !Case.LOSSES.contains(name)) {
            throw Known.lossNotOf("bench", word);
        }
        return name;
    }

    // By its catalogue name; with its parameters where any was given.
    private static String canonical(String word) {
        if (!Kind.ELEMENTWISE.has(word)) {
            throw Known.unknown("function", word, timed());
        }
        Activation f = Activation.of(word);
        return word.contains("(") ? f.toString() : f.name();
    }

    private static Stream<String> timed() {
        return Stream.of(Plan.allFunctions(), Case.OVER_ROWS, Case.OPERATIONS, Fused.NAMES, Case.LOSSES)
                .flatMap(List::stream);
    }
}
