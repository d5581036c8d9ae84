package dev.hillock.lab.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.InputSource;

class ExperimentsTest {
    static Stream<String> names() {
        return Experiments.all().stream().map(Experiment::name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void theExpectedEffectIsThereWithItsNumbersAndPicture(String name) throws Exception {
        Finding finding = Experiments.named(name).run();
        finding.numbers().forEach(System.out::println);
        assertEquals(List.of(), finding.missing());
        assertFalse(finding.numbers().isEmpty());
        String svg = finding.figure().svg();
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        assertTrue(svg.contains("<path") || svg.contains("<rect"));
        assertFalse(svg.contains("NaN") || svg.contains("Infinity"), "a number in the picture is not finite");
    }

    @Test
    void namesAreInKebabCaseAndDiffer() {
        Set<String> seen = new HashSet<>();
        names().forEach(name -> {
            assertTrue(name.matches("[a-z]+(-[a-z]+)*"), name);
            assertTrue(seen.add(name), name);
        });
        assertEquals(
                "unknown experiment 'dyingrelu' (nearest: dying-relu)",
                assertThrows(NoSuchElementException.class, () -> Experiments.named("dyingrelu"))
                        .getMessage());
    }
}
