package dev.hillock.lab.data;

/**
 * Shifts and scales every input to mean 0 and variance 1 over the data it was made from. Inputs that (almost) never vary
 * there are only shifted: dividing by their tiny deviation would let one odd pixel of the test data drown the rest.
 */
public final class Standardizer {
    // Of the root mean square deviation over all inputs.
    private static final double SMALLEST_DEVIATION = 0.1;

    private final float[] mean;
    private final float[] scale;

    private Standardizer(float[] mean, float[] scale) {
        this.mean = mean;
        this.scale = scale;
    }

    /** Measures data. */
    public static Standardizer of(Dataset data) {
        int size = data.shape().size();
        int rows = data.rows();
        float[] x = data.inputs();
        double[] mean = new double[size];
        double[] variance = new double[size];
        for (int i = 0; i < x.length; i++) {
            mean[i % size] += x[i] / (double) rows;
        }
        double overall = 0;
        for (int i = 0; i < x.length; i++) {
            double d = x[i] - mean[i % size];
            variance[i % size] += d * d / rows;
            overall += d * d / x.length;
        }
        float[] shift = new float[size];
        float[] scale = new float[size];
        for (int i = 0; i < size; i++) {
            shift[i] = (float) mean[i];
            double deviation = Math.max(Math.sqrt(variance[i]), SMALLEST_DEVIATION * Math.sqrt(overall));
            scale[i] = deviation == 0 ? 1f : (float) (1 / deviation);
        }
        return new Standardizer(shift, scale);
    }

    /** The data, standardised. */
    public Dataset apply(Dataset data) {
        float[] x = data.inputs().clone();
        for (int i = 0; i < x.length; i++) {
            int input = i % mean.length;
            x[i] = (x[i] - mean[input]) * scale[input];
        }
        return data.withInputs(x);
    }
}
