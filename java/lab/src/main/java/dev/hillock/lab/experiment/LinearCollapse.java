package dev.hillock.lab.experiment;

import dev.hillock.Activation;
import dev.hillock.lab.chart.Figure;
import dev.hillock.lab.chart.Plot;
import dev.hillock.lab.net.Compute;
import dev.hillock.lab.net.Dense;
import dev.hillock.lab.net.Network;
import dev.hillock.lab.net.Shape;
import java.util.SplittableRandom;

/** However many linear layers stand in a row, they equal one matrix and one bias; with ReLU they do not. */
final class LinearCollapse implements Experiment {
    private static final int WIDTH = 64;
    private static final int PAIRS = 64;
    private static final int[] DEPTHS = {2, 10, 100, 1000};

    @Override
    public String name() {
        return "linear-collapse";
    }

    @Override
    public String claim() {
        return "Linear layers without activation equal one affine map, however many; with ReLU between them they do not.";
    }

    @Override
    public Finding run() {
        double[] depths = new double[DEPTHS.length];
        double[] difference = new double[DEPTHS.length];
        double[] linear = new double[DEPTHS.length];
        double[] relu = new double[DEPTHS.length];
        for (int i = 0; i < DEPTHS.length; i++) {
            depths[i] = DEPTHS[i];
            Network network = network(DEPTHS[i], null);
            difference[i] = differenceFromOneMap(network);
            linear[i] = bend(network);
            relu[i] = bend(network(DEPTHS[i], Activation.relu()));
        }
        Finding finding = new Finding(new Figure("Linear collapse", claim())
                .add(new Plot("Distance from one affine map", "layers", "relative distance")
                        .logX()
                        .logY()
                        .line("linear: from the map W x + b", depths, difference)
                        .line("linear: bend", depths, linear)
                        .line("with ReLU: bend", depths, relu)));
        for (int i = 0; i < DEPTHS.length; i++) {
            finding.number(
                    "%4d layers: linear network against one map %.1e, bend %.1e; with ReLU: bend %.2f",
                    DEPTHS[i], difference[i], linear[i], relu[i]);
            finding.expect(difference[i] < 1e-4, DEPTHS[i] + " linear layers do not equal one map");
            finding.expect(relu[i] > 0.05, DEPTHS[i] + " layers with ReLU are nearly affine");
        }
        return finding;
    }

    private static Network network(int depth, Activation activation) {
        Network.Builder builder = Network.of(Shape.flat(WIDTH));
        for (int i = 0; i < depth; i++) {
            builder.dense(WIDTH);
            if (activation != null && i < depth - 1) {
                builder.activation(activation);
            }
        }
        Network network = builder.build(Compute.defaults(), 1);
        SplittableRandom random = new SplittableRandom(2);
        // Orthogonal weights neither grow nor shrink a signal; ReLU halves its square, which sqrt(2) makes good.
        float scale = activation == null ? 1f : (float) Math.sqrt(2);
        network.layers().stream()
                .filter(Dense.class::isInstance)
                .map(Dense.class::cast)
                .forEach(layer -> {
                    orthogonal(layer.weights().value(), scale, random);
                    float[] bias = Samples.gaussian(WIDTH, random);
                    for (int i = 0; i < WIDTH && activation == null; i++) {
                        layer.bias().value()[i] = 0.1f * bias[i];
                    }
                });
        return network;
    }

    // Gram and Schmidt on random rows.
    private static void orthogonal(float[] w, float scale, SplittableRandom random) {
        double[][] rows = new double[WIDTH][];
        for (int r = 0; r < WIDTH; r++) {
            rows[r] = Samples.doubles(Samples.gaussian(WIDTH, random), WIDTH);
            for (int s = 0; s < r; s++) {
                double along = dot(rows[r], rows[s]);
                for (int i = 0; i < WIDTH; i++) {
                    rows[r][i] -= along * rows[s][i];
                }
            }
            double norm = Math.sqrt(dot(rows[r], rows[r]));
            for (int i = 0; i < WIDTH; i++) {
                rows[r][i] /= norm;
                w[r * WIDTH + i] = (float) (scale * rows[r][i]);
            }
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    // Multiplies all layers together in double precision and compares.
    private static double differenceFromOneMap(Network network) {
        double[][] map = new double[WIDTH][WIDTH];
        double[] shift = new double[WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            map[i][i] = 1;
        }
        for (int l = 0; l < network.layers().size(); l++) {
            Dense layer = (Dense) network.layers().get(l);
            double[][] next = new double[WIDTH][WIDTH];
            double[] nextShift = Samples.doubles(layer.bias().value(), WIDTH);
            for (int o = 0; o < WIDTH; o++) {
                for (int k = 0; k < WIDTH; k++) {
                    double weight = layer.weights().value()[o * WIDTH + k];
                    nextShift[o] += weight * shift[k];
                    for (int i = 0; i < WIDTH; i++) {
                        next[o][i] += weight * map[k][i];
                    }
                }
            }
            map = next;
            shift = nextShift;
        }
        float[] x = Samples.gaussian(WIDTH, new SplittableRandom(3));
        float[] y = network.forward(1, x, false);
        double distance = 0;
        double size = 0;
        for (int o = 0; o < WIDTH; o++) {
            double want = shift[o] + dot(map[o], Samples.doubles(x, WIDTH));
            distance += Math.abs(y[o] - want);
            size += Math.abs(want);
        }
        return distance / size;
    }

    // For an affine map, the value in the middle of two points is the middle of their values: this is how far it is
    // not.
    private static double bend(Network network) {
        SplittableRandom random = new SplittableRandom(4);
        float[] x = Samples.gaussian(3 * PAIRS * WIDTH, random);
        int part = PAIRS * WIDTH;
        for (int i = 0; i < part; i++) {
            x[2 * part + i] = (x[i] + x[part + i]) / 2;
        }
        float[] y = network.forward(3 * PAIRS, x, false);
        double bend = 0;
        double apart = 0;
        for (int i = 0; i < part; i++) {
            bend += Math.abs((double) y[i] + y[part + i] - 2.0 * y[2 * part + i]);
            apart += Math.abs((double) y[i] - y[part + i]);
        }
        return bend / apart;
    }
}
