package dev.hillock;

import dev.hillock.catalogue.Direction;
import dev.hillock.catalogue.LossFunction;
import dev.hillock.catalogue.LossKernel;
import dev.hillock.catalogue.Losses;
import dev.hillock.engine.KernelEngine;
import dev.hillock.kernel.NarrowFloats;
import dev.hillock.loss.ClassLoss;
import dev.hillock.loss.ElementwiseLoss;
import dev.hillock.loss.LossCall;
import dev.hillock.loss.Reals;
import dev.hillock.loss.RowLoss;
import dev.hillock.loss.Weights;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * A loss with its parameters, weights and reduction: an immutable value, safe to share between threads.
 *
 * <pre>{@code
 * Loss loss = Loss.of("cross_entropy");
 * double value = loss.valueAndGradient(logits, new int[] {32, 10}, labels, dLogits);
 * }</pre>
 *
 * <p>Names tell what the predictions are: {@code bce_with_logits} and {@code cross_entropy} take logits and contain the
 * sigmoid or softmax; {@code bce} takes probabilities, {@code nll} log-probabilities. Passing one where the other is
 * meant gives a number that means nothing. Values are added up in double precision in a fixed order. Losses by element
 * of floats are computed in single precision, to 4 ULP (focal to 5 + 2.5 gamma) of the value or, where that is a
 * difference, to 2^-23 of its larger part, with the same bits on every engine that has them but {@code REFERENCE} and
 * for any number of threads. Arguments are checked before anything is written, as {@link Activation} says.
 */
public final class Loss {
    private static final String REDUCTION = "reduction";

    private final LossFunction function;
    private final double[] parameters;
    private final Reduction reduction;
    private final int axis;
    private final Spread weight;
    private final Spread posWeight;
    private final double[] classWeights;
    private final Kernels kernels;

    private record Spread(double[] values, int[] shape) {
        Weights over(String name, int[] target) {
            return new Weights(name, values, shape, target);
        }
    }

    private Loss(
            LossFunction function,
            double[] parameters,
            Reduction reduction,
            int axis,
            Spread weight,
            Spread posWeight,
            double[] classWeights,
            Kernels kernels) {
        this.function = function;
        this.parameters = parameters;
        this.reduction = reduction;
        this.axis = axis;
        this.weight = weight;
        this.posWeight = posWeight;
        this.classWeights = classWeights;
        this.kernels = kernels;
    }

    /**
     * A loss by its name or an alias, reduced to the mean, with default parameters or in the form that
     * {@link #toString()} prints, such as {@code huber(delta=2.0, reduction=sum)}.
     *
     * @throws java.util.NoSuchElementException naming the nearest known one if the name is not known
     * @throws IllegalArgumentException if a parameter is not known or out of range
     */
    public static Loss of(String text) {
        ParameterValues.Spelling spelling = ParameterValues.spelling(text);
        String reduction = spelling.take(REDUCTION);
        Integer axis = spelling.takeAxis();
        Loss loss = of(spelling.name(), spelling.values());
        loss = reduction == null ? loss : loss.withReduction(Reduction.of(reduction));
        return axis == null ? loss : loss.withAxis(axis);
    }

    /**
     * A loss by its name or an alias, with parameters by their names or aliases.
     *
     * @throws java.util.NoSuchElementException naming the nearest known one if the name is not known
     * @throws IllegalArgumentException if a parameter is not known or out of range
     */
    public static Loss of(String name, Map<String, ? extends Number> values) {
        Checks.spelled(name, values);
        LossFunction function = Losses.loss(name);
        double[] parameters = ParameterValues.of(function.name(), function.parameters(), values);
        function.requireValid(parameters);
        return new Loss(
                function, parameters, Reduction.MEAN, defaultAxis(function), null, null, null, Kernels.defaults());
    }

    // Classes lie on axis 1; a row is the last axis.
    private static int defaultAxis(LossFunction function) {
        return function.kind() == LossFunction.Kind.CLASSES ? 1 : -1;
    }

