// The functions of axis_formulas.h over [outer, axis, inner]. Three ways through memory, one order of
// addition:
//   rows      the axis is contiguous or the only strided one: sixteen elements of a row at a time
//   columns   there is an inner dimension: sixteen neighbouring rows at a time, one element of each
//   short     rows of less than sixteen: where that makes fewer vectors, up to sixteen rows are turned into
//             columns in a small buffer, so that no row pays for its own maximum, sum and quotient
#pragma once
#include <string.h>

#include "core/axis_formulas.h"
#include "core/float64/axis.h"
#include "core/kernel.h"
#include "core/sums.h"

namespace hillock::HILLOCK_TARGET {

// Longest row that may go the short way: a longer one fills a vector.
constexpr int64_t kShortRow = 15;
// Shortest row whose blocks are worth a call.
constexpr int64_t kBlocksFrom = 256;

// Element i of row r is at r * row_stride + i * stride; in the buffer at 16 i + r. Rows that are missing
// are zeros: what lies there by chance may be slow to compute with.
[[gnu::noinline]] inline void turn(const float* rows, int64_t row_stride, int64_t stride, int count,
                                   int64_t n, float* columns) {
  if (count < 16) memset(columns, 0, static_cast<size_t>(n) * 16 * sizeof(float));
  for (int r = 0; r < count; r++)
    for (int64_t i = 0; i < n; i++) columns[16 * i + r] = rows[r * row_stride + i * stride];
}
[[gnu::noinline]] inline void turn_back(const float* columns, int count, int64_t n, float* rows,
                                        int64_t row_stride, int64_t stride) {
  for (int r = 0; r < count; r++)
    for (int64_t i = 0; i < n; i++) rows[r * row_stride + i * stride] = columns[16 * i + r];
}

inline float larger(float a, float b) { return a < b ? b : a; }

template <class V, bool kDense>
float maximum_of(const float* x, int64_t axis_stride, int64_t n) {
  const int64_t stride = kDense ? 1 : axis_stride;
  const auto at = [&](int64_t i, int count) HILLOCK_INLINED {
    return Sixteen<V>::load(x + i * stride, stride, count, -__builtin_inf());
  };
  const auto larger_of = [](const Sixteen<V>& v, const Sixteen<V>& m) HILLOCK_INLINED {
    return Sixteen<V>::each([&](int k) HILLOCK_INLINED { return at_least(v.part[k], m.part[k]); });
  };
  Sixteen<V> m0 = Sixteen<V>::all(-__builtin_inf()), m1 = m0, m2 = m0, m3 = m0;
  int64_t i = 0;
  const bool overlaps = kDense && n > 16;
  if (overlaps) {
    m0 = at(0, 16);
    m1 = at(n - 16, 16);
    i = to_line(x);
  }
  for (; i + 64 <= n; i += 64) {
    m0 = larger_of(at(i, 16), m0);
    m1 = larger_of(at(i + 16, 16), m1);
    m2 = larger_of(at(i + 32, 16), m2);
    m3 = larger_of(at(i + 48, 16), m3);
  }
  for (; i + 16 <= n; i += 16) m0 = larger_of(at(i, 16), m0);
  if (!overlaps && i < n) m1 = larger_of(at(i, static_cast<int>(n - i)), m1);
  alignas(64) float lane[16];
  larger_of(larger_of(m0, m1), larger_of(m2, m3)).store(lane);
  float t[8];
  for (int l = 0; l < 8; l++) t[l] = larger(lane[l], lane[l + 8]);
  for (int l = 0; l < 4; l++) t[l] = larger(t[l], t[l + 4]);
  return larger(larger(t[0], t[2]), larger(t[1], t[3]));
}

template <class V, class F, bool kTempered>
struct AxisLoops {
  using Wide = Sixteen<V>;
  using Vectors = typename SideBySide<V, HILLOCK_SIDE_BY_SIDE>::Type;
  // Dividing by 1 changes nothing, and gathering costs more.
  using Strided = AxisLoops<V, F, true>;
  // Loops are most of the code: what divides takes dense rows as those of stride 1.
  static constexpr bool kDenseLoops = !kTempered;

  static V centred(V x, V maximum, V temperature) {
    return kTempered ? (x - maximum) / temperature : x - maximum;
  }

