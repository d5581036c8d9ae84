package dev.hillock.cli;

import dev.hillock.engine.NativeEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The features of this CPU that matter to kernels, in the words of the operating system. */
final class CpuFeatures {
    private static final List<String> STARTS =
            List.of("sse4", "avx", "fma", "f16c", "bmi2", "amx", "asimd", "sve", "bf16", "fphp");

    private CpuFeatures() {}

    /** What Linux lists; elsewhere what the kernel core found: its instruction sets. */
    static Set<String> names() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            Set<String> names = new TreeSet<>();
            lines.filter(line -> line.startsWith("flags") || line.startsWith("Features"))
                    .findFirst()
                    .ifPresent(line -> Stream.of(
                                    line.substring(line.indexOf(':') + 1).trim().split(" "))
                            .filter(name -> STARTS.stream().anyMatch(name::startsWith))
                            .forEach(names::add));
            return names;
        } catch (IOException e) {
            return new TreeSet<>(NativeEngine.targets());
        }
    }
}
