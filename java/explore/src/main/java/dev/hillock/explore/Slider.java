package dev.hillock.explore;

import dev.hillock.catalogue.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A parameter as the page lets it be moved: through these values, of which the default is one.
 *
 * @param name the parameter
 * @param values where the slider stops, ascending
 * @param start the stop it starts from
 */
record Slider(String name, List<Float> values, int start) {
    private record Span(double from, double to, double otherwise) {}

    // Where each parameter is worth looking at, and its start where the catalogue has no finite default.
    private static final Map<String, Span> SPANS = Map.ofEntries(
            Map.entry("alpha", new Span(0, 2, 1)),
            Map.entry("beta", new Span(0.25, 5, 1)),
            Map.entry("lambda", new Span(0, 2, 1)),
            Map.entry("min", new Span(-4, 0, -1)),
            Map.entry("max", new Span(0.5, 6, 6)),
            Map.entry("theta", new Span(-2, 2, 1)),
            Map.entry("value", new Span(-2, 2, 0)),
            Map.entry("slope", new Span(0, 1, 0)),
            Map.entry("offset", new Span(0, 1, 0.5)),
            Map.entry("bias", new Span(-1, 1, 0)),
            Map.entry("b", new Span(0.25, 8, 4)),
            Map.entry("cap", new Span(0.5, 6, 2)),
            Map.entry("a", new Span(0.25, 4, 1)),
            Map.entry("omega", new Span(0.5, 6, 1)),
            Map.entry("scale", new Span(0.25, 2, 1)));

    static Slider of(Parameter parameter, int stops) {
        Double given = parameter.defaultValue();
        Span span = SPANS.getOrDefault(parameter.name(), new Span(-2, 2, 1));
        float start = (float) (given == null || given.isInfinite() ? span.otherwise : given);
        TreeSet<Float> values = new TreeSet<>();
        for (int i = 0; i < stops; i++) {
            float value = (float) (span.from + (span.to - span.from) * i / (stops - 1));
            if (value >= parameter.minimum()) {
                values.add(Math.round(value * 1000) / 1000f);
            }
        }
        values.add(start);
        List<Float> list = new ArrayList<>(values);
        return new Slider(parameter.name(), list, list.indexOf(start));
    }
}
