package dev.hillock.lab.net;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A two-dimensional convolution. Images are [height, width, channels]; every patch under the kernel
 * becomes a row of a matrix, so that the work is the product of a dense layer: weights [outputs, kernel, kernel,
 * channels].
 */
public final class Convolution implements Layer, Weighted {
    private final Compute compute;
    private final Shape input;
    private final Shape output;
    private final int kernel;
    private final int padding;
    private final int stride;
    private final int patch;
    private final Parameter weights;
    private final Parameter bias;
    private float[] patches = new float[0];
    private float[] dPatches = new float[0];

    /** One patch for every place of the image: a stride of 1. */
    public Convolution(Compute compute, Shape input, int channels, int kernel, int padding) {
        this(compute, input, channels, kernel, padding, 1);
    }

    /**
     * All weights zero.
     *
     * @param padding rows and columns of zeros put around the image; kernel / 2 keeps the size for odd kernels
     * @param stride from one patch to the next, down and across
     * @throws IllegalArgumentException if the kernel does not fit into the padded image, or lies in the padding alone
     */
    public Convolution(Compute compute, Shape input, int channels, int kernel, int padding, int stride) {
        if (kernel < 1
                || padding < 0
                || padding >= kernel
                || stride < 1
                || kernel > input.height() + 2 * padding
                || kernel > input.width() + 2 * padding) {
            throw new IllegalArgumentException("a kernel of " + kernel + " with padding " + padding + " and stride "
                    + stride + " does not fit into " + input);
        }
        int height = (input.height() + 2 * padding - kernel) / stride + 1;
        int width = (input.width() + 2 * padding - kernel) / stride + 1;
        this.compute = compute;
        this.input = input;
        this.output = new Shape(height, width, channels);
        this.kernel = kernel;
        this.padding = padding;
        this.stride = stride;
        this.patch = kernel * kernel * input.channels();
        weights = new Parameter("weights", Math.multiplyExact(patch, channels));
        bias = new Parameter("bias", channels);
    }

    @Override
    public void draw(Initialization initialization, SplittableRandom random) {
        initialization.draw(weights, bias, patch, kernel * kernel * output.channels(), random);
    }

    @Override
    public String describe() {
        return "convolution " + kernel + "x" + kernel + (stride == 1 ? " " : "/" + stride + " ") + input + " -> "
                + output;
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
    public List<Parameter> parameters() {
        return List.of(weights, bias);
    }

    private int places() {
        return output.height() * output.width();
    }

    @Override
    public void forward(int rows, float[] x, float[] y, boolean training) {
        int length = Math.multiplyExact(rows * places(), patch);
        if (patches.length < length) {
            patches = new float[length];
        }
        compute.parallel()
                .forEach(
                        rows,
                        row -> eachPatchRow(row, (image, from, count) -> {
                            if (image < 0) {
                                Arrays.fill(patches, from, from + count, 0f);
                            } else {
                                System.arraycopy(x, image, patches, from, count);
                            }
                        }));
        compute.dense().forward(rows * places(), patch, output.channels(), patches, weights.value(), bias.value(), y);
    }

    @Override
    public void backward(int rows, float[] x, float[] y, float[] dy, float[] dx) {
        int all = rows * places();
        compute.dense().backwardWeights(all, patch, output.channels(), dy, patches, weights.gradient());
        Dense.columnSums(all, output.channels(), dy, bias.gradient());
        if (dx == null) {
            return;
        }
        if (dPatches.length < all * patch) {
            dPatches = new float[all * patch];
        }
        compute.dense().backwardInput(all, patch, output.channels(), dy, weights.value(), dPatches);
        compute.parallel().forEach(rows, row -> {
            Arrays.fill(dx, row * input.size(), (row + 1) * input.size(), 0f);
            eachPatchRow(row, (image, from, count) -> {
                for (int i = 0; image >= 0 && i < count; i++) {
                    dx[image + i] += dPatches[from + i];
                }
            });
        });
    }

    private interface PatchRow {
        // count elements at image (below 0: they are all padding) belong to those at from in the matrix of patches.
        void visit(int image, int from, int count);
    }

    // Walks the pieces of an example's patches that lie together in the image.
    private void eachPatchRow(int row, PatchRow visitor) {
        int channels = input.channels();
        int at = row * places() * patch;
        for (int oy = 0; oy < output.height(); oy++) {
            for (int ox = 0; ox < output.width(); ox++) {
                for (int ky = 0; ky < kernel; ky++) {
                    int iy = oy * stride + ky - padding;
                    boolean inside = iy >= 0 && iy < input.height();
                    int ix = ox * stride - padding;
                    int left = Math.max(0, -ix);
                    int right = Math.min(kernel, input.width() - ix);
                    int image = row * input.size() + (iy * input.width() + ix + left) * channels;
                    visitor.visit(-1, at, (inside ? left : kernel) * channels);
                    if (inside) {
                        visitor.visit(image, at + left * channels, (right - left) * channels);
                        visitor.visit(-1, at + right * channels, (kernel - right) * channels);
                    }
                    at += kernel * channels;
                }
            }
        }
    }
}
