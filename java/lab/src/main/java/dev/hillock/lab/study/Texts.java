package dev.hillock.lab.study;

import java.util.ArrayList;
import java.util.List;

/** Lists of functions as they are written on the command line, where a parameter list may hold the same sign. */
public final class Texts {
    private Texts() {}

    /** The parts between a sign, where it stands outside parentheses. */
    public static List<String> split(String text, char sign) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == sign && depth == 0) {
                parts.add(text.substring(start, i).trim());
                start = i + 1;
            }
        }
        parts.add(text.substring(start).trim());
        return parts;
    }
}
