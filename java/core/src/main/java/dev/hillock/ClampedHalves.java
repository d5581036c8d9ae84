package dev.hillock;

import dev.hillock.engine.GatedRows;

/**
 * Gates cut off from above, values on both sides and raised by 1, before a gated unit; and the gradients of what was cut
 * off set to 0 behind it. A bound itself is not cut off.
 */
record ClampedHalves(GatedRows rows, float limit) {
    /** Copies of gates, which may be in one array with the values. */
    float[] gates(float[] gate, int offset) {
        float[] cut = gate.clone();
        each(offset, i -> cut[i] = gate[i] > limit ? limit : gate[i]);
        return cut;
    }

    /** Writes values into a copy that may hold gates beside them. */
    void values(float[] value, int offset, float[] cut) {
        each(offset, i -> {
            float lower = value[i] < -limit ? -limit : value[i];
            cut[i] = (lower > limit ? limit : lower) + 1;
        });
    }

    void gateGradients(float[] gate, int offset, float[] dGate) {
        each(offset, i -> dGate[i] = gate[i] > limit ? 0 : dGate[i]);
    }

    void valueGradients(float[] value, int offset, float[] dValue) {
        each(offset, i -> dValue[i] = value[i] > limit || value[i] < -limit ? 0 : dValue[i]);
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
