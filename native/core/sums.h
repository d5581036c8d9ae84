// Sums along an axis, in the one order that every target and every engine keeps.
//
// Term i belongs to lane i mod 16. Four terms of a lane that lie in the same block of 64 are added as
// (t0 + t1) + (t2 + t3) in float, the results of the blocks one after the other in double, and the lanes at
// the end by halves: l + (l + 8), then 4, 2, 1. Terms beyond the end are zero. In double, adding up loses
// nothing that a float could show however long the axis is; in float, four at a time keep the loop as fast as
// a plain sum.
#pragma once
#include "core/sixteen.h"

namespace hillock::HILLOCK_TARGET {

constexpr int kLanesOfSum = 16;
constexpr int kBlockOfSum = 64;

// One sum along a contiguous or strided axis: the lanes are the positions in a Sixteen.
struct LaneSums {
  double lane[kLanesOfSum] = {};

  template <class V>
  void add(const Sixteen<V>& terms) {
    alignas(64) float t[kLanesOfSum];
    terms.store(t);
    for (int l = 0; l < kLanesOfSum; l++) lane[l] += t[l];
  }

  // The zero turns a sum of -0 into +0 whatever was skipped as zero on the way.
  double total() const {
    double t[8];
    for (int l = 0; l < 8; l++) t[l] = lane[l] + lane[l + 8];
    for (int l = 0; l < 4; l++) t[l] += t[l + 4];
    return ((t[0] + t[2]) + (t[1] + t[3])) + 0.0;
  }
};

// Adds term(i, count) over blocks of sixteen indices from i, a multiple of kBlockOfSum: count of the sixteen
// exist, the others come as zero.
template <class V, class Term>
inline HILLOCK_INLINED void add_along(int64_t i, int64_t n, Term term, LaneSums& sums) {
  for (; i + kBlockOfSum <= n; i += kBlockOfSum) {
    const Sixteen<V> t0 = term(i, 16), t1 = term(i + 16, 16), t2 = term(i + 32, 16), t3 = term(i + 48, 16);
    sums.add((t0 + t1) + (t2 + t3));
  }
  if (i < n) {
    const auto at = [&](int64_t from) HILLOCK_INLINED {
      const int64_t left = n - from;
      return left >= 16 ? term(from, 16)
             : left > 0 ? term(from, static_cast<int>(left))
                        : Sixteen<V>::all(0.0);
    };
    const Sixteen<V> t0 = at(i), t1 = at(i + 16), t2 = at(i + 32), t3 = at(i + 48);
    sums.add((t0 + t1) + (t2 + t3));
  }
}

template <class V, class Term>
inline HILLOCK_INLINED double sum_along(int64_t n, Term term) {
  LaneSums sums;
  add_along<V>(0, n, term, sums);
  return sums.total();
}

// Sixteen sums at once, across the axis: term(i) holds one term of each.
struct ColumnSums {
  alignas(64) double total[16];
};

inline void add_sixteen(double* __restrict to, const double* __restrict from) {
  for (int c = 0; c < 16; c++) to[c] += from[c];
}

// The terms of one lane in the block where it begins at i.
template <class V, class Term>
inline HILLOCK_INLINED Sixteen<V> sum_of_block(int64_t i, int64_t n, Term term) {
  Sixteen<V> sum = term(i);
  if (i + 16 < n) sum = sum + term(i + 16);
  if (i + 32 < n) {
    Sixteen<V> upper = term(i + 32);
    if (i + 48 < n) upper = upper + term(i + 48);
    sum = sum + upper;
  }
  return sum;
}

template <class V, class Term>
inline HILLOCK_INLINED void sum_columns(int64_t n, Term term, ColumnSums& sums) {
  alignas(64) double lane[kLanesOfSum][16];
  const int lanes = n < kLanesOfSum ? static_cast<int>(n) : kLanesOfSum;
  for (int64_t block = 0; block < n; block += kBlockOfSum) {
    for (int l = 0; l < lanes && block + l < n; l++) {
      alignas(64) float t[16];
      sum_of_block<V>(block + l, n, term).store(t);
      if (block == 0) {
        for (int c = 0; c < 16; c++) lane[l][c] = t[c];
      } else {
        for (int c = 0; c < 16; c++) lane[l][c] += t[c];
      }
    }
  }
  for (int half = kLanesOfSum / 2; half > 0; half /= 2)
    for (int l = 0; l < half && l + half < lanes; l++) add_sixteen(lane[l], lane[l + half]);
  for (int c = 0; c < 16; c++) sums.total[c] = lane[0][c] + 0.0;
}

// Adds the terms of columns to sums, row after row in double: term(at, widen) is that of the element at, made
// of what widen takes from the memory of operands, a D or a double.
template <class D, class Term>
inline void add_rows(int64_t stride, int64_t rows, int64_t columns, double* sums, Term term) {
  int64_t c = 0;
  for (; c + D::kLanes <= columns; c += D::kLanes) {
    D total = D::load(sums + c);
    for (int64_t r = 0, at = c; r < rows; r++, at += stride)
      total = total + term(at, [](const auto* p) HILLOCK_INLINED { return D::widen(p); });
    total.store(sums + c);
  }
  for (; c < columns; c++)
    for (int64_t r = 0, at = c; r < rows; r++, at += stride)
      sums[c] += term(at, [](const auto* p) HILLOCK_INLINED { return static_cast<double>(*p); });
}

}  // namespace hillock::HILLOCK_TARGET
