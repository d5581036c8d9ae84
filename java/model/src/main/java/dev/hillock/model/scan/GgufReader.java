package dev.hillock.model.scan;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * GGUF: the metadata names the architecture, and the architecture has the activation. Only the metadata is read;
 * vocabularies and weights are skipped.
 */
final class GgufReader implements ModelReader {
    private static final int LONGEST_KEY = 65535;
    private static final int LONGEST_VALUE = 1 << 16;
    private static final int STRING = 8;
    private static final int ARRAY = 9;
    private static final int FLOAT32 = 6;
    private static final int FLOAT64 = 12;
    private static final int DEEPEST = 4;
    private static final int MOST_BLOCKS = 10_000;
    private static final int MOST_KEPT = 100;
    private static final List<String> ASKED_FOR = List.of(
            "general.architecture",
            "general.name",
            ".block_count",
            ".feed_forward_length",
            ".attn_logit_softcapping",
            ".final_logit_softcapping");
    // By GGUF's numbers for types; 0 for those that say their own length.
    private static final int[] BYTES = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};

    // The feed-forward block of each architecture: a gated unit, or one function.
    private static final Map<String, String> BLOCKS = new HashMap<>();

    static {
        for (String name :
                ("llama llama4 mistral mistral3 mixtral qwen qwen2 qwen2moe qwen2vl qwen3 qwen3moe phi3 phimoe "
                                + "stablelm command-r cohere2 olmo olmo2 olmoe deepseek deepseek2 internlm2 minicpm minicpm3 baichuan "
                                + "xverse orion dbrx arctic chatglm exaone granite granitemoe plamo plamo2 refact smollm3 ernie4_5 "
                                + "glm4 bailingmoe nomic-bert lfm2 jais hunyuan-moe hunyuan-dense")
                        .split(" ")) {
            BLOCKS.put(name, "swiglu");
        }
        for (String name : "gemma gemma2 gemma3 gemma3n jina-bert-v2 grok".split(" ")) {
            BLOCKS.put(name, "geglu_tanh");
        }
        for (String name : "gpt2 gptj phi2 bloom starcoder starcoder2 codeshell".split(" ")) {
            BLOCKS.put(name, "gelu_tanh");
        }
        for (String name : "mpt falcon gptneox bert".split(" ")) {
            BLOCKS.put(name, "gelu");
        }
        BLOCKS.put("opt", "relu");
        BLOCKS.put("nemotron", "relu_squared");
        BLOCKS.put("t5", "geglu_tanh");
        BLOCKS.put("t5encoder", "geglu_tanh");
    }

    @Override
    public boolean accepts(byte[] start, long length) {
        return Scanner.startsWith(start, "GGUF");
    }

    @Override
    public Model read(Path file) throws IOException {
        try (Bounded in = new Bounded(file)) {
            in.skip(4);
            long version = in.unsigned(4);
            if (version != 2 && version != 3) {
                throw new IllegalArgumentException("GGUF version " + version + " is not supported");
            }
            in.count(in.unsigned(8), 1);
            return model(metadata(in));
        }
    }

    private static Map<String, Object> metadata(Bounded in) throws IOException {
        Map<String, Object> values = new HashMap<>();
        long entries = in.count(in.unsigned(8), 13);
        for (long i = 0; i < entries; i++) {
            String key = in.text(in.unsigned(8), LONGEST_KEY, "a key");
            Object value = value(in, (int) in.unsigned(4), 0);
            if (value != null && ASKED_FOR.stream().anyMatch(key::endsWith)) {
                values.put(key, value);
            }
            if (values.size() > MOST_KEPT) {
                throw new IllegalArgumentException("GGUF with more than " + MOST_KEPT + " architectures' values");
            }
        }
        return values;
    }

    // Words and whole numbers; null for what no one asks for. The first element stands for an array of numbers.
    private static Object value(Bounded in, int type, int depth) throws IOException {
        if (type == STRING) {
            long length = in.unsigned(8);
            if (length > LONGEST_VALUE) {
                in.skip(length);
                return null;
            }
            return in.text(length, LONGEST_VALUE, "a word");
        }
        if (type == ARRAY) {
            return array(in, depth);
        }
        if (type < 0 || type >= BYTES.length) {
            throw new IllegalArgumentException("GGUF value of unknown type " + Integer.toUnsignedString(type));
        }
        long bits = in.unsigned(BYTES[type]);
        return switch (type) {
            case FLOAT32 -> (double) Float.intBitsToFloat((int) bits);
            case FLOAT64 -> Double.longBitsToDouble(bits);
            default -> bits;
        };
    }

    private static Object array(Bounded in, int depth) throws IOException {
        int type = (int) in.unsigned(4);
        if (depth >= DEEPEST) {
            throw new IllegalArgumentException("GGUF arrays nested deeper than " + DEEPEST);
        }
        boolean fixed = type >= 0 && type < BYTES.length && BYTES[type] > 0;
        long count = in.count(in.unsigned(8), fixed ? BYTES[type] : 8);
        if (!fixed) {
            for (long i = 0; i < count; i++) {
                value(in, type, depth + 1);
            }
            return null;
        }
        if (count == 0) {
            return null;
        }
        Object first = value(in, type, depth + 1);
        in.skip((count - 1) * BYTES[type]);
        return first;
    }

    private static Model model(Map<String, Object> values) {
        if (!(values.get("general.architecture") instanceof String architecture)) {
            throw new IllegalArgumentException("GGUF without general.architecture");
        }
        Named block = BLOCKS.containsKey(architecture)
                ? Named.of(architecture, BLOCKS.get(architecture))
                : new Named(architecture, null, "the activation of this architecture is not known");
        long blocks = whole(values.get(architecture + ".block_count"));
        if (blocks > MOST_BLOCKS) {
            throw new IllegalArgumentException("GGUF with " + blocks + " blocks");
        }
        long width = whole(values.get(architecture + ".feed_forward_length"));
        List<Use> uses = new ArrayList<>();
        for (long i = 0; i < blocks; i++) {
            uses.add(new Use("blk." + i + ".attention", Named.of("softmax", "softmax"), null));
            softCap(uses, "blk." + i + ".attention", values.get(architecture + ".attn_logit_softcapping"));
            uses.add(new Use("blk." + i + ".ffn", block, width > 0 ? width : null));
        }
        softCap(uses, "output", values.get(architecture + ".final_logit_softcapping"));
        String name = values.get("general.name") instanceof String text ? text : "";
        return new Model(
                "GGUF",
                name,
                Model.Kind.TRANSFORMER,
                uses,
                "GGUF names no activation: it follows from the architecture, " + architecture);
    }

    private static long whole(Object value) {
        return value instanceof Long number && number > 0 ? number : 0;
    }

    private static void softCap(List<Use> uses, String layer, Object cap) {
        if (cap instanceof Double value && value > 0 && Double.isFinite(value)) {
            uses.add(new Use(layer, Named.of("softcapping", "soft_cap(cap=" + value + ")"), null));
        }
    }
}
