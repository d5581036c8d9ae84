package dev.hillock.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hillock.Activation;
import dev.hillock.AxisFunction;
import dev.hillock.AxisOperation;
import dev.hillock.Engine;
import dev.hillock.GatedUnit;
import dev.hillock.Loss;
import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Function;
import dev.hillock.catalogue.GatedCatalogue;
import dev.hillock.catalogue.GatedDefinition;
import dev.hillock.kernel.NarrowFloats;
import dev.hillock.npy.NpyHeader;
import dev.hillock.npy.NpyReader;
import dev.hillock.npy.NpyType;
import dev.hillock.npy.NpyWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
    @TempDir
    Path folder;

    static Stream<Function> functions() {
        return Catalogue.functions().stream();
    }

    private static JsonNode json(String... args) throws IOException {
        return new ObjectMapper().readTree(Call.of(args).succeeds().out());
    }

    private String write(String name, float[] values, long... shape) throws IOException {
        Path file = folder.resolve(name);
        try (NpyWriter writer = NpyWriter.create(file, new NpyHeader(NpyType.FLOAT32, shape))) {
            writer.write(values, values.length);
            writer.commit();
        }
        return file.toString();
    }

    private float[] read(String name, long... shape) throws IOException {
        try (NpyReader reader = NpyReader.open(folder.resolve(name))) {
            assertArrayEquals(shape, reader.header().shape());
            return reader.readFloats();
        }
    }

    @Test
    void infoNamesEveryEngineAndWhyOneIsMissing() throws IOException {
        JsonNode info = json("info", "--json");
        assertTrue(info.has("isa"));
        assertEquals(Engine.values().length - 1, info.get("engines").size());
        for (JsonNode engine : info.get("engines")) {
            assertEquals(
                    engine.get("available").asBoolean(), engine.get("reason").isNull(), engine.toString());
        }
        String text = Call.of("info").succeeds().out();
        for (String word : List.of("native", "onednn", "vector", "scalar", "reference")) {
            assertTrue(text.contains(word), word);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "softmin",
                "masked_softmax(scale=0.5, causal=1)",
                "gumbel_softmax(seed=4)",
                "logsumexp",
                "sparsemax",
                "entmax15",
                "hardmax",
                "crelu",
                "maxout(k=2)"
            })
    void applyRunsOperationsOverAnAxis(String text) throws IOException {
        int[] shape = {3, 4, 4};
        float[] x = values(48, 1);
        AxisOperation f = AxisOperation.of(text);
        int[] outShape = f.outputShape(shape);
        float[] y = new float[Arrays.stream(outShape).reduce(1, (a, b) -> a * b)];
        f.forward(x, shape, y);
        String input = write("x.npy", x, 3, 4, 4);
        String output = folder.resolve("y.npy").toString();
        long[] sizes = Arrays.stream(outShape).asLongStream().toArray();
        Call.of("apply", text, input, output).succeeds();
        assertArrayEquals(y, read("y.npy", sizes));
        float[] dy = values(y.length, 2);
        float[] dx = new float[48];
        f.backward(x, dy, shape, dx);
        String gradient = write("dy.npy", dy, sizes);
        Call.of("apply", text, input, output, "--backward", "--grad", gradient).succeeds();
        assertArrayEquals(dx, read("y.npy", 3, 4, 4));
        assertTrue(Call.of("list", f.name()).succeeds().out().contains("axis"));
    }

    @Test
    void applyWritesTheGradientOfALearnedParameter() throws IOException {
        float[] x = values(100, 5);
        float[] dy = values(100, 6);
        String input = write("x.npy", x, 4, 25);
        String gradient = write("dy.npy", dy, 4, 25);
        String output = folder.resolve("dx.npy").toString();
        String beta = folder.resolve("beta.npy").toString();
        Call.of(
                        "apply",
                        "swish_beta(beta=1.5)",
                        input,
                        output,
                        "--backward",
                        "--grad",
                        gradient,
                        "--param-grad",
                        "beta=" + beta)
                .succeeds();
        Activation f = Activation.swish(1.5);
        float[] dx = new float[100];
        double expected = f.backward(x, dy, dx, "beta");
        assertArrayEquals(dx, read("dx.npy", 4, 25));
        assertArrayEquals(new float[] {(float) expected}, read("beta.npy"));
    }

    @Test
    void applyTakesAMaskFromAFile() throws IOException {
        String input = write("x.npy", new float[] {1, 2, 1, 2}, 2, 2);
        String mask = write("m.npy", new float[] {0, Float.NEGATIVE_INFINITY}, 2);
        String output = folder.resolve("y.npy").toString();
        Call.of("apply", "masked_softmax", input, output, "--param", "mask=@" + mask)
                .succeeds();
        assertArrayEquals(new float[] {1, 0, 1, 0}, read("y.npy", 2, 2));
    }

    @Test
    void applyRunsGatedUnits() throws IOException {
        for (GatedDefinition definition : GatedCatalogue.units()) {
            GatedUnit unit = GatedUnit.of(definition.name()).axis(1);
            float[] x = values(24, 3);
            float[] dy = values(12, 4);
            float[] y = new float[12];
            float[] dx = new float[24];
            unit.forward(x, new int[] {2, 4, 3}, y);
            unit.backward(x, dy, new int[] {2, 4, 3}, dx);
            String input = write("x.npy", x, 2, 4, 3);
            String gradient = write("dy.npy", dy, 2, 2, 3);
            String output = folder.resolve("y.npy").toString();
            Call.of("apply", definition.name(), input, output, "--axis", "1").succeeds();
            assertArrayEquals(y, read("y.npy", 2, 2, 3));
            Call.of("apply", definition.name(), input, output, "--axis", "1", "--backward", "--grad", gradient)
                    .succeeds();
            assertArrayEquals(dx, read("y.npy", 2, 4, 3));
        }
    }

    private static float[] values(int length, int seed) {
        java.util.Random random = new java.util.Random(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    @Test
    void listHasEveryFunction() throws IOException {
        JsonNode list = json("list", "--json");
        String table = Call.of("list").succeeds().out();
        for (Function function : Catalogue.functions()) {
            JsonNode row = find(list, function.name());
            int besideKernels = function.name().equals("rrelu") ? 1 : 0;
            assertEquals(
                    function.parameters().size() + besideKernels,
                    row.get("parameters").size());
            assertEquals(function.range(), row.get("range").asText());
            assertTrue(table.contains("elementwise  " + function.name()), function.name());
        }
    }

    private static JsonNode find(JsonNode list, String name) {
        for (JsonNode row : list) {
            if (row.get("name").asText().equals(name)) {
                return row;
            }
        }
        throw new AssertionError("no " + name);
    }

    @ParameterizedTest
    @MethodSource("functions")
    void eachFunctionHasItsPage(Function function) throws IOException {
        String page = Call.of("list", function.name()).succeeds().out();
        assertTrue(page.contains(function.formula()) && page.contains(function.derivative()), page);
        assertTrue(page.contains("*") && page.contains("."), page);
        assertEquals(
                function.name(),
                json("list", function.name(), "--json").get("name").asText());
    }

    @Test
    void checkJudgesOperationsOverAnAxis() throws IOException {
        for (String name : new String[] {"logsumexp", "crelu", "prelu"}) {
            JsonNode found = json("check", "--function", name, "--engine", "scalar", "--json");
            assertTrue(found.get("passed").asBoolean(), name);
            assertTrue(found.get("results").size() >= 2, name);
            for (JsonNode result : found.get("results")) {
                assertTrue(result.get("function").asText().startsWith(name));
                assertEquals(result.get("golden").asText(), result.get("hash").asText(), name);
            }
        }
    }

    @Test
    void costsAreInTimesOfRelu() throws IOException {
        JsonNode list = json("list", "--json");
        JsonNode relu = find(list, "relu").get("relativeCost");
        assertEquals(1, relu.get("value").asDouble());
        assertEquals(1, relu.get("slope").asDouble());
        JsonNode gelu = find(list, "gelu").get("relativeCost");
        assertEquals(
                Catalogue.function("gelu").relativeCost().orElseThrow().value(),
                gelu.get("value").asDouble(),
                0.005);
        assertTrue(gelu.get("value").asDouble() > 1);
        assertEquals("16384 elements", gelu.get("shape").asText());
        assertTrue(gelu.get("machine").asText().length() > 10);
        assertTrue(find(list, "isru").get("relativeCost").isNull());
        String text = Catalogue.function("gelu").relativeCost().orElseThrow().toString();
        for (String command : new String[] {"list", "explain"}) {
            String page = Call.of(command, "gelu").succeeds().out();
            assertTrue(page.contains(text + " times relu's at 16384 elements"), page);
        }
        assertTrue(Call.of("list").succeeds().out().contains(text));
    }

    @Test
    void costsSayOnceWhatTheyWereMeasuredOn() {
        assertEquals(2, Call.of("list", "gelu").succeeds().out().split("16384 elements", -1).length);
        assertTrue(Call.of("explain", "swiglu").succeeds().out().contains("measured on 16 rows of 1024, "));
    }

    @Test
    void listTakesParametersBehindTheName() {
        assertEquals(
                Call.of("list", "elu").succeeds().out(),
                Call.of("list", "ELU(alpha=0.5)").succeeds().out());
    }

    @Test
    void listNamesParametersThatAreNoNumbers() throws IOException {
        assertTrue(Call.of("list", "swiglu")
                .succeeds()
                .out()
                .contains("parameters  axis=-1, beta=1, layout=gate_first\n"));
        assertTrue(Call.of("list", "masked_softmax").succeeds().out().contains(", causal=0, [mask=@FILE]\n"));
        JsonNode layout = json("list", "glu", "--json").get("parameters").get(1);
        assertEquals("layout", layout.get("name").asText());
        assertEquals("value_first", layout.get("default").asText());
    }

    @Test
    void theVersionIsThatOfInfo() {
        String version = Call.of("--version").succeeds().out();
        assertEquals(
                Call.of("info")
                        .succeeds()
                        .out()
                        .lines()
                        .findFirst()
                        .orElseThrow()
                        .replaceAll(" +", " "),
                version.strip());
        assertEquals(1, version.lines().count());
    }

    @Test
    void listSaysWhichTypesHaveKernels() throws IOException {
        assertTrue(
                Call.of("list", "gelu").succeeds().out().contains("kernels     float32, float64, bfloat16, float16"));
        assertEquals("[]", json("list", "isru", "--json").get("kernels").toString());
    }

    @Test
    void applyGoesForwardAndBackward() throws IOException {
        float[] x = {-2, -1, -0f, 0, 1, 2};
        float[] dy = {1, 2, 3, 4, 5, 6};
        String in = write("x.npy", x, 2, 3);
        String grad = write("dy.npy", dy, 2, 3);
        Activation elu = Activation.elu(0.5);
        float[] expected = new float[6];
        elu.forward(x, expected);
        Call.of("apply", "elu", in, folder + "/y.npy", "--param", "alpha=0.5").succeeds();
        assertArrayEquals(expected, read("y.npy", 2, 3));
        Call.of("apply", "elu(alpha=0.5)", in, folder + "/y2.npy", "--engine", "SCALAR", "--threads", "2")
                .succeeds();
        assertArrayEquals(expected, read("y2.npy", 2, 3));
        elu.backward(x, dy, expected);
        Call.of("apply", "elu", in, folder + "/dx.npy", "--param=alpha=0.5", "--backward", "--grad", grad)
                .succeeds();
        assertArrayEquals(expected, read("dx.npy", 2, 3));
    }

    @Test
    void applyMayReplaceItsInput() throws IOException {
        String in = write("x.npy", new float[] {-1, 2}, 2);
        Call.of("apply", "ReLU", in, in).succeeds();
        assertArrayEquals(new float[] {0, 2}, read("x.npy", 2));
    }

    @Test
    void applyTakesSingleValuesAndEmptyArrays() throws IOException {
        Call.of("apply", "relu", write("x.npy", new float[] {-1}), folder + "/y.npy")
                .succeeds();
        assertArrayEquals(new float[] {0}, read("y.npy"));
        Call.of("apply", "relu", write("x.npy", new float[0], 0, 3), folder + "/y.npy")
                .succeeds();
        assertArrayEquals(new float[0], read("y.npy", 0, 3));
    }

    @Test
    void applyTakesTheParametersOfAGatedUnit() throws IOException {
        float[] x = values(24, 3);
        float[] y = new float[12];
        GatedUnit.of("swiglu(beta=2, axis=0, layout=value_first)").forward(x, new int[] {4, 6}, y);
        String input = write("x.npy", x, 4, 6);
        String output = folder.resolve("y.npy").toString();
        Call.of("apply", "swiglu(beta=2, axis=0)", input, output, "--param", "layout=value_first")
                .succeeds();
        assertArrayEquals(y, read("y.npy", 2, 6));
    }

    // More than one block in memory at a time.
    @Test
    void applyTakesLongArrays() throws IOException {
        float[] x = new float[(1 << 20) * 2 + 77];
        for (int i = 0; i < x.length; i++) {
            x[i] = (i % 1000) * 0.01f - 5;
        }
        Call.of("apply", "gelu", write("x.npy", x, x.length), folder + "/y.npy").succeeds();
        float[] expected = new float[x.length];
        Activation.gelu().forward(x, expected);
        assertArrayEquals(expected, read("y.npy", x.length));
    }

    @Test
    void applyWorksAlongAnAxis() throws IOException {
        float[] x = {1, 2, 3, 4, 5, 9};
        float[] dy = {1, 0, 0, 0, 0, 2};
        String in = write("x.npy", x, 2, 3);
        String grad = write("dy.npy", dy, 2, 3);
        int[] shape = {2, 3};
        float[] expected = new float[6];
        AxisFunction softmax = AxisFunction.softmax().axis(0);
        softmax.forward(x, shape, expected);
        Call.of("apply", "softmax", in, folder + "/y.npy", "--axis", "0").succeeds();
        assertArrayEquals(expected, read("y.npy", 2, 3));
        softmax.backward(expected, dy, shape, expected);
        Call.of("apply", "softmax", in, folder + "/dx.npy", "--axis", "-2", "--backward", "--grad", grad)
                .succeeds();
        assertArrayEquals(expected, read("dx.npy", 2, 3));
    }

    @Test
    void applyLearnsPrelu() throws IOException {
        float[] x = {-1, 2, -3, 4, -5, 6};
        String in = write("x.npy", x, 2, 3);
        String alpha = write("alpha.npy", new float[] {1, 10, 100}, 3);
        Call.of("apply", "prelu", in, folder + "/y.npy").succeeds();
        assertArrayEquals(new float[] {-0.25f, 2, -0.75f, 4, -1.25f, 6}, read("y.npy", 2, 3));
        Call.of("apply", "prelu", in, folder + "/y.npy", "--param", "alpha=@" + alpha)
                .succeeds();
        assertArrayEquals(new float[] {-1, 2, -300, 4, -50, 6}, read("y.npy", 2, 3));
        Call.of(
                        "apply",
                        "PReLU",
                        in,
                        folder + "/dx.npy",
                        "--param=weight=@" + alpha,
                        "--backward",
                        "--grad",
                        in,
                        "--param-grad",
                        "alpha=" + folder + "/da.npy")
                .succeeds();
        assertArrayEquals(new float[] {-1, 2, -300, 4, -50, 6}, read("dx.npy", 2, 3));
        assertArrayEquals(new float[] {1, 25, 9}, read("da.npy", 3));
    }

    // Written and read as the type of the file; the values are those of the float, rounded once.
    @ParameterizedTest
    @ValueSource(strings = {"FLOAT16", "BFLOAT16"})
    void applyKeepsSixteenBits(NpyType type) throws IOException {
        float[] x = {-2, -0.5f, 0, 1, 3};
        Path file = folder.resolve("x.npy");
        try (NpyWriter writer = NpyWriter.create(file, new NpyHeader(type, 5))) {
            writer.write(x, 5);
            writer.commit();
        }
        Call.of("apply", "gelu", file.toString(), folder + "/y.npy").succeeds();
        float[] expected = new float[5];
        Activation.gelu().forward(x, expected);
        for (int i = 0; i < 5; i++) {
            expected[i] = type == NpyType.FLOAT16
                    ? NarrowFloats.fromFloat16(NarrowFloats.toFloat16(expected[i]))
                    : NarrowFloats.fromBfloat16(NarrowFloats.toBfloat16(expected[i]));
        }
        try (NpyReader reader = NpyReader.open(folder.resolve("y.npy"))) {
            assertEquals(type, reader.header().type());
            assertArrayEquals(expected, reader.readFloats());
        }
    }

    @Test
    void applyComputesDoublesInDouble() throws IOException {
        double[] x = {-2, 0.1, 0.7};
        String in = folder + "/x.npy";
        ArrayFiles.writeAll(in, x, 3);
        Call.of("apply", "leaky_relu", in, folder + "/y.npy", "--param", "a=0.3")
                .succeeds();
        Call.of("apply", "leaky_relu(alpha=0.3)", in, folder + "/dx.npy", "--backward", "--grad", in)
                .succeeds();
        Call.of("apply", "softmax", in, folder + "/s.npy").succeeds();
        try (NpyReader y = NpyReader.open(folder.resolve("y.npy"));
                NpyReader dx = NpyReader.open(folder.resolve("dx.npy"));
                NpyReader s = NpyReader.open(folder.resolve("s.npy"))) {
            assertArrayEquals(new double[] {0.3 * -2, 0.1, 0.7}, y.readDoubles());
            assertArrayEquals(new double[] {0.3 * -2, 0.1, 0.7}, dx.readDoubles());
            assertEquals(1, Arrays.stream(s.readDoubles()).sum(), 1e-15);
        }
        assertEquals(
                "0.0\n",
                Call.of("loss", "mse", in, in, "--grad", folder + "/g.npy")
                        .succeeds()
                        .out());
        try (NpyReader g = NpyReader.open(folder.resolve("g.npy"))) {
            assertArrayEquals(new double[3], g.readDoubles());
        }
    }

    @Test
    void lossPrintsAndWrites() throws IOException {
        float[] x = {1.5f, -0.8f, 2.3f};
        float[] t = {1, 0, 1};
        float[] dx = new float[3];
        double expected = Loss.of("bce_with_logits").valueAndGradient(x, t, dx);
        String out = Call.of(
                        "loss",
                        "BCEWithLogitsLoss",
                        write("x.npy", x, 3),
                        write("t.npy", t, 3),
                        "--grad",
                        folder + "/dx.npy",
                        "--out",
                        folder + "/loss.npy")
                .succeeds()
                .out();
        assertEquals(expected, Double.parseDouble(out.trim()));
        assertEquals(0.22268647, expected, 1e-8);
        assertArrayEquals(dx, read("dx.npy", 3));
        assertArrayEquals(new float[] {(float) expected}, read("loss.npy"));
        String each = Call.of("loss", "mse", folder + "/x.npy", folder + "/t.npy", "--reduction", "none")
                .succeeds()
                .out();
        assertEquals(List.of("0.25", "0.64000005", "1.6899998"), each.lines().toList());
    }

    @Test
    void lossReadsParametersInParentheses() throws IOException {
        String x = write("x.npy", new float[] {5, -3}, 2);
        String t = write("t.npy", new float[] {0, 0}, 2);
        assertEquals(
                Call.of("loss", "huber", x, t, "--param", "delta=2").succeeds().out(),
                Call.of("loss", "huber(delta=2)", x, t).succeeds().out());
    }

    @Test
    void evalReadsNumbersOfEveryKind() throws IOException {
        JsonNode rows = json("eval", "relu", "--json", "-1.5", "2", "-inf", "nan", "1e-3");
        assertEquals(5, rows.size());
        assertEquals(2, rows.get(1).get("y").asDouble());
        assertEquals(1, rows.get(1).get("slope").asDouble());
        assertEquals("NaN", rows.get(3).get("y").asText());
        assertTrue(Call.of("eval", "softmax", "2", "1", "0.1").succeeds().out().contains("0.6590011"));
    }

    @Test
    void explainAndAdviseSpeakInSentences() throws IOException {
        assertTrue(Call.of("explain", "swish").succeeds().out().startsWith("silu: x times the sigmoid of x"));
        assertTrue(Call.of("explain", "CrossEntropyLoss").succeeds().out().startsWith("cross_entropy: "));
        assertTrue(Call.of("advise").succeeds().out().contains("multi-class"));
        assertEquals(
                "leaky_relu",
                json("advise", "binary", "dead-units", "--json").get("hidden").asText());
    }

    @Test
    void checkReportsEveryEngine() throws IOException {
        JsonNode check = new ObjectMapper()
                .readTree(Call.of("check", "--function", "relu", "--json").out());
        assertTrue(check.get("passed").asBoolean(), check.toString());
        for (JsonNode result : check.get("results")) {
            assertEquals("relu", result.get("function").asText());
        }
        assertTrue(Call.of("check", "--function", "relu").succeeds().out().contains("everything promised holds"));
    }

    @Test
    void checkComparesBitsAlone() throws IOException {
        JsonNode check = json("check", "--function", "silu", "--bits", "--json");
        assertTrue(check.get("passed").asBoolean(), check.toString());
        for (JsonNode result : check.get("results")) {
            assertTrue(result.get("maxUlp").isNull(), result.toString());
            if (!"onednn".equals(result.get("engine").asText())) {
                assertEquals(result.get("golden"), result.get("hash"));
            }
        }
    }

    // One worker each would need more memory than there is.
    @Test
    void checkStartsNoMoreThreadsThanItHasWorkFor() {
        Call.of("check", "--function", "relu", "--threads", "32767").succeeds();
    }

    @Test
    void benchLeavesOutWhoIsNotAsked() throws IOException {
        JsonNode cells = json(
                        "bench",
                        "--function",
                        "relu",
                        "--size",
                        "16",
                        "--millis",
                        "1",
                        "--only",
                        "plain,scalar",
                        "--json")
                .get("cells");
        assertEquals(4, cells.size());
        cells.forEach(cell -> assertTrue(
                List.of("plain", "scalar").contains(cell.get("contestant").asText())));
        Call.of("bench", "--function", "relu", "--size", "16", "--millis", "1", "--only", "scalar")
                .succeeds();
        assertTrue(Call.of("bench", "--only", "fast").complaint().startsWith("nobody here is called 'fast'"));
    }

    @Test
    void benchTakesSizesBesideShapes() throws IOException {
        String[] call = {"bench", "--function", "relu,MSELoss,crelu", "--size", "16", "--millis", "1"};
        String table = Call.of(
                        Stream.concat(Arrays.stream(call), Stream.of("--only", "scalar", "--direction", "forward"))
                                .toArray(String[]::new))
                .succeeds()
                .out();
        for (String f : List.of("`relu`", "`mse`", "`crelu`")) {
            assertTrue(table.contains(f), table);
        }
    }

    @Test
    void benchTimesAndWritesItsFiles() throws IOException {
        Path results = folder.resolve("results");
        Path readme = Files.writeString(folder.resolve("README.md"), "<!-- bench -->\n<!-- /bench -->\n");
        String[] words = {
            "bench",
            "--function",
            "relu,leaky_relu(alpha=0.5)",
            "--size",
            "64,256",
            "--direction",
            "forward",
            "--millis",
            "5"
        };
        List<String> call = new ArrayList<>(List.of(words));
        call.addAll(List.of("--out", results.toString(), "--update", readme.toString(), "--json"));
        JsonNode report =
                new ObjectMapper().readTree(Call.of(call.toArray(String[]::new)).out());
        assertEquals(report, new ObjectMapper().readTree(Files.readString(results.resolve("bench.json"))));
        assertTrue(Files.readString(results.resolve("bench.md")).contains("`relu`"));
        assertTrue(Files.readString(results.resolve("bench.svg")).startsWith("<svg"));
        assertTrue(Files.readString(readme).contains("`leaky_relu(alpha=0.5)`"), Files.readString(readme));
        assertTrue(Files.readString(readme).contains("(results/bench.svg)"), Files.readString(readme));
        assertTrue(Call.of(words).succeeds().out().contains("**forward, 256 elements, 1 thread**"));
    }

    @Test
    void checkJudgesFunctionsOverAnAxis() throws IOException {
        JsonNode check = json("check", "--function", "softmax", "--json");
        assertTrue(check.get("results").size() > 0);
        for (JsonNode result : check.get("results")) {
            assertEquals("softmax", result.get("function").asText());
        }
    }

    @Test
    void checkPrintsGoldenLines() {
        String lines = Call.of("check", "--function", "leaky_relu", "--golden")
                .succeeds()
                .out();
        assertTrue(
                lines.lines().allMatch(line -> line.matches("leaky_relu\\S* [a-z_]+ (sample|float64) [0-9a-f]{16}")),
                lines);
        assertEquals(12, lines.lines().count());
    }

    @Test
    void helpShowsNoPatterns() {
        assertTrue(Call.of("bench", "--help").succeeds().out().contains("--function=f[,f...]"));
    }

    @Test
    void helpIsAPageOfItsOwn() {
        assertTrue(Call.of("--help").succeeds().out().contains("hillock apply"));
        for (String command :
                List.of("info", "list", "apply", "loss", "check", "bench", "train", "eval", "explain", "advise")) {
            assertTrue(Call.of(command, "--help").succeeds().out().contains("hillock " + command));
        }
    }
}
