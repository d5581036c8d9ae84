package dev.hillock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class ComplaintTest {
    @Test
    void anExceptionWithoutWordsIsNamed() {
        assertEquals("IllegalArgumentException", Complaint.of(new IllegalArgumentException()));
    }

    @Test
    void aFileIsNamedWithItsReason() {
        assertEquals("x: no such file", Complaint.of(new UncheckedIOException(new NoSuchFileException("x"))));
    }
}
