package dev.hillock.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hillock.Engine;
import dev.hillock.lab.data.Examples;
import dev.hillock.lab.study.Blueprint;
import dev.hillock.lab.study.Candidate;
import dev.hillock.lab.study.Cluster;
import dev.hillock.lab.study.Comparison;
import dev.hillock.lab.study.LocalWorkers;
import dev.hillock.lab.study.OptimizerChoice;
import dev.hillock.lab.study.Perceptron;
import dev.hillock.lab.study.Run;
import dev.hillock.lab.study.Settings;
import dev.hillock.lab.study.Study;
import dev.hillock.lab.study.StudyListener;
import dev.hillock.lab.study.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

class SparkStudyTest {
    private static final Blueprint NETWORK = new Perceptron(List.of(24, 16));

    private static Study study() throws IOException {
        return new Study(
                new Settings(NETWORK, Engine.AUTO, new OptimizerChoice("adam", null), 3, 32),
                Examples.of(null).first(300),
                List.of(Candidate.of("relu", NETWORK), Candidate.of("prelu+gelu", NETWORK)),
                3);
    }

    private static List<List<Run>> runs(Path folder, Workers workers) throws Exception {
        return study().run(folder, workers, new StudyListener() {}).comparisons().stream()
                .map(Comparison::runs)
                .toList();
    }

    private static Workers spark(String master) {
        return ServiceLoader.load(Cluster.class).findFirst().orElseThrow().at(master);
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_21, disabledReason = "Spark 4.0 does not run there")
    void twoWorkersInJvmsOfTheirOwnGiveWhatThisOneGives(@TempDir Path here, @TempDir Path there) throws Exception {
        assertEquals(runs(here, new LocalWorkers(1)), runs(there, spark("local-cluster[2,1,1024]")));
    }

    @Test
    @EnabledForJreRange(max = JRE.JAVA_21, disabledReason = "Spark 4.0 does not run there")
    void threadsOfThisJvmDoToo(@TempDir Path here, @TempDir Path there) throws Exception {
        assertEquals(runs(here, new LocalWorkers(1)), runs(there, spark("local[2]")));
    }

    @Test
    void anAddressThatIsNoneIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> spark("localhost"));
        assertThrows(IllegalArgumentException.class, () -> spark("local-cluster[2,1]"));
    }
}
