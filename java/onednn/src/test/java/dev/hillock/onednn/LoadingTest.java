package dev.hillock.onednn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the driver loads, or says why not: each case in a JVM of its own, because a library loads once. */
class LoadingTest {
    private static final Predicate<String> EVERYTHING = entry -> true;
    private static final long PATIENCE_SECONDS = 120;

    @TempDir
    private Path cache;

    @Test
    void withoutOneDnnTheReasonSaysSo() throws Exception {
        Drivers.required();
        String said = run(entry -> !entry.contains("dnnl-"), "reason");
        assertTrue(
                said.matches(
                        "unavailable: oneDNN itself \\(org.bytedeco:dnnl, classifier .*\\) is not on the class path"),
                said);
    }

    @Test
    void withoutADriverDenseLayersRunInJava() throws Exception {
        assertEquals(
                "unavailable: no oneDNN driver for plan9-mips on the class path",
                run(EVERYTHING, "reason", List.of("-Dorg.bytedeco.javacpp.platform=plan9-mips")));
        assertEquals(
                "dense: 11.0 by java", run(EVERYTHING, "dense", List.of("-Dorg.bytedeco.javacpp.platform=plan9-mips")));
    }

    @Test
    void aDamagedDriverIsAReasonAndNotACrash() throws Exception {
        Drivers.required();
        Path damaged = cache.resolve("classes/dev/hillock/onednn/" + Loader.getPlatform());
        Files.createDirectories(damaged);
        for (String name : List.of("hillock_onednn", "jniOneDnn")) {
            Files.writeString(damaged.resolve(System.mapLibraryName(name)), "not a library");
        }
        String said = run(
                EVERYTHING,
                "reason",
                // Files in the shared cache must not be replaced by damaged ones.
                List.of("-Dorg.bytedeco.javacpp.cachedir=" + cache.resolve("cache")),
                cache.resolve("classes").toString());
        assertTrue(said.startsWith("unavailable: the oneDNN driver did not load: "), said);
    }

    @Test
    void thePresetsOwnClassesMayUseOneDnnBeforeUs() throws Exception {
        Drivers.required();
        assertEquals("preset 3, driver 3.11.0", run(EVERYTHING, "beside-the-preset"));
    }

    @Test
    void noCallStartsAThread() throws Exception {
        Drivers.required();
        assumeTrue(new File("/proc/self/task").isDirectory(), "this system does not list a process's threads");
        assertEquals("threads started: 0", run(EVERYTHING, "threads"));
    }

    @Test
    void aJvmMayEndWhileDaemonThreadsCompute() throws Exception {
        Drivers.required();
        for (int i = 0; i < 5; i++) {
            assertEquals("ending", run(EVERYTHING, "end-while-computing"));
        }
    }

    private String run(Predicate<String> kept, String task) throws IOException, InterruptedException {
        return run(kept, task, List.of());
    }

    // The output of LoadingMain, with the given options and with the given folders in front of what is left of the
    // class path.
    private String run(Predicate<String> kept, String task, List<String> options, String... inFront)
            throws IOException, InterruptedException {
        List<String> path = new ArrayList<>(List.of(inFront));
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(kept)
                .forEach(path::add);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:-CreateCoredumpOnCrash",
                // The JVM starts no threads of its own while they are counted.
                "-XX:+UseSerialGC",
                "-XX:-UseDynamicNumberOfCompilerThreads",
                "-XX:ErrorFile=" + cache.resolve("crash.log"),
                "-cp",
                String.join(File.pathSeparator, path)));
        command.addAll(options);
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of(LoadingMain.class.getName(), task));
        Path errors = cache.resolve("errors.txt");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "still running");
        assertEquals(0, process.exitValue(), () -> output + read(errors));
        return output;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
