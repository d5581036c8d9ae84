package dev.hillock.lab.command;

import dev.hillock.lab.data.Examples;
import dev.hillock.lab.study.Blueprint;
import dev.hillock.lab.study.Candidate;
import dev.hillock.lab.study.Cluster;
import dev.hillock.lab.study.Comparison;
import dev.hillock.lab.study.Described;
import dev.hillock.lab.study.LocalWorkers;
import dev.hillock.lab.study.ReportPage;
import dev.hillock.lab.study.ResultFiles;
import dev.hillock.lab.study.Settings;
import dev.hillock.lab.study.Study;
import dev.hillock.lab.study.StudyResult;
import dev.hillock.lab.study.Texts;
import dev.hillock.lab.study.Words;
import dev.hillock.lab.study.Workers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares activations: the same network, the same data, several seeds, one report. */
@Command(
        name = "study",
        description =
                "Trains the same network with several activations from several seeds, and writes a report that says"
                        + " which does better and how sure that is. What is finished is kept; the same call goes on from"
                        + " there.")
public final class StudyCommand implements Callable<Integer> {
    private static final String USUAL = "relu,leaky_relu,elu,gelu,silu,tanh";
    private static final String RUNS = "runs";
    private static final List<String> LOSSES = List.of("", "cross_entropy");

    private final Terminal terminal;

    @Mixin
    private TrainingOptions options;

    @Option(
            names = "--activations",
            paramLabel = "A,B,…",
            description = "what is compared, the first is the baseline; one function for all layers, or one for each"
                    + " joined by +, as in relu+relu+gelu; also prelu, prelu(per_channel), swish(beta=learned)"
                    + " (" + USUAL + "; relu or the model alone with --swap)")
    private String activations;

    @Option(
            names = "--swap",
            paramLabel = "LAYER:TO",
            description = "adds the baseline with one layer's activation changed, as in 1:gelu; may be repeated")
    private List<String> swaps = List.of();

    @Option(names = "--seeds", paramLabel = "N", defaultValue = "5", description = "trainings of each (5)")
    private int seeds;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "hillock-study",
            description = "for report.html, results.json, results.csv, and finished trainings (${DEFAULT-VALUE})")
    private Path out;

    @Option(names = "--examples", paramLabel = "N", description = "learn from the first N training examples only (all)")
    private Integer count;

    @Option(names = "--jobs", paramLabel = "N", description = "trainings at a time (one for each core)")
    private Integer jobs;

    @Option(
            names = "--master",
            paramLabel = "URL",
            description = "run the trainings on Apache Spark: spark://HOST:PORT, local[2], local-cluster[2,1,1024]; the"
                    + " results are the same")
    private String master;

    /** A command that writes to this terminal. */
    public StudyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        Blueprint network = options.network("identity");
        if (!LOSSES.contains(network.loss())) {
            throw new IllegalArgumentException(
                    "a study compares accuracies under cross_entropy: loss '" + network.loss() + "' is not supported");
        }
        Settings settings =
                new Settings(network, options.engine(), options.optimizer(), options.epochs(), options.batch());
        List<Candidate> candidates = candidates(network);
        Workers workers = workers();
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw new IllegalArgumentException(out + " is not a directory");
        }
        Examples examples = options.examples();
        Study study = new Study(settings, count == null ? examples : examples.first(count), candidates, seeds);
        Files.createDirectories(out);
        StudyResult result = run(study, workers);
        ResultFiles.write(result, ReportPage.of(result), out);
        print(result);
        return 0;
    }

    private Workers workers() {
        if (master == null) {
            return new LocalWorkers(jobs == null ? Runtime.getRuntime().availableProcessors() : jobs);
        }
        if (jobs != null) {
            throw new IllegalArgumentException("argument --jobs with --master is not supported");
        }
        return ServiceLoader.load(Cluster.class)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "--master: Spark is not on the class path; the artifact hillock-spark brings it"))
                .at(master);
    }

    private List<Candidate> candidates(Blueprint network) {
        List<Candidate> candidates = new ArrayList<>();
        if (activations == null && network instanceof Described described) {
            candidates.add(described.unchanged());
        }
        String texts = activations != null ? activations : swaps.isEmpty() ? USUAL : candidates.isEmpty() ? "relu" : "";
        for (String text : texts.isEmpty() && activations == null ? List.<String>of() : Texts.split(texts, ',')) {
            Candidate candidate = Candidate.of(text, network);
            // Nobody asked for the usual ones by name: the model may be one of them already.
            if (activations != null
                    || candidates.stream().noneMatch(known -> known.spelled().equals(candidate.spelled()))) {
                candidates.add(candidate);
            }
        }
        swaps.forEach(swap -> candidates.add(candidates.get(0).swapped(swap, network)));
        return candidates;
    }

    private StudyResult run(Study study, Workers workers) throws Exception {
        StudyProgress progress = new StudyProgress(terminal, study.settings().epochs());
        Thread hook = new Thread(() -> terminal.err().println(progress.interrupted(out)));
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return study.run(out.resolve(RUNS), workers, progress);
        } finally {
            progress.clear();
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The JVM is ending: the hook speaks.
                progress.clear();
            }
        }
    }

    private void print(StudyResult result) {
        int width = result.comparisons().stream()
                .mapToInt(c -> c.candidate().name().length())
                .max()
                .orElse(0);
        width = Math.max(width, "activation".length());
        terminal.out()
                .printf(
                        "%-" + width + "s  %-15s  %12s  %9s  %5s%n",
                        "activation",
                        "accuracy",
                        "ms per epoch",
                        "spikiness",
                        "dead");
        for (Comparison row : result.ranked()) {
            terminal.out()
                    .printf(
                            Locale.ROOT,
                            "%-" + width + "s  %-15s  %12.2f  %9.2f  %3.0f %%%n",
                            row.candidate().name(),
                            Words.percent(row.accuracy()),
                            row.timing().median() * 1e-6,
                            row.sample(run -> run.spikiness()).mean(),
                            100 * row.sample(run -> run.deadShare()).mean());
        }
        terminal.out().println();
        Words.summary(result).forEach(terminal.out()::println);
        terminal.out().println();
        terminal.out().println("report: " + out.resolve("report.html"));
    }
}
