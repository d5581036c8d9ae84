package dev.hillock.explore;

import dev.hillock.Activation;
import dev.hillock.catalogue.AxisCatalogue;
import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Function;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What is written into the page: always what the catalogue says, and in a file also every sample its sliders reach. */
final class PageData {
    // Stops of the sliders: many where the server answers each; fewer in a file, where they multiply.
    private static final int LIVE_STOPS = 41;
    private static final int[] FILE_STOPS = {0, 25, 7, 4};
    private static final int[] FILE_DEPTHS = {1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30};
    private static final int[] LIVE_DEPTHS = {1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 40, Gradients.DEEPEST};
    private static final float[] TEMPERATURES = {0.1f, 0.2f, 0.35f, 0.5f, 0.75f, 1, 1.5f, 2, 3, 5, 10};
    private static final float[][] SCORES = {
        {2, 1, 0.1f}, {1, 1, 1}, {5, 1, 0}, {3, 3, 0}, {-1, -2, -4}, {10, 0, -10}, {2, 1, 0.1f, -1, 0.5f}
    };

    private PageData() {}

    /** For the served page, which asks for the rest. */
    static Map<String, Object> live() {
        return facts("live", LIVE_DEPTHS, function -> LIVE_STOPS);
    }

    /** For a file that asks nobody. */
    static Map<String, Object> file() {
        Map<String, Object> data = facts("file", FILE_DEPTHS, PageData::fileStops);
        data.put("curves", curves());
        data.put("gradients", gradients());
        data.put("softmax", softmax());
        data.put("machine", Measurement.of(starts().toList()));
        return data;
    }

    private interface Stops {
        int of(Function function);
    }

    private static int fileStops(Function function) {
        return FILE_STOPS[Math.min(function.parameters().size(), FILE_STOPS.length - 1)];
    }

    private static Map<String, Object> facts(String mode, int[] depths, Stops stops) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("mode", mode);
        data.put("from", Curve.FROM);
        data.put("perUnit", Curve.PER_UNIT);
        data.put("count", Curve.count());
        data.put(
                "functions",
                Catalogue.functions().stream()
                        .map(function -> FunctionCard.of(function, stops.of(function)))
                        .toList());
        data.put(
                "axisFunctions",
                AxisCatalogue.functions().stream().map(AxisCard::of).toList());
        data.put("depths", depths);
        data.put(
                "initializations",
                Stream.of(Gradients.Initialization.values())
                        .map(Gradients.Initialization::word)
                        .toList());
        data.put("temperatures", TEMPERATURES);
        data.put("scores", SCORES);
        return data;
    }

    static Stream<Activation> starts() {
        return Catalogue.functions().stream()
                .map(function -> FunctionCard.start(
                        function, FunctionCard.of(function, LIVE_STOPS).sliders()));
    }

    // By name and the stop of each slider, such as "leaky_relu:3"; combinations that are not allowed are left out.
    private static Map<String, Curve> curves() {
        Map<String, Curve> curves = new LinkedHashMap<>();
        for (Function function : Catalogue.functions()) {
            List<Slider> sliders =
                    FunctionCard.of(function, fileStops(function)).sliders();
            for (int[] stops : combinations(sliders)) {
                StringBuilder key = new StringBuilder(function.name());
                Map<String, Float> values = new LinkedHashMap<>();
                for (int i = 0; i < stops.length; i++) {
                    key.append(':').append(stops[i]);
                    values.put(sliders.get(i).name(), sliders.get(i).values().get(stops[i]));
                }
                try {
                    curves.put(key.toString(), Curve.of(Activation.of(function.name(), values)));
                } catch (IllegalArgumentException e) {
                    // The page says that there is no such function.
                    continue;
                }
            }
        }
        return curves;
    }

    private static List<int[]> combinations(List<Slider> sliders) {
        List<int[]> combinations = List.of(new int[0]);
        for (Slider slider : sliders) {
            List<int[]> longer = new ArrayList<>();
            for (int[] shorter : combinations) {
                for (int stop = 0; stop < slider.values().size(); stop++) {
                    int[] next = Arrays.copyOf(shorter, shorter.length + 1);
                    next[shorter.length] = stop;
                    longer.add(next);
                }
            }
            combinations = longer;
        }
        return combinations;
    }

    // By function, depth and initialization, such as "relu|5|he".
    private static Map<String, Gradients> gradients() {
        Map<String, Gradients> gradients = new LinkedHashMap<>();
        starts().forEach(activation -> {
            for (int depth : FILE_DEPTHS) {
                for (Gradients.Initialization initialization : Gradients.Initialization.values()) {
                    gradients.put(
                            activation.name() + "|" + depth + "|" + initialization.word(),
                            Gradients.of(activation, depth, initialization));
                }
            }
        });
        return gradients;
    }

    // By the number of the scores and of the temperature, such as "0|5".
    private static Map<String, Softmax> softmax() {
        Map<String, Softmax> results = new LinkedHashMap<>();
        for (int i = 0; i < SCORES.length; i++) {
            for (int j = 0; j < TEMPERATURES.length; j++) {
                results.put(i + "|" + j, Softmax.of(SCORES[i], TEMPERATURES[j]));
            }
        }
        return results;
    }
}
