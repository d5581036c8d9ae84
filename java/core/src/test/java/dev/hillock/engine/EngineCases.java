package dev.hillock.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hillock.ElementType;
import dev.hillock.Engine;
import dev.hillock.catalogue.Catalogue;
import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.Function;
import dev.hillock.catalogue.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What tests over the catalogue walk: functions, directions, and every engine that promises the same bits. */
final class EngineCases {
    /** One engine with a name for messages: a native one is named by its instruction set too. */
    record Named(String name, KernelEngine engine) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A function in one direction with parameters. */
    record Case(Function function, Direction direction, double[] parameters) {
        @Override
        public String toString() {
            return function + " " + direction;
        }
    }

    private EngineCases() {}

    /** Every available engine that promises SCALAR's bits: VECTOR and NATIVE on each instruction set. */
    static List<Named> identical() {
        List<Named> engines = new ArrayList<>();
        engines.add(new Named("scalar", Engines.get(Engine.SCALAR)));
        KernelEngine vector = Engines.get(Engine.VECTOR);
        if (vector.availability().isAvailable()) {
            engines.add(new Named("vector", vector));
        }
        for (String target : NativeEngine.targets()) {
            KernelEngine engine = new NativeEngine(target);
            if (engine.availability().isAvailable()) {
                engines.add(new Named("native " + target, engine));
            }
        }
        return engines;
    }

    /** Every function and direction that has kernels, at the default parameters. */
    static Stream<Case> cases() {
        KernelEngine scalar = Engines.get(Engine.SCALAR);
        return Catalogue.functions().stream()
                .flatMap(function -> Stream.of(Direction.values())
                        .map(direction -> new Case(function, direction, defaults(function))))
                .filter(c -> scalar.supports(c.function, ElementType.FLOAT32, c.direction, c.parameters))
                .filter(c -> c.direction != Direction.BACKWARD_FROM_OUTPUT || c.function.fromOutput(c.parameters));
    }

    /** Every function and direction that has kernels for doubles, at the parameters the contract is checked at. */
    static Stream<Case> doubleCases() {
        return Catalogue.functions().stream()
                .filter(function -> Engines.hasKernels(function, ElementType.FLOAT64))
                .flatMap(function -> tested(function).stream().flatMap(parameters -> Stream.of(Direction.values())
                        .map(direction -> new Case(function, direction, parameters))))
                .filter(c -> c.direction != Direction.BACKWARD_FROM_OUTPUT || c.function.fromOutput(c.parameters));
    }

    private static List<double[]> tested(Function function) {
        List<double[]> tested = function.testParameters();
        return tested.isEmpty() ? List.of(defaults(function)) : tested;
    }

    /** Default parameters, rounded to float; 1 where there is no default. */
    static double[] defaults(Function function) {
        return function.parameters().stream()
                .map(Parameter::defaultValue)
                .mapToDouble(value -> value == null ? 1 : (float) (double) value)
                .toArray();
    }

    static float[] run(KernelEngine engine, Case c, float[] x, float[] dy) {
        float[] out = new float[x.length];
        engine.eltwise(c.function, ElementType.FLOAT32, c.direction, c.parameters, x, 0, dy, 0, out, 0, x.length);
        return out;
    }

    /** Bits, with every NaN as one value. */
    static int bits(float value) {
        return Float.floatToIntBits(value);
    }

    static void assertSameBits(float expected, float actual, Object engine, Case c, float x, float dy) {
        if (bits(expected) != bits(actual)) {
            assertEquals(
                    Float.toHexString(expected),
                    Float.toHexString(actual),
                    () -> c + " on " + engine + " at x = " + Float.toHexString(x) + " (bits "
                            + Integer.toHexString(bits(x)) + "), dy = " + dy);
        }
    }
}
