package dev.hillock.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hillock.catalogue.Direction;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BenchTest {
    private static Report report;

    @BeforeAll
    static void measure() {
        Plan plan = new Plan(
                List.of("silu", "sigmoid"), List.of(Direction.values()), List.of(16, 1000), 1, 10, false, List.of());
        try (Bench bench = new Bench(plan, null)) {
            report = bench.run();
        }
    }

    @Test
    void everyCaseHasItsFloorsAndScalar() {
        // silu's slope cannot be had from its output.
        assertEquals(10, report.cases().size());
        for (Case task : report.cases()) {
            for (String name : List.of("copy", "plain", "scalar")) {
                assertTrue(report.cell(task, name).nanosPerElement() > 0, task + " " + name);
            }
        }
    }

    @Test
    void whoCannotDoACaseSaysWhy() {
        for (Cell cell : report.cells()) {
            assertEquals(cell.isTimed(), cell.reason() == null, cell.toString());
        }
    }

    @Test
    void theTableHasARowForEveryFunction() {
        String table = report.markdown();
        assertTrue(table.contains("**backward, 1000 elements, 1 thread**"), table);
        assertEquals(
                4, table.lines().filter(line -> line.startsWith("| `silu`")).count(), table);
        assertEquals(
                6, table.lines().filter(line -> line.startsWith("| `sigmoid`")).count(), table);
    }

    @Test
    void theTableShowsAutoOnlyWhereItIsNamed() {
        Plan plan = new Plan(
                List.of("relu"), List.of(Direction.FORWARD), List.of(16), 1, 10, false, List.of("scalar", "auto"));
        try (Bench bench = new Bench(plan, null)) {
            assertTrue(hasAuto(bench.run().markdown()));
        }
        assertFalse(hasAuto(report.markdown()));
    }

    private static boolean hasAuto(String table) {
        return table.lines().anyMatch(line -> line.matches("\\| function .*\\| +auto \\|.*"));
    }

    @Test
    void theFileHoldsEveryCell() throws Exception {
        JsonNode root = new ObjectMapper().readTree(report.json());
        assertEquals(report.cells().size(), root.get("cells").size());
        for (JsonNode cell : root.get("cells")) {
            assertTrue(cell.has("nanosPerElement") || cell.has("notSupported"), cell.toString());
        }
    }

    @Test
    void theChartIsAPictureWithALineForEveryContestant() throws Exception {
        byte[] svg = report.svg().getBytes(StandardCharsets.UTF_8);
        var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(svg));
        int lines = document.getElementsByTagName("polyline").getLength();
        long expected = report.timed().stream()
                .mapToLong(name -> List.of("silu", "sigmoid").stream()
                        .flatMap(function -> List.of(Direction.values()).stream()
                                .filter(direction ->
                                        report.cell(Case.eltwise(function, direction, 1000, 1), name) != null))
                        .count())
                .sum();
        assertEquals(expected, lines);
    }

    @Test
    void copiesAreNotComparedAndAllocateNothing() {
        Cell copy = report.cell(report.cases().get(0), "copy");
        assertNotNull(copy);
        assertEquals(Check.NONE, copy.check());
        assertEquals(0, copy.allocatedBytesPerCall());
        assertFalse(copy.isTimed() && copy.maxUlp() != null);
    }
}
