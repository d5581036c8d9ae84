// The maximum of each group of elements along the axis, over [outer, axis, inner] with groups as the axis:
// the outputs and their gradients are dense [outer, inner]. A NaN is the maximum, +0 is above -0; the
// gradient goes to the first of the largest, the zeros being equal.
#pragma once
#include <stdint.h>

#include "core/kernel.h"
#include "core/sixteen.h"

namespace hillock::HILLOCK_TARGET::maxout {

using V = FloatV;

// Where neighbours make a group, so many groups at most are turned into columns.
constexpr int64_t kGroups = 64;
constexpr int64_t kRoom = 1024;

inline V larger(V v, V m) {
  const V most = select(v == v, select(v > m, v, m), v);
  return select((v == m) & (v == 0.0), v + m, most);
}

inline V load(const float* p, int count) { return count == V::kLanes ? V::load(p) : V::load_part(p, count); }
inline void store(V v, float* p, int count) {
  if (count == V::kLanes) return v.store(p);
  v.store_part(p, count);
}

// op(i, count) for every vector of n neighbours.
template <class Op>
inline HILLOCK_INLINED void for_each_columns(int64_t n, Op op) {
  int64_t i = 0;
  for (; i + V::kLanes <= n; i += V::kLanes) op(i, V::kLanes);
  if (i < n) op(i, static_cast<int>(n - i));
}

// The maxima of count neighbouring groups.
inline V maximum(const float* x, int64_t stride, int64_t n, int count) {
  V m = load(x, count);
  for (int64_t i = 1; i < n; i++) m = larger(load(x + i * stride, count), m);
  return m;
}

[[gnu::noinline]] inline void forward_columns(const float* x, int64_t stride, int64_t n, int64_t columns,
                                              float* y) {
  for_each_columns(columns, [&](int64_t c, int count)
                                HILLOCK_INLINED { store(maximum(x + c, stride, n, count), y + c, count); });
}

// dx may be x, or dy where a group is of one.
[[gnu::noinline]] inline void backward_columns(const float* x, int64_t stride, int64_t n, int64_t columns,
                                               const float* dy, float* dx) {
  for_each_columns(columns, [&](int64_t c, int count) HILLOCK_INLINED {
    const V m = maximum(x + c, stride, n, count);
    V pending = load(dy + c, count);
    for (int64_t i = 0; i < n; i++) {
      const V v = load(x + c + i * stride, count);
      const V::Mask largest = (v == m) | !(v == v);
      store(select(largest, pending, V(0.0)), dx + c + i * stride, count);
      pending = select(largest, V(0.0), pending);
    }
  });
}

// Groups without neighbours to go abreast with are turned, as many as there is room for.
template <class Op>
void for_each_block(const AxisLayout& l, Op op) {
  const int64_t fitting = kRoom / l.axis, groups = fitting < kGroups ? fitting : kGroups;
  for (int64_t o = 0; o < l.outer; o += groups) op(o, l.outer - o < groups ? l.outer - o : groups);
}
inline bool turns(const AxisLayout& l) { return l.inner == 1 && l.axis <= kRoom; }

// op(element in memory, its place in the columns) for each of some groups.
template <class Op>
inline void turn(const AxisLayout& l, int64_t groups, Op op) {
  for (int64_t i = 0; i < l.axis; i++)
    for (int64_t g = 0; g < groups; g++) op(g * l.outer_stride + i * l.axis_stride, groups * i + g);
}

inline void forward(const AxisLayout& l, double, const void* from, const void*, void* to) {
  const float* x = static_cast<const float*>(from);
  float* y = static_cast<float*>(to);
  if (!turns(l)) {
    for (int64_t o = 0; o < l.outer; o++)
      forward_columns(x + o * l.outer_stride, l.axis_stride, l.axis, l.inner, y + o * l.inner);
    return;
  }
  alignas(64) float columns[kRoom];
  for_each_block(l, [&](int64_t o, int64_t groups) {
    const float* here = x + o * l.outer_stride;
    turn(l, groups, [&](int64_t at, int64_t place) { columns[place] = here[at]; });
    forward_columns(columns, groups, l.axis, groups, y + o);
  });
}

inline void backward(const AxisLayout& l, double, const void* from, const void* gradient, void* to) {
  const float* x = static_cast<const float*>(from);
  const float* dy = static_cast<const float*>(gradient);
  float* dx = static_cast<float*>(to);
  if (!turns(l)) {
    for (int64_t o = 0; o < l.outer; o++)
      backward_columns(x + o * l.outer_stride, l.axis_stride, l.axis, l.inner, dy + o * l.inner,
                       dx + o * l.outer_stride);
    return;
  }
  alignas(64) float columns[kRoom];
  for_each_block(l, [&](int64_t o, int64_t groups) {
    const float* here = x + o * l.outer_stride;
    float* there = dx + o * l.outer_stride;
    turn(l, groups, [&](int64_t at, int64_t place) { columns[place] = here[at]; });
    backward_columns(columns, groups, l.axis, groups, dy + o, columns);
    turn(l, groups, [&](int64_t at, int64_t place) { there[at] = columns[place]; });
  });
}

inline AxisKernel at(int direction) {
  return direction == HILLOCK_FORWARD ? forward : direction == HILLOCK_BACKWARD ? backward : nullptr;
}

}  // namespace hillock::HILLOCK_TARGET::maxout
