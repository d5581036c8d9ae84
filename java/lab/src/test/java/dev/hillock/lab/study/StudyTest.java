package dev.hillock.lab.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hillock.Engine;
import dev.hillock.lab.data.Examples;
import dev.hillock.lab.train.TrainingObserver;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyTest {
    private static final Blueprint NETWORK = new Perceptron(List.of(24, 16));

    @TempDir
    Path folder;

    private final List<Run> finished = new ArrayList<>();
    private int found;

    private Study study(int epochs, int seeds, String... candidates) throws IOException {
        return new Study(
                new Settings(NETWORK, Engine.AUTO, new OptimizerChoice("adam", null), epochs, 32),
                Examples.of(null).first(300),
                Arrays.stream(candidates)
                        .map(text -> Candidate.of(text, NETWORK))
                        .toList(),
                seeds);
    }

    private StudyResult run(Study study, int jobs) throws Exception {
        return study.run(folder, new LocalWorkers(jobs), listener(Integer.MAX_VALUE));
    }

    // Fails when as many trainings as it may see have ended.
    private StudyListener listener(int most) {
        finished.clear();
        return new StudyListener() {
            @Override
            public void starting(int all, int before) {
                found = before;
            }

            @Override
            public void finished(Run run) {
                finished.add(run);
                if (finished.size() == most) {
                    throw new IllegalStateException("pulled the plug");
                }
            }
        };
    }

    private static List<List<Run>> runs(StudyResult result) {
        return result.comparisons().stream().map(Comparison::runs).toList();
    }

    @Test
    void oneTrainingAtATimeGivesTheSameAsTwo(@TempDir Path other) throws Exception {
        Study study = study(3, 2, "relu", "gelu", "prelu");
        StudyResult two = run(study, 2);
        assertEquals(6, finished.size());
        StudyResult one = study.run(other, new LocalWorkers(1), listener(Integer.MAX_VALUE));
        assertEquals(6, finished.size());
        assertEquals(runs(one), runs(two));
    }

    @Test
    void whatWasInterruptedGoesOnAndEndsTheSame(@TempDir Path other) throws Exception {
        Study study = study(2, 3, "relu", "tanh");
        assertThrows(IllegalStateException.class, () -> study.run(folder, new LocalWorkers(1), listener(4)));
        StudyResult resumed = run(study, 1);
        assertEquals(4, found);
        assertEquals(2, finished.size());
        StudyResult whole = study.run(other, new LocalWorkers(1), listener(Integer.MAX_VALUE));
        assertEquals(0, found);
        assertEquals(runs(whole), runs(resumed));
        run(study, 1);
        assertEquals(6, found);
        assertEquals(0, finished.size());
    }

    @Test
    void aStudyThatTravelledGivesTheSame() throws Exception {
        SharedStudy here = study(2, 1, "relu", "prelu+leaky_relu(alpha=0.2)").shared();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(here);
        }
        SharedStudy there;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            there = (SharedStudy) in.readObject();
        }
        Workers.Job job = new Workers.Job(1, 1);
        assertEquals(here.train(job, new TrainingObserver() {}), there.train(job, new TrainingObserver() {}));
    }

    @Test
    void onlyWorkOfTheSameSettingsIsFoundAgain() throws Exception {
        run(study(2, 2, "relu", "tanh"), 1);
        run(study(2, 3, "tanh", "gelu"), 1);
        assertEquals(2, found, "two seeds of tanh");
        run(study(3, 2, "relu", "tanh"), 1);
        assertEquals(0, found, "another number of epochs");
    }

    @Test
    void aDamagedFileIsDoneAgain() throws Exception {
        Study study = study(2, 1, "relu", "tanh");
        List<List<Run>> before = runs(run(study, 1));
        try (Stream<Path> files = Files.list(folder)) {
            Path victim = files.filter(file -> file.toString().contains("tanh"))
                    .findFirst()
                    .orElseThrow();
            Files.writeString(victim, Files.readString(victim).substring(0, 100));
        }
        assertEquals(before, runs(run(study, 1)));
        assertEquals(1, found);
        assertEquals("tanh", finished.get(0).activation());
    }

    @Test
    void theInstrumentsSeeWhatTheyShould() throws Exception {
        StudyResult result = run(study(10, 2, "relu", "sigmoid", "prelu", "relu+identity"), 2);
        for (Comparison comparison : result.comparisons()) {
            for (Run run : comparison.runs()) {
                assertEquals(40, run.units());
                assertEquals(10, run.losses().size());
                assertEquals(10, run.accuracies().size());
                assertEquals(run.accuracy(), run.accuracies().get(9));
                assertTrue(run.accuracy() > 0.2, run.activation() + ": " + run.accuracy());
                assertTrue(run.spikiness() > 0 && run.largestRise() > 0 && run.largestRise() <= run.spikiness());
                run.layers().forEach(layer -> assertEquals(10, layer.gradients().size()));
            }
            assertTrue(comparison.timing().median() > 0);
        }
        double relu = result.comparisons().get(0).sample(Run::saturated).mean();
        assertTrue(relu > 0.3 && relu < 0.7, "about half of the inputs of relu are negative: " + relu);
        double flow = result.comparisons().get(1).sample(Run::gradientFlow).mean();
        assertTrue(flow < 0.5 * result.baseline().sample(Run::gradientFlow).mean(), "sigmoid's gradients shrink");
        Run prelu = result.comparisons().get(2).runs().get(0);
        assertNull(prelu.saturated());
        assertTrue(Math.abs(prelu.layers().get(0).learned() - 0.25) > 1e-4, "alpha is learned");
        assertNull(result.baseline().versus());
        assertEquals(2, result.comparisons().get(1).versus().pairs());
        assertTrue(result.comparisons().get(1).p()
                >= result.comparisons().get(1).versus().p());
    }

    @Test
    void divergedTrainingsAreCountedApart() throws Exception {
        Settings wild = new Settings(NETWORK, Engine.AUTO, new OptimizerChoice("sgd", 1e30), 2, 32);
        List<Candidate> candidates = List.of(Candidate.of("tanh", NETWORK), Candidate.of("identity", NETWORK));
        Study study = new Study(wild, Examples.of(null).first(300), candidates, 2);
        StudyResult result = run(study, 1);
        assertEquals(2, result.comparisons().get(1).diverged());
        assertTrue(result.comparisons().get(1).accuracy().isEmpty());
        String words = String.join("\n", Words.summary(result));
        assertTrue(words.contains("identity: in 2 of 2 trainings the loss stopped being a number"), words);
        assertTrue(words.contains("identity cannot be compared with tanh"), words);
        ReportPage.of(result);
        assertEquals(5, ResultFiles.csv(result).lines().count());
        assertFalse(ResultFiles.csv(result).contains("NaN"));
    }

    @Test
    void theReportNeedsNothingElseAndItsPicturesAreWhole() throws Exception {
        StudyResult result = run(study(2, 2, "relu", "leaky_relu(alpha=0.2)"), 2);
        String page = ReportPage.of(result);
        assertFalse(page.replace("http://www.w3.org/2000/svg", "").contains("http"), "nothing is fetched");
        assertFalse(page.contains("<script"));
        assertTrue(page.contains("prefers-color-scheme: dark") && page.contains("width=device-width"));
        for (String sentence : Words.summary(result)) {
            assertTrue(page.contains(sentence), sentence);
        }
        Matcher picture = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL).matcher(page);
        int pictures = 0;
        while (picture.find()) {
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(picture.group().getBytes(StandardCharsets.UTF_8)));
            pictures++;
        }
        assertEquals(8, pictures);
    }

    @Test
    void filesForProgramsHoldEveryRun() throws Exception {
        StudyResult result = run(study(2, 2, "relu", "hardtanh(min=-2, max=2)"), 2);
        List<String> lines = ResultFiles.csv(result).lines().toList();
        assertEquals(5, lines.size());
        assertTrue(lines.get(1).startsWith("relu,1,false,0."), lines.get(1));
        assertTrue(lines.get(3).startsWith("\"hardtanh("), lines.get(3));
        ResultFiles.write(result, "page", folder);
        String json = Files.readString(folder.resolve("results.json"));
        assertTrue(json.contains("\"baseline\" : \"relu\""), json);
        assertEquals(4, json.split("\"largestRise\" : [0-9]").length - 1);
    }

    @Test
    void theSameActivationsTwiceAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> study(2, 1, "silu", "swish"));
        assertThrows(IllegalArgumentException.class, () -> study(2, 1, "relu", "relu+relu"));
        assertThrows(IllegalArgumentException.class, () -> study(2, 0, "relu"));
        assertThrows(IllegalArgumentException.class, () -> study(0, 1, "relu"));
        assertThrows(IllegalArgumentException.class, () -> new LocalWorkers(0));
    }
}
