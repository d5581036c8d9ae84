package dev.hillock.bench.peers;

import dev.hillock.bench.Case;
import dev.hillock.bench.Contestant;
import dev.hillock.bench.NotSupported;
import dev.hillock.bench.Work;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import jdk.incubator.vector.FloatVector;

/** The Vector API with its own transcendental functions, as a Java program would use it without a library. */
public final class VectorApi implements Contestant {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    /** A formula over a range. */
    interface Loop {
        void run(float[] x, float[] dy, float[] out, int from, int to);
    }

    @Override
    public String name() {
        return "vector-api";
    }

    @Override
    public String description() {
        return "jdk.incubator.vector with its own EXP, TANH, LOG1P, " + FloatVector.SPECIES_PREFERRED.length()
                + " lanes";
    }

    @Override
    public Work prepare(Case task, float[] x, float[] dy) throws NotSupported {
        if (task.threads() != 1 || task.isOverRows() || task.isLoss() || task.operation().equals("bias_gelu")) {
            throw new NotSupported("only element by element on one thread");
        }
        Loop loop = loop(formula(task));
        float[] out = new float[task.total()];
        return new Work() {
            @Override
            public int windows() {
                return task.windows();
            }

            @Override
            public void run(int window) {
                int from = window * task.length();
                loop.run(x, dy, out, from, from + task.length());
            }

            @Override
            public void result(float[] to) {
                System.arraycopy(out, 0, to, 0, Math.min(out.length, to.length));
            }
        };
    }

    private static MethodHandle formula(Case task) throws NotSupported {
        String name = task.operation()
                + switch (task.direction()) {
                    case FORWARD -> "";
                    case BACKWARD -> "_backward";
                    case BACKWARD_FROM_OUTPUT -> "_from_output";
                };
        MethodType one = MethodType.methodType(FloatVector.class, FloatVector.class);
        try {
            if (task.isFused()) {
                return LOOKUP.findStatic(VectorApiFormulas.class, name, one.appendParameterTypes(FloatVector.class));
            }
            return switch (task.direction()) {
                case FORWARD ->
                    MethodHandles.dropArguments(
                            LOOKUP.findStatic(VectorApiFormulas.class, name, one), 1, FloatVector.class);
                default ->
                    LOOKUP.findStatic(VectorApiFormulas.class, name, one.appendParameterTypes(FloatVector.class));
            };
        } catch (NoSuchMethodException e) {
            throw new NotSupported("not written");
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Loop loop(MethodHandle formula) {
        try (InputStream bytes = VectorApi.class.getResourceAsStream("VectorApiLoop.class")) {
            return (Loop) LOOKUP.defineHiddenClassWithClassData(bytes.readAllBytes(), formula, true)
                    .lookupClass()
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
