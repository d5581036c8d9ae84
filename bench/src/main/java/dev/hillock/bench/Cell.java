package dev.hillock.bench;

/**
 * One number of the table: a contestant on a case.
 *
 * @param task the case
 * @param contestant its name
 * @param nanosPerElement the median over the rounds, or null if the contestant cannot do the case
 * @param quartile a quarter of the rounds were at least as fast
 * @param rounds how many rounds were timed
 * @param allocatedBytesPerCall on the Java heap, by the calling thread
 * @param check what became of the comparison with {@code SCALAR}
 * @param maxUlp the error, as {@link Accuracy} measures it; null where it does not
 * @param reason why the contestant cannot do the case, else null
 */
public record Cell(
        Case task,
        String contestant,
        Double nanosPerElement,
        Double quartile,
        int rounds,
        long allocatedBytesPerCall,
        Check check,
        Double maxUlp,
        String reason) {

    static Cell notSupported(Case task, String contestant, String reason) {
        return new Cell(task, contestant, null, null, 0, 0, Check.NONE, null, reason);
    }

    Cell withMaxUlp(Double ulp) {
        return new Cell(task, contestant, nanosPerElement, quartile, rounds, allocatedBytesPerCall, check, ulp, reason);
    }

    /** Whether there is a number. */
    public boolean isTimed() {
        return nanosPerElement != null;
    }

    // Dense layers are matrix products, held to a tolerance.
    boolean breaksThePromise() {
        return check == Check.WRONG || check == Check.CLOSE && !Fused.isDense(task);
    }

    /** The difference in one line. */
    public String difference() {
        return task + ": " + contestant
                + (check == Check.WRONG ? " is far from scalar" : " has not the bits of scalar");
    }

    /** The median of a call. */
    public double nanosPerCall() {
        return nanosPerElement * task.length();
    }
}
