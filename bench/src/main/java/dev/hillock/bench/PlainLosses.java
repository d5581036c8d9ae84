package dev.hillock.bench;

/** Losses by element with their gradients, as a Java program contains them: in double precision, element by element. */
final class PlainLosses implements Work {
    /** The loss of a range, its gradient written. */
    private interface Loop {
        double run(float[] x, float[] t, float[] dx, int from, int to);
    }

    private final Case task;
    private final Loop loop;
    private final float[] x;
    private final float[] targets;
    private final float[] dx;
    private volatile double loss;

    PlainLosses(Case task, float[] x, float[] targets) throws NotSupported {
        if (task.threads() != 1) {
            throw new NotSupported("one thread");
        }
        this.task = task;
        this.x = x;
        this.targets = targets;
        this.dx = new float[task.total()];
        this.loop = switch (task.operation()) {
            case "bce_with_logits" -> PlainLosses::bceWithLogits;
            case "mse" -> PlainLosses::mse;
            case "huber" -> PlainLosses::huber;
            default -> throw new NotSupported("not written out");
        };
    }

    private static double bceWithLogits(float[] x, float[] t, float[] dx, int from, int to) {
        int n = to - from;
        double sum = 0;
        for (int i = from; i < to; i++) {
            double z = x[i];
            sum += Math.max(z, 0) - z * t[i] + Math.log1p(Math.exp(-Math.abs(z)));
            dx[i] = (float) ((1 / (1 + Math.exp(-z)) - t[i]) / n);
        }
        return sum / n;
    }

    private static double mse(float[] x, float[] t, float[] dx, int from, int to) {
        int n = to - from;
        double sum = 0;
        for (int i = from; i < to; i++) {
            double d = x[i] - t[i];
            sum += d * d;
            dx[i] = (float) (2 * d / n);
        }
        return sum / n;
    }

    private static double huber(float[] x, float[] t, float[] dx, int from, int to) {
        int n = to - from;
        double sum = 0;
        for (int i = from; i < to; i++) {
            double d = x[i] - t[i];
            boolean near = Math.abs(d) <= 1;
            sum += near ? 0.5 * d * d : Math.abs(d) - 0.5;
            dx[i] = (float) ((near ? d : Math.signum(d)) / n);
        }
        return sum / n;
    }

    @Override
    public int windows() {
        return task.windows();
    }

    @Override
    public void run(int window) {
        int from = window * task.length();
        loss = loop.run(x, targets, dx, from, from + task.length());
    }

    @Override
    public void result(float[] to) {
        System.arraycopy(dx, 0, to, 0, Math.min(dx.length, to.length));
    }
}
