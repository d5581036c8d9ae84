package dev.hillock.check;

import dev.hillock.catalogue.DecimalFunctions;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;
import java.math.BigDecimal;

/**
 * The judge of functions that have no kernels: what they return is the catalogue's formula in double precision, rounded
 * once, so that formula cannot tell what it loses where terms cancel or overflow. Sixty digits can: rounded to a double
 * they are within 2^-53 of the exact value. They take too long for every input, so one of a stride is judged, at places
 * that no pattern of bits can favour; and every special point of a sample. The formula stands in where there is nothing to
 * lose: at infinities and NaN, for the sign of a zero, and for functions whose values are constants.
 */
final class SixtyDigits {
    // Of a sample and of all inputs: a second or two, and about ten.
    private static final int SAMPLE_STRIDE = 1 << 5;
    private static final int LONG_STRIDE = 1 << 14;
    private static final long MANY = 1L << 24;

    private final Accuracy formula;
    private final DecimalFunctions.Formula digits;
    private final BigDecimal[] parameters;
    private final Sweep sweep;
    private final int stride;
    private final float[] x = new float[Sweep.BLOCK];
    private final float[] got = new float[Sweep.BLOCK];
    private final double[] exact = new double[Sweep.BLOCK];

    SixtyDigits(Function function, Direction direction, double[] parameters, Accuracy formula, Sweep sweep) {
        this.formula = formula;
        DecimalFunctions.Pair pair = DecimalFunctions.of(function.name());
        this.digits = pair == null ? null : direction == Direction.FORWARD ? pair.value() : pair.slope();
        this.parameters = DecimalFunctions.parameters(parameters);
        this.sweep = sweep;
        this.stride = sweep.inputs() > MANY ? LONG_STRIDE : SAMPLE_STRIDE;
    }

    /** Judges some of the outputs of a block. */
    void judge(int block, float[] from, float[] out, int count, Tally tally) {
        int judged = 0;
        boolean each = sweep.isSpecial(block);
        long start = (long) block * Sweep.BLOCK;
        for (int i = 0; i < count; i++) {
            long stratum = (start + i) / stride;
            if (each || (start + i) % stride == Long.remainderUnsigned(Hash.mix(stratum), stride)) {
                x[judged] = from[i];
                got[judged] = out[i];
                exact[judged++] = exact(from[i]);
            }
        }
        tally.judge(x, got, exact, judged);
    }

    private double exact(float input) {
        double near = formula.exact(input);
        if (digits == null || !Float.isFinite(input)) {
            return near;
        }
        BigDecimal value = digits.at(new BigDecimal(input), parameters);
        return value.signum() == 0 && near == 0 ? near : value.doubleValue();
    }
}
