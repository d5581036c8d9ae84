package dev.hillock.cli;

import java.util.List;
import java.util.stream.Collectors;

/** Pieces of Markdown. */
final class Markdown {
    private Markdown() {}

    /** Text as it is written, in a table too. */
    static String code(String text) {
        return "`" + text.replace("|", "\\|") + "`";
    }

    static String codes(List<String> texts) {
        return texts.stream().map(Markdown::code).collect(Collectors.joining(", "));
    }

    static String row(String... cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    /** The head of a table and the line below it. */
    static String head(String... cells) {
        return row(cells) + "|" + "---|".repeat(cells.length) + "\n";
    }
}
