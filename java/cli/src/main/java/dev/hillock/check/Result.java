package dev.hillock.check;

import dev.hillock.ElementType;

/**
 * What a check found about one engine in one case.
 *
 * @param maxUlp the largest error, except beside roots of the slope; NaN if it was not judged
 * @param worstInput where it is; NaN if there is no error
 * @param bound the largest error allowed, in ULP
 * @param maxRootShare the largest error beside a root, as a share of what is allowed there; 0 if there is no root
 * @param wrongSpecials inputs where NaN, an infinity or the sign of a zero is wrong; 0 if that was not judged
 * @param wrongSpecial the first of them, or NaN
 * @param differing inputs whose bits differ from the scalar engine's
 * @param differingInput the first of them, or NaN
 * @param hash of all outputs, in hexadecimal
 * @param golden the recorded hash, or null
 * @param goldenLine the line that would record this one
 */
public record Result(
        Case tested,
        Contestant contestant,
        double maxUlp,
        double worstInput,
        double bound,
        double maxRootShare,
        double worstRootInput,
        long wrongSpecials,
        double wrongSpecial,
        long differing,
        double differingInput,
        String hash,
        String golden,
        String goldenLine) {

    /** Whether the promises hold; an engine outside the promise of identical bits is reported, not judged. */
    public boolean passed() {
        return !contestant.identical()
                || !(maxUlp > bound) && maxRootShare <= 1 && wrongSpecials == 0 && differing == 0 && !goldenDiffers();
    }

    /** An input as a literal that a program can read. */
    public String text(double input) {
        return tested.type() == ElementType.FLOAT64 ? Double.toHexString(input) : Float.toHexString((float) input);
    }

    /** Whether a hash was recorded and this is another. */
    public boolean goldenDiffers() {
        return golden != null && !golden.equals(hash);
    }
}
