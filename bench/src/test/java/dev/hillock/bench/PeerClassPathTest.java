package dev.hillock.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.hillock.Activation;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

/** A peer with libraries of its own, as ND4J, has nothing of Hillock beside it but the benchmark and the core. */
class PeerClassPathTest {
    private static URL home(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    @Test
    void aCaseNeedsNothingButTheCore() throws Exception {
        URL[] path = {home(Case.class), home(Activation.class)};
        try (URLClassLoader peer = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
            assertThrows(ClassNotFoundException.class, () -> peer.loadClass("dev.hillock.onednn.Dense"));
            Object task = peer.loadClass("dev.hillock.bench.Case")
                    .getConstructors()[0]
                    .newInstance(
                            "relu",
                            peer.loadClass("dev.hillock.catalogue.Direction").getEnumConstants()[0],
                            1,
                            8,
                            1);
            for (String question : new String[] {"isFused", "isOperation", "isLoss", "isOverRows"}) {
                assertEquals(false, task.getClass().getMethod(question).invoke(task), question);
            }
        }
    }
}
