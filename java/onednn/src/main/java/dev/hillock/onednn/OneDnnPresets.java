package dev.hillock.onednn;

import org.bytedeco.javacpp.annotation.Platform;
import org.bytedeco.javacpp.annotation.Properties;
import org.bytedeco.javacpp.tools.Info;
import org.bytedeco.javacpp.tools.InfoMap;
import org.bytedeco.javacpp.tools.InfoMapper;

/**
 * What JavaCPP's parser makes of {@code hillock_onednn.h}; the result is the class {@code OneDnn}. oneDNN and the OpenMP
 * runtime it needs come out of the dnnl preset's jar and are loaded first; the preset's classes are not used.
 */
@Properties(
        value = {
            @Platform(include = "hillock_onednn.h", link = "hillock_onednn"),
            @Platform(
                    value = "linux",
                    preload = {"gomp@.1", "dnnl@.3"},
                    preloadresource = "/org/bytedeco/dnnl/"),
            @Platform(
                    value = "macosx",
                    preload = {"omp", "iomp5", "dnnl@.3"},
                    preloadresource = "/org/bytedeco/dnnl/"),
            @Platform(value = "windows", preload = "dnnl", preloadresource = "/org/bytedeco/dnnl/")
        },
        target = "dev.hillock.onednn",
        global = "dev.hillock.onednn.OneDnn")
public class OneDnnPresets implements InfoMapper {
    /** Called by JavaCPP. */
    public OneDnnPresets() {}

    @Override
    public void map(InfoMap infoMap) {
        infoMap.put(new Info("HILLOCK_ONEDNN_API", "HILLOCK_ONEDNN_NOEXCEPT")
                .cppTypes()
                .annotations());
        String f = "int function, float p0, float p1";
        critical(infoMap, "eltwise_forward", f, "long length", read("x"), written("y"));
        critical(infoMap, "eltwise_backward", f, "long length", read("x"), read("dy"), written("dx"));
        critical(infoMap, "eltwise_backward_from_output", f, "long length", read("y"), read("dy"), written("dx"));
        String shape = "int logarithm, long outer, long axis, long inner";
        critical(infoMap, "softmax_forward", shape, read("x"), written("y"));
        critical(infoMap, "softmax_backward", shape, read("y"), read("dy"), written("dx"));
        String channels = "long outer, long channels, long inner";
        critical(infoMap, "prelu_forward", channels, read("x"), read("alpha"), written("y"));
        critical(
                infoMap,
                "prelu_backward",
                channels,
                read("x"),
                read("alpha"),
                read("dy"),
                written("dx"),
                written("dalpha"));
        String sizes = "long rows, long inputs, long outputs";
        String add = "int accumulate";
        critical(
                infoMap,
                "dense_forward",
                f,
                "int has_bias",
                sizes,
                matrix(read("x")),
                matrix(read("w")),
                read("b"),
                matrix(written("y")));
        critical(
                infoMap,
                "dense_backward_input",
                add,
                sizes,
                matrix(read("dy")),
                matrix(read("w")),
                matrix(written("dx")));
        critical(
                infoMap,
                "dense_backward_weights",
                add,
                sizes,
                matrix(read("dy")),
                matrix(read("x")),
                matrix(written("dw")));
        critical(infoMap, "dense_backward_bias", add, "long rows, long outputs", matrix(read("dy")), written("db"));
    }

    // Operands are arrays, held in a critical region and never copied; a null array stands for memory outside the heap,
    // whose address is then the offset.
    private static void critical(InfoMap infoMap, String name, String... arguments) {
        infoMap.put(new Info("hillock_onednn_" + name)
                .javaText("@CriticalRegion public static native int hillock_onednn_" + name + "("
                        + String.join(", ", arguments) + ");\n"));
    }

    private static String read(String name) {
        return "@Const float[] " + name + ", long " + name + "_offset";
    }

    private static String written(String name) {
        return "float[] " + name + ", long " + name + "_offset";
    }

    // A leading dimension is called after its operand.
    private static String matrix(String operand) {
        String name = operand.substring(operand.indexOf("[] ") + 3, operand.indexOf(','));
        return operand + ", long " + name + "_leading";
    }
}
