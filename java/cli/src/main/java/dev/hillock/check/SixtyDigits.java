package dev.hillock.check;

import dev.hillock.accuracy.Accuracy;
import dev.hillock.catalogue.DecimalFunctions;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;
import java.math.BigDecimal;

/**
 * The judge of functions that have no kernels: what they return is the catalogue's formula in double precision, rounded
 * once, so that formula cannot tell what it loses where terms cancel or overflow. Sixty digits can: rounded to a double
 * they are within 2^-53 of the exact value. In a sweep over all inputs {@link Reference} takes them at 5 of 1024, and
 * judges all. In a sample, whose inputs lie apart, one of a stride is judged, at places that no pattern of bits can favour;
 * and every special point. The formula stands in where there is nothing to lose: at infinities and NaN, for the sign of a
 * zero, for slopes from the output, and for functions whose values are constants.
 */
final class SixtyDigits {
    // A second or two.
    private static final int STRIDE = 1 << 5;

    private final Accuracy formula;
    private final DecimalFunctions.Formula digits;
    private final BigDecimal[] parameters;
    private final Sweep sweep;
    private final Reference reference = new Reference(this::exact);
    private final float[] x = new float[Sweep.BLOCK];
    private final float[] got = new float[Sweep.BLOCK];
    private final double[] exact = new double[Sweep.BLOCK];

    SixtyDigits(Function function, Direction direction, double[] parameters, Accuracy formula, Sweep sweep) {
        this.formula = formula;
        DecimalFunctions.Pair pair = DecimalFunctions.of(function.name());
        this.digits = pair == null ? null : digits(pair, direction);
        this.parameters = DecimalFunctions.parameters(parameters);
        this.sweep = sweep;
    }

    // From y it is the formula: there is nothing in it that cancels.
    private static DecimalFunctions.Formula digits(DecimalFunctions.Pair pair, Direction direction) {
        return switch (direction) {
            case FORWARD -> pair.value();
            case BACKWARD -> pair.slope();
            case BACKWARD_FROM_OUTPUT -> null;
        };
    }

    /** Judges the outputs of a block, or some of them. */
    void judge(int block, float[] from, float[] out, int count, Tally tally) {
        if (sweep.isConsecutive()) {
            reference.values(from, exact, count);
            tally.judge(from, out, exact, count);
        } else {
            judgeSome(block, from, out, count, tally);
        }
    }

    private void judgeSome(int block, float[] from, float[] out, int count, Tally tally) {
        int judged = 0;
        boolean each = sweep.isSpecial(block);
        long start = (long) block * Sweep.BLOCK;
        for (int i = 0; i < count; i++) {
            long stratum = (start + i) / STRIDE;
            if (each || (start + i) % STRIDE == Long.remainderUnsigned(Hash.mix(stratum), STRIDE)) {
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
