package dev.hillock.catalogue;

import static dev.hillock.GateLayout.GATE_FIRST;
import static dev.hillock.GateLayout.VALUE_FIRST;

import dev.hillock.GateLayout;
import java.util.List;
import java.util.NoSuchElementException;

/** The gated units: act(gate) * value. */
public final class GatedCatalogue {
    private static final String DERIVATIVE = "d gate = dy value act'(gate), d value = dy act(gate)";

    private static final List<GatedDefinition> UNITS = List.of(
            unit("glu", "sigmoid", VALUE_FIRST, "value / (1 + e^-gate)"),
            new GatedDefinition(
                    "swiglu",
                    List.of(),
                    "silu",
                    "swish_beta",
                    GATE_FIRST,
                    "gate s(beta gate) value",
                    DERIVATIVE,
                    Float.POSITIVE_INFINITY),
            unit("geglu", "gelu", GATE_FIRST, "gelu(gate) value"),
            unit("geglu_tanh", "gelu_tanh", GATE_FIRST, "gelu_tanh(gate) value"),
            unit("reglu", "relu", GATE_FIRST, "max(0, gate) value"),
            unit("bilinear", "identity", GATE_FIRST, "gate value"),
            new GatedDefinition(
                    "swiglu_clamped",
                    List.of(),
                    "gelu_sigmoid",
                    "gelu_sigmoid",
                    GATE_FIRST,
                    "g s(1.702 g) (v + 1), g = min(gate, 7), v = min(max(value, -7), 7)",
                    "d gate = dy (v + 1) act'(g), 0 if gate > 7; d value = dy act(g), 0 if |value| > 7;"
                            + " act(g) = g s(1.702 g)",
                    7));

    private GatedCatalogue() {}

    private static GatedDefinition unit(String name, String activation, GateLayout layout, String text) {
        return new GatedDefinition(
                name, List.of(), activation, activation, layout, text, DERIVATIVE, Float.POSITIVE_INFINITY);
    }

    /** Every gated unit. */
    public static List<GatedDefinition> units() {
        return UNITS;
    }

    /**
     * The unit of a name or alias, read as {@link Names} does.
     *
     * @throws NoSuchElementException naming the nearest known one if there is no such unit
     */
    public static GatedDefinition unit(String name) {
        String wanted = Names.normal(name);
        for (GatedDefinition unit : UNITS) {
            if (unit.names().anyMatch(known -> Names.normal(known).equals(wanted))) {
                return unit;
            }
        }
        throw Kind.unknown("function", name, UNITS.stream().flatMap(GatedDefinition::names));
    }
}
