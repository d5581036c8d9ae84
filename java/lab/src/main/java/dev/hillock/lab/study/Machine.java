package dev.hillock.lab.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The machine at hand in words. */
final class Machine {
    private static final Path CPU = Path.of("/proc/cpuinfo");

    private Machine() {}

    static String describe() {
        return processor() + ", " + Runtime.getRuntime().availableProcessors() + " cores, Java "
                + System.getProperty("java.version") + ", " + System.getProperty("os.name");
    }

    private static String processor() {
        try {
            return Files.readAllLines(CPU).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }
}
