// sparsemax over [outer, axis, inner] (Martins and Astudillo, "From Softmax to Sparsemax", 2016): what each
// element of a row is above the threshold at which these add up to 1, 0 below it. Whatever the elements'
// type, the threshold is found in double precision, from z = x - max x.
//
// No sorting: the threshold of a set is its sum less 1 over its size. From -1, below which nothing counts, it
// rises to that of the elements above it, until those stay the same (Michelot, 1986). Sums are added in the
// one order that every engine keeps: z of index i to lane i mod 16, each lane in order, the lanes at the end
// by halves: l + (l + 8), then 4, 2, 1.
#pragma once
#include <stdint.h>

#include "core/kernel.h"
#include "core/sixteen.h"

namespace hillock::HILLOCK_TARGET::simplex {

using float64::DoubleMask;
using float64::DoubleV;

constexpr int kLanesOfRow = 16;
// Doubles that elements are widened into at a time; what fits is widened once.
constexpr int64_t kRoom = 2048;
// Longest row that goes abreast with others although they must be turned for it.
constexpr int64_t kTurnedRow = 32;

inline double folded(const double* lane) {
  double t[8];
  for (int l = 0; l < 8; l++) t[l] = lane[l] + lane[l + 8];
  for (int l = 0; l < 4; l++) t[l] += t[l + 4];
  return (t[0] + t[2]) + (t[1] + t[3]);
}

// ---- One row at a time: sixteen elements in kParts vectors. ----

// The sum and the number of what has been added, by lanes.
struct CountedLanes {
  static constexpr int kParts = kLanesOfRow / DoubleV::kLanes;
  DoubleV sum[kParts], count[kParts];

  CountedLanes() {
    for (int k = 0; k < kParts; k++) sum[k] = count[k] = DoubleV(0.0);
  }
  void add(int k, DoubleV term, DoubleMask counts) {
    sum[k] = sum[k] + select(counts, term, DoubleV(0.0));
    count[k] = count[k] + select(counts, DoubleV(1.0), DoubleV(0.0));
  }
  [[gnu::noinline]] static double total(const DoubleV* parts) {
    alignas(64) double lane[kLanesOfRow];
    for (int k = 0; k < kParts; k++) parts[k].store(lane + k * DoubleV::kLanes);
    return folded(lane);
  }
};

// op(i, k) for every vector of count elements, count a multiple of sixteen: k is its part of the sixteen.
template <class Op>
inline HILLOCK_INLINED void for_each_part(int64_t count, Op op) {
  for (int64_t i = 0; i < count; i += kLanesOfRow)
#pragma GCC unroll 8
    for (int k = 0; k < CountedLanes::kParts; k++) op(i + k * DoubleV::kLanes, k);
}

inline int64_t sixteens(int64_t count) { return (count + kLanesOfRow - 1) / kLanesOfRow * kLanesOfRow; }

// Elements in memory, floats or doubles. One code for both: what reads and writes them is little of it.
struct Memory {
  char* first;
  bool doubles;

  Memory at(int64_t element) const {
    return {first + element * static_cast<int64_t>(doubles ? sizeof(double) : sizeof(float)), doubles};
  }
};

template <class T>
inline HILLOCK_INLINED void widen_from(const T* p, int64_t stride, int64_t count, double* to,
                                       int64_t to_stride) {
  int64_t i = 0;
  if (stride == 1 && to_stride == 1)
    for (; i + DoubleV::kLanes <= count; i += DoubleV::kLanes) DoubleV::widen(p + i).store(to + i);
  for (; i < count; i++) to[i * to_stride] = static_cast<double>(p[i * stride]);
}

template <class T>
inline HILLOCK_INLINED void narrow_to(const double* values, int64_t values_stride, int64_t count, T* p,
                                      int64_t stride) {
  int64_t i = 0;
  if (stride == 1 && values_stride == 1)
    for (; i + DoubleV::kLanes <= count; i += DoubleV::kLanes) DoubleV::load(values + i).narrow(p + i);
  for (; i < count; i++) p[i * stride] = static_cast<T>(values[i * values_stride]);
}

// count elements that lie stride apart, as doubles that lie to_stride apart.
[[gnu::noinline]] inline void widen(Memory p, int64_t stride, int64_t count, double* to, int64_t to_stride) {
  if (p.doubles) {
    widen_from(reinterpret_cast<const double*>(p.first), stride, count, to, to_stride);
  } else {
    widen_from(reinterpret_cast<const float*>(p.first), stride, count, to, to_stride);
  }
}

// And back.
[[gnu::noinline]] inline void narrow(const double* values, int64_t values_stride, int64_t count, Memory p,
                                     int64_t stride) {
  if (p.doubles) {
    narrow_to(values, values_stride, count, reinterpret_cast<double*>(p.first), stride);
  } else {
    narrow_to(values, values_stride, count, reinterpret_cast<float*>(p.first), stride);
  }
}

// A row in chunks of doubles that are filled up to whole sixteens.
struct WideRow {
  Memory row;
  int64_t stride, n;
  double fill;
  double* room;  // of kRoom

