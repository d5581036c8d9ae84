package dev.hillock.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Properties;

/**
 * What a function costs an element, in times of relu over 16384 elements, as {@code bench} measured both on one machine,
 * in float32 and on one thread. On another machine, and for data that come from memory, it is another.
 *
 * @param value the time of its value by the time of relu's
 * @param slope the time of its slope or gradient by the time of relu's, where it was measured
 * @param shape what it was measured on, such as {@code 16384 elements}
 */
public record Cost(double value, OptionalDouble slope, String shape) {
    private static final Properties MEASURED = read();

    private static Properties read() {
        Properties measured = new Properties();
        try (InputStream in = Cost.class.getResourceAsStream("costs.properties")) {
            measured.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return measured;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The cost of a canonical name, where it was measured. */
    public static Optional<Cost> of(String name) {
        String[] row = row(name);
        if (row == null) {
            return Optional.empty();
        }
        String[] relu = row("relu");
        double value = Double.parseDouble(row[0]) / Double.parseDouble(relu[0]);
        OptionalDouble slope = row[1].equals("-")
                ? OptionalDouble.empty()
                : OptionalDouble.of(Double.parseDouble(row[1]) / Double.parseDouble(relu[1]));
        return Optional.of(new Cost(value, slope, row[2]));
    }

    // Nanoseconds of the value, of the slope, and what they were measured on.
    private static String[] row(String name) {
        String text = MEASURED.getProperty(name);
        return text == null ? null : text.split(" ", 3);
    }

    /** The machine that measured. */
    public static String machine() {
        return MEASURED.getProperty("measured.on");
    }

    /** The two numbers, such as {@code 3.3, slope 3.4}. */
    @Override
    public String toString() {
        String text = times(value);
        return slope.isPresent() ? text + ", slope " + times(slope.getAsDouble()) : text;
    }

    private static String times(double ratio) {
        return String.format(Locale.ROOT, ratio < 9.95 ? "%.1f" : "%.0f", ratio);
    }
}
