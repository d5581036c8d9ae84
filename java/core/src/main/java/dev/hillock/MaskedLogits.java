package dev.hillock;

import dev.hillock.AxisSlabs.Slab;
import dev.hillock.kernel.Ranges;

/** The logits of attention: scale x and the mask, each rounded; what is dropped has -Inf, whatever its score. */
final class MaskedLogits implements Logits {
    private final double scale;
    private final Mask mask;
    private final int queries;
    private float[] added = {};

    /**
     * The logits for one thread.
     *
     * @param mask null where there is none
     * @param queries rows of which each sees one key more than the one before; 0 where all see all
     */
    MaskedLogits(double scale, Mask mask, int queries) {
        this.scale = scale;
        this.mask = mask;
        this.queries = queries;
    }

    @Override
    public void prepare(Slab slab, Object x, int xAt, Object z) {
        AxisLayout rows = slab.rows();
        int n = (int) rows.count();
        Ranges.copy(x, xAt, z, 0, n);
        Ranges.scale(z, 0, n, scale);
        if (mask != null) {
            add(slab, z, n);
        }
        if (queries > 0) {
            int keys = (int) rows.axis();
            for (int r = 0; r < rows.outer(); r++) {
                int seen = seen(slab, r);
                Ranges.fill(z, r * keys + seen, keys - seen, Double.NEGATIVE_INFINITY);
            }
        }
    }

    private void add(Slab slab, Object z, int n) {
        added = added.length < n ? new float[n] : added;
        if (slab.isWhole()) {
            mask.read((int) slab.offset(), added, 0, n);
        } else {
            int columns = (int) slab.rows().inner();
            for (int i = 0; i < slab.rows().axis(); i++) {
                mask.read(index(slab, 0, i, 0), added, i * columns, columns);
            }
        }
        Ranges.add(z, added, n);
    }

    private static int index(Slab slab, int slice, int i, int column) {
        AxisLayout rows = slab.rows();
        return (int) (slab.offset() + slice * rows.outerStride() + i * rows.axisStride()) + column;
    }

    // How many keys a row of the slab sees.
    private int seen(Slab slab, int row) {
        int query = (int) ((slab.outer() + row) % queries);
        return (int) Math.min(query + 1, slab.rows().axis());
    }

    @Override
    public double temperature() {
        return 1;
    }

    @Override
    public double factor() {
        return scale;
    }

    @Override
    public boolean mends() {
        return true;
    }

    @Override
    public boolean mend(Slab slab, int slice, int column, Object z) {
        AxisLayout rows = slab.rows();
        int columns = (int) rows.inner();
        int axis = (int) rows.axis();
        boolean nothing = isNothing(z, slice * axis * columns + column, columns, axis);
        for (int i = 0; i < axis && !nothing && mask != null; i++) {
            if (mask.drops(index(slab, slice, i, column))) {
                Ranges.set(z, (slice * axis + i) * columns + column, Double.NEGATIVE_INFINITY);
            }
        }
        return nothing || isNothing(z, slice * axis * columns + column, columns, axis);
    }

    private static boolean isNothing(Object z, int at, int stride, int n) {
        for (int i = 0; i < n; i++) {
            if (Ranges.get(z, at + i * stride) != Double.NEGATIVE_INFINITY) {
                return false;
            }
        }
        return true;
    }
}
