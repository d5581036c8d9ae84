// What surrounds an element-wise kernel behind a scale and a shift: the steps of affine.cpp that are worth an
// instruction set.
#pragma once
#include "core/fused.h"
#include "core/kernel.h"
#include "core/sums.h"

namespace hillock::HILLOCK_TARGET {

inline void affine(const float* scale, const float* shift, const float* x, float* z, int64_t n) {
  using V = FloatV;
  if (scale == nullptr) {
    sum(x, shift, z, n);
    return;
  }
  int64_t i = 0;
  for (; i + V::kLanes <= n; i += V::kLanes)
    fma(V::load(scale + i), V::load(x + i), V::load(shift + i)).store(z + i);
  if (i < n) {
    const int part = static_cast<int>(n - i);
    fma(V::load_part(scale + i, part), V::load_part(x + i, part), V::load_part(shift + i, part))
        .store_part(z + i, part);
  }
}

inline void fill(float value, float* out, int64_t n) {
  using V = FloatV;
  const V v(static_cast<double>(value));
  int64_t i = 0;
  for (; i + V::kLanes <= n; i += V::kLanes) v.store(out + i);
  if (i < n) v.store_part(out + i, static_cast<int>(n - i));
}

inline void add_channels(const float* terms, int64_t rows, int64_t channels, double* sums) {
  add_rows<float64::DoubleV>(channels, rows, channels, sums,
                             [=](int64_t at, auto widen) HILLOCK_INLINED { return widen(terms + at); });
}

// What is missing of a block is zero.
inline double sum_of_run(const float* terms, int64_t n) {
  LaneSums sums;
  float rest[kBlockOfSum] = {};
  for (int64_t i = 0; i < n; i += kBlockOfSum) {
    const float* block = terms + i;
    if (n - i < kBlockOfSum) {
      for (int64_t k = i; k < n; k++) rest[k - i] = terms[k];
      block = rest;
    }
    const auto at = [=](int k) HILLOCK_INLINED { return Sixteen<FloatV>::load(block + k); };
    sums.add((at(0) + at(16)) + (at(32) + at(48)));
  }
  return sums.total();
}

const AffineKernels affine_kernels = {affine, fill, product, add_channels, sum_of_run};

}  // namespace hillock::HILLOCK_TARGET
