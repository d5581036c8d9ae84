package dev.hillock.lab.net;

import dev.hillock.GateLayout;
import dev.hillock.GatedUnit;

/** y = act(gate) value: half as many channels as its input, which has all gates first and the values behind them. */
public final class GatedLayer implements Layer {
    private final Compute compute;
    private final Shape input;
    private final Shape output;
    private final GatedUnit unit;
    // The unit takes arrays of exactly the batch's length.
    private float[] halves = new float[0];
    private float[] products = new float[0];

    /** @throws IllegalArgumentException for an odd number of channels */
    public GatedLayer(Compute compute, Shape input, GatedUnit unit) {
        if (input.channels() % 2 != 0) {
            throw new IllegalArgumentException(unit + " needs an even number of channels, not " + input.channels());
        }
        this.compute = compute;
        this.input = input;
        this.output = new Shape(input.height(), input.width(), input.channels() / 2);
        this.unit = unit.layout(GateLayout.GATE_FIRST).engine(compute.kernels().engine());
    }

    /** Gate and value. */
    public GatedUnit unit() {
        return unit;
    }

    @Override
    public String describe() {
        return unit.toString();
    }

    @Override
    public Shape inputShape() {
        return input;
    }

    @Override
    public Shape outputShape() {
        return output;
    }

    private int[] fit(int rows) {
        if (halves.length != rows * input.size()) {
            halves = new float[rows * input.size()];
            products = new float[rows * output.size()];
        }
        return new int[] {rows * input.height() * input.width(), input.channels()};
    }

    @Override
    public void forward(int rows, float[] x, float[] y, boolean training) {
        int[] shape = fit(rows);
        System.arraycopy(x, 0, halves, 0, halves.length);
        compute.timed(() -> unit.forward(halves, shape, products));
        System.arraycopy(products, 0, y, 0, products.length);
    }

    @Override
    public void backward(int rows, float[] x, float[] y, float[] dy, float[] dx) {
        if (dx == null) {
            return;
        }
        int[] shape = fit(rows);
        System.arraycopy(x, 0, halves, 0, halves.length);
        System.arraycopy(dy, 0, products, 0, products.length);
        compute.timed(() -> unit.backward(halves, products, shape, halves));
        System.arraycopy(halves, 0, dx, 0, halves.length);
    }
}
