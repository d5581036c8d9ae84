// Editions for doubles of the functions that depend on how many digits there are, in the forms that
// formulas.h explains; what is not here is the same for all types. Named as there, one namespace further in.
#pragma once
#include "core/float64/algebraic.h"
#include "core/float64/exp.h"
#include "core/float64/gauss.h"
#include "core/float64/log1p.h"
#include "core/float64/piecewise.h"

namespace hillock::HILLOCK_TARGET::float64 {

// sigmoid(x) = 1 / (1 + exp(-x)). With exp(-x) = (1 + p) / c, c a power of two: c / (1 + c + p). The
// denominator is rounded once, for 1 + c is exact where it matters.
struct Sigmoid {
  // 1 + c + p in one rounding: p takes what 1 + c loses.
  template <class V>
  static V sum(V c, V p) {
    V b = fma(c, kLower, 1.0);
    return b + (p + fma(c, kLower, 1.0 - b));
  }
  // Its square, in one rounding.
  template <class V>
  static V square_sum(V c, V p) {
    V b = fma(c, kLower, 1.0);
    V rest = p + fma(c, kLower, 1.0 - b);
    V d = b + rest;
    return fma(d, d, 2.0 * d * ((b - d) + rest));
  }
  template <class V>
  static V raised(V whole, V p) {
    V c = pow2(whole);
    return c / sum(c, p);
  }
  template <class V>
  static V forward(V x) {
    V v = at_least(at_most(x, 40.0), -746.0);
    V whole = fma(v, kLog2E, kRaised);
    V p = expm1_rest(exp_rest(-v, kRaised - whole));
    return raised(whole, p) * kLower;
  }
  // (1 + q)^2 in one rounding.
  template <class V>
  static V square(V q) {
    return fma(q, 2.0 + q, 1.0);
  }