  [[gnu::noinline]] void widen_chunk(int64_t from, int64_t count) {
    widen(row.at(from * stride), stride, count, room, 1);
    for (int64_t i = count; i % kLanesOfRow != 0; i++) room[i] = fill;
  }

  // op(from, count) for each chunk. Where there is but one it is still there after the first time.
  template <class Op>
  void for_each_chunk(bool first, Op op) {
    for (int64_t from = 0; from < n; from += kRoom) {
      const int64_t count = n - from < kRoom ? n - from : kRoom;
      if (first || n > kRoom) widen_chunk(from, count);
      op(from, count);
    }
  }
};

// The largest of a chunk and m, NaN if there is one.
[[gnu::noinline]] inline double maximum_of_chunk(const double* x, int64_t count, double m) {
  DoubleV most[CountedLanes::kParts];
  for (DoubleV& v : most) v = DoubleV(m);
  DoubleMask nan = DoubleV(m) < DoubleV(m);
  for_each_part(sixteens(count), [&](int64_t i, int k) HILLOCK_INLINED {
    const DoubleV v = DoubleV::load(x + i);
    most[k] = at_least(v, most[k]);
    nan = nan | !(v == v);
  });
  if (any(nan) || !(m == m)) return __builtin_nan("");
  alignas(64) double lane[kLanesOfRow];
  for (int k = 0; k < CountedLanes::kParts; k++) most[k].store(lane + k * DoubleV::kLanes);
  for (double l : lane) m = l < m ? m : l;
  return m;
}

// Adds what is above the threshold.
[[gnu::noinline]] inline void add_above(const double* x, int64_t count, double m, double threshold,
                                        CountedLanes& lanes) {
  const DoubleV maximum(m), limit(threshold);
  CountedLanes sums = lanes;
  for_each_part(sixteens(count), [&](int64_t i, int k) HILLOCK_INLINED {
    const DoubleV z = DoubleV::load(x + i) - maximum;
    sums.add(k, z, z > limit);
  });
  lanes = sums;
}

// A row of y in place of one of x: NaN where the threshold is.
[[gnu::noinline]] inline void keep_above(double* x, int64_t count, double m, double threshold) {
  const DoubleV maximum(m), limit(threshold), outside(threshold - threshold);
  for_each_part(sixteens(count), [&](int64_t i, int) HILLOCK_INLINED {
    const DoubleV z = DoubleV::load(x + i) - maximum;
    select(z > limit, z - limit, outside).store(x + i);
  });
}

// Adds dy where y is above 0.
[[gnu::noinline]] inline void add_support(const double* y, const double* dy, int64_t count,
                                          CountedLanes& lanes) {
  CountedLanes sums = lanes;
  for_each_part(sixteens(count), [&](int64_t i, int k) HILLOCK_INLINED {
    sums.add(k, DoubleV::load(dy + i), DoubleV::load(y + i) > DoubleV(0.0));
  });
  lanes = sums;
}

// dx in place of y: dy less its mean over the support, y itself elsewhere, which is 0 or NaN.
[[gnu::noinline]] inline void less_mean(double* y, const double* dy, int64_t count, double mean) {
  for_each_part(sixteens(count), [&](int64_t i, int) HILLOCK_INLINED {
    const DoubleV v = DoubleV::load(y + i);
    select(v > DoubleV(0.0), DoubleV::load(dy + i) - DoubleV(mean), v).store(y + i);
  });
}

// ---- Neighbouring rows abreast, one to a lane: row c has element i at room[i * kLanes + c]. ----

struct Abreast {
  using V = DoubleV;
  static constexpr int kLanes = V::kLanes;

