package dev.hillock.bench;

import dev.hillock.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Those who take part without a virtual machine of their own. */
public final class Contestants {
    /** Why there is nothing to time where a contestant does not know a case. */
    static final String UNKNOWN = "has no such operation";

    private static final int CHECKED = 1 << 16;

    private Contestants() {}

    /** The floors and Hillock's engines. */
    public static List<Contestant> own() {
        List<Contestant> own = new ArrayList<>(List.of(new Copy(), new Memcpy(), new PlainJava(), new Separate()));
        for (Engine engine : List.of(Engine.SCALAR, Engine.VECTOR, Engine.NATIVE, Engine.AUTO, Engine.ONEDNN)) {
            own.add(new HillockEngine(engine));
        }
        return own;
    }

    /**
     * One of {@link #own()} or of the peers on the class path.
     *
     * @throws IllegalArgumentException if there is no such contestant
     */
    public static Contestant of(String name) {
        List<Contestant> known = own();
        ServiceLoader.load(Contestant.class).forEach(known::add);
        return known.stream()
                .filter(contestant -> contestant.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown engine '" + name + "' (known: "
                        + String.join(", ", known.stream().map(Contestant::name).toList()) + ")"));
    }

    /**
     * Work whose result has been compared with {@code SCALAR}'s.
     *
     * @throws IllegalStateException if the result is {@link Check#WRONG}
     */
    public static Work prepareChecked(Contestant contestant, Case task, float[] x, float[] dy) throws NotSupported {
        if (!contestant.knows(task)) {
            throw new NotSupported(UNKNOWN);
        }
        Work work = contestant.prepare(task, x, dy);
        if (check(contestant, work, expected(task, x, dy)) == Check.WRONG) {
            work.close();
            throw new IllegalStateException(contestant.name() + " is wrong: " + task);
        }
        return work;
    }

    /** What {@code SCALAR} returns, as far as it is compared; null if it does not know the operation. */
    static float[] expected(Case task, float[] x, float[] dy) {
        float[] expected = new float[Math.min(CHECKED, task.outputs())];
        try (Work scalar = new HillockEngine(Engine.SCALAR).prepare(task, x, dy)) {
            runAllWindows(scalar);
            scalar.result(expected);
            return expected;
        } catch (NotSupported e) {
            return null;
        }
    }

    /** Compares a result with the expected one. A copy computes nothing. */
    static Check check(Contestant contestant, Work work, float[] expected) {
        runAllWindows(work);
        if (expected == null || contestant instanceof Copy || contestant instanceof Memcpy) {
            return Check.NONE;
        }
        float[] got = new float[expected.length];
        work.result(got);
        return Check.of(got, expected);
    }

    private static void runAllWindows(Work work) {
        for (int window = 0; window < work.windows(); window++) {
            work.run(window);
        }
    }
}
