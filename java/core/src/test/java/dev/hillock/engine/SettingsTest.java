package dev.hillock.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hillock.Activation;
import dev.hillock.AxisFunction;
import dev.hillock.Engine;
import dev.hillock.Kernels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings are read once in a process, so each of these is one. */
class SettingsTest {
    /** The program: every way to the engines, and again, for a failure must not hide the next one. */
    public static final class Probe {
        public static void main(String[] arguments) {
            float[] x = new float[1000];
            for (int i = 0; i < 2; i++) {
                say(() -> Activation.gelu().forward(x, x));
                say(() -> AxisFunction.softmax().forward(x, new int[] {x.length}, x));
                say(() -> Activation.gelu().forward(x, 0, x, 0, 1));
            }
            for (Engine engine : List.of(Engine.SCALAR, Engine.VECTOR)) {
                if (Engines.get(engine).availability().isAvailable()) {
                    Kernels.builder().engine(engine).threads(1).build().forward(Activation.gelu(), x, x);
                    System.out.println(engine + " serves");
                }
            }
        }

        private static void say(Runnable call) {
            try {
                call.run();
                System.out.println("done");
            } catch (RuntimeException e) {
                System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
            }
        }
    }

    private static List<String> output(String... settings) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:TieredStopAtLevel=1");
        command.addAll(List.of(settings));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Probe.class.getName()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertTrue(process.waitFor(1, TimeUnit.MINUTES), "the program hangs");
        return output.lines().toList();
    }

    private static void assertEveryCallSays(String expected, String setting) throws Exception {
        List<String> lines = output(setting);
        assertEquals(7, lines.size(), String.join("\n", lines));
        for (String line : lines.subList(0, 6)) {
            assertTrue(line.startsWith(expected), line);
        }
        assertEquals("SCALAR serves", lines.get(6));
    }

    @Test
    void anEngineThatIsAskedForNeedsNoSettingsOfOthers() throws Exception {
        List<String> lines = output("-Dhillock.isa=foo", "--add-modules=jdk.incubator.vector");
        assertTrue(lines.contains("VECTOR serves"), String.join("\n", lines));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-Dhillock.engine=foo|IllegalArgumentException: unknown engine 'foo' (known: auto, ",
                "-Dhillock.isa=foo|IllegalArgumentException: unknown instruction set 'foo' (known: avx512, ",
                "-Dhillock.threads=0|IllegalArgumentException: hillock.threads must be a positive number, not '0'",
                "-Dhillock.binding=foo|IllegalArgumentException: there is no binding 'foo' on this JVM (known: ",
                "-Dhillock.engine=vector|IllegalStateException: engine vector is not available: module jdk.",
                "-Dhillock.engine=SCALAR|done"
            })
    void everyCallSaysWhatIsWrong(String setting, String expected) throws Exception {
        assertEveryCallSays(expected, setting);
    }

    @Test
    void aMissingInstructionSetIsNotReplacedByAnotherEngine() throws Exception {
        assumeTrue(!NativeEngine.targets().isEmpty(), "no native library");
        String missing = NativeEngine.targets().contains("neon") ? "avx2" : "neon";
        assertEveryCallSays(
                "IllegalArgumentException: instruction set '" + missing
                        + "' is not in this library or not on this machine",
                "-Dhillock.isa=" + missing);
    }
}
