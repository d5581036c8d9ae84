package dev.hillock.lab.train;

import dev.hillock.lab.net.Parameter;
import java.util.ArrayList;
import java.util.List;

/**
 * Adam (Kingma and Ba, arXiv:1412.6980), with weight decay that does not pass through the gradient (Loshchilov and
 * Hutter, arXiv:1711.05101).
 */
public final class Adam implements Optimizer {
    private static final float BETA1 = 0.9f;
    private static final float BETA2 = 0.999f;
    private static final float EPSILON = 1e-8f;

    private final double learningRate;
    private final double decay;
    // First moments, then second moments, then the number of steps in an array of one.
    private final List<float[]> memory = new ArrayList<>();

    public Adam(double learningRate) {
        this(learningRate, 0);
    }

    /** With every step, values shrink by rate times decay. */
    public Adam(double learningRate, double decay) {
        this.learningRate = learningRate;
        this.decay = decay;
    }

    @Override
    public String describe() {
        return "adam, rate " + learningRate + (decay == 0 ? "" : ", decay " + decay);
    }

    @Override
    public List<float[]> memory(List<Parameter> parameters) {
        if (memory.isEmpty()) {
            for (int moment = 0; moment < 2; moment++) {
                parameters.forEach(p -> memory.add(new float[p.value().length]));
            }
            memory.add(new float[1]);
        }
        return memory;
    }

    @Override
    public void step(List<Parameter> parameters, double rate) {
        memory(parameters);
        int count = parameters.size();
        float[] steps = memory.get(2 * count);
        steps[0]++;
        double scale = Math.sqrt(1 - StrictMath.pow(BETA2, steps[0])) / (1 - StrictMath.pow(BETA1, steps[0]));
        float step = (float) (learningRate * rate * scale);
        float kept = (float) (1 - learningRate * rate * decay);
        for (int p = 0; p < count; p++) {
            Parameter parameter = parameters.get(p);
            update(parameter.value(), parameter.gradient(), memory.get(p), memory.get(count + p), step, kept);
        }
    }

    private static void update(float[] value, float[] gradient, float[] m, float[] v, float step, float kept) {
        for (int i = 0; i < value.length; i++) {
            m[i] = BETA1 * m[i] + (1 - BETA1) * gradient[i];
            v[i] = BETA2 * v[i] + (1 - BETA2) * gradient[i] * gradient[i];
            value[i] = kept * value[i] - step * m[i] / ((float) Math.sqrt(v[i]) + EPSILON);
        }
    }
}
