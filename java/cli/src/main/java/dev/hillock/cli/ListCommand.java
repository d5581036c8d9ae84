package dev.hillock.cli;

import dev.hillock.ElementType;
import dev.hillock.Engine;
import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;
import dev.hillock.catalogue.Parameter;
import dev.hillock.engine.Engines;
import dev.hillock.engine.KernelEngine;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the catalogue, or one function of it with its plot. */
@Command(description = "Prints the catalogue, or one function with its formula, derivative and plot.")
final class ListCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "FUNCTION", arity = "0..1", description = "a name or alias")
    private String function;

    @Option(names = "--json", description = "as JSON")
    private boolean json;

    ListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        PrintStream out = console.out();
        if (function == null && json) {
            Json.print(
                    out, Catalogue.functions().stream().map(ListCommand::facts).toList());
        } else if (function == null) {
            table(out);
        } else if (json) {
            Json.print(out, facts(Catalogue.function(function)));
        } else {
            page(out, Catalogue.function(function));
        }
        return Main.DONE;
    }

    private static Map<String, Object> facts(Function function) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("kind", "elementwise");
        facts.put("name", function.name());
        facts.put("aliases", function.aliases());
        facts.put(
                "parameters",
                function.parameters().stream().map(ListCommand::facts).toList());
        facts.put("formula", function.formula());
        facts.put("derivative", function.derivative());
        facts.put("range", function.range());
        facts.put("properties", properties(function));
        facts.put("engines", engines(function));
        return facts;
    }

    private static Map<String, Object> facts(Parameter parameter) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", parameter.name());
        facts.put("default", parameter.defaultValue());
        facts.put("aliases", parameter.aliases());
        return facts;
    }

    private static Map<String, Object> properties(Function function) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("fromOutput", function.fromOutput(defaults(function)));
        return properties;
    }

    /** The engines of this process that have the function, backward included. */
    private static List<String> engines(Function function) {
        List<String> words = new ArrayList<>();
        for (Engine engine : Engine.values()) {
            if (engine != Engine.AUTO && serves(Engines.get(engine), function)) {
                words.add(engine.word());
            }
        }
        return words;
    }

    private static boolean serves(KernelEngine engine, Function function) {
        return engine.availability().isAvailable()
                && engine.supports(function, ElementType.FLOAT32, Direction.FORWARD, defaults(function));
    }

    private static double[] defaults(Function function) {
        return function.parameters().stream()
                .mapToDouble(p -> p.defaultValue() == null ? 1 : p.defaultValue())
                .toArray();
    }

    private static void table(PrintStream out) {
        out.printf("%-12s %-22s %-36s %s%n", "name", "parameters", "range", "also");
        for (Function function : Catalogue.functions()) {
            out.printf(
                    "%-12s %-22s %-36s %s%n",
                    function.name(), parameters(function), function.range(), String.join(", ", function.aliases()));
        }
    }

    private static String parameters(Function function) {
        return function.parameters().stream()
                .map(p -> p.name() + "=" + (p.defaultValue() == null ? "?" : (float) (double) p.defaultValue()))
                .collect(Collectors.joining(", "));
    }

    private static void page(PrintStream out, Function function) {
        out.println(function.name());
        line(out, "f(x)", function.formula());
        line(out, "f'(x)", function.derivative());
        line(out, "range", function.range());
        line(out, "parameters", parameters(function));
        line(out, "also", String.join(", ", function.aliases()));
        line(out, "engines", String.join(", ", engines(function)));
        line(out, "from y", function.fromOutput(defaults(function)) ? "the slope can be computed from the output" : "");
        out.println();
        double[] p = defaults(function);
        new Plot(x -> function.reference(x, p), x -> function.referenceDerivative(x, p)).print(out);
    }

    private static void line(PrintStream out, String name, String value) {
        if (!value.isEmpty()) {
            out.printf("  %-10s %s%n", name, value);
        }
    }
}
