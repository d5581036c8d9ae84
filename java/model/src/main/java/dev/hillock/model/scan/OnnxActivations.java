package dev.hillock.model.scan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The activations of an ONNX graph: operations that are one, and the usual ways to write one out in smaller ones. */
final class OnnxActivations {
    private final OnnxGraph graph;
    private final List<Use> uses = new ArrayList<>();
    private Model.Kind kind = Model.Kind.OTHER;
    private Named output = Named.of("", "identity");
    private int softmaxes;

    private OnnxActivations(OnnxGraph graph) {
        this.graph = graph;
    }

    static Model model(OnnxGraph graph, String producer) {
        OnnxActivations found = new OnnxActivations(graph);
        Set<String> written = new HashSet<>();
        for (OnnxGraph.Node node : graph.nodes) {
            found.note(node);
            Named named = found.named(node);
            if (named != null && written.add(node.layer() + "|" + node.op())) {
                found.add(node, named);
            }
        }
        // One softmax is an output; several are attention.
        if (found.softmaxes > 1 && found.kind == Model.Kind.OTHER) {
            found.kind = Model.Kind.TRANSFORMER;
        }
        return new Model(
                "ONNX",
                graph.name.isEmpty() ? producer : graph.name,
                found.kind,
                found.uses,
                found.output.hillock(),
                null,
                0,
                "");
    }

    private void note(OnnxGraph.Node node) {
        switch (node.op()) {
            case "Conv", "ConvTranspose" -> kind = Model.Kind.CONVOLUTIONAL;
            case "LSTM", "GRU", "RNN" -> kind = Model.Kind.RECURRENT;
            case "Attention", "MultiHeadAttention", "GroupQueryAttention" -> kind = Model.Kind.TRANSFORMER;
            case "Softmax" -> softmaxes++;
            default -> {
                return;
            }
        }
    }

    private void add(OnnxGraph.Node node, Named named) {
        String result = node.outputs().isEmpty() ? "" : node.outputs().get(0);
        // An activation makes as many elements as it reads.
        Long elements = graph.elements.getOrDefault(result, graph.elements.get(node.input(0)));
        if (elements != null) {
            graph.elements.put(result, elements);
        }
        uses.add(new Use(node.layer(), named, elements));
        if (graph.outputs.contains(result)) {
            output = named;
        }
    }

    private Named named(OnnxGraph.Node node) {
        String op = node.op();
        return switch (op) {
            case "Relu" -> Named.of(op, "relu");
            case "LeakyRelu" -> with(op, "leaky_relu(alpha=%s)", node.number("alpha", 0.01));
            case "PRelu" -> Named.of(op, "prelu");
            case "Elu" -> with(op, "elu(alpha=%s)", node.number("alpha", 1));
            case "Celu" -> with(op, "celu(alpha=%s)", node.number("alpha", 1));
            case "Selu" -> Named.of(op, "selu");
            case "Sigmoid" -> sigmoid(node);
            case "HardSigmoid" -> hardSigmoid(node);
            case "HardSwish" -> Named.of(op, "hardswish");
            case "Tanh" -> tanh(node);
            case "Softplus" -> leadsTo(node, "Tanh") ? null : Named.of(op, "softplus");
            case "Softsign" -> Named.of(op, "softsign");
            case "Softmax" -> Named.of(op, "softmax");
            case "LogSoftmax" -> Named.of(op, "log_softmax");
            case "Hardmax" -> Named.of(op, "hardmax");
            case "Mish" -> Named.of(op, "mish");
            case "Gelu" ->
                "tanh".equals(node.attributes().get("approximate")) ? Named.of(op, "gelu_tanh") : Named.of(op, "gelu");
            case "BiasGelu" -> Named.of(op, "gelu", "fused with the bias");
            case "FastGelu" -> Named.of(op, "gelu_tanh", "the tanh form");
            case "QuickGelu", "Swish" -> swish(op, node.number("alpha", op.equals("Swish") ? 1 : 1.702));
            case "Erf" -> Named.of(op, "gelu", "written out with Erf");
            case "ThresholdedRelu" -> with(op, "thresholded_relu(theta=%s)", node.number("alpha", 1));
            case "Shrink" -> with(op, "shrink(lambda=%s, bias=%s)", node.number("lambd", 0.5), node.number("bias", 0));
            case "Clip" -> clip(node);
            case "LSTM" -> Named.of(op, "tanh", "its cell; the gates are sigmoid");
            case "GRU" -> Named.of(op, "tanh", "its candidate; the gates are sigmoid");
            case "RNN" -> Named.of(op, "tanh");
            case "SwiGLU" -> Named.of(op, "swiglu");
            default -> null;
        };
    }

