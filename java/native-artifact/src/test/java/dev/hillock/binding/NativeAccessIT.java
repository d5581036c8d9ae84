package dev.hillock.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hillock.Activation;
import dev.hillock.Engine;
import dev.hillock.Kernels;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Programs of their own, with other permissions than this one's. */
@EnabledIf("dev.hillock.binding.PackedLibrary#isThere")
class NativeAccessIT {
    /** Prints the binding in use, or why there is none. */
    static final class Say {
        private Say() {}

        public static void main(String[] arguments) {
            NativeLibrary library = NativeLibrary.get();
            System.out.println(
                    library.calls() == null ? library.reason() : library.calls().binding());
        }
    }

    private static final String NAME = Say.class.getName();

    /** Computes on a buffer outside the heap, chosen automatically and in plain Java. */
    static final class Serve {
        private Serve() {}

        public static void main(String[] arguments) {
            FloatBuffer x =
                    ByteBuffer.allocateDirect(8).order(ByteOrder.nativeOrder()).asFloatBuffer();
            x.put(0, -1).put(1, 2);
            for (Engine engine : new Engine[] {Engine.AUTO, Engine.SCALAR}) {
                Kernels.builder().engine(engine).build().forward(Activation.relu(), x, x);
                System.out.print(x.get(0) + " " + x.get(1) + " ");
            }
        }
    }

    private record Answer(String out, String err) {}

    @Test
    void allowedAccessIsSilent() throws Exception {
        assumeTrue(Runtime.version().feature() >= 22, "before JDK 22 access needs no permission");
        assertEquals(new Answer("ffm", ""), run("--enable-native-access=ALL-UNNAMED"));
        assertEquals(new Answer("jni", ""), run("--enable-native-access=ALL-UNNAMED", "-Dhillock.binding=jni"));
    }

    @Test
    void aForcedBindingIsNotReplaced() throws Exception {
        assumeTrue(Runtime.version().feature() < 22, "this JVM has FFM");
        assertEquals("jni", run("-Dhillock.binding=JNI").out());
        assertTrue(run("-Dhillock.binding=ffm").out().startsWith("there is no binding 'ffm' on this JVM"));
    }

    @Test
    void deniedAccessIsAReason() throws Exception {
        assumeTrue(Runtime.version().feature() >= 24, "before JDK 24 access cannot be denied to everyone");
        String reason = run("--illegal-native-access=deny").out();
        assertTrue(reason.startsWith("the native library did not load: ffm: Illegal native access"), reason);
    }

    @Test
    void deniedAccessLeavesBuffersToTheirMethods() throws Exception {
        assumeTrue(Runtime.version().feature() >= 24, "before JDK 24 access cannot be denied to everyone");
        Answer answer = run(List.of(
                "--illegal-native-access=deny", "-cp", System.getProperty("java.class.path"), Serve.class.getName()));
        assertEquals("0.0 2.0 0.0 2.0", answer.out(), answer.err());
    }

    @Test
    void theModulePathServes() throws Exception {
        String classPath = System.getProperty("java.class.path");
        String jars = Stream.of(classPath.split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .collect(Collectors.joining(File.pathSeparator));
        String here = Path.of(Say.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
        // A module without a descriptor requires no module that has one, so JavaCPP is asked for.
        Answer answer = run(List.of(
                "-p",
                jars,
                "--add-modules",
                "org.bytedeco.javacpp",
                "--patch-module",
                "dev.hillock.core=" + here,
                "-m",
                "dev.hillock.core/" + NAME));
        assertEquals(Runtime.version().feature() < 22 ? "jni" : "ffm", answer.out(), answer.err());
    }

    private static Answer run(String... options) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(options));
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), NAME));
        return run(words);
    }

    private static Answer run(List<String> words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Dorg.bytedeco.javacpp.cachedir=" + System.getProperty("org.bytedeco.javacpp.cachedir"));
        command.addAll(words);
        Process process = new ProcessBuilder(command).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(1, TimeUnit.MINUTES));
        return new Answer(out.trim(), err.trim());
    }
}
