package dev.hillock;

import dev.hillock.engine.GatedRows;
import dev.hillock.kernel.Ranges;

/**
 * Gates cut off from above, values on both sides and raised by 1, before a gated unit; and the gradients of what was cut
 * off set to 0 behind it. A bound itself is not cut off. Arrays are float[] or double[].
 */
record ClampedHalves(GatedRows rows, float limit) {
    /** Copies of gates, which may be in one array with the values. */
    Object gates(Object gate, int offset) {
        Object cut = Ranges.copy(gate);
        each(offset, i -> Ranges.set(cut, i, Ranges.get(gate, i) > limit ? limit : Ranges.get(gate, i)));
        return cut;
    }

    /** Writes values into a copy that may hold gates beside them. */
    void values(Object value, int offset, Object cut) {
        each(offset, i -> {
            double lower = Ranges.get(value, i) < -limit ? -limit : Ranges.get(value, i);
            Ranges.set(cut, i, (lower > limit ? limit : lower) + 1);
        });
    }

    void gateGradients(Object gate, int offset, Object dGate) {
        each(offset, i -> {
            if (Ranges.get(gate, i) > limit) {
                Ranges.set(dGate, i, 0);
            }
        });
    }

    void valueGradients(Object value, int offset, Object dValue) {
        each(offset, i -> {
            if (Math.abs(Ranges.get(value, i)) > limit) {
                Ranges.set(dValue, i, 0);
            }
        });
    }

    @FunctionalInterface
    private interface Element {
        void at(int index);
    }

    private void each(int offset, Element element) {
        for (long r = 0; r < rows.rows(); r++) {
            for (long i = 0; i < rows.length(); i++) {
                element.at((int) (offset + r * rows.rowStride() + i * rows.step()));
            }
        }
    }
}
