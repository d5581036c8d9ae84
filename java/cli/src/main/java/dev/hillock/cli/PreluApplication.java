package dev.hillock.cli;

import dev.hillock.Kernels;
import dev.hillock.Prelu;
import dev.hillock.npy.NpyHeader;
import dev.hillock.npy.NpyReader;
import dev.hillock.npy.NpyType;
import dev.hillock.npy.NpyWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** The parametric ReLU on an array in memory, with alpha from a number or a file. */
final class PreluApplication implements Application {
    private static final List<String> ALPHA = List.of("alpha", "a", "slope", "negative_slope", "weight");
    private static final float DEFAULT = 0.25f;
    private static final int DEFAULT_AXIS = 1;

    private final int axis;
    private final String alphaGradient;
    private float[] alpha = {DEFAULT};
    private int[] alphaShape = {};
    private String alphaFile;

    /**
     * The function with its parameters.
     *
     * @param pairs the values of {@code --param}
     * @param gradients the values of {@code --param-grad}
     */
    PreluApplication(List<String> pairs, Integer axis, List<String> gradients) throws IOException {
        this.axis = axis == null ? DEFAULT_AXIS : axis;
        for (String pair : pairs) {
            String value = valueOfAlpha(pair);
            if (value.startsWith("@")) {
                read(value.substring(1));
            } else {
                alpha = new float[] {(float) Numbers.parse(value, "--param " + pair)};
            }
        }
        String file = null;
        for (String pair : gradients) {
            file = valueOfAlpha(pair);
        }
        alphaGradient = file;
    }

    private static String valueOfAlpha(String pair) {
        int equals = pair.indexOf('=');
        if (equals < 1) {
            throw new UsageException("parameter " + pair + ": a name, '=' and a value are needed");
        }
        if (!ALPHA.contains(pair.substring(0, equals))) {
            throw UsageException.unknown("parameter", pair.substring(0, equals), ALPHA.get(0));
        }
        return pair.substring(equals + 1);
    }

    private void read(String file) throws IOException {
        try (NpyReader reader = ArrayFiles.open(file)) {
            ArrayFiles.requireFloats(file, reader);
            Operand operand = new Operand(file, reader);
            alpha = operand.floats();
            alphaShape = operand.shape();
            alphaFile = file;
        }
    }

    private void compute(Kernels kernels, float[] x, float[] dy, int[] shape, float[] dAlpha) {
        Prelu prelu = Prelu.of(axis, alpha, alphaShape);
        ArrayFiles.naming("alpha", alphaFile, () -> {
            if (dy == null) {
                prelu.forward(kernels, x, shape, x);
            } else {
                prelu.backward(kernels, x, dy, shape, dy, dAlpha);
            }
            return null;
        });
    }

    @Override
    public void run(Kernels kernels, Operand x, Operand dy, String output) throws IOException {
        ArrayFiles.requireFloats(x.file(), x.reader());
        if (alphaGradient != null && dy == null) {
            throw new UsageException("argument --param-grad without --backward is not supported");
        }
        int[] shape = x.shape();
        float[] values = x.floats();
        float[] gradient = dy == null ? null : dy.floats();
        float[] dAlpha = new float[alpha.length];
        compute(kernels, values, gradient, shape, dAlpha);
        if (dy != null) {
            values = gradient;
            if (alphaGradient != null) {
                // Moved into its place only when the output is in its own.
                NpyHeader header = new NpyHeader(
                        NpyType.FLOAT32,
                        Arrays.stream(alphaShape).asLongStream().toArray());
                try (NpyWriter pending = ArrayFiles.create(alphaGradient, header)) {
                    ArrayFiles.write(alphaGradient, pending, dAlpha, dAlpha.length);
                    ArrayFiles.writeAll(
                            output, x.header().type(), values, x.header().shape());
                    ArrayFiles.commit(alphaGradient, pending);
                }
                return;
            }
        }
        ArrayFiles.writeAll(output, x.header().type(), values, x.header().shape());
    }
}
