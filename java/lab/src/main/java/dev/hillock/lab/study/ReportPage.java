package dev.hillock.lab.study;

import dev.hillock.lab.chart.Figure;
import dev.hillock.lab.chart.Plot;
import dev.hillock.lab.chart.RowPlot;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/** A study as one page that needs nothing else: words first, then the table, the pictures, and how it was done. */
public final class ReportPage {
    private final StudyResult result;
    private final StringBuilder html = new StringBuilder();

    private ReportPage(StudyResult result) {
        this.result = result;
    }

    /** The page. */
    public static String of(StudyResult result) {
        return new ReportPage(result).page();
    }

    private String page() {
        add("<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'>");
        add("<meta name='viewport' content='width=device-width, initial-scale=1'>");
        add("<meta name='color-scheme' content='light dark'>");
        add("<title>Activation study: %s</title>", escape(names(", ")));
        add("<style>\n%s</style></head><body><main>", resource("report.css"));
        add("<h1>Which activation function?</h1>");
        add("<p>%s</p>", escape(what()));
        add("<section id='summary'><h2>In plain words</h2><ul>");
        Words.summary(result).forEach(sentence -> add("<li>%s</li>", escape(sentence)));
        add("</ul></section>");
        table();
        pictures();
        add("%s", resource("report-words.html"));
        conditions();
        seeds();
        add("</main></body></html>");
        return html.toString();
    }

    private String names(String between) {
        return String.join(
                between,
                result.comparisons().stream().map(c -> c.candidate().name()).toList());
    }

    private String what() {
        Study study = result.study();
        int count = result.comparisons().size();
        return Words.text(
                "The same neural network was trained on %s with %s: %s. Nothing else differed. Each was trained %s and"
                        + " then tested on %d examples that it had never seen. %s",
                study.examples().name(),
                count == 1 ? "one activation function" : count + " choices of activation function",
                names(", "),
                study.seeds() == 1
                        ? "once"
                        : study.seeds() + " times, from other random starting weights each time (\"seeds\"),",
                study.examples().split().test().rows(),
                count == 1 ? "" : "All are compared with the first, " + baseline() + ".");
    }

    private String baseline() {
        return result.baseline().candidate().name();
    }

    private void table() {
        add("<section id='table'><h2>The numbers</h2><div class='scroll'><table><thead><tr>");
        for (String head : List.of(
                "activation",
                "accuracy",
                "against " + baseline(),
                "p",
                "ms per epoch",
                "in the activation",
                "epochs to loss " + Words.text("%.2g", result.commonLoss()),
                "spikiness",
                "dead units",
                "saturated",
                "gradient flow")) {
            add("<th scope='col'>%s</th>", escape(head));
        }
        add("</tr></thead><tbody>");
        for (Comparison row : result.ranked()) {
            add(
                    "<tr%s><th scope='row'>%s</th>",
                    row.versus() == null ? " class='baseline'" : "",
                    escape(row.candidate().name()));
            cell(Words.percent(row.accuracy()));
            cell(row.versus() == null ? "baseline" : against(row.versus()));
            cell(row.versus() == null ? "" : Words.probability(row.p()));
            cell(number("%.1f", row.timing().median() * 1e-6));
            cell(Words.text("%.0f %%", 100 * row.timing().activationShare()));
            cell(row.epochsToLoss() == null ? "–" : row.epochsToLoss().toString());
            cell(number("%.2f", row.sample(Run::spikiness).mean()));
            cell(number("%.1f %%", 100 * row.sample(Run::deadShare).mean()));
            cell(number("%.0f %%", 100 * row.sample(Run::saturated).mean()));
            cell(number("%.2g", row.sample(Run::gradientFlow).mean()));
            add("</tr>");
        }
        add("</tbody></table></div></section>");
    }

    private static String against(PairedTest test) {
        if (test.difference() == null) {
            return "–";
        }
        String difference = Words.text("%+.2f", 100 * test.difference());
        return test.low() == null
                ? difference
                : difference + Words.text(" (%+.2f to %+.2f)", 100 * test.low(), 100 * test.high());
    }

    private static String number(String format, double value) {
        return Double.isFinite(value) ? Words.text(format, value) : "–";
    }

    private void cell(String words) {
        add("<td>%s</td>", escape(words));
    }

    private void pictures() {
        add("<section id='pictures'><h2>Pictures</h2><div class='figures'>");
        figure(
                "Accuracy",
                "One dot for each seed; the stroke is the mean, the bar one standard deviation to both sides. Where the"
                        + " bars lie over each other, the choice hardly matters.",
                rows("Accuracy", "% of the held-out examples", Run::accuracy, 100, "%.2f", false));
        RowPlot time = new RowPlot("Time per epoch", "ms, one thread").fromZero();
        for (Comparison c : result.comparisons()) {
            double[] millis = c.timing().nanosPerEpoch().stream()
                    .mapToDouble(nanos -> nanos * 1e-6)
                    .toArray();
            double median = c.timing().median() * 1e-6;
            time.row(c.candidate().name(), number("%.1f", median), millis, median, Double.NaN);
        }
        figure(
                "Time per epoch",
                "Measured afterwards, when nothing else of the study ran. Dots are epochs, the stroke is the middle one.",
                time.svg());
        figure(
                "Spikiness of the loss",
                "How much the loss climbs on its way down, defined below.",
                rows("Spikiness", "sum of rises / loss of guessing", Run::spikiness, 1, "%.2f", true));
        figure(
                "Dead units",
                "Units that are 0 for every training example at the end: they learn nothing any more.",
                rows("Dead units", "% of the units", Run::deadShare, 100, "%.1f", true));
        figure(
                "Saturated inputs",
                "Inputs at which the activation is nearly flat, so that hardly any gradient passes.",
                rows("Saturated inputs", "% of the inputs", Run::saturated, 100, "%.1f", true));
        curves(
                "Training loss",
                "Mean over the seeds. A low loss says that the training examples are learned by heart, not that new ones"
                        + " are recognised.",
                "loss",
                Run::losses,
                1,
                true);
        curves(
                "Accuracy while learning",
                "Of the held-out examples after each epoch, mean over the seeds.",
                "% right",
                Run::accuracies,
                100,
                false);
        gradients();
        add("</div></section>");
    }

