package dev.hillock.cli;

import dev.hillock.bench.Bench;
import dev.hillock.bench.Plan;
import dev.hillock.bench.Report;
import dev.hillock.catalogue.Direction;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Times the engines on this machine. */
@Command(
        description = {
            "Times the engines, the plain Java loop and a copy on this machine: ns per element and ratios.",
            "Exit status 1 if an engine's result differs from the scalar one's bits."
        })
final class BenchCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--function", paramLabel = "f", split = ",", description = "only these")
    private List<String> functions = Plan.USUAL;

    @Option(names = "--size", paramLabel = "n", split = ",", description = "elements (default: 16384)")
    private List<Integer> sizes = List.of(Plan.TABLE);

    @Option(names = "--threads", paramLabel = "n", description = "threads (default: 1)")
    private int threads = 1;

    @Option(names = "--millis", paramLabel = "n", description = "time for each number (default: 60)")
    private long millis = 60;

    @Option(names = "--peers", description = "the frameworks users would pick instead, too; ci/peers builds them")
    private boolean peers;

    @Option(names = "--json", description = "as JSON")
    private boolean json;

    BenchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        require(threads >= 1, "--threads must be at least 1, not " + threads);
        require(millis >= 1, "--millis must be at least 1, not " + millis);
        for (int size : sizes) {
            require(size >= 1, "--size must be at least 1, not " + size);
        }
        for (String function : functions) {
            if (!Known.isElementwise(function)) {
                throw Known.unknownFunction(function);
            }
        }
        Plan plan = new Plan(functions, List.of(Direction.FORWARD, Direction.BACKWARD), sizes, threads, millis, peers);
        try (Bench bench = new Bench(plan, console.terminal() ? console.err() : null)) {
            Report report = bench.run();
            console.out().println(json ? report.json() : report.markdown());
            return report.differences().isEmpty() ? Main.DONE : Main.DIFFERENCE;
        }
    }

    private static void require(boolean right, String otherwise) {
        if (!right) {
            throw new UsageException(otherwise);
        }
    }
}
