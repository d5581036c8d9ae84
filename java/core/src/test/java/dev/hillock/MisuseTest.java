package dev.hillock;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hillock.binding.NativeLibrary;
import dev.hillock.engine.NativeEngine;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MisuseTest {
    private final Activation gelu = Activation.gelu();
    private final Kernels kernels = Kernels.defaults();
    private final float[] ten = new float[10];

    @Test
    void aMissingArgumentIsNamed() {
        says(NullPointerException.class, "x", () -> gelu.forward(null, ten));
        says(NullPointerException.class, "y", () -> gelu.forward(ten, null));
        says(NullPointerException.class, "dy", () -> gelu.backward(ten, null, ten));
        says(NullPointerException.class, "dx", () -> gelu.backward(ten, ten, null));
        says(NullPointerException.class, "f", () -> kernels.forward(null, ten, ten));
        says(NullPointerException.class, "y", () -> kernels.forward(gelu, FloatBuffer.allocate(1), null));
    }

    @Test
    void aMissingNameOrValueIsNamed() {
        Map<String, Double> none = null;
        Map<String, Double> withoutAlpha = new HashMap<>();
        withoutAlpha.put("alpha", null);
        says(NullPointerException.class, "text", () -> Activation.of(null));
        says(NullPointerException.class, "name", () -> Activation.of(null, Map.of()));
        says(NullPointerException.class, "values", () -> Activation.of("elu", none));
        says(NullPointerException.class, "alpha", () -> Activation.of("elu", withoutAlpha));
        says(NullPointerException.class, "next", () -> Activation.chain(gelu, (Activation[]) null));
        says(NullPointerException.class, "text", () -> Loss.of(null));
        says(NullPointerException.class, "values", () -> Loss.of("mse", none));
        says(NullPointerException.class, "text", () -> AxisFunction.of(null));
        says(NullPointerException.class, "values", () -> AxisFunction.of("softmax", none));
        says(NullPointerException.class, "text", () -> AxisOperation.of(null));
        says(NullPointerException.class, "values", () -> AxisOperation.of("softmin", none));
        says(NullPointerException.class, "name", () -> GatedUnit.of((String) null));
        says(NullPointerException.class, "word", () -> Engine.of(null));
        says(NullPointerException.class, "word", () -> Reduction.of(null));
    }

    @Test
    void aSizeBelowZeroIsRefused() {
        float[] six = new float[6];
        int[] shape = {-2, -3};
        Prelu shared = Prelu.shared(0.1f);
        says(
                IllegalArgumentException.class,
                "shape has a size below 0: [-2, -3]",
                () -> shared.forward(six, shape, six));
        says(IllegalArgumentException.class, "alphaShape has a size below 0", () -> Prelu.of(0, six, shape));
        Loss mse = Loss.of("mse");
        says(
                IllegalArgumentException.class,
                "shape has a size below 0",
                () -> mse.valueAndGradient(six, shape, six, null));
        says(IllegalArgumentException.class, "shape of weight has a size below 0", () -> mse.withWeight(six, shape));
    }

    @Test
    void aShapeOfMoreElementsThanThereCanBeIsNamed() {
        float[] one = {1};
        for (int[] shape : new int[][] {{1 << 30, 1 << 30, 16}, {1 << 30, 1 << 30, 4}}) {
            String words = "shape has too many elements: " + Arrays.toString(shape);
            refuses(words, () -> AxisFunction.softmax().forward(one, shape, one));
            refuses(words, () -> AxisOperation.of("softmin").forward(one, shape, one));
            refuses(words, () -> AxisOperation.of("logsumexp").outputShape(shape));
            refuses(words, () -> GatedUnit.of("swiglu").forward(one, shape, one));
            refuses(words, () -> GatedUnit.of("swiglu").outputShape(shape));
            refuses(words, () -> Prelu.shared(0.1f).forward(one, shape, one));
            refuses(words, () -> BiasedActivation.of(gelu).forward(one, one, shape, 0, one));
            refuses(words, () -> Loss.of("cross_entropy").valueAndGradient(one, shape, new int[1], one));
            refuses("alphaShape has too many elements: " + Arrays.toString(shape), () -> Prelu.of(0, one, shape));
        }
        int[] wide = {2, 1 << 30};
        refuses("crelu: the axis of shape [2, 1073741824] would become too long", () -> AxisOperation.of("crelu")
                .outputShape(wide));
        assertArrayEquals(
                new int[] {2, 4, 1 << 30}, GatedUnit.of("swiglu").axis(1).outputShape(2, 8, 1 << 30));
        int[] high = {2, 8, 1 << 30, 4};
        assertArrayEquals(
                new int[] {2, 4, 1 << 30, 4}, GatedUnit.of("swiglu").axis(1).outputShape(high));
        refuses(
                "x has 1 elements, the shape has 68719476736",
                () -> GatedUnit.of("swiglu").axis(1).forward(one, high, one));
    }

    private static void refuses(String words, Executable call) {
        says(IllegalArgumentException.class, words, call);
    }

    @Test
    void aShapeWithAZeroIsEmptyHoweverLongTheOthersAre() {
        float[] none = {};
        int most = Integer.MAX_VALUE;
        int[] shape = {most, most, most, 0};
        AxisFunction.softmax().axis(0).forward(none, shape, none);
        AxisOperation.of("softmin(axis=1)").forward(none, shape, none);
        BiasedActivation.of(gelu).forward(none, new float[2], new int[] {0, 2, most, most, most}, 1, none);
        GatedUnit.of("swiglu").axis(0).forward(none, new int[] {4, most, most, most, 0}, none);
        Prelu.shared(0.1f).forward(none, shape, none);
        assertTrue(Double.isNaN(Loss.of("mse").valueAndGradient(none, shape, none, none)));
    }

    @Test
    void anEmptyAxisIsNamedByTheShapeThatWasGiven() {
        float[] none = {};
        int[] shape = {3, 0};
        String words = "axis -1 of shape [3, 0] is empty";
        refuses(words, () -> AxisFunction.softmax().forward(none, shape, none));
        refuses(words, () -> AxisOperation.of("logsumexp").forward(none, shape, none));
        refuses(words, () -> AxisOperation.of("sparsemax").outputShape(shape));
        refuses("axis 3 of shape [2147483647, 2147483647, 2147483647, 0] is empty", () -> AxisFunction.softmax()
                .axis(3)
                .forward(none, new int[] {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, 0}, none));
    }

    @Test
    void classWeightsBelowZeroOrNotFiniteAreRefused() {
        Loss loss = Loss.of("cross_entropy");
        String words = ": weights are finite and at least 0";
        refuses("class weights[1] is NaN" + words, () -> loss.withClassWeights(1f, Float.NaN));
        refuses("class weights[0] is -0.5" + words, () -> loss.withClassWeights(-0.5, 1));
        refuses("class weights[2] is Infinity" + words, () -> loss.withClassWeights(0, 1, Double.POSITIVE_INFINITY));
        loss.withClassWeights(0f, -0f, 2f);
    }

    @Test
    void viewsOfBytesInTheWrongOrderAreRefusedOnTheHeapToo() {
        ByteOrder wrong =
                ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        ByteBuffer bytes = ByteBuffer.allocate(80).order(wrong);
        String words = ": byte order " + wrong + " is not the machine's, " + ByteOrder.nativeOrder();
        FloatBuffer floats = FloatBuffer.allocate(20);
        refuses("x" + words, () -> kernels.forward(gelu, bytes.asFloatBuffer(), floats));
        refuses(
                "x" + words,
                () -> kernels.forward(
                        gelu, bytes.asReadOnlyBuffer().order(wrong).asFloatBuffer(), floats));
        refuses("y" + words, () -> kernels.forward(gelu, floats, bytes.asFloatBuffer()));
        refuses("x" + words, () -> kernels.forward(gelu, bytes.asDoubleBuffer(), DoubleBuffer.allocate(10)));
        refuses(
                "y" + words,
                () -> kernels.forward(gelu, ElementType.FLOAT16, ShortBuffer.allocate(40), bytes.asShortBuffer()));
    }

    @Test
    void aLengthAtAnAddressEndsWithinMemory() {
        long address = 1L << 46;
        for (long length : new long[] {Long.MAX_VALUE, 1L << 62, (1L << 60) + 1}) {
            String words = "x: " + length + " elements of FLOAT32 reach past the end of memory";
            refuses(words, () -> kernels.forward(gelu, address, address, length));
            refuses(words, () -> kernels.backward(gelu, address, address, address, length));
            refuses(
                    "x: " + length + " elements of FLOAT64",
                    () -> kernels.forward(gelu, ElementType.FLOAT64, address, address, length));
        }
        refuses(
                "y: 16 elements of FLOAT32 reach past the end of memory",
                () -> kernels.forward(gelu, address, -32, 16));
        AxisLayout down = new AxisLayout(2, 4, 1, -4, 1);
        refuses(
                "x: 8 elements of FLOAT32 reach past the end of memory",
                () -> kernels.forward(AxisFunction.softmax(), down, 8, address));
        refuses(
                "x: 8 elements of FLOAT32 reach past the end of memory",
                () -> kernels.forward(AxisFunction.softmax(), new AxisLayout(2, 4, 1, 4, 1), -16, address));
    }

    @Test
    void aTemperatureOverAScaleThatIsNoFloatIsRefused() {
        String words = "softmax: temperature / scale must be at least 1.17549435E-38 and finite";
        says(IllegalArgumentException.class, words, () -> AxisFunction.of("softmax(temperature=1e-30, scale=1e30)"));
        says(IllegalArgumentException.class, words, () -> AxisFunction.of("softmax(temperature=1e30, scale=1e-30)"));
    }

    @Test
    void aRangeOutsideTheArraySaysRangeAndLength() {
        says(
                IndexOutOfBoundsException.class,
                "x: range [8, +3) in 10 elements",
                () -> gelu.forward(ten, 8, new float[3], 0, 3));
        says(IndexOutOfBoundsException.class, "y: range", () -> gelu.forward(ten, 0, new float[3], 1, 3));
        says(IndexOutOfBoundsException.class, "x: range", () -> gelu.forward(ten, -1, ten, -1, 3));
        says(IndexOutOfBoundsException.class, "x: length -1 is negative", () -> gelu.forward(ten, 0, ten, 0, -1));
        says(
                IndexOutOfBoundsException.class,
                "x: range",
                () -> gelu.forward(ten, Integer.MAX_VALUE, ten, 0, Integer.MAX_VALUE));
        says(
                IndexOutOfBoundsException.class,
                "x: range",
                () -> gelu.forward(new float[0], Integer.MAX_VALUE, new float[1 << 16], 0, 1 << 16));
        says(IndexOutOfBoundsException.class, "y: range", () -> gelu.forward(ten, 0, ten, Integer.MAX_VALUE, 3));
        says(IndexOutOfBoundsException.class, "dx: range", () -> gelu.backward(ten, 0, ten, 0, new float[2], 0, 3));
    }

    @Test
    void lengthsThatDifferAreRefused() {
        says(IllegalArgumentException.class, "y has 9 elements", () -> gelu.forward(ten, new float[9]));
        says(IllegalArgumentException.class, "dx has 9", () -> gelu.backward(ten, ten, new float[9]));
    }

    @Test
    void partialOverlapIsRefusedBeforeAnythingIsWritten() {
        float[] x = {1, 2, 3, 4, 5};
        says(IllegalArgumentException.class, "overlap", () -> gelu.forward(x, 0, x, 1, 3));
        says(IllegalArgumentException.class, "overlap", () -> gelu.backward(ten, 0, x, 2, x, 0, 3));
        assertArrayEquals(new float[] {1, 2, 3, 4, 5}, x);
        gelu.forward(x, 0, x, 3, 2);
        says(
                IllegalArgumentException.class,
                "overlap",
                () -> kernels.forward(gelu, FloatBuffer.wrap(x, 0, 3), FloatBuffer.wrap(x, 1, 3)));
    }

    @Test
    void directBuffersThatOverlapInPartAreRefusedWhereTheirAddressesAreKnown() {
        assumeTrue(NativeLibrary.get().calls() != null, "no native library, and so no addresses");
        FloatBuffer direct = direct(8);
        says(
                IllegalArgumentException.class,
                "overlap",
                () -> kernels.forward(gelu, direct.slice(0, 4), direct.slice(1, 4)));
    }

    @Test
    void buffersOfTheWrongKindAreRefused() {
        FloatBuffer swapped = ByteBuffer.allocateDirect(16)
                .order(
                        ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
                                ? ByteOrder.BIG_ENDIAN
                                : ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        says(
                IllegalArgumentException.class,
                "byte order",
                () -> kernels.forward(gelu, swapped, FloatBuffer.allocate(4)));
        assertThrows(
                ReadOnlyBufferException.class,
                () -> kernels.forward(
                        gelu, FloatBuffer.allocate(4), FloatBuffer.allocate(4).asReadOnlyBuffer()));
        FloatBuffer y = FloatBuffer.allocate(4);
        kernels.forward(gelu, FloatBuffer.wrap(new float[] {1, 2, 3, 4}).asReadOnlyBuffer(), y);
        assertEquals(0.8413447f, y.get(0), 1e-6f);
    }

    @Test
    void zeroLengthDoesNothing() {
        gelu.forward(new float[0], new float[0]);
        gelu.forward(ten, 10, ten, 10, 0);
        kernels.forward(gelu, direct(0), direct(0));
    }

    @Test
    void unknownNamesAnswerWithTheNearest() {
        says(NoSuchElementException.class, "unknown function 'gelo' (nearest: gelu)", () -> Activation.of("gelo"));
        says(
                IllegalArgumentException.class,
                "unknown parameter 'bet' of elu",
                () -> Activation.of("elu", Map.of("bet", 1)));
        says(IllegalArgumentException.class, "must be finite", () -> Activation.elu(Double.POSITIVE_INFINITY));
        says(IllegalArgumentException.class, "is NaN", () -> Activation.elu(Double.NaN));
        says(IllegalArgumentException.class, "not a number", () -> Activation.of("elu(alpha=x)"));
        says(IllegalArgumentException.class, "unknown engine 'gpu' (known: auto, native", () -> Engine.of("gpu"));
        says(IllegalArgumentException.class, "threads", () -> Kernels.builder().threads(0));
    }

    @Test
    void aNameOfAnotherClassSaysWhich() {
        String softmax = "unknown function 'softmax' (softmax is a function over an axis: use AxisFunction)";
        says(NoSuchElementException.class, softmax, () -> Activation.of("softmax"));
        says(NoSuchElementException.class, softmax, () -> AxisOperation.of("softmax"));
        says(
                NoSuchElementException.class,
                "unknown function 'Sparsemax' (Sparsemax is an operation over an axis: use AxisOperation)",
                () -> AxisFunction.of("Sparsemax"));
        says(
                NoSuchElementException.class,
                "(prelu is a function with learned slopes: use Prelu)",
                () -> Activation.of("prelu"));
        says(NoSuchElementException.class, "(swiglu is a gated unit: use GatedUnit)", () -> Activation.of("swiglu"));
        says(NoSuchElementException.class, "(mse is a loss: use Loss)", () -> Activation.of("mse"));
        says(NoSuchElementException.class, "(bias_act is a fused operation: ", () -> Activation.of("bias_act"));
        says(
                NoSuchElementException.class,
                "unknown loss 'relu' (relu is an element-wise function: use Activation)",
                () -> Loss.of("relu"));
        says(NoSuchElementException.class, "(relu is an element-wise", () -> GatedUnit.of("relu"));
    }

    @Test
    void anApproximationOfGeluIsNamed() {
        String words = "parameter 'approximate' is 'none' or 'tanh', not '";
        refuses(words + "foo'", () -> Activation.of("gelu(approximate=foo)"));
        refuses(words + "2.0'", () -> Activation.of("gelu", Map.of("approximate", 2.0)));
        assertEquals(Activation.geluTanh(), Activation.of("gelu(approximate=tanh)"));
        assertEquals(gelu, Activation.of("gelu(approximate=none)"));
    }

    @Test
    void aFunctionWithoutLearnedParametersSaysSo() {
        refuses("gelu has no gradient of a parameter beta (it has none)", () -> gelu.backward(ten, ten, ten, "beta"));
        refuses("(it has: beta)", () -> Activation.swish(2).backward(ten, ten, ten, "alpha"));
    }

    @Test
    void aNameOfTheCatalogueIsTaken() {
        for (String name : new String[] {"gelu", "GELU", "softmax", "affine", "chain"}) {
            refuses("'" + name + "' is taken", () -> Activation.custom(name, x -> x, x -> 1));
        }
    }

    @Test
    void parametersOutsideTheirMeaningAreRefused() {
        says(
                IllegalArgumentException.class,
                "softplus: parameter beta must be above 0",
                () -> Activation.of("softplus(beta=-2)"));
        says(IllegalArgumentException.class, "beta must be above 0", () -> Activation.softplus(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "focal(alpha=5) | focal: parameter alpha must be at most 1",
                "huber(delta=0) | huber: parameter delta must be above 0",
                "huber(delta=-1) | huber: parameter delta must be above 0",
                "cosine(eps=-1) | cosine: parameter eps must be at least 0",
                "quantile(q=1.5) | quantile: parameter q must be at most 1",
                "cross_entropy(label_smoothing=1.5) | cross_entropy: parameter label_smoothing must be at most 1",
                "bce_with_logits(label_smoothing=2) | parameter label_smoothing must be at most 1",
                "cross_entropy(ignore_index=2.5) | cross_entropy: parameter ignore_index must be a whole number",
                "nll(ignore_index=0.5) | nll: parameter ignore_index must be a whole number",
                "multi_margin(p=0.5) | multi_margin: parameter p must be 1 or 2",
                "poisson_nll(log_input=3) | poisson_nll: parameter log_input must be 0 or 1",
                "poisson_nll(full=0.5) | poisson_nll: parameter full must be 0 or 1",
                "gaussian_nll(full=2) | gaussian_nll: parameter full must be 0 or 1",
                "kl_div(log_target=2) | kl_div: parameter log_target must be 0 or 1"
            })
    void parametersOfLossesOutsideTheirMeaningAreRefused(String loss, String words) {
        says(IllegalArgumentException.class, words, () -> Loss.of(loss));
    }

    @Test
    void numbersThatALossDoesNotTakeAreRefused() {
        float[] low = {1, -2};
        float[] fine = {1, 1};
        says(
                IllegalArgumentException.class,
                "gaussian_nll takes variances of at least 0: variance[1] is -2.0",
                () -> Loss.of("gaussian_nll").compute(fine, null, fine, null, low, null, null));
        Loss msle = Loss.of("msle");
        says(IllegalArgumentException.class, "msle takes values above -1: x[1] is -2.0", () -> msle.value(low, fine));
        says(IllegalArgumentException.class, "targets[1] is -2.0", () -> msle.value(fine, low));
    }

    @Test
    void anEngineThatIsNotAvailableIsRefusedWhenTheKernelsAreBuilt() {
        Kernels.Builder builder = Kernels.builder().engine(NativeEngine.on("abacus"));
        says(IllegalStateException.class, "engine native is not available: ", builder::build);
    }

    @Test
    void aSlopeThatTheOutputCannotGiveIsRefused() {
        says(
                IllegalStateException.class,
                "gelu: the slope cannot be computed from the output",
                () -> gelu.backwardFromOutput(ten, ten, new float[10]));
        assertThrows(IllegalStateException.class, () -> Activation.leakyRelu(-0.5)
                .backwardFromOutput(ten, ten, new float[10]));
    }

    @Test
    void aRefusedCallWritesNothing() {
        float[] y = new float[3];
        Arrays.fill(y, 7);
        assertThrows(IllegalArgumentException.class, () -> gelu.forward(ten, y));
        assertArrayEquals(new float[] {7, 7, 7}, y);
    }

    static FloatBuffer direct(int length) {
        return ByteBuffer.allocateDirect(length * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    private static void says(Class<? extends Throwable> type, String words, Executable call) {
        Throwable thrown = assertThrows(type, call);
        assertTrue(thrown.getMessage().contains(words), () -> "said: " + thrown.getMessage());
    }
}
