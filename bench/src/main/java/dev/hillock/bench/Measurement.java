package dev.hillock.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Times contestants on a case so that their ratio means something on a machine that does other things as well: after
 * warming up, all take part in every round, one after the other, each round begun by the next one; the number is the
 * median over the rounds. JMH's forks give the more careful absolute number, this the faster comparison.
 */
final class Measurement {
    private static final int MOST_ROUNDS = 25;
    private static final int FEWEST_ROUNDS = 5;
    // Of calls so long that nothing much can disturb them.
    private static final int FEWEST_LONG_ROUNDS = 3;
    private static final double LONG_NANOS = 3e8;
    private static final int MOST_WARM_UPS = 30;
    // The compiler does not begin before.
    private static final long FEWEST_WARM_UP_CALLS = 600;
    private static final double NOTABLY = 0.9;
    // What the compiler finished only during the rounds is several times as fast from then on.
    private static final double MUCH = 0.6;
    private static final int MOST_MEASUREMENTS = 3;
    // The threads of the one before wait for more work without sleeping for a while, on the cores of the next one.
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final long warmUpNanos;
    private final long roundNanos;
    private final long budgetNanos;

    /**
     * A measurement.
     *
     * @param millis about how long one contestant may be timed on one case; very long calls take longer
     */
    Measurement(long millis) {
        budgetNanos = TimeUnit.MILLISECONDS.toNanos(millis);
        warmUpNanos = budgetNanos / 2;
        roundNanos = budgetNanos / MOST_ROUNDS;
    }

    private static final class Entrant {
        final Contestant contestant;
        final Work work;
        final Check check;
        final List<Double> nanosPerCall = new ArrayList<>();
        long calls = 1;
        long allocatedBytes;
        long idleBytes;
        long spentNanos;

        Entrant(Contestant contestant, Work work, Check check) {
            this.contestant = contestant;
            this.work = work;
            this.check = check;
        }

        boolean becameFaster() {
            int half = nanosPerCall.size() / 2;
            List<Double> later = nanosPerCall.subList(half, nanosPerCall.size());
            return median(later) < MUCH * median(nanosPerCall.subList(0, half));
        }

        void forget() {
            nanosPerCall.clear();
            spentNanos = 0;
        }

        int fewestRounds() {
            boolean isLong = !nanosPerCall.isEmpty() && nanosPerCall.get(0) > LONG_NANOS;
            return isLong ? FEWEST_LONG_ROUNDS : FEWEST_ROUNDS;
        }
    }

    /** The cells of a case, in the order of the contestants. */
    List<Cell> cells(Case task, List<Contestant> contestants) {
        float[] x = Inputs.x(task);
        float[] dy = Inputs.dy(task);
        float[] expected = Contestants.expected(task, x, dy);
        Map<String, Cell> cells = new LinkedHashMap<>();
        List<Entrant> entrants = new ArrayList<>();
        try {
            for (Contestant contestant : contestants) {
                cells.put(contestant.name(), null);
                try {
                    if (!contestant.knows(task)) {
                        throw new NotSupported(Contestants.UNKNOWN);
                    }
                    Work work = contestant.prepare(task, x, dy);
                    entrants.add(new Entrant(contestant, work, Contestants.check(contestant, work, expected)));
                } catch (NotSupported e) {
                    cells.put(contestant.name(), Cell.notSupported(task, contestant.name(), e.getMessage()));
                }
            }
            // Twice: what the compiler was still busy with the first time is done the second time.
            entrants.forEach(this::warmUp);
            entrants.forEach(this::warmUp);
            int measurements = 0;
            do {
                rounds(entrants, task.threads() > 1);
                measurements++;
            } while (measurements < MOST_MEASUREMENTS && entrants.stream().anyMatch(Entrant::becameFaster));
        } finally {
            entrants.forEach(entrant -> entrant.work.close());
        }
        entrants.forEach(entrant -> cells.put(entrant.contestant.name(), cell(task, entrant)));
        return List.copyOf(cells.values());
    }

    // Calls until nothing has become faster for a while and the compiler rests, then knows how many calls fill a
    // round.
    private void warmUp(Entrant entrant) {
        double best = Double.MAX_VALUE;
        long settled = 0;
        long spent = 0;
        long called = 0;
        while ((settled < warmUpNanos || called < FEWEST_WARM_UP_CALLS) && spent < MOST_WARM_UPS * warmUpNanos) {
            Work.Timing timing = entrant.work.time(entrant.calls);
            long nanos = Math.max(1, timing.nanos());
            double perCall = (double) nanos / entrant.calls;
            settled = timing.compiling() || perCall < NOTABLY * best ? 0 : settled + nanos;
            best = Math.min(best, perCall);
            spent += nanos;
            called += entrant.calls;
            entrant.calls = Math.max(1, Math.min((long) (roundNanos / perCall), 4 * entrant.calls));
        }
        entrant.idleBytes = entrant.work.time(0).allocatedBytes();
    }

    private void rounds(List<Entrant> entrants, boolean rests) {
        int count = entrants.size();
        entrants.forEach(Entrant::forget);
        for (int round = 0; round < MOST_ROUNDS; round++) {
            for (int turn = 0; turn < count; turn++) {
                Entrant entrant = entrants.get((round + turn) % count);
                if (round < entrant.fewestRounds() || entrant.spentNanos < budgetNanos) {
                    if (rests) {
                        LockSupport.parkNanos(REST_NANOS);
                    }
                    // Caches hold what its own calls leave there: what the one before has still to write back to
                    // memory would else be done in this one's time.
                    entrant.work.time(1);
                    Work.Timing timing = entrant.work.time(entrant.calls);
                    entrant.spentNanos += timing.nanos();
                    entrant.nanosPerCall.add((double) timing.nanos() / entrant.calls);
                    entrant.allocatedBytes = (timing.allocatedBytes() - entrant.idleBytes) / entrant.calls;
                }
            }
        }
    }

    private static Cell cell(Case task, Entrant entrant) {
        double[] sorted = entrant.nanosPerCall.stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        int length = task.length();
        return new Cell(
                task,
                entrant.contestant.name(),
                quantile(sorted, 0.5) / length,
                quantile(sorted, 0.25) / length,
                sorted.length,
                entrant.allocatedBytes,
                entrant.check,
                null,
                null);
    }

    private static double median(List<Double> values) {
        return quantile(
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray(), 0.5);
    }

    // Between the two nearest values.
    static double quantile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
