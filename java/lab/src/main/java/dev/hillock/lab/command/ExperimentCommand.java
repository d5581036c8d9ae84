package dev.hillock.lab.command;

import dev.hillock.lab.experiment.Experiment;
import dev.hillock.lab.experiment.Experiments;
import dev.hillock.lab.experiment.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs one experiment of the field and writes its picture; without a name, lists them. */
@Command(
        name = "experiment",
        description =
                "Shows one effect of the field: prints its numbers, writes its picture NAME.svg, and ends with 1 if the"
                        + " effect is absent. Without a name, lists the experiments.")
public final class ExperimentCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(paramLabel = "NAME", arity = "0..1", description = "the experiment")
    private String name;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "where the picture goes (the current directory)")
    private Path out;

    /** A command that writes to this terminal. */
    public ExperimentCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (name == null) {
            Experiments.all().forEach(experiment -> terminal.out().println(experiment.name()));
            return 0;
        }
        Experiment experiment = Experiments.named(name);
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw new IllegalArgumentException(out + " is not a directory");
        }
        Files.createDirectories(out);
        terminal.out().println(experiment.claim());
        terminal.out().println();
        terminal.out().flush();
        Finding finding = experiment.run();
        finding.numbers().forEach(terminal.out()::println);
        Path picture = out.resolve(name + ".svg");
        finding.figure().write(picture);
        terminal.out().println();
        terminal.out().println("picture: " + picture);
        finding.missing().forEach(words -> terminal.err().println("hillock: expected effect is absent: " + words));
        return finding.missing().isEmpty() ? 0 : 1;
    }
}
