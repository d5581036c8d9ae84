package dev.hillock.explore;

import dev.hillock.Activation;
import dev.hillock.catalogue.Function;
import dev.hillock.catalogue.Property;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the page says of one function; all of it comes from the catalogue. */
record FunctionCard(
        String name,
        List<String> aliases,
        String formula,
        String derivative,
        String range,
        String use,
        List<String> properties,
        boolean slopeFromOutput,
        List<Slider> sliders) {

    static FunctionCard of(Function function, int stops) {
        List<Slider> sliders = function.parameters().stream()
                .map(parameter -> Slider.of(parameter, stops))
                .toList();
        return new FunctionCard(
                function.name(),
                function.aliases(),
                function.formula(),
                function.derivative(),
                function.range(),
                function.use(),
                function.properties().stream().map(Property::text).toList(),
                start(function, sliders).allowsBackwardFromOutput(),
                sliders);
    }

    /** The function with every slider at its start. */
    static Activation start(Function function, List<Slider> sliders) {
        Map<String, Float> values = new HashMap<>();
        for (Slider slider : sliders) {
            values.put(slider.name(), slider.values().get(slider.start()));
        }
        return Activation.of(function.name(), values);
    }
}
