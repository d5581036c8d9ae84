package dev.hillock.bench;

import dev.hillock.Activation;
import dev.hillock.AxisFunction;
import dev.hillock.AxisLayout;
import dev.hillock.AxisOperation;
import dev.hillock.ElementType;
import dev.hillock.Engine;
import dev.hillock.Kernels;
import dev.hillock.Loss;
import dev.hillock.catalogue.Direction;
import dev.hillock.engine.Engines;
import java.util.Arrays;
import java.util.stream.IntStream;

/** An engine of Hillock, called as a user calls it: on Java arrays, through the public API. */
final class HillockEngine implements Contestant {
    private static final String NO_KERNEL = "no such kernel";

    private final Engine engine;

    HillockEngine(Engine engine) {
        this.engine = engine;
    }

    @Override
    public String name() {
        return engine.word();
    }

    @Override
    public String description() {
        return "Hillock, engine " + engine;
    }

    // ONEDNN would run the other parts of most of them in Java.
    @Override
    public boolean knows(Case task) {
        return engine != Engine.ONEDNN || !task.isOperation() && (!task.isFused() || Fused.isDense(task));
    }

    @Override
    public Work prepare(Case task, float[] x, float[] dy) throws NotSupported {
        if (engine != Engine.AUTO && !Engines.get(engine).availability().isAvailable()) {
            throw new NotSupported(Engines.get(engine).availability().reason());
        }
        if (task.isFused()) {
            if (task.threads() != 1) {
                throw new NotSupported(NO_KERNEL);
            }
            return HillockFused.prepare(engine, task, x, dy);
        }
        if (task.isLoss()) {
            return task.isLossByElement() ? lossByElement(task, x, dy) : loss(task, x);
        }
        if (task.isOperation()) {
            return operation(task, x, dy);
        }
        return task.isOverRows() ? overRows(task, x, dy) : eltwise(task, x, dy);
    }

    private Work loss(Case task, float[] x) throws NotSupported {
        if (engine != Engine.AUTO && !Loss.of(task.operation()).isOn(Engines.get(engine))) {
            throw new NotSupported(NO_KERNEL);
        }
        Loss loss = Loss.of(task.operation())
                .on(Kernels.builder().engine(engine).threads(task.threads()).build());
        int[] shape = {task.rows(), task.columns()};
        int[] targets = IntStream.range(0, task.rows()).map(task::target).toArray();
        float[] dx = new float[task.total()];
        return new EngineWork(task, dx) {
            @Override
            public void run(int window) {
                loss.valueAndGradient(x, shape, targets, dx);
            }
        };
    }

    private Work lossByElement(Case task, float[] x, float[] targets) throws NotSupported {
        if (engine != Engine.AUTO && !Loss.of(task.operation()).isOn(Engines.get(engine))) {
            throw new NotSupported(NO_KERNEL);
        }
        Loss loss = Loss.of(task.operation())
                .on(Kernels.builder().engine(engine).threads(task.threads()).build());
        float[] out = new float[task.total()];
        float[][] xs = windows(task, x);
        float[][] ts = windows(task, targets);
        float[][] dxs = windows(task, out);
        return new EngineWork(task, out) {
            @Override
            public void run(int window) {
                loss.valueAndGradient(xs[window], ts[window], dxs[window]);
            }

            @Override
            public void result(float[] to) {
                for (int window = 0; window < dxs.length; window++) {
                    System.arraycopy(dxs[window], 0, out, window * task.length(), task.length());
                }
                super.result(to);
            }
        };
    }

    // A loss takes whole arrays.
    private static float[][] windows(Case task, float[] values) {
        float[][] windows = new float[task.windows()][];
        for (int window = 0; window < windows.length; window++) {
            windows[window] = Arrays.copyOfRange(values, window * task.length(), (window + 1) * task.length());
        }
        return windows;
    }

    private Work eltwise(Case task, float[] x, float[] dy) throws NotSupported {
        Activation f = Activation.of(task.operation());
        require(f, task);
        Kernels kernels =
                Kernels.builder().engine(engine).threads(task.threads()).build();
        float[] out = new float[task.total()];
        int length = task.length();
        return switch (task.direction()) {
            case FORWARD ->
                new EngineWork(task, out) {
                    @Override
                    public void run(int window) {
                        kernels.forward(f, x, window * length, out, window * length, length);
                    }
                };
            case BACKWARD ->
                new EngineWork(task, out) {
                    @Override
                    public void run(int window) {
                        int at = window * length;
                        kernels.backward(f, x, at, dy, at, out, at, length);
                    }
                };
            case BACKWARD_FROM_OUTPUT ->
                new EngineWork(task, out) {
                    @Override
                    public void run(int window) {
                        int at = window * length;
                        kernels.backwardFromOutput(f, x, at, dy, at, out, at, length);
                    }
                };
        };
    }

    private Work overRows(Case task, float[] x, float[] dy) throws NotSupported {
        AxisFunction f = AxisFunction.of(task.operation());
        AxisLayout layout = AxisLayout.of(new int[] {task.rows(), task.columns()}, f.axis());
        if (engine != Engine.AUTO
                && !Engines.get(engine).axis().supports(f.definition(), ElementType.FLOAT32, task.direction())) {
            throw new NotSupported(NO_KERNEL);
        }
        Kernels kernels =
                Kernels.builder().engine(engine).threads(task.threads()).build();
        float[] out = new float[task.total()];
        int length = task.length();
        if (task.direction() == Direction.FORWARD) {
            return new EngineWork(task, out) {
                @Override
                public void run(int window) {
                    kernels.forward(f, layout, x, window * length, out, window * length);
                }
            };
        }
        return new EngineWork(task, out) {
            @Override
            public void run(int window) {
                int at = window * length;
                kernels.backward(f, layout, x, at, dy, at, out, at);
            }
        };
    }

    // One window: an operation takes whole arrays.
    private Work operation(Case task, float[] x, float[] dy) throws NotSupported {
        if (engine != Engine.AUTO && !AxisOperation.of(task.operation()).isOn(Engines.get(engine))) {
            throw new NotSupported(NO_KERNEL);
        }
        AxisOperation f = AxisOperation.of(task.operation())
                .on(Kernels.builder().engine(engine).threads(task.threads()).build());
        int[] shape = {task.rows(), task.columns()};
        float[] y = new float[Arrays.stream(f.outputShape(shape)).reduce(1, Math::multiplyExact)];
        if (task.direction() == Direction.FORWARD) {
            return new EngineWork(task, y) {
                @Override
                public void run(int window) {
                    f.forward(x, shape, y);
                }
            };
        }
        for (int i = 0; i < y.length; i++) {
            y[i] = dy[i % dy.length];
        }
        float[] dx = new float[x.length];
        return new EngineWork(task, dx) {
            @Override
            public void run(int window) {
                f.backward(x, y, shape, dx);
            }
        };
    }

    private void require(Activation f, Case task) throws NotSupported {
        if (engine != Engine.AUTO
                && !Engines.get(engine).supports(f.function(), ElementType.FLOAT32, task.direction(), f.parameters())) {
            throw new NotSupported(NO_KERNEL);
        }
    }

    private abstract static class EngineWork implements Work {
        private final Case task;
        private final float[] out;

        EngineWork(Case task, float[] out) {
            this.task = task;
            this.out = out;
        }

        @Override
        public int windows() {
            return task.windows();
        }

        @Override
        public void result(float[] to) {
            System.arraycopy(out, 0, to, 0, Math.min(out.length, to.length));
        }
    }
}
