package dev.hillock.binding;

/** The kernel core's ABI, as {@code native/include/hillock.h} documents it. Every binding spells the same methods. */
public interface NativeCalls {
    /** "jni" or "ffm". */
    String binding();

    String version();

    String functions();

    int targetCount();

    String targetName(int target);

    boolean targetAvailable(int target);

    long eltwiseKernel(int target, int type, int direction, int function);

    /** Offsets in bytes; a null array makes its offset an address. */
    void eltwise(
            long kernel,
            double p0,
            double p1,
            double p2,
            float[] x,
            long xOffset,
            float[] dy,
            long dyOffset,
            float[] out,
            long outOffset,
            long length,
            boolean stream);

    /** The same on doubles. */
    void eltwise(
            long kernel,
            double p0,
            double p1,
            double p2,
            double[] x,
            long xOffset,
            double[] dy,
            long dyOffset,
            double[] out,
            long outOffset,
            long length,
            boolean stream);

    /** The same on elements of 16 bits. */
    void eltwise(
            long kernel,
            double p0,
            double p1,
            double p2,
            short[] x,
            long xOffset,
            short[] dy,
            long dyOffset,
            short[] out,
            long outOffset,
            long length,
            boolean stream);

    /** On each of several rows of float arrays; strides in elements from row to row, 0 for one dy that all rows share. */
    void eltwiseRows(
            long kernel,
            double p0,
            double p1,
            double p2,
            float[] x,
            long xOffset,
            long xStride,
            float[] dy,
            long dyOffset,
            long dyStride,
            float[] out,
            long outOffset,
            long outStride,
            long rows,
            long length,
            boolean stream);

    String axisFunctions();

    long axisKernel(int target, int type, int direction, int function);

    /** Counts and strides in elements, offsets in bytes; a null array makes its offset an address. */
    void axis(
            long kernel,
            double temperature,
            long outer,
            long axis,
            long inner,
            long outerStride,
            long axisStride,
            float[] x,
            long xOffset,
            float[] dy,
            long dyOffset,
            float[] out,
            long outOffset);

    /** The same on doubles. */
    void axis(
            long kernel,
            double temperature,
            long outer,
            long axis,
            long inner,
            long outerStride,
            long axisStride,
            double[] x,
            long xOffset,
            double[] dy,
            long dyOffset,
            double[] out,
            long outOffset);

    long gumbelKernel(int target);

    /** Noise for {@code [rows, columns]} of floats; the offset in bytes. */
    void gumbel(long kernel, long seed, long index, long indexStride, long rows, long columns, float[] z, long zOffset);

    long dropoutKernel(int target);

    /** Drops elements of floats in place; the offset in bytes. */
    void dropout(
            long kernel,
            long seed,
            long index,
            long leastKept,
            float factor,
            float[] values,
            long valuesOffset,
            long length);

    long statisticsKernel(int target);

    /** Counts floats in sixteen lanes; offsets in bytes. */
    void statistics(
            long kernel,
            float[] y,
            long yOffset,
            float[] slopes,
            long slopesOffset,
            float flat,
            long length,
            double[] sums,
            float[] lanes);

    long preluKernel(int target, int type);

    /** Counts and the stride in elements, offsets in bytes; dy and sums may be null with an offset of 0. */
    void prelu(
            long kernel,
            long outer,
            long channels,
            long inner,
            long outerStride,
            float[] alpha,
            long alphaOffset,
            float[] x,
            long xOffset,
            float[] dy,
            long dyOffset,
            float[] out,
            long outOffset,
            double[] sums,
            long sumsOffset,
            boolean stream);

    /** The same on doubles. */
    void prelu(
            long kernel,
            long outer,
            long channels,
            long inner,
            long outerStride,
            double[] alpha,
            long alphaOffset,
            double[] x,
            long xOffset,
            double[] dy,
            long dyOffset,
            double[] out,
            long outOffset,
            double[] sums,
            long sumsOffset,
            boolean stream);

    /** The gradients of f(gate) value. The stride in elements, offsets in bytes. */
    void gatedBackward(
            long backward,
            long times,
            long product,
            double p0,
            double p1,
            double p2,
            float[] gate,
            float[] dGate,
            long gateOffset,
            float[] value,
            float[] dValue,
            long valueOffset,
            long stride,
            float[] dy,
            long dyOffset,
            long rows,
            long length);

    long affineKernel(int target);

    /**
     * An element-wise function behind a scale and a shift, or its gradients. Counts in elements, offsets in bytes; scale,
     * dy and sums may be null with an offset of 0.
     */
    void affine(
            long kernel,
            long eltwise,
            double p0,
            double p1,
            double p2,
            long outer,
            long channels,
            long inner,
            float[] scale,
            long scaleOffset,
            float[] shift,
            long shiftOffset,
            float[] x,
            long xOffset,
            float[] dy,
            long dyOffset,
            float[] out,
            long outOffset,
            double[] scaleSums,
            long scaleSumsOffset,
            double[] shiftSums,
            long shiftSumsOffset);

    String losses();

    long lossKernel(int target, int loss);

    /** Offsets in bytes; weight, terms and dx may be null with an offset of 0. */
    double loss(
            long kernel,
            double p0,
            double p1,
            double p2,
            float[] x,
            long xOffset,
            float[] t,
            long tOffset,
            float[] weight,
            long weightOffset,
            float[] terms,
            long termsOffset,
            float[] dx,
            long dxOffset,
            double scale,
            long length);
}
