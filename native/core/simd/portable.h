// V without any instruction set: one float at a time, the same operations in the same order.
#pragma once
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "core/halves.h"
#if !defined(__FMA__) && !defined(__aarch64__)
#include "core/simd/exact_fma.h"
#endif

namespace hillock::HILLOCK_TARGET {

struct FloatMask {
  bool m;
};
struct FloatBits {
  int32_t v;
};

struct FloatV {
  using Element = float;
  using Mask = FloatMask;
  using Bits = FloatBits;
  using Word = int32_t;
  static constexpr int kLanes = 1;

  float v;
  FloatV() = default;
  FloatV(float value) : v(value) {}
  FloatV(double constant) : v(static_cast<float>(constant)) {}

  static FloatV load(const float* p) { return *p; }
  static FloatV load_part(const float*, int) { return 0.0; }
  static FloatV load_part(const float*, int, FloatV rest) { return rest; }
  void store(float* p) const { *p = v; }
  void store_part(float*, int) const {}
  void stream(float* p) const { *p = v; }

  friend FloatV operator+(FloatV a, FloatV b) { return a.v + b.v; }
  friend FloatV operator-(FloatV a, FloatV b) { return a.v - b.v; }
  friend FloatV operator*(FloatV a, FloatV b) { return a.v * b.v; }
  friend FloatV operator/(FloatV a, FloatV b) { return a.v / b.v; }
  friend FloatV operator-(FloatV a) { return -a.v; }
  friend FloatMask operator<(FloatV a, FloatV b) { return {a.v < b.v}; }
  friend FloatMask operator>(FloatV a, FloatV b) { return {a.v > b.v}; }
  friend FloatMask operator<=(FloatV a, FloatV b) { return {a.v <= b.v}; }
  friend FloatMask operator>=(FloatV a, FloatV b) { return {a.v >= b.v}; }
  friend FloatMask operator==(FloatV a, FloatV b) { return {a.v == b.v}; }
};

inline FloatBits bits(FloatV a) {
  FloatBits b;
  memcpy(&b.v, &a.v, sizeof b.v);
  return b;
}
inline FloatV from_bits(FloatBits a) {
  float f;
  memcpy(&f, &a.v, sizeof f);
  return f;
}

#if defined(__FMA__) || defined(__aarch64__)
inline FloatV fma(FloatV a, FloatV b, FloatV c) { return __builtin_fmaf(a.v, b.v, c.v); }
#else
// Without the instruction the C library's fmaf can cost a microsecond. Instead: the product of two floats is
// exact in double, the sum is rounded to odd, and one narrowing then rounds as a single operation would. Not
// inlined: the formulas would grow several times over.
[[gnu::noinline]] static float fma_by_double(float a, float b, float c) {
  const double product = static_cast<double>(a) * b;
  const double addend = c;
  const double sum = product + addend;
  const double back = sum - product;
  const double lost = (product - (sum - back)) + (addend - back);
  if (lost == 0.0 || !(lost - lost == 0.0)) return static_cast<float>(sum);
  int64_t odd;
  memcpy(&odd, &sum, sizeof odd);
  if ((odd & 1) == 0) odd += ((lost > 0.0) == (sum > 0.0)) ? 1 : -1;
  double rounded;
  memcpy(&rounded, &odd, sizeof rounded);
  return static_cast<float>(rounded);
}
inline FloatV fma(FloatV a, FloatV b, FloatV c) { return fma_by_double(a.v, b.v, c.v); }
#endif
inline FloatV sqrt(FloatV a) { return __builtin_sqrtf(a.v); }
inline FloatV abs(FloatV a) { return __builtin_fabsf(a.v); }
inline FloatV copysign(FloatV magnitude, FloatV sign) { return __builtin_copysignf(magnitude.v, sign.v); }
inline FloatV select(FloatMask m, FloatV a, FloatV b) { return m.m ? a : b; }
inline FloatV at_most(FloatV a, FloatV limit) { return select(a > limit, limit, a); }
inline FloatV at_least(FloatV a, FloatV limit) { return select(a < limit, limit, a); }

inline FloatMask operator&(FloatMask a, FloatMask b) { return {a.m && b.m}; }
inline FloatMask operator|(FloatMask a, FloatMask b) { return {a.m || b.m}; }
inline FloatMask operator!(FloatMask a) { return {!a.m}; }
inline bool any(FloatMask a) { return a.m; }
inline bool all(FloatMask a) { return a.m; }

inline FloatBits whole_bits(int32_t a) { return {a}; }
inline FloatBits operator+(FloatBits a, FloatBits b) {
  return {static_cast<int32_t>(static_cast<uint32_t>(a.v) + static_cast<uint32_t>(b.v))};
}
inline FloatBits operator-(FloatBits a, FloatBits b) {
  return {static_cast<int32_t>(static_cast<uint32_t>(a.v) - static_cast<uint32_t>(b.v))};
}
inline FloatBits operator&(FloatBits a, FloatBits b) { return {a.v & b.v}; }
template <int N>
FloatBits shift_left(FloatBits a) {
  return {static_cast<int32_t>(static_cast<uint32_t>(a.v) << N)};
}
// Arithmetic: the sign bit is repeated.
template <int N>
FloatBits shift_right(FloatBits a) {
  return {a.v >> N};
}
// The integer's value as a float; |a| < 2^24.
inline FloatV to_float(FloatBits a) { return static_cast<float>(a.v); }

// table[index modulo 16].
inline FloatV lookup(const float* table, FloatBits index) { return table[index.v & 15]; }

inline FloatV load_bfloat16(const uint16_t* p) { return from_bfloat16(*p); }
inline void store_bfloat16(uint16_t* p, FloatV v) { *p = to_bfloat16(v.v); }
inline void stream_bfloat16(uint16_t* p, FloatV v) { store_bfloat16(p, v); }
inline FloatV load_float16(const uint16_t* p) { return from_float16(*p); }
inline void store_float16(uint16_t* p, FloatV v) { *p = to_float16(v.v); }
inline void stream_float16(uint16_t* p, FloatV v) { store_float16(p, v); }

inline void store_fence() {}

}  // namespace hillock::HILLOCK_TARGET

