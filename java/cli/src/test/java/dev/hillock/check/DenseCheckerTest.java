package dev.hillock.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hillock.Engine;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Dense layers keep their bound, and the bound is not so wide that it says nothing. */
class DenseCheckerTest {
    @Test
    void everyEngineWithProductsIsJudged() {
        int judged = 0;
        for (Contestant contestant : Contestant.available()) {
            List<AxisChecker.Result> results = DenseChecker.run(contestant);
            boolean hasProducts = contestant.engine().engine() == Engine.SCALAR
                    || contestant.engine().engine() == Engine.ONEDNN;
            assertEquals(hasProducts ? 2 : 0, results.size(), contestant.label());
            for (AxisChecker.Result result : results) {
                assertTrue(result.passed(), result.toString());
                assertTrue(result.maxShare() > 0.05, result.toString());
                judged++;
            }
        }
        assertTrue(judged >= 2);
    }

    @Test
    void bothNamesAskForIt() {
        assertTrue(DenseChecker.names(null));
        assertTrue(DenseChecker.names("dense_act"));
        assertTrue(DenseChecker.names("dense-gelu"));
        assertEquals(false, DenseChecker.names("gelu"));
    }
}
