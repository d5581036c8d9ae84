package dev.hillock.lab.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hillock.Activation;
import dev.hillock.lab.data.Dataset;
import dev.hillock.lab.data.Digits;
import dev.hillock.lab.net.Compute;
import dev.hillock.lab.net.Network;
import dev.hillock.lab.train.Trainer;
import org.junit.jupiter.api.Test;

class GradientFlowTest {
    @Test
    void aPoolLetsTheWholeLengthOfAGradientPass() {
        Dataset digits = Digits.load();
        Network network = Network.of(digits.shape())
                .activation(Activation.identity())
                .maxPool(2)
                .activation(Activation.identity())
                .activation(Activation.affine(0.5, 0))
                .dense(10)
                .build(Compute.defaults(), 1);
        try (GradientFlow flow = new GradientFlow(network)) {
            Trainer.of(network).epochs(2).observer(flow).train(digits);
            for (int epoch = 0; epoch < 2; epoch++) {
                double first = flow.layer(0).get(epoch);
                double behindThePool = flow.layer(1).get(epoch);
                double last = flow.layer(2).get(epoch);
                assertTrue(first > 0);
                assertEquals(behindThePool, first, 1e-6 * first);
                assertEquals(0.5 * last, behindThePool, 1e-6 * first);
            }
        }
    }
}
