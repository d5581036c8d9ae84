package dev.hillock.lab.train;

import dev.hillock.lab.net.Network;

/** Is told what happens in a training: progress bars, monitors and charts are observers. */
public interface TrainingObserver {
    /**
     * A mini-batch went forward and backward; the parameters have not been changed yet. Values and gradients of every
     * layer can be read from the network.
     *
     * @param epoch from 1
     * @param step from 1 to steps, within the epoch
     */
    default void step(Network network, int epoch, int step, int steps, double loss) {}

    /** An epoch ended. */
    default void epoch(Network network, EpochRecord epoch) {}
}