  // What a longer row reads comes from memory, where nothing below is fetched ahead.
  static constexpr int64_t kInCache = 1 << 16;
  // Elements.
  static constexpr int64_t kFetchedAhead = 128;

  // See walk.h.
  static bool goes_down(const float* x, const float* dy, const float* out, int64_t n) {
    return n <= kInCache && stores_run_into_loads(x, dy, out);
  }

  // out[i] = result(i, count) over a row, sixteen at a time. In a dense row of more they lie on lines; the
  // first and the last sixteen overlap them, are read before anything is written, for out may be what is
  // read, and written whole: a masked store would hold up who reads the row beside it. down: those on lines
  // from the last to the first.
  template <bool kDense, class Result>
  static inline HILLOCK_INLINED void map_row(float* out, int64_t stride, int64_t n, bool down,
                                             Result result) {
    if (kDense && n <= 16) {
      result(0, static_cast<int>(n)).store(out, static_cast<int>(n));
    } else if constexpr (kDense) {
      const Wide first = result(0, 16), last = result(n - 16, 16);
      const int64_t lead = to_line(out);
      const int64_t count = (n - lead) / 16;
      int64_t i = down ? lead + (count - 1) * 16 : lead;
      for (int64_t left = count; left > 0; left--, i += down ? -16 : 16) result(i, 16).store(out + i);
      first.store(out);
      last.store(out + n - 16);
    } else {
      for_each_sixteen(n, [&](int64_t i, int count)
                              HILLOCK_INLINED { result(i, count).store(out + i * stride, stride, count); });
    }
  }

  // op(i, count) for every sixteen of n.
  template <class Op>
  static void for_each_sixteen(int64_t n, Op op) {
    int64_t i = 0;
    for (; i + 16 <= n; i += 16) op(i, 16);
    if (i < n) op(i, static_cast<int>(n - i));
  }

  // Rows that go side by side: each pass runs over all of them before the next begins, so that the end of one
  // row's sum or quotient does not hold up the others. Together they stay in the first-level cache.
  static constexpr int64_t kRowsAbreast = 32;
  static constexpr int64_t kElementsAbreast = 2048;

  static int64_t rows_abreast(int64_t n) {
    const int64_t rows = kElementsAbreast / n;
    return rows < 1 ? 1 : rows > kRowsAbreast ? kRowsAbreast : rows;
  }

  static Wide centred_at(const float* row, int64_t stride, V m, V t, int64_t i, int count) {
    const Wide v = Wide::load(row + i * stride, stride, count, -__builtin_inf());
    return Wide::each([&](int k) HILLOCK_INLINED { return centred(v.part[k], m, t); });
  }

  // The first steps of a block's terms, and whether one may be so far below the maximum that it is zero. That
  // is hardly ever. A NaN may hide it, and makes the whole row NaN.
  struct Begun {
    PowerParts<Vectors> terms;
    bool far;
  };

  // Adds the terms of whole blocks of a dense row, and keeps them; how many elements that were. All of a
  // block go side by side, begun while the one before is finished: see steps.h. ahead is the distance of the
  // row that comes next.
  [[gnu::noinline, gnu::flatten]] static int64_t add_blocks(const float* x, float* y, int64_t ahead,
                                                            int64_t n, V m, bool fetches, LaneSums& shared) {
    LaneSums sums = shared;
    const auto centred_from = [=](int64_t i) {
      return Gather<Vectors>::from([=](int k) { return V::load(x + i + k) - m; });
    };
    const auto begin = [&](int64_t i) -> Begun {
      const Vectors c = centred_from(i);
      return {exp_scaled_start(c), any(least_of(c) < kExpFloor)};
    };
    int64_t i = 0;
    Begun begun = begin(0);
    for (; i + kBlockOfSum <= n; i += kBlockOfSum) {
      const Begun next = begin(i + 2 * kBlockOfSum <= n ? i + kBlockOfSum : i);
      for (int k = 0; k < kBlockOfSum; k += 16) {
        __builtin_prefetch(x + ahead + i + k, 0, 2);
        if (fetches) __builtin_prefetch(y + i + k, 1, 2);
      }
      Vectors terms = exp_scaled(begun.terms);
      if (__builtin_expect(begun.far, 0)) terms = or_zero(terms, centred_from(i));
      begun = next;
      if constexpr (F::kKeepsTerms) terms.store(y + i);
      sums.add(Wide{{(terms.lo.lo + terms.lo.hi) + (terms.hi.lo + terms.hi.hi)}});
    }
    shared = sums;
    return i;
  }