    private static Named with(String op, String form, double... values) {
        Object[] words = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                return new Named(op, null, "its parameters are not finite");
            }
            words[i] = (float) values[i];
        }
        return Named.of(op, String.format(Locale.ROOT, form, words));
    }

    private static Named swish(String op, double alpha) {
        if ((float) alpha == 1) {
            return Named.of(op, "silu");
        }
        return (float) alpha == 1.702f
                ? Named.of(op, "gelu_sigmoid", "x s(1.702 x)")
                : with(op, "swish_beta(beta=%s)", alpha);
    }

    // x * sigmoid(x) is silu, x * sigmoid(1.702 x) is gelu_sigmoid.
    private Named sigmoid(OnnxGraph.Node node) {
        if (multiplies(node, node.input(0))) {
            return Named.of("Sigmoid, Mul", "silu", "written out as x * Sigmoid(x)");
        }
        OnnxGraph.Node scale = graph.producer(node.input(0));
        if (scale != null && scale.op().equals("Mul")) {
            for (int i = 0; i < 2; i++) {
                Float factor = graph.constants.get(scale.input(1 - i));
                if (factor != null && multiplies(node, scale.input(i))) {
                    Named named = swish("Mul, Sigmoid, Mul", factor);
                    return new Named(named.original(), named.hillock(), "written out as x * Sigmoid(" + factor + " x)");
                }
            }
        }
        return Named.of("Sigmoid", "sigmoid");
    }

    private Named hardSigmoid(OnnxGraph.Node node) {
        double slope = node.number("alpha", 0.2);
        double offset = node.number("beta", 0.5);
        boolean sixth = Math.abs(slope - 1 / 6.0) < 1e-6 && offset == 0.5;
        if (sixth && multiplies(node, node.input(0))) {
            return Named.of("HardSigmoid, Mul", "hardswish", "written out as x * HardSigmoid(x)");
        }
        return sixth
                ? Named.of("HardSigmoid", "hardsigmoid")
                : with("HardSigmoid", "hardsigmoid(slope=%s, offset=%s)", slope, offset);
    }

    // tanh alone, mish as x * tanh(softplus(x)), or gelu's tanh form, whose tanh has 1 added and is then multiplied.
    private Named tanh(OnnxGraph.Node node) {
        OnnxGraph.Node before = graph.producer(node.input(0));
        if (before != null && before.op().equals("Softplus") && multiplies(node, before.input(0))) {
            return Named.of("Softplus, Tanh, Mul", "mish", "written out as x * Tanh(Softplus(x))");
        }
        for (OnnxGraph.Node next : readers(node)) {
            String other = next.input(0).equals(node.outputs().get(0)) ? next.input(1) : next.input(0);
            Float one = graph.constants.get(other);
            if (next.op().equals("Add") && one != null && one == 1) {
                return Named.of("Tanh", "gelu_tanh", "written out with Tanh");
            }
        }
        return Named.of("Tanh", "tanh");
    }

    private Named clip(OnnxGraph.Node node) {
        Float low = limit(node, "min", 1);
        Float high = limit(node, "max", 2);
        if (low == null && high == null) {
            return null;
        }
        if (low != null && low == 0 && high != null && high == 6) {
            return Named.of("Clip", "relu6");
        }
        if (low != null && low == 0 && high == null) {
            return Named.of("Clip", "relu");
        }
        if (low == null || high == null || !(low <= high) || low.isInfinite() || high.isInfinite()) {
            return new Named("Clip", "clamp", "");
        }
        return with("Clip", "clamp(min=%s, max=%s)", low, high);
    }

    private Float limit(OnnxGraph.Node node, String attribute, int input) {
        if (node.attributes().get(attribute) instanceof Float value) {
            return value;
        }
        return graph.constants.get(node.input(input));
    }

    private List<OnnxGraph.Node> readers(OnnxGraph.Node node) {
        return node.outputs().isEmpty()
                ? List.of()
                : graph.readers(node.outputs().get(0));
    }

    private boolean leadsTo(OnnxGraph.Node node, String op) {
        return readers(node).stream().anyMatch(next -> next.op().equals(op));
    }

    // Whether the result is multiplied with this value.
    private boolean multiplies(OnnxGraph.Node node, String value) {
        return !value.isEmpty()
                && readers(node).stream()
                        .anyMatch(next -> next.op().equals("Mul")
                                && (next.input(0).equals(value) || next.input(1).equals(value)));
    }
}
