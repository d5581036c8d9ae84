package dev.hillock.cli;

/** The call or a file is wrong: exit status 2 and one line on standard error. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Says what is wrong, and where. */
    public UsageException(String message) {
        super(message);
    }

    /** Something of a known kind is not known, and what it may have been meant to be. */
    static UsageException unknown(String kind, String word, String nearest) {
        return new UsageException("unknown " + kind + " '" + word + "' (nearest: " + nearest + ")");
    }
}
