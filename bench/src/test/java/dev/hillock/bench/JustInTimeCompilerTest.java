package dev.hillock.bench;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class JustInTimeCompilerTest {
    private static final String IDLE = "Current compiles: \n\nC1 compile queue:\nEmpty\n\nC2 compile queue:\nEmpty\n\n";
    private static final String METHOD = "   468       4       java.lang.String::hashCode (60 bytes)\n";

    @Test
    void isIdleWithNothingUnderAnyHeading() {
        assertFalse(JustInTimeCompiler.isBusy(IDLE));
    }

    @Test
    void isBusyWithAMethodBeingCompiled() {
        assertTrue(JustInTimeCompiler.isBusy(IDLE.replaceFirst("\n", "\nC2 CompilerThread0" + METHOD)));
    }

    @Test
    void isBusyWithAMethodThatWaits() {
        assertTrue(
                JustInTimeCompiler.isBusy(IDLE.replace("C2 compile queue:\nEmpty\n", "C2 compile queue:\n" + METHOD)));
    }

    @Test
    void hotSpotListsItsWork() {
        String work = JustInTimeCompiler.work().orElseThrow();
        assertTrue(work.contains("compiles:") && work.contains("compile queue:"), work);
    }
}
