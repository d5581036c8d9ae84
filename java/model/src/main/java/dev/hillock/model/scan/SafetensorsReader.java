package dev.hillock.model.scan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hillock.model.JsonFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * safetensors: the header names tensors and no activation. Where its config.json lies beside it, that answers; else the
 * gated blocks are told by the names of their weights.
 */
final class SafetensorsReader implements ModelReader {
    private static final String CONFIG = "config.json";

    @Override
    public boolean accepts(byte[] start, long length) {
        return start.length > 8 && start[8] == '{' && length >= 10 && start[7] == 0 && start[6] == 0;
    }

    @Override
    public Model read(Path file) throws IOException {
        JsonNode header;
        try (Bounded in = new Bounded(file)) {
            long length = in.unsigned(8);
            header = JsonFiles.parse(in.bytes(length, JsonFiles.LONGEST_BYTES, "a header"));
            requireTensors(header, Files.size(file) - 8 - length);
        }
        Path config = file.resolveSibling(CONFIG);
        if (Files.isRegularFile(config)) {
            try (var stream = Files.newInputStream(config)) {
                JsonNode tree = JsonFiles.read(stream);
                if (HuggingFace.accepts(tree)) {
                    Model model = HuggingFace.model(tree);
                    return new Model(
                            "safetensors",
                            model.name(),
                            model.kind(),
                            model.uses(),
                            "safetensors names no activation: these are from the " + CONFIG + " beside it");
                }
            }
        }
        return new Model(
                "safetensors",
                "",
                Model.Kind.OTHER,
                gated(header),
                "safetensors names no activation: put the model's " + CONFIG + " beside it");
    }

    private static void requireTensors(JsonNode header, long dataBytes) {
        for (Map.Entry<String, JsonNode> entry : header.properties()) {
            if (entry.getKey().equals("__metadata__")) {
                continue;
            }
            JsonNode offsets = entry.getValue().path("data_offsets");
            long from = offsets.path(0).asLong(-1);
            long to = offsets.path(1).asLong(-1);
            if (from < 0 || to < from || to > dataBytes) {
                throw new IllegalArgumentException("safetensors: a tensor lies outside the file");
            }
        }
    }

    private static List<Use> gated(JsonNode header) {
        List<Use> uses = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : header.properties()) {
            String name = entry.getKey();
            if (name.endsWith("gate_proj.weight")) {
                long width = entry.getValue().path("shape").path(0).asLong(0);
                uses.add(new Use(
                        name.substring(0, Math.max(0, name.length() - ".gate_proj.weight".length())),
                        new Named("gated unit", null, "swiglu or geglu"),
                        width > 0 ? width : null));
            }
        }
        return uses;
    }
}
