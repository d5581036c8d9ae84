package dev.hillock.engine;

import java.lang.invoke.MethodHandle;

/**
 * What a loop computes, of (x, dy, p0, p1, p2) each.
 *
 * @param value the value at x or what becomes of dy there
 * @param tail the same where x is below the end of a tail with a formula of its own; null without one
 * @param tailEnd that end
 */
record Formula(MethodHandle value, MethodHandle tail, float tailEnd) {}
