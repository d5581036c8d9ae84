package dev.hillock.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hillock.file.WholeFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes a copy of a model description with another activation in one layer. */
@Command(
        name = "swap",
        description = "Writes a copy of a model description with another activation in one layer; nothing is trained.")
public final class SwapCommand implements Callable<Integer> {
    private final PrintStream out;

    @Parameters(index = "0", paramLabel = "MODEL.json", description = "a model description, or a profile's name")
    private Path model;

    @Parameters(index = "1", paramLabel = "layer:to", description = "a layer's name or number, and the activation")
    private String change;

    @Parameters(index = "2", paramLabel = "OUT.json", description = "the copy")
    private Path copy;

    /** A command that writes to this stream. */
    public SwapCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        int colon = change.lastIndexOf(':');
        if (colon < 1 || colon == change.length() - 1) {
            throw new IllegalArgumentException(
                    "argument '" + change + "' must be layer:activation, such as hidden:gelu");
        }
        WholeFile.requirePlace(copy);
        JsonNode tree = Profiles.read(model);
        String layer = change.substring(0, colon);
        String to = change.substring(colon + 1);
        String before;
        try {
            before = ModelDescription.swap(tree, layer, to);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(model + ": " + e.getMessage(), e);
        }
        WholeFile.write(copy, JsonFiles.text(tree));
        out.println("layer " + layer + ": " + before + " -> " + to + ", written to " + copy);
        return 0;
    }
}
