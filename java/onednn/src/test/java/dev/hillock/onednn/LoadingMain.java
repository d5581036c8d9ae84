package dev.hillock.onednn;

import dev.hillock.Activation;
import dev.hillock.Engine;
import dev.hillock.Kernels;
import dev.hillock.engine.Availability;
import dev.hillock.engine.Engines;
import java.io.File;
import java.util.concurrent.CountDownLatch;

/** What {@link LoadingTest} runs in a JVM of its own. */
final class LoadingMain {
    private static final int LONG = 1 << 20;
    private static final int CALLERS = 4;

    private LoadingMain() {}

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "reason" -> reason();
            case "dense" -> dense();
            case "beside-the-preset" -> besideThePreset();
            case "threads" -> threads();
            case "end-while-computing" -> endWhileComputing();
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static void reason() {
        Availability availability = Engines.get(Engine.ONEDNN).availability();
        System.out.println(availability.isAvailable() ? "available" : "unavailable: " + availability.reason());
    }

    private static void dense() {
        Dense layer = Dense.of(2, 1);
        float[] y = new float[1];
        layer.forward(1, new float[] {1, 2}, new float[] {3, 4}, null, y);
        System.out.println("dense: " + y[0] + " by " + (layer.usesOneDnn() ? "oneDNN" : "java"));
    }

    private static void besideThePreset() {
        int major = org.bytedeco.dnnl.global.dnnl.dnnl_version().major();
        compute(new float[LONG]);
        System.out.println("preset " + major + ", driver " + OneDnnLibrary.get().version());
    }

    // The callers are still there when threads are counted: an OpenMP pool of theirs would be, too.
    private static void threads() throws InterruptedException {
        compute(new float[LONG]);
        multiply();
        CountDownLatch computed = new CountDownLatch(CALLERS);
        CountDownLatch counted = new CountDownLatch(1);
        int before = tasks();
        for (int i = 0; i < CALLERS; i++) {
            new Thread(() -> {
                        compute(new float[LONG]);
                        multiply();
                        computed.countDown();
                        await(counted);
                    })
                    .start();
        }
        await(computed);
        System.out.println("threads started: " + (tasks() - before - CALLERS));
        counted.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int tasks() {
        String[] names = new File("/proc/self/task").list();
        return names.length;
    }

    private static void endWhileComputing() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            Thread thread = new Thread(() -> {
                for (int length = 1; ; length = length % 4096 + 1) {
                    compute(new float[length]);
                }
            });
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler((ended, e) -> {});
            thread.start();
        }
        Thread.sleep(200);
        System.out.println("ending");
    }

    private static void compute(float[] x) {
        Kernels.builder().engine(Engine.ONEDNN).build().forward(Activation.of("tanh"), x, x);
    }

    private static void multiply() {
        int side = 256;
        float[] a = new float[side * side];
        Dense.of(side, side).engine(Engine.ONEDNN).forward(side, a, a, null, new float[side * side]);
    }
}
