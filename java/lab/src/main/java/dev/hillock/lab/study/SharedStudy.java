package dev.hillock.lab.study;

import dev.hillock.lab.data.Split;
import dev.hillock.lab.train.TrainingObserver;
import java.io.Serializable;
import java.util.List;

/**
 * What another JVM needs for the trainings of a study.
 *
 * @param settings what all trainings have in common
 * @param data what is learned
 * @param candidates what is compared
 */
public record SharedStudy(Settings settings, Split data, List<Candidate> candidates) implements Serializable {
    /** One training; it depends on nothing else. */
    public Run train(Workers.Job job, TrainingObserver observer) {
        return new Training(settings, data).run(candidates.get(job.candidate()), job.seed(), observer);
    }
}