  // The maximum of each row and the sum of its terms, which y keeps where the function wants them.
  template <bool kDense>
  static __attribute__((noinline)) void sum_rows(const float* x, float* y, int64_t row_stride,
                                                 int64_t axis_stride, int64_t rows, int64_t n,
                                                 double temperature, float* maxima, double* sums) {
    const int64_t stride = kDense ? 1 : axis_stride;
    const V t(temperature);
    // Long rows are written from memory: their lines come while they are added up.
    const bool fetches = !F::kKeepsTerms && y != nullptr && n > kElementsAbreast;
    for (int64_t r = 0; r < rows; r++) maxima[r] = maximum_of<V, kDense>(x + r * row_stride, stride, n);
    for (int64_t r = 0; r < rows; r++) {
      const V m(static_cast<double>(maxima[r]));
      const int64_t at = r * row_stride;
      const auto term = [&](int64_t i, int count) HILLOCK_INLINED {
        // The rows after these, while arithmetic keeps memory waiting.
        __builtin_prefetch(x + at + rows * row_stride + i * stride, 0, 2);
        if (fetches) __builtin_prefetch(y + at + i * stride, 1, 2);
        const Wide c = centred_at(x + at, stride, m, t, i, count);
        const Wide e = Wide::each([&](int k) HILLOCK_INLINED { return term_of(c.part[k]); });
        if constexpr (F::kKeepsTerms) e.store(y + at + i * stride, stride, count);
        return e;
      };
      LaneSums lanes;
      int64_t i = 0;
      if constexpr (kDense && Vectors::kLanes == kBlockOfSum) {
        float* const to = y == nullptr ? nullptr : y + at;
        if (n >= kBlocksFrom) i = add_blocks(x + at, to, rows * row_stride, n, m, fetches, lanes);
      }
      add_along<V>(i, n, term, lanes);
      sums[r] = lanes.total();
    }
  }

  template <bool kDense>
  static void forward_rows(const float* x, float* y, int64_t row_stride, int64_t axis_stride, int64_t rows,
                           int64_t n, double temperature) {
    const int64_t stride = kDense ? 1 : axis_stride;
    const V t(temperature);
    float maxima[kRowsAbreast];
    double sums[kRowsAbreast];
    RowFactor factors[kRowsAbreast];
    sum_rows<kDense>(x, y, row_stride, axis_stride, rows, n, temperature, maxima, sums);
    for (int64_t r = 0; r < rows; r++) factors[r] = F::factor(sums[r]);
    const bool down = !F::kKeepsTerms && goes_down(x, x, y, n);
    for (int64_t r = 0; r < rows; r++) {
      const V m(static_cast<double>(maxima[r]));
      const V high(static_cast<double>(factors[r].high)), low(static_cast<double>(factors[r].low));
      const int64_t at = r * row_stride;
      map_row<kDense>(y + at, stride, n, down, [&](int64_t i, int count) HILLOCK_INLINED {
        const Wide v = F::kKeepsTerms ? Wide::load(y + at + i * stride, stride, count, 0.0)
                                      : centred_at(x + at, stride, m, t, i, count);
        return Wide::each([&](int k) HILLOCK_INLINED { return F::result(v.part[k], high, low); });
      });
    }
  }

