package dev.hillock.lab.net;

/** What a layer learns, with the gradient that its last backward pass wrote. */
public final class Parameter {
    private final String name;
    private final float[] value;
    private final float[] gradient;

    /** A parameter that starts at zero. */
    public Parameter(String name, int length) {
        this.name = name;
        this.value = new float[length];
        this.gradient = new float[length];
    }

    /** What it is called inside its layer: {@code weights}, {@code bias}, {@code alpha}. */
    public String name() {
        return name;
    }

    /** The values: not a copy. */
    public float[] value() {
        return value;
    }

    /** d loss / d value: not a copy. */
    public float[] gradient() {
        return gradient;
    }
}
