// Losses of the distance d = x - t. value is the loss of one element, gradient its slope in x; the list in
// losses.h gives each its number, and says how a loop runs them.
//
// Comparisons with NaN are false: every formula shows that a NaN stays one.
#pragma once
#include "core/formulas.h"

namespace hillock::HILLOCK_TARGET {

// -1, 0 or 1.
template <class V>
V sign(V d) {
  return select(d > 0.0, 1.0, select(d < 0.0, -1.0, d));
}

struct Mse {
  template <class V>
  static V value(V x, V t) {
    V d = x - t;
    return d * d;
  }
  template <class V>
  static V gradient(V x, V t) {
    return 2.0 * (x - t);
  }
};

struct Mae {
  template <class V>
  static V value(V x, V t) {
    return abs(x - t);
  }
  template <class V>
  static V gradient(V x, V t) {
    return sign(x - t);
  }
};

// d^2 / (2 beta) below beta, |d| - beta / 2 from there on; inverse = 1 / beta.
struct SmoothL1 {
  template <class V>
  static V value(V x, V t, V beta, V inverse) {
    V d = x - t;
    V a = abs(d);
    return select(a >= beta, a - 0.5 * beta, d * (d * (0.5 * inverse)));
  }
  template <class V>
  static V gradient(V x, V t, V beta, V inverse) {
    V d = x - t;
    return select(abs(d) >= beta, sign(d), d * inverse);
  }
};

// d^2 / 2 up to delta, delta (|d| - delta / 2) beyond.
struct Huber {
  template <class V>
  static V value(V x, V t, V delta) {
    V d = x - t;
    V a = abs(d);
    return select(a > delta, delta * (a - 0.5 * delta), 0.5 * d * d);
  }
  template <class V>
  static V gradient(V x, V t, V delta) {
    V d = x - t;
    return select(abs(d) > delta, copysign(delta, d), d);
  }
};

// log(cosh(d)): up to 1 a polynomial, for the other form cancels there; then |d| + log1p(exp(-2 |d|)) - ln2.
struct LogCosh {
  // log(cosh(d)) / d^2 for z = d^2 in [0, 1], from coefficients/log_cosh.sollya: relative error 2^-26.8.
  template <class V>
  static V near(V z) {
    V p = 0x1.6f0cf6p-14;
    p = fma(p, z, -0x1.253cb6p-11);
    p = fma(p, z, 0x1.10ca96p-9);
    p = fma(p, z, -0x1.b7ee12p-8);
    p = fma(p, z, 0x1.6c0202p-6);
    p = fma(p, z, -0x1.555512p-4);
    return fma(p, z, 0.5);
  }
  template <class V>
  static V value(V x, V t) {
    V d = x - t;
    V a = abs(d);
    V e = exp_raised(at_least(-2.0 * a, -40.0));
    V tail = fma(e, log1p_bend(e * kLower), e);
    V z = d * d;
    return select(a < 1.0, z * near(z), fma(tail, kLower, a - kLn2));
  }
  template <class V>
  static V gradient(V x, V t) {
    return Tanh::forward(x - t);
  }
};

// The larger of q d and below d, with below = q - 1 and d = t - x.
struct Quantile {
  template <class V>
  static V value(V x, V t, V q, V below) {
    V d = t - x;
    return at_least(q * d, below * d);
  }
  template <class V>
  static V gradient(V x, V t, V q, V below) {
    return select(t > x, -q, select(t < x, -below, 0.0));
  }
};

}  // namespace hillock::HILLOCK_TARGET
