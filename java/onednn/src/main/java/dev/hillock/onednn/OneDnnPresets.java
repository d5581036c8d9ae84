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
        // Operands are arrays, held in a critical region and never copied; a null array stands for memory outside the
        // heap, whose address is then the offset.
        infoMap.put(new Info("void").valueTypes("void").pointerTypes("float[]"));
        for (String name : new String[] {
            "eltwise_forward",
            "eltwise_backward",
            "eltwise_backward_from_output",
            "softmax_forward",
            "softmax_backward",
            "dense_forward",
            "dense_backward_input",
            "dense_backward_weights",
            "dense_backward_bias"
        }) {
            infoMap.put(new Info("hillock_onednn_" + name).annotations("@CriticalRegion"));
        }
    }
}