namespace hillock::HILLOCK_TARGET::float64 {

struct DoubleMask {
  bool m;
};
struct DoubleBits {
  int64_t v;
};

struct DoubleV {
  using Element = double;
  using Mask = DoubleMask;
  using Bits = DoubleBits;
  using Word = int64_t;
  static constexpr int kLanes = 1;

  double v;
  DoubleV() = default;
  DoubleV(double value) : v(value) {}

  static DoubleV load(const double* p) { return *p; }
  static DoubleV load_part(const double*, int) { return 0.0; }
  void store(double* p) const { *p = v; }
  void store_part(double*, int) const {}
  void stream(double* p) const { *p = v; }
  // Elements of a row of floats or doubles.
  static DoubleV widen(const float* p) { return static_cast<double>(*p); }
  static DoubleV widen(const double* p) { return load(p); }
  void narrow(float* p) const { *p = static_cast<float>(v); }
  void narrow(double* p) const { store(p); }

  friend DoubleV operator+(DoubleV a, DoubleV b) { return a.v + b.v; }
  friend DoubleV operator-(DoubleV a, DoubleV b) { return a.v - b.v; }
  friend DoubleV operator*(DoubleV a, DoubleV b) { return a.v * b.v; }
  friend DoubleV operator/(DoubleV a, DoubleV b) { return a.v / b.v; }
  friend DoubleV operator-(DoubleV a) { return -a.v; }
  friend DoubleMask operator<(DoubleV a, DoubleV b) { return {a.v < b.v}; }
  friend DoubleMask operator>(DoubleV a, DoubleV b) { return {a.v > b.v}; }
  friend DoubleMask operator<=(DoubleV a, DoubleV b) { return {a.v <= b.v}; }
  friend DoubleMask operator>=(DoubleV a, DoubleV b) { return {a.v >= b.v}; }
  friend DoubleMask operator==(DoubleV a, DoubleV b) { return {a.v == b.v}; }
};

#if defined(__FMA__) || defined(__aarch64__)
inline DoubleV fma(DoubleV a, DoubleV b, DoubleV c) { return __builtin_fma(a.v, b.v, c.v); }
#else
inline DoubleV fma(DoubleV a, DoubleV b, DoubleV c) { return fma_by_integers(a.v, b.v, c.v); }
#endif
inline DoubleV sqrt(DoubleV a) { return __builtin_sqrt(a.v); }
inline DoubleV abs(DoubleV a) { return __builtin_fabs(a.v); }
inline DoubleV copysign(DoubleV magnitude, DoubleV sign) { return __builtin_copysign(magnitude.v, sign.v); }
inline DoubleV select(DoubleMask m, DoubleV a, DoubleV b) { return m.m ? a.v : b.v; }
inline DoubleV at_most(DoubleV a, DoubleV limit) { return a.v > limit.v ? limit.v : a.v; }
inline DoubleV at_least(DoubleV a, DoubleV limit) { return a.v < limit.v ? limit.v : a.v; }

inline DoubleMask operator&(DoubleMask a, DoubleMask b) { return {a.m && b.m}; }
inline DoubleMask operator|(DoubleMask a, DoubleMask b) { return {a.m || b.m}; }
inline DoubleMask operator!(DoubleMask a) { return {!a.m}; }
inline bool any(DoubleMask a) { return a.m; }

inline DoubleBits bits(DoubleV a) {
  DoubleBits b;
  memcpy(&b.v, &a.v, sizeof b.v);
  return b;
}
inline DoubleV from_bits(DoubleBits a) {
  double d;
  memcpy(&d, &a.v, sizeof d);
  return d;
}
inline DoubleBits operator+(DoubleBits a, DoubleBits b) {
  return {static_cast<int64_t>(static_cast<uint64_t>(a.v) + static_cast<uint64_t>(b.v))};
}
template <int N>
DoubleBits shift_left(DoubleBits a) {
  return {static_cast<int64_t>(static_cast<uint64_t>(a.v) << N)};
}

}  // namespace hillock::HILLOCK_TARGET::float64
