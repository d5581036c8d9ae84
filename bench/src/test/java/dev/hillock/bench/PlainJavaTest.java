package dev.hillock.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hillock.Activation;
import dev.hillock.catalogue.Direction;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlainJavaTest {
    static List<Case> cases() {
        return new Plan(Plan.allFunctions(), List.of(Direction.values()), List.of(2000), 2, 1, false, List.of())
                .cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void thePlainLoopComputesWhatTheCatalogueSays(Case task) throws NotSupported {
        float[] x = Inputs.x(task);
        float[] dy = Inputs.dy(task);
        float[] out = new float[task.total()];
        try (Work work = new PlainJava().prepare(task, x, dy)) {
            for (int window = 0; window < work.windows(); window++) {
                work.run(window);
            }
            work.result(out);
        }
        Activation f = Activation.of(task.operation());
        for (int i = 0; i < out.length; i++) {
            double expected =
                    switch (task.direction()) {
                        case FORWARD -> f.function().reference(x[i], f.parameters());
                        case BACKWARD -> dy[i] * f.function().referenceDerivative(x[i], f.parameters());
                        case BACKWARD_FROM_OUTPUT -> dy[i] * f.function().referenceFromOutput(x[i], f.parameters());
                    };
            assertEquals(expected, out[i], 1e-5 * Math.max(1, Math.abs(expected)), task + " at x = " + x[i]);
        }
    }
}