    /**
     * The loss on kernels of your choice, and on their threads; its calls throw {@link IllegalStateException} unless it
     * {@link #isOn} their engine.
     */
    public Loss on(Kernels value) {
        Checks.notNull("kernels", value);
        return new Loss(function, parameters, reduction, axis, weight, posWeight, classWeights, value);
    }

    /** The loss with another reduction. */
    public Loss withReduction(Reduction value) {
        Checks.notNull("reduction", value);
        return new Loss(function, parameters, value, axis, weight, posWeight, classWeights, kernels);
    }

    /** The loss over another axis of classes or rows; a negative one counts from the last. */
    public Loss withAxis(int value) {
        return new Loss(function, parameters, reduction, value, weight, posWeight, classWeights, kernels);
    }

    /** The loss with weights of its elements, spread over the shape of the predictions by NumPy's rules. */
    public Loss withWeight(float[] values, int... shape) {
        return withWeight(widened("weight", values), shape);
    }

    /** The loss with weights of its elements in double precision. */
    public Loss withWeight(double[] values, int... shape) {
        return new Loss(
                function,
                parameters,
                reduction,
                axis,
                spread("weight", values, shape),
                posWeight,
                classWeights,
                kernels);
    }

    /**
     * The loss with weights of positive targets, spread by NumPy's rules.
     *
     * @throws IllegalArgumentException unless this is {@code bce_with_logits}
     */
    public Loss withPosWeight(float[] values, int... shape) {
        return withPosWeight(widened("pos-weight", values), shape);
    }

    /**
     * The loss with weights of positive targets in double precision.
     *
     * @throws IllegalArgumentException unless this is {@code bce_with_logits}
     */
    public Loss withPosWeight(double[] values, int... shape) {
        if (!function.name().equals("bce_with_logits")) {
            throw new IllegalArgumentException("argument pos-weight is not supported by " + function.name());
        }
        return new Loss(
                function,
                parameters,
                reduction,
                axis,
                weight,
                spread("pos-weight", values, shape),
                classWeights,
                kernels);
    }

    /**
     * The loss with one weight per class.
     *
     * @throws IllegalArgumentException unless this is a loss over classes, and the weights are finite and at least 0
     */
    public Loss withClassWeights(float... values) {
        return withClassWeights(widened("class weights", values));
    }

    /**
     * The loss with one weight per class in double precision.
     *
     * @throws IllegalArgumentException unless this is a loss over classes, and the weights are finite and at least 0
     */
    public Loss withClassWeights(double... values) {
        if (function.kind() != LossFunction.Kind.CLASSES) {
            throw new IllegalArgumentException("argument class weights is not supported by " + function.name());
        }
        Checks.notNull("class weights", values);
        for (int i = 0; i < values.length; i++) {
            if (!(values[i] >= 0 && Double.isFinite(values[i]))) {
                throw new IllegalArgumentException(
                        "class weights[" + i + "] is " + values[i] + ": weights are finite and at least 0");
            }
        }
        return new Loss(function, parameters, reduction, axis, weight, posWeight, values.clone(), kernels);
    }

    private static double[] widened(String name, float[] values) {
        Checks.notNull(name, values);
        double[] widened = new double[values.length];
        for (int i = 0; i < widened.length; i++) {
            widened[i] = values[i];
        }
        return widened;
    }

    private static Spread spread(String name, double[] values, int[] shape) {
        Checks.notNull(name, values);
        Checks.elements("shape of " + name, shape);
        return new Spread(values.clone(), shape.length == 0 ? new int[] {values.length} : shape.clone());
    }

    /** The loss in the catalogue. */
    public LossFunction function() {
        return function;
    }

    /**
     * Whether an engine computes this loss, of floats at least, so that nothing would take the engine's place. A loss
     * without kernels is its formula in plain Java, in double precision: {@code REFERENCE}'s and {@code SCALAR}'s.
     */
    public boolean isOn(KernelEngine engine) {
        Checks.notNull("engine", engine);
        if (engine.engine() == Engine.REFERENCE || engine.engine() == Engine.SCALAR) {
            return true;
        }
        return function.name().equals("cross_entropy")
                ? engine.axis().supports(SoftmaxWork.SOFTMAX, ElementType.FLOAT32, Direction.FORWARD)
                : LossKernel.of(function, parameters) != null && engine.losses().available();
    }

