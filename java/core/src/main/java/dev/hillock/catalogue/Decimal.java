package dev.hillock.catalogue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Elementary functions in 60 decimal digits, relative to the result: forty more than it takes to judge a double. A
 * decimal's exponent has no limits to speak of, so tails need no care, except where equal numbers are subtracted.
 */
public final class Decimal {
    /** What results are rounded to. */
    public static final MathContext DIGITS = new MathContext(60);
    /** 1. */
    public static final BigDecimal ONE = BigDecimal.ONE;

    static final BigDecimal TWO = BigDecimal.valueOf(2);
    static final BigDecimal HALF = new BigDecimal("0.5");
    static final BigDecimal PI =
            new BigDecimal("3.14159265358979323846264338327950288419716939937510582097494459230782");
    // As far as a product of two doubles, and a hundred digits behind it.
    private static final MathContext LONG_DIGITS = new MathContext(740);
    private static final BigDecimal LONG_PI =
            new BigDecimal("3.1415926535897932384626433832795028841971693993751058209749445923078164062862089986280348"
                    + "253421170679821480865132823066470938446095505822317253594081284811174502841027019385211055"
                    + "596446229489549303819644288109756659334461284756482337867831652712019091456485669234603486"
                    + "104543266482133936072602491412737245870066063155881748815209209628292540917153643678925903"
                    + "600113305305488204665213841469519415116094330572703657595919530921861173819326117931051185"
                    + "480744623799627495673518857527248912279381830119491298336733624406566430860213949463952247"
                    + "371907021798609437027705392171762931767523846748184676694051320005681271452635608277857713"
                    + "427577896091736371787214684409012249534301465495853710507922796892589235420199561121290219"
                    + "60864034418159813629775");
    // exp of it is larger than any double, and as far below as it is above.
    private static final BigDecimal FAR = BigDecimal.valueOf(100_000);
    private static final BigDecimal FIVE = BigDecimal.valueOf(5);
    // At 5 three hundred give 60 digits.
    private static final int LEVELS = 400;
    private static final BigDecimal LN2 =
            new BigDecimal("0.693147180559945309417232121458176568075500134360255254120680009493393622");

    private Decimal() {}

    static BigDecimal add(BigDecimal a, BigDecimal b) {
        return a.add(b, DIGITS);
    }

    static BigDecimal sub(BigDecimal a, BigDecimal b) {
        return a.subtract(b, DIGITS);
    }

    static BigDecimal mul(BigDecimal a, BigDecimal b) {
        return a.multiply(b, DIGITS);
    }

    static BigDecimal div(BigDecimal a, BigDecimal b) {
        return a.divide(b, DIGITS);
    }

    static BigDecimal exp(BigDecimal x) {
        return add(ONE, expm1(x));
    }

    // With x = n ln2 + r: 2^n (1 + expm1(r)) - 1, the series alone around 0. Far below 0 that is -1 and exp lost.
    static BigDecimal expm1(BigDecimal x) {
        return x.abs().compareTo(HALF) < 0 ? series(x) : sub(scaled(x), ONE);
    }

    /** exp(x), with all digits where expm1(x) is close to -1 too; beyond 100000 no larger or smaller than there. */
    public static BigDecimal scaled(BigDecimal exponent) {
        BigDecimal x = exponent.max(FAR.negate()).min(FAR);
        int n = (int) Math.rint(x.doubleValue() / Math.log(2));
        MathContext more = new MathContext(DIGITS.getPrecision() + 8);
        BigDecimal r = x.subtract(LN2.multiply(BigDecimal.valueOf(n), more), more);
        BigDecimal power = n >= 0 ? TWO.pow(n, DIGITS) : HALF.pow(-n, DIGITS);
        return mul(power, add(ONE, series(r)));
    }

    private static BigDecimal series(BigDecimal x) {
        BigDecimal term = x;
        BigDecimal sum = x;
        for (int k = 2; term.signum() != 0 && tells(term, sum); k++) {
            term = mul(term, x).divide(BigDecimal.valueOf(k), DIGITS);
            sum = add(sum, term);
        }
        return sum;
    }