    private String rows(
            String title, String label, Function<Run, Double> number, double scale, String format, boolean zero) {
        RowPlot plot = new RowPlot(title, label);
        if (zero) {
            plot.fromZero();
        }
        for (Comparison c : result.comparisons()) {
            double[] values =
                    Arrays.stream(c.sample(number).values()).map(v -> v * scale).toArray();
            Sample sample = new Sample(values);
            String words = sample.isEmpty()
                    ? "–"
                    : Words.text(format, sample.mean())
                            + (values.length > 1 ? " ± " + Words.text(format, sample.deviation()) : "");
            plot.row(c.candidate().name(), words, values, sample.mean(), sample.deviation());
        }
        return plot.svg();
    }

    private void curves(
            String title,
            String caption,
            String label,
            Function<Run, List<Double>> numbers,
            double scale,
            boolean log) {
        Plot plot = new Plot("", "epoch", label);
        if (log) {
            plot.logY();
        }
        for (Comparison c : result.comparisons()) {
            double[] curve = Arrays.stream(c.curve(numbers)).map(v -> v * scale).toArray();
            plot.line(c.candidate().name(), counting(curve.length), curve);
        }
        figure(title, caption, new Figure(title, "").add(plot).embedded());
    }

    private void gradients() {
        Plot plot = new Plot("", "activation layer, from the input", "length of the gradient")
                .logY()
                .wholeX();
        for (Comparison c : result.comparisons()) {
            int layers = c.candidate().choices().size();
            double[] means = new double[layers];
            for (int i = 0; i < layers; i++) {
                int at = i;
                means[i] = c.sample(run -> run.layers().isEmpty()
                                ? null
                                : Sample.of(run.layers().get(at).gradients()).mean())
                        .mean();
            }
            plot.line(c.candidate().name(), counting(layers), means);
        }
        figure(
                "Gradient flow",
                "How long the gradient is at each activation, mean over the training. A line that falls steeply to the"
                        + " left means that early layers hardly learn.",
                new Figure("Gradient flow", "").add(plot).embedded());
    }

    private static double[] counting(int length) {
        return DoubleStream.iterate(1, i -> i + 1).limit(length).toArray();
    }

    private void figure(String title, String caption, String svg) {
        add("<figure><h3>%s</h3>%s<figcaption>%s</figcaption></figure>", title, svg, caption);
    }

    private void conditions() {
        Study study = result.study();
        add("<section id='conditions'><h2>How it was done</h2><dl>");
        entry(
                "data",
                Words.text(
                        "%s: %d examples to learn from, %d held out, %s values each, %d classes",
                        study.examples().name(),
                        study.examples().split().train().rows(),
                        study.examples().split().test().rows(),
                        study.examples().split().train().shape(),
                        study.examples().split().train().outputs()));
        entry("network", study.settings().network().describe());
        entry(
                "training",
                Words.text(
                        "%d epochs, batches of %d, %s, the rate falling along a cosine",
                        study.settings().epochs(),
                        study.settings().batch(),
                        study.settings().optimizer().create().describe()));
        entry(
                "weights",
                "start as suits each activation (He, Xavier or LeCun); the order of the examples is the same"
                        + " for all activations of one seed");
        entry("engine", study.settings().engine().word() + " for activations, one thread for each training");
        entry("machine", Machine.describe());
        add("</dl></section>");
    }

    private void entry(String term, String words) {
        add("<dt>%s</dt><dd>%s</dd>", escape(term), escape(words));
    }

    private void seeds() {
        add("<details><summary>Every training</summary><div class='scroll'><table><thead><tr>");
        for (String head : List.of("activation", "seed", "accuracy", "training loss", "spikiness", "dead units")) {
            add("<th scope='col'>%s</th>", head);
        }
        add("</tr></thead><tbody>");
        for (Comparison c : result.comparisons()) {
            for (Run run : c.runs()) {
                add("<tr><th scope='row'>%s</th>", escape(run.activation()));
                cell(Long.toString(run.seed()));
                if (run.diverged()) {
                    add("<td colspan='4'>diverged: %s</td></tr>", escape(run.divergedAt()));
                    continue;
                }
                cell(Words.text("%.2f %%", 100 * run.accuracy()));
                cell(Words.text("%.4g", run.losses().get(run.losses().size() - 1)));
                cell(Words.text("%.2f", run.spikiness()));
                cell(run.dead() + " of " + run.units());
                add("</tr>");
            }
        }
        add("</tbody></table></div></details>");
        add(
                "<p>The same numbers for programs: <code>results.json</code>, <code>results.csv</code> beside this page.</p>");
    }

    private void add(String format, Object... arguments) {
        html.append(arguments.length == 0 ? format : Words.text(format, arguments))
                .append('\n');
    }

    private static String escape(String words) {
        return words.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("'", "&#39;")
                .replace("\"", "&quot;");
    }

    private static String resource(String name) {
        try (InputStream stream = ReportPage.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