    /** How the losses become one number. */
    public Reduction reduction() {
        return reduction;
    }

    /** The parameters in the loss's order. */
    public double[] parameters() {
        return parameters.clone();
    }

    /** The loss of predictions x against as many targets. */
    public double value(float[] x, float[] targets) {
        return compute(x, null, targets, null, null, null, null);
    }

    /** The loss of predictions x against as many targets, and its gradient: x and targets read, dx written. */
    public double valueAndGradient(float[] x, float[] targets, float[] dx) {
        Checks.notNull("dx", dx);
        return compute(x, null, targets, null, null, dx, null);
    }

    /** The loss of predictions of a shape against targets of that shape: probabilities, for losses over classes. */
    public double valueAndGradient(float[] x, int[] shape, float[] targets, float[] dx) {
        return compute(x, shape, targets, null, null, dx, null);
    }

    /**
     * The loss of scores of a shape against class indices, of that shape without the class axis: x and indices read, dx
     * written unless it is null.
     *
     * @throws IndexOutOfBoundsException with the index and its position if one is not a class
     */
    public double valueAndGradient(float[] x, int[] shape, int[] indices, float[] dx) {
        Checks.notNull("indices", indices);
        return compute(x, shape, null, longs(indices), null, dx, null);
    }

    /** The loss of predictions x against as many targets, in double precision. */
    public double value(double[] x, double[] targets) {
        return compute(x, null, targets, null, null, null, null);
    }

    /** The loss of predictions of a shape against targets of that shape, and its gradient, in double precision. */
    public double valueAndGradient(double[] x, int[] shape, double[] targets, double[] dx) {
        return compute(x, shape, targets, null, null, dx, null);
    }

    /** The loss of scores of a shape against class indices, and its gradient, in double precision. */
    public double valueAndGradient(double[] x, int[] shape, int[] indices, double[] dx) {
        Checks.notNull("indices", indices);
        return compute(x, shape, null, longs(indices), null, dx, null);
    }

    /**
     * The loss of 16-bit predictions against targets of that type, and its gradient: widened, computed, and the gradient
     * rounded once.
     */
    public double valueAndGradient(ElementType type, short[] x, int[] shape, short[] targets, short[] dx) {
        Checks.notNull("targets", targets);
        return narrow(type, x, shape, targets, null, dx);
    }

    /**
     * The loss of 16-bit scores of a shape against class indices, and its gradient: widened, computed, and the gradient
     * rounded once.
     *
     * @throws IndexOutOfBoundsException with the index and its position if one is not a class
     */
    public double valueAndGradient(ElementType type, short[] x, int[] shape, int[] indices, short[] dx) {
        Checks.notNull("indices", indices);
        return narrow(type, x, shape, null, longs(indices), dx);
    }

    private double narrow(ElementType type, short[] x, int[] shape, short[] targets, long[] indices, short[] dx) {
        Checks.sixteenBits(type);
        Checks.notNull("x", x);
        if (dx != null) {
            Checks.sameLength("dx", dx.length, "x", x.length);
        }
        if (indices == null && function.kind() != LossFunction.Kind.CLASSES) {
            return compute(Reals.of(type, x), shape, Reals.of(type, targets), null, null, Reals.of(type, dx), null);
        }
        float[] gradient = dx == null ? null : new float[dx.length];
        double value = compute(
                NarrowFloats.widened(type, x),
                shape,
                targets == null ? null : NarrowFloats.widened(type, targets),
                indices,
                null,
                gradient,
                null);
        if (dx != null) {
            NarrowFloats.narrow(type, gradient, 0, dx, 0, dx.length);
        }
        return value;
    }

    private static long[] longs(int[] indices) {
        return Arrays.stream(indices).asLongStream().toArray();
    }

