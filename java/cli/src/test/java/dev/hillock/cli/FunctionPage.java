package dev.hillock.cli;

import static dev.hillock.cli.Markdown.code;

import dev.hillock.ElementType;
import dev.hillock.bench.Case;
import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Function;
import dev.hillock.catalogue.GatedDefinition;
import dev.hillock.catalogue.Kind;
import dev.hillock.catalogue.Names;
import dev.hillock.catalogue.Parameter;
import dev.hillock.catalogue.Property;
import dev.hillock.engine.Engines;
import dev.hillock.lab.chart.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** The page of one entry of the catalogue, and its picture. */
final class FunctionPage {
    private static final double REACH = 4;
    private static final int POINTS = 320;
    // Beyond this the curve leaves the picture, so that the bend near 0 stays visible.
    private static final double TALLEST = 4;
    private static final double[] SHOWN = {-3, -1, -0.5, 0, 0.5, 1, 3};
    private static final double STRAIGHT = 1e-9;

    private FunctionPage() {}

    static String of(Entry entry) {
        StringBuilder page = new StringBuilder("# " + entry.name() + "\n\n");
        page.append(entry.explanation()).append("\n\n");
        Function function = entry.function();
        if (function != null) {
            page.append("![")
                    .append(entry.name())
                    .append(" and its slope](")
                    .append(entry.name())
                    .append(".svg)\n\n");
        }
        page.append(Markdown.head("", ""));
        fact(page, "value", code(entry.formula()));
        fact(page, entry.kind().equals("loss") ? "gradient" : "derivative", code(entry.derivative()));
        fact(page, "range", entry.range().isEmpty() ? "" : code(entry.range()));
        for (Parameter parameter : entry.parameters()) {
            fact(page, "parameter " + code(parameter.name()), parameter(entry, parameter));
        }
        fact(page, "also called", Markdown.codes(entry.aliases()));
        fact(page, "used for", entry.use());
        if (function != null) {
            elementwise(page, entry);
        } else if (entry.kind().equals("loss")) {
            fact(page, "input", entry.properties().get(0));
            page.append("\n")
                    .append(
                            GuidePages.pairing().contains("(functions/" + entry.name() + ".md)")
                                    ? "Which output goes with it: [pairing](../pairing.md). "
                                    : "")
                    .append("In code: `Loss.of(\"")
                    .append(entry.name())
                    .append("\")`; on files: `./hillock loss ")
                    .append(entry.name())
                    .append(" PRED.npy TARGET.npy")
                    .append(entry.name().equals("gaussian_nll") ? " --variance VARIANCE.npy" : "")
                    .append("`.\n");
        } else if (entry.kind().equals("fused")) {
            boolean timed = !Measured.nanos(entry.name(), "forward").equals("–");
            fact(page, "cheap", timed ? cheap(entry.name()) + ", around gelu" : "");
            page.append("\nIt is ").append(entry.properties().get(0)).append(".\n");
            measured(page, entry.name());
        } else {
            page.append("\nOn files: `./hillock apply ")
                    .append(entry.name())
                    .append(" IN.npy OUT.npy")
                    .append(entry.kind().equals("axis") ? " --axis -1" : "")
                    .append(given(entry))
                    .append(
                            entry.name().equals("masked_softmax")
                                    ? " --param mask=@MASK.npy`; the mask is added to the scaled x: 0 keeps, -inf drops.\n"
                                    : "`.\n");
            measured(page, entry.name());
        }
        return page.append("\n[All functions](../README.md)\n").toString();
    }