  // sigmoid(x) sigmoid(-x) = c (1 + p) / (1 + c + p)^2, the same for x and -x.
  template <class V>
  static V derivative(V x) {
    V v = at_least(-abs(x), -746.0);
    V whole = fma(v, kLog2E, kRaised);
    V p = expm1_rest(exp_rest(-v, kRaised - whole));
    V c = pow2(whole);
    return fma(c, p, c) / square(fma(c, kLower, p)) * kLower;
  }
  // The same at x + rest, for x in [-780, 0], times 2^128.
  template <class V>
  static V raised_slope(V x, V rest) {
    V whole = fma(x, kLog2E, kRaised);
    V p = expm1_rest(exp_rest(-x, kRaised - whole) - rest);
    V c = pow2(whole);
    return fma(c, p, c) / square(fma(c, kLower, p));
  }
  template <class V>
  static V slope_from_output(V y) {
    return y * (1.0 - y);
  }
};

// tanh(x) = h / (h + 1) with h = expm1(2 |x|) / 2. Up to h = 1 as h - h q, then as 1 - q, q the quotient that
// is left: either way its rounding errors count for half or less.
struct Tanh {
  // expm1(2 (x + rest)) / 2 for x in [0, 43]; what rounding loses of r and of p is put back.
  template <class V>
  static V half_expm1_twice(V x, V rest) {
    V whole = fma(x, 2.0 * kLog2E, kWhole);
    V n = whole - kWhole;
    V high = fma(n, -0.5 * kLn2, x);
    V r = fma(n, -0.5 * kLn2Rest, high);
    V r_rest = fma(n, -0.5 * kLn2Rest, high - r);
    V small = fma(r * r, half_expm1_bend(r), rest + r_rest);
    V p = r + small;
    V p_rest = (r - p) + small;
    V s = pow2(whole);
    return fma(s, p_rest, fma(s, p, fma(0.5, s, -0.5)));
  }
  template <class V>
  static V forward(V x) {
    V h = half_expm1_twice(at_most(abs(x), 19.5), V(0.0));
    V m = at_most(h, 1.0);
    V q = m / (h + 1.0);
    return copysign(fma(-m, q, m), x);
  }
  // (scale + scale_rest) tanh(x + rest) for x in [0, 19.5], the quotient in two doubles.
  template <class V>
  static V scaled(V x, V rest, V scale, V scale_rest) {
    V h = half_expm1_twice(x, rest);
    V m = at_most(h, 1.0);
    V d = h + 1.0;
    V d_rest = h - (d - 1.0);
    V inverse = 1.0 / d;
    V q = m * inverse;
    V q_rest = fma(-q, d_rest, fma(-q, d, m)) * inverse;
    V a = scale * m;
    V a_rest = fma(scale, m, -a) + scale_rest * m;
    return a + fma(-a, q, fma(-a, q_rest, fma(-a_rest, q, a_rest)));
  }
  // 1 - tanh(x)^2 = 4 sigmoid'(2 x). The 4 comes before the power of two: a subnormal slope of sigmoid would
  // be rounded to too few digits.
  template <class V>
  static V derivative(V x) {
    return Sigmoid::raised_slope(at_least(-2.0 * abs(x), -748.0), V(0.0)) * (4.0 * kLower);
  }
  template <class V>
  static V slope_from_output(V y) {
    return fma(-y, y, 1.0);
  }
};

// elu(x) = x for x >= 0, else alpha * (exp(x) - 1): -0 stays -0.    Clevert et al., arXiv:1511.07289
struct Elu {
  template <class V>
  static V forward(V x, V alpha) {
    return select(x < 0.0, alpha * expm1_near(at_least(x, -40.0)), x);
  }
  // Not y + alpha: from x = -38 down that is 0, while the true slope is still 3.1e-17.
  template <class V>
  static V derivative(V x, V alpha) {
    return select(x > 0.0, 1.0, alpha * exp_raised(at_least(x, -780.0)) * kLower);
  }
  template <class V>
  static V slope_from_output(V y, V alpha) {
    return select(y > 0.0, 1.0, y + alpha);
  }
};

// selu(x) = lambda * elu(x; alpha), lambda * alpha in two doubles.    Klambauer et al., arXiv:1706.02515
struct Selu {
  template <class V>
  static V forward(V x, V alpha, V lambda) {
    V a = lambda * alpha;
    V a_rest = fma(lambda, alpha, -a);
    V t = expm1_near(at_least(x, -40.0));
    return select(x < 0.0, fma(a, t, a_rest * t), lambda * x);
  }
  template <class V>
  static V derivative(V x, V alpha, V lambda) {
    V a = lambda * alpha;
    V a_rest = fma(lambda, alpha, -a);
    V e = exp_raised(at_least(x, -780.0));
    return select(x > 0.0, lambda, fma(a, e, a_rest * e) * kLower);
  }
  template <class V>
  static V slope_from_output(V y, V alpha, V lambda) {
    return select(y > 0.0, lambda, fma(lambda, alpha, y));
  }
};

// silu(x) = x sigmoid(x): x c / (1 + c + p), as in Sigmoid.        Elfwing et al., arXiv:1702.03118
struct Silu {
  template <class V>
  static V forward(V x) {
    V v = at_least(x, -780.0);
    V whole = fma(v, kLog2E, kRaised);
    V p = expm1_rest(exp_rest(-v, kRaised - whole));
    V c = pow2(whole);
    V y = v * c / Sigmoid::sum(c, p) * kLower;
    return select(x > 40.0, x, y);
  }
  // sigmoid(x) (1 + x sigmoid(-x)) = c (c + (1 + p)(1 + x)) / (1 + c + p)^2. c and 1 + x are exact around the
  // root.
  template <class V>
  static V derivative(V x) {
    V v = at_least(x, -780.0);
    V whole = fma(v, kLog2E, kRaised);
    V p = expm1_rest(exp_rest(-v, kRaised - whole));
    V raised = pow2(whole);
    V c = raised * kLower;
    V u = 1.0 + v;
    V n = fma(p, u, c + u);
    V slope = n / Sigmoid::square_sum(raised, p) * raised * kLower;
    return select(x > 40.0, 1.0, slope);
  }
};

// swish_beta(x) = x sigmoid(beta x). The product is carried in two doubles, b and b_rest, into the
// exponential.
struct SwishBeta {
  // Beyond it sigmoid(beta x) is 0 or 1.
  template <class V>
  static V limit(V beta) {
    return at_most(780.0 / abs(beta), 0x1.fffffffffffffp1023);
  }
  template <class V>
  static V value(V x, V t, V b, V b_rest) {
    V whole = fma(b, kLog2E, kRaised);
    V p = expm1_rest(exp_rest(-b, kRaised - whole) - b_rest);
    V c = pow2(whole);
    V y = t * c / Sigmoid::sum(c, p) * kLower;
    return select(b > 40.0, x, y);
  }
  template <class V>
  static V slope(V b, V b_rest) {
    V whole = fma(b, kLog2E, kRaised);
    V p = expm1_rest(exp_rest(-b, kRaised - whole) - b_rest);
    V raised = pow2(whole);
    V c = raised * kLower;
    V u = 1.0 + b;
    V u_rest = ((1.0 - u) + b) + b_rest;
    V n = fma(p, u, c + u) + fma(u_rest, p, u_rest);
    V slope = n / Sigmoid::square_sum(raised, p) * raised * kLower;
    return select(b > 40.0, 1.0, slope);
  }

