package dev.hillock.model.scan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The config.json of Hugging Face: one activation for all blocks of a model, under one of several names. */
final class HuggingFace {
    private static final List<String> ACTIVATION = List.of(
            "hidden_activation", "hidden_act", "activation_function", "activation", "mlp_hidden_act", "dense_act_fn");
    private static final List<String> DEPTH =
            List.of("num_hidden_layers", "n_layer", "n_layers", "num_layers", "encoder_layers", "num_encoder_layers");
    private static final List<String> WIDTH =
            List.of("intermediate_size", "n_inner", "ffn_dim", "d_ff", "encoder_ffn_dim", "hidden_dim");
    private static final List<String> SIZE = List.of("hidden_size", "n_embd", "d_model", "dim");
    private static final List<String> PARTS =
            List.of("text_config", "vision_config", "audio_config", "encoder", "decoder", "llm_config");
    // Models whose blocks multiply the activation with a second projection.
    private static final Set<String> GATED = Set.of(
            "llama",
            "llama4",
            "llama4_text",
            "mistral",
            "mistral3",
            "mixtral",
            "qwen2",
            "qwen2_moe",
            "qwen2_vl",
            "qwen3",
            "qwen3_moe",
            "gemma",
            "gemma2",
            "gemma3",
            "gemma3_text",
            "gemma3n",
            "phi3",
            "phimoe",
            "stablelm",
            "cohere",
            "cohere2",
            "olmo",
            "olmo2",
            "olmoe",
            "deepseek_v2",
            "deepseek_v3",
            "internlm2",
            "minicpm",
            "baichuan",
            "granite",
            "granitemoe",
            "smollm3",
            "ernie4_5",
            "glm",
            "glm4",
            "exaone",
            "nomic_bert",
            "modernbert",
            "dbrx");
    private static final int DEEPEST = 4;
    private static final int MOST_LAYERS = 10_000;

    private HuggingFace() {}

    static boolean accepts(JsonNode tree) {
        return tree.has("model_type") || tree.has("architectures") || first(tree, ACTIVATION) != null;
    }

    static Model model(JsonNode tree) {
        List<Use> uses = new ArrayList<>();
        collect(tree, "", uses, 0);
        String type = tree.path("model_type").asText("");
        if (uses.isEmpty()) {
            throw new IllegalArgumentException(
                    "config.json of type '" + Named.ofOwnName(type).original() + "' names no activation");
        }
        boolean convolutional = tree.has("depths") || tree.has("image_size") && !tree.has("num_attention_heads");
        return new Model(
                "Hugging Face config",
                type,
                convolutional ? Model.Kind.CONVOLUTIONAL : Model.Kind.TRANSFORMER,
                uses,
                "");
    }

    private static void collect(JsonNode tree, String prefix, List<Use> uses, int depth) {
        JsonNode word = first(tree, ACTIVATION);
        String type = tree.path("model_type").asText("");
        Named named = null;
        if (tree.path("feed_forward_proj").isTextual()) {
            named = feedForward(tree.path("feed_forward_proj").asText());
        } else if (word != null) {
            named = GATED.contains(type) ? gated(word(word.asText(), type)) : word(word.asText(), type);
        }
        if (named != null) {
            blocks(tree, prefix, named, uses);
        }
        if (depth < DEEPEST) {
            for (String part : PARTS) {
                if (tree.path(part).isObject()) {
                    collect(tree.path(part), prefix + part.replace("_config", "") + ".", uses, depth + 1);
                }
            }
        }
    }

    private static void blocks(JsonNode tree, String prefix, Named named, List<Use> uses) {
        JsonNode depth = first(tree, DEPTH);
        long layers = depth == null ? 1 : depth.asLong(1);
        if (layers < 0 || layers > MOST_LAYERS) {
            throw new IllegalArgumentException("config.json with " + layers + " layers");
        }
        boolean attention = tree.has("num_attention_heads") || tree.has("n_head") || tree.has("num_heads");
        for (long i = 0; i < layers; i++) {
            String layer = depth == null ? prefix + "blocks" : prefix + "layers." + i;
            if (attention) {
                uses.add(new Use(layer + ".attention", Named.of("softmax", "softmax"), null));
                softCap(uses, layer + ".attention", tree.path("attn_logit_softcapping"));
            }
            uses.add(new Use(layer + ".mlp", named, width(tree)));
        }
        softCap(uses, prefix + "output", tree.path("final_logit_softcapping"));
    }

    private static void softCap(List<Use> uses, String layer, JsonNode cap) {
        if (cap.isNumber() && cap.asDouble() > 0 && Float.isFinite((float) cap.asDouble())) {
            uses.add(new Use(layer, Named.of("softcapping", "soft_cap(cap=" + cap.asDouble() + ")"), null));
        }
    }

    private static Long width(JsonNode tree) {
        JsonNode width = first(tree, WIDTH);
        if (width != null && width.canConvertToLong()) {
            return width.asLong() > 0 ? width.asLong() : null;
        }
        // Where no width is given it is four times the model's size.
        JsonNode size = first(tree, SIZE);
        return size != null && size.canConvertToInt() && size.asLong() > 0 ? 4 * size.asLong() : null;
    }

    private static JsonNode first(JsonNode tree, List<String> names) {
        for (String name : names) {
            JsonNode value = tree.path(name);
            if (value.isTextual() || value.isNumber()) {
                return value;
            }
        }
        return null;
    }

    // T5 writes "relu", "gated-gelu", "gated-silu".
    private static Named feedForward(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (lower.equals("gated-gelu")) {
            return Named.of(word, "geglu_tanh", "T5 means the tanh form");
        }
        return lower.startsWith("gated-") ? gated(word(lower.substring(6), "")) : word(word, "");
    }

    private static final Map<String, String> UNITS =
            Map.of("silu", "swiglu", "gelu", "geglu", "gelu_tanh", "geglu_tanh", "relu", "reglu", "sigmoid", "glu");

    private static Named gated(Named named) {
        String unit = named.hillock() == null ? null : UNITS.get(named.hillock());
        return unit == null ? named : Named.of(named.original(), unit, named.note());
    }

    private static Named word(String word, String type) {
        if (type.equals("gemma") && word.equals("gelu")) {
            return Named.of(word, "gelu_tanh", "Gemma's code runs the tanh form whatever this field says");
        }
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "gelu_new", "gelu_fast", "gelu_pytorch_tanh", "gelu_python_tanh", "gelu_accurate" ->
                Named.of(word, "gelu_tanh", "the tanh form");
            case "gelu_python" -> Named.of(word, "gelu");
            case "gelu_10" -> Named.of(word, "gelu", "clipped to [-10, 10] there");
            case "quick_gelu" -> Named.of(word, "gelu_sigmoid", "x s(1.702 x), neither of the other two GELUs");
            case "relu2" -> Named.of(word, "relu_squared");
            default -> Named.ofOwnName(word);
        };
    }
}
