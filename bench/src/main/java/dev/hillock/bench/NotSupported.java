package dev.hillock.bench;

/** A contestant cannot do a case; the message says why. */
public final class NotSupported extends Exception {
    private static final long serialVersionUID = 1;

    /** With one sentence that says why. */
    public NotSupported(String reason) {
        super(reason);
    }
}
