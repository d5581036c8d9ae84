package dev.hillock.check;

import dev.hillock.Engine;
import dev.hillock.engine.Engines;
import dev.hillock.engine.KernelEngine;
import dev.hillock.engine.NativeEngine;
import dev.hillock.engine.Settings;
import java.util.ArrayList;
import java.util.List;

/**
 * An engine in a check, on one instruction set if it has several.
 *
 * @param isa the instruction set, or null
 * @param identical whether its bits must be those of the other identical engines
 */
public record Contestant(KernelEngine engine, String isa, boolean identical) {
    /** The formula in double precision that serves every call where a function has no kernels. */
    static Contestant formula() {
        return new Contestant(Engines.get(Engine.REFERENCE), null, true);
    }

    /** Every available engine except the reference, the scalar one first: the others are compared with it. */
    public static List<Contestant> available() {
        List<Contestant> found = new ArrayList<>();
        for (Engine engine : List.of(Engine.SCALAR, Engine.VECTOR, Engine.NATIVE, Engine.ONEDNN)) {
            if (Engines.get(engine).availability().isAvailable()) {
                found.addAll(of(engine));
            }
        }
        return found;
    }

    /**
     * An engine, once for each instruction set it has here.
     *
     * @throws IllegalStateException with the reason if it is not available
     */
    public static List<Contestant> of(Engine engine) {
        KernelEngine found = Engines.required(engine);
        if (engine != Engine.NATIVE) {
            return List.of(new Contestant(found, null, engine == Engine.SCALAR || engine == Engine.VECTOR));
        }
        List<Contestant> targets = new ArrayList<>();
        for (String isa : NativeEngine.targets()) {
            if (Settings.isa() == null || Settings.isa().equals(isa)) {
                targets.add(new Contestant(NativeEngine.on(isa), isa, true));
            }
        }
        return targets;
    }

    /** The engine's word, with the instruction set if there is one: {@code native/avx2}. */
    public String label() {
        return engine.engine().word() + (isa == null ? "" : "/" + isa);
    }
}