    /**
     * The general form.
     *
     * @param x read: predictions, row-major
     * @param shape their shape; null for one dimension
     * @param targets read: values of the same shape; null if indices are given
     * @param indices read: class indices, of the shape without the class axis; null if targets are given
     * @param variance read: variances of the same shape, none below 0, for {@code gaussian_nll}; null for the others
     * @param dx written: the gradient of the result with respect to x (of each loss, for {@link Reduction#NONE}); null
     *     if it is not wanted; may be x
     * @param losses written: the loss of each element or sample; null if they are not wanted
     * @return the reduced loss; for {@link Reduction#NONE} the sum
     * @throws IndexOutOfBoundsException with the index and its position if one is not a class
     */
    public double compute(
            float[] x, int[] shape, float[] targets, long[] indices, float[] variance, float[] dx, float[] losses) {
        return compute(
                Reals.of(x), shape, Reals.of(targets), indices, Reals.of(variance), Reals.of(dx), Reals.of(losses));
    }

    /** The general form in double precision; arguments are those of the other. */
    public double compute(
            double[] x,
            int[] shape,
            double[] targets,
            long[] indices,
            double[] variance,
            double[] dx,
            double[] losses) {
        return compute(
                Reals.of(x), shape, Reals.of(targets), indices, Reals.of(variance), Reals.of(dx), Reals.of(losses));
    }

    private double compute(
            Reals x, int[] shape, Reals targets, long[] indices, Reals variance, Reals dx, Reals losses) {
        LossCall call = checked(x, shape, targets, indices, variance, dx, losses);
        kernels.require("loss " + function.name(), this::isOn);
        boolean classes = function.kind() == LossFunction.Kind.CLASSES;
        double count = classes
                ? ClassLoss.count(function, parameters, call)
                : function.kind() == LossFunction.Kind.ROWS ? call.outer() * call.inner() : x.length();
        double divisor =
                switch (reduction) {
                    case NONE, SUM -> 1;
                    case MEAN -> count;
                    case BATCH_MEAN -> call.shape().length == 0 ? 1 : call.shape()[0];
                };
        double factor = 1 / divisor;
        double sum =
                switch (function.kind()) {
                    case CLASSES -> overClasses(call, factor);
                    case ROWS -> overRows(call, factor);
                    case ELEMENTWISE -> overElements(call, factor);
                };
        return sum / divisor;
    }

    private double overElements(LossCall call, double factor) {
        LossKernel kernel = kernel(call);
        return kernel == null
                ? ElementwiseLoss.run(function, parameters, call, factor)
                : KernelLoss.run(kernel, kernel.parameters(parameters), call, factor, kernels);
    }

    // A row's loss is the mean of its elements' losses, where there are such.
    private double overRows(LossCall call, double factor) {
        LossKernel kernel = call.losses() == null ? kernel(call) : null;
        return kernel == null
                ? RowLoss.run(function, parameters, call, factor)
                : KernelLoss.run(kernel, kernel.parameters(parameters), call, factor / call.size(), kernels)
                        / call.size();
    }

    private LossKernel kernel(LossCall call) {
        boolean doubles = call.x().array() instanceof double[];
        boolean there =
                call.x().length() > 0 && kernels.lossKernels(call.x().length()).available();
        return there && !doubles ? LossKernel.of(function, parameters) : null;
    }

    private double overClasses(LossCall call, double factor) {
        boolean singles = call.x().array() instanceof float[];
        if (function.name().equals("cross_entropy")
                && call.indices() != null
                && singles
                && call.x().length() > 0) {
            long ignored = ClassLoss.ignored(function, parameters);
            return CrossEntropy.run(call, ignored, parameters[1], factor, kernels);
        }
        return ClassLoss.run(function, parameters, call, factor);
    }

    /** How many losses there are for predictions of a shape: one per element, or one per sample. */
    public int[] lossShape(int... shape) {
        if (function.kind() == LossFunction.Kind.ELEMENTWISE) {
            return shape.clone();
        }
        int dropped = axis(shape);
        int[] rest = new int[Math.max(0, shape.length - 1)];
        for (int i = 0; i < rest.length; i++) {
            rest[i] = shape[i < dropped ? i : i + 1];
        }
        return rest;
    }

