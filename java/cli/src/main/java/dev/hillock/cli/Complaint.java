package dev.hillock.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.NoSuchElementException;

/** The one line that a person reads when a command could not do what was asked. */
final class Complaint {
    private Complaint() {}

    static String of(Exception e) {
        String line = text(e);
        return line.lines()
                .map(String::trim)
                .filter(part -> !part.isEmpty())
                .findFirst()
                .orElse(e.toString())
                .replaceAll("\\p{Cntrl}", "?");
    }

    private static String text(Exception e) {
        if (e instanceof IOException io) {
            return file(io);
        }
        if (e instanceof UncheckedIOException unchecked) {
            return file(unchecked.getCause());
        }
        if (e instanceof UsageException
                || e instanceof IllegalArgumentException
                || e instanceof IllegalStateException
                || e instanceof NoSuchElementException) {
            return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        }
        return "internal error: " + e;
    }

    /** What went wrong with a file, without its name. */
    static String reason(IOException e) {
        if (e instanceof NoSuchFileException || e instanceof FileNotFoundException) {
            return "no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NotDirectoryException) {
            return "its folder is not a folder";
        }
        if (e instanceof FileSystemException file && file.getReason() != null) {
            return file.getReason();
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static String file(IOException e) {
        String name = e instanceof FileSystemException file ? file.getFile() : null;
        return name == null ? reason(e) : name + ": " + reason(e);
    }
}
