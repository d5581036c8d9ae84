package dev.hillock.engine;

import dev.hillock.catalogue.LossKernel;
import dev.hillock.kernel.LaneSums;
import dev.hillock.kernel.ScalarFused;
import dev.hillock.kernel.ScalarLosses;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Losses in plain Java, with the native kernels' bits: the mirror of {@code native/core/loss_loop.h}. */
final class ScalarLossKernels implements LossKernels {
    // A multiple of the sum's lanes.
    private static final int BLOCK = 256;
    private static final int PARAMETERS = 3;

    private final AtomicReferenceArray<LossLoop> loops = new AtomicReferenceArray<>(LossKernel.values().length);

    @Override
    public boolean available() {
        return true;
    }

    @Override
    public double run(LossKernel loss, double[] p, LossOperands o, double scale) {
        LossLoop loop = loop(loss);
        float[] block = new float[Math.min(BLOCK, o.length())];
        LaneSums sums = new LaneSums();
        for (int i = 0; i < o.length(); i += BLOCK) {
            int count = Math.min(BLOCK, o.length() - i);
            loop.run(
                    o.x(),
                    o.xOffset() + i,
                    o.t(),
                    o.tOffset() + i,
                    block,
                    o.dx(),
                    o.dxOffset() + i,
                    count,
                    (float) scale,
                    (float) NativeEngine.parameter(p, 0),
                    (float) NativeEngine.parameter(p, 1),
                    (float) NativeEngine.parameter(p, 2));
            if (o.weight() != null) {
                ScalarFused.product(block, o.weight(), i, block, 0, count);
                if (o.dx() != null) {
                    weigh(o.dx(), o.dxOffset() + i, o.weight(), i, count);
                }
            }
            sums.addEach(block, count);
            if (o.terms() != null) {
                System.arraycopy(block, 0, o.terms(), o.termsOffset() + i, count);
            }
        }
        return sums.total();
    }

    private static void weigh(float[] dx, int dxAt, float[] weight, int at, int count) {
        for (int i = 0; i < count; i++) {
            dx[dxAt + i] = weight[at + i] * dx[dxAt + i];
        }
    }

    private LossLoop loop(LossKernel loss) {
        LossLoop loop = loops.get(loss.ordinal());
        if (loop == null) {
            loop = specialized(loss);
            loops.set(loss.ordinal(), loop);
        }
        return loop;
    }

    private static LossLoop specialized(LossKernel loss) {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        try (InputStream bytes = ScalarLossLoop.class.getResourceAsStream("ScalarLossLoop.class")) {
            String name = LoopSpecializer.lowerCamel(loss.word());
            List<MethodHandle> formulas = List.of(
                    formula(lookup, name, loss.parameterCount()),
                    formula(lookup, name + "Gradient", loss.parameterCount()));
            return (LossLoop) lookup.defineHiddenClassWithClassData(bytes.readAllBytes(), formulas, true)
                    .lookupClass()
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    // (x, t, p0, p1, p2) -> value or gradient; what a formula has no use for is dropped.
    private static MethodHandle formula(MethodHandles.Lookup lookup, String name, int parameters)
            throws ReflectiveOperationException {
        MethodType type = MethodType.methodType(float.class, Collections.nCopies(2 + parameters, float.class));
        MethodHandle handle = lookup.findStatic(ScalarLosses.class, name, type);
        return MethodHandles.dropArguments(
                handle, 2 + parameters, Collections.nCopies(PARAMETERS - parameters, float.class));
    }
}