  template <class V>
  static V forward(V x, V beta) {
    V t = at_least(at_most(x, limit(beta)), -limit(beta));
    V b = beta * t;
    return value(x, t, b, fma(beta, t, -b));
  }
  template <class V>
  static V derivative(V x, V beta) {
    V t = at_least(at_most(x, limit(beta)), -limit(beta));
    V b = beta * t;
    return slope(b, fma(beta, t, -b));
  }
};

// gelu(x) = x Phi(x) = max(x, 0) - t Phi(-t), t = |x|. The quotient's parts are carried in two doubles:
// rounded each for itself they add up to 4.6 ULP, so to 2.0.
// Hendrycks and Gimpel, arXiv:1606.08415
struct Gelu {
  template <class V>
  static V forward(V x) {
    V t = at_most(abs(x), 38.6);
    V square = t * t;
    V whole = fma(square, -0.5 * kLog2E, kRaised);
    V r = bell_rest(t, square, whole - kRaised);
    V z = r * r;
    V bend = expm1_bend(r);
    V p = fma(z, bend, r);
    V p_rest = fma(z, bend, r - p);
    V u = fma(tail_numerator(t), square, 0.5 * t);
    V rest = fma(u, kTailSlope, tail_remainder(t) * t);
    V d = 1.0 + rest;
    V d_rest = (1.0 - d) + rest;
    V n = fma(u, p, u);
    V n_rest = fma(u, p_rest, fma(u, p, u - n));
    V inverse = 1.0 / d;
    V q = n * inverse;
    q = fma(fma(-q, d, n) + fma(-q, d_rest, n_rest), inverse, q);
    return fma(q * pow2(whole), -kLower, at_least(x, -0.0));
  }
  // Phi(-t) - t phi(t) for x = -t, one minus that for x = t.
  template <class V>
  static V derivative(V x) {
    V t = at_most(abs(x), 38.8);
    V square = t * t;
    V whole = fma(square, -0.5 * kLog2E, kRaised);
    V p = expm1_rest(bell_rest(t, square, whole - kRaised));
    V n = bell_numerator(t);
    V d = fma(n, kBellSlope, bell_remainder(t));
    V from_root = ((kBellRoot - t) + kBellRootRest) * n;
    V q = fma(from_root, p, from_root) / d;
    V tail = q * pow2(whole) * kLower;
    return select(x > 0.0, 1.0 - tail, tail);
  }
};

// gelu_tanh(x) = x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))) = x sigmoid(v), v = x (A + B x^2).
// In the tail v is large and its rounding error would become the result's relative error: v is carried in two
// doubles.
struct GeluTanh {
  static constexpr double kA = 0x1.9884533d4364p+0;  // few bits, so that kA minus the inner sum is exact
  static constexpr double kARest = 0x1.08d0fcb3c500cp-48;
  static constexpr double kB = 0x1.2444f2a4d8b4bp-4;
  static constexpr double kBRest = -0x1.6c843a29d1c70p-61;

