// Every function, once, over any V: the best known here, the others by family in formulas/. forward is f(x);
// derivative is f'(x), multiplied by dy; where f' is a constant chosen by a comparison, backward selects
// instead, so that 0 * infinity never arises. slope_from_output and backward_from_output say the same as
// functions of y; kSameFromOutput says that backward itself does. What start and derivative_start return, the
// first steps, forward and derivative go on from: see steps.h. forward_near holds where near does, cheaper
// and to the bit. The list in functions.h gives each function its number.
//
// Comparisons with NaN are false, and at_most and at_least let it pass: every formula shows where a NaN goes.
#pragma once
#include "core/elementary/exp.h"
#include "core/elementary/log1p.h"

namespace hillock::HILLOCK_TARGET {

struct Identity {
  template <class V>
  static V forward(V x) {
    return x;
  }
  template <class V>
  static V backward(V, V dy) {
    return dy;
  }
  static constexpr bool kSameFromOutput = true;
};

// sigmoid(x) = 1 / (1 + exp(-x)). With exp(-x) = (1 + p) / c, c a power of two: c / (1 + c + p). The
// denominator is rounded once, for 1 + c is exact where it matters.
struct Sigmoid {
  template <class V>
  static V raised(V whole, V p) {
    V c = pow2(whole);
    return c / (1.0 + fma(c, kLower, p));
  }
  template <class V>
  static ExpParts<V> start(V x) {
    V v = at_least(at_most(x, 40.0), -105.0);
    V whole = fma(v, kLog2E, kRaised);
    return {whole, expm1_rest(exp_rest(-v, kRaised - whole))};
  }
  template <class V>
  static V forward(V, ExpParts<V> e) {
    return raised(e.whole, e.p) * kLower;
  }
  // Away from the ends of the exponents nothing needs raising.
  template <class V>
  static auto near(V x) {
    return abs(x) <= 40.0;
  }
  template <class V>
  static ExpParts<V> near_start(V x) {
    V whole = fma(x, kLog2E, kWhole);
    return {whole, expm1_rest(exp_rest(-x, kWhole - whole))};
  }
  template <class V>
  static V forward_near(V, ExpParts<V> e) {
    return near_quotient(V(1.0), e);
  }
  // factor sigmoid(x).
  template <class V>
  static V near_quotient(V factor, ExpParts<V> e) {
    V c = pow2(e.whole);
    return factor * c / (1.0 + (c + e.p));
  }
  // (1 + q)^2 in one rounding.
  template <class V>
  static V square(V q) {
    return fma(q, 2.0 + q, 1.0);
  }

