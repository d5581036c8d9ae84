package dev.hillock.engine;

import dev.hillock.AxisLayout;
import dev.hillock.ElementType;
import dev.hillock.catalogue.AxisDefinition;
import dev.hillock.catalogue.Direction;
import dev.hillock.kernel.ScalarAxis;

/** Functions over an axis in plain Java, one row at a time, with the native kernels' bits. */
final class ScalarAxisKernels implements AxisKernels {
    @FunctionalInterface
    private interface Forward {
        void row(float[] x, int xAt, float[] y, int yAt, int stride, int n, float temperature);
    }

    @FunctionalInterface
    private interface Backward {
        void row(float[] y, int yAt, float[] dy, int dyAt, float[] dx, int dxAt, int stride, int n, float temperature);
    }

    private record Rows(Forward forward, Backward backward) {}

    private static Rows rows(AxisDefinition function) {
        return switch (function.name()) {
            case "softmax" -> new Rows(ScalarAxis::softmax, ScalarAxis::softmaxBackward);
            case "log_softmax" -> new Rows(ScalarAxis::logSoftmax, ScalarAxis::logSoftmaxBackward);
            default -> null;
        };
    }

    @Override
    public boolean supports(AxisDefinition function, ElementType type, Direction direction) {
        return type == ElementType.FLOAT32 && direction != Direction.BACKWARD && rows(function) != null;
    }

    @Override
    public void run(
            AxisDefinition function,
            ElementType type,
            Direction direction,
            double temperature,
            AxisLayout layout,
            Object x,
            long xOffset,
            Object dy,
            long dyOffset,
            Object out,
            long outOffset) {
        Rows rows = rows(function);
        boolean forward = direction == Direction.FORWARD;
        float t = (float) temperature;
        AxisStaging.run(layout, x, xOffset, dy, dyOffset, !forward, out, outOffset, (l, a, ao, b, bo, c, co) -> {
            int n = (int) l.axis();
            int stride = (int) l.axisStride();
            for (long o = 0; o < l.outer(); o++) {
                for (int column = 0; column < l.inner(); column++) {
                    int at = (int) (o * l.outerStride()) + column;
                    if (forward) {
                        rows.forward.row(a, ao + at, c, co + at, stride, n, t);
                    } else {
                        rows.backward.row(a, ao + at, b, bo + at, c, co + at, stride, n, t);
                    }
                }
            }
        });
    }
}
