package dev.hillock.model.scan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The scan of a model, added up.
 *
 * @param format the kind of file
 * @param name what the model calls itself, or an empty string
 * @param layers every use of an activation, in order
 * @param summary by activation, the commonest first
 * @param advice one sentence each
 * @param note what a reader should know of the whole, or an empty string
 */
public record Report(
        String format, String name, List<Layer> layers, List<Sum> summary, List<String> advice, String note) {
    /**
     * A use, with its share of all elements that are known, or null.
     *
     * @param layer the place
     * @param original the file's word
     * @param hillock Hillock's name, or null
     * @param elements for one example, or null
     * @param share of the elements of all uses, or null
     * @param note what a reader should know of the name
     */
    public record Layer(String layer, String original, String hillock, Long elements, Double share, String note) {}

    /**
     * All uses of one activation.
     *
     * @param activation Hillock's name, or the file's word where Hillock has none
     * @param layers how many
     * @param elements for one example over all of them, or null if none is known
     * @param share of the elements of all uses, or null
     */
    public record Sum(String activation, int layers, Long elements, Double share) {}

    /** Adds up a model. */
    public static Report of(Model model) {
        double all = model.uses().stream()
                .filter(use -> use.elements() != null)
                .mapToDouble(Use::elements)
                .sum();
        List<Layer> layers = new ArrayList<>();
        Map<String, Integer> counts = new LinkedHashMap<>();
        Map<String, Double> elements = new LinkedHashMap<>();
        for (Use use : model.uses()) {
            Double share = use.elements() == null || all == 0 ? null : use.elements() / all;
            layers.add(new Layer(use.layer(), use.original(), use.hillock(), use.elements(), share, use.note()));
            String name = use.hillock() == null ? use.original() : use.hillock();
            counts.merge(name, 1, Integer::sum);
            if (use.elements() != null) {
                elements.merge(name, (double) use.elements(), Double::sum);
            }
        }
        List<Sum> summary = new ArrayList<>();
        counts.forEach((name, count) -> {
            Double sum = elements.get(name);
            summary.add(new Sum(name, count, sum == null ? null : sum.longValue(), sum == null ? null : sum / all));
        });
        summary.sort((a, b) -> Integer.compare(b.layers(), a.layers()));
        return new Report(model.format(), model.name(), layers, summary, Advice.of(model), model.note());
    }
}
