package dev.hillock.engine;

import dev.hillock.catalogue.LossKernel;
import dev.hillock.kernel.LaneSums;
import dev.hillock.kernel.ScalarFused;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/** Losses in Java, with the native kernels' bits: the mirror of {@code native/core/loss_loop.h}. */
final class JavaLossKernels implements LossKernels {
    // A multiple of the sum's lanes and of any vector's.
    private static final int BLOCK = 256;
    private static final int PARAMETERS = 3;

    private final AtomicReferenceArray<LossLoop> loops = new AtomicReferenceArray<>(LossKernel.values().length);
    private final Class<? extends LossLoop> template;
    private final Class<?> formulas;
    private final Class<?> value;
    private final Supplier<LaneSums> sums;
    private final int lanes;
    private final JavaLossKernels rest;

    /**
     * Makes the kernels of an engine.
     *
     * @param template the class to copy for every loss
     * @param formulas the mirror class
     * @param value what its formulas take and return
     * @param sums makes what adds up the terms
     * @param lanes elements of a value
     * @param rest for the elements after the last whole value; null where there can be none
     */
    JavaLossKernels(
            Class<? extends LossLoop> template,
            Class<?> formulas,
            Class<?> value,
            Supplier<LaneSums> sums,
            int lanes,
            JavaLossKernels rest) {
        this.template = template;
        this.formulas = formulas;
        this.value = value;
        this.sums = sums;
        this.lanes = lanes;
        this.rest = rest;
    }

    @Override
    public boolean available() {
        return true;
    }

    @Override
    public double run(LossKernel loss, double[] p, LossOperands o, double scale) {
        float[] block = new float[Math.min(BLOCK, o.length())];
        LaneSums total = sums.get();
        for (int i = 0; i < o.length(); i += BLOCK) {
            int count = Math.min(BLOCK, o.length() - i);
            int whole = count / lanes * lanes;
            if (whole > 0) {
                run(loop(loss), p, o, i, block, 0, whole, scale);
            }
            if (whole < count) {
                run(rest.loop(loss), p, o, i + whole, block, whole, count - whole, scale);
            }
            if (o.weight() != null) {
                ScalarFused.product(block, o.weight(), i, block, 0, count);
                if (o.dx() != null) {
                    weigh(o.dx(), o.dxOffset() + i, o.weight(), i, count);
                }
            }
            total.addEach(block, count);
            if (o.terms() != null) {
                System.arraycopy(block, 0, o.terms(), o.termsOffset() + i, count);
            }
        }
        return total.total();
    }

    // Elements from i on, their terms to the block from termsAt on.
    private static void run(
            LossLoop loop, double[] p, LossOperands o, int i, float[] terms, int termsAt, int count, double scale) {
        loop.run(
                o.x(),
                o.xOffset() + i,
                o.t(),
                o.tOffset() + i,
                terms,
                termsAt,
                o.dx(),
                o.dxOffset() + i,
                count,
                (float) scale,
                (float) NativeEngine.parameter(p, 0),
                (float) NativeEngine.parameter(p, 1),
                (float) NativeEngine.parameter(p, 2));
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

    private LossLoop specialized(LossKernel loss) {
        MethodHandles.Lookup lookup = MethodHandles.lookup();
        try (InputStream bytes = template.getResourceAsStream(template.getSimpleName() + ".class")) {
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
    private MethodHandle formula(MethodHandles.Lookup lookup, String name, int parameters)
            throws ReflectiveOperationException {
        MethodType type = MethodType.methodType(value, Collections.nCopies(2 + parameters, value));
        MethodHandle handle = lookup.findStatic(formulas, name, type);
        return MethodHandles.dropArguments(handle, 2 + parameters, Collections.nCopies(PARAMETERS - parameters, value));
    }
}
