package dev.hillock.lab.experiment;

import dev.hillock.Activation;
import dev.hillock.Loss;
import dev.hillock.lab.chart.Figure;
import dev.hillock.lab.chart.Plot;

/**
 * A classifier that is sure and wrong, ever more so: target 0, logit growing. With the sigmoid in the model and the loss
 * on its output, float has no probability between 1 - 2^-24 and 1, and the gradient ends; with the loss on the logits it
 * does not.
 */
final class LossFromLogits implements Experiment {
    private static final int LOGITS = 121;

    @Override
    public String name() {
        return "loss-from-logits";
    }

    @Override
    public String claim() {
        return "Sigmoid + BCE against BCE from logits, target 0: the first goes flat just where the model is most wrong.";
    }

    @Override
    public Finding run() {
        double[] logits = Samples.range(0, 120, LOGITS);
        double[] separateLoss = new double[LOGITS];
        double[] separateGradient = new double[LOGITS];
        double[] fusedLoss = new double[LOGITS];
        double[] fusedGradient = new double[LOGITS];
        float[] target = {0f};
        float[] dp = new float[1];
        float[] dz = new float[1];
        for (int i = 0; i < LOGITS; i++) {
            float[] z = {(float) logits[i]};
            float[] p = new float[1];
            Activation.sigmoid().forward(z, p);
            separateLoss[i] = Loss.of("bce").valueAndGradient(p, target, dp);
            Activation.sigmoid().backwardFromOutput(p, dp, dz);
            separateGradient[i] = dz[0];
            fusedLoss[i] = Loss.of("bce_with_logits").valueAndGradient(z, target, dz);
            fusedGradient[i] = dz[0];
        }
        Finding finding = new Finding(new Figure("Loss from probabilities, loss from logits", claim())
                .add(new Plot("Loss", "logit", "loss")
                        .line("sigmoid, then BCE", logits, separateLoss)
                        .line("BCE with logits", logits, fusedLoss))
                .add(new Plot("Gradient for the logit", "logit", "d loss / d logit")
                        .line("sigmoid, then BCE", logits, separateGradient)
                        .line("BCE with logits", logits, fusedGradient)));
        for (int at : new int[] {1, 10, 20, 50, 100}) {
            finding.number(
                    "logit %3d: sigmoid + BCE loss %.4f, gradient %.4f; from logits loss %.4f, gradient %.4f",
                    at, separateLoss[at], separateGradient[at], fusedLoss[at], fusedGradient[at]);
        }
        return finding.expect(Math.abs(separateLoss[5] - fusedLoss[5]) < 1e-3, "the two differ at small logits")
                .expect(separateGradient[20] == 0, "the gradient through the sigmoid is still there at 20")
                .expect(Math.abs(separateLoss[50] - 50) > 1, "the loss through the sigmoid is still right at 50")
                .expect(fusedGradient[100] == 1 && fusedLoss[100] == 100, "the loss from logits is wrong at 100");
    }
}
