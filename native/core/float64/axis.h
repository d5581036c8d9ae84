// The functions over an axis for doubles, over [outer, axis, inner]. Rows whose elements follow each other
// along the axis go one at a time, a vector of elements abreast; where there is an inner dimension,
// neighbouring rows go abreast. Both keep one order of addition: term i belongs to lane i mod 16, each lane
// is added up in order, and the lanes at the end by halves: l + (l + 8), then 4, 2, 1.
#pragma once
#include "core/float64/exp.h"
#include "core/float64/log.h"
#include "core/kernel.h"

namespace hillock::HILLOCK_TARGET::float64 {

// Below this exp(x) is under half of the smallest subnormal: zero.
constexpr double kExpFloor = -746.0;

// exp(x) 2^128 for x <= 0; exactly 0 for -Inf. Carrying the power keeps terms normal that end as subnormal
// results.
template <class V>
V term_of(V x) {
  return select(x < kExpFloor, 0.0, exp_raised(x));
}

// y = exp(x - m) / sum. dx = y (dy - sum of dy y).
struct Softmax {
  static constexpr bool kKeepsTerms = true;
  static double factor(double sum) { return sum; }
  template <class V>
  static V result(V term, V sum) {
    return term / sum;
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
  static double factor(double sum) { return log_of_sum(sum * kLower); }
  template <class V>
  static V result(V centred, V logarithm) {
    return centred - logarithm;
  }
  template <class V>
  static V backward_term(V, V dy) {
    return dy;
  }
  template <class V>
  static V backward(V y, V dy, V sum) {
    return fma(-(term_of(y) * kLower), sum, dy);
  }
};

template <class F>
struct AxisLoops {
  using V = DoubleV;
  static constexpr int kLanes = V::kLanes;
  static constexpr int kLanesOfSum = 16;

  // count elements that lie stride apart; the rest of the vector is filled.
  static V load(const double* p, int64_t stride, int count, double fill) {
    if (stride == 1 && count == kLanes) return V::load(p);
    alignas(64) double gathered[kLanes];
    for (int l = 0; l < kLanes; l++) gathered[l] = l < count ? p[l * stride] : fill;
    return V::load(gathered);
  }
  static void store(V v, double* p, int64_t stride, int count) {
    if (stride == 1 && count == kLanes) return v.store(p);
    alignas(64) double scattered[kLanes];
    v.store(scattered);
    for (int l = 0; l < count; l++) p[l * stride] = scattered[l];
  }

  // op(i, count) for every vector of n elements.
  template <class Op>
  static void for_each_vector(int64_t n, Op op) {
    int64_t i = 0;
    for (; i + kLanes <= n; i += kLanes) op(i, kLanes);
    if (i < n) op(i, static_cast<int>(n - i));
  }

  static V centred(V x, V maximum, double temperature) {
    const V c = x - maximum;
    return temperature == 1.0 ? c : c / V(temperature);
  }

  // The sum of term(i, count), one row's. A lane is never -0: a missing term, 0, changes nothing.
  template <class Term>
  static double sum_along(int64_t n, Term term) {
    constexpr int kVectors = kLanesOfSum / kLanes;
    V sums[kVectors];
    for (int k = 0; k < kVectors; k++) sums[k] = V(0.0);
    int64_t i = 0;
    for (; i + kLanesOfSum <= n; i += kLanesOfSum)
      for (int k = 0; k < kVectors; k++) sums[k] = sums[k] + term(i + k * kLanes, kLanes);
    for (int k = 0; i < n; i += kLanes, k++)
      sums[k] = sums[k] + term(i, n - i < kLanes ? static_cast<int>(n - i) : kLanes);
    alignas(64) double lane[kLanesOfSum];
    for (int k = 0; k < kVectors; k++) sums[k].store(lane + k * kLanes);
    for (int half = kLanesOfSum / 2; half > 0; half /= 2)
      for (int l = 0; l < half; l++) lane[l] += lane[l + half];
    return lane[0];
  }

  static double maximum_of(const double* x, int64_t stride, int64_t n) {
    constexpr double kNone = -__builtin_inf();
    V m(kNone);
    for_each_vector(
        n, [&](int64_t i, int count) { m = at_least(load(x + i * stride, stride, count, kNone), m); });
    alignas(64) double lane[kLanes];
    m.store(lane);
    double most = lane[0];
    for (int l = 1; l < kLanes; l++) most = lane[l] < most ? most : lane[l];
    return most;
  }

  static V centred_at(const double* x, int64_t stride, int64_t i, int count, V m, double temperature) {
    return centred(load(x + i * stride, stride, count, -__builtin_inf()), m, temperature);
  }

  // The sum of a row's terms, which y keeps where the function wants them.
  static double sum_row(const double* x, double* y, int64_t stride, int64_t n, V m, double temperature) {
    return sum_along(n, [&](int64_t i, int count) {
      const V term = term_of(centred_at(x, stride, i, count, m, temperature));
      if constexpr (F::kKeepsTerms) store(term, y + i * stride, stride, count);
      return term;
    });
  }

  static void forward_row(const double* x, double* y, int64_t stride, int64_t n, double temperature) {
    const V m(maximum_of(x, stride, n));
    const V factor(F::factor(sum_row(x, y, stride, n, m, temperature)));
    for_each_vector(n, [&](int64_t i, int count) {
      const V v = F::kKeepsTerms ? load(y + i * stride, stride, count, 0.0)
                                 : centred_at(x, stride, i, count, m, temperature);
      store(F::result(v, factor), y + i * stride, stride, count);
    });
  }

