// Gumbel's noise, -ln(-ln u), with u from a counter: the number at an index depends on the seed and the index
// alone.
#pragma once
#include <stdint.h>

#include "core/counter.h"
#include "core/elementary/ln.h"
#include "core/kernel.h"
#include "core/simd/pair.h"

namespace hillock::HILLOCK_TARGET {

// u = (b + 0.5) 2^-53 of the upper 53 bits b, less 1 where that is nearer to 0: both ends of the interval
// keep all their digits in a float.
inline float signed_uniform(uint64_t start, int64_t index) {
  const int64_t bits = static_cast<int64_t>(counter_bits(start, index));
  return static_cast<float>((static_cast<double>(bits >> 11) + 0.5) * 0x1p-53);
}

// Many at a time, so that the compiler makes vectors of them.
inline void signed_uniforms(uint64_t start, int64_t index, float* s, int n) {
  int i = 0;
  for (; i + 32 <= n; i += 32)
    for (int j = 0; j < 32; j++) s[i + j] = signed_uniform(start, index + i + j);
  for (; i < n; i++) s[i] = signed_uniform(start, index + i);
}

// -ln(-ln u) of u = s for s > 0, of u = 1 + s below. With u = 2^k z: f = z - 1 in one rounding.
template <class V>
V gumbel(V s) {
  const V near = select(s < 0.0, 1.0 + s, s);
  const typename V::Bits k = ln_exponent(near);
  const V scale = from_bits(bits(V(1.0)) - shift_left<23>(k));
  const V f = fma(scale, s, select(s < 0.0, scale, 0.0) - 1.0);
  const V e = -ln_sum(to_float(k), f);
  const typename V::Bits l = ln_exponent(e);
  return -ln_sum(to_float(l), from_bits(bits(e) - shift_left<23>(l)) - 1.0);
}

constexpr int kNoiseBlock = 256;

// A block of noise in place of what it is of.
[[gnu::noinline, gnu::flatten]] inline void gumbel_block(float* s) {
  using Block = SideBySide<FloatV, HILLOCK_SIDE_BY_SIDE>::Type;
  for (int j = 0; j < kNoiseBlock; j += Block::kLanes) gumbel(Block::load(s + j)).store(s + j);
}

// Adds the noise to [rows, columns] without gaps; index is that of the first element, and the index of each
// row's first element is index_stride more than that of the row before.
inline void add_gumbel(int64_t seed, int64_t index, int64_t index_stride, int64_t rows, int64_t columns,
                       float* z) {
  alignas(64) float noise[kNoiseBlock];
  const uint64_t start = counter_start(seed);
  const int64_t n = rows * columns;
  int64_t column = 0;
  for (int64_t i = 0; i < n; i += kNoiseBlock, z += kNoiseBlock) {
    const int count = n - i < kNoiseBlock ? static_cast<int>(n - i) : kNoiseBlock;
    for (int done = 0; done < count;) {
      const int left = count - done;
      const int run = columns - column < left ? static_cast<int>(columns - column) : left;
      signed_uniforms(start, index + column, noise + done, run);
      done += run;
      column += run;
      if (column == columns) {
        column = 0;
        index += index_stride;
      }
    }
    for (int j = count; j < kNoiseBlock; j++) noise[j] = 0.5f;
    gumbel_block(noise);
    if (count == kNoiseBlock) {
      for (int j = 0; j < kNoiseBlock; j++) z[j] += noise[j];
    } else {
      for (int j = 0; j < count; j++) z[j] += noise[j];
    }
  }
}

}  // namespace hillock::HILLOCK_TARGET
