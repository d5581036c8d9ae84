package dev.hillock.lab.study;

import java.io.Serializable;
import java.util.List;
import java.util.function.Consumer;

/** Where the trainings of a study run: threads of this machine, or a cluster. */
public interface Workers {
    /** Candidate and seed of one training; the candidate by its place in the study. */
    record Job(int candidate, long seed) implements Serializable {}

    /**
     * Runs jobs in any order.
     *
     * @param study what the jobs belong to
     * @param epoch is told that an epoch of some job ended, where that can be known
     * @param finished is given each result as soon as there is one, by any thread
     */
    void run(Study study, List<Job> jobs, Runnable epoch, Consumer<Run> finished) throws Exception;
}
