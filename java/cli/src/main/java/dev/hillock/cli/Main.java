package dev.hillock.cli;

import dev.hillock.catalogue.Names;
import dev.hillock.explore.ExploreCommand;
import dev.hillock.lab.command.ExperimentCommand;
import dev.hillock.lab.command.StudyCommand;
import dev.hillock.lab.command.Terminal;
import dev.hillock.lab.command.TrainCommand;
import dev.hillock.model.ScanCommand;
import dev.hillock.model.SwapCommand;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * Runs one command. Exit status 0: done; 1: the check or run found a difference; 2: the call or a file is wrong, and one
 * line on standard error says what and where.
 */
public final class Main {
    /** The exit status of a command that did what was asked. */
    public static final int DONE = 0;
    /** The exit status of a command that found a difference. */
    public static final int DIFFERENCE = 1;
    /** The exit status of a call that was wrong. */
    public static final int WRONG = 2;

    private record Command(String name, String summary, Function<Console, Callable<Integer>> create) {}

    // One line per command, in the order in which they are listed. Only the one that is called is loaded.
    private static final List<Command> COMMANDS = List.of(
            new Command("info", "this machine: JVM, engines, libraries", InfoCommand::new),
            new Command("list", "the functions, or one of them with its plot", ListCommand::new),
            new Command("apply", "a function on a .npy file", ApplyCommand::new),
            new Command("loss", "a loss of .npy files, and its gradient", LossCommand::new),
            new Command("check", "every engine against the reference and against each other", CheckCommand::new),
            new Command("bench", "the speed of the engines on this machine", BenchCommand::new),
            new Command("train", "a network on handwritten digits, or on your own data", Main::train),
            new Command("study", "which activation does better, and how sure that is", Main::study),
            new Command(
                    "explore", "a page to see and touch every function", console -> new ExploreCommand(console.out())),
            new Command("experiment", "one effect of the field, with its picture", Main::experiment),
            new Command("scan", "the activations of a model file, layer by layer", c -> new ScanCommand(c.out())),
            new Command(
                    "swap", "a model description with another activation in one layer", c -> new SwapCommand(c.out())),
            new Command("eval", "values and slopes by hand", EvalCommand::new),
            new Command("explain", "what a function is, in plain words", ExplainCommand::new),
            new Command("advise", "a recommendation for a task, with its reason", AdviseCommand::new));

    private Main() {}

    private static Callable<Integer> train(Console console) {
        return new TrainCommand(terminal(console));
    }

    private static Callable<Integer> study(Console console) {
        return new StudyCommand(terminal(console));
    }

    private static Callable<Integer> experiment(Console console) {
        return new ExperimentCommand(terminal(console));
    }

    private static Terminal terminal(Console console) {
        return new Terminal(console.out(), console.err(), console.terminal());
    }

    /** Runs a command and ends the process with its exit status. */
    public static void main(String[] args) {
        StandardOutput output = new StandardOutput(new FileOutputStream(FileDescriptor.out));
        PrintStream out = new PrintStream(new BufferedOutputStream(output), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        int status = run(args, out, err);
        out.flush();
        System.exit(output.status(status, err));
    }

    /** Runs a command and returns its exit status. */
    public static int run(String[] args, PrintStream out, PrintStream err) {
        try {
            return call(args, new Console(out, err, Boolean.getBoolean("hillock.terminal")));
        } catch (Exception e) {
            return complain(err, Complaint.of(e));
        } catch (OutOfMemoryError e) {
            return complain(
                    err,
                    "not enough memory for this call (the limit is "
                            + (Runtime.getRuntime().maxMemory() >> 20) + " MiB)");
        } catch (LinkageError e) {
            return complain(err, "internal error: " + e);
        }
    }

    private static int complain(PrintStream err, String line) {
        err.println("hillock: " + line);
        return WRONG;
    }

    private static int call(String[] args, Console console) throws Exception {
        if (args.length == 0) {
            throw new UsageException("a command is needed: " + String.join(", ", names()));
        }
        String name = args[0];
        if (List.of("--help", "-h", "help").contains(name)) {
            overview(console.out());
            return DONE;
        }
        if (name.equals("--version")) {
            console.out().println("hillock " + InfoCommand.version());
            return DONE;
        }
        Command command = COMMANDS.stream()
                .filter(known -> known.name.equals(name))
                .findFirst()
                .orElseThrow(() -> name.startsWith("-")
                        ? UsageException.unknown("option", name, Names.nearest(name, Stream.of("--help", "--version")))
                        : UsageException.unknown("command", name, Names.nearest(name, names().stream())));
        Callable<Integer> called = command.create.apply(console);
        CommandLine line = Parser.parse(command.name, called, Arrays.copyOfRange(args, 1, args.length));
        if (line.isUsageHelpRequested()) {
            line.usage(console.out());
            return DONE;
        }
        return called.call();
    }

    private static List<String> names() {
        return COMMANDS.stream().map(Command::name).toList();
    }

    private static void overview(PrintStream out) {
        out.println("Hillock: neural-network activation functions, fast, exact and safe.");
        out.println();
        for (Command command : COMMANDS) {
            out.printf("  hillock %-10s %s%n", command.name, command.summary);
        }
        out.println();
        out.println("hillock COMMAND --help says more.");
    }
}
