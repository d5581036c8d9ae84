package dev.hillock.lab.net;

import dev.hillock.Activation;
import dev.hillock.DropoutActivation;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Dropout (Srivastava et al., 2014): in training, values are 0 with this rate and the others divided by what is left;
 * outside training nothing changes. Which ones are dropped depends on the network's seed and the number of the pass.
 */
public final class Dropout implements Layer, Weighted {
    // The largest whole number up to which a float counts every one; the passes are counted in one for the checkpoint.
    private static final int PASSES = 1 << 24;

    private final Compute compute;
    private final Shape shape;
    private final double rate;
    private final float[] passes = new float[1];
    private long seed;
    // What dropout makes of ones.
    private float[] factors = new float[0];

    /** @throws IllegalArgumentException unless the rate is from 0 to below 1 */
    public Dropout(Compute compute, Shape shape, double rate) {
        this.compute = compute;
        this.shape = shape;
        this.rate = rate;
        dropout(0);
    }

    private DropoutActivation dropout(long pass) {
        return DropoutActivation.of(Activation.identity(), rate, seed + pass).on(compute.kernels());
    }

    @Override
    public void draw(Initialization unused, SplittableRandom random) {
        seed = random.nextLong();
    }

    @Override
    public String describe() {
        return "dropout " + rate;
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
    public List<float[]> state() {
        return List.of(passes);
    }

    @Override
    public void forward(int rows, float[] x, float[] y, boolean training) {
        int length = rows * shape.size();
        if (!training) {
            System.arraycopy(x, 0, y, 0, length);
            return;
        }
        if (factors.length != length) {
            factors = new float[length];
        }
        Arrays.fill(factors, 1f);
        dropout((long) passes[0]).forward(factors, factors);
        passes[0] = (passes[0] + 1) % PASSES;
        for (int i = 0; i < length; i++) {
            y[i] = x[i] * factors[i];
        }
    }

    @Override
    public void backward(int rows, float[] x, float[] y, float[] dy, float[] dx) {
        for (int i = 0; dx != null && i < rows * shape.size(); i++) {
            dx[i] = dy[i] * factors[i];
        }
    }
}
