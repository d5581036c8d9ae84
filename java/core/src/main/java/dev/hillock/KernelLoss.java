package dev.hillock;

import dev.hillock.LossRoom.Use;
import dev.hillock.catalogue.LossKernel;
import dev.hillock.engine.LossKernels;
import dev.hillock.engine.LossOperands;
import dev.hillock.loss.LossCall;
import dev.hillock.loss.Reals;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Element-wise losses of floats on kernels: value and gradient of an element in one pass, in single precision, the values
 * added up in double precision. The catalogue's formulas in double precision serve where there is no kernel.
 *
 * <p>Value and gradient of an element are within 4 ULP of the exact ones, focal's within 5 + 2.5 gamma, each power
 * multiplying; where they are a difference (kl_div, poisson_nll, gradients at soft targets, smoothed targets), within
 * 2^-23 of its larger part besides; what is below 2^-126 may count as 0.
 *
 * <p>The cuts between pieces do not depend on the threads, and the pieces' sums are added up in order, so neither the
 * bits of the value nor those of the gradient do.
 */
final class KernelLoss {
    // One crossing; short of any collector's patience. A multiple of the sum's 16 lanes.
    private static final int PIECE = 1 << 14;
    // Below this many elements a second thread comes too late to help.
    private static final int SPLIT_FROM = 1 << 16;

    private final LossKernel loss;
    private final double[] parameters;
    private final LossCall call;
    private final double factor;
    private final LossKernels kernels;
    // As many as threads have been at work at once.
    private final ConcurrentLinkedQueue<LossRoom> free = new ConcurrentLinkedQueue<>();

    private KernelLoss(LossKernel loss, double[] parameters, LossCall call, double factor, LossKernels kernels) {
        this.loss = loss;
        this.parameters = parameters;
        this.call = call;
        this.factor = factor;
        this.kernels = kernels;
    }

    /**
     * Writes the losses and the gradients times a factor, and adds up.
     *
     * @param call of at least one element of 32 bits or fewer
     * @param parameters as {@link LossKernel#parameters} makes them
     */
    static double run(LossKernel loss, double[] parameters, LossCall call, double factor, Kernels kernels) {
        int length = call.x().length();
        KernelLoss run = new KernelLoss(loss, parameters, call, factor, kernels.lossKernels(length));
        double[] sums = new double[(length - 1) / PIECE + 1];
        Pieces.Body piece = (start, count) -> sums[(int) (start / PIECE)] = run.piece((int) start, (int) count);
        if (length >= SPLIT_FROM) {
            kernels.split(length, PIECE, piece);
        } else {
            for (int start = 0, n; start < length; start += n) {
                n = Math.min(PIECE, length - start);
                piece.run(start, n);
            }
        }
        double sum = 0;
        for (double value : sums) {
            sum += value;
        }
        return sum;
    }

    private double piece(int start, int count) {
        LossRoom room = free.poll();
        if (room == null) {
            room = new LossRoom(Math.min(PIECE, call.x().length()));
        }
        double sum = piece(start, count, room);
        free.add(room);
        return sum;
    }

    // Elements of 16 bits are widened, and the gradient rounded, while the piece is in the cache.
    private double piece(int start, int count, LossRoom room) {
        float[] losses = call.losses() == null ? null : (float[]) call.losses().array();
        float[] weight = null;
        if (call.weight() != null) {
            weight = room.of(Use.WEIGHT);
            call.weight().floats(start, count, weight);
        }
        if (call.x() instanceof Reals.Halves x && call.targets() instanceof Reals.Halves targets) {
            float[] dx = call.dx() == null ? null : room.of(Use.DX);
            float[] xs = room.of(Use.X);
            float[] ts = room.of(Use.TARGETS);
            x.floats(start, count, xs);
            targets.floats(start, count, ts);
            double sum = weighted(new LossOperands(xs, 0, ts, 0, weight, losses, start, dx, 0, count), start, room);
            if (call.dx() instanceof Reals.Halves narrow) {
                narrow.set(start, count, dx);
            }
            return sum;
        }
        float[] x = (float[]) call.x().array();
        float[] t = (float[]) call.targets().array();
        float[] dx = call.dx() == null ? null : (float[]) call.dx().array();
        return weighted(new LossOperands(x, start, t, start, weight, losses, start, dx, start, count), start, room);
    }

    private double weighted(LossOperands o, int start, LossRoom room) {
        if (call.posWeight() == null) {
            return kernels.run(loss, parameters, o, factor);
        }
        call.posWeight().floats(start, o.length(), room.of(Use.POSITIVE));
        return split(o, room);
    }

    // t w L(x, 1) + (1 - t) L(x, 0), with w the weight of positive targets.
    private double split(LossOperands o, LossRoom room) {
        int count = o.length();
        float[] positive = room.of(Use.POSITIVE);
        float[] negative = room.of(Use.NEGATIVE);
        for (int i = 0; i < count; i++) {
            float t = o.t()[o.tOffset() + i];
            float w = o.weight() == null ? 1 : o.weight()[i];
            positive[i] = w * (t * positive[i]);
            negative[i] = w * (1 - t);
        }
        float[] slope = o.dx() == null ? null : room.of(Use.SLOPE);
        float[] term = o.terms() == null ? null : room.of(Use.TERM);
        float[] target = room.of(Use.TARGET);
        Arrays.fill(target, 1);
        LossOperands ones = new LossOperands(o.x(), o.xOffset(), target, 0, positive, term, 0, slope, 0, count);
        double sum = kernels.run(loss, parameters, ones, factor);
        Arrays.fill(target, 0);
        LossOperands zeros = new LossOperands(
                o.x(), o.xOffset(), target, 0, negative, o.terms(), o.termsOffset(), o.dx(), o.dxOffset(), count);
        sum += kernels.run(loss, parameters, zeros, factor);
        add(slope, o.dx(), o.dxOffset(), count);
        add(term, o.terms(), o.termsOffset(), count);
        return sum;
    }

    private static void add(float[] from, float[] to, int start, int count) {
        for (int i = 0; from != null && i < count; i++) {
            to[start + i] += from[i];
        }
    }
}
