package dev.hillock.bench;

import dev.hillock.Engine;
import dev.hillock.engine.Engines;
import dev.hillock.engine.NativeEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where a report was measured.
 *
 * @param processor what the processor calls itself
 * @param cores processors that the JVM may use
 * @param instructionSet what the {@code NATIVE} engine runs on, or why it does not run
 * @param jvm the Java virtual machine
 * @param system the operating system
 */
public record Machine(String processor, int cores, String instructionSet, String jvm, String system) {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    static Machine current() {
        return new Machine(
                processorName(),
                Runtime.getRuntime().availableProcessors(),
                Engines.get(Engine.NATIVE) instanceof NativeEngine engine
                                && engine.availability().isAvailable()
                        ? engine.target()
                        : "none: " + Engines.get(Engine.NATIVE).availability().reason(),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    }

    private static String processorName() {
        if (Files.isReadable(CPU_INFO)) {
            try (Stream<String> lines = Files.lines(CPU_INFO)) {
                return lines.filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).trim())
                        .findFirst()
                        .orElse(System.getProperty("os.arch"));
            } catch (IOException e) {
                return System.getProperty("os.arch");
            }
        }
        return System.getProperty("os.arch");
    }

    @Override
    public String toString() {
        return processor + ", " + cores + " cores, " + instructionSet + ", " + jvm + ", " + system;
    }
}
