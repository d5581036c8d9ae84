package dev.hillock.lab.diagnose;

import dev.hillock.lab.net.ActivationLayer;
import dev.hillock.lab.net.GatedLayer;
import dev.hillock.lab.net.Layer;
import dev.hillock.lab.net.LearnedPrelu;
import dev.hillock.lab.net.LearnedSwish;
import dev.hillock.lab.net.Network;
import dev.hillock.lab.net.Probe;
import java.util.ArrayList;
import java.util.List;

/**
 * All instruments at every activation layer of a network of the lab, until it is closed:
 *
 * <pre>{@code
 * try (NetworkMonitor monitor = NetworkMonitor.attach(network)) {
 *     Evaluation.of(network, Objective.crossEntropy(), data);
 *     monitor.reports().forEach(report -> System.out.println(report.dead()));
 * }
 * }</pre>
 */
public final class NetworkMonitor implements Probe, AutoCloseable {
    private final Network network;
    private final int every;
    private final List<LayerReport> reports = new ArrayList<>();
    private long forwards;
    private long backwards;

    private NetworkMonitor(Network network, int every) {
        this.network = network;
        this.every = every;
        reset();
    }

    /** Watches every mini-batch. */
    public static NetworkMonitor attach(Network network) {
        return attach(network, 1);
    }

    /** Watches one mini-batch in many; dead units are then those of the batches seen. */
    public static NetworkMonitor attach(Network network, int every) {
        NetworkMonitor monitor = new NetworkMonitor(network, every);
        network.attach(monitor);
        return monitor;
    }

    /** Forgets what was seen. */
    public void reset() {
        reports.clear();
        int number = 0;
        for (int i = 0; i < network.layers().size(); i++) {
            Layer layer = network.layers().get(i);
            boolean plain = layer instanceof ActivationLayer;
            if (plain
                    || layer instanceof GatedLayer
                    || layer instanceof LearnedPrelu
                    || layer instanceof LearnedSwish) {
                String name = "activation " + ++number + " (" + layer.describe() + ")";
                reports.add(new LayerReport(
                        i,
                        name,
                        new Moments(),
                        new Moments(),
                        new DeadUnitMonitor(name, layer.outputShape().channels()),
                        plain ? new SaturationMonitor(((ActivationLayer) layer).activation()) : null));
            }
        }
    }

    @Override
    public void forward(Network observed) {
        if (forwards++ % every != 0) {
            return;
        }
        for (LayerReport report : reports) {
            Layer layer = observed.layers().get(report.layer());
            float[] y = observed.values(report.layer());
            int length = observed.rows() * layer.outputShape().size();
            report.values().observe(y, length);
            report.dead().observe(y, length / layer.outputShape().channels());
            if (report.saturation() != null && report.layer() > 0) {
                report.saturation().observe(observed.values(report.layer() - 1), length);
            }
        }
    }

    @Override
    public void backward(Network observed) {
        if (backwards++ % every != 0) {
            return;
        }
        for (LayerReport report : reports) {
            int size = observed.layers().get(report.layer()).outputShape().size();
            report.gradients().observe(observed.gradients(report.layer()), observed.rows() * size);
        }
    }

    /** What was seen, layer by layer; it grows while the monitor is attached. */
    public List<LayerReport> reports() {
        return List.copyOf(reports);
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
