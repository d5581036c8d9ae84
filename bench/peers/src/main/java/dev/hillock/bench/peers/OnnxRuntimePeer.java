package dev.hillock.bench.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.hillock.Activation;
import dev.hillock.bench.Case;
import dev.hillock.bench.Contestant;
import dev.hillock.bench.NotSupported;
import dev.hillock.bench.Work;
import dev.hillock.bench.peers.OnnxModel.Attribute;
import dev.hillock.catalogue.Direction;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** ONNX Runtime: a model of one function, run from and into direct buffers. It has no gradients. */
public final class OnnxRuntimePeer implements Contestant {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();

    @Override
    public String name() {
        return "onnxruntime";
    }

    @Override
    public String description() {
        return "ONNX Runtime " + environment.getVersion() + ", one model a function";
    }

    @Override
    public Work prepare(Case task, float[] x, float[] dy) throws NotSupported {
        if (task.direction() != Direction.FORWARD) {
            throw new NotSupported("no gradients");
        }
        byte[] model = model(task).bytes(secondShape(task), shape(task));
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(task.threads());
            options.setInterOpNumThreads(1);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            return new OnnxWork(environment, environment.createSession(model, options), task, x, dy);
        } catch (OrtException e) {
            throw new NotSupported(e.getMessage());
        }
    }

    private static long[] shape(Case task) {
        return task.isEltwise() ? new long[] {task.length()} : new long[] {task.rows(), task.columns()};
    }

    private static long[] secondShape(Case task) {
        return !task.isFused() ? null : task.operation().equals("swiglu") ? shape(task) : new long[] {task.columns()};
    }

    private static OnnxModel fused(Case task) {
        return task.operation().equals("swiglu")
                ? new OnnxModel()
                        .node("Sigmoid", List.of("x"), "s")
                        .node("Mul", List.of("x", "s"), "g")
                        .node("Mul", List.of("g", "second"), "y")
                : new OnnxModel().node("Add", List.of("x", "second"), "s").node("Gelu", List.of("s"), "y");
    }

    private static OnnxModel model(Case task) throws NotSupported {
        if (task.isOverRows()) {
            String type = task.operation().equals("softmax") ? "Softmax" : "LogSoftmax";
            return new OnnxModel().node(type, List.of("x"), "y", new Attribute("axis", -1));
        }
        if (task.isFused()) {
            return fused(task);
        }
        if (task.isLoss()) {
            throw new NotSupported("no gradients");
        }
        Activation f = Activation.of(task.operation());
        List<String> x = List.of("x");
        double[] p = f.parameters();
        OnnxModel model = new OnnxModel();
        return switch (f.name()) {
            case "relu" -> model.node("Relu", x, "y");
            case "leaky_relu" -> model.node("LeakyRelu", x, "y", new Attribute("alpha", (float) p[0]));
            case "sigmoid" -> model.node("Sigmoid", x, "y");
            case "tanh" -> model.node("Tanh", x, "y");
            case "gelu" -> model.node("Gelu", x, "y");
            case "gelu_tanh" -> model.node("Gelu", x, "y", new Attribute("approximate", "tanh"));
            // Fused into one kernel when the session is made.
            case "silu" -> model.node("Sigmoid", x, "s").node("Mul", List.of("x", "s"), "y");
            case "elu" -> model.node("Elu", x, "y", new Attribute("alpha", (float) p[0]));
            case "selu" ->
                model.node("Selu", x, "y", new Attribute("alpha", (float) p[0]), new Attribute("gamma", (float) p[1]));
            case "mish" -> model.node("Mish", x, "y");
            case "softplus" -> {
                if (p[0] != 1) {
                    throw new NotSupported("only for beta = 1");
                }
                yield model.node("Softplus", x, "y");
            }
            case "softsign" -> model.node("Softsign", x, "y");
            case "hardswish" -> model.node("HardSwish", x, "y");
            case "hardsigmoid" ->
                model.node("HardSigmoid", x, "y", new Attribute("alpha", (float) p[0]), new Attribute("beta", (float)
                        p[1]));
            case "exp" -> model.node("Exp", x, "y");
            default -> throw new NotSupported("no such operator");
        };
    }

    private static final class OnnxWork implements Work {
        private final OrtSession session;
        private final FloatBuffer out;
        private final List<Map<String, OnnxTensor>> x = new ArrayList<>();
        private final List<Map<String, OnnxTensor>> y = new ArrayList<>();

        OnnxWork(OrtEnvironment environment, OrtSession session, Case task, float[] values, float[] second)
                throws OrtException {
            this.session = session;
            FloatBuffer in = buffer(values.length).put(values).rewind();
            out = buffer(values.length);
            for (int i = 0; i < task.windows(); i++) {
                OnnxTensor first = part(environment, in, i, task);
                x.add(
                        second == null
                                ? Map.of("x", first)
                                : Map.of("x", first, "second", second(environment, task, second)));
                y.add(Map.of("y", part(environment, out, i, task)));
            }
        }

        private static OnnxTensor second(OrtEnvironment environment, Case task, float[] values) throws OrtException {
            long[] shape = secondShape(task);
            int count = 1;
            for (long size : shape) {
                count *= (int) size;
            }
            FloatBuffer buffer = buffer(count).put(values, 0, count).rewind();
            return OnnxTensor.createTensor(environment, buffer, shape);
        }

        private static FloatBuffer buffer(int elements) {
            return ByteBuffer.allocateDirect(elements * Float.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        }

        private static OnnxTensor part(OrtEnvironment environment, FloatBuffer whole, int window, Case task)
                throws OrtException {
            FloatBuffer part = whole.slice(window * task.length(), task.length());
            return OnnxTensor.createTensor(environment, part, shape(task));
        }

        @Override
        public int windows() {
            return x.size();
        }

        @Override
        public void run(int window) {
            try {
                session.run(x.get(window), y.get(window)).close();
            } catch (OrtException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void result(float[] to) {
            out.get(0, to);
        }

        @Override
        public void close() {
            try {
                session.close();
            } catch (OrtException e) {
                throw new IllegalStateException(e);
            }
            x.forEach(tensors -> tensors.values().forEach(OnnxTensor::close));
            y.forEach(tensors -> tensors.values().forEach(OnnxTensor::close));
        }
    }
}
