package dev.hillock.cli;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Says what an entry of the catalogue is, in plain words. */
@Command(description = "Says in plain words what a function or a loss is and what it is used for.")
final class ExplainCommand implements Callable<Integer> {
    private static final int WIDTH = 96;

    private final Console console;

    @Parameters(paramLabel = "NAME", description = "a name or alias")
    private String name;

    ExplainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Entry entry = Entry.of(name);
        PrintStream out = console.out();
        wrapped(out, entry.name() + ": " + entry.explanation());
        out.println();
        out.println("  value       " + entry.formula());
        out.println("  derivative  " + entry.derivative());
        if (!entry.use().isEmpty()) {
            out.println("  used for    " + entry.use());
        }
        if (!entry.costText().isEmpty()) {
            out.println("  cost        " + entry.costText());
        }
        return Main.DONE;
    }

    private static void wrapped(PrintStream out, String text) {
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (line.length() + word.length() >= WIDTH) {
                out.println(line.toString().stripTrailing());
                line.setLength(0);
            }
            line.append(word).append(' ');
        }
        out.println(line.toString().stripTrailing());
    }
}
