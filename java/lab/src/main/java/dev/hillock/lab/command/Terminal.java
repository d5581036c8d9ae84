package dev.hillock.lab.command;

import java.io.PrintStream;

/**
 * Where a command writes.
 *
 * @param out results
 * @param err progress
 * @param person whether a person watches err, so that a progress bar makes sense
 */
public record Terminal(PrintStream out, PrintStream err, boolean person) {}
