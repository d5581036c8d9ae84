package dev.hillock.lab.study;

import dev.hillock.lab.data.Dataset;
import dev.hillock.lab.net.Compute;
import dev.hillock.lab.net.Network;
import dev.hillock.lab.train.EpochRecord;
import dev.hillock.lab.train.Trainer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Times epochs in a pass of its own, when nothing else of the study runs: one thread, an epoch of each candidate in
 * turn, so that what disturbs the machine for a while disturbs all of them. The first rounds warm the JVM up and do not
 * count.
 */
final class EpochTimer {
    static final int WARM_UP = 2;
    static final int ROUNDS = 15;
    private static final int FEWEST_ROUNDS = 3;
    private static final long ENOUGH_NANOS = 30_000_000_000L;

    private EpochTimer() {}

    /** What the candidates' epochs take; ended is told how many rounds are done. */
    static List<Timing> time(Settings settings, Dataset data, List<Candidate> candidates, IntConsumer ended) {
        List<Compute> computes = new ArrayList<>();
        List<Trainer> trainers = new ArrayList<>();
        List<List<Double>> nanos = new ArrayList<>();
        long[] activation = new long[candidates.size()];
        try {
            for (Candidate candidate : candidates) {
                Compute compute = Compute.on(settings.engine(), 1);
                computes.add(compute);
                Network network =
                        settings.network().build(data.shape(), data.outputs(), candidate.choices(), compute, 1);
                trainers.add(Training.trainer(settings, network).epochs(1));
                nanos.add(new ArrayList<>());
            }
            long start = System.nanoTime();
            for (int round = 0; round < WARM_UP + ROUNDS; round++) {
                for (int i = 0; i < trainers.size(); i++) {
                    for (EpochRecord epoch : trainers.get(i).train(data).epochs()) {
                        if (round >= WARM_UP) {
                            nanos.get(i).add((double) epoch.nanos());
                            activation[i] += epoch.activationNanos();
                        }
                    }
                }
                ended.accept(round + 1);
                if (round + 1 >= WARM_UP + FEWEST_ROUNDS && System.nanoTime() - start > ENOUGH_NANOS) {
                    break;
                }
            }
        } finally {
            computes.forEach(Compute::close);
        }
        List<Timing> timings = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            double all = nanos.get(i).stream().mapToDouble(n -> n).sum();
            timings.add(new Timing(candidates.get(i).name(), nanos.get(i), all == 0 ? 0 : activation[i] / all));
        }
        return timings;
    }
}
