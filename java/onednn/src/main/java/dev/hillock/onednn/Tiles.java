package dev.hillock.onednn;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Cuts a product c[rows, columns] = a[rows, depth] b[depth, columns] into tiles of c. The cut depends on the sizes
 * alone, never on the number of threads, and no two tiles write the same element: so the result is the same for any
 * number of threads.
 */
final class Tiles {
    // A tile's arrays are held in a critical region while it is computed: at the 90 operations per nanosecond that one
    // AVX-512 core reaches, this many take about 70 microseconds.
    private static final double OPERATIONS = 6e6;
    // Below this, oneDNN spends more on arranging its operands than it saves.
    private static final int ROWS = 64;
    private static final int COLUMNS_AT_LEAST = 64;
    private static final int MULTIPLE = 16;

    private final int rows;
    private final int columns;
    private final int tileRows;
    private final int tileColumns;

    /** What is done for one tile. */
    @FunctionalInterface
    interface Work {
        void run(int row, int rowCount, int column, int columnCount);
    }

    Tiles(int rows, int columns, int depth) {
        this.rows = rows;
        this.columns = columns;
        int some = Math.min(rows, ROWS);
        tileColumns = Math.min(columns, Math.max(COLUMNS_AT_LEAST, affordable(some, depth)));
        // Where all columns fit into one tile, there may be room for more rows.
        tileRows = Math.min(rows, Math.max(some, affordable(tileColumns, depth)));
    }

    private static int affordable(int other, int depth) {
        double count = Math.min(1 << 20, OPERATIONS / (2.0 * other * depth));
        return (int) count / MULTIPLE * MULTIPLE;
    }

    /** How many tiles there are. */
    int count() {
        return across() * ((rows + tileRows - 1) / tileRows);
    }

    private int across() {
        return (columns + tileColumns - 1) / tileColumns;
    }

    /** Does the work for every tile, on the calling thread and as many of the pool as make up the number. */
    void run(ForkJoinPool pool, int threads, Work work) {
        int count = count();
        int helpers = Math.min(threads, count) - 1;
        AtomicInteger next = new AtomicInteger();
        List<ForkJoinTask<?>> tasks = new ArrayList<>();
        for (int i = 0; i < helpers; i++) {
            tasks.add(pool.submit(() -> take(next, count, work)));
        }
        try {
            take(next, count, work);
        } finally {
            // The caller's arrays are in use until every helper has ended, well or not.
            tasks.forEach(ForkJoinTask::quietlyJoin);
        }
        tasks.forEach(ForkJoinTask::join);
    }

    private void take(AtomicInteger next, int count, Work work) {
        for (int tile = next.getAndIncrement(); tile < count; tile = next.getAndIncrement()) {
            int row = tile / across() * tileRows;
            int column = tile % across() * tileColumns;
            work.run(row, Math.min(tileRows, rows - row), column, Math.min(tileColumns, columns - column));
        }
    }
}
