package dev.hillock.engine;

import dev.hillock.AxisLayout;
import dev.hillock.catalogue.Function;

/** Fused functions whose calls are judged by the bits of the steps done one after the other in plain Java. */
final class CheckedFusedKernels implements FusedKernels {
    private final FusedKernels kernels;
    private final FusedKernels steps = new BlockedFusedKernels(ShadowCheck.twin());
    private final String engine;
    private final ShadowCheck check;

    CheckedFusedKernels(KernelEngine engine, ShadowCheck check) {
        this.kernels = engine.fused();
        this.engine = engine.engine().word();
        this.check = check;
    }

    private boolean isDue(Function f) {
        return !f.isCustom() && check.isDue();
    }

    private String named(Function f, String what) {
        return f.name() + " " + what + " on " + engine;
    }

    @Override
    public void affineForward(
            Function f, double[] p, AxisLayout shape, float[] x, float[] scale, float[] shift, float[] y) {
        if (!isDue(f)) {
            kernels.affineForward(f, p, shape, x, scale, shift, y);
            return;
        }
        int n = (int) shape.count();
        float[] expected = new float[n];
        steps.affineForward(f, p, shape, x, scale, shift, expected);
        kernels.affineForward(f, p, shape, x, scale, shift, y);
        SameBits.require(named(f, "of scaled or shifted input"), expected, 0, y, 0, n, 0);
    }

    @Override
    public void affineBackward(
            Function f,
            double[] p,
            AxisLayout shape,
            float[] x,
            float[] scale,
            float[] shift,
            float[] dy,
            float[] dx,
            double[] dScale,
            double[] dShift) {
        if (!isDue(f)) {
            kernels.affineBackward(f, p, shape, x, scale, shift, dy, dx, dScale, dShift);
            return;
        }
        int n = (int) shape.count();
        float[] expected = new float[n];
        double[] scales = dScale == null ? null : dScale.clone();
        double[] shifts = dShift == null ? null : dShift.clone();
        steps.affineBackward(f, p, shape, x, scale, shift, dy, expected, scales, shifts);
        kernels.affineBackward(f, p, shape, x, scale, shift, dy, dx, dScale, dShift);
        String what = named(f, "of scaled or shifted input, backward");
        SameBits.require(what, expected, 0, dx, 0, n, 0);
        if (scales != null) {
            SameBits.require(what + ", dScale,", scales, 0, dScale, 0, scales.length, 0);
        }
        if (shifts != null) {
            SameBits.require(what + ", dShift,", shifts, 0, dShift, 0, shifts.length, 0);
        }
    }

    @Override
    public void gatedForward(
            Function f,
            double[] p,
            GatedRows rows,
            float[] gate,
            int gateOffset,
            float[] value,
            int valueOffset,
            float[] y) {
        if (!isDue(f)) {
            kernels.gatedForward(f, p, rows, gate, gateOffset, value, valueOffset, y);
            return;
        }
        int n = (int) (rows.rows() * rows.length());
        float[] expected = new float[n];
        steps.gatedForward(f, p, rows, gate, gateOffset, value, valueOffset, expected);
        kernels.gatedForward(f, p, rows, gate, gateOffset, value, valueOffset, y);
        SameBits.require(named(f, "as a gate"), expected, 0, y, 0, n, 0);
    }

    @Override
    public void gatedBackward(
            Function f,
            double[] p,
            GatedRows rows,
            float[] gate,
            int gateOffset,
            float[] value,
            int valueOffset,
            float[] dy,
            float[] dGate,
            float[] dValue) {
        if (!isDue(f)) {
            kernels.gatedBackward(f, p, rows, gate, gateOffset, value, valueOffset, dy, dGate, dValue);
            return;
        }
        float[] gates = new float[dGate.length];
        float[] values = new float[dValue.length];
        steps.gatedBackward(f, p, rows, gate, gateOffset, value, valueOffset, dy, gates, values);
        kernels.gatedBackward(f, p, rows, gate, gateOffset, value, valueOffset, dy, dGate, dValue);
        // Elements that lie step apart are an axis with nothing beside it.
        AxisLayout lying = new AxisLayout(rows.rows(), rows.length(), 1, rows.rowStride(), rows.step());
        SameBits.require(named(f, "as a gate, dGate,"), lying, gates, gateOffset, dGate, gateOffset);
        SameBits.require(named(f, "as a gate, dValue,"), lying, values, valueOffset, dValue, valueOffset);
    }
}
