package dev.hillock.lab.study;

/** Is told how far a study is. Calls come from several threads. */
public interface StudyListener {
    /** Trainings are about to start: how many of all, and how many were found finished. */
    default void starting(int all, int found) {}

    /** A share of one training was done, an epoch of the whole of them. */
    default void epoch() {}

    /** A training ended, and is kept. */
    default void finished(Run run) {}

    /** The epochs of all candidates are timed, one after the other: rounds done of all. */
    default void timing(int done, int all) {}
}
