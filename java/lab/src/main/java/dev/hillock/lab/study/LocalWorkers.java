package dev.hillock.lab.study;

import dev.hillock.lab.net.Network;
import dev.hillock.lab.train.EpochRecord;
import dev.hillock.lab.train.TrainingObserver;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Trainings side by side on threads of this machine, one thread each. */
public final class LocalWorkers implements Workers {
    private final int threads;

    /** @throws IllegalArgumentException for less than one thread */
    public LocalWorkers(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("--jobs must be at least 1, not " + threads);
        }
        this.threads = threads;
    }

    @Override
    public void run(Study study, List<Job> jobs, Runnable epoch, Consumer<Run> finished) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CompletionService<Run> results = new ExecutorCompletionService<>(pool);
            TrainingObserver observer = new TrainingObserver() {
                @Override
                public void epoch(Network network, EpochRecord record) {
                    epoch.run();
                }
            };
            SharedStudy shared = study.shared();
            jobs.forEach(job -> results.submit(() -> shared.train(job, observer)));
            for (int i = 0; i < jobs.size(); i++) {
                finished.accept(results.take().get());
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        } finally {
            // Nothing is left of it where one failed.
            pool.shutdownNow();
        }
    }
}
