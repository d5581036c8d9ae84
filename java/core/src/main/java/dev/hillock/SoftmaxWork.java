package dev.hillock;

import dev.hillock.AxisSlabs.Slab;
import dev.hillock.catalogue.AxisCatalogue;
import dev.hillock.catalogue.AxisDefinition;
import dev.hillock.catalogue.Direction;
import dev.hillock.engine.AxisKernels;
import dev.hillock.kernel.Ranges;

/** A softmax of logits that are prepared from x, on the softmax kernels. */
final class SoftmaxWork implements AxisWork {
    static final AxisDefinition SOFTMAX = AxisCatalogue.function("softmax");

    private final ElementType type;
    private final AxisKernels forward;
    private final AxisKernels backward;
    private final Logits logits;
    private final boolean hard;
    private Object z;
    private Object soft;

    /**
     * The work of one thread.
     *
     * @param hard whether y is 1 at the first maximum of the softmax and 0 elsewhere
     */
    SoftmaxWork(ElementType type, AxisKernels forward, AxisKernels backward, Logits logits, boolean hard) {
        this.type = type;
        this.forward = forward;
        this.backward = backward;
        this.logits = logits;
        this.hard = hard;
    }

    @Override
    public void forward(Slab slab, Object x, int xAt, Object y, int yAt) {
        softmax(slab, x, xAt, y, yAt);
        if (hard) {
            new HardmaxWork().forward(slab, y, yAt, y, yAt);
        }
    }

    @Override
    public void backward(Slab slab, Object x, int xAt, Object dy, int dyAt, Object dx, int dxAt) {
        soft = Ranges.room(soft, x, (int) slab.rows().count());
        softmax(slab, x, xAt, soft, 0);
        AxisLayout rows = slab.dense();
        run(backward, Direction.BACKWARD_FROM_OUTPUT, rows, soft, 0, dy, dyAt, dx, dxAt);
        Ranges.scale(dx, dxAt, (int) rows.count(), logits.factor());
    }

    private void softmax(Slab slab, Object x, int xAt, Object y, int yAt) {
        z = Ranges.room(z, x, (int) slab.rows().count());
        logits.prepare(slab, x, xAt, z);
        AxisLayout rows = slab.dense();
        run(forward, Direction.FORWARD, rows, z, 0, z, 0, y, yAt);
        if (logits.mends()) {
            mend(slab, rows, y, yAt);
        }
    }

    // A row is NaN as a whole or not at all.
    private void mend(Slab slab, AxisLayout rows, Object y, int yAt) {
        int n = (int) rows.axis();
        int stride = (int) rows.inner();
        AxisLayout row = new AxisLayout(1, n, 1, rows.outerStride(), stride);
        for (int slice = 0; slice < rows.outer(); slice++) {
            for (int column = 0; column < stride; column++) {
                int at = (int) (slice * rows.outerStride()) + column;
                if (!Double.isNaN(Ranges.get(y, yAt + at))) {
                    continue;
                }
                if (logits.mend(slab, slice, column, z)) {
                    Ranges.fill(y, yAt + at, stride, n, 0);
                } else {
                    run(forward, Direction.FORWARD, row, z, at, z, at, y, yAt + at);
                }
            }
        }
    }

    private void run(
            AxisKernels kernels,
            Direction direction,
            AxisLayout rows,
            Object x,
            int xAt,
            Object dy,
            int dyAt,
            Object out,
            int outAt) {
        double t = logits.temperature();
        kernels.run(SOFTMAX, type, direction, t, rows, x, xAt, dy, dyAt, out, outAt);
    }
}
