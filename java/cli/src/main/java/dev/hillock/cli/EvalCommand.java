package dev.hillock.cli;

import dev.hillock.Activation;
import dev.hillock.AxisFunction;
import dev.hillock.Engine;
import dev.hillock.Kernels;
import dev.hillock.catalogue.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Values and slopes by hand. */
@Command(description = "Prints f(x) and f'(x) for the numbers given; a function over an axis takes them as one row.")
final class EvalCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "NAME", description = "a function")
    private String function;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "x", description = "numbers, inf and nan included")
    private List<String> words;

    @Option(names = "--param", paramLabel = "k=v", description = "a parameter of the function (repeatable)")
    private List<String> parameters = new ArrayList<>();

    @Option(names = "--engine", paramLabel = "e", description = "auto, native, onednn, vector, scalar or reference")
    private String engine;

    @Option(names = "--json", description = "as JSON")
    private boolean json;

    EvalCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        float[] x = new float[words.size()];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) Numbers.parse(words.get(i), "x");
        }
        Engine chosen = engine == null ? null : EngineOption.engine(engine);
        Kernels kernels = chosen == null
                ? Kernels.defaults()
                : Kernels.builder().engine(chosen).build();
        float[] y = new float[x.length];
        float[] slope = null;
        if (Kind.OVER_AN_AXIS.has(function)) {
            AxisFunction f = ParameterOption.axisFunction(function, parameters);
            kernels.forward(f, x, new int[] {x.length}, y);
        } else if (Kind.ELEMENTWISE.has(function)) {
            Activation f = ParameterOption.activation(function, parameters);
            kernels.forward(f, x, y);
            slope = new float[x.length];
            float[] ones = new float[x.length];
            Arrays.fill(ones, 1f);
            kernels.backward(f, x, ones, slope);
        } else {
            throw Known.unknownFunction(function);
        }
        print(x, y, slope);
        return Main.DONE;
    }

    private void print(float[] x, float[] y, float[] slope) {
        if (json) {
            List<Map<String, Object>> rows = new ArrayList<>();
            for (int i = 0; i < x.length; i++) {
                Map<String, Object> row = new LinkedHashMap<>();
                row.put("x", (double) x[i]);
                row.put("y", (double) y[i]);
                if (slope != null) {
                    row.put("slope", (double) slope[i]);
                }
                rows.add(row);
            }
            Json.print(console.out(), rows);
            return;
        }
        console.out().printf("%16s %16s%s%n", "x", "f(x)", slope == null ? "" : String.format(" %16s", "f'(x)"));
        for (int i = 0; i < x.length; i++) {
            console.out().printf("%16s %16s%s%n", x[i], y[i], slope == null ? "" : String.format(" %16s", slope[i]));
        }
    }
}
