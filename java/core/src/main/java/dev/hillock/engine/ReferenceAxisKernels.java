package dev.hillock.engine;

import dev.hillock.AxisLayout;
import dev.hillock.ElementType;
import dev.hillock.catalogue.AxisDefinition;
import dev.hillock.catalogue.Direction;
import java.util.function.IntToDoubleFunction;

/** The catalogue's meaning of functions over an axis, in double precision, rounded once. */
final class ReferenceAxisKernels implements AxisKernels {
    @Override
    public boolean supports(AxisDefinition function, ElementType type, Direction direction) {
        return direction != Direction.BACKWARD;
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
        boolean forward = direction == Direction.FORWARD;
        if (type == ElementType.FLOAT64) {
            AxisStaging.doubles(
                    layout, x, xOffset, dy, dyOffset, !forward, out, outOffset, (l, a, ao, b, bo, c, co) -> {
                        for (long o = 0; o < l.outer(); o++) {
                            for (int column = 0; column < l.inner(); column++) {
                                int at = (int) (o * l.outerStride()) + column;
                                double[] row = row(l, i -> a[ao + at + i]);
                                double[] result = forward
                                        ? function.reference(row, temperature)
                                        : function.referenceBackward(row, row(l, i -> b[bo + at + i]), temperature);
                                for (int i = 0; i < result.length; i++) {
                                    c[co + at + (int) (i * l.axisStride())] = result[i];
                                }
                            }
                        }
                    });
            return;
        }
        AxisStaging.run(type, layout, x, xOffset, dy, dyOffset, !forward, out, outOffset, (l, a, ao, b, bo, c, co) -> {
            for (long o = 0; o < l.outer(); o++) {
                for (int column = 0; column < l.inner(); column++) {
                    int at = (int) (o * l.outerStride()) + column;
                    double[] row = row(l, i -> a[ao + at + i]);
                    double[] result = forward
                            ? function.reference(row, temperature)
                            : function.referenceBackward(row, row(l, i -> b[bo + at + i]), temperature);
                    for (int i = 0; i < result.length; i++) {
                        c[co + at + (int) (i * l.axisStride())] = (float) result[i];
                    }
                }
            }
        });
    }

    // The elements of a row, by their distance from the first.
    private static double[] row(AxisLayout layout, IntToDoubleFunction element) {
        double[] row = new double[(int) layout.axis()];
        for (int i = 0; i < row.length; i++) {
            row[i] = element.applyAsDouble((int) (i * layout.axisStride()));
        }
        return row;
    }
}
