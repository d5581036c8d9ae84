package dev.hillock.check;

import dev.hillock.accuracy.Accuracy;
import dev.hillock.accuracy.Ulp;
import java.util.Arrays;

/** What was found about one engine's outputs. Not for several threads: each has its own, added up at the end. */
final class Tally {
    // Most groups have nothing remarkable in them, and finding that out takes no branch for each output. In one that
    // has, smaller groups are looked at.
    private static final int GROUP = 1024;
    private static final int SMALL_GROUP = 64;

    private final Accuracy accuracy;
    double maxUlp;
    float worstInput = Float.NaN;
    double maxRootShare;
    float worstRootInput = Float.NaN;
    long wrongSpecials;
    float wrongSpecial = Float.NaN;
    long differing;
    float differingInput = Float.NaN;

    Tally(Accuracy accuracy) {
        this(accuracy, 0);
    }

    /** Errors up to a size that is known from elsewhere are not worth a look. */
    Tally(Accuracy accuracy, double knownUlp) {
        this.accuracy = accuracy;
        maxUlp = knownUlp;
    }

    void judge(float[] x, float[] got, double[] exact, int count) {
        for (int start = 0; start < count; start += GROUP) {
            int end = Math.min(count, start + GROUP);
            if (isRemarkable(x, got, exact, start, end)) {
                judge(x, got, exact, start, end);
            }
        }
    }

    private void judge(float[] x, float[] got, double[] exact, int from, int to) {
        for (int start = from; start < to; start += SMALL_GROUP) {
            int end = Math.min(to, start + SMALL_GROUP);
            if (isRemarkable(x, got, exact, start, end)) {
                for (int i = start; i < end; i++) {
                    // From a saturated output again and again; it has the same error every time, but each wrong one
                    // counts.
                    boolean again = i > start && Float.floatToRawIntBits(x[i]) == Float.floatToRawIntBits(x[i - 1]);
                    if (!again || isWrongSpecial(got[i], exact[i])) {
                        judge(x[i], got[i], exact[i]);
                    }
                }
            }
        }
    }

    private boolean isRemarkable(float[] x, float[] got, double[] exact, int start, int end) {
        return accuracy.mayBeNearRoot(x, start, end) || isRemarkable(got, exact, start, end);
    }

    // An error that is worse than what was seen, in the smallest unit of the group, or no number, or another sign;
    // which a zero may hide from the product. The compiler makes vectors of the loop.
    private boolean isRemarkable(float[] got, double[] exact, int start, int end) {
        double worst = 0;
        double least = Double.POSITIVE_INFINITY;
        double product = Double.POSITIVE_INFINITY;
        for (int i = start; i < end; i++) {
            worst = Math.max(worst, Math.abs(got[i] - exact[i]));
            least = Math.min(least, Math.abs(exact[i]));
            product = Math.min(product, got[i] * exact[i]);
        }
        return !(worst <= maxUlp * Ulp.unit(least)) || !(product > 0) && signsDiffer(got, exact, start, end);
    }

    private static boolean signsDiffer(float[] got, double[] exact, int start, int end) {
        long signs = 0;
        for (int i = start; i < end; i++) {
            signs |= Double.doubleToRawLongBits(exact[i]) ^ (long) Float.floatToRawIntBits(got[i]) << 32;
        }
        return signs < 0;
    }

    private void judge(float x, float got, double exact) {
        if (isWrongSpecial(got, exact)) {
            if (wrongSpecials++ == 0) {
                wrongSpecial = x;
            }
        } else if (Double.isNaN(exact)) {
            return;
        } else if (accuracy.nearRoot(x)) {
            double share = accuracy.rootShare(got, exact);
            if (share > maxRootShare) {
                maxRootShare = share;
                worstRootInput = x;
            }
        } else {
            double ulp = accuracy.ulp(x, got, exact);
            if (ulp > maxUlp) {
                maxUlp = ulp;
                worstInput = x;
            }
        }
    }

    // NaN where there is a value, or a value where there is none; another infinity; a zero of the other sign.
    private static boolean isWrongSpecial(float got, double exact) {
        if (Float.isNaN(got) || Double.isNaN(exact)) {
            return Float.isNaN(got) != Double.isNaN(exact);
        }
        if (Double.isInfinite(exact)) {
            return got != exact;
        }
        return got == 0 && Float.floatToRawIntBits(got) < 0 != Double.doubleToRawLongBits(exact) < 0;
    }

    void compare(float[] x, float[] got, float[] expected, int count) {
        // Every NaN is the same to it, as it is to the hash.
        if (Arrays.mismatch(got, 0, count, expected, 0, count) < 0) {
            return;
        }
        for (int i = 0; i < count; i++) {
            if (Hash.canonical(got[i]) != Hash.canonical(expected[i]) && differing++ == 0) {
                differingInput = x[i];
            }
        }
    }

    void add(Tally other) {
        if (other.maxUlp > maxUlp) {
            maxUlp = other.maxUlp;
            worstInput = other.worstInput;
        }
        if (other.maxRootShare > maxRootShare) {
            maxRootShare = other.maxRootShare;
            worstRootInput = other.worstRootInput;
        }
        wrongSpecial = wrongSpecials == 0 ? other.wrongSpecial : wrongSpecial;
        wrongSpecials += other.wrongSpecials;
        differingInput = differing == 0 ? other.differingInput : differingInput;
        differing += other.differing;
    }
}
