package dev.hillock.check;

import dev.hillock.Activation;
import dev.hillock.ElementType;
import dev.hillock.accuracy.Accuracy;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;
import dev.hillock.engine.Engines;
import dev.hillock.engine.KernelEngine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;

/**
 * Runs cases over a sweep on several threads and judges every engine's outputs. A function without kernels is one case of
 * one contestant, the formula in double precision that serves it on whatever engine, and {@link SixtyDigits} is its judge.
 */
public final class Checker {
    private static final float[] GRADIENTS = {
        0f, -0f, 1f, -2f, Float.MIN_VALUE, Float.MAX_VALUE, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN
    };

    private final Sweep sweep;
    private final boolean judging;
    private final int threads;

    /**
     * A checker over the inputs of a sweep.
     *
     * @param judging whether errors are judged by the reference, not bits alone
     */
    public Checker(Sweep sweep, boolean judging, int threads) {
        this.sweep = sweep;
        this.judging = judging;
        this.threads = threads;
    }

    /** The cases of a function: every direction that it has. */
    public static List<Case> cases(Activation activation) {
        List<Case> cases = new ArrayList<>();
        for (Direction direction : Direction.values()) {
            if (direction != Direction.BACKWARD_FROM_OUTPUT || activation.allowsBackwardFromOutput()) {
                cases.add(new Case(activation, direction));
            }
        }
        return cases;
    }

    /** Whether a function has no kernels for floats, so that the formula serves it. */
    public static boolean isFormula(Function function) {
        return !Engines.hasKernels(function, ElementType.FLOAT32);
    }

    /**
     * One result for each contestant that has the function, or one for the formula.
     *
     * @param progress told the number of inputs done, as they are done
     */
    public List<Result> run(Case tested, List<Contestant> contestants, LongConsumer progress) {
        Function function = tested.activation().function();
        double[] parameters = tested.activation().parameters();
        List<Contestant> serving = isFormula(function)
                ? List.of(Contestant.formula())
                : contestants.stream()
                        .filter(c -> c.engine().supports(function, ElementType.FLOAT32, tested.direction(), parameters))
                        .toList();
        if (serving.isEmpty()) {
            return List.of();
        }
        Accuracy accuracy = new Accuracy(function, tested.direction(), parameters);
        AtomicInteger next = new AtomicInteger();
        // A worker without a block would only cost its arrays.
        int workers = Math.min(threads, sweep.blocks());
        ExecutorService pool = Executors.newFixedThreadPool(workers);
        try {
            List<Future<Worker>> futures = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                futures.add(pool.submit(() -> {
                    Worker worker = new Worker(tested, accuracy, serving);
                    for (int block = next.getAndIncrement(); block < sweep.blocks(); block = next.getAndIncrement()) {
                        progress.accept(worker.block(block));
                    }
                    return worker;
                }));
            }
            Worker sum = new Worker(tested, accuracy, serving);
            for (Future<Worker> future : futures) {
                sum.add(future.get());
            }
            sum.gradients();
            return sum.results();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            pool.shutdownNow();
        }
    }

    // One thread's arrays and findings.
    private final class Worker {
        private final Case tested;
        private final Accuracy accuracy;
        private final Reference reference;
        // Null where there are kernels.
        private final SixtyDigits digits;
        private final List<Contestant> contestants;
        private final Tally[] tallies;
        private final long[] hashes;
        private final float[] x = new float[Sweep.BLOCK];
        private final float[] ones = new float[Sweep.BLOCK];
        private final double[] exact = new double[Sweep.BLOCK];
        private final float[] first = new float[Sweep.BLOCK];
        private final float[] got = new float[Sweep.BLOCK];

        Worker(Case tested, Accuracy accuracy, List<Contestant> contestants) {
            this.tested = tested;
            this.accuracy = accuracy;
            this.reference = new Reference(accuracy::exact);
            Activation f = tested.activation();
            digits = isFormula(f.function())
                    ? new SixtyDigits(f.function(), tested.direction(), f.parameters(), accuracy, sweep)
                    : null;
            this.contestants = contestants;
            tallies = new Tally[contestants.size()];
            Arrays.setAll(tallies, i -> new Tally(accuracy));
            hashes = new long[contestants.size()];
            Arrays.fill(ones, 1f);
        }

        int block(int number) {
            int count = sweep.fill(number, x);
            if (tested.direction() == Direction.BACKWARD_FROM_OUTPUT) {
                eltwise(contestants.get(0).engine(), Direction.FORWARD, x, ones, x, count);
            }
            if (judging && digits == null) {
                reference.values(x, exact, count);
            }
            double knownUlp = Arrays.stream(tallies)
                    .mapToDouble(tally -> tally.maxUlp)
                    .min()
                    .orElse(0);
            Tally firstFindings = null;
            long firstHash = 0;
            for (int c = 0; c < tallies.length; c++) {
                boolean baseline = c == 0;
                float[] out = baseline ? first : got;
                eltwise(contestants.get(c).engine(), tested.direction(), x, ones, out, count);
                Tally findings = new Tally(accuracy, knownUlp);
                if (!baseline) {
                    findings.compare(x, out, first, count);
                }
                // The same outputs deserve the same judgement; it is the slowest part.
                long hash = firstHash;
                if (!baseline && findings.differing == 0) {
                    findings = firstFindings;
                } else {
                    if (judging && digits == null) {
                        findings.judge(x, out, exact, count);
                    } else if (judging) {
                        digits.judge(number, x, out, count, findings);
                    }
                    hash = Hash.of(number, out, count);
                }
                if (baseline) {
                    firstFindings = findings;
                    firstHash = hash;
                }
                tallies[c].add(findings);
                hashes[c] += hash;
            }
            return count;
        }

        private void eltwise(KernelEngine engine, Direction direction, float[] in, float[] dy, float[] out, int count) {
            Activation f = tested.activation();
            engine.eltwise(f.function(), ElementType.FLOAT32, direction, f.parameters(), in, 0, dy, 0, out, 0, count);
        }

        // Gradients other than 1, special ones above all: the same bits again.
        void gradients() {
            if (tested.direction() == Direction.FORWARD) {
                return;
            }
            int count = Sweep.sample().fill(Sweep.sample().blocks() - 1, x);
            float[] dy = new float[Sweep.BLOCK];
            for (float gradient : GRADIENTS) {
                Arrays.fill(dy, gradient);
                eltwise(contestants.get(0).engine(), tested.direction(), x, dy, first, count);
                for (int c = 1; c < tallies.length; c++) {
                    eltwise(contestants.get(c).engine(), tested.direction(), x, dy, got, count);
                    tallies[c].compare(x, got, first, count);
                }
            }
        }

        void add(Worker other) {
            for (int c = 0; c < tallies.length; c++) {
                tallies[c].add(other.tallies[c]);
                hashes[c] += other.hashes[c];
            }
        }

        List<Result> results() {
            List<Result> results = new ArrayList<>();
            for (int c = 0; c < tallies.length; c++) {
                Tally tally = tallies[c];
                String hash = String.format("%016x", hashes[c]);
                results.add(new Result(
                        tested,
                        contestants.get(c),
                        judging ? tally.maxUlp : Double.NaN,
                        tally.worstInput,
                        accuracy.bound(),
                        tally.maxRootShare,
                        tally.worstRootInput,
                        tally.wrongSpecials,
                        tally.wrongSpecial,
                        tally.differing,
                        tally.differingInput,
                        hash,
                        Golden.hash(tested, sweep.word()),
                        Golden.line(tested, sweep.word(), hash)));
            }
            return results;
        }
    }
}
