package dev.hillock.catalogue;

import static java.lang.Math.PI;
import static java.lang.Math.abs;
import static java.lang.Math.exp;
import static java.lang.Math.log1p;
import static java.lang.Math.max;
import static java.lang.Math.min;
import static java.lang.Math.sqrt;
import static java.lang.Math.tanh;

import org.apache.commons.numbers.gamma.Erf;
import org.apache.commons.numbers.gamma.Erfc;

/** The references that take more than a line, in double precision, free of cancellation in the tails. */
final class References {
    private static final double SQRT_HALF = sqrt(0.5);
    private static final double SQRT_2_OVER_PI = sqrt(2 / PI);
    // Beyond this, a function that tends to x or to zero has done so for every float, and soon will in double
    // precision, where the sign of a zero is lost in sums.
    private static final double FAR = 700;
    // Where silu has its minimum: the root of 1 + x s(-x).
    static final double SWISH_MINIMUM = -1.2784645427610738;

    private References() {}

    static double sigmoid(double x) {
        double e = exp(-abs(x));
        return (x >= 0 ? 1 : e) / (1 + e);
    }

    // 1 - tanh^2 cancels for large |x|; 4e / (1 + e)^2 with e = exp(-2|x|) does not.
    static double tanhDerivative(double x) {
        double e = exp(-2 * abs(x));
        return 4 * e / ((1 + e) * (1 + e));
    }

    static double swish(double x, double beta) {
        double s = sigmoid(beta * x);
        return s == 0 ? copyZero(x) : x * s;
    }

    static double swishDerivative(double x, double beta) {
        double z = beta * x;
        if (abs(z) > FAR) {
            return z > 0 ? 1 : -0.0;
        }
        return sigmoid(z) * (1 + z * sigmoid(-z));
    }

    static double softplus(double x) {
        return max(x, 0) + log1p(exp(-abs(x)));
    }

    static double gelu(double x) {
        double phi = 0.5 * Erfc.value(-x * SQRT_HALF);
        return phi == 0 ? copyZero(x) : x * phi;
    }

    static double geluDerivative(double x) {
        if (abs(x) > 35) {
            return x > 0 ? 1 : -0.0;
        }
        return 0.5 * Erfc.value(-x * SQRT_HALF) + x * exp(-0.5 * x * x) / sqrt(2 * PI);
    }

    // x s(2u): the same as x/2 (1 + tanh u), without its cancellation for negative x.
    static double geluTanh(double x) {
        double s = sigmoid(2 * SQRT_2_OVER_PI * (x + 0.044715 * x * x * x));
        return s == 0 ? copyZero(x) : x * s;
    }

    static double geluTanhDerivative(double x) {
        if (abs(x) > FAR) {
            return x > 0 ? 1 : -0.0;
        }
        double u = SQRT_2_OVER_PI * (x + 0.044715 * x * x * x);
        double slope = SQRT_2_OVER_PI * (1 + 3 * 0.044715 * x * x);
        return sigmoid(2 * u) * (1 + 2 * x * slope * sigmoid(-2 * u));
    }

    // With n = e^x (e^x + 2): tanh(ln(1 + e^x)) = n / (n + 2).
    static double mish(double x) {
        if (x > 40) {
            return x;
        }
        double e = exp(x);
        double n = e * (e + 2);
        return n == 0 ? copyZero(x) : x * (n / (n + 2));
    }

    static double mishDerivative(double x) {
        if (x > 40) {
            return 1;
        }
        if (x < -FAR) {
            return -0.0;
        }
        double e = exp(x);
        double n = e * (e + 2);
        // 1 - t^2 = 4 (n + 1) / (n + 2)^2 and n + 1 = (1 + e)^2.
        return n / (n + 2) + x * sigmoid(x) * 4 * (1 + e) * (1 + e) / ((n + 2) * (n + 2));
    }

    // A slope of 0 gives 0, also times infinity.
    static double reluEx(double x, double max, double theta, double slope) {
        if (x >= theta) {
            return min(x, max);
        }
        return slope == 0 && x < theta ? 0 : slope * (x - theta);
    }

    // An infinite maximum is never reached.
    static double reluExDerivative(double x, double max, double theta, double slope) {
        if (x >= max && max < Double.POSITIVE_INFINITY) {
            return 0;
        }
        return x > theta || x == theta && theta != 0 ? 1 : slope;
    }

    // The default slope is 1/6 exactly, not the float next to it: (x + 3) / 6.
    private static boolean isDefault(double[] p) {
        return p[0] == (float) (1.0 / 6) && p[1] == 0.5;
    }

    static double hardSlope(double[] p) {
        return isDefault(p) ? 1.0 / 6 : p[0];
    }

    static double hardsigmoid(double x, double[] p) {
        return isDefault(p) ? (x + 3) / 6 : p[0] * x + p[1];
    }

    static boolean hardsigmoidInside(double x, double[] p) {
        return isDefault(p) ? x > -3 && x < 3 : p[0] * x + p[1] > 0 && p[0] * x + p[1] < 1;
    }

    static double elliott(double x) {
        return x < 0 ? 0.5 / (1 - x) : Double.isInfinite(x) ? 1 : (0.5 + x) / (1 + x);
    }

