package dev.hillock.cli;

import dev.hillock.Engine;
import dev.hillock.Kernels;
import dev.hillock.binding.NativeLibrary;
import dev.hillock.engine.Availability;
import dev.hillock.engine.Engines;
import dev.hillock.engine.KernelEngine;
import dev.hillock.engine.NativeEngine;
import dev.hillock.engine.Settings;
import dev.hillock.onednn.OneDnnLibrary;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints what this machine and this process offer, and why something is missing. */
@Command(
        description =
                "Prints version, JVM, CPU features, engines with the reason where one is not available, libraries.")
final class InfoCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--json", description = "as JSON")
    private boolean json;

    InfoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Map<String, Object> facts = facts();
        if (json) {
            Json.print(console.out(), facts);
        } else {
            print(console.out(), facts);
        }
        return Main.DONE;
    }

    private static Map<String, Object> facts() {
        List<Map<String, Object>> engines = new ArrayList<>();
        for (Engine engine : Engine.values()) {
            if (engine != Engine.AUTO) {
                engines.add(engine(engine));
            }
        }
        NativeLibrary core = NativeLibrary.get();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("version", version());
        facts.put("isa", isa());
        facts.put("isas", NativeEngine.targets());
        facts.put("engine", Settings.engine().word());
        facts.put("engines", engines);
        facts.put("binding", core.calls() == null ? null : core.calls().binding());
        facts.put("oneDnn", oneDnn());
        facts.put("libraries", libraries());
        facts.put("jvm", jvm());
        facts.put("cpu", cpu());
        facts.put("threads", Kernels.builder().engine(Engine.AUTO).build().threads());
        return facts;
    }

    /** The version of the library, as its jar says. */
    static String version() {
        String version = Kernels.class.getPackage().getImplementationVersion();
        return version == null ? "unpacked" : version;
    }

    private static String isa() {
        return Engines.get(Engine.NATIVE) instanceof NativeEngine found
                        && found.availability().isAvailable()
                ? found.target()
                : null;
    }

    private static Map<String, Object> engine(Engine engine) {
        KernelEngine found = Engines.get(engine);
        Availability availability = found.availability();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", engine.word());
        facts.put("available", availability.isAvailable());
        facts.put("reason", availability.reason());
        return facts;
    }

    private static Map<String, Object> oneDnn() {
        OneDnnLibrary library = OneDnnLibrary.get();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("version", library.version());
        facts.put("isa", library.effectiveIsa());
        return facts;
    }

    private static List<Map<String, Object>> libraries() {
        return Stream.concat(NativeLibrary.get().files().stream(), OneDnnLibrary.get().files().stream())
                .map(file -> {
                    Map<String, Object> facts = new LinkedHashMap<>();
                    facts.put("file", file.toString());
                    facts.put("bytes", size(file));
                    return facts;
                })
                .toList();
    }

    private static Long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return null;
        }
    }

    private static Map<String, Object> jvm() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("version", System.getProperty("java.version"));
        facts.put("vendor", System.getProperty("java.vendor"));
        facts.put("name", System.getProperty("java.vm.name"));
        facts.put("home", System.getProperty("java.home"));
        return facts;
    }

    private static Map<String, Object> cpu() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("os", System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT));
        facts.put("architecture", System.getProperty("os.arch"));
        facts.put("processors", Runtime.getRuntime().availableProcessors());
        facts.put("features", CpuFeatures.names());
        return facts;
    }

    private static void print(PrintStream out, Map<String, Object> facts) {
        Map<?, ?> jvm = (Map<?, ?>) facts.get("jvm");
        Map<?, ?> cpu = (Map<?, ?>) facts.get("cpu");
        Map<?, ?> oneDnn = (Map<?, ?>) facts.get("oneDnn");
        line(out, "hillock", facts.get("version"));
        line(out, "jvm", jvm.get("name") + " " + jvm.get("version") + ", " + jvm.get("vendor"));
        line(out, "cpu", cpu.get("os") + " " + cpu.get("architecture") + ", " + cpu.get("processors") + " processors");
        line(out, "features", String.join(" ", CpuFeatures.names()));
        line(out, "isa", facts.get("isa") == null ? "none" : facts.get("isa") + " of " + facts.get("isas"));
        line(out, "binding", facts.get("binding") == null ? "none" : facts.get("binding"));
        line(out, "threads", facts.get("threads"));
        line(out, "engine", facts.get("engine"));
        for (Object engine : (List<?>) facts.get("engines")) {
            Map<?, ?> row = (Map<?, ?>) engine;
            line(out, "  " + row.get("name"), row.get("reason") == null ? "available" : "no: " + row.get("reason"));
        }
        if (oneDnn.get("version") != null) {
            line(out, "oneDNN", oneDnn.get("version") + ", effective instruction set " + oneDnn.get("isa"));
        }
        for (Object library : (List<?>) facts.get("libraries")) {
            Map<?, ?> row = (Map<?, ?>) library;
            line(out, "library", row.get("file") + ", " + row.get("bytes") + " bytes");
        }
    }

    private static void line(PrintStream out, String name, Object value) {
        out.printf("%-12s %s%n", name, value);
    }
}
