package dev.hillock.engine;

/**
 * Whether an engine can serve, as a value that is kept and printed.
 *
 * @param reason null if the engine is available, else one sentence saying why it is not
 * @param cause what was thrown, if anything was
 */
public record Availability(String reason, Throwable cause) {
    /** The engine can serve. */
    public static final Availability AVAILABLE = new Availability(null, null);

    /** The engine cannot serve, for this reason. */
    public static Availability unavailable(String reason, Throwable cause) {
        return new Availability(reason, cause);
    }

    /** Whether the engine can serve. */
    public boolean isAvailable() {
        return reason == null;
    }
}
