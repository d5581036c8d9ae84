package dev.hillock.engine;

import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Finds the formulas of the mirror classes by name and makes a loop of each.
 *
 * <p>For a function {@code leaky_relu} one of the classes has {@code leakyRelu(x, alpha)}; for its slope either
 * {@code leakyReluDerivative(x, alpha)}, which is multiplied by dy, or {@code leakyReluBackward(x, dy, alpha)}; and from
 * the output, where the catalogue allows it, {@code leakyReluSlopeFromOutput(y, alpha)} or
 * {@code leakyReluBackwardFromOutput(y, dy, alpha)}. Where there is a constant {@code GELU_TAIL_END} or
 * {@code GELU_SLOPE_TAIL_END}, {@code geluTail(x)} and the slope {@code geluSlopeTail(x)} hold below it; where it is
 * {@code SINE_TAIL_ANGLE}, they hold where the first parameter times x is above it in magnitude. Where there is
 * {@code sigmoidStart(x)}, {@code sigmoid(x, c)} is the rest of the formula: for floats c is the power of two that begins
 * with it, for vectors it is what the start returned. Where the catalogue says that a function is usual with some
 * parameters, {@code usualSoftplus(x)} may hold for those.
 */
final class LoopSpecializer<L> {
    private static final int PARAMETERS = 3;

    private final MethodHandles.Lookup lookup;
    private final List<Class<?>> formulas;
    private final Class<?> value;
    private final MethodHandle multiply;
    private final Class<L> kind;
    private final byte[] template;
    private final boolean inParts;
    private final boolean inTwo;

