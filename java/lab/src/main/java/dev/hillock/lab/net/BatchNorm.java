package dev.hillock.lab.net;

import java.util.Arrays;
import java.util.List;

/**
 * Batch normalisation (Ioffe and Szegedy, arXiv:1502.03167): every channel is shifted and scaled to mean 0 and variance 1
 * over the mini-batch, then by a learned scale and shift. Outside training the running mean and variance serve.
 */
public final class BatchNorm implements Layer {
    private static final float EPSILON = 1e-5f;
    private static final float MOMENTUM = 0.1f;

    private final Shape shape;
    private final int channels;
    private final Parameter scale;
    private final Parameter shift;
    private final float[] runningMean;
    private final float[] runningVariance;
    private final float[] inverse;
    private float[] normal = new float[0];

    public BatchNorm(Shape shape) {
        this.shape = shape;
        this.channels = shape.channels();
        scale = new Parameter("scale", channels);
        shift = new Parameter("shift", channels);
        runningMean = new float[channels];
        runningVariance = new float[channels];
        inverse = new float[channels];
        Arrays.fill(scale.value(), 1f);
        Arrays.fill(runningVariance, 1f);
    }

    @Override
    public String describe() {
        return "batch norm " + shape;
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

    @Override
    public List<float[]> state() {
        return List.of(runningMean, runningVariance);
    }

    @Override
    public void forward(int rows, float[] x, float[] y, boolean training) {
        int length = rows * shape.size();
        double[] mean = new double[channels];
        if (training) {
            measure(length, x, mean);
        }
        if (normal.length < length) {
            normal = new float[length];
        }
        for (int i = 0; i < length; i++) {
            int c = i % channels;
            double centred = training ? x[i] - mean[c] : x[i] - runningMean[c];
            double factor = training ? inverse[c] : 1 / Math.sqrt(runningVariance[c] + EPSILON);
            normal[i] = (float) (centred * factor);
            y[i] = normal[i] * scale.value()[c] + shift.value()[c];
        }
    }

    private void measure(int length, float[] x, double[] mean) {
        int count = length / channels;
        double[] variance = new double[channels];
        for (int i = 0; i < length; i++) {
            mean[i % channels] += x[i] / (double) count;
        }
        for (int i = 0; i < length; i++) {
            double d = x[i] - mean[i % channels];
            variance[i % channels] += d * d / count;
        }
        for (int c = 0; c < channels; c++) {
            inverse[c] = (float) (1 / Math.sqrt(variance[c] + EPSILON));
            runningMean[c] += (float) (MOMENTUM * (mean[c] - runningMean[c]));
            double unbiased = variance[c] * count / Math.max(1, count - 1);
            runningVariance[c] += (float) (MOMENTUM * (unbiased - runningVariance[c]));
        }
    }

    @Override
    public void backward(int rows, float[] x, float[] y, float[] dy, float[] dx) {
        int length = rows * shape.size();
        double count = length / (double) channels;
        double[] sum = new double[channels];
        double[] product = new double[channels];
        for (int i = 0; i < length; i++) {
            sum[i % channels] += dy[i];
            product[i % channels] += dy[i] * (double) normal[i];
        }
        for (int c = 0; c < channels; c++) {
            shift.gradient()[c] = (float) sum[c];
            scale.gradient()[c] = (float) product[c];
        }
        for (int i = 0; dx != null && i < length; i++) {
            int c = i % channels;
            double centred = dy[i] - sum[c] / count - normal[i] * product[c] / count;
            dx[i] = (float) (scale.value()[c] * inverse[c] * centred);
        }
    }
}
