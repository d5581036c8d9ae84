package dev.hillock.bench;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/** The copy of the C library, outside the heap: the long ones stream past the caches, which Java's does not. */
final class Memcpy implements Contestant {
    static final String NAME = "memcpy";

    // Shorter, the two pointers that a call makes would be what is timed.
    private static final int SHORTEST = 16384;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "memcpy of the C library, off the heap";
    }

    @Override
    public boolean knows(Case task) {
        return true;
    }

    @Override
    public Work prepare(Case task, float[] x, float[] dy) throws NotSupported {
        if (task.length() < SHORTEST) {
            throw new NotSupported("only for " + SHORTEST + " elements and more");
        }
        FloatPointer source = new FloatPointer((long) x.length).put(x);
        FloatPointer target = new FloatPointer((long) x.length).put(x);
        Work copying = new ArrayWork(
                task,
                (out, from, to) -> Pointer.memcpy(
                        target.getPointer(FloatPointer.class, from),
                        source.getPointer(FloatPointer.class, from),
                        (long) (to - from) * Float.BYTES));
        return new Work() {
            @Override
            public int windows() {
                return copying.windows();
            }

            @Override
            public void run(int window) {
                copying.run(window);
            }

            @Override
            public void result(float[] out) {
                target.get(out, 0, Math.min(out.length, x.length));
            }

            @Override
            public void close() {
                copying.close();
                source.close();
                target.close();
            }
        };
    }
}
