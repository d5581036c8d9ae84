package dev.hillock.lab.net;

import dev.hillock.Activation;
import java.util.SplittableRandom;

/**
 * How weights start: normal numbers with mean 0 and a deviation that keeps signals about as large behind the activation
 * as before it.
 */
public enum Initialization {
    /** Variance 2 / inputs, for functions that drop (about) half of their input (He et al., arXiv:1502.01852). */
    HE {
        @Override
        double deviation(int inputs, int outputs) {
            return Math.sqrt(2.0 / inputs);
        }
    },
    /** Variance 2 / (inputs + outputs), for functions that are about linear at 0 (Glorot and Bengio, 2010). */
    XAVIER {
        @Override
        double deviation(int inputs, int outputs) {
            return Math.sqrt(2.0 / (inputs + outputs));
        }
    },
    /** Variance 1 / inputs, which SELU needs (LeCun et al., 1998; Klambauer et al., arXiv:1706.02515). */
    LECUN {
        @Override
        double deviation(int inputs, int outputs) {
            return Math.sqrt(1.0 / inputs);
        }
    },
    /** Uniform in +-1 / sqrt(inputs), weights and bias: what PyTorch's layers start with. */
    UNIFORM {
        @Override
        double deviation(int inputs, int outputs) {
            return Math.sqrt(1.0 / (3.0 * inputs));
        }
    };

    abstract double deviation(int inputs, int outputs);

    /** The one that suits a layer whose output goes through this function; null for no function. */
    public static Initialization suiting(Activation activation) {
        if (activation == null) {
            return XAVIER;
        }
        return switch (activation.name()) {
            case "selu" -> LECUN;
            case "identity",
                    "sigmoid",
                    "tanh",
                    "softsign",
                    "hardtanh",
                    "hardsigmoid",
                    "elliott",
                    "lecun_tanh",
                    "rational_tanh",
                    "bipolar_sigmoid",
                    "isru",
                    "sine" -> XAVIER;
            default -> HE;
        };
    }

    /** Draws weights [outputs, inputs]; the bias starts at 0, with {@link #UNIFORM} it is drawn too. */
    void draw(Parameter weights, Parameter bias, int inputs, int outputs, SplittableRandom random) {
        double deviation = deviation(inputs, outputs);
        fill(weights.value(), deviation, random);
        if (this == UNIFORM) {
            fill(bias.value(), deviation, random);
        }
    }

    private void fill(float[] values, double deviation, SplittableRandom random) {
        if (this != UNIFORM) {
            Gaussian.fill(values, deviation, random);
            return;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (deviation * Math.sqrt(3) * (2 * random.nextDouble() - 1));
        }
    }
}
