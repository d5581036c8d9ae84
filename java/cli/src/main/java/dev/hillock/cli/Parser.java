package dev.hillock.cli;

import dev.hillock.catalogue.Names;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Reads the words of a call into a command's fields, and says in the contract's words what it does not know. */
final class Parser {
    private Parser() {}

    static CommandLine parse(String name, Callable<Integer> command, String[] args) {
        CommandLine line = new CommandLine(command)
                .setCommandName("hillock " + name)
                .setExpandAtFiles(false)
                .setPosixClusteredShortOptionsAllowed(false)
                .setUnmatchedArgumentsAllowed(true)
                // So that -1 is a value; a word that looks like an option is found below.
                .setUnmatchedOptionsArePositionalParams(true);
        line.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("this page")
                        .build());
        // Before anything else is read, so that a misspelt option is not taken for a missing value.
        Arrays.stream(args)
                .takeWhile(word -> !word.equals("--"))
                .filter(Parser::looksLikeAnOption)
                .filter(word -> !isKnown(line, word))
                .findFirst()
                .ifPresent(word -> {
                    throw UsageException.unknown("option", word, Names.nearest(word, options(line)));
                });
        try {
            line.parseArgs(args);
        } catch (CommandLine.ParameterException e) {
            throw new UsageException(e.getMessage());
        }
        if (!line.getUnmatchedArguments().isEmpty() && !line.isUsageHelpRequested()) {
            throw new UsageException(
                    "argument '" + line.getUnmatchedArguments().get(0) + "' is not supported by " + name);
        }
        return line;
    }

    private static boolean looksLikeAnOption(String word) {
        return word.startsWith("--") && word.length() > 2
                || word.length() > 1 && word.charAt(0) == '-' && Character.isLetter(word.charAt(1)) && !isNumber(word);
    }

    private static boolean isNumber(String word) {
        return Stream.of("-inf", "-infinity", "-nan").anyMatch(word::equalsIgnoreCase);
    }

    private static boolean isKnown(CommandLine line, String word) {
        String option = word.startsWith("--") && word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
        return options(line).anyMatch(option::equals);
    }

    private static Stream<String> options(CommandLine line) {
        return line.getCommandSpec().options().stream().flatMap(option -> Arrays.stream(option.names()));
    }
}
