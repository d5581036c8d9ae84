package dev.hillock.loss;

import dev.hillock.ElementType;
import dev.hillock.kernel.NarrowFloats;

/** Numbers by their place, of any precision; those of 32 and of 16 bits are rounded as they are set. */
public interface Reals {
    /** How many there are. */
    int length();

    /** The number at a place. */
    double get(int at);

    /** Changes the number at a place. */
    void set(int at, double value);

    /** The array they lie in. */
    Object array();

    /** The numbers of an array; null for null. */
    static Reals of(float[] array) {
        return array == null ? null : new Singles(array);
    }

    /** The numbers of an array; null for null. */
    static Reals of(double[] array) {
        return array == null ? null : new Doubles(array);
    }

    /** The 16-bit elements of an array; null for null. */
    static Reals of(ElementType type, short[] array) {
        return array == null ? null : new Halves(type, array);
    }

    /** Numbers of 32 bits. */
    record Singles(float[] array) implements Reals {
        @Override
        public int length() {
            return array.length;
        }

        @Override
        public double get(int at) {
            return array[at];
        }

        @Override
        public void set(int at, double value) {
            array[at] = (float) value;
        }
    }

    /** Numbers of 16 bits. */
    record Halves(ElementType type, short[] array) implements Reals {
        @Override
        public int length() {
            return array.length;
        }

        @Override
        public double get(int at) {
            return type == ElementType.BFLOAT16
                    ? NarrowFloats.fromBfloat16(array[at])
                    : NarrowFloats.fromFloat16(array[at]);
        }

        @Override
        public void set(int at, double value) {
            array[at] = type == ElementType.BFLOAT16
                    ? NarrowFloats.toBfloat16((float) value)
                    : NarrowFloats.toFloat16((float) value);
        }

        /** Writes the floats of count of them from one on. */
        public void floats(int start, int count, float[] floats) {
            NarrowFloats.widen(type, array, start, floats, 0, count);
        }

        /** Changes count of them from one on to the first of some values. */
        public void set(int start, int count, float[] values) {
            NarrowFloats.narrow(type, values, 0, array, start, count);
        }
    }

    /** Numbers of 64 bits. */
    record Doubles(double[] array) implements Reals {
        @Override
        public int length() {
            return array.length;
        }

        @Override
        public double get(int at) {
            return array[at];
        }

        @Override
        public void set(int at, double value) {
            array[at] = value;
        }
    }
}