    /**
     * Prepares a specializer.
     *
     * @param formulas the mirror classes
     * @param value what its formulas take and return: a float, a double or a vector of either
     * @param multiply the product of two values
     * @param kind what a loop is used as
     * @param template the class to copy for every formula
     * @param inParts whether to put formulas together of a start and the rest even where there is one method for both
     * @param inTwo whether to copy the class twice, once for long arrays
     */
    LoopSpecializer(
            MethodHandles.Lookup lookup,
            List<Class<?>> formulas,
            Class<?> value,
            MethodHandle multiply,
            Class<L> kind,
            Class<? extends L> template,
            boolean inParts,
            boolean inTwo) {
        this.lookup = lookup;
        this.formulas = formulas;
        this.value = value;
        this.multiply = multiply;
        this.kind = kind;
        this.inParts = inParts;
        this.inTwo = inTwo;
        try (InputStream bytes = template.getResourceAsStream(template.getSimpleName() + ".class")) {
            this.template = bytes.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A loop for one function and direction, or null if no mirror class has such a formula.
     *
     * @param usual whether for the parameters with which the function is usual only
     */
    L loop(Function function, Direction direction, boolean usual) {
        return define(formula(name(function, usual), count(function, usual), direction));
    }

    /** The same for the function times a second operand, which stands for dy. */
    L timesLoop(Function function, boolean usual) {
        return define(times(name(function, usual), count(function, usual)));
    }

    private static String name(Function function, boolean usual) {
        return usual ? "usual_" + function.name() : function.name();
    }

    private static int count(Function function, boolean usual) {
        return usual ? 0 : function.parameters().size();
    }

    private L define(Formula formula) {
        if (formula == null) {
            return null;
        }
        return copy(inTwo ? formula.withLoopForLong(copy(formula)) : formula);
    }

    private L copy(Formula formula) {
        try {
            return kind.cast(lookup.defineHiddenClassWithClassData(template, formula, true)
                    .lookupClass()
                    .getDeclaredConstructor()
                    .newInstance());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private Formula formula(String function, int count, Direction direction) {
        String name = lowerCamel(function);
        MethodHandle handle =
                switch (direction) {
                    case FORWARD -> withoutGradient(whole(name, count));
                    case BACKWARD -> either(find(name + "Backward", 2 + count), whole(name + "Derivative", count));
                    case BACKWARD_FROM_OUTPUT ->
                        either(find(name + "BackwardFromOutput", 2 + count), find(name + "SlopeFromOutput", 1 + count));
                };
        if (handle == null) {
            return null;
        }
        boolean forward = direction == Direction.FORWARD;
        Formula withTail = direction == Direction.BACKWARD_FROM_OUTPUT
                ? null
                : withTail(
                        handle,
                        function + (forward ? "_tail_" : "_slope_tail_"),
                        count,
                        () -> forward
                                ? withoutGradient(find(name + "Tail", 1 + count))
                                : product(find(name + "SlopeTail", 1 + count), 1));
        if (withTail != null) {
            return withTail;
        }
        MethodHandle start = find(name + (forward ? "Start" : "DerivativeStart"), 1 + count);
        boolean inSteps = value == float.class && start != null && direction != Direction.BACKWARD_FROM_OUTPUT;
        if (!inSteps) {
            return Formula.of(complete(handle, count));
        }
        MethodHandle rest = find(name + (forward ? "" : "Derivative"), 2 + count);
        return Formula.inSteps(
                complete(handle, count),
                complete(start, count),
                complete(forward ? withoutGradient(rest, 2) : product(rest, 2), count));
    }

    private Formula times(String function, int count) {
        String name = lowerCamel(function);
        MethodHandle handle = either(null, whole(name, count));
        if (handle == null) {
            return null;
        }
        Formula withTail =
                withTail(handle, function + "_tail_", count, () -> product(find(name + "Tail", 1 + count), 1));
        return withTail == null ? Formula.of(complete(handle, count)) : withTail;
    }

    // Null if there are no constants that begin so.
    private Formula withTail(MethodHandle handle, String prefix, int count, Supplier<MethodHandle> tail) {
        Float end = constant(prefix + "end");
        Float angle = constant(prefix + "angle");
        return end == null && angle == null
                ? null
                : Formula.withTail(
                        complete(handle, count), complete(tail.get(), count), end != null ? end : angle, end == null);
    }

    // (x, parameters) -> out, in one method or from what starts it and the rest.
    private MethodHandle whole(String name, int count) {
        MethodHandle start = find(name + "Start", 1 + count);
        MethodHandle undivided = find(name, 1 + count);
        if (start == null || undivided != null && !inParts) {
            return undivided;
        }
        MethodHandle rest = MethodHandles.collectArguments(find(name, 2 + count), 1, start);
        int[] order = new int[rest.type().parameterCount()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i <= count + 1 ? Math.max(0, i - 1) : i - count - 1;
        }
        return MethodHandles.permuteArguments(rest, start.type(), order);
    }

    // (x, dy, p0, p1, p2) -> out, however many parameters the formula has.
    private MethodHandle complete(MethodHandle handle, int count) {
        MethodHandle complete = handle;
        for (int unused = count; unused < PARAMETERS; unused++) {
            complete = MethodHandles.dropArguments(complete, complete.type().parameterCount(), value);
        }
        return complete;
    }

    private Float constant(String name) {
        for (Class<?> family : formulas) {
            try {
                return (float) lookup.findStaticGetter(family, name.toUpperCase(Locale.ROOT), float.class)
                        .invokeExact();
            } catch (NoSuchFieldException e) {
                continue;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }
        return null;
    }

    private MethodHandle withoutGradient(MethodHandle handle) {
        return handle == null ? null : withoutGradient(handle, 1);
    }

    private MethodHandle withoutGradient(MethodHandle handle, int at) {
        return MethodHandles.dropArguments(handle, at, value);
    }

    private MethodHandle either(MethodHandle backward, MethodHandle slope) {
        return backward != null || slope == null ? backward : product(slope, 1);
    }

    // dy * slope, dy at that place of the arguments.
    private MethodHandle product(MethodHandle slope, int at) {
        MethodHandle product = MethodHandles.collectArguments(multiply, 1, slope);
        int[] order = new int[product.type().parameterCount()];
        order[0] = at;
        for (int i = 1; i < order.length; i++) {
            order[i] = i <= at ? i - 1 : i;
        }
        return MethodHandles.permuteArguments(product, product.type(), order);
    }

    private MethodHandle find(String name, int arguments) {
        Class<?>[] types = new Class<?>[arguments];
        Arrays.fill(types, value);
        for (Class<?> family : formulas) {
            try {
                return lookup.findStatic(family, name, MethodType.methodType(value, types));
            } catch (NoSuchMethodException e) {
                continue;
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
        return null;
    }

    static String lowerCamel(String name) {
        StringBuilder camel = new StringBuilder();
        for (String word : name.split("_")) {
            camel.append(
                    camel.length() == 0 ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return camel.toString();
    }

    // A formula throws nothing; only errors of the machine come through.
    static RuntimeException unchecked(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return (RuntimeException) e;
    }
}