  template <bool kDense>
  static void backward_rows(const float* y, const float* dy, float* dx, int64_t row_stride,
                            int64_t axis_stride, int64_t rows, int64_t n, double temperature) {
    const int64_t stride = kDense ? 1 : axis_stride;
    const V t(temperature);
    double totals[kRowsAbreast];
    const auto load = [&](const float* p, int64_t at, int count)
                          HILLOCK_INLINED { return Wide::load(p + at, stride, count, 0.0); };
    const auto term = [&](int64_t at, int count) HILLOCK_INLINED {
      const Wide a = load(y, at, count), g = load(dy, at, count);
      return Wide::each([&](int k) HILLOCK_INLINED { return F::backward_term(a.part[k], g.part[k]); });
    };
    // Where the sum has read all that the result reads, and it is still there.
    const bool stays = F::kKeepsTerms && n >= kBlocksFrom && n <= kInCache;
    for (int64_t r = 0; r < rows; r++) {
      const int64_t at = r * row_stride;
      if (kDense && stays) {
        totals[r] = sum_along<V>(n, [&](int64_t i, int count) HILLOCK_INLINED {
          __builtin_prefetch(y + at + i + kFetchedAhead, 0, 3);
          __builtin_prefetch(dy + at + i + kFetchedAhead, 0, 3);
          return term(at + i, count);
        });
      } else {
        totals[r] = sum_along<V>(
            n, [&](int64_t i, int count) HILLOCK_INLINED { return term(at + i * stride, count); });
      }
    }
    const bool down = stays ? !stores_fall_onto_loads(y, dy, dx) : goes_down(y, dy, dx, n);
    for (int64_t r = 0; r < rows; r++) {
      const V sum(totals[r]);
      const int64_t at = r * row_stride;
      map_row<kDense>(dx + at, stride, n, down, [&](int64_t i, int count) HILLOCK_INLINED {
        const Wide a = load(y, at + i * stride, count), g = load(dy, at + i * stride, count);
        return Wide::each([&](int k) HILLOCK_INLINED {
          const V slope = F::backward(a.part[k], g.part[k], sum);
          return kTempered ? slope / t : slope;
        });
      });
    }
  }

  static Wide centred_across(const float* x, int count, const Wide& m, V t) {
    const Wide v = Wide::load(x, count, 0.0);
    return Wide::each([&](int k) HILLOCK_INLINED { return centred(v.part[k], m.part[k], t); });
  }

  // As sum_rows, of count neighbouring rows; the maxima.
  static __attribute__((noinline)) Wide add_columns(const float* x, float* y, int64_t stride, int64_t n,
                                                    int count, double temperature, ColumnSums& sums) {
    const V t(temperature);
    Wide m = Wide::load(x, count, 0.0);
    for (int64_t i = 1; i < n; i++) {
      const Wide v = Wide::load(x + i * stride, count, 0.0);
      m = Wide::each([&](int k) HILLOCK_INLINED { return at_least(v.part[k], m.part[k]); });
    }
    sum_columns<V>(
        n,
        [&](int64_t i) HILLOCK_INLINED {
          const Wide c = centred_across(x + i * stride, count, m, t);
          const Wide e = Wide::each([&](int k) HILLOCK_INLINED { return term_of(c.part[k]); });
          if constexpr (F::kKeepsTerms) e.store(y + i * stride, count);
          return e;
        },
        sums);
    return m;
  }

  static void forward_columns(const float* x, float* y, int64_t stride, int64_t n, int count,
                              double temperature) {
    const V t(temperature);
    ColumnSums sums;
    const Wide m = add_columns(x, y, stride, n, count, temperature, sums);
    alignas(64) float highs[16], lows[16];
    for (int c = 0; c < 16; c++) {
      const RowFactor factor = F::factor(sums.total[c]);
      highs[c] = factor.high;
      lows[c] = factor.low;
    }
    const Wide high = Wide::load(highs), low = Wide::load(lows);
    for (int64_t i = 0; i < n; i++) {
      const Wide v = F::kKeepsTerms ? Wide::load(y + i * stride, count, 0.0)
                                    : centred_across(x + i * stride, count, m, t);
      Wide::each([&](int k) HILLOCK_INLINED {
        return F::result(v.part[k], high.part[k], low.part[k]);
      }).store(y + i * stride, count);
    }
  }

