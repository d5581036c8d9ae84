package dev.hillock.engine;

/**
 * Where gates and values lie: element i of row r at {@code r * rowStride + i * step} from the first gate, and from the
 * first value. Results of forward, and dy, are dense.
 */
public record GatedRows(long rows, long length, long rowStride, long step) {}
