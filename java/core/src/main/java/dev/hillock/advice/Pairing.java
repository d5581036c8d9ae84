package dev.hillock.advice;

import dev.hillock.catalogue.Names;
import java.util.ArrayList;
import java.util.List;

/** Checks a model's output activation against its loss: if the loss contains the activation, the model must not. */
public final class Pairing {
    private Pairing() {}

    /**
     * What is wrong with a pair, one sentence each; empty if nothing is.
     *
     * @param output the activation at the model's output, by name
     * @param loss the loss, by name
     * @param outputs how many outputs the model has
     */
    public static List<String> warnings(String output, String loss, int outputs) {
        String activation = Names.normal(output);
        String criterion = Names.normal(loss);
        List<String> warnings = new ArrayList<>();
        boolean sigmoid = activation.equals("sigmoid");
        boolean softmax = activation.equals("softmax");
        boolean fromLogits = criterion.equals("bcewithlogits") || criterion.equals("crossentropy");
        if (sigmoid && criterion.equals("bcewithlogits")) {
            warnings.add("bce_with_logits contains the sigmoid: feed it logits, or pair the sigmoid with bce");
        }
        if (softmax && criterion.equals("crossentropy")) {
            warnings.add(
                    "cross_entropy contains log_softmax: feed it logits; with softmax before it, it learns slowly");
        }
        if (softmax && criterion.equals("nll")) {
            warnings.add("nll takes log-probabilities: use log_softmax before it, or cross_entropy on logits");
        }
        if (softmax && outputs == 1) {
            warnings.add("the softmax of one output is always 1: use a logit with bce_with_logits");
        }
        if (sigmoid && criterion.equals("crossentropy")) {
            warnings.add("cross_entropy contains softmax: sigmoid before it squeezes the logits into (0, 1)");
        }
        if (activation.equals("relu") && fromLogits) {
            warnings.add("relu before " + loss + " cuts off every negative logit");
        }
        if (activation.equals("identity") && criterion.equals("bce")) {
            warnings.add("bce takes probabilities: use bce_with_logits on logits");
        }
        return warnings;
    }
}
