// Dropout by place: an element is dropped where the upper 53 bits of its random number are less than a bound.
#pragma once
#include <stdint.h>

#include "core/counter.h"

namespace hillock::HILLOCK_TARGET {

inline float kept(uint64_t start, int64_t index, int64_t least_kept, float factor, float value) {
  const float product = value * factor;
  return static_cast<int64_t>(counter_bits(start, index) >> 11) < least_kept ? 0.0f : product;
}

// Not inlined, for the compiler would make vectors of what is left of a block as well.
[[gnu::noinline]] inline void drop_one(uint64_t start, int64_t index, int64_t least_kept, float factor,
                                       float* value) {
  *value = kept(start, index, least_kept, factor, *value);
}

// index is that of the first of n neighbours.
inline void drop(int64_t seed, int64_t index, int64_t least_kept, float factor, int64_t n, float* values) {
  constexpr int kBlock = FloatV::kLanes;
  const uint64_t start = counter_start(seed);
  int64_t i = 0;
  for (; i + kBlock <= n; i += kBlock)
    for (int j = 0; j < kBlock; j++)
      values[i + j] = kept(start, index + i + j, least_kept, factor, values[i + j]);
  for (int j = 0; j < n % kBlock; j++) drop_one(start, index + i + j, least_kept, factor, values + i + j);
}

}  // namespace hillock::HILLOCK_TARGET