  static void backward_columns(const float* y, const float* dy, float* dx, int64_t stride, int64_t n,
                               int count, double temperature) {
    const V t(temperature);
    ColumnSums sums;
    sum_columns<V>(
        n,
        [&](int64_t i) HILLOCK_INLINED {
          const Wide a = Wide::load(y + i * stride, count, 0.0), g = Wide::load(dy + i * stride, count, 0.0);
          return Wide::each([&](int k) HILLOCK_INLINED { return F::backward_term(a.part[k], g.part[k]); });
        },
        sums);
    alignas(64) float totals[16];
    for (int c = 0; c < 16; c++) totals[c] = static_cast<float>(sums.total[c]);
    const Wide sum = Wide::load(totals);
    for (int64_t i = 0; i < n; i++) {
      const Wide a = Wide::load(y + i * stride, count, 0.0), g = Wide::load(dy + i * stride, count, 0.0);
      Wide::each([&](int k) HILLOCK_INLINED {
        const V slope = F::backward(a.part[k], g.part[k], sum.part[k]);
        return kTempered ? slope / t : slope;
      }).store(dx + i * stride, count);
    }
  }

  // How many times as many rows as elements of a row pay for turning them. What is left to do going backward
  // is less than turning.
  static constexpr int kTurnsForward = 1, kTurnsBackward = 3;

  // op(r, rows, turns) for the rows from r that go side by side, and whether they are turned.
  template <class Op>
  static void for_rows(const AxisLayout& l, int turns_from, Op op) {
    const int64_t abreast = l.axis <= kShortRow ? 16 : rows_abreast(l.axis);
    for (int64_t r = 0; r < l.outer; r += abreast) {
      const int64_t rows = l.outer - r < abreast ? l.outer - r : abreast;
      op(r, static_cast<int>(rows), l.axis <= kShortRow && l.axis * turns_from <= rows);
    }
  }

  static void forward(const AxisLayout& l, double temperature, const float* x, const float*, float* y) {
    if (l.inner == 1) {
      const auto run = l.axis_stride == 1 ? forward_rows<kDenseLoops> : Strided::template forward_rows<false>;
      for_rows(l, kTurnsForward, [&](int64_t r, int rows, bool turns) {
        const int64_t at = r * l.outer_stride;
        if (!turns) return run(x + at, y + at, l.outer_stride, l.axis_stride, rows, l.axis, temperature);
        alignas(64) float columns[16 * kShortRow];
        turn(x + at, l.outer_stride, l.axis_stride, rows, l.axis, columns);
        forward_columns(columns, columns, 16, l.axis, 16, temperature);
        turn_back(columns, rows, l.axis, y + at, l.outer_stride, l.axis_stride);
      });
      return;
    }
    for (int64_t o = 0; o < l.outer; o++) {
      const int64_t at = o * l.outer_stride;
      for_each_sixteen(l.inner, [&](int64_t i, int count) HILLOCK_INLINED {
        forward_columns(x + at + i, y + at + i, l.axis_stride, l.axis, count, temperature);
      });
    }
  }

  // The logarithm of the sum of e^x over a row: from its maximum and the sum of its terms, unless the maximum
  // has no distance from itself or hides a NaN.
  static float log_sum(float m, double sum, const float* row, int64_t stride, int64_t n) {
    if (m - m == 0.0f) return static_cast<float>(m + log_of_terms(sum));
    for (int64_t i = 0; i < n; i++)
      if (!(row[i * stride] == row[i * stride])) return row[i * stride];
    return m;
  }

  // log_sum of every row, into [outer, inner].
  static void log_sums(const AxisLayout& l, double temperature, const float* x, const float*, float* out) {
    const auto across = [&](const float* columns, const float* from, int64_t row_stride, int64_t stride,
                            int64_t axis_stride, int count, float* to) {
      ColumnSums sums;
      alignas(64) float maxima[16];
      add_columns(columns, nullptr, stride, l.axis, count, temperature, sums).store(maxima);
      for (int c = 0; c < count; c++)
        to[c] = log_sum(maxima[c], sums.total[c], from + c * row_stride, axis_stride, l.axis);
    };
    if (l.inner == 1 && (l.axis_stride == 1 || l.axis <= kShortRow)) {
      for_rows(l, l.axis_stride == 1 ? kTurnsForward : 0, [&](int64_t r, int rows, bool turns) {
        const float* from = x + r * l.outer_stride;
        if (turns) {
          alignas(64) float columns[16 * kShortRow];
          turn(from, l.outer_stride, l.axis_stride, rows, l.axis, columns);
          return across(columns, from, l.outer_stride, 16, l.axis_stride, rows, out + r);
        }
        float maxima[kRowsAbreast];
        double sums[kRowsAbreast];
        sum_rows<kDenseLoops>(from, nullptr, l.outer_stride, 1, rows, l.axis, temperature, maxima, sums);
        for (int k = 0; k < rows; k++)
          out[r + k] = log_sum(maxima[k], sums[k], from + k * l.outer_stride, 1, l.axis);
      });
      return;
    }
    for (int64_t o = 0; o < l.outer; o++) {
      const float* from = x + o * l.outer_stride;
      for_each_sixteen(l.inner, [&](int64_t i, int count) {
        across(from + i, from + i, 1, l.axis_stride, l.axis_stride, count, out + o * l.inner + i);
      });
    }
  }

