package dev.hillock.engine;

import java.lang.invoke.MethodHandle;

/**
 * What a loop computes.
 *
 * @param value (x, dy, p0, p1, p2) to the value at x or to what becomes of dy there
 * @param tail the same where x is below the end of a tail with a formula of its own; null without one
 * @param tailEnd that end
 * @param tailOfAngle whether the tail is instead where |p0 x| is above tailEnd
 * @param start (x, p0, p1, p2) to the sum that {@link dev.hillock.kernel.PowersOfTwo} takes, for a formula in steps; null
 *     if it is not
 * @param rest (x, c, dy, p0, p1, p2) to the result, c the power of two
 * @param forLong another loop of the formula, for long arrays; null without one
 */
record Formula(
        MethodHandle value,
        MethodHandle tail,
        float tailEnd,
        boolean tailOfAngle,
        MethodHandle start,
        MethodHandle rest,
        Object forLong) {
    static Formula of(MethodHandle value) {
        return new Formula(value, null, 0f, false, null, null, null);
    }

    static Formula withTail(MethodHandle value, MethodHandle tail, float tailEnd, boolean tailOfAngle) {
        return new Formula(value, tail, tailEnd, tailOfAngle, null, null, null);
    }

    static Formula inSteps(MethodHandle value, MethodHandle start, MethodHandle rest) {
        return new Formula(value, null, 0f, false, start, rest, null);
    }

    Formula withLoopForLong(Object loop) {
        return new Formula(value, tail, tailEnd, tailOfAngle, start, rest, loop);
    }
}