    // x - tanh x cancels near 0, where the series has no such trouble.
    static double tanhshrink(double x) {
        if (abs(x) > 0.25) {
            return x - tanh(x);
        }
        double z = x * x;
        double series = 1.0 / 3
                + z
                        * (-2.0 / 15
                                + z
                                        * (17.0 / 315
                                                + z
                                                        * (-62.0 / 2835
                                                                + z
                                                                        * (1382.0 / 155925
                                                                                + z
                                                                                        * (-21844.0 / 6081075
                                                                                                + z
                                                                                                        * (929569.0
                                                                                                                        / 638512875
                                                                                                                + z
                                                                                                                        * (-6404582.0
                                                                                                                                / 10854718875.0)))))));
        return x * z * series;
    }

    // For negative x the sum cancels; multiplied by its conjugate it does not.
    static double squareplus(double x, double b) {
        double root = Math.hypot(x, sqrt(b));
        if (Double.isInfinite(x)) {
            return x > 0 ? x : 0;
        }
        return x >= 0 ? 0.5 * (x + root) : 0.5 * b / (root - x);
    }

    static double squareplusDerivative(double x, double b) {
        if (Double.isInfinite(x)) {
            return x > 0 ? 1 : 0;
        }
        double root = Math.hypot(x, sqrt(b));
        return x >= 0 ? 0.5 * (1 + (root == 0 ? 0 : x / root)) : 0.5 * (b / (root - x)) / root;
    }

    // Without b it is relu.
    static double squareplusFromOutput(double y, double b) {
        if (y == Double.POSITIVE_INFINITY) {
            return 1;
        }
        double sum = y * y + b / 4;
        return sum == 0 ? (y > 0 ? 1 : 0) : y * y / sum;
    }

    static double rationalTanh(double x) {
        double z = abs(2 * x / 3);
        double s = z + z * z + 1.41645 * z * z * z * z;
        return Math.copySign(1.7159 * (Double.isInfinite(s) ? 1 : s / (1 + s)), x);
    }

    static double rationalTanhDerivative(double x) {
        double z = abs(2 * x / 3);
        if (z > 1e60) {
            return 0;
        }
        double d = 1 + z + z * z + 1.41645 * z * z * z * z;
        return 1.7159 * 2 / 3 * (1 + 2 * z + 5.6658 * z * z * z) / d / d;
    }

    // Beyond 1 by 1 / x, whose square does not overflow.
    static double isru(double x, double alpha) {
        if (alpha == 0) {
            return x;
        }
        return abs(x) <= 1 ? x / sqrt(1 + alpha * x * x) : Math.signum(x) / sqrt(alpha + 1 / x / x);
    }

    // The cube of isru(x) / x; from the sum under the root where its square does not overflow.
    static double isruDerivative(double x, double alpha) {
        if (alpha == 0) {
            return Double.isNaN(x) ? x : 1;
        }
        if (abs(x) <= 0x1p500) {
            double sum = Math.fma(alpha * x, x, 1);
            return 1 / sum / sqrt(sum);
        }
        double ratio = 1 / (abs(x) * sqrt(alpha + 1 / x / x));
        return ratio * ratio * ratio;
    }

    // (sqrt(x^2 + 1) - 1) / 2 + x without its cancellation near 0.
    static double bentIdentity(double x) {
        return Double.isInfinite(x) ? x : 0.5 * x * (x / (Math.hypot(x, 1) + 1)) + x;
    }

    // The sum may be close to 0. The square of a float is exact, and the product too before it is added; of a double,
    // what square, product and sum lose is added at the end.
    static double starRelu(double x, double scale, double bias) {
        double square = x < 0 ? 0 : x * x;
        double squareRest = x < 0 ? 0 : Math.fma(x, x, -square);
        double product = scale * square;
        if (squareRest == 0 || !Double.isFinite(product)) {
            return Math.fma(scale, square, bias);
        }
        double sum = product + bias;
        double added = sum - product;
        double sumRest = (product - (sum - added)) + (bias - added);
        double productRest = Math.fma(scale, square, -product);
        return sum + (sumRest + Math.fma(scale, squareRest, productRest));
    }

    static double tanhExp(double x) {
        double t = tanh(exp(x));
        return t == 0 ? copyZero(x) : x * t;
    }

    static double tanhExpDerivative(double x) {
        if (abs(x) > FAR) {
            return x > 0 ? 1 : -0.0;
        }
        double e = exp(x);
        return tanh(e) + (e > FAR ? 0 : x * e * tanhDerivative(e));
    }

    static double serf(double x) {
        double t = Erf.value(softplus(x));
        return t == 0 ? copyZero(x) : x * t;
    }

    static double serfDerivative(double x) {
        if (abs(x) > FAR) {
            return x > 0 ? 1 : -0.0;
        }
        double s = softplus(x);
        return Erf.value(s) + x * sigmoid(x) * 2 / sqrt(PI) * exp(-s * s);
    }

    // The limit of x * tiny at either end of the line: zero with the sign of x; NaN stays NaN.
    private static double copyZero(double x) {
        return Double.isNaN(x) ? x : Math.copySign(0.0, x);
    }
}
