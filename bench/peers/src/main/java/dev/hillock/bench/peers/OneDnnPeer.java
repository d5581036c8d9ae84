package dev.hillock.bench.peers;

import dev.hillock.Activation;
import dev.hillock.bench.Case;
import dev.hillock.bench.Contestant;
import dev.hillock.bench.NotSupported;
import dev.hillock.bench.Work;
import dev.hillock.catalogue.Direction;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.dnnl.softmax_backward;
import org.bytedeco.dnnl.softmax_forward;
import org.bytedeco.dnnl.stream;
import org.bytedeco.javacpp.FloatPointer;

/** oneDNN through the Java classes of its JavaCPP preset: primitives made once, executed again and again. */
public final class OneDnnPeer implements Contestant {
    private engine cpu;
    private stream stream;

    /** An algorithm and its two parameters; fromOutput is null where the slope needs x. */
    private record Algorithm(algorithm forward, algorithm fromOutput, float alpha, float beta) {}

    @Override
    public String name() {
        return "onednn-raw";
    }

    @Override
    public String description() {
        var version = dnnl.dnnl_version();
        return "oneDNN " + version.major() + "." + version.minor() + "." + version.patch()
                + " through its JavaCPP preset";
    }

    @Override
    public Work prepare(Case task, float[] x, float[] dy) throws NotSupported {
        if (cpu == null) {
            cpu = new engine(engine.kind.cpu, 0);
            stream = new stream(cpu);
        }
        return new OneDnnWork(task, primitive(task), x, dy);
    }

    // The sum with gelu behind it in one primitive.
    private primitive biasGelu(Case task) {
        memory.desc matrix = array(task);
        post_ops operations = new post_ops();
        operations.append_eltwise(algorithm.eltwise_gelu_erf, 0, 0);
        primitive_attr attributes = new primitive_attr();
        attributes.set_post_ops(operations);
        return new binary(
                new binary.primitive_desc(cpu, algorithm.binary_add, matrix, bias(task), matrix, attributes, false));
    }

    // Swish, then the product in place: with the product as its post-op swish falls back to oneDNN's reference code.
    private primitive product(Case task) {
        memory.desc matrix = array(task);
        return new binary(new binary.primitive_desc(cpu, algorithm.binary_mul, matrix, matrix, matrix));
    }

    private static memory.desc bias(Case task) {
        return new memory.desc(new long[] {1, task.columns()}, memory.data_type.f32, memory.format_tag.ab);
    }

    private primitive overRows(Case task) {
        algorithm kind = task.operation().equals("softmax") ? algorithm.softmax_accurate : algorithm.softmax_log;
        memory.desc matrix = array(task);
        var forward = new softmax_forward.primitive_desc(cpu, prop_kind.forward_training, kind, matrix, matrix, 1);
        return task.direction() == Direction.FORWARD
                ? new softmax_forward(forward)
                : new softmax_backward(
                        new softmax_backward.primitive_desc(cpu, kind, matrix, matrix, matrix, 1, forward));
    }

    private primitive primitive(Case task) throws NotSupported {
        if (task.isOverRows()) {
            return overRows(task);
        }
        if (task.operation().equals("bias_gelu")) {
            return biasGelu(task);
        }
        if (task.isLoss()) {
            throw new NotSupported("no losses");
        }
        Algorithm a = algorithm(Activation.of(task.operation().equals("swiglu") ? "silu" : task.operation()));
        memory.desc array = array(task);
        var forward = new eltwise_forward.primitive_desc(
                cpu, prop_kind.forward_training, a.forward, array, array, a.alpha, a.beta);
        return switch (task.direction()) {
            case FORWARD -> new eltwise_forward(forward);
            case BACKWARD ->
                new eltwise_backward(new eltwise_backward.primitive_desc(
                        cpu, a.forward, array, array, array, a.alpha, a.beta, forward));
            case BACKWARD_FROM_OUTPUT -> {
                if (a.fromOutput == null) {
                    throw new NotSupported("no such algorithm");
                }
                var fromOutput = new eltwise_forward.primitive_desc(
                        cpu, prop_kind.forward_training, a.fromOutput, array, array, a.alpha, a.beta);
                yield new eltwise_backward(new eltwise_backward.primitive_desc(
                        cpu, a.fromOutput, array, array, array, a.alpha, a.beta, fromOutput));
            }
        };
    }

