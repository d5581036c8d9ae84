package dev.hillock;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Where the elements of a tensor lie that a function over an axis works on: {@code [outer, axis, inner]}, element
 * {@code (o, i, c)} at {@code o * outerStride + i * axisStride + c} from the first.
 *
 * <p>A row in a padded buffer, a column-major matrix and the channel axis of an image are layouts; none needs a copy.
 *
 * @param outer how many slices there are
 * @param axis length of the axis
 * @param inner neighbouring elements that belong to different rows; 1 if the axis is the last
 * @param outerStride elements from one slice to the next
 * @param axisStride elements from one element of a row to the next; may be negative
 */
public record AxisLayout(long outer, long axis, long inner, long outerStride, long axisStride) {
    /**
     * A layout, checked.
     *
     * @throws IllegalArgumentException if a count is negative, the axis is empty while there are rows, two elements would
     *     share memory, or one would lie further away than addresses reach
     */
    public AxisLayout {
        if (outer < 0 || axis < 0 || inner < 0) {
            throw new IllegalArgumentException("a layout has no negative counts: " + text(outer, axis, inner));
        }
        if (axis == 0 && outer > 0 && inner > 0) {
            throw new IllegalArgumentException("the axis is empty: " + text(outer, axis, inner));
        }
        if (outer > 0 && axis > 0 && inner > 0) {
            requireWithinReach(outer, axis, inner, outerStride, axisStride);
        }
        if (outer > 0 && axis > 0 && inner > 0 && !apart(outer, axis, inner, outerStride, axisStride)) {
            throw new IllegalArgumentException("elements share memory: " + text(outer, axis, inner) + " with strides "
                    + outerStride + ", " + axisStride + ", 1");
        }
    }

    // What the other methods and the engines compute does not overflow: not even in bytes.
    private static void requireWithinReach(long outer, long axis, long inner, long outerStride, long axisStride) {
        try {
            Math.multiplyExact(Math.multiplyExact(outer, axis), inner);
            long byOuter = Math.multiplyExact(outer, Math.absExact(outerStride));
            long byAxis = Math.multiplyExact(axis, Math.absExact(axisStride));
            Math.multiplyExact(Math.addExact(Math.addExact(byOuter, byAxis), inner), (long) Double.BYTES);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("a layout reaches too far: " + text(outer, axis, inner)
                    + " with strides " + outerStride + ", " + axisStride + ", 1");
        }
    }

    private static String text(long outer, long axis, long inner) {
        return "[" + outer + ", " + axis + ", " + inner + "]";
    }

    // One of the two strides steps over everything that the other reaches.
    private static boolean apart(long outer, long axis, long inner, long outerStride, long axisStride) {
        long byOuter = Math.abs(outerStride);
        long byAxis = Math.abs(axisStride);
        boolean axisInside = (axis == 1 || byAxis >= inner) && (outer == 1 || byOuter >= (axis - 1) * byAxis + inner);
        boolean outerInside =
                (outer == 1 || byOuter >= inner) && (axis == 1 || byAxis >= (outer - 1) * byOuter + inner);
        return axisInside || outerInside;
    }

    /**
     * The layout of a dense tensor in C order.
     *
     * @param axis from 0 up, or from -1 down for counting from the end
     * @throws IllegalArgumentException if the shape has a negative size or too many elements, the axis is not one of its
     *     axes, or it is the only one that is empty
     */
    public static AxisLayout of(int[] shape, int axis) {
        long count = Checks.elements("shape", shape);
        int number = axis < 0 ? axis + shape.length : axis;
        if (number < 0 || number >= shape.length) {
            throw new IllegalArgumentException("axis " + axis + " of " + shape.length + " dimensions");
        }
        if (count == 0) {
            return empty(shape, axis, number);
        }
        long inner = 1;
        for (int i = number + 1; i < shape.length; i++) {
            inner *= shape[i];
        }
        long slice = shape[number] * inner;
        return new AxisLayout(count / slice, shape[number], inner, slice, inner);
    }

    // Without slices, as their number may have overflowed beside a size of 0.
    private static AxisLayout empty(int[] shape, int axis, int number) {
        boolean others = IntStream.range(0, shape.length).allMatch(i -> i == number || shape[i] > 0);
        if (others) {
            throw new IllegalArgumentException("axis " + axis + " of shape " + Arrays.toString(shape) + " is empty");
        }
        return new AxisLayout(0, shape[number], 0, 0, 0);
    }

    /** The layout of {@code [rows, columns]} over its columns, rows that begin rowStride elements apart. */
    public static AxisLayout rows(long rows, long columns, long rowStride) {
        return new AxisLayout(rows, columns, 1, rowStride, 1);
    }

    /** How many elements there are. */
    public long count() {
        return outer * axis * inner;
    }

    /** Offset of the element that lies lowest in memory; 0 or below. */
    public long lowest() {
        return count() == 0 ? 0 : Math.min(0, (outer - 1) * outerStride) + Math.min(0, (axis - 1) * axisStride);
    }

    /** Offset just past the element that lies highest in memory. */
    public long highest() {
        return count() == 0 ? 0 : Math.max(0, (outer - 1) * outerStride) + Math.max(0, (axis - 1) * axisStride) + inner;
    }
}