  // sigmoid(x) sigmoid(-x) = c (1 + p) / (1 + c + p)^2, the same for x and -x.
  template <class V>
  static ExpParts<V> derivative_start(V x) {
    return slope_start(at_least(-abs(x), -105.0), V(0.0));
  }
  template <class V>
  static V derivative(V, ExpParts<V> e) {
    return raised_slope(e) * kLower;
  }
  // The same at x + rest, for x in [-132, 0], times 2^64.
  template <class V>
  static V raised_slope(V x, V rest) {
    return raised_slope(slope_start(x, rest));
  }
  template <class V>
  static ExpParts<V> slope_start(V x, V rest) {
    V whole = fma(x, kLog2E, kRaised);
    return {whole, expm1_rest(exp_rest(-x, kRaised - whole) - rest)};
  }
  template <class V>
  static V raised_slope(ExpParts<V> e) {
    V c = pow2(e.whole);
    return fma(c, e.p, c) / square(fma(c, kLower, e.p));
  }
  template <class V>
  static V slope_from_output(V y) {
    return y * (1.0 - y);
  }
};

// tanh(x) = h / (h + 1) with h = expm1(2 |x|) / 2. Up to h = 1 as h - h q, then as 1 - q, q the quotient that
// is left: either way its rounding errors count for half or less.
struct Tanh {
  // expm1(2 x) / 2 for x in [0, 43].
  template <class V>
  static V half_expm1_twice(V x) {
    V whole = fma(x, 2.0 * kLog2E, kWhole);
    V p = half_expm1_rest(fma(whole - kWhole, -0.5 * kLn2, x));
    V s = pow2(whole);
    return fma(s, p, fma(0.5, s, -0.5));
  }
  template <class V>
  static V start(V x) {
    return half_expm1_twice(at_most(abs(x), 9.5));
  }
  template <class V>
  static V forward(V x, V h) {
    V m = at_most(h, 1.0);
    V q = m / (h + 1.0);
    return copysign(fma(-m, q, m), x);
  }
  template <class V>
  static V forward(V x) {
    return forward(x, start(x));
  }
  // (scale + scale_rest) tanh(x + rest) for x in [0, 9.5], the quotient in two floats.
  template <class V>
  static V scaled(V x, V rest, V scale, V scale_rest) {
    V whole = fma(x, 2.0 * kLog2E, kWhole);
    V r = fma(whole - kWhole, -0.5 * kLn2, x);
    V bend = fma(r * r, half_expm1_bend(r), rest);
    V p = r + bend;
    V s = pow2(whole);
    V h = fma(s, p, fma(0.5, s, -0.5));
    // What p lost to rounding counts while m is h.
    V h_rest = select(h < 1.0, s * (bend - (p - r)), 0.0);
    V m = at_most(h, 1.0);
    V d = h + 1.0;
    V d_rest = h - (d - 1.0);
    V inverse = 1.0 / d;
    V q = m * inverse;
    V q_rest = fma(-q, d_rest, fma(-q, d, m)) * inverse;
    V a = scale * m;
    V a_rest = fma(scale, m, -a) + fma(scale_rest, m, scale * h_rest);
    return a + fma(-a, q, fma(-a, q_rest, fma(-a_rest, q, a_rest)));
  }
  // 1 - tanh(x)^2 = 4 sigmoid'(2 x). The 4 comes before the power of two: a subnormal slope of sigmoid would
  // be rounded to too few digits.
  template <class V>
  static ExpParts<V> derivative_start(V x) {
    return Sigmoid::slope_start(at_least(-2.0 * abs(x), -106.0), V(0.0));
  }
  template <class V>
  static V derivative(V, ExpParts<V> e) {
    return Sigmoid::raised_slope(e) * (4.0 * kLower);
  }
  template <class V>
  static V derivative(V x) {
    return derivative(x, derivative_start(x));
  }
  template <class V>
  static V slope_from_output(V y) {
    return fma(-y, y, 1.0);
  }
};

// Not max(x, 0): a NaN must survive, and -0 stays -0.
struct Relu {
  template <class V>
  static V forward(V x) {
    return at_least(x, 0.0);
  }
  template <class V>
  static V backward(V x, V dy) {
    return select(x > 0.0, dy, 0.0);
  }
  static constexpr bool kSameFromOutput = true;
};

struct LeakyRelu {
  template <class V>
  static V forward(V x, V alpha) {
    return select(x > 0.0, x, alpha * x);
  }
  template <class V>
  static V backward(V x, V dy, V alpha) {
    return select(x > 0.0, dy, alpha * dy);
  }
  static constexpr bool kSameFromOutput = true;
};

// elu(x) = x for x >= 0, else alpha * (exp(x) - 1): -0 stays -0.    Clevert et al., arXiv:1511.07289
struct Elu {
  template <class V>
  static V forward(V x, V alpha) {
    return select(x < 0.0, alpha * expm1_near(at_least(x, -20.0)), x);
  }
  // Not y + alpha: from x = -18 down that is 0, while the true slope is still 1.5e-8.
  template <class V>
  static ExpParts<V> derivative_start(V x, V) {
    return exp_raised_parts(at_least(x, -132.5));
  }
  template <class V>
  static V derivative(V x, ExpParts<V> e, V alpha) {
    return select(x > 0.0, 1.0, alpha * exp_raised(e) * kLower);
  }
  template <class V>
  static V slope_from_output(V y, V alpha) {
    return select(y > 0.0, 1.0, y + alpha);
  }
};

// selu(x) = lambda * elu(x; alpha). Its own constants are exact: a parameter that is the float next to one of
// them stands for the constant.                                         Klambauer et al., arXiv:1706.02515
struct Selu {
  static constexpr double kAlpha = 0x1.ac5afap+0;
  static constexpr double kAlphaRest = 0x1.af059ep-25;
  static constexpr double kLambda = 0x1.0cfabep+0;
  static constexpr double kLambdaRest = -0x1.2adddap-25;