  static void backward(const AxisLayout& l, double temperature, const float* y, const float* dy, float* dx) {
    if (l.inner == 1) {
      const auto run =
          l.axis_stride == 1 ? backward_rows<kDenseLoops> : Strided::template backward_rows<false>;
      for_rows(l, kTurnsBackward, [&](int64_t r, int rows, bool turns) {
        const int64_t at = r * l.outer_stride;
        if (!turns)
          return run(y + at, dy + at, dx + at, l.outer_stride, l.axis_stride, rows, l.axis, temperature);
        alignas(64) float columns[16 * kShortRow];
        alignas(64) float gradients[16 * kShortRow];
        turn(y + at, l.outer_stride, l.axis_stride, rows, l.axis, columns);
        turn(dy + at, l.outer_stride, l.axis_stride, rows, l.axis, gradients);
        backward_columns(columns, gradients, gradients, 16, l.axis, 16, temperature);
        turn_back(gradients, rows, l.axis, dx + at, l.outer_stride, l.axis_stride);
      });
      return;
    }
    for (int64_t o = 0; o < l.outer; o++) {
      const int64_t at = o * l.outer_stride;
      for_each_sixteen(l.inner, [&](int64_t i, int count) HILLOCK_INLINED {
        backward_columns(y + at + i, dy + at + i, dx + at + i, l.axis_stride, l.axis, count, temperature);
      });
    }
  }
};

template <class V, class F>
struct AxisKernels {
  // Dividing by 1 changes nothing.
  static constexpr bool kAlwaysTempered = kSmallCode;

  static void forward(const AxisLayout& l, double temperature, const void* x, const void* dy, void* out) {
    const auto run = !kAlwaysTempered && temperature == 1.0 ? AxisLoops<V, F, false>::forward
                                                            : AxisLoops<V, F, true>::forward;
    run(l, temperature, static_cast<const float*>(x), static_cast<const float*>(dy),
        static_cast<float*>(out));
  }
  static void backward(const AxisLayout& l, double temperature, const void* y, const void* dy, void* out) {
    const auto run = !kAlwaysTempered && temperature == 1.0 ? AxisLoops<V, F, false>::backward
                                                            : AxisLoops<V, F, true>::backward;
    run(l, temperature, static_cast<const float*>(y), static_cast<const float*>(dy),
        static_cast<float*>(out));
  }
  // From x without a temperature, by the function that keeps no terms.
  static void log_sums(const AxisLayout& l, double, const void* x, const void*, void* out) {
    AxisLoops<V, F, kAlwaysTempered>::log_sums(l, 1.0, static_cast<const float*>(x), nullptr,
                                               static_cast<float*>(out));
  }
  static AxisKernel at(int direction) {
    if constexpr (!F::kKeepsTerms) {
      if (direction == HILLOCK_LOG_SUM) return log_sums;
    }
    return direction == HILLOCK_FORWARD                ? forward
           : direction == HILLOCK_BACKWARD_FROM_OUTPUT ? backward
                                                       : nullptr;
  }
};

inline AxisKernel axis(int type, int direction, int function) {
  if (type == HILLOCK_FLOAT64) return float64::axis(direction, function);
  if (type != HILLOCK_FLOAT32) return nullptr;
  switch (function) {
#define HILLOCK_CASE(id, name, Struct, ...) \
  case id:                                  \
    return AxisKernels<FloatV, Struct>::at(direction);
    HILLOCK_AXIS_FUNCTIONS(HILLOCK_CASE)
#undef HILLOCK_CASE
    default:
      return nullptr;
  }
}

}  // namespace hillock::HILLOCK_TARGET
