package dev.hillock.lab.train;

/** How the learning rate changes over a training: a factor for every moment. */
@FunctionalInterface
public interface Schedule {
    /** Always 1. */
    Schedule CONSTANT = progress -> 1;

    /** Half a cosine, from 1 down to 0. */
    Schedule COSINE = progress -> (1 + StrictMath.cos(Math.PI * progress)) / 2;

    /** The factor at this share of all steps, from 0 to 1. */
    double at(double progress);
}
