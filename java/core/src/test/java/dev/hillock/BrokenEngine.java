package dev.hillock;

import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;
import dev.hillock.engine.Availability;
import dev.hillock.engine.AxisKernels;
import dev.hillock.engine.Engines;
import dev.hillock.engine.FusedKernels;
import dev.hillock.engine.KernelEngine;
import dev.hillock.engine.LossKernels;
import dev.hillock.engine.LossOperands;
import dev.hillock.engine.RowKernels;
import dev.hillock.kernel.Ranges;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Plain loops that call themselves native, but for one element of what they write. */
final class BrokenEngine implements KernelEngine {
    private final KernelEngine scalar = Engines.get(Engine.SCALAR);
    private final long wrongAt;
    private final long length;
    private long done;

    /**
     * One for element-wise calls of some length.
     *
     * @param wrongAt the element that is wrong
     */
    BrokenEngine(long wrongAt, long length) {
        this.wrongAt = wrongAt;
        this.length = length;
    }

    @Override
    public Engine engine() {
        return Engine.NATIVE;
    }

    @Override
    public Availability availability() {
        return scalar.availability();
    }

    @Override
    public boolean supports(Function function, ElementType type, Direction direction, double[] parameters) {
        return scalar.supports(function, type, direction, parameters);
    }

    @Override
    public void eltwise(
            Function function,
            ElementType type,
            Direction direction,
            double[] parameters,
            Object x,
            long xOffset,
            Object dy,
            long dyOffset,
            Object out,
            long outOffset,
            long n) {
        scalar.eltwise(function, type, direction, parameters, x, xOffset, dy, dyOffset, out, outOffset, n);
        long wrong = wrongAt - done;
        if (wrong >= 0 && wrong < n) {
            int at = (int) (outOffset + wrong);
            if (out instanceof float[] floats) {
                floats[at] *= 1.00001f;
            } else if (out instanceof double[] doubles) {
                doubles[at] = Math.nextUp(doubles[at]);
            } else if (out instanceof short[] halves) {
                halves[at] ^= 1;
            }
        }
        done = (done + n) % length;
    }

    @Override
    public AxisKernels axis() {
        return broken(AxisKernels.class, scalar.axis());
    }

    @Override
    public RowKernels rows() {
        return broken(RowKernels.class, scalar.rows());
    }

    @Override
    public LossKernels losses() {
        return broken(LossKernels.class, scalar.losses());
    }

    @Override
    public FusedKernels fused() {
        return broken(FusedKernels.class, scalar.fused());
    }

    // Each call gets one bit wrong in each array it writes.
    private static <K> K broken(Class<K> kind, K kernels) {
        return kind.cast(Proxy.newProxyInstance(kind.getClassLoader(), new Class<?>[] {kind}, (p, method, given) -> {
            List<Object> arrays = new ArrayList<>();
            for (Object argument : given == null ? new Object[0] : given) {
                Stream.of(
                                argument instanceof LossOperands o
                                        ? new Object[] {o.dx(), o.terms()}
                                        : new Object[] {argument})
                        .filter(a -> a instanceof float[] || a instanceof double[])
                        .forEach(arrays::add);
            }
            List<Object> before = arrays.stream().map(Ranges::copy).toList();
            Object result = method.invoke(kernels, given);
            for (int i = 0; i < arrays.size(); i++) {
                spoil(before.get(i), arrays.get(i));
            }
            return result;
        }));
    }

    private static void spoil(Object before, Object after) {
        if (after instanceof float[] floats) {
            int changed = Arrays.mismatch((float[]) before, floats);
            if (changed >= 0) {
                floats[changed] = Math.nextUp(floats[changed]);
            }
        } else {
            double[] doubles = (double[]) after;
            int changed = Arrays.mismatch((double[]) before, doubles);
            if (changed >= 0) {
                doubles[changed] = Math.nextUp(doubles[changed]);
            }
        }
    }
}
