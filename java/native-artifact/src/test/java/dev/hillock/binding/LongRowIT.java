package dev.hillock.binding;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hillock.AxisOperation;
import dev.hillock.Engine;
import dev.hillock.Kernels;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** A row cannot be cut, but the JVM need not wait for its end. */
@EnabledIf("dev.hillock.binding.PackedLibrary#isThere")
class LongRowIT {
    private static final int LENGTH = 1 << 24;

    @Test
    void otherThreadsReachSafepointsDuringALongRow() throws Exception {
        Kernels kernels = Kernels.builder().engine(Engine.NATIVE).build();
        AxisOperation sparsemax = AxisOperation.of("sparsemax").on(kernels);
        float[] x = new float[LENGTH];
        Random random = new Random(1);
        for (int i = 0; i < LENGTH; i++) {
            x[i] = random.nextFloat();
        }
        float[] y = new float[LENGTH];
        double least = 1;
        for (int attempt = 0; attempt < 5; attempt++) {
            long start = System.nanoTime();
            Thread row = new Thread(() -> sparsemax.forward(x, new int[] {LENGTH}, y));
            row.start();
            long longest = 0;
            while (row.isAlive()) {
                long before = System.nanoTime();
                // Every thread has to stop for it.
                Thread.getAllStackTraces();
                longest = Math.max(longest, System.nanoTime() - before);
            }
            least = Math.min(least, (double) longest / (System.nanoTime() - start));
        }
        assertTrue(least < 0.5, "the longest stop took " + least + " of the row's time");
    }
}
