package dev.hillock.lab.net;

import java.util.Arrays;

/** The largest value of every square of an image, per channel; rows and columns behind the last whole square are dropped. */
public final class MaxPool implements Layer {
    private final Compute compute;
    private final Shape input;
    private final Shape output;
    private final int size;
    private final int stride;
    private int[] winners = new int[0];

    /** Squares side by side. */
    public MaxPool(Compute compute, Shape input, int size) {
        this(compute, input, size, size);
    }

    /**
     * Squares that may overlap.
     *
     * @param stride from one square to the next, down and across
     * @throws IllegalArgumentException if the square does not fit into the image
     */
    public MaxPool(Compute compute, Shape input, int size, int stride) {
        if (size < 1 || stride < 1 || size > input.height() || size > input.width()) {
            throw new IllegalArgumentException("a pool of " + size + " does not fit into " + input);
        }
        this.compute = compute;
        this.input = input;
        this.size = size;
        this.stride = stride;
        this.output =
                new Shape((input.height() - size) / stride + 1, (input.width() - size) / stride + 1, input.channels());
    }

    @Override
    public String describe() {
        return "max pool " + size + "x" + size + (stride == size ? " " : "/" + stride + " ") + input + " -> " + output;
    }

    @Override
    public Shape inputShape() {
        return input;
    }

    @Override
    public Shape outputShape() {
        return output;
    }

    @Override
    public void forward(int rows, float[] x, float[] y, boolean training) {
        if (winners.length < rows * output.size()) {
            winners = new int[rows * output.size()];
        }
        compute.parallel().forEach(rows, row -> {
            int to = row * output.size();
            for (int oy = 0; oy < output.height(); oy++) {
                for (int ox = 0; ox < output.width(); ox++) {
                    for (int c = 0; c < output.channels(); c++) {
                        int winner = winner(x, row, oy, ox, c);
                        winners[to] = winner;
                        y[to++] = x[winner];
                    }
                }
            }
        });
    }

    // The first of the largest; a NaN wins, so that it is not lost.
    private int winner(float[] x, int row, int oy, int ox, int c) {
        int corner = row * input.size() + (oy * input.width() + ox) * stride * input.channels() + c;
        int winner = corner;
        for (int dy = 0; dy < size; dy++) {
            for (int dx = 0; dx < size; dx++) {
                int i = corner + (dy * input.width() + dx) * input.channels();
                if (!(x[i] <= x[winner]) && x[winner] == x[winner]) {
                    winner = i;
                }
            }
        }
        return winner;
    }

    @Override
    public void backward(int rows, float[] x, float[] y, float[] dy, float[] dx) {
        if (dx == null) {
            return;
        }
        Arrays.fill(dx, 0, rows * input.size(), 0f);
        for (int i = 0; i < rows * output.size(); i++) {
            dx[winners[i]] += dy[i];
        }
    }
}
