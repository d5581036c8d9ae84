package dev.hillock.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/**
 * The tables of {@code native/core/pieces/}, the same files: rows of 16, the centers, then the coefficients from the
 * constant up; after them the rate and the bend of the pieces' numbers and the ends of the range.
 */
public final class Pieces {
    /** The functions that have tables, by their names in the catalogue. */
    public static final Set<String> FUNCTIONS = Set.of("gelu", "gelu_tanh", "mish", "serf", "tanh_exp");

    static final float[] GELU = load("gelu");
    static final float[] GELU_SLOPE = load("gelu_slope");
    static final float[] GELU_TANH = load("gelu_tanh");
    static final float[] GELU_TANH_SLOPE = load("gelu_tanh_slope");
    static final float[] MISH_GATE = load("mish_gate");
    static final float[] MISH_SLOPE = load("mish_slope");
    static final float[] SERF_GATE = load("serf_gate");
    static final float[] SERF_SLOPE = load("serf_slope");
    static final float[] TANH_EXP_GATE = load("tanh_exp_gate");
    static final float[] TANH_EXP_SLOPE = load("tanh_exp_slope");

    private Pieces() {}

    static int rows(float[] table) {
        return table.length / 16;
    }

    static float rate(float[] table) {
        return table[table.length - 4];
    }

    static float bend(float[] table) {
        return table[table.length - 3];
    }

    static float first(float[] table) {
        return table[table.length - 2];
    }

    static float last(float[] table) {
        return table[table.length - 1];
    }

    static int[] bits(float[] table) {
        int[] bits = new int[table.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(table[i]);
        }
        return bits;
    }

    static float[] load(String name) {
        float[] values = new float[256];
        int count = 0;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Pieces.class.getResourceAsStream("pieces/" + name + ".inc"), StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("//")) {
                    for (String value : line.split(",")) {
                        values[count++] = Float.parseFloat(value);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Arrays.copyOf(values, count);
    }
}
