package dev.hillock.onednn;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Whether the tests of this module can run here. */
final class Drivers {
    private Drivers() {}

    /** Skips the tests with the reason when there is no driver; fails them where one is required. */
    static void required() {
        OneDnnLibrary library = OneDnnLibrary.get();
        if (!library.isLoaded()
                && List.of(System.getProperty("hillock.require", "").split(",")).contains("onednn")) {
            fail("hillock.require asks for onednn: " + library.reason(), library.cause());
        }
        Assumptions.assumeTrue(library.isLoaded(), library.reason());
    }
}
