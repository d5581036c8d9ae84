package dev.hillock.lab.net;

import dev.hillock.Activation;
import dev.hillock.GatedUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * Layers in a row.
 *
 * <pre>{@code
 * Network network = Network.of(new Shape(8, 8, 1))
 *         .dense(128).activation(Activation.gelu())
 *         .dense(10)
 *         .build(Compute.defaults(), seed);
 * }</pre>
 *
 * <p>The network keeps what every layer wrote for the last mini-batch, {@link #values(int)}, and what came back to it,
 * {@link #gradients(int)}: instruments read them there.
 */
public final class Network {
    private final List<Layer> layers;
    private final List<Parameter> parameters;
    private final Compute compute;
    private final float[][] values;
    private final float[][] gradients;
    private final List<Probe> probes = new CopyOnWriteArrayList<>();
    private float[] input;
    private int rows;

    private Network(List<Layer> layers, Compute compute) {
        this.layers = List.copyOf(layers);
        this.parameters =
                layers.stream().flatMap(layer -> layer.parameters().stream()).toList();
        this.compute = compute;
        this.values = new float[layers.size()][0];
        this.gradients = new float[layers.size()][0];
    }

    /** Starts a network for examples of this shape. */
    public static Builder of(Shape input) {
        return new Builder(input);
    }

    /** Collects layers. */
    public static final class Builder {
        private final Shape input;
        private final List<Step> steps = new ArrayList<>();
        private Initialization initialization;

        // A layer to come; what suits the weights before it, if it is an activation.
        private record Step(LayerMaker maker, Initialization suiting, boolean weighted) {}

        private interface LayerMaker {
            Layer make(Compute compute, Shape input);
        }

        private Builder(Shape input) {
            this.input = input;
        }

        /** A dense layer. */
        public Builder dense(int outputs) {
            return add((compute, shape) -> new Dense(compute, shape, outputs), null, true);
        }

        /** An element-wise activation. */
        public Builder activation(Activation activation) {
            return add(
                    (compute, shape) -> new ActivationLayer(compute, shape, activation),
                    Initialization.suiting(activation));
        }

        /** PReLU with one learned slope, or with one per channel (per unit, behind a dense layer). */
        public Builder prelu(boolean perChannel) {
            return add((compute, shape) -> new LearnedPrelu(compute, shape, perChannel), Initialization.HE);
        }

        /** Swish with a learned beta. */
        public Builder swish() {
            return add(LearnedSwish::new, Initialization.HE);
        }

        /**
         * A gated unit of so many outputs: a dense layer that gives gates and values, and their product. Both start with
         * the variance of the input, because their product would grow with the square of more.
         */
        public Builder gated(int outputs, GatedUnit unit) {
            return dense(Math.multiplyExact(2, outputs))
                    .add((compute, shape) -> new GatedLayer(compute, shape, unit), Initialization.LECUN);
        }

        /** A convolution whose output is as large as its input, for an odd kernel. */
        public Builder convolution(int channels, int kernel) {
            return add((compute, shape) -> new Convolution(compute, shape, channels, kernel, kernel / 2), null, true);
        }

        /** A convolution with padding and stride of your own. */
        public Builder convolution(int channels, int kernel, int padding, int stride) {
            return add(
                    (compute, shape) -> new Convolution(compute, shape, channels, kernel, padding, stride), null, true);
        }

        /** The largest value of every square. */
        public Builder maxPool(int size) {
            return add((compute, shape) -> new MaxPool(compute, shape, size), null);
        }

        /** Softmax over every example's channels: for nll use {@link #logSoftmax()}, for cross-entropy neither. */
        public Builder softmax() {
            return add((compute, shape) -> new SoftmaxLayer(compute, shape, false), null);
        }

        /** Log-softmax over every example's channels, for {@code nll}. */
        public Builder logSoftmax() {
            return add((compute, shape) -> new SoftmaxLayer(compute, shape, true), null);
        }

        /** Batch normalisation. */
        public Builder batchNorm() {
            return add((compute, shape) -> new BatchNorm(shape), null);
        }

        /** Layer normalisation. */
        public Builder layerNorm() {
            return add((compute, shape) -> new LayerNorm(shape), null);
        }

        /** Dropout in training: values become 0 with this rate. */
        public Builder dropout(double rate) {
            return add((compute, shape) -> new Dropout(compute, shape, rate), null);
        }

        /** A layer of your own, made from what it runs on and the shape before it. */
        public Builder layer(BiFunction<Compute, Shape, Layer> maker) {
            return add(maker::apply, null);
        }

        /** How all weights start, instead of as suits the activation behind each layer. */
        public Builder initialization(Initialization value) {
            initialization = value;
            return this;
        }

        private Builder add(LayerMaker maker, Initialization suiting) {
            return add(maker, suiting, false);
        }

        private Builder add(LayerMaker maker, Initialization suiting, boolean weighted) {
            steps.add(new Step(maker, suiting, weighted));
            return this;
        }

        /**
         * The network with weights drawn from the seed.
         *
         * @throws IllegalArgumentException if there is no layer
         */
        public Network build(Compute compute, long seed) {
            if (steps.isEmpty()) {
                throw new IllegalArgumentException("a network needs at least one layer");
            }
            SplittableRandom random = new SplittableRandom(seed);
            List<Layer> layers = new ArrayList<>();
            Shape shape = input;
            for (int i = 0; i < steps.size(); i++) {
                Layer layer = steps.get(i).maker().make(compute, shape);
                if (layer instanceof Weighted weighted) {
                    weighted.draw(initialization != null ? initialization : behind(i), random);
                }
                layers.add(layer);
                shape = layer.outputShape();
            }
            return new Network(layers, compute);
        }

        // What suits the first activation behind a step, before the next layer with weights.
        private Initialization behind(int step) {
            for (int i = step + 1; i < steps.size() && !steps.get(i).weighted(); i++) {
                if (steps.get(i).suiting() != null) {
                    return steps.get(i).suiting();
                }
            }
            return Initialization.suiting(null);
        }
    }

    /** The layers, first to last. */
    public List<Layer> layers() {
        return layers;
    }

    /** What all layers learn, in order. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** Everything that decides its outputs, learned or carried from batch to batch: not copies. */
    public List<float[]> state() {
        Stream<float[]> learned = parameters.stream().map(Parameter::value);
        return Stream.concat(learned, layers.stream().flatMap(layer -> layer.state().stream()))
                .toList();
    }

    /** The number of learned values. */
    public long parameterCount() {
        return parameters.stream().mapToLong(p -> p.value().length).sum();
    }

    /** What it runs on. */
    public Compute compute() {
        return compute;
    }

    /** The shape of an example. */
    public Shape inputShape() {
        return layers.get(0).inputShape();
    }

    /** The elements of one output. */
    public int outputs() {
        return layers.get(layers.size() - 1).outputShape().size();
    }

    /**
     * Runs a mini-batch through all layers.
     *
     * @param x read: [batch, input]; kept until {@link #backward}
     * @param training whether {@link #backward} follows
     * @return [batch, outputs], overwritten by the next call; may be longer
     */
    public float[] forward(int batch, float[] x, boolean training) {
        rows = batch;
        input = x;
        for (int i = 0; i < layers.size(); i++) {
            values[i] = atLeast(values[i], batch * layers.get(i).outputShape().size());
            layers.get(i).forward(batch, i == 0 ? x : values[i - 1], values[i], training);
        }
        probes.forEach(probe -> probe.forward(this));
        return values[values.length - 1];
    }

    /**
     * The array for d loss / d output, [batch, outputs], to be filled between {@link #forward} and {@link #backward}.
     */
    public float[] outputGradient() {
        int last = layers.size() - 1;
        gradients[last] = atLeast(gradients[last], rows * outputs());
        return gradients[last];
    }

    /** Runs the gradient that was put into {@link #outputGradient()} back to the first layer. */
    public void backward() {
        for (int i = layers.size() - 1; i >= 0; i--) {
            if (i > 0) {
                gradients[i - 1] = atLeast(
                        gradients[i - 1], rows * layers.get(i - 1).outputShape().size());
            }
            layers.get(i)
                    .backward(
                            rows,
                            i == 0 ? input : values[i - 1],
                            values[i],
                            gradients[i],
                            i == 0 ? null : gradients[i - 1]);
        }
        probes.forEach(probe -> probe.backward(this));
    }

    /** Has a probe look at every pass from now on. */
    public void attach(Probe probe) {
        probes.add(probe);
    }

    /** Ends what {@link #attach} began. */
    public void detach(Probe probe) {
        probes.remove(probe);
    }

    /** The rows of the last mini-batch. */
    public int rows() {
        return rows;
    }

    /** What a layer wrote for the last mini-batch: [rows, its output], not a copy, may be longer. */
    public float[] values(int layer) {
        return values[layer];
    }

    /** d loss / d what a layer wrote, for the last mini-batch that went backward: not a copy, may be longer. */
    public float[] gradients(int layer) {
        return gradients[layer];
    }

    private static float[] atLeast(float[] array, int length) {
        return array.length >= length ? array : new float[length];
    }
}
