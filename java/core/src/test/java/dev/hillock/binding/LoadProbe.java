package dev.hillock.binding;

import dev.hillock.Activation;
import dev.hillock.Engine;
import dev.hillock.engine.Availability;
import dev.hillock.engine.Engines;
import java.util.Arrays;

/** The program that {@link LoaderFailureTest} runs: says how NATIVE fares, then computes with whatever serves. */
public final class LoadProbe {
    private LoadProbe() {}

    /** Prints two lines. */
    public static void main(String[] arguments) {
        System.out.println(report());
    }

    /** The two lines; called by reflection where a class loader of its own is tested. */
    public static String report() {
        Availability availability = Engines.get(Engine.NATIVE).availability();
        float[] x = new float[1000];
        Arrays.fill(x, -2f);
        float[] y = new float[x.length];
        Activation.leakyRelu(0.5).forward(x, y);
        return (availability.isAvailable() ? "available" : availability.reason()) + "\n" + y[x.length - 1];
    }
}
