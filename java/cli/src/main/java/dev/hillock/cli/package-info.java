/** The command line: one class per command, and {@link dev.hillock.cli.Main} that finds and runs them. */
package dev.hillock.cli;
