package dev.hillock;

import dev.hillock.kernel.NarrowFloats;
import dev.hillock.kernel.ScalarPrelu;

/**
 * {@link Prelu} over runs of neighbours, for one element type: n elements from at on, which have the alpha of a place, or
 * each the next one from there on. Long runs with one alpha go to the engine as leaky_relu; others are too short for a
 * call, or no element-wise function takes their alphas.
 */
interface PreluWork {
    /** y of x. */
    void forward(int at, int n, int place, boolean each);

    /** dx of x and dy. */
    void backward(int at, int n, int place, boolean each);

    /** The same, and adds to the sums that become alpha's gradient. */
    void backward(double[] sums, int at, int n, int place, boolean each);

    /**
     * The leaky_relu of each alpha that a long run has, made when it is asked for: it takes as long as a thousand elements.
     * For several threads: two may make the same one.
     */
    final class Slopes {
        // From here on a call costs less than it saves.
        private static final int RUN = 128;

        private final double[] alpha;
        private final Activation[] slopes;

        Slopes(double[] alpha) {
            this.alpha = alpha;
            this.slopes = new Activation[alpha.length];
        }

        /** Null where the run is not one for an engine. */
        Activation of(int n, int place, boolean each) {
            if (each || n < RUN) {
                return null;
            }
            if (slopes[place] == null) {
                slopes[place] = Activation.leakyRelu(alpha[place]);
            }
            return slopes[place];
        }
    }

    /** In single precision; dy is null going forward. */
    record Singles(Kernels kernels, Slopes slopes, float[] alpha, float[] x, float[] dy, float[] out, float[][] blocks)
            implements PreluWork {
        private static final int BLOCK = 1024;
        // So many are worth copying.
        private static final int COPIED = 64;

        Singles(Kernels kernels, Slopes slopes, float[] x, float[] dy, float[] out) {
            this(
                    kernels,
                    slopes,
                    rounded(slopes.alpha),
                    x,
                    dy,
                    out,
                    new float[2][Math.min(BLOCK, slopes.alpha.length)]);
        }

        private static float[] rounded(double[] alpha) {
            float[] rounded = new float[alpha.length];
            for (int i = 0; i < rounded.length; i++) {
                rounded[i] = (float) alpha[i];
            }
            return rounded;
        }

        @Override
        public void forward(int at, int n, int place, boolean each) {
            Activation f = slopes.of(n, place, each);
            if (f != null) {
                kernels.forward(f, x, at, out, at, n);
            } else if (each && n >= COPIED) {
                copied(at, n, place);
            } else if (each) {
                ScalarPrelu.forward(x, alpha, place, out, at, n);
            } else {
                ScalarPrelu.forward(x, alpha[place], out, at, n);
            }
        }

        private void copied(int at, int n, int place) {
            for (int done = 0; done < n; done += BLOCK) {
                int length = Math.min(BLOCK, n - done);
                System.arraycopy(x, at + done, blocks[0], 0, length);
                System.arraycopy(alpha, place + done, blocks[1], 0, length);
                ScalarPrelu.forward(blocks[0], blocks[1], length);
                System.arraycopy(blocks[0], 0, out, at + done, length);
            }
        }

        @Override
        public void backward(int at, int n, int place, boolean each) {
            Activation f = slopes.of(n, place, each);
            if (f != null) {
                kernels.backward(f, x, at, dy, at, out, at, n);
            } else if (each) {
                ScalarPrelu.backward(x, dy, alpha, place, out, at, n);
            } else {
                ScalarPrelu.backward(x, dy, alpha[place], out, at, n);
            }
        }

        @Override
        public void backward(double[] sums, int at, int n, int place, boolean each) {
            if (each) {
                ScalarPrelu.backward(x, dy, alpha, sums, place, out, at, n);
            } else {
                // The gradient may replace dy.
                sums[place] += ScalarPrelu.alphaGradient(x, dy, at, n);
                backward(at, n, place, each);
            }
        }
    }

    /** In double precision. */
    record Doubles(Kernels kernels, Slopes slopes, double[] alpha, double[] x, double[] dy, double[] out)
            implements PreluWork {
        Doubles(Kernels kernels, Slopes slopes, double[] x, double[] dy, double[] out) {
            this(kernels, slopes, slopes.alpha, x, dy, out);
        }

        @Override
        public void forward(int at, int n, int place, boolean each) {
            Activation f = slopes.of(n, place, each);
            if (f != null) {
                kernels.forward(f, x, at, out, at, n);
            } else if (each) {
                ScalarPrelu.forward(x, alpha, place, out, at, n);
            } else {
                ScalarPrelu.forward(x, alpha[place], out, at, n);
            }
        }

        @Override
        public void backward(int at, int n, int place, boolean each) {
            Activation f = slopes.of(n, place, each);
            if (f != null) {
                kernels.backward(f, x, at, dy, at, out, at, n);
            } else if (each) {
                ScalarPrelu.backward(x, dy, alpha, place, out, at, n);
            } else {
                ScalarPrelu.backward(x, dy, alpha[place], out, at, n);
            }
        }

        @Override
        public void backward(double[] sums, int at, int n, int place, boolean each) {
            if (each) {
                ScalarPrelu.backward(x, dy, alpha, sums, place, out, at, n);
            } else {
                // The gradient may replace dy.
                sums[place] += ScalarPrelu.alphaGradient(x, dy, at, n);
                backward(at, n, place, each);
            }
        }
    }

    /** Of 16-bit elements, widened and rounded once, a block at a time. */
    final class Narrow implements PreluWork {
        private static final int BLOCK = 1024;

        private final ElementType type;
        private final short[] x;
        private final short[] dy;
        private final short[] out;
        private final Singles block;

        Narrow(Kernels kernels, ElementType type, Slopes slopes, short[] x, short[] dy, short[] out) {
            this.type = type;
            this.x = x;
            this.dy = dy;
            this.out = out;
            int length = Math.min(BLOCK, x.length);
            this.block = new Singles(kernels, slopes, new float[length], new float[length], new float[length]);
        }

        // A part of a run, at the start of the block.
        @FunctionalInterface
        private interface Part {
            void of(int at, int n, int place);
        }

        private static void forEachPart(int at, int n, int place, boolean each, Part part) {
            for (int done = 0; done < n; done += BLOCK) {
                part.of(at + done, Math.min(BLOCK, n - done), each ? place + done : place);
            }
        }

        private void widen(short[] from, int at, float[] to, int n) {
            NarrowFloats.widen(type, from, at, to, 0, n);
        }

        private void narrow(int at, int n) {
            NarrowFloats.narrow(type, block.out(), 0, out, at, n);
        }

        @Override
        public void forward(int start, int length, int first, boolean each) {
            forEachPart(start, length, first, each, (at, n, place) -> {
                widen(x, at, block.x(), n);
                block.forward(0, n, place, each);
                narrow(at, n);
            });
        }

        @Override
        public void backward(int start, int length, int first, boolean each) {
            forEachPart(start, length, first, each, (at, n, place) -> {
                widen(x, at, block.x(), n);
                widen(dy, at, block.dy(), n);
                block.backward(0, n, place, each);
                narrow(at, n);
            });
        }

        @Override
        public void backward(double[] sums, int start, int length, int first, boolean each) {
            forEachPart(start, length, first, each, (at, n, place) -> {
                widen(x, at, block.x(), n);
                widen(dy, at, block.dy(), n);
                block.backward(sums, 0, n, place, each);
                narrow(at, n);
            });
        }
    }
}
