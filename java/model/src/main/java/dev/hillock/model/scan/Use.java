package dev.hillock.model.scan;

/**
 * One activation at one place of a model.
 *
 * @param layer the place, in the model's own words
 * @param original what the file calls the activation
 * @param hillock Hillock's name for it, with parameters, or null if Hillock has none
 * @param elements how many values go through it for one example (one token, in a language model), or null if the file
 *     does not say
 * @param note what a reader should know of the name, or an empty string
 */
public record Use(String layer, String original, String hillock, Long elements, String note) {
    Use(String layer, Named named, Long elements) {
        this(layer, named.original(), named.hillock(), elements, named.note());
    }
}
