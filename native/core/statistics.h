// What outputs look like, in sixteen lanes: place i belongs to lane i mod 16.
#pragma once
#include <stdint.h>

#include "core/elementary/ln.h"

namespace hillock::HILLOCK_TARGET {

constexpr int kCountLanes = 16;

// n is a multiple of sixteen, and small enough for a float to count to. Adds the outputs that are numbers to
// the sums, and writes by lane how many are zero, how many are numbers whose slope is at most flat in size,
// how many are NaN, and the least and the greatest number.
inline void count(const float* y, const float* slopes, float flat, int64_t n, double* sums, float* lanes) {
  using V = FloatV;
  using D = float64::DoubleV;
  for (int l = 0; l < kCountLanes; l += V::kLanes) {
    V zeros = 0.0, saturated = 0.0, nans = 0.0, least = kInfinity, most = -kInfinity;
    for (int64_t i = l; i < n; i += kCountLanes) {
      const V v = V::load(y + i);
      const V::Mask number = v == v;
      zeros = zeros + select(v == 0.0, 1.0, 0.0);
      saturated = saturated + select(number & (abs(V::load(slopes + i)) <= flat), 1.0, 0.0);
      nans = nans + select(number, 0.0, 1.0);
      least = select(v < least, v, least);
      most = select(v > most, v, most);
    }
    zeros.store(lanes + l);
    saturated.store(lanes + kCountLanes + l);
    nans.store(lanes + 2 * kCountLanes + l);
    least.store(lanes + 3 * kCountLanes + l);
    most.store(lanes + 4 * kCountLanes + l);
  }
  for (int l = 0; l < kCountLanes; l += D::kLanes) {
    D sum = D::load(sums + l);
    for (int64_t i = l; i < n; i += kCountLanes) {
      const D v = D::widen(y + i);
      sum = sum + select(v == v, v, 0.0);
    }
    sum.store(sums + l);
  }
}

}  // namespace hillock::HILLOCK_TARGET
