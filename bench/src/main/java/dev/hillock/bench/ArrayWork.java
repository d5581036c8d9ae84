package dev.hillock.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Work of a floor on Java arrays; with several threads each takes an equal part. */
final class ArrayWork implements Work {
    /** Writes a range of the output. */
    @FunctionalInterface
    interface Part {
        void run(float[] out, int from, int to);
    }

    private final Case task;
    private final Part part;
    private final float[] out;
    private final ExecutorService pool;

    ArrayWork(Case task, Part part) {
        this.task = task;
        this.part = part;
        out = new float[task.outputs()];
        pool = task.threads() == 1 ? null : Executors.newFixedThreadPool(task.threads());
    }

    @Override
    public int windows() {
        return task.windows();
    }

    @Override
    public void run(int window) {
        int from = window * task.length();
        if (pool == null) {
            part.run(out, from, from + task.length());
        } else {
            runInParts(from);
        }
    }

    // Whole rows for each thread where there are rows.
    private void runInParts(int from) {
        int unit = task.rows() == 1 ? 1 : task.columns();
        int units = task.length() / unit;
        List<Callable<Void>> calls = new ArrayList<>();
        for (int thread = 0; thread < task.threads(); thread++) {
            int start = from + share(units, thread, task.threads()) * unit;
            int end = from + share(units, thread + 1, task.threads()) * unit;
            calls.add(() -> {
                part.run(out, start, end);
                return null;
            });
        }
        try {
            for (var done : pool.invokeAll(calls)) {
                done.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many units the first threads of all take together. */
    static int share(int units, int threads, int all) {
        return (int) ((long) units * threads / all);
    }

    @Override
    public void result(float[] to) {
        System.arraycopy(out, 0, to, 0, Math.min(out.length, to.length));
    }

    @Override
    public void close() {
        if (pool != null) {
            pool.shutdown();
        }
    }
}
