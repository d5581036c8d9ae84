package dev.hillock.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The frameworks that users would pick instead, built by the Maven profile {@code peers} and by nothing else. */
public final class Peers {
    // ND4J needs an older JavaCPP than everybody else, so it has a class path of its own.
    private static final List<Path> CLASS_PATHS =
            List.of(Path.of("bench/peers/target/classpath.txt"), Path.of("bench/nd4j/target/classpath.txt"));

    private Peers() {}

    /** The directory of the checkout: {@code hillock.home}, else the working directory. */
    private static Path home() {
        return Path.of(System.getProperty("hillock.home", ""));
    }

    /** Whether the profile has been built. */
    public static boolean areBuilt() {
        return CLASS_PATHS.stream().allMatch(file -> Files.isReadable(home().resolve(file)));
    }

    /**
     * Starts their virtual machines.
     *
     * @throws IllegalStateException saying how to build them if they are not
     */
    static List<Contestant> start(int threads) {
        if (!areBuilt()) {
            throw new IllegalStateException("the peers are not built: run ci/peers");
        }
        List<Contestant> contestants = new ArrayList<>();
        try {
            for (Path file : CLASS_PATHS) {
                Path own = home().resolve(file).resolveSibling("classes");
                String classPath = own.toAbsolutePath()
                        + File.pathSeparator
                        + Files.readString(home().resolve(file)).trim();
                contestants.addAll(new PeerProcess(classPath, threads).contestants());
            }
            return contestants;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
