package dev.hillock.npy;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the dictionary of a {@code .npy} header: exactly the keys {@code descr}, {@code fortran_order} and
 * {@code shape}. Nothing in it is trusted; whatever is not plainly a header is refused.
 */
final class NpyHeaderParser {
    static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    // More digits than any dimension can have, and few enough for a long.
    private static final int MAX_DIGITS = 18;

    private final String text;
    private int at;

    private NpyHeaderParser(String text) {
        this.text = text;
    }

    static NpyHeader parse(String text) throws NpyException {
        return new NpyHeaderParser(text).dictionary();
    }

    private NpyHeader dictionary() throws NpyException {
        String descr = null;
        Boolean fortranOrder = null;
        long[] shape = null;
        expect('{');
        while (!accept('}')) {
            String key = string();
            expect(':');
            if (key.equals("descr") && descr == null) {
                descr = descr();
            } else if (key.equals("fortran_order") && fortranOrder == null) {
                fortranOrder = bool();
            } else if (key.equals("shape") && shape == null) {
                shape = tuple();
            } else {
                throw new NpyException("not a .npy header: key '" + key + "' is not expected here");
            }
            if (!accept(',')) {
                expect('}');
                break;
            }
        }
        skipSpace();
        if (at != text.length()) {
            throw malformed("the end of the header");
        }
        if (descr == null || fortranOrder == null || shape == null) {
            throw new NpyException("not a .npy header: descr, fortran_order and shape are needed");
        }
        NpyHeader header = new NpyHeader(NpyType.of(descr), fortranOrder, shape);
        requireCountable(header);
        return header;
    }

    // The product of the dimensions, in bytes, must be a number.
    private static void requireCountable(NpyHeader header) throws NpyException {
        long[] shape = header.shape();
        for (long dimension : shape) {
            if (dimension == 0) {
                return;
            }
        }
        long bytes = header.type().bytes();
        for (long dimension : shape) {
            if (dimension > Long.MAX_VALUE / bytes) {
                throw new NpyException("shape " + header.shapeText() + " is too large");
            }
            bytes *= dimension;
        }
    }

    // A list describes records of several fields.
    private String descr() throws NpyException {
        skipSpace();
        if (at < text.length() && text.charAt(at) == '[') {
            throw new NpyException("element type of several fields is not supported");
        }
        return string();
    }

    private String string() throws NpyException {
        skipSpace();
        char quote = at < text.length() ? text.charAt(at) : 0;
        int end = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
        if (end < 0) {
            throw malformed("a quoted word");
        }
        String value = text.substring(at + 1, end);
        at = end + 1;
        if (value.length() > 64 || !value.chars().allMatch(c -> c > ' ' && c < 127 && c != '\\')) {
            throw malformed("a plain word");
        }
        return value;
    }

    private boolean bool() throws NpyException {
        skipSpace();
        for (String word : List.of("True", "False")) {
            if (text.startsWith(word, at)) {
                at += word.length();
                return word.equals("True");
            }
        }
        throw malformed("True or False");
    }

    private long[] tuple() throws NpyException {
        List<Long> values = new ArrayList<>();
        expect('(');
        boolean comma = true;
        while (!accept(')')) {
            if (!comma) {
                throw malformed("',' or ')'");
            }
            values.add(number());
            comma = accept(',');
        }
        if (values.size() == 1 && !comma) {
            throw new NpyException("not a .npy header: shape must be a tuple");
        }
        return values.stream().mapToLong(Long::longValue).toArray();
    }

    private long number() throws NpyException {
        skipSpace();
        int start = at;
        while (at < text.length() && Character.digit(text.charAt(at), 10) >= 0 && text.charAt(at) < 128) {
            at++;
        }
        if (start == at) {
            throw malformed("a dimension");
        }
        if (at - start > MAX_DIGITS) {
            throw new NpyException("shape is too large");
        }
        long value = Long.parseLong(text, start, at, 10);
        // NumPy under Python 2 wrote 3L.
        if (at < text.length() && text.charAt(at) == 'L') {
            at++;
        }
        return value;
    }

    private void expect(char c) throws NpyException {
        if (!accept(c)) {
            throw malformed("'" + c + "'");
        }
    }

    private boolean accept(char c) {
        skipSpace();
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void skipSpace() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\n')) {
            at++;
        }
    }

    private NpyException malformed(String wanted) {
        return new NpyException("not a .npy header: " + wanted + " expected at character " + at);
    }
}