    private static boolean tells(BigDecimal term, BigDecimal sum) {
        return term.precision() - term.scale() > sum.precision() - sum.scale() - DIGITS.getPrecision();
    }

    /** log(1 + e) for e in [0, 1]: a series near 0, else Halley's steps from the double. */
    public static BigDecimal log1p(BigDecimal e) {
        if (e.compareTo(new BigDecimal("1e-20")) < 0) {
            return mul(e, sub(ONE, mul(e, sub(HALF, e.divide(BigDecimal.valueOf(3), DIGITS)))));
        }
        BigDecimal y = new BigDecimal(Math.log1p(e.doubleValue()));
        for (int step = 0; step < 3; step++) {
            BigDecimal w = expm1(y);
            y = add(y, div(mul(TWO, sub(e, w)), add(add(TWO, e), w)));
        }
        return y;
    }

    /** The hyperbolic tangent. */
    public static BigDecimal tanh(BigDecimal x) {
        BigDecimal w = expm1(mul(TWO, x));
        return div(w, add(w, TWO));
    }

    /** sin of any product of two doubles, with all digits. */
    static BigDecimal sin(BigDecimal x) {
        return sinus(x, BigDecimal.ZERO);
    }

    /** cos of any product of two doubles, with all digits. */
    static BigDecimal cos(BigDecimal x) {
        return sinus(x, HALF);
    }

    // sin(x + half pi half turns): x = (n - half) pi + r, and the sign of r's sine turns for odd n.
    private static BigDecimal sinus(BigDecimal x, BigDecimal half) {
        BigDecimal turns = x.divide(LONG_PI, LONG_DIGITS).add(half, LONG_DIGITS);
        BigDecimal n = turns.setScale(0, RoundingMode.HALF_EVEN);
        BigDecimal r = x.subtract(n.subtract(half).multiply(LONG_PI, LONG_DIGITS), LONG_DIGITS);
        BigDecimal square = mul(r, r);
        BigDecimal term = r.round(DIGITS);
        BigDecimal sum = term;
        for (int k = 2; term.signum() != 0 && tells(term, sum); k += 2) {
            term = mul(term, square).divide(BigDecimal.valueOf(-k * (k + 1L)), DIGITS);
            sum = add(sum, term);
        }
        return n.toBigInteger().testBit(0) ? sum.negate() : sum;
    }

    static BigDecimal sqrt(BigDecimal x) {
        return x.sqrt(DIGITS);
    }

    /** The density of the normal distribution. */
    static BigDecimal bell(BigDecimal x) {
        return div(scaled(mul(x, x).negate().multiply(HALF)), sqrt(mul(TWO, PI)));
    }

    /**
     * The normal distribution: 1/2 + bell(x) (x + x^3/3 + x^5/15 + ...) around 0; from 5 on the bell times the continued
     * fraction 1 / (t + 1 / (t + 2 / (t + ...))).
     */
    public static BigDecimal normal(BigDecimal x) {
        if (x.abs().compareTo(FIVE) > 0) {
            BigDecimal tail = mul(bell(x), fraction(x.abs()));
            return x.signum() > 0 ? sub(ONE, tail) : tail;
        }
        BigDecimal square = mul(x, x);
        BigDecimal term = x;
        BigDecimal sum = x;
        for (int k = 3; term.signum() != 0 && tells(term, sum); k += 2) {
            term = mul(term, square).divide(BigDecimal.valueOf(k), DIGITS);
            sum = add(sum, term);
        }
        return add(HALF, mul(bell(x), sum));
    }

    private static BigDecimal fraction(BigDecimal t) {
        BigDecimal d = t;
        for (int k = LEVELS; k > 0; k--) {
            d = add(t, BigDecimal.valueOf(k).divide(d, DIGITS));
        }
        return div(ONE, d);
    }
}
