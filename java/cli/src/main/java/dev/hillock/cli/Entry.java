package dev.hillock.cli;

import dev.hillock.AxisOperation;
import dev.hillock.ElementType;
import dev.hillock.Engine;
import dev.hillock.Loss;
import dev.hillock.catalogue.AxisCatalogue;
import dev.hillock.catalogue.AxisDefinition;
import dev.hillock.catalogue.AxisOperationDefinition;
import dev.hillock.catalogue.AxisOperations;
import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Cost;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Explanations;
import dev.hillock.catalogue.Function;
import dev.hillock.catalogue.FusedCatalogue;
import dev.hillock.catalogue.GatedCatalogue;
import dev.hillock.catalogue.GatedDefinition;
import dev.hillock.catalogue.LossFunction;
import dev.hillock.catalogue.Losses;
import dev.hillock.catalogue.Names;
import dev.hillock.catalogue.Parameter;
import dev.hillock.engine.Engines;
import dev.hillock.engine.KernelEngine;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One entry of the catalogue, whatever it is, as it is printed.
 *
 * @param engines the words of the engines of this process that have it
 * @param function the function if it is element-wise, else null
 */
record Entry(
        String kind,
        String name,
        List<String> aliases,
        List<Parameter> parameters,
        String formula,
        String derivative,
        String range,
        List<String> properties,
        String use,
        List<String> engines,
        Function function) {
    // What the time of relu was measured on, in the words of Cost.
    private static final String OF_RELU = "16384 elements";

    /** Every entry, in the catalogue's order. */
    static List<Entry> all() {
        return Stream.of(
                        Catalogue.functions().stream().map(Entry::of),
                        Stream.of(prelu()),
                        AxisCatalogue.functions().stream().map(Entry::of),
                        AxisOperations.all().stream().map(Entry::of),
                        GatedCatalogue.units().stream().map(Entry::of),
                        FusedCatalogue.operations().stream().map(Entry::of),
                        Losses.all().stream().map(Entry::of))
                .flatMap(stream -> stream)
                .toList();
    }

    /** The entry of a name or alias; parameters in parentheses behind it do not matter. */
    static Entry of(String name) {
        return all().stream()
                .filter(entry -> Names.isOneOf(name, entry.names()))
                .findFirst()
                .orElseThrow(() -> Known.unknownEntry(name));
    }

    private static Entry of(Function f) {
        return new Entry(
                "elementwise",
                f.name(),
                f.aliases(),
                parameters(f),
                f.formula(),
                f.derivative(),
                f.range(),
                properties(f),
                f.use(),
                engines(engine -> engine.supports(f, ElementType.FLOAT32, Direction.FORWARD, sample(f))),
                f);
    }

    // A seed turns rrelu into what it is in training; it is none of the kernels' parameters.
    private static List<Parameter> parameters(Function f) {
        return f.name().equals("rrelu")
                ? Stream.concat(
                                f.parameters().stream(),
                                Stream.of(new Parameter("seed", null, List.of(), Double.NEGATIVE_INFINITY, false)))
                        .toList()
                : f.parameters();
    }

    // Its alpha may be an array, so it is no element-wise function of the catalogue's kind; its engines are
    // leaky_relu's.
    private static Entry prelu() {
        Entry leaky = of(Catalogue.function("leaky_relu"));
        return new Entry(
                leaky.kind(),
                "prelu",
                List.of("parametric_relu"),
                List.of(
                        new Parameter(
                                "alpha", 0.25, leaky.parameters().get(0).aliases(), Double.NEGATIVE_INFINITY, false),
                        new Parameter("axis", 1.0, List.of(), Double.NEGATIVE_INFINITY, false)),
                leaky.formula(),
                leaky.derivative(),
                leaky.range(),
                List.of("learned"),
                "image recognition, recommendation",
                leaky.engines(),
                null);
    }

    private static Entry of(AxisDefinition f) {
        return new Entry(
                "axis",
                f.name(),
                f.aliases(),
                withAxis(f.parameters()),
                f.formula(),
                f.derivative(),
                f.range(),
                List.of(),
                "",
                engines(engine -> engine.axis().supports(f, ElementType.FLOAT32, Direction.FORWARD)),
                null);
    }

    private static Entry of(AxisOperationDefinition f) {
        return new Entry(
                "axis",
                f.name(),
                f.aliases(),
                withAxis(f.parameters()),
                f.formula(),
                f.derivative(),
                f.range(),
                List.of(),
                "",
                engines(f),
                null);
    }

    private static List<Parameter> withAxis(List<Parameter> parameters) {
        Parameter axis = new Parameter("axis", -1.0, List.of(), Double.NEGATIVE_INFINITY, false);
        return Stream.concat(Stream.of(axis), parameters.stream()).toList();
    }

    private static Entry of(GatedDefinition f) {
        Function act = Catalogue.function(f.activation());
        return new Entry(
                "gated",
                f.name(),
                f.aliases(),
                withAxis(f.parameters()),
                f.text(),
                f.derivative(),
                "(-inf, inf)",
                List.of(f.layout().name().toLowerCase(Locale.ROOT)),
                "",
                of(act).engines(),
                null);
    }

    // On the engines of the activation.
    private static Entry of(FusedCatalogue.Operation f) {
        return new Entry(
                "fused",
                f.name(),
                List.of(),
                List.of(),
                f.formula(),
                f.derivative(),
                "",
                List.of("in the API: " + f.served()),
                "",
                of(Catalogue.function("relu")).engines(),
                null);
    }

    private static Entry of(LossFunction f) {
        return new Entry(
                "loss",
                f.name(),
                f.aliases(),
                f.parameters(),
                f.formula(),
                f.derivative(),
                "",
                List.of("takes " + f.input()),
                "",
                engines(Loss.of(f.name())::isOn),
                null);
    }

    private static List<String> properties(Function f) {
        Stream<String> properties =
                f.properties().stream().map(property -> property.name().toLowerCase(Locale.ROOT));
        return (f.fromOutput(sample(f)) ? Stream.concat(properties, Stream.of("from_output")) : properties).toList();
    }

    private static List<String> engines(AxisOperationDefinition f) {
        AxisOperation operation = AxisOperation.of(f.name(), f.name().equals("maxout") ? Map.of("k", 2) : Map.of());
        return engines(operation::isOn);
    }

    private static List<String> engines(Predicate<KernelEngine> serves) {
        return Arrays.stream(Engine.values())
                .filter(engine -> engine != Engine.AUTO)
                .map(Engines::get)
                .filter(engine -> engine.availability().isAvailable() && serves.test(engine))
                .map(engine -> engine.engine().word())
                .toList();
    }

    /** Parameters at which an element-wise function can be shown: the defaults, or others where there are none. */
    double[] sample() {
        return sample(function);
    }

    /** The types of elements that an element-wise function has kernels for; others go by its formula in double. */
    List<String> kernels() {
        return function == null
                ? List.of()
                : Stream.of(ElementType.values())
                        .filter(type -> Engines.hasKernels(function, type))
                        .map(type -> type.name().toLowerCase(Locale.ROOT))
                        .toList();
    }

    private static double[] sample(Function f) {
        return f.testParameters().get(0);
    }

    private Stream<String> names() {
        return Stream.concat(Stream.of(name), aliases.stream());
    }

    /** What it is, in plain words. */
    String explanation() {
        return Explanations.of(name);
    }

    /** The parameters with their defaults, in one line. */
    String parameterText() {
        return Stream.concat(
                        parameters.stream().map(this::text),
                        others().entrySet().stream().map(Entry::text))
                .collect(Collectors.joining(", "));
    }

    // What --param takes beside numbers, with its default where it has one.
    private Map<String, Optional<String>> others() {
        if (kind.equals("gated")) {
            return Map.of("layout", Optional.of(properties.get(0)));
        }
        return name.equals("masked_softmax") ? Map.of("mask", Optional.empty()) : Map.of();
    }

    private static String text(Map.Entry<String, Optional<String>> other) {
        return other.getValue().map(value -> other.getKey() + "=" + value).orElse("[" + other.getKey() + "=@FILE]");
    }

    private String text(Parameter p) {
        String text = p.name() + "=" + (p.defaultValue() == null ? "?" : number(p.defaultValue()));
        return isForTraining(p) ? "[" + text + "]" : text;
    }

    /** Whether a parameter is none of the function's own, which works without it outside training. */
    boolean isForTraining(Parameter parameter) {
        return function != null && !function.parameters().contains(parameter);
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e6
                ? Long.toString((long) value)
                : Float.toString((float) value);
    }

    /** What it costs an element, in times of relu, where that was measured. */
    Optional<Cost> cost() {
        return Cost.of(name);
    }

    /** The cost in a sentence, or an empty one. */
    String costText() {
        return cost().map(cost -> cost + " times relu's at " + OF_RELU + ", measured on "
                        + (cost.shape().equals(OF_RELU) ? "" : cost.shape() + ", ") + Cost.machine())
                .orElse("");
    }

    Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("kind", kind);
        facts.put("name", name);
        facts.put("aliases", aliases);
        facts.put(
                "parameters",
                Stream.concat(
                                parameters.stream().map(Entry::facts),
                                others().entrySet().stream().map(Entry::facts))
                        .toList());
        facts.put("formula", formula);
        facts.put("derivative", derivative);
        facts.put("range", range);
        facts.put("properties", properties);
        facts.put("use", use);
        facts.put("relativeCost", cost().map(Entry::facts).orElse(null));
        facts.put("engines", engines);
        if (function != null) {
            facts.put("kernels", kernels());
        }
        return facts;
    }

    private static Map<String, Object> facts(Cost cost) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("value", rounded(cost.value()));
        facts.put("slope", cost.slope().isPresent() ? rounded(cost.slope().getAsDouble()) : null);
        facts.put("unit", "relu at " + OF_RELU);
        facts.put("shape", cost.shape());
        facts.put("machine", Cost.machine());
        return facts;
    }

    private static double rounded(double ratio) {
        return Math.rint(ratio * 100) / 100;
    }

    private static Map<String, Object> facts(Map.Entry<String, Optional<String>> other) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", other.getKey());
        facts.put("default", other.getValue().orElse(null));
        facts.put("aliases", List.of());
        return facts;
    }

    private static Map<String, Object> facts(Parameter parameter) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", parameter.name());
        facts.put("default", parameter.defaultValue());
        facts.put("aliases", parameter.aliases());
        return facts;
    }
}
