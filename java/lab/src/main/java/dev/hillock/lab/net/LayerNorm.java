package dev.hillock.lab.net;

import java.util.Arrays;
import java.util.List;

/**
 * Layer normalisation (Ba, Kiros and Hinton, arXiv:1607.06450): the channels of every place of every example are shifted
 * and scaled to mean 0 and variance 1, then each by a learned scale and shift. The same in training and outside it.
 */
public final class LayerNorm implements Layer {
    private static final double EPSILON = 1e-5;

    private final Shape shape;
    private final int channels;
    private final Parameter scale;
    private final Parameter shift;
    private float[] normal = new float[0];
    private double[] inverse = new double[0];

    public LayerNorm(Shape shape) {
        this.shape = shape;
        this.channels = shape.channels();
        scale = new Parameter("scale", channels);
        shift = new Parameter("shift", channels);
        Arrays.fill(scale.value(), 1f);
    }

    @Override
    public String describe() {
        return "layer norm " + shape;
    }

    @Override
    public Shape inputShape() {
        return shape;
    }

    @Override
    public Shape outputShape() {
        return shape;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(scale, shift);
    }

    private int places(int rows) {
        return rows * shape.height() * shape.width();
    }

    @Override
    public void forward(int rows, float[] x, float[] y, boolean training) {
        int places = places(rows);
        if (inverse.length < places) {
            normal = new float[places * channels];
            inverse = new double[places];
        }
        for (int p = 0; p < places; p++) {
            int from = p * channels;
            double mean = 0;
            for (int i = from; i < from + channels; i++) {
                mean += x[i] / (double) channels;
            }
            double variance = 0;
            for (int i = from; i < from + channels; i++) {
                variance += (x[i] - mean) * (x[i] - mean) / channels;
            }
            inverse[p] = 1 / Math.sqrt(variance + EPSILON);
            for (int c = 0; c < channels; c++) {
                normal[from + c] = (float) ((x[from + c] - mean) * inverse[p]);
                y[from + c] = normal[from + c] * scale.value()[c] + shift.value()[c];
            }
        }
    }

    @Override
    public void backward(int rows, float[] x, float[] y, float[] dy, float[] dx) {
        double[] shifts = new double[channels];
        double[] scales = new double[channels];
        for (int i = 0; i < places(rows) * channels; i++) {
            shifts[i % channels] += dy[i];
            scales[i % channels] += dy[i] * (double) normal[i];
        }
        for (int c = 0; c < channels; c++) {
            shift.gradient()[c] = (float) shifts[c];
            scale.gradient()[c] = (float) scales[c];
        }
        for (int p = 0; dx != null && p < places(rows); p++) {
            place(p, dy, dx);
        }
    }

    // With g = dy scale: dx = (g - mean(g) - normal mean(g normal)) / deviation.
    private void place(int p, float[] dy, float[] dx) {
        int from = p * channels;
        double mean = 0;
        double product = 0;
        for (int c = 0; c < channels; c++) {
            double g = dy[from + c] * (double) scale.value()[c];
            mean += g / channels;
            product += g * normal[from + c] / channels;
        }
        for (int c = 0; c < channels; c++) {
            double g = dy[from + c] * (double) scale.value()[c];
            dx[from + c] = (float) ((g - mean - normal[from + c] * product) * inverse[p]);
        }
    }
}
