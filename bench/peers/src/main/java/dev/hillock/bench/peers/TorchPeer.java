package dev.hillock.bench.peers;

import dev.hillock.Activation;
import dev.hillock.bench.Case;
import dev.hillock.bench.Contestant;
import dev.hillock.bench.NotSupported;
import dev.hillock.bench.Work;
import dev.hillock.catalogue.Direction;
import java.io.IOException;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** PyTorch's own kernels, called in the form that writes into memory that is there already. */
public final class TorchPeer implements Contestant {
    // Above it PyTorch's softplus returns x.
    private static final Scalar SOFTPLUS_THRESHOLD = new Scalar(20.0);

    /** One call on tensors: reads x and dy, returns out written, or a new tensor where PyTorch cannot write. */
    @FunctionalInterface
    private interface Call {
        Tensor run(Tensor x, Tensor dy, Tensor out);
    }

    @Override
    public String name() {
        return "pytorch";
    }

    @Override
    public String description() {
        return "PyTorch " + version() + ", out= variants";
    }

    private static String version() {
        try {
            return Loader.getVersion("org.bytedeco", "pytorch");
        } catch (IOException e) {
            return "of an unknown version";
        }
    }

    @Override
    public Work prepare(Case task, float[] x, float[] dy) throws NotSupported {
        Call call = call(task);
        torch.set_num_threads(task.threads());
        return new TorchWork(call, task, x, dy);
    }

    private static final class TorchWork implements Work {
        private final Call call;
        private final int length;
        private final Tensor[] x;
        private final Tensor[] dy;
        private final Tensor[] out;

        TorchWork(Call call, Case task, float[] x, float[] dy) {
            this.call = call;
            length = task.length();
            this.x = views(x, task);
            this.dy = dy == null ? new Tensor[task.windows()] : views(dy, task);
            out = views(x, task);
        }

        @Override
        public int windows() {
            return x.length;
        }

        @Override
        public void run(int window) {
            Tensor result = call.run(x[window], dy[window], out[window]);
            if (result.address() != out[window].address()) {
                out[window].close();
                out[window] = result;
            }
        }

        @Override
        public void result(float[] to) {
            for (int window = 0; window * length < to.length; window++) {
                int count = Math.min(length, to.length - window * length);
                out[window].data_ptr_float().get(to, window * length, count);
            }
        }

        @Override
        public void close() {
            for (Tensor[] tensors : new Tensor[][] {x, dy, out}) {
                for (Tensor tensor : tensors) {
                    if (tensor != null) {
                        tensor.close();
                    }
                }
            }
        }
    }

    // Parts of one tensor, so that they lie in memory as the windows of an array do.
    private static Tensor[] views(float[] values, Case task) {
        Tensor[] windows = new Tensor[task.windows()];
        try (Tensor whole = torch.empty(values.length)) {
            whole.data_ptr_float().put(values, 0, values.length);
            for (int i = 0; i < windows.length; i++) {
                Tensor window = whole.narrow(0, (long) i * task.length(), task.length());
                windows[i] = !task.isEltwise() ? window.view(task.rows(), task.columns()) : window;
            }
        }
        return windows;
    }

    private static Call call(Case task) throws NotSupported {
        if (task.isOverRows()) {
            return overRows(task);
        }
        if (task.isFused()) {
            return composed(task);
        }
        if (task.isLoss()) {
            return loss(task);
        }
        Activation f = Activation.of(task.operation());
        Scalar[] p = new Scalar[f.parameters().length];
        for (int i = 0; i < p.length; i++) {
            p[i] = new Scalar(f.parameters()[i]);
        }
        Call call =
                switch (task.direction()) {
                    case FORWARD -> forward(f.name(), p);
                    case BACKWARD -> backward(f.name(), p);
                    case BACKWARD_FROM_OUTPUT -> fromOutput(f.name(), p);
                };
        if (call == null) {
            String what = task.direction() == Direction.BACKWARD ? "no kernel that reads x" : "no such kernel";
            throw new NotSupported(what);
        }
        return call;
    }

    private static Call overRows(Case task) throws NotSupported {
        if (task.direction() != Direction.FORWARD) {
            throw new NotSupported("the preset does not show the gradient's kernel");
        }
        return task.operation().equals("softmax")
                ? (x, dy, y) -> torch.softmax_out(y, x, 1)
                : (x, dy, y) -> torch.log_softmax_out(y, x, 1);
    }

    /** A loss of predictions against targets. */
    @FunctionalInterface
    private interface LossOf {
        Tensor run(Tensor x, Tensor targets);
    }

    // The loss, and its gradient by autograd, as a user gets it.
    private static Call withGradient(LossOf lossOf) {
        return (x, targets, dx) -> {
            x.set_requires_grad(true);
            try (Tensor loss = lossOf.run(x, targets);
                    TensorVector values = new TensorVector(loss);
                    TensorVector inputs = new TensorVector(x);
                    TensorVector gradients = torch.grad(values, inputs)) {
                return new Tensor(gradients.get(0));
            }
        };
    }