    // The default class axis of one-dimensional scores is their only one.
    private int axis(int[] shape) {
        if (shape.length == 0) {
            return 0;
        }
        int index = axis < 0 ? axis + shape.length : shape.length == 1 && axis == 1 ? 0 : axis;
        if (index < 0 || index >= shape.length) {
            throw new IllegalArgumentException("axis " + axis + " is not in shape " + Arrays.toString(shape));
        }
        return index;
    }

    private LossCall checked(
            Reals x, int[] givenShape, Reals targets, long[] indices, Reals variance, Reals dx, Reals losses) {
        Checks.notNull("x", x);
        int[] shape = givenShape == null ? new int[] {x.length()} : givenShape.clone();
        Checks.sameLength("x", x.length(), "its shape", Checks.elements("shape", shape));
        boolean classes = function.kind() == LossFunction.Kind.CLASSES;
        if (indices == null) {
            Checks.notNull("targets", targets);
            Checks.sameLength("targets", targets.length(), "x", x.length());
            if (function.name().equals("multi_margin")) {
                throw new IllegalArgumentException("multi_margin takes class indices as targets");
            }
        } else if (!classes) {
            throw new IllegalArgumentException(function.name() + " takes targets of the predictions' shape");
        } else {
            Checks.sameLength("indices", indices.length, "the samples", Checks.elements("shape", lossShape(shape)));
        }
        if ((variance != null) != function.name().equals("gaussian_nll")) {
            throw new IllegalArgumentException(
                    variance == null
                            ? "gaussian_nll: argument variance must be given"
                            : "argument variance is not supported by " + function.name());
        }
        if (variance != null) {
            Checks.sameLength("variance", variance.length(), "x", x.length());
            requireRange("variance", variance, 0, Double.POSITIVE_INFINITY, "variances of at least 0", "");
        }
        if (dx != null) {
            Checks.sameLength("dx", dx.length(), "x", x.length());
        }
        if (losses != null) {
            Checks.sameLength("losses", losses.length(), "the losses", Checks.elements("shape", lossShape(shape)));
        }
        LossCall call = new LossCall(
                x,
                shape,
                axis(shape),
                targets,
                indices,
                variance,
                weight == null ? null : weight.over("weight", shape),
                posWeight == null ? null : posWeight.over("pos-weight", shape),
                classWeights,
                dx,
                losses);
        if (classWeights != null && classWeights.length != call.size()) {
            throw new IllegalArgumentException(
                    "class weights: " + classWeights.length + " given for " + call.size() + " classes");
        }
        if (classes) {
            ClassLoss.requireValid(function, parameters, call);
        }
        if (function.name().equals("bce")) {
            requireRange("x", x, 0, 1, "probabilities", "; for logits use bce_with_logits");
        }
        if (function.name().equals("msle")) {
            requireRange("x", x, -1, Double.POSITIVE_INFINITY, "values above -1", "");
            requireRange("targets", targets, -1, Double.POSITIVE_INFINITY, "values above -1", "");
        }
        return call;
    }

    // The bounds themselves are allowed, as logarithms are clamped there, and are floats.
    private void requireRange(String name, Reals values, double low, double high, String words, String hint) {
        if (values.array() instanceof float[] singles && areWithin(singles, (float) low, (float) high)) {
            return;
        }
        for (int i = 0; i < values.length(); i++) {
            if (values.get(i) < low || values.get(i) > high) {
                throw new IllegalArgumentException(
                        function.name() + " takes " + words + ": " + name + "[" + i + "] is " + values.get(i) + hint);
            }
        }
    }

    private static boolean areWithin(float[] values, float low, float high) {
        boolean outside = false;
        for (float value : values) {
            outside |= value < low | value > high;
        }
        return !outside;
    }

    /**
     * The name, with the parameters, the reduction and the axis that differ from their defaults, in a form that
     * {@link #of(String)} reads; without the weights.
     */
    @Override
    public String toString() {
        String text = ParameterValues.text(function.name(), function.parameters(), parameters);
        if (reduction != Reduction.MEAN) {
            text = ParameterValues.with(text, REDUCTION, reduction.name().toLowerCase(Locale.ROOT));
        }
        return axis == defaultAxis(function) ? text : ParameterValues.with(text, "axis", axis);
    }
}