    private static Algorithm algorithm(Activation f) throws NotSupported {
        double[] p = f.parameters();
        return switch (f.name()) {
            case "relu" -> new Algorithm(algorithm.eltwise_relu, algorithm.eltwise_relu_use_dst_for_bwd, 0, 0);
            case "leaky_relu" ->
                new Algorithm(algorithm.eltwise_relu, algorithm.eltwise_relu_use_dst_for_bwd, (float) p[0], 0);
            case "sigmoid" ->
                new Algorithm(algorithm.eltwise_logistic, algorithm.eltwise_logistic_use_dst_for_bwd, 0, 0);
            case "tanh" -> new Algorithm(algorithm.eltwise_tanh, algorithm.eltwise_tanh_use_dst_for_bwd, 0, 0);
            case "elu" -> new Algorithm(algorithm.eltwise_elu, algorithm.eltwise_elu_use_dst_for_bwd, (float) p[0], 0);
            case "gelu" -> new Algorithm(algorithm.eltwise_gelu_erf, null, 0, 0);
            case "gelu_tanh" -> new Algorithm(algorithm.eltwise_gelu_tanh, null, 0, 0);
            case "silu" -> new Algorithm(algorithm.eltwise_swish, null, 1, 0);
            case "swish_beta" -> new Algorithm(algorithm.eltwise_swish, null, (float) p[0], 0);
            case "softplus" -> new Algorithm(algorithm.eltwise_soft_relu, null, (float) p[0], 0);
            case "mish" -> new Algorithm(algorithm.eltwise_mish, null, 0, 0);
            case "hardswish" -> new Algorithm(algorithm.eltwise_hardswish, null, 1 / 6f, 0.5f);
            case "hardsigmoid" -> new Algorithm(algorithm.eltwise_hardsigmoid, null, (float) p[0], (float) p[1]);
            case "exp" -> new Algorithm(algorithm.eltwise_exp, algorithm.eltwise_exp_use_dst_for_bwd, 0, 0);
            default -> throw new NotSupported("no such algorithm");
        };
    }

    private static memory.desc array(Case task) {
        return !task.isEltwise()
                ? new memory.desc(new long[] {task.rows(), task.columns()}, memory.data_type.f32, memory.format_tag.ab)
                : new memory.desc(new long[] {task.length()}, memory.data_type.f32, memory.format_tag.a);
    }

    private final class OneDnnWork implements Work {
        private final primitive primitive;
        private final IntMemoryMap[] operands;
        private final primitive product;
        private final IntMemoryMap productOperands = new IntMemoryMap();
        // Kept: the operands point into them.
        private final FloatPointer read;
        private final FloatPointer second;
        private final FloatPointer out;

        OneDnnWork(Case task, primitive primitive, float[] x, float[] dy) {
            this.primitive = primitive;
            boolean forward = task.direction() == Direction.FORWARD;
            boolean fromOutput = task.direction() == Direction.BACKWARD_FROM_OUTPUT;
            read = new FloatPointer(x);
            second = dy == null ? null : new FloatPointer(dy);
            out = new FloatPointer((long) x.length);
            operands = new IntMemoryMap[task.windows()];
            for (int i = 0; i < operands.length; i++) {
                long at = (long) i * task.length();
                operands[i] = new IntMemoryMap();
                operands[i].put(fromOutput ? dnnl.DNNL_ARG_DST : dnnl.DNNL_ARG_SRC, part(array(task), read, at));
                operands[i].put(forward ? dnnl.DNNL_ARG_DST : dnnl.DNNL_ARG_DIFF_SRC, part(array(task), out, at));
                if (!forward) {
                    operands[i].put(dnnl.DNNL_ARG_DIFF_DST, part(array(task), second, at));
                } else if (task.operation().equals("bias_gelu")) {
                    operands[i].put(dnnl.DNNL_ARG_SRC_1, part(bias(task), second, at));
                }
            }
            product = task.operation().equals("swiglu") ? product(task) : null;
            if (product != null) {
                productOperands.put(dnnl.DNNL_ARG_SRC_0, part(array(task), out, 0));
                productOperands.put(dnnl.DNNL_ARG_SRC_1, part(array(task), second, 0));
                productOperands.put(dnnl.DNNL_ARG_DST, part(array(task), out, 0));
            }
        }

        private memory part(memory.desc description, FloatPointer array, long at) {
            return new memory(description, cpu, array.getPointer(FloatPointer.class, at));
        }

        @Override
        public int windows() {
            return operands.length;
        }

        @Override
        public void run(int window) {
            primitive.execute(stream, operands[window]);
            if (product != null) {
                product.execute(stream, productOperands);
            }
        }

        @Override
        public void result(float[] to) {
            out.get(to, 0, to.length);
        }

        @Override
        public void close() {
            for (IntMemoryMap map : operands) {
                map.close();
            }
            primitive.close();
            productOperands.close();
            read.close();
            out.close();
            if (second != null) {
                second.close();
            }
        }
    }
}