  // Sums and numbers of term(i) where counts(i), of every row.
  template <class Terms>
  static inline HILLOCK_INLINED void total(int64_t n, Terms terms, V& sum, V& count) {
    V lane[kLanesOfRow];
    for (V& l : lane) l = V(0.0);
    count = V(0.0);
    for (int64_t i = 0; i < n; i++) {
      V term;
      const DoubleMask counts = terms(i, term);
      V& l = lane[i % kLanesOfRow];
      l = l + select(counts, term, V(0.0));
      count = count + select(counts, V(1.0), V(0.0));
    }
    for (int half = kLanesOfRow / 2; half > 0; half /= 2)
      for (int l = 0; l < half; l++) lane[l] = lane[l] + lane[l + half];
    sum = lane[0];
  }

  // Rows of y in place of x.
  [[gnu::noinline]] static void forward(double* room, int64_t n) {
    V m = V::load(room);
    DoubleMask nan = !(m == m);
    for (int64_t i = 1; i < n; i++) {
      const V v = V::load(room + i * kLanes);
      m = at_least(v, m);
      nan = nan | !(v == v);
    }
    V threshold = select(nan | !(m - m == V(0.0)), V(__builtin_nan("")), V(-1.0));
    V support(static_cast<double>(n) + 1.0), sum, count;
    for (;;) {
      total(
          n,
          [&](int64_t i, V& z) HILLOCK_INLINED {
            z = V::load(room + i * kLanes) - m;
            return z > threshold;
          },
          sum, count);
      if (!any(!(count == support))) break;
      support = count;
      const V next = (sum - V(1.0)) / count;
      threshold = select(next > threshold, next, threshold);
    }
    const V outside = threshold - threshold;
    for (int64_t i = 0; i < n; i++) {
      const V z = V::load(room + i * kLanes) - m;
      select(z > threshold, z - threshold, outside).store(room + i * kLanes);
    }
  }

  // Rows of dx in place of y.
  [[gnu::noinline]] static void backward(double* y, const double* dy, int64_t n) {
    V sum, count;
    total(
        n,
        [&](int64_t i, V& gradient) HILLOCK_INLINED {
          gradient = V::load(dy + i * kLanes);
          return V::load(y + i * kLanes) > V(0.0);
        },
        sum, count);
    const V mean = sum / count;
    for (int64_t i = 0; i < n; i++) {
      const V v = V::load(y + i * kLanes);
      select(v > V(0.0), V::load(dy + i * kLanes) - mean, v).store(y + i * kLanes);
    }
  }

