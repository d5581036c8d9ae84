package dev.hillock.binding;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with the native files, the program says why, goes on in Java and does not crash. */
class LoaderFailureTest {
    private static final String LIBRARY = System.mapLibraryName("hillock");
    private static final String PACKAGE = "dev/hillock/binding/";
    private static final Path CLASSES = classes();

    @TempDir
    private Path folder;

    private Path core;
    private Path cache;

    @BeforeEach
    void packTheClasses() throws IOException {
        cache = Files.createDirectory(folder.resolve("cache"));
        core = folder.resolve("core.jar");
        packTheClasses(file -> true);
    }

    private void packTheClasses(Predicate<String> wanted) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(CLASSES)) {
            for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                String name = CLASSES.relativize(file).toString().replace(File.separatorChar, '/');
                if (!name.startsWith(PACKAGE + Loader.getPlatform()) && wanted.test(name)) {
                    files.put(name, Files.readAllBytes(file));
                }
            }
        }
        jar(core, files);
    }

    @Test
    void aHealthyLibraryServes() throws Exception {
        assertEquals("available", reason(run(libraries(UnaryOperator.identity()))));
        assertEquals(List.of(), warnings());
    }

    @Test
    void aBindingThatDoesNotLoadIsReplaced() throws Exception {
        assumeTrue(Runtime.version().feature() >= 22, "this JVM has one binding only");
        packTheClasses(file -> !file.endsWith("FfmCalls$Functions.class"));
        assertEquals("available", reason(run(libraries(UnaryOperator.identity()))));
        assertEquals(1, warnings().size());
        String warning = warnings().get(0);
        assertTrue(warning.startsWith("WARNING: native calls are slower than they could be: ffm: "), warning);
    }

    @Test
    void aMissingLibraryIsAReason() throws Exception {
        assertEquals("no native library for " + Loader.getPlatform() + " on the class path", reason(run(null)));
        assertEquals(List.of(), warnings());
    }

    @Test
    void withoutALibraryTheVectorApiServes() throws Exception {
        assumeTrue(ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(), "no Vector API");
        List<String> command = new ArrayList<>(command(null));
        command.addAll(1, List.of("--add-modules", "jdk.incubator.vector"));
        command.set(command.size() - 1, ChoiceProbe.class.getName());
        assertEquals(List.of("VECTOR", "VECTOR", "VECTOR", "VECTOR"), output(command));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01, 0.25, 0.5, 0.75, 0.9, 0.999})
    void aTruncatedLibraryIsAReason(double part) throws Exception {
        Path jar = libraries(bytes -> Arrays.copyOf(bytes, (int) (part * bytes.length)));
        assertNotLoaded(run(jar));
    }

    @Test
    void aFileThatIsNoLibraryIsAReason() throws Exception {
        assertNotLoaded(run(libraries(bytes -> "no library at all".getBytes(UTF_8))));
    }

    @Test
    void aDamagedCopyInTheCacheIsReplaced() throws Exception {
        Path jar = libraries(UnaryOperator.identity());
        run(jar);
        try (Stream<Path> all = Files.walk(cache)) {
            Path copy = all.filter(file -> file.endsWith(LIBRARY)).findFirst().orElseThrow();
            byte[] bytes = Files.readAllBytes(copy);
            Arrays.fill(bytes, bytes.length / 4, bytes.length / 2, (byte) 0);
            var time = Files.getLastModifiedTime(copy);
            Files.write(copy, bytes);
            Files.setLastModifiedTime(copy, time);
        }
        assertEquals("available", reason(run(jar)));
    }

    @Test
    void aLibraryOfAnotherVersionIsAReason() throws Exception {
        Path jar = libraries(bytes -> new String(bytes, ISO_8859_1)
                .replace("0:identity", "0:idiocity")
                .getBytes(ISO_8859_1));
        String reason = reason(run(jar));
        assertTrue(reason.contains("of another version: first difference at id 0: 0:idiocity"), reason);
        assertWarned(reason);
    }

    @Test
    void aCacheThatCannotBeWrittenIsAReason() throws Exception {
        Path file = Files.createFile(folder.resolve("a-file"));
        cache = file.resolve("cache");
        List<String> command = new ArrayList<>(command(libraries(UnaryOperator.identity())));
        // Where JavaCPP would go instead.
        command.addAll(1, List.of("-Duser.home=" + cache, "-Djava.io.tmpdir=" + cache));
        assertNotUnpacked(output(command));
    }

    @Test
    void aFolderWhereNothingMayRunIsAReason() throws Exception {
        String mount = "mount -t tmpfs -o noexec tmpfs '" + cache + "'";
        List<String> mounted = List.of("unshare", "--map-root-user", "--mount", "sh", "-c");
        assumeTrue(succeeds(with(mounted, mount)), "this machine does not let us mount a folder");
        Path jar = libraries(UnaryOperator.identity());
        String java = command(jar).stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        assertNotLoaded(output(with(mounted, mount + " && exec " + java)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"70k", "100k"})
    void fullDirectMemoryCostsNothingButTheCopies(String room) throws Exception {
        // The library is read through 64 KB of it.
        List<String> command = new ArrayList<>(command(libraries(UnaryOperator.identity())));
        command.addAll(1, List.of("-XX:MaxDirectMemorySize=" + room, "-Dhillock.binding=jni"));
        assertEquals("available", reason(output(command)));
    }

    @Test
    void twoClassLoadersOfOneProcessAreBothServed() throws Exception {
        Path jar = libraries(UnaryOperator.identity());
        List<URL> urls = new ArrayList<>();
        for (String entry : classPath(jar).split(File.pathSeparator)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        ClassLoader parent = ClassLoader.getPlatformClassLoader();
        for (int i = 0; i < 2; i++) {
            try (URLClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new), parent)) {
                Object report = loader.loadClass(LoadProbe.class.getName())
                        .getMethod("report")
                        .invoke(null);
                assertTrue(report.toString().endsWith("\n-1.0"), report.toString());
            }
        }
    }

    private void assertNotLoaded(List<String> lines) {
        String reason = reason(lines);
        assertTrue(
                reason.startsWith("the native library did not load: ")
                        || reason.startsWith("the native library was not unpacked: "),
                reason);
        assertWarned(reason);
    }

    private void assertWarned(String reason) {
        assertEquals(List.of("WARNING: no native kernels: " + reason), warnings());
    }

    // The JVM has others of its own.
    private List<String> warnings() {
        return read(folder.resolve("errors"))
                .lines()
                .filter(line -> line.startsWith("WARNING: no native") || line.startsWith("WARNING: native calls"))
                .toList();
    }

    private void assertNotUnpacked(List<String> lines) {
        String reason = reason(lines);
        assertTrue(reason.startsWith("the native library was not unpacked: "), reason);
        assertWarned(reason);
    }

    private static String reason(List<String> lines) {
        assertEquals(2, lines.size(), String.join("\n", lines));
        assertEquals("-1.0", lines.get(1));
        return lines.get(0);
    }

    // The libraries of this build in a jar, the core changed.
    private Path libraries(UnaryOperator<byte[]> change) throws IOException {
        Path directory = CLASSES.resolve(PACKAGE).resolve(Loader.getPlatform());
        assumeTrue(Files.exists(directory.resolve(LIBRARY)), "this build has no native library");
        Map<String, byte[]> files = new TreeMap<>();
        for (String name : List.of(LIBRARY, System.mapLibraryName("jniHillock"))) {
            byte[] bytes = Files.readAllBytes(directory.resolve(name));
            files.put(PACKAGE + Loader.getPlatform() + "/" + name, name.equals(LIBRARY) ? change.apply(bytes) : bytes);
        }
        return jar(folder.resolve("native.jar"), files);
    }

    private static Path jar(Path file, Map<String, byte[]> files) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            for (Map.Entry<String, byte[]> entry : files.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
        return file;
    }

    private List<String> run(Path libraries) throws Exception {
        return output(command(libraries));
    }

    private List<String> command(Path libraries) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Dorg.bytedeco.javacpp.cachedir=" + cache,
                "-cp",
                classPath(libraries),
                LoadProbe.class.getName());
    }

    // The class path of this test, with the packed classes instead of the folder.
    private String classPath(Path libraries) {
        Stream<String> others = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).equals(CLASSES));
        Stream<String> own =
                Stream.of(core, libraries).filter(jar -> jar != null).map(Path::toString);
        return Stream.concat(own, others).collect(Collectors.joining(File.pathSeparator));
    }

    private List<String> output(List<String> command) throws Exception {
        Path errors = folder.resolve("errors");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertTrue(process.waitFor(1, TimeUnit.MINUTES), "the program hangs");
        assertEquals(0, process.exitValue(), () -> output + read(errors));
        return output.lines().toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static boolean succeeds(List<String> command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> with(List<String> command, String last) {
        return Stream.concat(command.stream(), Stream.of(last)).toList();
    }

    private static Path classes() {
        try {
            return Path.of(NativeLibrary.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
