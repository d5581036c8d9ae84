package dev.hillock.bench.nd4j;

import dev.hillock.bench.Case;
import dev.hillock.bench.Contestant;
import dev.hillock.bench.NotSupported;
import dev.hillock.bench.Work;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.impl.scalar.LeakyReLU;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.transforms.gradient.EluBp;
import org.nd4j.linalg.api.ops.impl.transforms.gradient.LeakyReLUBp;
import org.nd4j.linalg.api.ops.impl.transforms.gradient.SeluBp;
import org.nd4j.linalg.api.ops.impl.transforms.gradient.SigmoidDerivative;
import org.nd4j.linalg.api.ops.impl.transforms.gradient.SoftPlusBp;
import org.nd4j.linalg.api.ops.impl.transforms.gradient.TanhDerivative;
import org.nd4j.linalg.api.ops.impl.transforms.strict.ELU;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Mish;
import org.nd4j.linalg.api.ops.impl.transforms.strict.MishDerivative;
import org.nd4j.linalg.api.ops.impl.transforms.strict.PreciseGELU;
import org.nd4j.linalg.api.ops.impl.transforms.strict.PreciseGELUDerivative;
import org.nd4j.linalg.api.ops.impl.transforms.strict.SELU;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.api.ops.impl.transforms.strict.SoftPlus;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Swish;
import org.nd4j.linalg.api.ops.impl.transforms.strict.SwishDerivative;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Tanh;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * ND4J, the array library of Deeplearning4j, into arrays that are there already. Only default parameters. Where it has
 * no backward operation it takes the derivative and multiplies, as Deeplearning4j's layers do.
 */
public final class Nd4jPeer implements Contestant {
    private static final double LEAKY_SLOPE = 0.01;

    /** One call: reads x and dy, writes out. */
    @FunctionalInterface
    private interface Call {
        void run(INDArray x, INDArray dy, INDArray out);
    }

    @Override
    public String name() {
        return "nd4j";
    }

    @Override
    public String description() {
        return "ND4J " + version();
    }

    private static String version() {
        Properties properties = new Properties();
        try (InputStream file = Nd4j.class.getResourceAsStream("/META-INF/maven/org.nd4j/nd4j-api/pom.properties")) {
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    @Override
    public Work prepare(Case task, float[] x, float[] dy) throws NotSupported {
        Call call = call(task);
        Nd4j.getEnvironment().setMaxThreads(task.threads());
        Nd4j.getEnvironment().setMaxMasterThreads(task.threads());
        INDArray out = Nd4j.createFromArray(new float[x.length]);
        INDArray[] xs = windows(Nd4j.createFromArray(x), task);
        INDArray[] dys = dy == null ? new INDArray[task.windows()] : windows(Nd4j.createFromArray(dy), task);
        INDArray[] outs = windows(out, task);
        return new Work() {
            @Override
            public int windows() {
                return xs.length;
            }

            @Override
            public void run(int window) {
                call.run(xs[window], dys[window], outs[window]);
            }

            @Override
            public void result(float[] to) {
                out.data().asNioFloat().get(to);
            }
        };
    }

    private static INDArray[] windows(INDArray whole, Case task) {
        INDArray[] windows = new INDArray[task.windows()];
        for (int i = 0; i < windows.length; i++) {
            long at = (long) i * task.length();
            windows[i] = whole.get(NDArrayIndex.interval(at, at + task.length()));
        }
        return windows;
    }

    private static Call call(Case task) throws NotSupported {
        return switch (task.direction()) {
            case FORWARD -> forward(task.operation());
            case BACKWARD -> backward(task.operation());
            case BACKWARD_FROM_OUTPUT -> throw new NotSupported("no operation that reads y");
        };
    }

    private static Call forward(String name) throws NotSupported {
        return switch (name) {
            case "relu" -> (x, dy, y) -> run(new RectifiedLinear(x, y, 0));
            case "leaky_relu" -> (x, dy, y) -> run(new LeakyReLU(x, y, LEAKY_SLOPE));
            case "sigmoid" -> (x, dy, y) -> run(new Sigmoid(x, y));
            case "tanh" -> (x, dy, y) -> run(new Tanh(x, y));
            case "gelu_tanh" -> (x, dy, y) -> run(new PreciseGELU(x, y));
            case "silu" -> (x, dy, y) -> run(new Swish(x, y));
            case "elu" -> (x, dy, y) -> Nd4j.exec(new ELU(x, y));
            case "selu" -> (x, dy, y) -> run(new SELU(x, y));
            case "mish" -> (x, dy, y) -> run(new Mish(x, y));
            case "softplus" -> (x, dy, y) -> run(new SoftPlus(x, y));
            default -> throw new NotSupported("no such operation");
        };
    }

    private static Call backward(String name) throws NotSupported {
        return switch (name) {
            case "relu" ->
                (x, dy, dx) -> Nd4j.exec(DynamicCustomOp.builder("relu_bp")
                        .addInputs(x, dy)
                        .addOutputs(dx)
                        .addFloatingPointArguments(0.0)
                        .build());
            case "leaky_relu" -> (x, dy, dx) -> Nd4j.exec(new LeakyReLUBp(x, dy, dx, LEAKY_SLOPE));
            case "sigmoid" -> (x, dy, dx) -> Nd4j.exec(new SigmoidDerivative(x, dy, dx));
            case "tanh" -> (x, dy, dx) -> Nd4j.exec(new TanhDerivative(x, dy, dx));
            case "elu" -> (x, dy, dx) -> Nd4j.exec(new EluBp(x, dy, dx));
            case "selu" -> (x, dy, dx) -> Nd4j.exec(new SeluBp(x, dy, dx));
            case "softplus" -> (x, dy, dx) -> Nd4j.exec(new SoftPlusBp(x, dy, dx));
            case "gelu_tanh" -> (x, dy, dx) -> times(new PreciseGELUDerivative(x, dx), dx, dy);
            case "silu" -> (x, dy, dx) -> times(new SwishDerivative(x, dx), dx, dy);
            case "mish" -> (x, dy, dx) -> times(new MishDerivative(x, dx), dx, dy);
            default -> throw new NotSupported("no such operation");
        };
    }

    private static void run(Op operation) {
        Nd4j.exec(operation);
    }

    private static void times(Op derivative, INDArray dx, INDArray dy) {
        Nd4j.exec(derivative);
        dx.muli(dy);
    }
}
