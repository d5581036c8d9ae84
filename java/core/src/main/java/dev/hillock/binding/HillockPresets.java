package dev.hillock.binding;

import org.bytedeco.javacpp.annotation.Platform;
import org.bytedeco.javacpp.annotation.Properties;
import org.bytedeco.javacpp.tools.Info;
import org.bytedeco.javacpp.tools.InfoMap;
import org.bytedeco.javacpp.tools.InfoMapper;

/** What JavaCPP's parser makes of {@code hillock.h}; the result is the class {@code Hillock}. */
@Properties(
        value = {@Platform(include = "hillock.h", link = "hillock")},
        target = "dev.hillock.binding",
        global = "dev.hillock.binding.Hillock")
public class HillockPresets implements InfoMapper {
    /** Called by JavaCPP. */
    public HillockPresets() {}

    @Override
    public void map(InfoMap infoMap) {
        infoMap.put(new Info("HILLOCK_API").cppTypes().annotations());
        // One C function, one Java method per kind of array. The arrays are held in a critical region, never copied;
        // a null array stands for memory outside the heap, whose address is then the offset.
        String method = "@CriticalRegion public static native void hillock_eltwise(long kernel, double p0, double p1, "
                + "double p2, @Const ARRAY x, long x_offset, @Const ARRAY dy, long dy_offset, ARRAY out, "
                + "long out_offset, long length, int stream);\n";
        // That of a direct buffer's first element comes from JNI itself, through what JavaCPP's glue calls env: its own
        // way to a buffer (1.5.13) adds the position, counted in bytes.
        String address = "@Name(\"env->GetDirectBufferAddress\") public static native @Cast(\"intptr_t\") long "
                + "direct_buffer_address(@Raw Buffer direct);\n";
        infoMap.put(new Info("hillock_eltwise")
                .javaText(method.replace("ARRAY", "float[]")
                        + method.replace("ARRAY", "double[]")
                        + method.replace("ARRAY", "short[]")
                        + address));
        infoMap.put(new Info("hillock_eltwise_rows")
                .javaText("@CriticalRegion public static native void hillock_eltwise_rows(long kernel, double p0, "
                        + "double p1, double p2, @Const float[] x, long x_offset, long x_stride, @Const float[] dy, "
                        + "long dy_offset, long dy_stride, float[] out, long out_offset, long out_stride, long rows, "
                        + "long length, int stream);\n"));
        // Written by CopiedCall, number by number.
        infoMap.put(new Info("hillock_eltwise_arguments").skip());
        String overAxis = "@CriticalRegion public static native void hillock_axis(long kernel, double temperature, "
                + "long outer, long axis, long inner, long outer_stride, long axis_stride, @Const ARRAY x, "
                + "long x_offset, @Const ARRAY dy, long dy_offset, ARRAY out, long out_offset);\n";
        infoMap.put(new Info("hillock_axis")
                .javaText(overAxis.replace("ARRAY", "float[]") + overAxis.replace("ARRAY", "double[]")));
        infoMap.put(new Info("hillock_gumbel")
                .javaText(
                        "@CriticalRegion public static native void hillock_gumbel(long kernel, long seed, long index, "
                                + "long index_stride, long rows, long columns, float[] z, long z_offset);\n"));
        infoMap.put(
                new Info("hillock_dropout")
                        .javaText(
                                "@CriticalRegion public static native void hillock_dropout(long kernel, long seed, long index, "
                                        + "long least_kept, float factor, float[] values, long values_offset, long length);\n"));
        infoMap.put(new Info("hillock_statistics")
                .javaText("@CriticalRegion public static native void hillock_statistics(long kernel, @Const float[] y, "
                        + "long y_offset, @Const float[] slopes, long slopes_offset, float flat, long length, "
                        + "double[] sums, float[] lanes);\n"));
        String prelu =
                "@CriticalRegion public static native void hillock_prelu(long kernel, long outer, long channels, "
                        + "long inner, long outer_stride, @Const ARRAY alpha, long alpha_offset, @Const ARRAY x, "
                        + "long x_offset, @Const ARRAY dy, long dy_offset, ARRAY out, long out_offset, double[] sums, "
                        + "long sums_offset, int stream);\n";
        infoMap.put(new Info("hillock_prelu")
                .javaText(prelu.replace("ARRAY", "float[]") + prelu.replace("ARRAY", "double[]")));
        infoMap.put(new Info("hillock_gated_backward")
                .javaText("@CriticalRegion public static native void hillock_gated_backward(long backward, long times, "
                        + "long product, double p0, double p1, double p2, @Const float[] gate, float[] d_gate, "
                        + "long gate_offset, @Const float[] value, float[] d_value, long value_offset, long stride, "
                        + "@Const float[] dy, long dy_offset, long rows, long length);\n"));
        infoMap.put(new Info("hillock_affine")
                .javaText(
                        "@CriticalRegion public static native void hillock_affine(long kernel, long eltwise, double p0, "
                                + "double p1, double p2, long outer, long channels, long inner, @Const float[] scale, "
                                + "long scale_offset, @Const float[] shift, long shift_offset, @Const float[] x, long x_offset, "
                                + "@Const float[] dy, long dy_offset, float[] out, long out_offset, double[] scale_sums, "
                                + "long scale_sums_offset, double[] shift_sums, long shift_sums_offset);\n"));
        infoMap.put(new Info("hillock_loss")
                .javaText("@CriticalRegion public static native double hillock_loss(long kernel, double p0, double p1, "
                        + "double p2, @Const float[] x, long x_offset, @Const float[] t, long t_offset, "
                        + "@Const float[] weight, long weight_offset, float[] terms, long terms_offset, float[] dx, "
                        + "long dx_offset, double scale, long length);\n"));
    }
}
