package dev.hillock.bench;

import dev.hillock.Activation;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.Locale;

/**
 * The floor everybody has: a plain loop over {@link PlainFormulas}. A function that has no line there is computed by
 * the catalogue's textbook formula in double.
 */
final class PlainJava implements Contestant {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final MethodType PAIR = MethodType.methodType(float.class, float.class, float.class);

    /** A formula over a range. */
    interface Loop {
        void run(float[] x, float[] dy, float[] out, int from, int to);
    }

    @Override
    public String name() {
        return "plain";
    }

    @Override
    public String description() {
        return "plain Java loop with Math.*, erf of commons-numbers-gamma";
    }

    @Override
    public boolean knows(Case task) {
        return !task.isOperation();
    }

    @Override
    public Work prepare(Case task, float[] x, float[] dy) throws NotSupported {
        if (task.isLossByElement()) {
            return new PlainLosses(task, x, dy);
        }
        if (task.isFused()) {
            return PlainFused.prepare(task, x, dy);
        }
        if (!task.isEltwise()) {
            return PlainRows.prepare(task, x, dy);
        }
        Loop loop = (Loop) specialised(PlainLoop.class, formula(Activation.of(task.operation()), task.direction()));
        return new ArrayWork(task, (out, from, to) -> loop.run(x, dy, out, from, to));
    }

    /** A loop of a copy of its class that has the formulas as class data. */
    static Object specialised(Class<?> loop, Object formulas) {
        try (InputStream bytes = loop.getResourceAsStream(loop.getSimpleName() + ".class")) {
            return LOOKUP.defineHiddenClassWithClassData(bytes.readAllBytes(), formulas, true)
                    .lookupClass()
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    // (x, dy) -> out.
    private static MethodHandle formula(Activation activation, Direction direction) throws NotSupported {
        MethodHandle handle = function(activation, direction);
        if (direction == Direction.FORWARD) {
            return MethodHandles.dropArguments(handle, 1, float.class);
        }
        try {
            MethodHandle multiply = LOOKUP.findStatic(PlainJava.class, "multiply", PAIR);
            return MethodHandles.collectArguments(multiply, 0, handle);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A value or a slope: (x) -> out. */
    static MethodHandle function(Activation activation, Direction direction) throws NotSupported {
        if (direction == Direction.BACKWARD_FROM_OUTPUT
                && !activation.function().fromOutput(activation.parameters())) {
            throw new NotSupported("the slope cannot be had from the output");
        }
        try {
            MethodHandle handle = written(activation, direction);
            return handle != null ? handle : textbook(activation.function(), activation.parameters(), direction);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MethodHandle written(Activation activation, Direction direction) throws IllegalAccessException {
        String name = lowerCamel(activation.name())
                + switch (direction) {
                    case FORWARD -> "";
                    case BACKWARD -> "Derivative";
                    case BACKWARD_FROM_OUTPUT -> "FromOutput";
                };
        double[] parameters = activation.parameters();
        Class<?>[] types = new Class<?>[1 + parameters.length];
        Arrays.fill(types, float.class);
        try {
            MethodHandle handle =
                    LOOKUP.findStatic(PlainFormulas.class, name, MethodType.methodType(float.class, types));
            for (int i = parameters.length; i > 0; i--) {
                handle = MethodHandles.insertArguments(handle, i, (float) parameters[i - 1]);
            }
            return handle;
        } catch (NoSuchMethodException e) {
            return null;
        }
    }

    private static MethodHandle textbook(Function function, double[] parameters, Direction direction)
            throws ReflectiveOperationException {
        MethodHandle handle = LOOKUP.findStatic(
                PlainJava.class,
                "textbook",
                MethodType.methodType(float.class, Function.class, double[].class, Direction.class, float.class));
        return MethodHandles.insertArguments(handle, 0, function, parameters, direction);
    }

    static float textbook(Function function, double[] parameters, Direction direction, float x) {
        return (float)
                switch (direction) {
                    case FORWARD -> function.reference(x, parameters);
                    case BACKWARD -> function.referenceDerivative(x, parameters);
                    case BACKWARD_FROM_OUTPUT -> function.referenceFromOutput(x, parameters);
                };
    }

    static float multiply(float slope, float dy) {
        return slope * dy;
    }

    private static String lowerCamel(String name) {
        StringBuilder camel = new StringBuilder();
        for (String word : name.split("_")) {
            camel.append(
                    camel.length() == 0 ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return camel.toString();
    }
}