    private static Call loss(Case task) throws NotSupported {
        return switch (task.operation()) {
            case "cross_entropy" -> {
                Tensor classes = Tensor.create(
                        IntStream.range(0, task.rows()).mapToLong(task::target).toArray());
                yield withGradient((x, second) -> torch.cross_entropy_loss(x, classes));
            }
            case "bce_with_logits" -> withGradient((z, t) -> torch.binary_cross_entropy_with_logits(z, t));
            case "mse" -> withGradient((x, t) -> torch.mse_loss(x, t));
            case "huber" -> withGradient((x, t) -> torch.huber_loss(x, t));
            default -> throw new NotSupported("no such loss");
        };
    }

    // PyTorch has no such kernels; users write the two calls.
    private static Call composed(Case task) {
        if (task.operation().equals("swiglu")) {
            return (gate, value, y) -> torch.mul_out(y, torch.silu_out(y, gate), value);
        }
        return (x, second, y) -> {
            try (Tensor bias = second.select(0, 0)) {
                return torch.gelu_out(y, torch.add_out(y, x, bias), "none");
            }
        };
    }

    private static Call forward(String name, Scalar[] p) {
        Scalar zero = new Scalar(0.0);
        Scalar one = new Scalar(1.0);
        return switch (name) {
            // relu_out copies its result; this one does not.
            case "relu" -> (x, dy, y) -> torch.clamp_min_out(y, x, zero);
            case "leaky_relu" -> (x, dy, y) -> torch.leaky_relu_out(y, x, p[0]);
            case "sigmoid" -> (x, dy, y) -> torch.sigmoid_out(y, x);
            case "tanh" -> (x, dy, y) -> torch.tanh_out(y, x);
            case "gelu" -> (x, dy, y) -> torch.gelu_out(y, x, "none");
            case "gelu_tanh" -> (x, dy, y) -> torch.gelu_out(y, x, "tanh");
            case "silu" -> (x, dy, y) -> torch.silu_out(y, x);
            case "elu" -> (x, dy, y) -> torch.elu_out(y, x, p[0], one, one);
            case "selu" -> (x, dy, y) -> torch.elu_out(y, x, p[0], p[1], one);
            case "mish" -> (x, dy, y) -> torch.mish_out(y, x);
            case "softplus" -> (x, dy, y) -> torch.softplus_out(y, x, p[0], SOFTPLUS_THRESHOLD);
            case "hardswish" -> (x, dy, y) -> torch.hardswish_out(y, x);
            case "hardsigmoid" -> (x, dy, y) -> torch.hardsigmoid_out(y, x);
            case "hardtanh" -> (x, dy, y) -> torch.hardtanh_out(y, x, p[0], p[1]);
            default -> null;
        };
    }

    private static Call backward(String name, Scalar[] p) {
        Scalar zero = new Scalar(0.0);
        Scalar one = new Scalar(1.0);
        return switch (name) {
            case "relu" -> (x, dy, dx) -> torch.threshold_backward_out(dx, dy, x, zero);
            case "leaky_relu" -> (x, dy, dx) -> torch.leaky_relu_backward_out(dx, dy, x, p[0], false);
            case "gelu" -> (x, dy, dx) -> torch.gelu_backward_out(dx, dy, x, "none");
            case "gelu_tanh" -> (x, dy, dx) -> torch.gelu_backward_out(dx, dy, x, "tanh");
            case "silu" -> (x, dy, dx) -> torch.silu_backward_out(dx, dy, x);
            case "elu" -> (x, dy, dx) -> torch.elu_backward_out(dx, dy, p[0], one, one, false, x);
            case "selu" -> (x, dy, dx) -> torch.elu_backward_out(dx, dy, p[0], p[1], one, false, x);
            case "softplus" -> (x, dy, dx) -> torch.softplus_backward_out(dx, dy, x, p[0], SOFTPLUS_THRESHOLD);
            case "hardswish" -> (x, dy, dx) -> torch.hardswish_backward_out(dx, dy, x);
            case "hardsigmoid" -> (x, dy, dx) -> torch.hardsigmoid_backward_out(dx, dy, x);
            // It has no out= variant.
            case "mish" -> (x, dy, dx) -> torch.mish_backward(dy, x);
            default -> null;
        };
    }

    private static Call fromOutput(String name, Scalar[] p) {
        Scalar zero = new Scalar(0.0);
        Scalar one = new Scalar(1.0);
        return switch (name) {
            case "relu" -> (y, dy, dx) -> torch.threshold_backward_out(dx, dy, y, zero);
            case "leaky_relu" -> (y, dy, dx) -> torch.leaky_relu_backward_out(dx, dy, y, p[0], true);
            case "sigmoid" -> (y, dy, dx) -> torch.sigmoid_backward_out(dx, dy, y);
            case "tanh" -> (y, dy, dx) -> torch.tanh_backward_out(dx, dy, y);
            case "elu" -> (y, dy, dx) -> torch.elu_backward_out(dx, dy, p[0], one, one, true, y);
            case "selu" -> (y, dy, dx) -> torch.elu_backward_out(dx, dy, p[0], p[1], one, true, y);
            default -> null;
        };
    }
}
