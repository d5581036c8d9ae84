package dev.hillock.engine;

/**
 * What a loss by element reads and writes.
 *
 * @param x read from xOffset on
 * @param t targets, read from tOffset on
 * @param weight read from its start; null for 1
 * @param terms written from termsOffset on, unless it is null: what is added up
 * @param dx written from dxOffset on, unless it is null: the gradient; may be x or t
 * @param length elements
 */
public record LossOperands(
        float[] x,
        int xOffset,
        float[] t,
        int tOffset,
        float[] weight,
        float[] terms,
        int termsOffset,
        float[] dx,
        int dxOffset,
        int length) {}
