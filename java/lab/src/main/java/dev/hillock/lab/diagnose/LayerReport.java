package dev.hillock.lab.diagnose;

/**
 * What the instruments saw at one activation layer.
 *
 * @param layer its place among the network's layers
 * @param name for people
 * @param values of its outputs: mean, variance, sparsity
 * @param gradients d loss / d output
 * @param dead units that were zero for every input
 * @param saturation of its inputs, of a gated layer its gates; null for learned ones
 */
public record LayerReport(
        int layer, String name, Moments values, Moments gradients, DeadUnitMonitor dead, SaturationMonitor saturation) {
    LayerReport empty() {
        return new LayerReport(
                layer,
                name,
                new Moments(),
                new Moments(),
                new DeadUnitMonitor(name, dead.units()),
                saturation == null ? null : saturation.empty());
    }

    LayerReport merge(LayerReport other) {
        values.merge(other.values);
        gradients.merge(other.gradients);
        dead.merge(other.dead);
        if (saturation != null) {
            saturation.merge(other.saturation);
        }
        return this;
    }
}
