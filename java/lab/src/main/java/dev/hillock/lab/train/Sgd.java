package dev.hillock.lab.train;

import dev.hillock.lab.net.Parameter;
import java.util.ArrayList;
import java.util.List;

/** Gradient descent with momentum: v = momentum v + gradient; value -= rate v. */
public final class Sgd implements Optimizer {
    private final double learningRate;
    private final float momentum;
    private final List<float[]> velocity = new ArrayList<>();

    /** Plain for momentum 0; 0.9 is usual. */
    public Sgd(double learningRate, double momentum) {
        this.learningRate = learningRate;
        this.momentum = (float) momentum;
    }

    @Override
    public String describe() {
        return "sgd, rate " + learningRate + (momentum == 0 ? "" : ", momentum " + momentum);
    }

    @Override
    public List<float[]> memory(List<Parameter> parameters) {
        while (velocity.size() < parameters.size()) {
            velocity.add(new float[parameters.get(velocity.size()).value().length]);
        }
        return velocity;
    }

    @Override
    public void step(List<Parameter> parameters, double rate) {
        memory(parameters);
        float step = (float) (learningRate * rate);
        for (int p = 0; p < parameters.size(); p++) {
            update(parameters.get(p).value(), parameters.get(p).gradient(), velocity.get(p), step);
        }
    }

    private void update(float[] value, float[] gradient, float[] v, float step) {
        for (int i = 0; i < value.length; i++) {
            v[i] = momentum * v[i] + gradient[i];
            value[i] -= step * v[i];
        }
    }
}
