package dev.hillock.spark;

import dev.hillock.lab.study.Run;
import dev.hillock.lab.study.SharedStudy;
import dev.hillock.lab.study.Study;
import dev.hillock.lab.study.Workers;
import dev.hillock.lab.train.TrainingObserver;
import java.io.File;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/**
 * Each training is a task. The study travels once to every worker, and with it, where they do not share this machine's
 * files, the jars of this class path that are not Spark's.
 */
final class SparkWorkers implements Workers {
    private static final long MILLIS_BETWEEN = 20;

    private final String master;

    // One training, on a worker.
    private record Task(Broadcast<SharedStudy> shared) implements Function<Job, Run> {
        @Override
        public Run call(Job job) {
            return shared.value().train(job, new TrainingObserver() {});
        }
    }

    SparkWorkers(String master) {
        this.master = master;
    }

    @Override
    public void run(Study study, List<Job> jobs, Runnable epoch, Consumer<Run> finished) {
        if (jobs.isEmpty()) {
            return;
        }
        try (JavaSparkContext context = new JavaSparkContext(configuration())) {
            Broadcast<SharedStudy> shared = context.broadcast(study.shared());
            List<JavaFutureAction<List<Run>>> running = new ArrayList<>();
            for (Job job : jobs) {
                running.add(context.parallelize(List.of(job), 1)
                        .map(new Task(shared))
                        .collectAsync());
            }
            while (!running.isEmpty()) {
                Iterator<JavaFutureAction<List<Run>>> each = running.iterator();
                while (each.hasNext()) {
                    JavaFutureAction<List<Run>> one = each.next();
                    if (one.isDone()) {
                        one.get().forEach(finished);
                        each.remove();
                    }
                }
                Thread.sleep(MILLIS_BETWEEN);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("Spark: " + firstLine(e.getCause()), e);
        } catch (UncheckedIOException e) {
            // A result could not be kept: no fault of Spark's.
            throw e;
        } catch (Exception e) {
            // Among them Spark's checked ones, which it throws unannounced.
            throw new IllegalStateException("Spark: " + firstLine(e), e);
        }
    }

    private static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString());
    }

    private SparkConf configuration() {
        SparkConf configuration = new SparkConf()
                .setAppName("hillock study")
                .setMaster(master)
                .set("spark.ui.enabled", "false");
        List<String> path = Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator));
        if (master.startsWith("local")) {
            configuration
                    .set("spark.driver.bindAddress", "127.0.0.1")
                    .set("spark.driver.host", "127.0.0.1")
                    .set("spark.executor.extraClassPath", String.join(File.pathSeparator, own(path)));
        } else {
            configuration.setJars(
                    own(path).stream().filter(entry -> entry.endsWith(".jar")).toArray(String[]::new));
        }
        return configuration;
    }

    // Without the jars that every Spark home has, of whatever version: two of one kind would not agree.
    private static List<String> own(List<String> path) {
        String home = System.getenv("SPARK_HOME");
        String[] jars = home == null ? null : new File(home, "jars").list();
        if (jars == null) {
            return path;
        }
        Set<String> known = Arrays.stream(jars).map(SparkWorkers::artifact).collect(Collectors.toSet());
        return path.stream()
                .filter(entry -> !known.contains(artifact(new File(entry).getName())))
                .toList();
    }

    // A jar's name without its version.
    private static String artifact(String file) {
        return file.replaceAll("-[0-9].*$", "");
    }
}
