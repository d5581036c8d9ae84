package dev.hillock.lab.experiment;

/** One demonstration of the field: it runs the same way every time, draws a picture and judges itself. */
public interface Experiment {
    /** In kebab case: {@code dying-relu}. */
    String name();

    /** What it shows, in one sentence. */
    String claim();

    /** Runs it. */
    Finding run();
}
