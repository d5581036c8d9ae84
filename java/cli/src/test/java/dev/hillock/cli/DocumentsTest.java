package dev.hillock.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hillock.Activation;
import dev.hillock.BiasedActivation;
import dev.hillock.GatedUnit;
import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Function;
import dev.hillock.catalogue.GatedCatalogue;
import dev.hillock.catalogue.Kind;
import dev.hillock.npy.NpyHeader;
import dev.hillock.npy.NpyType;
import dev.hillock.npy.NpyWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pages in {@code java/docs} are what the catalogue says. Where they are not, write them anew:
 *
 * <pre>mvn -pl java/cli -am test -Dtest=DocumentsTest -Dsurefire.failIfNoSpecifiedTests=false -Dhillock.docs=write</pre>
 */
class DocumentsTest {
    private static final Path FOLDER = Path.of("..", "docs");
    private static final Path COSTS =
            Path.of("..", "core", "src", "main", "resources", "dev", "hillock", "catalogue", "costs.properties");

    @TempDir
    Path folder;

    // Every file, by its path within the folder.
    private static Map<String, String> documents() {
        Map<String, String> documents = new TreeMap<>();
        for (Entry entry : Entry.all()) {
            documents.put("functions/" + entry.name() + ".md", FunctionPage.of(entry));
            if (entry.function() != null) {
                documents.put("functions/" + entry.name() + ".svg", FunctionPage.picture(entry));
            }
        }
        GatedCatalogue.units()
                .forEach(unit -> documents.put("functions/" + unit.name() + ".md", FunctionPage.of(unit)));
        documents.put("README.md", GuidePages.index());
        documents.put("choosing.md", GuidePages.choosing());
        documents.put("pairing.md", GuidePages.pairing());
        return documents;
    }

    private static Set<String> found() throws IOException {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            Set<String> found = new TreeSet<>();
            files.filter(Files::isRegularFile)
                    .forEach(
                            file -> found.add(FOLDER.relativize(file).toString().replace('\\', '/')));
            return found;
        }
    }

    @Test
    void theCommittedPagesAreWhatTheCatalogueSays() throws IOException {
        Map<String, String> documents = documents();
        if ("write".equals(System.getProperty("hillock.docs"))) {
            write(documents);
        }
        assertEquals(documents.keySet(), found(), "run this test with -Dhillock.docs=write");
        for (Map.Entry<String, String> document : documents.entrySet()) {
            assertEquals(
                    document.getValue(),
                    Files.readString(FOLDER.resolve(document.getKey())),
                    document.getKey() + ": run this test with -Dhillock.docs=write");
        }
    }

    private static void write(Map<String, String> documents) throws IOException {
        Files.createDirectories(FOLDER.resolve("functions"));
        for (String old : found()) {
            Files.delete(FOLDER.resolve(old));
        }
        for (Map.Entry<String, String> document : documents.entrySet()) {
            Files.writeString(FOLDER.resolve(document.getKey()), document.getValue());
        }
    }

    @Test
    void theShippedCostsAreWhatBenchMeasured() throws IOException {
        if ("write".equals(System.getProperty("hillock.docs"))) {
            Files.writeString(COSTS, Measured.costs());
        }
        assertEquals(Measured.costs(), Files.readString(COSTS), "run this test with -Dhillock.docs=write");
    }

    @Test
    void everyGatedUnitAndFormHasACostOfItsValueAndItsSlope() {
        for (Entry entry : Entry.all()) {
            boolean form = entry.kind().equals("fused")
                    && entry.properties().get(0).endsWith(BiasedActivation.class.getSimpleName());
            if (entry.kind().equals("gated") || form) {
                String line = entry.name() + "=[\\d.]+ [\\d.]+ .*";
                assertTrue(Measured.costs().lines().anyMatch(cost -> cost.matches(line)), entry.name());
            }
        }
    }

    @Test
    void everyLinkLeadsToAPage() {
        Map<String, String> documents = documents();
        documents.forEach((name, text) -> {
            Path folder = Path.of(name).getParent();
            Matcher link = Pattern.compile("\\]\\(([^):]+)\\)").matcher(name.endsWith(".md") ? text : "");
            while (link.find()) {
                Path target = folder == null ? Path.of(link.group(1)) : folder.resolve(link.group(1));
                String path = target.normalize().toString().replace('\\', '/');
                assertTrue(documents.containsKey(path) || path.startsWith(".."), name + " links to " + path);
            }
        });
    }

    @Test
    void everyPageExplainsItsFunction() {
        for (Entry entry : Entry.all()) {
            assertTrue(entry.explanation().length() > 20, entry.name());
            assertTrue(FunctionPage.of(entry).contains("| value | `"), entry.name());
        }
    }

    @Test
    void everyParameterOfSoftmaxStandsInItsFormula() {
        for (String name : new String[] {"softmax", "log_softmax"}) {
            assertTrue(Entry.of(name).formula().endsWith("T = temperature / scale"), name);
        }
    }

    @Test
    void theSeedIsForTrainingOnly() {
        assertTrue(FunctionPage.of(Entry.of("rrelu")).contains("| parameter `seed` | for training only |"));
        assertTrue(Entry.of("rrelu").parameterText().endsWith("[seed=?]"));
    }

    // In the middle, and where gate and value are cut off.
    @Test
    void theDerivativeOfTheClampedUnitIsItsOwn() {
        String text = Entry.of("swiglu_clamped").derivative();
        assertTrue(text.startsWith("d gate = dy (v + 1) act'(g), 0 if gate > 7;"), text);
        assertTrue(text.contains("d value = dy act(g), 0 if |value| > 7;"), text);
        float[] dx = new float[2];
        GatedUnit.of("swiglu_clamped").backward(new float[] {1, 2}, new float[] {1}, new int[] {2}, dx);
        Function act = Catalogue.function("gelu_sigmoid");
        assertEquals(3 * act.referenceDerivative(1), dx[0], 1e-6);
        assertEquals(act.reference(1), dx[1], 1e-6);
        GatedUnit.of("swiglu_clamped").backward(new float[] {8, -8}, new float[] {1}, new int[] {2}, dx);
        assertArrayEquals(new float[] {0, 0}, dx);
    }

    @Test
    void theCommandsOnThePagesWork() throws IOException {
        for (String file : new String[] {"IN", "PRED", "TARGET", "VARIANCE", "MASK"}) {
            NpyHeader header = new NpyHeader(NpyType.FLOAT32, 2, 4);
            try (NpyWriter writer = NpyWriter.create(folder.resolve(file + ".npy"), header)) {
                writer.write(new float[] {.5f, .5f, .5f, .5f, .5f, .5f, .5f, .5f}, 8);
                writer.commit();
            }
        }
        Pattern command = Pattern.compile("`\\./hillock ([^`]*)`");
        documents().forEach((name, text) -> {
            Matcher at = command.matcher(name.startsWith("functions/") ? text : "");
            while (at.find()) {
                String words = at.group(1);
                if (words.startsWith("bench --function \"")) {
                    Activation.of(words.substring(words.indexOf('"') + 1, words.length() - 1));
                } else if (words.startsWith("bench ")) {
                    String function = words.substring(words.lastIndexOf(' ') + 1);
                    assertTrue(
                            !Kind.ELEMENTWISE.has(function)
                                    || Activation.of(function).name().equals(function),
                            words);
                } else if (!words.startsWith("check ") && !words.contains("multi_margin")) {
                    // multi_margin takes indices.
                    Call.line(words.replaceAll("([A-Z]+\\.npy)", folder + "/$1"))
                            .succeeds();
                }
            }
        });
    }
}
