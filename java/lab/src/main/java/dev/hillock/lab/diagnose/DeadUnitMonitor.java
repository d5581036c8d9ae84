package dev.hillock.lab.diagnose;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds dead units: those that were zero for every input seen, across all batches. It works on anybody's arrays.
 *
 * <pre>{@code
 * DeadUnitMonitor monitor = new DeadUnitMonitor("hidden 1", 64);
 * for (float[] y : batches) monitor.observe(y, rows);
 * System.out.println(monitor);                  // hidden 1: 3/64 (4.7 %)
 * monitor.warning().ifPresent(System.out::println);
 * }</pre>
 *
 * <p>A unit that has once been alive costs nothing more, so watching a healthy layer is cheap; where many are silent, all
 * their magnitudes are added up in a vector loop and looked at now and then. A module that is used twice is observed
 * twice. Monitors of several workers are added up with {@link #merge}. Dead is a statement about the data seen, nothing
 * else.
 */
public final class DeadUnitMonitor {
    /** The share of dead units from which {@link #warning()} speaks. */
    public static final double WARNING_SHARE = 0.2;

    // From one in so many on, silent units are not looked up one by one.
    private static final int MANY = 32;
    private static final int BATCHES = 64;

    private final String layer;
    private final int units;
    private final BitSet silent;
    private int silentCount;
    // Magnitudes added up over some batches, place by place: a sum is 0 only where all of them are.
    private float[] gathered = {};
    private int batches;
    private long examples;

    /** A monitor that has seen nothing. */
    public DeadUnitMonitor(String layer, int units) {
        this.layer = layer;
        this.units = units;
        silent = new BitSet(units);
        silent.set(0, units);
        silentCount = units;
    }

    /** Sees the outputs y of a layer, [rows, units]; for images of channels last, [rows * height * width, channels]. */
    public void observe(float[] y, int rows) {
        observe(y, rows, units, 1);
    }

    /**
     * Sees outputs with the units on a middle axis, [outer, units, inner]: images of channels first are [rows, channels,
     * height * width].
     *
     * @throws IllegalArgumentException if channels is not the number of units, or y is too short
     */
    public void observe(float[] y, int outer, int channels, int inner) {
        if (channels != units) {
            throw new IllegalArgumentException(layer + " has " + units + " units, not " + channels);
        }
        if (y.length < (long) outer * units * inner) {
            throw new IllegalArgumentException(
                    "y has " + y.length + " elements, " + outer + " x " + units + " x " + inner + " are needed");
        }
        boolean first = examples == 0;
        examples += outer;
        if (!first && inner == 1 && silentCount > units / MANY) {
            gather(y, outer * units);
        } else {
            for (int unit = silent.nextSetBit(0); unit >= 0; unit = silent.nextSetBit(unit + 1)) {
                if (speaks(y, unit, outer, inner)) {
                    silent.clear(unit);
                }
            }
            silentCount = silent.cardinality();
        }
    }

    // The same index in both arrays, so that the JVM makes a vector loop of it.
    private void gather(float[] y, int length) {
        if (gathered.length < length) {
            settle();
            gathered = new float[length];
        }
        float[] sums = gathered;
        for (int i = 0; i < length; i++) {
            sums[i] += Math.abs(y[i]);
        }
        if (++batches == BATCHES) {
            settle();
        }
    }

    // What was gathered, unit by unit.
    private void settle() {
        if (batches == 0) {
            return;
        }
        for (int unit = silent.nextSetBit(0); unit >= 0; unit = silent.nextSetBit(unit + 1)) {
            if (speaks(gathered, unit, gathered.length / units, 1)) {
                silent.clear(unit);
            }
        }
        silentCount = silent.cardinality();
        Arrays.fill(gathered, 0f);
        batches = 0;
    }

    private boolean speaks(float[] y, int unit, int outer, int inner) {
        for (int o = 0; o < outer; o++) {
            int from = (o * units + unit) * inner;
            for (int i = from; i < from + inner; i++) {
                if (y[i] != 0f) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Adds what another monitor of the same layer has seen.
     *
     * @throws IllegalArgumentException if it has another number of units
     */
    public void merge(DeadUnitMonitor other) {
        if (other.units != units) {
            throw new IllegalArgumentException(layer + " has " + units + " units, not " + other.units);
        }
        settle();
        other.settle();
        silent.and(other.silent);
        silentCount = silent.cardinality();
        examples += other.examples;
    }

    /** The layer's name. */
    public String layer() {
        return layer;
    }

    /** All units. */
    public int units() {
        return units;
    }

    /** Units that have been zero for everything seen; none before anything was seen. */
    public int dead() {
        settle();
        return examples == 0 ? 0 : silentCount;
    }

    /** Which ones. */
    public int[] deadUnits() {
        settle();
        return examples == 0 ? new int[0] : silent.stream().toArray();
    }

    /** The share of dead units, from 0 to 1. */
    public double share() {
        return units == 0 ? 0 : dead() / (double) units;
    }

    /** How many examples have been seen. */
    public long examples() {
        return examples;
    }

    /** What to try, if a fifth or more of the units are dead. */
    public Optional<String> warning() {
        return warning(WARNING_SHARE);
    }

    /** What to try, if this share or more of the units are dead. */
    public Optional<String> warning(double share) {
        if (dead() == 0 || share() < share) {
            return Optional.empty();
        }
        return Optional.of(this + " units are zero for all " + examples
                + " inputs seen. Try a smaller learning rate, He initialisation, leaky_relu, elu or gelu instead of"
                + " relu, or batch normalisation before it.");
    }

    /** {@code hidden 1: 3/64 (4.7 %)}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s: %d/%d (%.1f %%)", layer, dead(), units, 100 * share());
    }
}