  // What the rounding of g = kA + kB x^2 lost.
  template <class V>
  static V inner_rest(V x, V square, V g) {
    V rest = fma(square, kB, kA - g);
    rest = fma(fma(x, x, -square), kB, rest);
    return rest + fma(square, kBRest, kARest);
  }
  template <class V>
  static V forward(V x) {
    V t = at_most(abs(x), 21.7);
    V square = t * t;
    V g = fma(square, kB, kA);
    V v = t * g;
    V v_rest = fma(t, inner_rest(t, square, g), fma(t, g, -v));
    V whole = fma(v, -kLog2E, kRaised);
    V n = whole - kRaised;
    V p = expm1_rest(exp_rest(v, -n) + v_rest);
    V c = pow2(whole);
    V q = t / Sigmoid::sum(c, p);
    return fma(q * c, -kLower, at_least(x, -0.0));
  }
  // sigmoid(v) (1 + x v' sigmoid(-v)), as in Silu. The denominator (1 + c + p)^2 has two forms: one rounds
  // less where c is about 1, the other where c is small.
  template <class V>
  static V derivative(V x) {
    V t = at_least(at_most(x, 8.0), -21.7);
    V square = t * t;
    V g = fma(square, kB, kA);
    V g_rest = inner_rest(t, square, g);
    V v = t * g;
    V v_rest = fma(t, g_rest, fma(t, g, -v));
    V whole = fma(v, kLog2E, kRaised);
    V p = expm1_rest(exp_rest(-v, kRaised - whole) - v_rest);
    V raised = pow2(whole);
    V c = raised * kLower;
    V twice = 2.0 * t;
    V u = fma(twice, g - kA, 1.0 + v) + fma(twice, g_rest - kARest, v_rest);
    V n = fma(p, u, c + u);
    V b = 1.0 + c;
    V q = c + p;
    V d = select(x < -1.25, fma(q, 2.0 + q, 1.0), fma(b, b, p * fma(2.0, b, p)));
    return n / d * raised * kLower;
  }
};

// softplus(x) = log(1 + exp(beta x)) / beta = (max(b, 0) + log1p(exp(-|b|))) / beta, b = beta x.
// From threshold on, which is infinite unless a caller has PyTorch's habit, it is x.
struct Softplus {
  template <class V>
  static V forward(V x, V beta, V threshold) {
    V limit = 746.0 / abs(beta);
    V t = at_most(abs(x), limit);
    V v = -abs(beta) * t;
    V v_rest = fma(-abs(beta), t, -v);
    V whole = fma(v, kLog2E, kRaised);
    V p = expm1_rest(exp_rest(v, whole - kRaised) + v_rest);
    V s = pow2(whole);
    V raised = fma(s, p, s);
    V e = raised * kLower;
    V tail = fma(raised, log1p_bend(e), raised);
    V inverse = 1.0 / beta;
    V inverse_rest = fma(-inverse, beta, 1.0) * inverse;
    V y = fma(tail, inverse * kLower, fma(tail, inverse_rest * kLower, at_least(x, 0.0)));
    return select(beta * x > threshold, x, y);
  }
  // sigmoid(beta x), or 1.
  template <class V>
  static V derivative(V x, V beta, V threshold) {
    V limit = 746.0 / abs(beta);
    V t = at_least(at_most(x, 0.4 * limit), -limit);
    V b = beta * t;
    V b_rest = fma(beta, t, -b);
    V whole = fma(b, kLog2E, kRaised);
    V p = expm1_rest(exp_rest(-b, kRaised - whole) - b_rest);
    return select(beta * x > threshold, 1.0, Sigmoid::raised(whole, p) * kLower);
  }
  template <class V>
  static V slope_from_output(V y, V beta, V threshold) {
    return select(beta * y > threshold, 1.0, 0.0 - expm1_near(at_least(-(beta * y), -40.0)));
  }
};

// mish(x) = x T, T = tanh(softplus(x)) = (d - 2) / d with e = exp(x), d = 2 + 2 e + e^2. T is split so that
// the quotient, whose rounding errors are the largest, is the smaller part: T = 1 - 2 / d for x > 0.3, T =
// 1/2 + (e^2/2 + e - 1) / d around 0, and mish(x) = x e - x e (e + e^2) / d below -0.7.
struct Mish {
  // e = s + sp, s a power of two and 1 + s exact where it matters: 2 + 2 e + e^2 = 1 + (1 + s + sp)^2.
  template <class V>
  static V forward(V x) {
    V v = at_least(at_most(x, 40.0), -780.0);
    V whole = fma(v, kLog2E, kRaised);
    V p = expm1_rest(exp_rest(v, whole - kRaised));
    V raised = pow2(whole);
    V s = raised * kLower;
    V sp = s * p;
    V e = s + sp;
    V b = 1.0 + s;
    V d = fma(sp, fma(2.0, b, sp), fma(b, b, 1.0));
    V middle = fma(sp, fma(0.5, sp, b), fma(0.5 * s, s, s - 1.0));
    auto low = x < -0.7;
    auto high = x > 0.3;
    V q = select(high, -2.0, select(low, -fma(e, e, e), middle)) / d;
    V a = select(low, fma(v, p, v) * raised, v);
    V y = fma(a, q, select(low | high, a, 0.5 * a));
    return copysign(select(x > 20.0, x, select(low, y * kLower, y)), x);
  }
  // 1 - q (1 - x q (e + e^2)), q = 2 / d, for x > -3/8; else e (4 (1 + x) + e (6 + 4 x + e (4 + e))) / d^2.
  // What rounding loses of the divisor is put back.
  template <class V>
  static V derivative(V x) {
    V v = at_least(at_most(x, 20.0), -780.0);
    V whole = fma(v, kLog2E, kRaised);
    V p = expm1_rest(exp_rest(v, whole - kRaised));
    V raised = pow2(whole);
    V s = raised * kLower;
    V sp = s * p;
    V e = s + sp;
    V b = 1.0 + s;
    V base = fma(b, b, 1.0);
    V bend = fma(2.0, b, sp);
    V d = fma(sp, bend, base);
    V d_rest = fma(sp, bend, base - d);
    V square = d * d;
    V square_rest = fma(2.0 * d, d_rest, fma(d, d, -square));
    auto high = x > -0.375;
    V w = fma(e, 4.0 + e, fma(4.0, v, 6.0));
    V n = select(high, 2.0, fma(4.0, v, 4.0) + fma(s, w, sp * w));
    V divisor = select(high, d, square);
    V divisor_rest = select(high, d_rest, square_rest);
    V inverse = 1.0 / divisor;
    V q = n * inverse;
    q = fma(fma(-q, divisor, n) - q * divisor_rest, inverse, q);
    V rising = fma(-q, fma(-v * fma(e, e, e), q, 1.0), 1.0);
    return select(high, rising, fma(q, p, q) * raised * kLower);
  }
};

}  // namespace hillock::HILLOCK_TARGET::float64
