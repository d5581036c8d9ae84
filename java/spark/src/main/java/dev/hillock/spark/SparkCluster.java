package dev.hillock.spark;

import dev.hillock.lab.study.Cluster;
import dev.hillock.lab.study.Workers;
import java.util.regex.Pattern;

/** Apache Spark as a place for trainings. */
public final class SparkCluster implements Cluster {
    private static final Pattern MASTER = Pattern.compile(
            "local(\\[(\\*|\\d+)(, ?\\d+)?])?|local-cluster\\[\\d+, ?\\d+, ?\\d+]|spark://.+|yarn|k8s://.+");
    // Spark 4.0 asks the security manager for the user, which newer versions refuse.
    private static final int NEWEST_JAVA = 23;

    @Override
    public Workers at(String master) {
        if (!MASTER.matcher(master).matches()) {
            throw new IllegalArgumentException(
                    "--master '" + master + "' is not supported (known: spark://HOST:PORT, local[N],"
                            + " local-cluster[WORKERS,CORES,MEBIBYTES], yarn, k8s://…)");
        }
        int java = Runtime.version().feature();
        if (java > NEWEST_JAVA) {
            throw new IllegalStateException("--master: Spark does not run on Java " + java + ", but on 17 and 21");
        }
        return new SparkWorkers(master);
    }
}
