package dev.hillock.model.scan;

import dev.hillock.advice.Advisor;
import dev.hillock.advice.Pairing;
import dev.hillock.advice.Symptom;
import dev.hillock.advice.Task;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What to say about the activations of a model, one sentence each. */
final class Advice {
    private static final Set<String> GELUS = Set.of("gelu", "gelu_tanh", "gelu_sigmoid");
    private static final Set<String> DYING = Set.of("relu", "relu6", "hardswish");

    private Advice() {}

    static List<String> of(Model model) {
        Set<String> names = new TreeSet<>();
        for (Use use : model.uses()) {
            if (use.hillock() != null) {
                names.add(use.hillock().replaceAll("\\(.*", ""));
            }
        }
        Set<String> advice = new LinkedHashSet<>();
        if (model.output() != null && model.loss() != null) {
            advice.addAll(Pairing.warnings(model.output(), model.loss(), model.outputs()));
        }
        long gelus = names.stream().filter(GELUS::contains).count();
        if (gelus > 1) {
            advice.add("gelu, gelu_tanh and gelu_sigmoid are three functions: the model mixes " + gelus
                    + " of them; keep each as it was trained");
        }
        names.stream()
                .filter(DYING::contains)
                .findFirst()
                .ifPresent(name -> advice.add("units with " + name
                        + " can die: watch the share of dead units; if it grows, try "
                        + recommendation(Symptom.DEAD_UNITS).hidden() + " ("
                        + recommendation(Symptom.DEAD_UNITS).hiddenReason() + ")"));
        if (model.kind() != Model.Kind.RECURRENT && hidden(model, "sigmoid") + hidden(model, "tanh") > 1) {
            advice.add("sigmoid or tanh in hidden layers saturates: try "
                    + recommendation(Symptom.SATURATION).hidden() + " ("
                    + recommendation(Symptom.SATURATION).hiddenReason() + ")");
        }
        Symptom kind = symptom(model.kind());
        if (kind != null && !names.contains(recommendation(kind).hidden())) {
            advice.add("usual for " + kind.word() + " models: "
                    + recommendation(kind).hidden() + ", "
                    + recommendation(kind).hiddenReason());
        }
        if (model.uses().stream().anyMatch(use -> use.hillock() == null)) {
            advice.add("for activations that Hillock does not have by name, see Activation.custom");
        }
        return new ArrayList<>(advice);
    }

    private static Advisor.Recommendation recommendation(Symptom symptom) {
        return Advisor.advise(Task.REGRESSION, Set.of(symptom));
    }

    private static Symptom symptom(Model.Kind kind) {
        return switch (kind) {
            case TRANSFORMER -> Symptom.TRANSFORMER;
            case CONVOLUTIONAL -> Symptom.CONVOLUTIONAL;
            case RECURRENT -> Symptom.RECURRENT;
            case OTHER -> null;
        };
    }

    // The output layer is no hidden one, and gates are meant to saturate.
    private static long hidden(Model model, String name) {
        long all = model.uses().stream()
                .filter(use -> name.equals(use.hillock()) && !use.layer().endsWith("(gates)"))
                .count();
        return Math.max(0, all - (name.equals(model.output()) ? 1 : 0));
    }
}
