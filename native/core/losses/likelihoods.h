// Losses that are negative log-likelihoods; distances.h says how losses are written. Those of logits z are
// made of e = exp(-|z|), which never overflows: sigmoid(z) is 1 / (1 + e) or e / (1 + e).
#pragma once
#include "core/elementary/ln.h"
#include "core/formulas/exponential.h"

namespace hillock::HILLOCK_TARGET {

// exp(-|z|), 0 where it would be subnormal: such numbers take a hundred times the time of others and change
// nothing.
template <class V>
V decay(V z) {
  V v = at_least(-abs(z), -88.0);
  V whole = fma(v, kLog2E, kWhole);
  V p = expm1_rest(exp_rest(v, whole - kWhole));
  V s = pow2(whole);
  return select(abs(z) > 87.3, 0.0, fma(s, p, s));
}

// rest + log1p(exp(-|z|)).
template <class V>
V plus_decay_log(V z, V rest) {
  V e = decay(z);
  return rest + fma(e, log1p_bend(e), e);
}

// max(z, 0) - z s + log1p(exp(-|z|)), with s = keep t + shift the smoothed target.
struct BceWithLogits {
  template <class V>
  static V value(V z, V t, V keep, V shift) {
    V s = fma(t, keep, shift);
    return plus_decay_log(z, fma(-z, s, at_least(z, 0.0)));
  }
  // sigmoid(z) - s over one denominator, so that nothing cancels for s = 0 and s = 1.
  template <class V>
  static V gradient(V z, V t, V keep, V shift) {
    V s = fma(t, keep, shift);
    V e = decay(z);
    V n = select(z < 0.0, fma(1.0 - s, e, -s), fma(-s, e, 1.0 - s));
    return n / (1.0 + e);
  }
};

// -t ln(p) - (1 - t) ln(1 - p) for probabilities p, each logarithm bounded as PyTorch does.
struct Bce {
  static constexpr double kLogarithm = -100.0;
  static constexpr double kProduct = 1e-12;

  template <class V>
  static V value(V p, V t) {
    V hit = at_least(ln(p), kLogarithm);
    V miss = at_least(ln_of_complement(p), kLogarithm);
    return fma(-t, hit, -(1.0 - t) * miss);
  }
  template <class V>
  static V gradient(V p, V t) {
    return (p - t) / at_least(p * (1.0 - p), kProduct);
  }
};

// log1p(exp(-t x)) for t -1 or 1.
struct SoftMargin {
  template <class V>
  static V value(V x, V t) {
    V z = t * x;
    return plus_decay_log(z, at_least(-z, 0.0));
  }
  template <class V>
  static V gradient(V x, V t) {
    V z = t * x;
    V e = decay(z);
    return -t * select(z < 0.0, 1.0, e) / (1.0 + e);
  }
};

// (alpha t + other (1 - t)) miss^gamma bce, with miss = t sigmoid(-z) + (1 - t) sigmoid(z) and gamma a whole
// number.
struct Focal {
  template <class V>
  static V share(V t, V alpha, V other) {
    return fma(t, alpha, (1.0 - t) * other);
  }
  template <class V>
  static V miss(V z, V t, V e) {
    V far = 1.0 - t;
    return select(z < 0.0, fma(far, e, t), fma(t, e, far)) / (1.0 + e);
  }
  // base^exponent for 0, 1, 2, ...; 1 below.
  template <class V>
  static V power(V base, V exponent) {
    V product = 1.0;
    for (V k = exponent; any(k > 0.0); k = k - 1.0) product = product * base;
    return product;
  }
  template <class V>
  static V value(V z, V t, V gamma, V alpha, V other) {
    V m = miss(z, t, decay(z));
    V bce = BceWithLogits::value(z, t, V(1.0), V(0.0));
    return share(t, alpha, other) * power(m, gamma) * bce;
  }
  // d miss / dz = (1 - 2 t) sigmoid(z) sigmoid(-z).
  template <class V>
  static V gradient(V z, V t, V gamma, V alpha, V other) {
    V e = decay(z);
    V d = 1.0 + e;
    V m = miss(z, t, e);
    V bce = BceWithLogits::value(z, t, V(1.0), V(0.0));
    V bce_slope = BceWithLogits::gradient(z, t, V(1.0), V(0.0));
    V miss_slope = fma(-2.0, t, 1.0) * e / (d * d);
    V slope = gamma * power(m, gamma - 1.0) * miss_slope;
    return share(t, alpha, other) * fma(slope, bce, power(m, gamma) * bce_slope);
  }
};

// t (ln(t) - x) for log-probabilities x, 0 where t is 0.
struct KlDiv {
  template <class V>
  static V value(V x, V t) {
    return select(t == 0.0, 0.0, t * (ln(t) - x));
  }
  template <class V>
  static V gradient(V, V t) {
    return -t;
  }
};

// exp(t) (t - x), targets as log-probabilities too.
struct KlDivLog {
  template <class V>
  static V value(V x, V t) {
    return Exp::forward(t) * (t - x);
  }
  template <class V>
  static V gradient(V, V t) {
    return -Exp::forward(t);
  }
};

// exp(x) - t x for log-rates x.
struct PoissonNll {
  template <class V>
  static V value(V x, V t) {
    return fma(-t, x, Exp::forward(x));
  }
  template <class V>
  static V gradient(V x, V t) {
    return Exp::forward(x) - t;
  }
};

// x - t ln(x + eps) for rates x.
struct PoissonNllRate {
  template <class V>
  static V value(V x, V t, V eps) {
    return fma(-t, ln(x + eps), x);
  }
  template <class V>
  static V gradient(V x, V t, V eps) {
    return 1.0 - t / (x + eps);
  }
};

}  // namespace hillock::HILLOCK_TARGET