  // What rounding lost of lambda * alpha, a its rounded product.
  template <class V>
  static V product_rest(V alpha, V lambda, V a) {
    V alpha_rest = select(alpha == kAlpha, V(kAlphaRest), 0.0);
    V lambda_rest = select(lambda == kLambda, V(kLambdaRest), 0.0);
    return fma(lambda, alpha, -a) + fma(lambda, alpha_rest, lambda_rest * alpha);
  }
  template <class V>
  static ExpParts<V> start(V x, V, V) {
    return expm1_near_parts(at_least(x, -20.0));
  }
  template <class V>
  static V forward(V x, ExpParts<V> e, V alpha, V lambda) {
    V a = lambda * alpha;
    V a_rest = product_rest(alpha, lambda, a);
    V t = expm1_near(e);
    return select(x < 0.0, fma(a, t, a_rest * t), lambda * x);
  }
  template <class V>
  static ExpParts<V> derivative_start(V x, V, V) {
    return exp_raised_parts(at_least(x, -132.5));
  }
  template <class V>
  static V derivative(V x, ExpParts<V> parts, V alpha, V lambda) {
    V a = lambda * alpha;
    V a_rest = product_rest(alpha, lambda, a);
    V e = exp_raised(parts);
    return select(x > 0.0, lambda, fma(a, e, a_rest * e) * kLower);
  }
  template <class V>
  static V slope_from_output(V y, V alpha, V lambda) {
    return select(y > 0.0, lambda, fma(lambda, alpha, y));
  }
};

// silu(x) = x sigmoid(x): x c / (1 + c + p), as in Sigmoid.        Elfwing et al., arXiv:1702.03118
struct Silu {
  // x, at least where the exponential ends, and exp(-x).
  template <class V>
  struct Started {
    V x;
    ExpParts<V> e;
  };
  template <class V>
  static Started<V> start(V x) {
    V v = at_least(x, -132.5);
    V whole = fma(v, kLog2E, kRaised);
    return {v, {whole, expm1_rest(exp_rest(-v, kRaised - whole))}};
  }
  template <class V>
  static V forward(V x, Started<V> s) {
    V c = pow2(s.e.whole);
    V y = s.x * c / (1.0 + fma(c, kLower, s.e.p)) * kLower;
    return select(x > 20.0, x, y);
  }
  template <class V>
  static auto near(V x) {
    return Sigmoid::near(x);
  }
  template <class V>
  static ExpParts<V> near_start(V x) {
    return Sigmoid::near_start(x);
  }
  template <class V>
  static V forward_near(V x, ExpParts<V> e) {
    return Sigmoid::near_quotient(x, e);
  }
  // sigmoid(x) (1 + x sigmoid(-x)) = c (c + (1 + p)(1 + x)) / (1 + c + p)^2. c and 1 + x are exact around the
  // root.
  template <class V>
  static Started<V> derivative_start(V x) {
    return start(x);
  }
  template <class V>
  static V derivative(V x, Started<V> s) {
    V raised = pow2(s.e.whole);
    V c = raised * kLower;
    V u = 1.0 + s.x;
    V n = fma(s.e.p, u, c + u);
    V slope = n / Sigmoid::square(c + s.e.p) * raised * kLower;
    return select(x > 20.0, 1.0, slope);
  }
};

// swish_beta(x) = x sigmoid(beta x). The product is carried in two floats, b and b_rest, into the
// exponential.
struct SwishBeta {
  // Beyond it sigmoid(beta x) is 0 or 1.
  template <class V>
  static V limit(V beta) {
    return at_most(132.0 / abs(beta), 0x1.fffffep127);
  }
  template <class V>
  static V value(V x, V t, V b, V b_rest) {
    V whole = fma(b, kLog2E, kRaised);
    V p = expm1_rest(exp_rest(-b, kRaised - whole, -b_rest));
    V c = pow2(whole);
    V y = t * c / (1.0 + fma(c, kLower, p)) * kLower;
    return select(b > 20.0, x, y);
  }
  template <class V>
  static V slope(V b, V b_rest) {
    V whole = fma(b, kLog2E, kRaised);
    V p = expm1_rest(exp_rest(-b, kRaised - whole, -b_rest));
    V raised = pow2(whole);
    V c = raised * kLower;
    V u = 1.0 + b;
    V u_rest = ((1.0 - u) + b) + b_rest;
    V n = fma(p, u, c + u) + fma(u_rest, p, u_rest);
    V slope = n / Sigmoid::square(c + p) * raised * kLower;
    return select(b > 20.0, 1.0, slope);
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

// softplus(x) = log(1 + exp(x)) = max(x, 0) + log1p(exp(-|x|)).
struct UsualSoftplus {
  // exp(-|x|) times 2^64.
  template <class V>
  static V start(V x) {
    return exp_raised(at_least(-abs(x), -105.0));
  }
  // log1p(e) times 2^64 of e, too.
  template <class V>
  static V raised_log(V e) {
    return fma(e, log1p_bend(e * kLower), e);
  }
  template <class V>
  static V forward(V x, V e) {
    return fma(raised_log(e), kLower, at_least(x, 0.0));
  }
  template <class V>
  static ExpParts<V> derivative_start(V x) {
    return Sigmoid::start(x);
  }
  template <class V>
  static V derivative(V x, ExpParts<V> e) {
    return Sigmoid::forward(x, e);
  }
};

// softplus(x) = log(1 + exp(beta x)) / beta = (max(b, 0) + log1p(exp(-|b|))) / beta, b = beta x.
// From threshold on, which is infinite unless a caller has PyTorch's habit, it is x.
struct Softplus {
  // Nothing is left to carry where beta is 1, and from 18 on the usual form is x as well: the same bits.
  using Usual = UsualSoftplus;
  static bool usual(const double* p) { return p[0] == 1.0 && p[1] >= 18.0; }

  template <class V>
  static V forward(V x, V beta, V threshold) {
    V limit = 105.0 / abs(beta);
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
    V limit = 105.0 / abs(beta);
    V t = at_least(at_most(x, 0.4 * limit), -limit);
    V b = beta * t;
    V b_rest = fma(beta, t, -b);
    V whole = fma(b, kLog2E, kRaised);
    V p = expm1_rest(exp_rest(-b, kRaised - whole) - b_rest);
    return select(beta * x > threshold, 1.0, Sigmoid::raised(whole, p) * kLower);
  }
  template <class V>
  static V slope_from_output(V y, V beta, V threshold) {
    return select(beta * y > threshold, 1.0, 0.0 - expm1_near(at_least(-(beta * y), -20.0)));
  }
};

// hardswish(x) = x (x + 3) / 6 between -3 and 3, 0 below (with the sign of x), x above.
struct Hardswish {
  static constexpr double kThird = 0x1.555554p-2;
  static constexpr double kThirdRest = 0x1.555556p-26;

  template <class V>
  static V forward(V x) {
    V v = at_least(x, -3.0);
    V w = v * (v + 3.0);
    return select(x > 3.0, x, fma(w, 0.5 * kThird, w * (0.5 * kThirdRest)));
  }
  template <class V>
  static V backward(V x, V dy) {
    V w = fma(2.0, x, 3.0);
    V slope = fma(w, 0.5 * kThird, w * (0.5 * kThirdRest));
    return select(x > 3.0, dy, select(x < -3.0, 0.0, dy * slope));
  }
};

}  // namespace hillock::HILLOCK_TARGET
