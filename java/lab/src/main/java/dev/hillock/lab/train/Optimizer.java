package dev.hillock.lab.train;

import dev.hillock.lab.net.Parameter;
import java.util.List;

/** Changes parameters by their gradients. An optimiser belongs to one network. */
public interface Optimizer {
    /** One step; rate is a factor on the optimiser's own learning rate. */
    void step(List<Parameter> parameters, double rate);

    /** What it remembers between steps, made to fit the parameters: not copies, so that a checkpoint can fill them. */
    List<float[]> memory(List<Parameter> parameters);

    /** In words, for example {@code adam, rate 0.001}. */
    String describe();
}
