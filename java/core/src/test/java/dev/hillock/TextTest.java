package dev.hillock;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What {@code toString} prints is read back. */
class TextTest {
    @Test
    void affineNamesItsParameters() {
        Activation f = Activation.affine(2, 1);
        assertEquals("affine(scale=2.0, shift=1.0)", f.toString());
        Activation back = Activation.of(f.toString());
        assertEquals(f, back);
        assertEquals(f.hashCode(), back.hashCode());
        float[] y = {3};
        Activation.of("Affine(scale=2)").forwardInPlace(y);
        assertArrayEquals(new float[] {6}, y);
        assertThrows(IllegalArgumentException.class, () -> Activation.of("affine(slope=2)"));
    }

    @Test
    void aChainIsReadLinkByLink() {
        Activation f = Activation.chain(Activation.affine(2, 1), Activation.leakyRelu(0.2), Activation.tanh());
        assertEquals("chain(affine(scale=2.0, shift=1.0), leaky_relu(alpha=0.2), tanh)", f.toString());
        assertEquals(f, Activation.of(f.toString()));
        assertThrows(IllegalArgumentException.class, () -> Activation.of("chain()"));
    }

    @Test
    void aGatedUnitHasAxisAndLayout() {
        GatedUnit f = GatedUnit.of("swiglu").axis(1).layout(GateLayout.VALUE_FIRST);
        assertEquals("swiglu(axis=1, layout=value_first)", f.toString());
        GatedUnit back = GatedUnit.of(f.toString());
        assertEquals(f.toString(), back.toString());
        assertEquals(GateLayout.VALUE_FIRST, back.layout());
        assertArrayEquals(new int[] {4, 3, 2}, back.outputShape(4, 6, 2));
        assertEquals("glu", GatedUnit.of("GLU").toString());
        assertEquals(
                "glu(layout=gate_first)", GatedUnit.of("glu(layout=Gate-First)").toString());
        assertEquals(
                "unknown layout 'sideways' (known: two_inputs, gate_first, value_first, interleaved_gate_first)",
                refused(() -> GatedUnit.of("glu(layout=sideways)")));
        assertEquals("glu: parameter axis must be a whole number", refused(() -> GatedUnit.of("glu(axis=0.5)")));
        assertEquals(
                "unknown parameter 'beta' of glu (nearest: axis, layout)", refused(() -> GatedUnit.of("glu(beta=1)")));
    }

    @Test
    void swigluHasABeta() {
        GatedUnit f = GatedUnit.of("SwiGLU(beta=2, axis=0)");
        assertEquals("swiglu(beta=2.0, axis=0)", f.toString());
        assertEquals(f.toString(), GatedUnit.of(f.toString()).toString());
        assertEquals(0, f.axis());
        float[] gate = {-1.5f, 0.25f};
        float[] value = {3, -2};
        float[] y = new float[2];
        f.forward(gate, value, y);
        float[] expected = new float[2];
        GatedUnit.of(Activation.of("swish_beta(beta=2)")).forward(gate, value, expected);
        assertArrayEquals(expected, y);
        assertEquals(Activation.silu(), GatedUnit.of("swiglu(beta=1)").activation());
        assertEquals("swiglu", GatedUnit.of("swiglu(beta=1)").toString());
        assertEquals(
                "unknown parameter 'alpha' of swiglu (nearest: beta, axis, layout)",
                refused(() -> GatedUnit.of("swiglu(alpha=1)")));
    }

    @Test
    void aParameterIsGivenOnce() {
        assertEquals("parameter 'alpha' is given twice", refused(() -> Activation.of("elu(alpha=1, alpha=2)")));
    }

    @Test
    void aLossHasReductionAndAxis() {
        Loss loss = Loss.of("huber(delta=2)").withReduction(Reduction.SUM);
        assertEquals("huber(delta=2.0, reduction=sum)", loss.toString());
        assertEquals(Reduction.SUM, Loss.of(loss.toString()).reduction());
        assertEquals(loss.toString(), Loss.of(loss.toString()).toString());
        Loss rows = Loss.of("kl_div(reduction=batch_mean)");
        assertEquals(Reduction.BATCH_MEAN, rows.reduction());
        assertEquals("kl_div(reduction=batch_mean)", rows.toString());
        Loss classes = Loss.of("cross_entropy").withAxis(-1);
        assertEquals("cross_entropy(axis=-1)", classes.toString());
        assertArrayEquals(new int[] {2, 3}, Loss.of(classes.toString()).lossShape(2, 3, 5));
        assertEquals("mse", Loss.of("mse").toString());
        assertEquals(
                "unknown reduction 'most' (known: mean, sum, none, batch_mean)",
                refused(() -> Loss.of("mse(reduction=most)")));
    }

    private static String refused(Executable call) {
        return assertThrows(IllegalArgumentException.class, call).getMessage();
    }
}
