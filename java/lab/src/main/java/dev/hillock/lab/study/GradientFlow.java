package dev.hillock.lab.study;

import dev.hillock.lab.diagnose.LayerReport;
import dev.hillock.lab.diagnose.NetworkMonitor;
import dev.hillock.lab.net.Network;
import dev.hillock.lab.train.EpochRecord;
import dev.hillock.lab.train.TrainingObserver;
import java.util.ArrayList;
import java.util.List;

/**
 * The length of the gradient at every activation layer, epoch by epoch: the root of the mean, over one example in 16, of
 * the sum of squares over the layer. A wide layer, or one behind which a pool lets one gradient in four pass, has smaller
 * gradients at each output for that reason alone; their length tells what came through.
 */
final class GradientFlow implements TrainingObserver, AutoCloseable {
    private static final int EVERY = 16;

    private final NetworkMonitor monitor;
    private final List<List<Double>> byLayer = new ArrayList<>();

    GradientFlow(Network network) {
        monitor = NetworkMonitor.attach(network, EVERY);
        monitor.reports().forEach(report -> byLayer.add(new ArrayList<>()));
    }

    @Override
    public void epoch(Network network, EpochRecord epoch) {
        List<LayerReport> reports = monitor.reports();
        for (int i = 0; i < reports.size(); i++) {
            boolean seen = reports.get(i).gradients().count() > 0;
            int size =
                    network.layers().get(reports.get(i).layer()).outputShape().size();
            byLayer.get(i)
                    .add(seen ? Math.sqrt(size) * reports.get(i).gradients().rootMeanSquare() : null);
        }
        monitor.reset();
    }

    List<Double> layer(int index) {
        return byLayer.get(index);
    }

    @Override
    public void close() {
        monitor.close();
    }
}
