/** Activations over {@link java.lang.foreign.MemorySegment}. */
package dev.hillock.segments;
