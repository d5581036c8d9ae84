// V without any instruction set: four floats in vectors of the compiler's own, one double.
#pragma once
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "core/halves.h"
#if !defined(__FMA__) && !defined(__aarch64__)
#include "core/simd/exact_fma.h"
#endif

namespace hillock::HILLOCK_TARGET {

// What the compiler makes of four floats: vectors where the platform has them.
using Floats = float __attribute__((vector_size(16)));
using Words = int32_t __attribute__((vector_size(16)));
using LongWords = int64_t __attribute__((vector_size(16)));

struct FloatMask {
  Words m;
};
struct FloatBits {
  Words v;
};

struct FloatV {
  using Element = float;
  using Mask = FloatMask;
  using Bits = FloatBits;
  using Word = int32_t;
  static constexpr int kLanes = 4;

  Floats v;
  FloatV() = default;
  FloatV(Floats value) : v(value) {}
  FloatV(double constant) : FloatV(static_cast<float>(constant)) {}
  FloatV(float value) : v{value, value, value, value} {}

  static FloatV load(const float* p) {
    FloatV a;
    memcpy(&a.v, p, sizeof a.v);
    return a;
  }
  static FloatV load_part(const float* p, int count) { return load_part(p, count, 0.0); }
  // The first count lanes from memory, the others rest's.
  [[gnu::noinline]] static FloatV load_part(const float* p, int count, FloatV rest) {
    for (int i = 0; i < count; i++) rest.v[i] = p[i];
    return rest;
  }
  void store(float* p) const { memcpy(p, &v, sizeof v); }
  void store_part(float* p, int count) const { store_part(v, p, count); }
  [[gnu::noinline]] static void store_part(Floats v, float* p, int count) {
    for (int i = 0; i < count; i++) p[i] = v[i];
  }
  void stream(float* p) const { store(p); }

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

inline FloatBits bits(FloatV a) { return {reinterpret_cast<Words>(a.v)}; }
inline FloatV from_bits(FloatBits a) { return reinterpret_cast<Floats>(a.v); }
inline FloatMask operator&(FloatMask a, FloatMask b) { return {a.m & b.m}; }
inline FloatMask operator|(FloatMask a, FloatMask b) { return {a.m | b.m}; }
inline FloatMask operator!(FloatMask a) { return {~a.m}; }
inline bool any(FloatMask a) {
  const LongWords halves = reinterpret_cast<LongWords>(a.m);
  return (halves[0] | halves[1]) != 0;
}
inline bool all(FloatMask a) { return !any(!a); }
inline FloatV select(FloatMask m, FloatV a, FloatV b) { return m.m ? a.v : b.v; }

#if defined(__FMA__) || defined(__aarch64__)
inline FloatV fma(FloatV a, FloatV b, FloatV c) {
  for (int i = 0; i < FloatV::kLanes; i++) c.v[i] = __builtin_fmaf(a.v[i], b.v[i], c.v[i]);
  return c;
}
#else
// Without the instruction the C library's fmaf can cost a microsecond. Instead: the product of two floats is
// exact in double, the sum is rounded to odd, and one narrowing then rounds as a single operation would.
inline float fma_to_odd(float a, float b, float c) {
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
[[gnu::noinline]] inline FloatV fma_to_odd(FloatV a, FloatV b, FloatV c) {
  for (int i = 0; i < FloatV::kLanes; i++) c.v[i] = fma_to_odd(a.v[i], b.v[i], c.v[i]);
  return c;
}

// A sum rounded to nearest does as well, except where it lies in the middle between two floats, or where the
// result is subnormal and the middle is elsewhere. Not inlined: the formulas would grow several times over.
[[gnu::noinline]] inline FloatV fma(FloatV a, FloatV b, FloatV c) {
  using Doubles = double __attribute__((vector_size(32)));
  using DoubleWords = int64_t __attribute__((vector_size(32)));
  const Doubles sum = __builtin_convertvector(a.v, Doubles) * __builtin_convertvector(b.v, Doubles) +
                      __builtin_convertvector(c.v, Doubles);
  const FloatV y = __builtin_convertvector(sum, Floats);
  const Words dropped = __builtin_convertvector(reinterpret_cast<DoubleWords>(sum), Words) & 0x1fffffff;
  const Words magnitude = bits(y).v & INT32_MAX;
  const FloatMask middle{dropped == 0x10000000};
  const FloatMask subnormal{(magnitude > 0) & (magnitude <= 0x00800000)};
  if (__builtin_expect(any(middle | subnormal), 0)) return fma_to_odd(a, b, c);
  return y;
}
#endif
inline FloatV sqrt(FloatV a) {
  for (int i = 0; i < FloatV::kLanes; i++) a.v[i] = __builtin_sqrtf(a.v[i]);
  return a;
}
inline FloatV abs(FloatV a) { return from_bits({bits(a).v & INT32_MAX}); }
inline FloatV copysign(FloatV magnitude, FloatV sign) {
  return from_bits({(bits(magnitude).v & INT32_MAX) | (bits(sign).v & INT32_MIN)});
}
inline FloatV at_most(FloatV a, FloatV limit) { return select(a > limit, limit, a); }
inline FloatV at_least(FloatV a, FloatV limit) { return select(a < limit, limit, a); }

inline FloatBits whole_bits(int32_t a) { return {Words{} + a}; }
// Sums wrap around.
using Unsigned = uint32_t __attribute__((vector_size(16)));
inline FloatBits operator+(FloatBits a, FloatBits b) {
  return {reinterpret_cast<Words>(reinterpret_cast<Unsigned>(a.v) + reinterpret_cast<Unsigned>(b.v))};
}
inline FloatBits operator-(FloatBits a, FloatBits b) {
  return {reinterpret_cast<Words>(reinterpret_cast<Unsigned>(a.v) - reinterpret_cast<Unsigned>(b.v))};
}
inline FloatBits operator&(FloatBits a, FloatBits b) { return {a.v & b.v}; }
template <int N>
FloatBits shift_left(FloatBits a) {
  return {reinterpret_cast<Words>(reinterpret_cast<Unsigned>(a.v) << N)};
}
// Arithmetic: the sign bit is repeated.
template <int N>
FloatBits shift_right(FloatBits a) {
  return {a.v >> N};
}
// The integer's value as a float; |a| < 2^24.
inline FloatV to_float(FloatBits a) { return __builtin_convertvector(a.v, Floats); }

// table[index modulo 16].
[[gnu::noinline]] inline FloatV lookup(const float* table, FloatBits index) {
  const Words at = index.v & 15;
  return Floats{table[at[0]], table[at[1]], table[at[2]], table[at[3]]};
}

// table[index modulo 4].
inline FloatV lookup4(const float* table, FloatBits index) {
  const Words at = index.v & 3;
  return Floats{table[at[0]], table[at[1]], table[at[2]], table[at[3]]};
}

inline FloatV load_bfloat16(const uint16_t* p) {
  FloatV a;
  for (int i = 0; i < FloatV::kLanes; i++) a.v[i] = from_bfloat16(p[i]);
  return a;
}
inline void store_bfloat16(uint16_t* p, FloatV v) {
  for (int i = 0; i < FloatV::kLanes; i++) p[i] = to_bfloat16(v.v[i]);
}
inline void stream_bfloat16(uint16_t* p, FloatV v) { store_bfloat16(p, v); }
inline FloatV load_float16(const uint16_t* p) {
  FloatV a;
  for (int i = 0; i < FloatV::kLanes; i++) a.v[i] = from_float16(p[i]);
  return a;
}
inline void store_float16(uint16_t* p, FloatV v) {
  for (int i = 0; i < FloatV::kLanes; i++) p[i] = to_float16(v.v[i]);
}
inline void stream_float16(uint16_t* p, FloatV v) { store_float16(p, v); }

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
