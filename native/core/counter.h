// Random bits by place: those at an index depend on the seed and the index alone. SplitMix64's output
// function (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014) over a counter.
#pragma once
#include <stdint.h>

namespace hillock::HILLOCK_TARGET {

constexpr uint64_t kGolden = 0x9e3779b97f4a7c15;

inline uint64_t mixed(uint64_t value) {
  uint64_t z = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

// What a seed becomes, once for all its numbers.
inline uint64_t counter_start(int64_t seed) { return mixed(static_cast<uint64_t>(seed) + kGolden); }

inline uint64_t counter_bits(uint64_t start, int64_t index) {
  return mixed(start + (static_cast<uint64_t>(index) + 1) * kGolden);
}

}  // namespace hillock::HILLOCK_TARGET
