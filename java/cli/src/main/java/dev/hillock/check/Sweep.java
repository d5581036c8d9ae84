package dev.hillock.check;

import java.util.ArrayList;
import java.util.List;

/** The inputs of a check, in blocks that threads take in any order. */
public abstract class Sweep {
    static final int BLOCK = 1 << 13;

    private Sweep() {}

    /** How many blocks there are. */
    abstract int blocks();

    /** Fills one block and returns how many inputs it has. */
    abstract int fill(int block, float[] x);

    /** Whether a block holds the special points. */
    boolean isSpecial(int block) {
        return false;
    }

    /** Whether the inputs of a block are neighbouring floats. */
    boolean isConsecutive() {
        return false;
    }

    /** A word for the sweep: {@code all} or {@code sample}. */
    abstract String word();

    /** How many inputs there are. */
    public abstract long inputs();

    /** All 2^32 of them. */
    public static Sweep exhaustive() {
        return new Sweep() {
            @Override
            int blocks() {
                return 1 << 19;
            }

            @Override
            int fill(int block, float[] x) {
                for (int i = 0; i < BLOCK; i++) {
                    x[i] = Float.intBitsToFloat(block * BLOCK + i);
                }
                return BLOCK;
            }

            @Override
            boolean isConsecutive() {
                return true;
            }

            @Override
            String word() {
                return "all";
            }

            @Override
            public long inputs() {
                return 1L << 32;
            }
        };
    }

    /**
     * The special points of the catalogue with their neighbours, one input of every 2^15 of all, and one of every 768 of
     * those with magnitudes from 2^-5 to 2^7, where functions bend.
     */
    public static Sweep sample() {
        return new Sample();
    }

    private static final class Sample extends Sweep {
        private static final int EVERYWHERE = 1 << 17;
        private static final int BENDS = 1 << 18;
        private static final int FIRST_BEND = Float.floatToRawIntBits(0x1p-5f);
        private static final int BEND_STRATUM = 768;
        private final float[] special = special();

        @Override
        int blocks() {
            return (EVERYWHERE + BENDS) / BLOCK + 1;
        }

        @Override
        int fill(int block, float[] x) {
            if (isSpecial(block)) {
                System.arraycopy(special, 0, x, 0, special.length);
                return special.length;
            }
            for (int i = 0; i < BLOCK; i++) {
                x[i] = Float.intBitsToFloat(bits(block * BLOCK + i));
            }
            return BLOCK;
        }

        @Override
        boolean isSpecial(int block) {
            return block == blocks() - 1;
        }

        private static int bits(int number) {
            int random = (int) Hash.mix(number) >>> 1;
            if (number < EVERYWHERE) {
                return number << 15 | random & (1 << 15) - 1;
            }
            int stratum = number - EVERYWHERE;
            int magnitude = FIRST_BEND + (stratum >>> 1) * BEND_STRATUM + random % BEND_STRATUM;
            return (stratum & 1) << 31 | magnitude;
        }

        private static float[] special() {
            float[] points = {
                0f,
                Float.MIN_VALUE,
                Float.MIN_NORMAL,
                0x1p-24f,
                0x1p-12f,
                0.01f,
                0.25f,
                0.5f,
                0.625f,
                1f,
                1.702f,
                2f,
                2.5f,
                3f,
                5.5f,
                6f,
                9.02f,
                13f,
                14.5f,
                16f,
                17.33f,
                20f,
                30f,
                44f,
                50f,
                87f,
                88.7f,
                90f,
                104f,
                110f,
                0x1p10f,
                0x1p15f,
                0x1p22f,
                0x1p23f,
                0x1p24f,
                1e10f,
                1e18f,
                1e19f,
                1.3e19f,
                1e30f,
                1e38f,
                1.7e38f,
                Float.MAX_VALUE,
                Float.POSITIVE_INFINITY,
                Float.NaN
            };
            List<Float> all = new ArrayList<>();
            for (float point : points) {
                for (float near : new float[] {Math.nextDown(point), point, Math.nextUp(point)}) {
                    all.add(near);
                    all.add(-near);
                }
            }
            float[] values = new float[all.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = all.get(i);
            }
            return values;
        }

        @Override
        String word() {
            return "sample";
        }

        @Override
        public long inputs() {
            return EVERYWHERE + BENDS + special.length;
        }
    }
}
