package dev.hillock.cli;

import dev.hillock.advice.Advisor;
import dev.hillock.advice.Advisor.Recommendation;
import dev.hillock.advice.Symptom;
import dev.hillock.advice.Task;
import dev.hillock.catalogue.Names;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A recommendation with its reason. */
@Command(description = "Recommends activations and a loss for a task, and says why; without a task lists the words.")
final class AdviseCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "TASK [SYMPTOM…]", description = "what the model is for, and what is known of it")
    private List<String> words = List.of();

    @Option(names = "--json", description = "as JSON")
    private boolean json;

    AdviseCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (words.isEmpty()) {
            line("tasks", tasks());
            line("symptoms", Arrays.stream(Symptom.values()).map(Symptom::word).collect(Collectors.joining(", ")));
            return Main.DONE;
        }
        if (isSymptom(words.get(0))) {
            throw new UsageException(
                    "'" + words.get(0) + "' is a symptom: a task comes before it (known: " + tasks() + ")");
        }
        Set<Symptom> symptoms = EnumSet.noneOf(Symptom.class);
        words.stream().skip(1).map(Symptom::of).forEach(symptoms::add);
        Recommendation advice = Advisor.advise(Task.of(words.get(0)), symptoms);
        if (json) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("hidden", advice.hidden());
            facts.put("hiddenReason", advice.hiddenReason());
            facts.put("output", advice.output());
            facts.put("loss", advice.loss());
            facts.put("outputReason", advice.outputReason());
            Json.print(console.out(), facts);
            return Main.DONE;
        }
        line("hidden", advice.hidden() + ": " + advice.hiddenReason());
        line("output", advice.output());
        line("loss", advice.loss() + ": " + advice.outputReason());
        return Main.DONE;
    }

    private static String tasks() {
        return Arrays.stream(Task.values()).map(Task::word).collect(Collectors.joining(", "));
    }

    private static boolean isSymptom(String word) {
        return Names.isOneOf(word, Arrays.stream(Symptom.values()).map(Symptom::word));
    }

    private void line(String name, String value) {
        console.out().printf("%-9s %s%n", name, value);
    }
}
