package dev.hillock.lab.experiment;

import dev.hillock.lab.chart.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What an experiment found: its numbers, what was expected of them, and a picture. */
public final class Finding {
    private final Figure figure;
    private final List<String> numbers = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();

    Finding(Figure figure) {
        this.figure = figure;
    }

    /** Adds a line of numbers. */
    Finding number(String format, Object... arguments) {
        numbers.add(String.format(Locale.ROOT, format, arguments));
        return this;
    }

    /** Says what must be true for the expected effect to be there. */
    Finding expect(boolean effect, String words) {
        if (!effect) {
            missing.add(words);
        }
        return this;
    }

    /** The picture. */
    public Figure figure() {
        return figure;
    }

    /** The key numbers, a line each. */
    public List<String> numbers() {
        return List.copyOf(numbers);
    }

    /** Expected effects that did not show; empty when all is as it should be. */
    public List<String> missing() {
        return List.copyOf(missing);
    }
}
