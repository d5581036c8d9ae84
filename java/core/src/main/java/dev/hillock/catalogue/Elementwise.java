package dev.hillock.catalogue;

import java.util.List;

/**
 * The element-wise functions by family, one entry each: the only place that knows what each of them means. The
 * references are the textbook's formulas in double precision, in the form that keeps full accuracy in the tails. The
 * order is that of the native library's ids; functions that only Java has come last.
 */
final class Elementwise {
    private Elementwise() {}

    /** Every function. */
    static List<Function> functions() {
        Definitions all = new Definitions();
        FoundationFunctions.define(all);
        PiecewiseFunctions.define(all);
        AlgebraicFunctions.define(all);
        ExponentialFunctions.define(all);
        PeriodicFunctions.define(all);
        RareFunctions.define(all);
        return List.copyOf(all.functions());
    }
}
