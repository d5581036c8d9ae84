package dev.hillock.binding;

import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;

/** The ABI through JavaCPP. */
final class JniCalls implements NativeCalls {
    private JniCalls() {}

    /** Loads the glue, which is linked to the library beside it. */
    static NativeCalls open(Path library) throws IOException {
        if (NativeFile.find(JniCalls.class, "jniHillock") == null) {
            throw new IOException("its glue is not on the class path");
        }
        Loader.load(Hillock.class);
        return new JniCalls();
    }

    @Override
    public String binding() {
        return "jni";
    }

    @Override
    public String version() {
        return text(Hillock.hillock_version());
    }

    @Override
    public String functions() {
        return text(Hillock.hillock_functions());
    }

    @Override
    public int targetCount() {
        return Hillock.hillock_target_count();
    }

    @Override
    public String targetName(int target) {
        return text(Hillock.hillock_target_name(target));
    }

    @Override
    public boolean targetAvailable(int target) {
        return Hillock.hillock_target_available(target) != 0;
    }

    @Override
    public long eltwiseKernel(int target, int type, int direction, int function) {
        return Hillock.hillock_eltwise_kernel(target, type, direction, function);
    }

    @Override
    public void eltwise(
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
            boolean stream) {
        CopiedCall copied = length <= CopiedCall.LONGEST && x != null && out != null && (dy != null || dyOffset == 0)
                ? CopiedCall.take()
                : null;
        if (copied != null) {
            copied.run(kernel, p0, p1, p2, x, xOffset, dy, dyOffset, out, outOffset, length);
            return;
        }
        Hillock.hillock_eltwise(kernel, p0, p1, p2, x, xOffset, dy, dyOffset, out, outOffset, length, stream ? 1 : 0);
    }

    @Override
    public void eltwise(
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
            boolean stream) {
        Hillock.hillock_eltwise(kernel, p0, p1, p2, x, xOffset, dy, dyOffset, out, outOffset, length, stream ? 1 : 0);
    }

    @Override
    public void eltwise(
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
            boolean stream) {
        Hillock.hillock_eltwise(kernel, p0, p1, p2, x, xOffset, dy, dyOffset, out, outOffset, length, stream ? 1 : 0);
    }

    @Override
    public void eltwiseRows(
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
            boolean stream) {
        Hillock.hillock_eltwise_rows(
                kernel,
                p0,
                p1,
                p2,
                x,
                xOffset,
                xStride,
                dy,
                dyOffset,
                dyStride,
                out,
                outOffset,
                outStride,
                rows,
                length,
                stream ? 1 : 0);
    }

    @Override
    public String axisFunctions() {
        return text(Hillock.hillock_axis_functions());
    }

    @Override
    public long axisKernel(int target, int type, int direction, int function) {
        return Hillock.hillock_axis_kernel(target, type, direction, function);
    }

    @Override
    public void axis(
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
            long outOffset) {
        Hillock.hillock_axis(
                kernel,
                temperature,
                outer,
                axis,
                inner,
                outerStride,
                axisStride,
                x,
                xOffset,
                dy,
                dyOffset,
                out,
                outOffset);
    }

    @Override
    public void axis(
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
            long outOffset) {
        Hillock.hillock_axis(
                kernel,
                temperature,
                outer,
                axis,
                inner,
                outerStride,
                axisStride,
                x,
                xOffset,
                dy,
                dyOffset,
                out,
                outOffset);
    }

    @Override
    public long gumbelKernel(int target) {
        return Hillock.hillock_gumbel_kernel(target);
    }

    @Override
    public void gumbel(
            long kernel, long seed, long index, long indexStride, long rows, long columns, float[] z, long zOffset) {
        Hillock.hillock_gumbel(kernel, seed, index, indexStride, rows, columns, z, zOffset);
    }

    @Override
    public long dropoutKernel(int target) {
        return Hillock.hillock_dropout_kernel(target);
    }

    @Override
    public void dropout(
            long kernel,
            long seed,
            long index,
            long leastKept,
            float factor,
            float[] values,
            long valuesOffset,
            long length) {
        Hillock.hillock_dropout(kernel, seed, index, leastKept, factor, values, valuesOffset, length);
    }

    @Override
    public long statisticsKernel(int target) {
        return Hillock.hillock_statistics_kernel(target);
    }

    @Override
    public void statistics(
            long kernel,
            float[] y,
            long yOffset,
            float[] slopes,
            long slopesOffset,
            float flat,
            long length,
            double[] sums,
            float[] lanes) {
        Hillock.hillock_statistics(kernel, y, yOffset, slopes, slopesOffset, flat, length, sums, lanes);
    }

    @Override
    public long preluKernel(int target, int type) {
        return Hillock.hillock_prelu_kernel(target, type);
    }

    @Override
    public void prelu(
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
            boolean stream) {
        Hillock.hillock_prelu(
                kernel,
                outer,
                channels,
                inner,
                outerStride,
                alpha,
                alphaOffset,
                x,
                xOffset,
                dy,
                dyOffset,
                out,
                outOffset,
                sums,
                sumsOffset,
                stream ? 1 : 0);
    }

    @Override
    public void prelu(
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
            boolean stream) {
        Hillock.hillock_prelu(
                kernel,
                outer,
                channels,
                inner,
                outerStride,
                alpha,
                alphaOffset,
                x,
                xOffset,
                dy,
                dyOffset,
                out,
                outOffset,
                sums,
                sumsOffset,
                stream ? 1 : 0);
    }

    @Override
    public void gatedBackward(
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
            long length) {
        Hillock.hillock_gated_backward(
                backward,
                times,
                product,
                p0,
                p1,
                p2,
                gate,
                dGate,
                gateOffset,
                value,
                dValue,
                valueOffset,
                stride,
                dy,
                dyOffset,
                rows,
                length);
    }

    @Override
    public long affineKernel(int target) {
        return Hillock.hillock_affine_kernel(target);
    }

    @Override
    public void affine(
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
            long shiftSumsOffset) {
        Hillock.hillock_affine(
                kernel,
                eltwise,
                p0,
                p1,
                p2,
                outer,
                channels,
                inner,
                scale,
                scaleOffset,
                shift,
                shiftOffset,
                x,
                xOffset,
                dy,
                dyOffset,
                out,
                outOffset,
                scaleSums,
                scaleSumsOffset,
                shiftSums,
                shiftSumsOffset);
    }

    @Override
    public String losses() {
        return text(Hillock.hillock_losses());
    }

    @Override
    public long lossKernel(int target, int loss) {
        return Hillock.hillock_loss_kernel(target, loss);
    }

    @Override
    public double loss(
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
            long length) {
        return Hillock.hillock_loss(
                kernel,
                p0,
                p1,
                p2,
                x,
                xOffset,
                t,
                tOffset,
                weight,
                weightOffset,
                terms,
                termsOffset,
                dx,
                dxOffset,
                scale,
                length);
    }

    private static String text(BytePointer pointer) {
        return pointer == null ? null : pointer.getString();
    }
}