    static String of(GatedDefinition unit) {
        StringBuilder page = new StringBuilder("# " + unit.name() + "\n\n");
        page.append("A gated unit: one half of the input, passed through ")
                .append(link(unit.activation()))
                .append(", decides how much of the other half passes. The halves lie along the last axis, ")
                .append(unit.layout().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .append(". (Shazeer, arXiv:2002.05202.)\n\n")
                .append(Markdown.head("", ""));
        fact(page, "value", code(unit.text()));
        fact(page, "derivative", code(unit.derivative()));
        fact(page, "cheap", cheap(unit.name()));
        measured(page, unit.name());
        page.append("\n## In code\n\n```java\nGatedUnit f = GatedUnit.of(\"")
                .append(unit.name())
                .append(
                        "\");\nf.forward(x, shape, y);\nf.backward(x, dy, shape, dx);\n```\n\nOn files: `./hillock apply ")
                .append(unit.name())
                .append(" IN.npy OUT.npy --axis -1`.\n");
        return page.append("\n[All functions](../README.md)\n").toString();
    }

    // Parameters that must be given, as bench gives them.
    private static String given(Entry entry) {
        return Case.OPERATIONS.stream()
                .filter(operation -> operation.startsWith(entry.name() + "("))
                .map(operation -> " --param " + operation.substring(entry.name().length() + 1, operation.length() - 1))
                .findFirst()
                .orElse("");
    }

    static String link(String name) {
        return "[" + name + "](" + name + ".md)";
    }

    private static void fact(StringBuilder page, String name, String words) {
        if (!words.isEmpty() && !words.equals("``")) {
            page.append(Markdown.row(name, words));
        }
    }

    private static String parameter(Entry entry, Parameter parameter) {
        List<String> words = new ArrayList<>();
        words.add(
                entry.isForTraining(parameter)
                        ? "for training only"
                        : parameter.defaultValue() == null
                                ? "must be given"
                                : number(parameter.defaultValue()) + " unless given");
        if (!parameter.aliases().isEmpty()) {
            words.add("also " + Markdown.codes(parameter.aliases()));
        }
        return String.join("; ", words);
    }

    private static void elementwise(StringBuilder page, Entry entry) {
        Function f = entry.function();
        double[] parameters = entry.sample();
        fact(
                page,
                "slope from the output",
                f.fromOutput(parameters) ? "yes: `backwardFromOutput`" : "no, it needs the input");
        fact(page, "oneDNN", f.oneDnn().isEmpty() ? "has no such algorithm" : code(f.oneDnn()));
        page.append("\n## What an activation should be\n\n").append(Markdown.head("", ""));
        Set<Property> is = f.properties();
        fact(
                page,
                "non-linear",
                !straight(f, parameters)
                        ? "yes"
                        : parameters.length == 0
                                ? "no: layers of it collapse into one"
                                : "not at its defaults, where it changes nothing");
        fact(page, "differentiable", differentiable(is));
        fact(page, "zero-centred", yes(is.contains(Property.ZERO_CENTRED)));
        fact(page, "non-saturating", saturates(is));
        fact(page, "monotonic", yes(is.contains(Property.MONOTONIC)));
        fact(
                page,
                "units stay alive",
                is.contains(Property.CAN_DIE) ? "no: a unit can be stuck where the slope is 0" : "yes");
        fact(page, "cheap", cheap(f.name()));
        page.append("\n## Values\n\n");
        page.append("From the reference in double precision")
                .append(parameters.length == 0 ? "" : ", " + at(f, parameters))
                .append(".\n\n")
                .append(Markdown.head("x", "f(x)", "f'(x)"));
        for (double x : SHOWN) {
            page.append(Markdown.row(
                    number(x), number(f.reference(x, parameters)), number(f.referenceDerivative(x, parameters))));
        }
        measured(page, f.name());
        page.append("\n## In code\n\n```java\nActivation f = Activation.of(\"")
                .append(call(f, parameters))
                .append("\");\nf.forward(x, y);\nf.backward(x, dy, dx);\n```\n");
    }

    private static String cheap(String name) {
        String forward = Measured.nanos(name, "forward");
        String backward = Measured.nanos(name, "backward");
        if (forward.equals("–")) {
            return "measure it here: `./hillock bench --function " + timed(name) + "`";
        }
        String times = Measured.timesRelu(name, "forward");
        return backward.equals("–")
                ? forward + " ns an element: " + times + " times relu's"
                : forward + " ns an element, its slope " + backward + " ns: " + times + " and "
                        + Measured.timesRelu(name, "backward") + " times relu's";
    }

    // As the command line takes it: with the parameters that must be given.
    private static String timed(String name) {
        String call = Kind.ELEMENTWISE.has(name)
                ? call(Catalogue.function(name), Entry.of(name).sample())
                : name;
        return call.contains("(") ? '"' + call + '"' : call;
    }

    /** What was measured of a function, where it was. */
    private static void measured(StringBuilder page, String name) {
        boolean byFormula =
                Kind.ELEMENTWISE.has(name) && !Engines.hasKernels(Catalogue.function(name), ElementType.FLOAT32);
        String accuracy = Measured.accuracy(name);
        if (byFormula || !accuracy.isEmpty()) {
            page.append("\n## Accuracy\n\n");
        }
        if (byFormula) {
            page.append("It has no kernels of its own: every engine computes it by its formula in double precision and")
                    .append(" rounds the result once.\n");
        }
        if (!accuracy.isEmpty()) {
            page.append(byFormula ? "\n" : "")
                    .append(
                            "The largest error, of all engines but `ONEDNN`, as [check](../../ACCURACY.md) found it; on")
                    .append(" your machine: `./hillock check --function ")
                    .append(name)
                    .append("`.\n\n")
                    .append(accuracy);
        }
        String speed = Measured.speed(name);
        if (!speed.isEmpty()) {
            page.append(
                            "\n## Speed\n\nNanoseconds an element on one thread, as [bench](../../SPEED.md) measured it on the")
                    .append(" machine named there; on yours: `./hillock bench --function ")
                    .append(timed(name))
                    .append("`.\n\n")
                    .append(speed);
        }
    }

    // The defaults, unless they make a straight line of it, as clamp's do.
    private static double[] shown(Function f) {
        List<double[]> tested = f.testParameters();
        return tested.stream().filter(p -> !straight(f, p)).findFirst().orElse(tested.get(0));
    }

    // Whether the second difference vanishes everywhere.
    private static boolean straight(Function f, double[] parameters) {
        double step = f.reference(1, parameters) - f.reference(0, parameters);
        return DoubleStream.iterate(-5, x -> x + 0.5)
                .limit(20)
                .allMatch(x -> Math.abs(f.reference(x + 1, parameters) - f.reference(x, parameters) - step) < STRAIGHT);
    }

    private static String differentiable(Set<Property> is) {
        return is.contains(Property.SMOOTH)
                ? "yes, of every order"
                : is.contains(Property.CONTINUOUS_SLOPE) ? "yes, once" : "not at its kinks or jumps";
    }

    private static String saturates(Set<Property> is) {
        boolean left = is.contains(Property.SATURATES_LEFT);
        boolean right = is.contains(Property.SATURATES_RIGHT);
        return left && right
                ? "no: the slope tends to 0 at both ends"
                : left
                        ? "not on the left: the slope tends to 0"
                        : right ? "not on the right: the slope tends to 0" : "yes";
    }

    private static String yes(boolean is) {
        return is ? "yes" : "no";
    }

    private static String at(Function f, double[] parameters) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < parameters.length; i++) {
            words.add(f.parameters().get(i).name() + " = " + number(parameters[i]));
        }
        return "at " + String.join(", ", words);
    }

    // As Activation.of reads it; parameters only where they must be given.
    private static String call(Function f, double[] parameters) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < parameters.length; i++) {
            if (f.parameters().get(i).defaultValue() == null) {
                words.add(f.parameters().get(i).name() + "=" + number(parameters[i]));
            }
        }
        return f.name() + (words.isEmpty() ? "" : "(" + String.join(", ", words) + ")");
    }

    /** Six digits, which every JVM computes alike; without zeros at the end. */
    static String number(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "-∞";
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e6) {
            return Double.doubleToRawLongBits(value) == Double.doubleToRawLongBits(-0.0)
                    ? "-0"
                    : Long.toString((long) value);
        }
        double magnitude = Math.abs(value);
        return magnitude < 1e-4 || magnitude >= 1e6
                ? String.format(Locale.ROOT, "%.5e", value)
                : new java.math.BigDecimal(value)
                        .round(new java.math.MathContext(6))
                        .stripTrailingZeros()
                        .toPlainString();
    }

    /** The value and the slope from -4 to 4. */
    static String picture(Entry entry) {
        Function f = entry.function();
        double[] parameters = shown(f);
        double[] xs = DoubleStream.iterate(0, i -> i + 1)
                .limit(POINTS + 1)
                .map(i -> REACH * (2 * i / POINTS - 1))
                .toArray();
        String where = parameters.length == 0 ? "" : at(f, parameters);
        return new Figure(f.name(), where.isEmpty() ? "Value and slope." : "Value and slope " + where + ".")
                .add(new dev.hillock.lab.chart.Plot("", "x", "")
                        .line("f(x)", xs, seen(xs, x -> f.reference(x, parameters)))
                        .dashes("f'(x)", xs, seen(xs, x -> f.referenceDerivative(x, parameters))))
                .svg();
    }

    private static double[] seen(double[] xs, DoubleUnaryOperator f) {
        return DoubleStream.of(xs)
                .map(f)
                .map(y -> Math.abs(y) <= TALLEST + 0.5 ? y : Double.NaN)
                .toArray();
    }

    /** Function names in a text as links to their pages, where a page may be linked. */
    static String linked(String words, String folder) {
        return List.of(words.split(", ")).stream()
                .map(word -> Catalogue.functions().stream()
                                .anyMatch(f -> Names.normal(f.name()).equals(Names.normal(word)))
                        ? "[" + word + "](" + folder + word + ".md)"
                        : word)
                .collect(Collectors.joining(", "));
    }
}
