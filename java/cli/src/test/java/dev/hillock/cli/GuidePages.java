package dev.hillock.cli;

import static dev.hillock.cli.Markdown.code;

import dev.hillock.advice.Advisor;
import dev.hillock.advice.Advisor.Recommendation;
import dev.hillock.advice.Pairing;
import dev.hillock.advice.Symptom;
import dev.hillock.advice.Task;
import dev.hillock.catalogue.GatedCatalogue;
import dev.hillock.catalogue.GatedDefinition;
import dev.hillock.catalogue.Losses;
import dev.hillock.catalogue.Property;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;

/** The index and the two guides, from what advise and the pairing check say. */
final class GuidePages {
    private static final List<String> OUTPUTS =
            List.of("identity", "sigmoid", "softmax", "log_softmax", "relu", "tanh", "softplus");

    private GuidePages() {}

    static String index() {
        StringBuilder page = new StringBuilder(text("index.md"));
        section(page, "Element by element", "elementwise");
        section(page, "Over an axis", "axis");
        page.append("\n## Gated units\n\n").append(Markdown.head("name", "value", "gate"));
        for (GatedDefinition unit : GatedCatalogue.units()) {
            page.append(Markdown.row(page(unit.name()), code(unit.text()), page(unit.activation())));
        }
        section(page, "Losses", "loss");
        return page.append('\n').append(text("symbols.md")).toString();
    }

    private static void section(StringBuilder page, String title, String kind) {
        page.append("\n## ").append(title).append("\n\n");
        boolean elementwise = kind.equals("elementwise");
        page.append(
                elementwise
                        ? Markdown.head("name", "value", "range", "properties", "ULP", "ns")
                        : Markdown.head("name", "value"));
        for (Entry entry : Entry.all()) {
            if (entry.kind().equals(kind)) {
                page.append(
                        elementwise
                                ? Markdown.row(
                                        page(entry.name()),
                                        code(entry.formula()),
                                        code(entry.range()),
                                        words(entry),
                                        pair(
                                                Measured.maxUlp(entry.name(), "forward"),
                                                Measured.maxUlp(entry.name(), "backward")),
                                        pair(
                                                Measured.nanos(entry.name(), "forward"),
                                                Measured.nanos(entry.name(), "backward")))
                                : Markdown.row(page(entry.name()), code(entry.formula())));
            }
        }
    }

    private static String pair(String value, String slope) {
        return value.equals(slope) && value.equals("–") ? value : value + " / " + slope;
    }

    private static String words(Entry entry) {
        return entry.function() == null
                ? String.join(", ", entry.properties())
                : String.join(
                        ", ",
                        entry.function().properties().stream()
                                .map(Property::text)
                                .toList());
    }

    private static String page(String name) {
        return "[" + name + "](functions/" + name + ".md)";
    }

    static String choosing() {
        StringBuilder page = new StringBuilder(text("choosing.md"));
        page.append("\n## Hidden layers\n\n").append(Markdown.head("what you know or see", "use", "because"));
        page.append(hidden("nothing in particular", EnumSet.noneOf(Symptom.class)));
        for (Symptom symptom : Symptom.values()) {
            page.append(hidden(code(symptom.word()), EnumSet.of(symptom)));
        }
        page.append("\nThe words are those of `./hillock advise TASK SYMPTOM…`.\n");
        page.append("\n## Output layers\n\n").append(Markdown.head("task", "output", "loss", "mind"));
        for (Task task : Task.values()) {
            page.append(Markdown.row(
                    code(task.word()),
                    FunctionPage.linked(task.output(), "functions/"),
                    page(task.loss()),
                    task.note()));
        }
        return page.append('\n').append(text("rules.md")).toString();
    }

    private static String hidden(String words, EnumSet<Symptom> symptoms) {
        Recommendation advice = Advisor.advise(Task.MULTI_CLASS, symptoms);
        return Markdown.row(words, page(advice.hidden()), advice.hiddenReason());
    }

    static String pairing() {
        StringBuilder page = new StringBuilder(text("pairing.md"));
        page.append("\n## Pairs that belong together\n\n").append(Markdown.head("task", "output", "loss", "mind"));
        for (Task task : Task.values()) {
            page.append(Markdown.row(
                    task.word().replace('-', ' '),
                    FunctionPage.linked(task.output(), "functions/"),
                    page(task.loss()),
                    task.note()));
        }
        page.append("\n## Pairs that are warned of\n\n").append(Markdown.head("output", "loss", "outputs", "warning"));
        for (String output : OUTPUTS) {
            for (var loss : Losses.all()) {
                List<String> always = Pairing.warnings(output, loss.name(), 2);
                always.forEach(words -> page.append(Markdown.row(page(output), page(loss.name()), "any", words)));
            }
        }
        Pairing.warnings("softmax", "mse", 1)
                .forEach(words -> page.append(Markdown.row(page("softmax"), "any", "1", words)));
        return page.toString();
    }

    private static String text(String name) {
        String path = "docs/" + name;
        try (InputStream stream = GuidePages.class.getResourceAsStream(path)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(String.format(Locale.ROOT, "%s", path), e);
        }
    }
}
