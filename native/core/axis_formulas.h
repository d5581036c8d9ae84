// The functions over an axis, once, over any V. A row is read three times: its maximum; the sum of its terms;
// the result of each element from what the whole row gave. The lists at the end give each function its
// number.
#pragma once
#include "core/elementary/log.h"
#include "core/elementary/powers.h"

namespace hillock::HILLOCK_TARGET {

// Below this exp(x) is under half of the smallest subnormal: zero.
constexpr double kExpFloor = -105.0;

// exp(x) kExpScale for x <= 0; exactly 0 below the floor, for -Inf too: a term that only ends as zero when
// the power is taken back would cost a processor the way through subnormal numbers. Carrying the power keeps
// terms normal that end as subnormal results. Relative error: one rounding, 2^-27.2, |x| 2^-28.4.
template <class V>
V or_zero(V term, V x) {
  return select(x < kExpFloor, 0.0, term);
}
template <class V>
V term_of(V x) {
  return or_zero(exp_scaled(x), x);
}

// The logarithm of a sum of terms.
inline double log_of_terms(double sum) { return log_of_sum(sum / kExpScale); }

// What a row's sum gives to each of its elements: a value in two floats.
struct RowFactor {
  float high, low;
};

inline RowFactor in_two_floats(double value) {
  const float high = static_cast<float>(value);
  return {high, static_cast<float>(value - high)};
}

// y = exp(x - m) / sum, one rounding after the exponential's. dx = y (dy - sum of dy y).
struct Softmax {
  static constexpr bool kKeepsTerms = true;
  static RowFactor factor(double sum) { return in_two_floats(1.0 / sum); }
  template <class V>
  static V result(V term, V high, V low) {
    return fma(term, high, term * low);
  }

  template <class V>
  static V backward_term(V y, V dy) {
    return dy * y;
  }
  template <class V>
  static V backward(V y, V dy, V sum) {
    return y * (dy - sum);
  }
};

// y = (x - m) - ln(sum). dx = dy - exp(y) (sum of dy).
struct LogSoftmax {
  static constexpr bool kKeepsTerms = false;
  static RowFactor factor(double sum) { return {static_cast<float>(log_of_terms(sum)), 0.0f}; }
  template <class V>
  static V result(V centred, V high, V) {
    return centred - high;
  }

  template <class V>
  static V backward_term(V, V dy) {
    return dy;
  }
  template <class V>
  static V backward(V y, V dy, V sum) {
    return fma(-(select(y < kExpFloor, 0.0, exp_raised(y)) * kLower), sum, dy);
  }
};

}  // namespace hillock::HILLOCK_TARGET

#define HILLOCK_AXIS_FUNCTIONS(F)     \
  F(0, softmax, Softmax, temperature) \
  F(1, log_softmax, LogSoftmax, temperature)

// Those with loops of their own: sparsemax.h; maxout.h, of floats only.
#define HILLOCK_AXIS_LOOPS(F) \
  F(2, sparsemax, Sparsemax)  \
  F(3, maxout, Maxout)

namespace hillock::HILLOCK_TARGET {
constexpr int kSparsemax = 2, kMaxout = 3;
}