  // Rows in memory lie row_stride apart. Where not all are there, what the others hold does not matter.
  [[gnu::noinline]] static void gather(Memory p, int64_t stride, int64_t row_stride, int64_t n, int rows,
                                       double* room) {
    if (row_stride == 1 && rows == kLanes) {
      for (int64_t i = 0; i < n; i++) widen(p.at(i * stride), 1, kLanes, room + i * kLanes, 1);
      return;
    }
    for (int r = 0; r < kLanes; r++) widen(p.at(r < rows ? r * row_stride : 0), stride, n, room + r, kLanes);
  }
  [[gnu::noinline]] static void scatter(const double* room, Memory p, int64_t stride, int64_t row_stride,
                                        int64_t n, int rows) {
    if (row_stride == 1 && rows == kLanes) {
      for (int64_t i = 0; i < n; i++) narrow(room + i * kLanes, 1, kLanes, p.at(i * stride), 1);
      return;
    }
    for (int r = 0; r < rows; r++) narrow(room + r, kLanes, n, p.at(r * row_stride), stride);
  }
};

// NaN in a row with a NaN or whose maximum is infinite.
[[gnu::noinline]] inline void forward_row(Memory x, Memory y, int64_t stride, int64_t n) {
  alignas(64) double room[kRoom];
  WideRow row = {x, stride, n, -__builtin_inf(), room};
  double m = -__builtin_inf();
  row.for_each_chunk(true, [&](int64_t, int64_t count) { m = maximum_of_chunk(room, count, m); });
  double threshold = m - m == 0.0 ? -1.0 : __builtin_nan("");
  for (double support = static_cast<double>(n) + 1.0;;) {
    CountedLanes lanes;
    row.for_each_chunk(false, [&](int64_t, int64_t count) { add_above(room, count, m, threshold, lanes); });
    const double count = CountedLanes::total(lanes.count);
    // Nothing is above NaN.
    if (count == support || count == 0.0) break;
    support = count;
    const double next = (CountedLanes::total(lanes.sum) - 1.0) / count;
    threshold = next > threshold ? next : threshold;
  }
  row.for_each_chunk(false, [&](int64_t from, int64_t count) {
    keep_above(room, count, m, threshold);
    narrow(room, 1, count, y.at(from * stride), stride);
  });
}

[[gnu::noinline]] inline void backward_row(Memory y, Memory dy, Memory dx, int64_t stride, int64_t n) {
  alignas(64) double y_room[kRoom], dy_room[kRoom];
  WideRow outputs = {y, stride, n, 0.0, y_room}, gradients = {dy, stride, n, 0.0, dy_room};
  CountedLanes lanes;
  double mean = 0.0;
  for (int pass = 0; pass < 2; pass++) {
    const bool first = pass == 0;
    outputs.for_each_chunk(first, [&](int64_t from, int64_t count) {
      if (first || n > kRoom) gradients.widen_chunk(from, count);
      if (first) return add_support(y_room, dy_room, count, lanes);
      less_mean(y_room, dy_room, count, mean);
      narrow(y_room, 1, count, dx.at(from * stride), stride);
    });
    if (first) mean = CountedLanes::total(lanes.sum) / CountedLanes::total(lanes.count);
  }
}

// One row, or where rows > 0 so many that lie apart from each other, in lanes.
struct Rows {
  int64_t at, apart;
  int rows;
};

// op(rows) for all of them.
template <class Op>
inline HILLOCK_INLINED void for_each_rows(const AxisLayout& l, Op op) {
  constexpr int kLanes = DoubleV::kLanes;
  const int64_t neighbours = l.inner == 1 ? l.outer : l.inner, slices = l.inner == 1 ? 1 : l.outer;
  const int64_t apart = l.inner == 1 ? l.outer_stride : 1;
  const bool fits = l.axis <= kTurnedRow || (l.inner > 1 && kLanes > 1 && l.axis * kLanes <= kRoom);
  for (int64_t s = 0; s < slices; s++)
    for (int64_t r = 0, count; r < neighbours; r += count) {
      const int64_t at = s * l.outer_stride + r * apart, left = neighbours - r;
      count = left < kLanes ? left : kLanes;
      const bool abreast = fits && 2 * count >= kLanes;
      op(Rows{at, apart, abreast ? static_cast<int>(count) : 0});
      if (!abreast) count = 1;
    }
}

[[gnu::noinline]] inline void forward(const AxisLayout& l, Memory x, Memory y) {
  alignas(64) double room[kRoom];
  for_each_rows(l, [&](Rows r) {
    if (r.rows == 0) return forward_row(x.at(r.at), y.at(r.at), l.axis_stride, l.axis);
    Abreast::gather(x.at(r.at), l.axis_stride, r.apart, l.axis, r.rows, room);
    Abreast::forward(room, l.axis);
    Abreast::scatter(room, y.at(r.at), l.axis_stride, r.apart, l.axis, r.rows);
  });
}

[[gnu::noinline]] inline void backward(const AxisLayout& l, Memory y, Memory dy, Memory dx) {
  alignas(64) double y_room[kRoom], dy_room[kRoom];
  for_each_rows(l, [&](Rows r) {
    if (r.rows == 0) return backward_row(y.at(r.at), dy.at(r.at), dx.at(r.at), l.axis_stride, l.axis);
    Abreast::gather(y.at(r.at), l.axis_stride, r.apart, l.axis, r.rows, y_room);
    Abreast::gather(dy.at(r.at), l.axis_stride, r.apart, l.axis, r.rows, dy_room);
    Abreast::backward(y_room, dy_room, l.axis);
    Abreast::scatter(y_room, dx.at(r.at), l.axis_stride, r.apart, l.axis, r.rows);
  });
}

}  // namespace hillock::HILLOCK_TARGET::simplex

namespace hillock::HILLOCK_TARGET {

template <class T>
struct Sparsemax {
  // Read through it or written: the kernel's signature says which.
  static simplex::Memory memory(const void* p) {
    return {static_cast<char*>(const_cast<void*>(p)), sizeof(T) == sizeof(double)};
  }
  static void forward(const AxisLayout& l, double, const void* x, const void*, void* y) {
    simplex::forward(l, memory(x), memory(y));
  }
  static void backward(const AxisLayout& l, double, const void* y, const void* dy, void* dx) {
    simplex::backward(l, memory(y), memory(dy), memory(dx));
  }
  static AxisKernel at(int direction) {
    return direction == HILLOCK_FORWARD                ? forward
           : direction == HILLOCK_BACKWARD_FROM_OUTPUT ? backward
                                                       : nullptr;
  }
};

}  // namespace hillock::HILLOCK_TARGET
