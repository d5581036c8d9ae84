package dev.hillock.cli;

import java.io.PrintStream;

/**
 * Where a command writes.
 *
 * @param out results
 * @param err what is not a result: progress
 * @param terminal whether a person watches err
 */
public record Console(PrintStream out, PrintStream err, boolean terminal) {}
