package dev.hillock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** One call of the command line in this process: its exit status and what it printed. */
record Call(int status, String out, String err) {
    static Call of(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Main.run(
                args,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Call(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The call's words in one string. */
    static Call line(String words) {
        return of(words.isEmpty() ? new String[0] : words.split(" "));
    }

    Call succeeds() {
        assertEquals("", err);
        assertEquals(0, status, out);
        return this;
    }

    /** The one line on standard error of a call that was wrong, without the program's name. */
    String complaint() {
        assertEquals(2, status, err);
        assertEquals("", out);
        assertEquals(1, err.lines().count(), err);
        assertEquals("hillock: ", err.substring(0, 9));
        return err.substring(9).trim();
    }
}
