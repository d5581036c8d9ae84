package dev.hillock.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

class VectorLoopTest {
    // HotSpot's FreqInlineSize.
    private static final int LARGEST_INLINED = 325;

    @Test
    void theLoopOverVectorsIsTooLargeToBeInlined() throws Exception {
        String code = disassembled(VectorLoop.class);
        String method = code.substring(code.indexOf(" int whole("));
        // "     344: ireturn"
        Matcher end = Pattern.compile(" (\\d+): ireturn").matcher(method);
        assertTrue(end.find());
        int size = Integer.parseInt(end.group(1)) + 1;
        assertTrue(size > LARGEST_INLINED, size + " bytes");
    }

    private static String disassembled(Class<?> type) throws Exception {
        Path classes =
                Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        StringWriter out = new StringWriter();
        int status = ToolProvider.findFirst("javap")
                .orElseThrow()
                .run(
                        new PrintWriter(out),
                        new PrintWriter(System.err),
                        "-c",
                        "-p",
                        "-cp",
                        classes.toString(),
                        type.getName());
        assertEquals(0, status);
        return out.toString();
    }
}
