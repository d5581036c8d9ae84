package dev.hillock.kernel;

import dev.hillock.AxisLayout;

/** Cuts [outer, channels, inner] into pieces of bounded size: slices, else channels, else parts of a channel's run. */
public final class ChannelCuts {
    private ChannelCuts() {}

    /** A piece: [rows, channels, inner] from an element and a channel on; its rows lie as the whole's do. */
    @FunctionalInterface
    public interface Piece {
        /** Called in the order of memory. */
        void of(int at, int channel, int rows, int channels, int inner);
    }

    /**
     * Calls piece for each.
     *
     * @param l axisStride is inner
     * @param most elements in a piece
     */
    public static void each(AxisLayout l, int most, Piece piece) {
        int outer = (int) l.outer();
        int channels = (int) l.axis();
        int inner = (int) l.inner();
        int stride = (int) l.outerStride();
        long slice = l.axis() * l.inner();
        if (slice <= most) {
            int rows = (int) (most / slice);
            for (int o = 0; o < outer; o += Math.min(rows, outer - o)) {
                piece.of(o * stride, 0, Math.min(rows, outer - o), channels, inner);
            }
            return;
        }
        for (int o = 0; o < outer; o++) {
            slice(o * stride, channels, inner, most, piece);
        }
    }

    private static void slice(int at, int channels, int inner, int most, Piece piece) {
        if (inner <= most) {
            int step = most / inner;
            for (int c = 0; c < channels; c += Math.min(step, channels - c)) {
                piece.of(at + c * inner, c, 1, Math.min(step, channels - c), inner);
            }
            return;
        }
        for (int c = 0; c < channels; c++) {
            int run = at + c * inner;
            for (int i = 0; i < inner; i += Math.min(most, inner - i)) {
                piece.of(run + i, c, 1, 1, Math.min(most, inner - i));
            }
        }
    }
}
