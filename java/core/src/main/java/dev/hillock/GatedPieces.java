package dev.hillock;

import dev.hillock.catalogue.Direction;
import dev.hillock.engine.GatedRows;
import dev.hillock.engine.KernelEngine;
import dev.hillock.kernel.NarrowFloats;
import dev.hillock.kernel.Ranges;
import dev.hillock.kernel.ScalarDoubleFused;
import dev.hillock.kernel.ScalarFused;

/**
 * Halves of a gated unit that kernels do not take as they are, piece by piece in memory of its own that does not grow
 * with theirs: elements of 16 bits are widened, and their results rounded; where there is a limit, gates are cut off from
 * above, values on both sides and raised by 1, and the gradients of what was cut off are 0. A bound itself is not cut
 * off. Whatever is written may be what is read: a piece is read before it is written.
 */
final class GatedPieces {
    private static final int PIECE = 2048;

    private final ElementType type;
    private final GatedRows rows;
    private final float limit;
    private final Activation activation;
    private final KernelEngine kernels;
    private final Object gates;
    private final Object values;
    private final Object activated;

    /**
     * Room for pieces.
     *
     * @param kernels for elements as they are computed
     * @param limit infinite for none
     */
    GatedPieces(ElementType type, GatedRows rows, float limit, Activation activation, KernelEngine kernels) {
        this.type = type;
        this.rows = rows;
        this.limit = limit;
        this.activation = activation;
        this.kernels = kernels;
        gates = room();
        values = room();
        activated = room();
    }

    private void eltwise(Direction direction, Object dy, Object out, int n) {
        ElementType computed = type == ElementType.FLOAT64 ? type : ElementType.FLOAT32;
        kernels.eltwise(
                activation.function(),
                computed,
                direction,
                activation.sharedParameters(computed),
                gates,
                0,
                dy,
                0,
                out,
                0,
                n);
    }

    private static void multiply(Object a, Object b, int n) {
        if (a instanceof float[] floats) {
            ScalarFused.multiply(floats, (float[]) b, n);
        } else {
            ScalarDoubleFused.multiply((double[]) a, (double[]) b, n);
        }
    }

    private Object room() {
        int length = (int) Math.min(PIECE, rows.rows() * rows.length());
        return type == ElementType.FLOAT64 ? new double[length] : new float[length];
    }

    // Some whole rows, or a part of one.
    private record Part(int row, int rows, int from, int length) {
        int count() {
            return rows * length;
        }
    }

    @FunctionalInterface
    private interface Piece {
        void at(Part part, int dense);
    }

    private void each(Piece piece) {
        int length = (int) rows.length();
        int all = (int) rows.rows();
        int together = Math.max(1, PIECE / length);
        for (int row = 0; row < all; row += together) {
            for (int from = 0, n; from < length; from += n) {
                n = Math.min(PIECE, length - from);
                Part part = new Part(row, Math.min(together, all - row), from, n);
                piece.at(part, row * length + from);
            }
        }
    }

    /** {@code y = act(gate) value}. */
    void forward(Object gate, int gateAt, Object value, int valueAt, Object y) {
        each((part, at) -> {
            int n = part.count();
            readHalves(gate, gateAt, value, valueAt, part);
            cut(n);
            eltwise(Direction.FORWARD, null, activated, n);
            multiply(values, activated, n);
            write(values, 0, y, at, 1, n);
        });
    }

    /** {@code dGate = (dy value) act'(gate)} and {@code dValue = dy act(gate)}. */
    void backward(Object gate, int gateAt, Object value, int valueAt, Object dy, Object dGate, Object dValue) {
        Object gradients = room();
        each((part, at) -> {
            int n = part.count();
            readHalves(gate, gateAt, value, valueAt, part);
            cut(n);
            read(dy, at, 1, gradients, 0, n);
            eltwise(Direction.FORWARD, null, activated, n);
            multiply(activated, gradients, n);
            multiply(gradients, values, n);
            eltwise(Direction.BACKWARD, gradients, gradients, n);
            if (limit != Float.POSITIVE_INFINITY) {
                readHalves(gate, gateAt, value, valueAt, part);
                flatten(gradients, activated, n);
            }
            writeHalf(gradients, dGate, gateAt, part);
            writeHalf(activated, dValue, valueAt, part);
        });
    }

    private void readHalves(Object gate, int gateAt, Object value, int valueAt, Part part) {
        for (int row = 0; row < part.rows; row++) {
            read(gate, packed(gateAt, part, row), (int) rows.step(), gates, row * part.length, part.length);
            read(value, packed(valueAt, part, row), (int) rows.step(), values, row * part.length, part.length);
        }
    }

    private void writeHalf(Object half, Object to, int offset, Part part) {
        for (int row = 0; row < part.rows; row++) {
            write(half, row * part.length, to, packed(offset, part, row), (int) rows.step(), part.length);
        }
    }

    private int packed(int offset, Part part, int row) {
        return (int) (offset + (part.row + row) * rows.rowStride() + part.from * rows.step());
    }

    private void read(Object from, int at, int step, Object to, int toAt, int n) {
        if (from instanceof short[] bits) {
            for (int i = 0; i < n; i++) {
                NarrowFloats.widen(type, bits, at + i * step, (float[]) to, toAt + i, 1);
            }
        } else if (step == 1) {
            System.arraycopy(from, at, to, toAt, n);
        } else {
            for (int i = 0; i < n; i++) {
                Ranges.set(to, toAt + i, Ranges.get(from, at + i * step));
            }
        }
    }

    private void write(Object from, int fromAt, Object to, int at, int step, int n) {
        if (to instanceof short[] bits) {
            for (int i = 0; i < n; i++) {
                NarrowFloats.narrow(type, (float[]) from, fromAt + i, bits, at + i * step, 1);
            }
        } else if (step == 1) {
            System.arraycopy(from, fromAt, to, at, n);
        } else {
            for (int i = 0; i < n; i++) {
                Ranges.set(to, at + i * step, Ranges.get(from, fromAt + i));
            }
        }
    }

    private void cut(int n) {
        if (limit == Float.POSITIVE_INFINITY) {
            return;
        }
        if (gates instanceof float[] g) {
            float[] v = (float[]) values;
            for (int i = 0; i < n; i++) {
                g[i] = Math.min(g[i], limit);
                v[i] = Math.max(-limit, Math.min(v[i], limit)) + 1;
            }
        } else {
            double[] g = (double[]) gates;
            double[] v = (double[]) values;
            for (int i = 0; i < n; i++) {
                g[i] = Math.min(g[i], limit);
                v[i] = Math.max(-limit, Math.min(v[i], limit)) + 1;
            }
        }
    }

    // With gates and values as they were before the cut.
    private void flatten(Object gateSlopes, Object valueSlopes, int n) {
        if (gates instanceof float[] g) {
            float[] v = (float[]) values;
            float[] dg = (float[]) gateSlopes;
            float[] dv = (float[]) valueSlopes;
            for (int i = 0; i < n; i++) {
                dg[i] = g[i] > limit ? 0 : dg[i];
                dv[i] = Math.abs(v[i]) > limit ? 0 : dv[i];
            }
        } else {
            double[] g = (double[]) gates;
            double[] v = (double[]) values;
            double[] dg = (double[]) gateSlopes;
            double[] dv = (double[]) valueSlopes;
            for (int i = 0; i < n; i++) {
                dg[i] = g[i] > limit ? 0 : dg[i];
                dv[i] = Math.abs(v[i]) > limit ? 0 : dv[i];
            }
        }
    }
}
