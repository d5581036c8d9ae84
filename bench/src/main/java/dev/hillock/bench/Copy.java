package dev.hillock.bench;

/** The other floor: the input copied, computing nothing. Every function must read x and write y as well. */
final class Copy implements Contestant {
    static final String NAME = "copy";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "System.arraycopy";
    }

    @Override
    public boolean knows(Case task) {
        return true;
    }

    @Override
    public Work prepare(Case task, float[] x, float[] dy) {
        return new ArrayWork(task, (out, from, to) -> System.arraycopy(x, from, out, from, to - from));
    }
}
