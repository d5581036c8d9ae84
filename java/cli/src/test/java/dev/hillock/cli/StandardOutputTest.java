package dev.hillock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StandardOutputTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    // Of a command that printed and ended with a status.
    private int status(int ended, OutputStream to) {
        StandardOutput output = new StandardOutput(to);
        PrintStream out = new PrintStream(output, false, StandardCharsets.UTF_8);
        out.println("first");
        out.println("second");
        out.flush();
        return output.status(ended, new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private static OutputStream failing(String reason) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(reason);
            }
        };
    }

    @Test
    void aFullDiskIsSaidOnce() {
        assertEquals(Main.WRONG, status(Main.DONE, failing("No space left on device")));
        assertEquals(
                "hillock: standard output: No space left on device",
                err.toString(StandardCharsets.UTF_8).trim());
    }

    @Test
    void aDifferenceStaysOne() {
        assertEquals(Main.DIFFERENCE, status(Main.DIFFERENCE, failing("No space left on device")));
        assertTrue(err.size() > 0);
    }

    @Test
    void aClosedPipeEndsQuietly() {
        assertEquals(Main.DONE, status(Main.DONE, failing("Broken pipe")));
        assertEquals(0, err.size());
    }

    @Test
    void whatCanBeWrittenArrives() {
        ByteArrayOutputStream to = new ByteArrayOutputStream();
        assertEquals(Main.DONE, status(Main.DONE, to));
        assertEquals(
                "first|second",
                String.join("|", to.toString(StandardCharsets.UTF_8).lines().toList()));
        assertEquals(0, err.size());
    }
}
