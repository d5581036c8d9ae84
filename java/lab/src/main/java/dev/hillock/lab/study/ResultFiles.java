package dev.hillock.lab.study;

import dev.hillock.file.WholeFile;
import dev.hillock.model.JsonFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The results as files for other programs: {@code results.json} with everything, {@code results.csv} with a row a run. */
public final class ResultFiles {
    private static final String HEADER =
            "activation,seed,diverged,accuracy,validation_loss,training_loss,spikiness,largest_rise,dead_units,units,"
                    + "saturated,gradient_flow,millis_per_epoch";

    private ResultFiles() {}

    /** Writes the report and both files, each whole or as it was. */
    public static void write(StudyResult result, String report, Path folder) throws IOException {
        Files.createDirectories(folder);
        WholeFile.write(folder.resolve("results.json"), JsonFiles.text(json(result)));
        WholeFile.write(folder.resolve("results.csv"), csv(result));
        WholeFile.write(folder.resolve("report.html"), report);
    }

    static Map<String, Object> json(StudyResult result) {
        Study study = result.study();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("data", study.examples().name());
        all.put("trainingExamples", study.examples().split().train().rows());
        all.put("validationExamples", study.examples().split().test().rows());
        all.put("network", study.settings().network().describe());
        all.put("optimizer", study.settings().optimizer().create().describe());
        all.put("epochs", study.settings().epochs());
        all.put("batch", study.settings().batch());
        all.put("engine", study.settings().engine().word());
        all.put("machine", Machine.describe());
        all.put("seeds", study.seeds());
        all.put("baseline", result.baseline().candidate().name());
        all.put("seedNoise", number(result.seedNoise()));
        all.put("commonLoss", number(result.commonLoss()));
        all.put("summary", Words.summary(result));
        List<Object> activations = new ArrayList<>();
        List<Run> runs = new ArrayList<>();
        for (Comparison comparison : result.comparisons()) {
            activations.add(activation(comparison));
            runs.addAll(comparison.runs());
        }
        all.put("activations", activations);
        all.put("runs", runs);
        return all;
    }

    private static Map<String, Object> activation(Comparison comparison) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("activation", comparison.candidate().name());
        one.put(
                "layers",
                comparison.candidate().choices().stream().map(Choice::toString).toList());
        one.put("accuracy", sample(comparison.accuracy()));
        PairedTest versus = comparison.versus();
        if (versus != null) {
            Map<String, Object> test = new LinkedHashMap<>();
            test.put("pairs", versus.pairs());
            test.put("difference", versus.difference());
            test.put("low95", versus.low());
            test.put("high95", versus.high());
            test.put("p", versus.p());
            test.put("pCorrected", comparison.p());
            one.put("versusBaseline", test);
        }
        one.put("diverged", comparison.diverged());
        one.put("millisPerEpoch", number(comparison.timing().median() * 1e-6));
        one.put("activationShare", number(comparison.timing().activationShare()));
        one.put("epochsToCommonLoss", comparison.epochsToLoss());
        one.put("spikiness", sample(comparison.sample(Run::spikiness)));
        one.put("largestRise", sample(comparison.sample(Run::largestRise)));
        one.put("deadShare", sample(comparison.sample(Run::deadShare)));
        one.put("saturatedShare", sample(comparison.sample(Run::saturated)));
        one.put("gradientFlow", sample(comparison.sample(Run::gradientFlow)));
        return one;
    }

    private static Map<String, Object> sample(Sample sample) {
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("mean", number(sample.mean()));
        numbers.put("deviation", number(sample.deviation()));
        numbers.put("values", sample.values());
        return numbers;
    }

    // JSON has no NaN.
    private static Double number(double value) {
        return Double.isFinite(value) ? value : null;
    }

    static String csv(StudyResult result) {
        StringBuilder csv = new StringBuilder(HEADER).append("\n");
        for (Comparison comparison : result.comparisons()) {
            for (Run run : comparison.runs()) {
                boolean whole = !run.diverged();
                Object[] cells = {
                    quoted(run.activation()),
                    run.seed(),
                    run.diverged(),
                    run.accuracy(),
                    run.validationLoss(),
                    whole ? run.losses().get(run.losses().size() - 1) : null,
                    run.spikiness(),
                    run.largestRise(),
                    whole ? run.dead() : null,
                    whole ? run.units() : null,
                    run.saturated(),
                    run.gradientFlow(),
                    number(comparison.timing().median() * 1e-6)
                };
                for (int i = 0; i < cells.length; i++) {
                    csv.append(i == 0 ? "" : ",").append(cells[i] == null ? "" : cell(cells[i]));
                }
                csv.append("\n");
            }
        }
        return csv.toString();
    }

    private static String cell(Object value) {
        return value instanceof Double number ? String.format(Locale.ROOT, "%.6g", number) : value.toString();
    }

    // As RFC 4180 has it: a name may hold commas.
    private static String quoted(String text) {
        return text.matches("[A-Za-z0-9_.+:=() -]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
