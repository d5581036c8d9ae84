package dev.hillock.lab.study;

import dev.hillock.lab.data.Dataset;
import dev.hillock.lab.data.Examples;
import dev.hillock.lab.net.Compute;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The same network, trained with several activations from several seeds on the same data. Each finished training is kept
 * in a folder, and not done again.
 */
public final class Study {
    private static final String FORMAT = "study 2";

    private final Settings settings;
    private final Examples examples;
    private final List<Candidate> candidates;
    private final int seeds;
    private final String common;

    /**
     * A study to be run.
     *
     * @param candidates the first is what the others are compared with
     * @param seeds trainings of each candidate, from seed 1
     * @throws IllegalArgumentException if two candidates are the same, or one does not fit the network, or the network the data
     */
    public Study(Settings settings, Examples examples, List<Candidate> candidates, int seeds) {
        if (seeds < 1) {
            throw new IllegalArgumentException("--seeds must be at least 1, not " + seeds);
        }
        Map<String, List<Candidate>> same = candidates.stream().collect(Collectors.groupingBy(Candidate::spelled));
        for (List<Candidate> twice : same.values()) {
            if (twice.size() > 1) {
                throw new IllegalArgumentException(
                        "'" + twice.get(0).name() + "' and '" + twice.get(1).name() + "' are the same activations");
            }
        }
        this.settings = settings;
        this.examples = examples;
        this.candidates = List.copyOf(candidates);
        this.seeds = seeds;
        try (Compute compute = Compute.on(settings.engine(), 1)) {
            Dataset data = examples.split().train();
            for (Candidate candidate : candidates) {
                settings.network().build(data.shape(), data.outputs(), candidate.choices(), compute, 1);
            }
            common = String.join(
                    "; ",
                    FORMAT,
                    settings.network().describe(),
                    settings.optimizer().create().describe(),
                    settings.epochs() + " epochs of batches of " + settings.batch(),
                    "engine " + settings.engine().word() + ", dense layers by "
                            + compute.dense().name(),
                    "data " + fingerprint(examples.split().train()) + " "
                            + fingerprint(examples.split().test()));
        }
    }

    private static String fingerprint(Dataset data) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * (data.inputs().length + data.rows()));
        bytes.asFloatBuffer().put(data.inputs());
        bytes.position(4 * data.inputs().length);
        bytes.asIntBuffer().put(data.labels());
        return RunStore.digest(bytes.array());
    }

    /** What all trainings have in common. */
    public Settings settings() {
        return settings;
    }

    /** What is learned. */
    public Examples examples() {
        return examples;
    }

    /** What is compared, the baseline first. */
    public List<Candidate> candidates() {
        return candidates;
    }

    /** Trainings of each candidate. */
    public int seeds() {
        return seeds;
    }

    /** What is needed for its trainings. */
    public SharedStudy shared() {
        return new SharedStudy(settings, examples.split(), candidates);
    }

    /**
     * Does what is not done yet, first all trainings, then the timing.
     *
     * @param folder where finished work is kept, and found again
     * @return everything, in the order of the candidates and seeds
     */
    public StudyResult run(Path folder, Workers workers, StudyListener listener) throws Exception {
        RunStore store = new RunStore(folder);
        Map<String, Run> runs = new TreeMap<>();
        List<Workers.Job> jobs = new ArrayList<>();
        // All candidates of one seed before the next, so that what is interrupted can be compared.
        for (long seed = 1; seed <= seeds; seed++) {
            for (int i = 0; i < candidates.size(); i++) {
                Workers.Job job = new Workers.Job(i, seed);
                var found = store.find(name(job), key(job), Run.class);
                found.ifPresentOrElse(run -> runs.put(key(job), named(run, job)), () -> jobs.add(job));
            }
        }
        listener.starting(candidates.size() * seeds, runs.size());
        workers.run(this, jobs, listener::epoch, run -> {
            Workers.Job job = new Workers.Job(place(run.activation()), run.seed());
            try {
                synchronized (runs) {
                    store.keep(name(job), key(job), run);
                    runs.put(key(job), run);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            listener.finished(run);
        });
        List<List<Run>> byCandidate = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            List<Run> own = new ArrayList<>();
            for (long seed = 1; seed <= seeds; seed++) {
                own.add(runs.get(key(new Workers.Job(i, seed))));
            }
            byCandidate.add(own);
        }
        return new StudyResult(this, byCandidate, timings(store, listener));
    }

    // Times can be compared only where they were taken in one pass.
    private List<Timing> timings(RunStore store, StudyListener listener) throws IOException {
        String key = common + "; times of "
                + candidates.stream().map(Candidate::spelled).collect(Collectors.joining(", ")) + "; "
                + Machine.describe();
        var found = store.find("times", key, Timing[].class);
        if (found.isPresent() && found.get().length == candidates.size()) {
            return Arrays.asList(found.get());
        }
        int rounds = EpochTimer.WARM_UP + EpochTimer.ROUNDS;
        List<Timing> timings =
                EpochTimer.time(settings, examples.split().train(), candidates, done -> listener.timing(done, rounds));
        store.keep("times", key, timings);
        return timings;
    }

    private int place(String name) {
        for (int i = 0; i < candidates.size(); i++) {
            if (candidates.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalStateException("a result for '" + name + "', which is not in the study");
    }

    // The same activations may have been written in another way.
    private Run named(Run run, Workers.Job job) {
        return new Run(
                candidates.get(job.candidate()).name(),
                run.seed(),
                run.divergedAt(),
                run.accuracy(),
                run.validationLoss(),
                run.losses(),
                run.accuracies(),
                run.spikiness(),
                run.largestRise(),
                run.layers());
    }

    private String name(Workers.Job job) {
        return candidates.get(job.candidate()).spelled() + " seed " + job.seed();
    }

    private String key(Workers.Job job) {
        return common + "; " + candidates.get(job.candidate()).spelled() + "; seed " + job.seed();
    }
}
