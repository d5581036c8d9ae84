package dev.hillock.engine;

import dev.hillock.engine.RowAxisKernels.Rows;
import dev.hillock.kernel.ScalarAxis;
import dev.hillock.kernel.ScalarDoubleAxis;
import java.util.Map;

/** Functions over an axis in plain Java, with the native kernels' bits. */
final class ScalarAxisKernels {
    private ScalarAxisKernels() {}

    static AxisKernels create() {
        return new RowAxisKernels(
                Map.of(
                        "softmax", new Rows<>(() -> ScalarAxis::softmax, () -> ScalarAxis::softmaxBackward),
                        "log_softmax", new Rows<>(() -> ScalarAxis::logSoftmax, () -> ScalarAxis::logSoftmaxBackward)),
                Map.of(
                        "softmax", new Rows<>(() -> ScalarDoubleAxis::softmax, () -> ScalarDoubleAxis::softmaxBackward),
                        "log_softmax",
                                new Rows<>(
                                        () -> ScalarDoubleAxis::logSoftmax,
                                        () -> ScalarDoubleAxis::logSoftmaxBackward)),
                () -> ScalarAxis::logSumExp,
                () -> ScalarDoubleAxis::logSumExp);
    }
}
