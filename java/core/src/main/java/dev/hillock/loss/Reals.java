package dev.hillock.loss;

/** Numbers by their place, of either precision; those of 32 bits are rounded as they are set. */
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

    /** As many zeros of the same precision. */
    static Reals zerosLike(Reals others) {
        return others.array() instanceof float[] ? of(new float[others.length()]) : of(new double[others.length()]);
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
