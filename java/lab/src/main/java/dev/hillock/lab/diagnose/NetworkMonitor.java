package dev.hillock.lab.diagnose;

import dev.hillock.lab.net.ActivationLayer;
import dev.hillock.lab.net.GatedLayer;
import dev.hillock.lab.net.Layer;
import dev.hillock.lab.net.LearnedPrelu;
import dev.hillock.lab.net.LearnedSwish;
import dev.hillock.lab.net.Network;
import dev.hillock.lab.net.Probe;
import dev.hillock.lab.net.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * All instruments at every activation layer of a network of the lab, until it is closed:
 *
 * <pre>{@code
 * try (NetworkMonitor monitor = NetworkMonitor.attach(network)) {
 *     trainer.train(data);
 *     monitor.reports().forEach(report -> System.out.println(report.dead()));
 * }
 * }</pre>
 *
 * <p>It may stay attached: dead units are looked for in every example, exactly, and the rest is measured on one example in
 * 64, which together costs below 2 % of a step. {@link #attachToAll} measures everything, for a look at a small set of
 * data; that costs about as much as to compute it again.
 */
public final class NetworkMonitor implements Probe, AutoCloseable {
    private static final int USUAL_SAMPLING = 64;

    // Of a batch that is looked at: looking has a price of its own, so that few examples of many batches would cost
    // more.
    private static final int LARGEST_STRIDE = 4;

    private final Network network;
    private final int every;
    private final int batches;
    private final List<LayerReport> reports = new ArrayList<>();
    private long passes;
    private boolean looking;
    // Examples in the batches looked at so far: which of a batch are looked at goes on from the batch before.
    private long forwards;
    private long backwards;
    private long nanos;

    private NetworkMonitor(Network network, int every) {
        this.network = network;
        this.every = Math.min(every, LARGEST_STRIDE);
        this.batches = every / this.every;
        int number = 0;
        for (int i = 0; i < network.layers().size(); i++) {
            Layer layer = network.layers().get(i);
            if (isActivation(layer)) {
                String name = "activation " + ++number + " (" + layer.describe() + ")";
                reports.add(new LayerReport(
                        i,
                        name,
                        new Moments(),
                        new Moments(),
                        new DeadUnitMonitor(name, layer.outputShape().channels()),
                        saturation(layer)));
            }
        }
    }

    private static boolean isActivation(Layer layer) {
        return layer instanceof ActivationLayer
                || layer instanceof GatedLayer
                || layer instanceof LearnedPrelu
                || layer instanceof LearnedSwish;
    }

    // Of a gated layer: of its gates.
    private static SaturationMonitor saturation(Layer layer) {
        if (layer instanceof ActivationLayer plain) {
            return new SaturationMonitor(plain.activation());
        }
        return layer instanceof GatedLayer gated
                ? new SaturationMonitor(gated.unit().activation())
                : null;
    }

    /**
     * Watches every mini-batch for dead units, all of its examples; for all else one example in 64: one in four of every
     * sixteenth mini-batch.
     */
    public static NetworkMonitor attach(Network network) {
        return attach(network, USUAL_SAMPLING);
    }

    /** Watches all examples for everything. */
    public static NetworkMonitor attachToAll(Network network) {
        return attach(network, 1);
    }

    /** Watches every mini-batch for dead units, all of its examples; for all else one example in about so many. */
    public static NetworkMonitor attach(Network network, int every) {
        NetworkMonitor monitor = new NetworkMonitor(network, every);
        network.attach(monitor);
        return monitor;
    }

    /** Forgets what was seen. */
    public void reset() {
        reports.replaceAll(LayerReport::empty);
        passes = 0;
    }

    @Override
    public void forward(Network observed) {
        long start = System.nanoTime();
        int rows = observed.rows();
        for (LayerReport report : reports) {
            Shape shape = observed.layers().get(report.layer()).outputShape();
            report.dead().observe(observed.values(report.layer()), rows * shape.height() * shape.width());
        }
        looking = passes++ % batches == 0;
        if (looking) {
            look(observed, rows);
        }
        nanos += System.nanoTime() - start;
    }

    private void look(Network observed, int rows) {
        int first = first(forwards);
        forwards += rows;
        for (LayerReport report : reports) {
            Layer layer = observed.layers().get(report.layer());
            observe(
                    report.values(),
                    observed.values(report.layer()),
                    layer.outputShape().size(),
                    first,
                    rows);
            if (report.saturation() != null && report.layer() > 0) {
                saturation(report, layer, observed.values(report.layer() - 1), first, rows);
            }
        }
    }

    private void saturation(LayerReport report, Layer layer, float[] x, int first, int rows) {
        int size = layer.inputShape().size();
        int channels = layer.inputShape().channels();
        for (int row = first; row < rows; row += every) {
            if (layer instanceof GatedLayer) {
                for (int place = row * size; place < (row + 1) * size; place += channels) {
                    report.saturation().observe(x, place, channels / 2);
                }
            } else {
                report.saturation().observe(x, row * size, size);
            }
        }
    }

    @Override
    public void backward(Network observed) {
        if (!looking) {
            return;
        }
        long start = System.nanoTime();
        int rows = observed.rows();
        int first = first(backwards);
        backwards += rows;
        for (LayerReport report : reports) {
            int size = observed.layers().get(report.layer()).outputShape().size();
            observe(report.gradients(), observed.gradients(report.layer()), size, first, rows);
        }
        nanos += System.nanoTime() - start;
    }

    private int first(long before) {
        return (int) ((every - before % every) % every);
    }

    private void observe(Moments moments, float[] values, int size, int first, int rows) {
        if (every == 1) {
            moments.observe(values, rows * size);
            return;
        }
        for (int row = first; row < rows; row += every) {
            moments.observe(values, row * size, size);
        }
    }

    /** What was seen, layer by layer; it grows while the monitor is attached. */
    public List<LayerReport> reports() {
        return List.copyOf(reports);
    }

    /** The time that looking has taken so far. */
    public long nanos() {
        return nanos;
    }

    /** Adds what a monitor of a network of the same layers has seen. */
    public void merge(NetworkMonitor other) {
        for (int i = 0; i < reports.size(); i++) {
            reports.get(i).merge(other.reports.get(i));
        }
    }

    /** Detaches it; the reports stay. */
    @Override
    public void close() {
        network.detach(this);
    }
}
