package dev.hillock.lab.data;

import dev.hillock.lab.net.Shape;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * The 1797 handwritten digits that ship with the lab: 8 x 8 pixels from 0 to 16. "Optical Recognition of Handwritten
 * Digits", E. Alpaydin and C. Kaynak, 1998, UCI Machine Learning Repository, CC BY 4.0; {@code digits-SOURCE.md} beside
 * the file.
 */
public final class Digits {
    private static final int PIXELS = 64;

    private Digits() {}

    /** All of them, as they stand in the file. */
    public static Dataset load() {
        List<String> lines;
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Digits.class.getResourceAsStream("digits.csv.gz")), StandardCharsets.US_ASCII))) {
            lines = reader.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        float[] x = new float[lines.size() * PIXELS];
        int[] labels = new int[lines.size()];
        for (int row = 0; row < labels.length; row++) {
            String[] cells = lines.get(row).split(",");
            for (int i = 0; i < PIXELS; i++) {
                x[row * PIXELS + i] = Float.parseFloat(cells[i]);
            }
            labels[row] = Integer.parseInt(cells[PIXELS]);
        }
        return Dataset.labelled(x, new Shape(8, 8, 1), labels, 10);
    }
}
