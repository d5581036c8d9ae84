// The little that these tests need of a test framework.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include "hillock_onednn.h"

namespace check {

inline int failures = 0;

inline void that(bool holds, const std::string& what) {
  if (holds) return;
  if (++failures <= 20) std::fprintf(stderr, "FAILED: %s\n", what.c_str());
}

inline void equal(long got, long want, const std::string& what) {
  that(got == want, what + ": got " + std::to_string(got) + ", want " + std::to_string(want));
}

// |got - want| <= bound * max(1, |want|), equal infinities included; NaN is near nothing.
inline void near(double got, double want, double bound, const std::string& what) {
  const bool holds = got == want || std::fabs(got - want) <= bound * std::fmax(1.0, std::fabs(want));
  if (!holds) that(false, what + ": got " + std::to_string(got) + ", want " + std::to_string(want));
}

inline int result() {
  if (failures > 0) std::fprintf(stderr, "%d failures\n", failures);
  return failures == 0 ? 0 : 1;
}

// Numbers in [-range, range) that look random and are the same everywhere.
inline std::vector<float> values(std::size_t count, float range, std::uint32_t seed) {
  std::vector<float> result(count);
  for (float& value : result) {
    seed = seed * 1664525u + 1013904223u;
    value = (static_cast<float>(seed >> 8) / 8388608.0f - 1.0f) * range;
  }
  return result;
}

// An operand outside the heap, as the ABI takes it.
inline std::int64_t address(const float* data) {
  return static_cast<std::int64_t>(reinterpret_cast<std::uintptr_t>(data));
}

// Runs a call; where its primitive is missing, prepares it first. The call takes the first operand's address.
inline int prepared(const float* first, const std::function<int(std::int64_t)>& call) {
  const int status = call(address(first));
  if (status != HILLOCK_ONEDNN_NOT_PREPARED) return status;
  const int preparing = call(0);
  return preparing == HILLOCK_ONEDNN_OK ? call(address(first)) : preparing;
}

}  // namespace check
