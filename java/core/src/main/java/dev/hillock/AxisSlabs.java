package dev.hillock;

/**
 * A tensor cut into slabs of whole rows: several slices of it, or some columns of one slice where a slice is too long.
 * The cuts depend on the layout alone.
 *
 * @param slices how many slices a slab has at most
 * @param columns how many columns of them it has at most
 */
record AxisSlabs(AxisLayout whole, long slices, long columns) {
    // Neighbouring rows that kernels take side by side.
    private static final long ABREAST = 16;

    /**
     * One slab.
     *
     * @param outer its first slice
     * @param column its first column
     * @param rows where its elements lie, from the first one
     */
    record Slab(AxisLayout whole, long outer, long column, AxisLayout rows) {
        /** Offset of its first element. */
        long offset() {
            return outer * whole.outerStride() + column;
        }

        /** Whether it has all columns of its slices. */
        boolean isWhole() {
            return rows.inner() == whole.inner();
        }

        /** The layout of its elements without gaps. */
        AxisLayout dense() {
            long slice = rows.axis() * rows.inner();
            return new AxisLayout(rows.outer(), rows.axis(), rows.inner(), slice, rows.inner());
        }

        /** The same rows in a tensor whose axis has another length. */
        Slab along(AxisLayout other) {
            AxisLayout cut =
                    new AxisLayout(rows.outer(), other.axis(), rows.inner(), other.outerStride(), other.axisStride());
            return new Slab(other, outer, column, cut);
        }
    }

    /** Slabs of at most so many elements, but at least a row. */
    static AxisSlabs of(AxisLayout whole, long elements) {
        long slice = whole.axis() * whole.inner();
        long slices = multiple(elements / slice, whole.inner() == 1 ? ABREAST : 1);
        long columns = slice <= elements ? whole.inner() : multiple(elements / whole.axis(), ABREAST);
        return new AxisSlabs(whole, slices, Math.min(columns, whole.inner()));
    }

    // The largest multiple of step that fits, but at least one.
    private static long multiple(long limit, long step) {
        return limit >= step ? limit - limit % step : Math.max(1, limit);
    }

    long count() {
        return (whole.outer() + slices - 1) / slices * across();
    }

    private long across() {
        return (whole.inner() + columns - 1) / columns;
    }

    /** A slab by its number, from 0 up. */
    Slab at(long number) {
        long outer = number / across() * slices;
        long column = number % across() * columns;
        AxisLayout rows = new AxisLayout(
                Math.min(slices, whole.outer() - outer),
                whole.axis(),
                Math.min(columns, whole.inner() - column),
                whole.outerStride(),
                whole.axisStride());
        return new Slab(whole, outer, column, rows);
    }
}
