package dev.hillock;

import dev.hillock.AxisSlabs.Slab;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;
import dev.hillock.engine.KernelEngine;
import dev.hillock.kernel.Ranges;

/** relu(x) and behind it relu(-x), on the element-wise kernels. */
final class CreluWork implements AxisWork {
    private static final Function RELU = Activation.relu().function();
    private static final double[] NONE = {};

    private final ElementType type;
    private final KernelEngine forward;
    private final KernelEngine backward;
    private Object positive;
    private Object negative;

    CreluWork(ElementType type, KernelEngine forward, KernelEngine backward) {
        this.type = type;
        this.forward = forward;
        this.backward = backward;
    }

    private void prepare(Slab slab, Object x, int xAt) {
        int n = (int) slab.rows().count();
        positive = Ranges.room(positive, x, n);
        negative = Ranges.room(negative, x, n);
        Ranges.copy(x, xAt, negative, 0, n);
        Ranges.negate(negative, 0, n);
    }

    @Override
    public void forward(Slab slab, Object x, int xAt, Object y, int yAt) {
        prepare(slab, x, xAt);
        int n = (int) slab.rows().count();
        forward.eltwise(RELU, type, Direction.FORWARD, NONE, x, xAt, null, 0, positive, 0, n);
        forward.eltwise(RELU, type, Direction.FORWARD, NONE, negative, 0, null, 0, negative, 0, n);
        int slice = n / (int) slab.rows().outer();
        for (int r = 0; r < slab.rows().outer(); r++) {
            Ranges.copy(positive, r * slice, y, yAt + 2 * r * slice, slice);
            Ranges.copy(negative, r * slice, y, yAt + (2 * r + 1) * slice, slice);
        }
    }

    @Override
    public void backward(Slab slab, Object x, int xAt, Object dy, int dyAt, Object dx, int dxAt) {
        prepare(slab, x, xAt);
        int n = (int) slab.rows().count();
        half(slab, dy, dyAt, 0);
        backward.eltwise(RELU, type, Direction.BACKWARD, NONE, x, xAt, positive, 0, dx, dxAt, n);
        half(slab, dy, dyAt, 1);
        backward.eltwise(RELU, type, Direction.BACKWARD, NONE, negative, 0, positive, 0, negative, 0, n);
        Ranges.copy(dx, dxAt, positive, 0, n);
        Ranges.subtract(positive, negative, n);
        Ranges.copy(positive, 0, dx, dxAt, n);
    }

    // The gradients of one half, without the other's between them.
    private void half(Slab slab, Object dy, int dyAt, int number) {
        int slices = (int) slab.rows().outer();
        int slice = (int) slab.rows().count() / slices;
        for (int r = 0; r < slices; r++) {
            Ranges.copy(dy, dyAt + (2 * r + number) * slice, positive, r * slice, slice);
        }
    }
}
