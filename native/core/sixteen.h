// Sixteen consecutive floats as as many V as that takes: one on AVX-512, two on AVX2, four elsewhere.
// Functions over an axis count in sixteens, so that their order of addition is the same on every target.
#pragma once
#include <stdint.h>

#include "core/cost.h"

// On a lambda that stands in a loop: a call there would cost more than its body. Where size counts the
// compiler decides.
#if HILLOCK_SIDE_BY_SIDE > 1
#define HILLOCK_INLINED __attribute__((always_inline))
#else
#define HILLOCK_INLINED
#endif

namespace hillock::HILLOCK_TARGET {

template <class V>
struct Sixteen {
  static constexpr int kParts = 16 / V::kLanes;
  V part[kParts];

  // op(k) makes part k.
  template <class Op>
  static inline HILLOCK_INLINED Sixteen each(Op op) {
    Sixteen all;
    if constexpr (kSmallCode) {
      for (int k = 0; k < kParts; k++) all.part[k] = op(k);
    } else {
#pragma GCC unroll 16
      for (int k = 0; k < kParts; k++) all.part[k] = op(k);
    }
    return all;
  }

  static Sixteen all(V value) {
    return each([&](int) HILLOCK_INLINED { return value; });
  }

  static Sixteen load(const float* p) {
    return each([&](int k) HILLOCK_INLINED { return V::load(p + k * V::kLanes); });
  }

  // The first count of them from memory, the rest fill.
  static inline HILLOCK_INLINED Sixteen load(const float* p, int count, double fill) {
    if (count == 16) return load(p);
    return each([&](int k) HILLOCK_INLINED {
      const int left = count - k * V::kLanes;
      if (left >= V::kLanes) return V::load(p + k * V::kLanes);
      if (left <= 0) return V(fill);
      return V::load_part(p + k * V::kLanes, left, V(fill));
    });
  }

  // The same from elements that lie stride apart.
  static Sixteen load(const float* p, int64_t stride, int count, double fill) {
    if (stride == 1) return load(p, count, fill);
    alignas(64) float gathered[16];
    for (int i = 0; i < count; i++) gathered[i] = p[i * stride];
    return load(gathered, count, fill);
  }

  void store(float* p) const {
#pragma GCC unroll 16
    for (int k = 0; k < kParts; k++) part[k].store(p + k * V::kLanes);
  }

  void store(float* p, int count) const {
    if (count == 16) return store(p);
    for (int k = 0; k * V::kLanes < count; k++) {
      const int left = count - k * V::kLanes;
      if (left >= V::kLanes) {
        part[k].store(p + k * V::kLanes);
      } else {
        part[k].store_part(p + k * V::kLanes, left);
      }
    }
  }

  void store(float* p, int64_t stride, int count) const {
    if (stride == 1) return store(p, count);
    alignas(64) float packed[16];
    store(packed);
    for (int i = 0; i < count; i++) p[i * stride] = packed[i];
  }

  friend Sixteen operator+(const Sixteen& a, const Sixteen& b) {
    return each([&](int k) HILLOCK_INLINED { return a.part[k] + b.part[k]; });
  }
};

}  // namespace hillock::HILLOCK_TARGET