  // The logarithm of the sum of e^x over each row, into [outer, inner]: from its maximum and the sum of its
  // terms, unless the maximum has no distance from itself or hides a NaN.
  static void log_sums(const AxisLayout& l, double, const void* from, const void*, void* to) {
    const double* x = static_cast<const double*>(from);
    double* out = static_cast<double*>(to);
    const int64_t stride = l.axis_stride;
    for (int64_t o = 0; o < l.outer; o++, x += l.outer_stride) {
      for (int64_t c = 0; c < l.inner; c++, out++) {
        const double m = maximum_of(x + c, stride, l.axis);
        *out = m;
        if (m - m == 0.0) {
          *out = m + log_of_sum(sum_row(x + c, nullptr, stride, l.axis, V(m), 1.0) * kLower);
          continue;
        }
        for (int64_t i = 0; i < l.axis; i++)
          if (!(x[c + i * stride] == x[c + i * stride])) *out = x[c + i * stride];
      }
    }
  }

  static void backward_row(const double* y, const double* dy, double* dx, int64_t stride, int64_t n,
                           double temperature) {
    const auto at = [&](const double* p, int64_t i, int count) {
      return load(p + i * stride, stride, count, 0.0);
    };
    const V sum(sum_along(
        n, [&](int64_t i, int count) { return F::backward_term(at(y, i, count), at(dy, i, count)); }));
    for_each_vector(n, [&](int64_t i, int count) {
      const V slope = F::backward(at(y, i, count), at(dy, i, count), sum);
      store(temperature == 1.0 ? slope : slope / V(temperature), dx + i * stride, stride, count);
    });
  }

  // The sums of count neighbouring rows.
  template <class Term>
  static V sum_columns(int64_t n, Term term) {
    V lane[kLanesOfSum];
    for (V& l : lane) l = V(0.0);
    for (int64_t i = 0; i < n; i++) {
      V& l = lane[i % kLanesOfSum];
      l = l + term(i);
    }
    for (int half = kLanesOfSum / 2; half > 0; half /= 2)
      for (int l = 0; l < half; l++) lane[l] = lane[l] + lane[l + half];
    return lane[0];
  }

  static void forward_columns(const double* x, double* y, int64_t stride, int64_t n, int count,
                              double temperature) {
    const auto x_at = [&](int64_t i) { return load(x + i * stride, 1, count, 0.0); };
    V m = x_at(0);
    for (int64_t i = 1; i < n; i++) m = at_least(x_at(i), m);
    const V sum = sum_columns(n, [&](int64_t i) {
      const V term = term_of(centred(x_at(i), m, temperature));
      if constexpr (F::kKeepsTerms) store(term, y + i * stride, 1, count);
      return term;
    });
    alignas(64) double factors[kLanes];
    sum.store(factors);
    for (double& f : factors) f = F::factor(f);
    const V factor = V::load(factors);
    for (int64_t i = 0; i < n; i++) {
      const V v = F::kKeepsTerms ? load(y + i * stride, 1, count, 0.0) : centred(x_at(i), m, temperature);
      store(F::result(v, factor), y + i * stride, 1, count);
    }
  }

  static void backward_columns(const double* y, const double* dy, double* dx, int64_t stride, int64_t n,
                               int count, double temperature) {
    const auto at = [&](const double* p, int64_t i) { return load(p + i * stride, 1, count, 0.0); };
    const V sum = sum_columns(n, [&](int64_t i) { return F::backward_term(at(y, i), at(dy, i)); });
    for (int64_t i = 0; i < n; i++) {
      const V slope = F::backward(at(y, i), at(dy, i), sum);
      store(temperature == 1.0 ? slope : slope / V(temperature), dx + i * stride, 1, count);
    }
  }

  static void forward(const AxisLayout& l, double temperature, const void* from, const void*, void* to) {
    const double* x = static_cast<const double*>(from);
    double* y = static_cast<double*>(to);
    for (int64_t o = 0; o < l.outer; o++, x += l.outer_stride, y += l.outer_stride) {
      if (l.inner == 1) {
        forward_row(x, y, l.axis_stride, l.axis, temperature);
      } else {
        for_each_vector(l.inner, [&](int64_t i, int count) {
          forward_columns(x + i, y + i, l.axis_stride, l.axis, count, temperature);
        });
      }
    }
  }

  static void backward(const AxisLayout& l, double temperature, const void* from, const void* gradient,
                       void* to) {
    const double* y = static_cast<const double*>(from);
    const double* dy = static_cast<const double*>(gradient);
    double* dx = static_cast<double*>(to);
    for (int64_t o = 0; o < l.outer; o++, y += l.outer_stride, dy += l.outer_stride, dx += l.outer_stride) {
      if (l.inner == 1) {
        backward_row(y, dy, dx, l.axis_stride, l.axis, temperature);
      } else {
        for_each_vector(l.inner, [&](int64_t i, int count) {
          backward_columns(y + i, dy + i, dx + i, l.axis_stride, l.axis, count, temperature);
        });
      }
    }
  }
};

// Of the function that keeps no terms.
template <class F>
AxisKernel log_sums(int direction) {
  if constexpr (!F::kKeepsTerms) {
    if (direction == HILLOCK_LOG_SUM) return AxisLoops<F>::log_sums;
  }
  return nullptr;
}

inline AxisKernel axis(int direction, int function) {
  switch (function) {
#define HILLOCK_CASE(id, name, Struct, ...)                                          \
  case id:                                                                           \
    return direction == HILLOCK_FORWARD                ? AxisLoops<Struct>::forward  \
           : direction == HILLOCK_BACKWARD_FROM_OUTPUT ? AxisLoops<Struct>::backward \
                                                       : log_sums<Struct>(direction);
    HILLOCK_AXIS_FUNCTIONS(HILLOCK_CASE)
#undef HILLOCK_CASE
    default:
      return nullptr;
  }
}

}  // namespace hillock::HILLOCK_TARGET::float64
