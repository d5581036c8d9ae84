package dev.hillock;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's example compiles and does what its comments say. */
class ReadmeTest {
    private static final Path README = Path.of("..", "..", "README.md");

    @Test
    void theExampleRuns(@TempDir Path folder) throws Exception {
        Matcher example = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(README));
        assertTrue(example.find(), "no example in " + README);
        Map<Boolean, String> lines = example.group(1)
                .lines()
                .collect(Collectors.partitioningBy(line -> line.startsWith("import "), Collectors.joining("\n")));
        Path source = folder.resolve("Example.java");
        Files.writeString(
                source,
                lines.get(true) + "\npublic class Example {\npublic static float[] dxOfGelu, yOfLeakyRelu;\n"
                        + "static {\n" + lines.get(false) + "\ndxOfGelu = dx;\nyOfLeakyRelu = y;\n}\n}\n");
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-cp", System.getProperty("java.class.path"), source.toString());
        assertTrue(result == 0, "the example does not compile");
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            Class<?> compiled = Class.forName("Example", true, loader);
            assertArrayEquals(new float[] {-0.3f, -0.05f, 0f, 2f}, value(compiled, "yOfLeakyRelu"), 1e-6f);
            // gelu'(x) = Phi(x) + x phi(x)
            assertArrayEquals(
                    new float[] {-0.1274696f, 0.3046266f, 0.5f, 1.0852318f}, value(compiled, "dxOfGelu"), 1e-6f);
        }
    }

    private static float[] value(Class<?> compiled, String name) throws ReflectiveOperationException {
        Field field = compiled.getField(name);
        return (float[]) field.get(null);
    }
}
