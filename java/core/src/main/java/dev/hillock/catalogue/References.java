package dev.hillock.catalogue;

import static java.lang.Math.PI;
import static java.lang.Math.abs;
import static java.lang.Math.exp;
import static java.lang.Math.log1p;
import static java.lang.Math.max;
import static java.lang.Math.sqrt;

import org.apache.commons.numbers.gamma.Erfc;

/** The references that take more than a line, in double precision, free of cancellation in the tails. */
final class References {
    private static final double SQRT_HALF = sqrt(0.5);
    private static final double SQRT_2_OVER_PI = sqrt(2 / PI);
    // Beyond this, a function that tends to x or to zero has done so in double precision too.
    private static final double FAR = 800;

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
        if (abs(x) > 45) {
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

    // The limit of x * tiny at either end of the line: zero with the sign of x; NaN stays NaN.
    private static double copyZero(double x) {
        return Double.isNaN(x) ? x : Math.copySign(0.0, x);
    }
}
