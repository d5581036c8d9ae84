package dev.hillock.lab.net;

/** Looks at a network after every pass: see {@link Network#values} and {@link Network#gradients}. */
public interface Probe {
    /** A mini-batch went forward. */
    default void forward(Network network) {}

    /** A gradient went back to the first layer. */
    default void backward(Network network) {}
}
