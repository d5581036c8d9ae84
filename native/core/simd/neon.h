// V on AArch64 NEON: 4 floats, masks as vectors of all-ones lanes. A tail goes through a small buffer, since
// NEON has no masked loads.
#pragma once
#include <arm_neon.h>
#include <stdint.h>

namespace hillock::HILLOCK_TARGET {

struct FloatMask {
  uint32x4_t m;
};
struct FloatBits {
  int32x4_t v;
};

struct FloatV {
  using Element = float;
  using Mask = FloatMask;
  using Bits = FloatBits;
  using Word = int32_t;
  static constexpr int kLanes = 4;

  float32x4_t v;
  FloatV() = default;
  FloatV(float32x4_t value) : v(value) {}
  FloatV(double constant) : v(vdupq_n_f32(static_cast<float>(constant))) {}

  static FloatV load(const float* p) { return vld1q_f32(p); }
  static FloatV load_part(const float* p, int count) {
    float buffer[4] = {0, 0, 0, 0};
    for (int i = 0; i < count; i++) buffer[i] = p[i];
    return vld1q_f32(buffer);
  }
  // The first count lanes from memory, the others rest's.
  static FloatV load_part(const float* p, int count, FloatV rest) {
    float buffer[4];
    rest.store(buffer);
    for (int i = 0; i < count; i++) buffer[i] = p[i];
    return vld1q_f32(buffer);
  }
  void store(float* p) const { vst1q_f32(p, v); }
  void store_part(float* p, int count) const {
    float buffer[4];
    vst1q_f32(buffer, v);
    for (int i = 0; i < count; i++) p[i] = buffer[i];
  }
  void stream(float* p) const { vst1q_f32(p, v); }

  friend FloatV operator+(FloatV a, FloatV b) { return vaddq_f32(a.v, b.v); }
  friend FloatV operator-(FloatV a, FloatV b) { return vsubq_f32(a.v, b.v); }
  friend FloatV operator*(FloatV a, FloatV b) { return vmulq_f32(a.v, b.v); }
  friend FloatV operator/(FloatV a, FloatV b) { return vdivq_f32(a.v, b.v); }
  friend FloatV operator-(FloatV a) { return vnegq_f32(a.v); }
  friend FloatMask operator<(FloatV a, FloatV b) { return {vcltq_f32(a.v, b.v)}; }
  friend FloatMask operator>(FloatV a, FloatV b) { return {vcgtq_f32(a.v, b.v)}; }
  friend FloatMask operator<=(FloatV a, FloatV b) { return {vcleq_f32(a.v, b.v)}; }
  friend FloatMask operator>=(FloatV a, FloatV b) { return {vcgeq_f32(a.v, b.v)}; }
  friend FloatMask operator==(FloatV a, FloatV b) { return {vceqq_f32(a.v, b.v)}; }
};

inline FloatV fma(FloatV a, FloatV b, FloatV c) { return vfmaq_f32(c.v, a.v, b.v); }
inline FloatV sqrt(FloatV a) { return vsqrtq_f32(a.v); }
inline FloatV abs(FloatV a) { return vabsq_f32(a.v); }
inline FloatV copysign(FloatV magnitude, FloatV sign) {
  return vbslq_f32(vdupq_n_u32(0x80000000u), sign.v, magnitude.v);
}
inline FloatV select(FloatMask m, FloatV a, FloatV b) { return vbslq_f32(m.m, a.v, b.v); }
inline FloatV at_most(FloatV a, FloatV limit) { return select(a > limit, limit, a); }
inline FloatV at_least(FloatV a, FloatV limit) { return select(a < limit, limit, a); }

inline FloatMask operator&(FloatMask a, FloatMask b) { return {vandq_u32(a.m, b.m)}; }
inline FloatMask operator|(FloatMask a, FloatMask b) { return {vorrq_u32(a.m, b.m)}; }
inline FloatMask operator!(FloatMask a) { return {vmvnq_u32(a.m)}; }
inline bool any(FloatMask a) { return vmaxvq_u32(a.m) != 0; }
inline bool all(FloatMask a) { return vminvq_u32(a.m) != 0; }

inline FloatBits bits(FloatV a) { return {vreinterpretq_s32_f32(a.v)}; }
inline FloatV from_bits(FloatBits a) { return vreinterpretq_f32_s32(a.v); }
inline FloatBits whole_bits(int32_t a) { return {vdupq_n_s32(a)}; }
inline FloatBits operator+(FloatBits a, FloatBits b) { return {vaddq_s32(a.v, b.v)}; }
inline FloatBits operator-(FloatBits a, FloatBits b) { return {vsubq_s32(a.v, b.v)}; }
inline FloatBits operator&(FloatBits a, FloatBits b) { return {vandq_s32(a.v, b.v)}; }
template <int N>
FloatBits shift_left(FloatBits a) {
  return {vshlq_n_s32(a.v, N)};
}
// Arithmetic: the sign bit is repeated.
template <int N>
FloatBits shift_right(FloatBits a) {
  return {vshrq_n_s32(a.v, N)};
}
// The integer's value as a float; |a| < 2^24.
inline FloatV to_float(FloatBits a) { return vcvtq_f32_s32(a.v); }

// table[index modulo 16].
inline FloatV lookup(const float* table, FloatBits index) {
  const uint8_t* bytes = reinterpret_cast<const uint8_t*>(table);
  const uint8x16x4_t all = {
      {vld1q_u8(bytes), vld1q_u8(bytes + 16), vld1q_u8(bytes + 32), vld1q_u8(bytes + 48)}};
  const uint32x4_t number = vandq_u32(vreinterpretq_u32_s32(index.v), vdupq_n_u32(15));
  const uint32x4_t first_bytes = vmulq_n_u32(number, 0x04040404u);
  const uint8x16_t at = vreinterpretq_u8_u32(vaddq_u32(first_bytes, vdupq_n_u32(0x03020100u)));
  return vreinterpretq_f32_u8(vqtbl4q_u8(all, at));
}

// table[index modulo 4].
inline FloatV lookup4(const float* table, FloatBits index) {
  const uint32x4_t number = vandq_u32(vreinterpretq_u32_s32(index.v), vdupq_n_u32(3));
  const uint32x4_t first_bytes = vmulq_n_u32(number, 0x04040404u);
  const uint8x16_t at = vreinterpretq_u8_u32(vaddq_u32(first_bytes, vdupq_n_u32(0x03020100u)));
  return vreinterpretq_f32_u8(vqtbl1q_u8(vreinterpretq_u8_f32(vld1q_f32(table)), at));
}

// bfloat16: the upper half of a float, rounded on the bits; a NaN keeps its upper half and becomes quiet.
inline FloatV load_bfloat16(const uint16_t* p) { return vreinterpretq_f32_u32(vshll_n_u16(vld1_u16(p), 16)); }
inline void store_bfloat16(uint16_t* p, FloatV v) {
  const uint32x4_t b = vreinterpretq_u32_f32(v.v);
  const uint32x4_t upper = vshrq_n_u32(b, 16);
  const uint32x4_t odd = vandq_u32(upper, vdupq_n_u32(1));
  const uint32x4_t rounded = vshrq_n_u32(vaddq_u32(b, vaddq_u32(odd, vdupq_n_u32(0x7fff))), 16);
  const uint32x4_t number = vceqq_f32(v.v, v.v);
  vst1_u16(p, vmovn_u32(vbslq_u32(number, rounded, vorrq_u32(upper, vdupq_n_u32(0x40)))));
}
inline void stream_bfloat16(uint16_t* p, FloatV v) { store_bfloat16(p, v); }
inline FloatV load_float16(const uint16_t* p) { return vcvt_f32_f16(vreinterpret_f16_u16(vld1_u16(p))); }
inline void store_float16(uint16_t* p, FloatV v) { vst1_u16(p, vreinterpret_u16_f16(vcvt_f16_f32(v.v))); }
inline void stream_float16(uint16_t* p, FloatV v) { store_float16(p, v); }

}  // namespace hillock::HILLOCK_TARGET

namespace hillock::HILLOCK_TARGET::float64 {

struct DoubleMask {
  uint64x2_t m;
};
struct DoubleBits {
  int64x2_t v;
};

struct DoubleV {
  using Element = double;
  using Mask = DoubleMask;
  using Bits = DoubleBits;
  using Word = int64_t;
  static constexpr int kLanes = 2;

  float64x2_t v;
  DoubleV() = default;
  DoubleV(float64x2_t value) : v(value) {}
  DoubleV(double constant) : v(vdupq_n_f64(constant)) {}

  static DoubleV load(const double* p) { return vld1q_f64(p); }
  // A part of two is one.
  static DoubleV load_part(const double* p, int) { return vsetq_lane_f64(*p, vdupq_n_f64(0), 0); }
  void store(double* p) const { vst1q_f64(p, v); }
  void store_part(double* p, int) const { vst1q_lane_f64(p, v, 0); }
  void stream(double* p) const { vst1q_f64(p, v); }
  // Elements of a row of floats or doubles.
  static DoubleV widen(const float* p) { return vcvt_f64_f32(vld1_f32(p)); }
  static DoubleV widen(const double* p) { return load(p); }
  void narrow(float* p) const { vst1_f32(p, vcvt_f32_f64(v)); }
  void narrow(double* p) const { store(p); }

  friend DoubleV operator+(DoubleV a, DoubleV b) { return vaddq_f64(a.v, b.v); }
  friend DoubleV operator-(DoubleV a, DoubleV b) { return vsubq_f64(a.v, b.v); }
  friend DoubleV operator*(DoubleV a, DoubleV b) { return vmulq_f64(a.v, b.v); }
  friend DoubleV operator/(DoubleV a, DoubleV b) { return vdivq_f64(a.v, b.v); }
  friend DoubleV operator-(DoubleV a) { return vnegq_f64(a.v); }
  friend DoubleMask operator<(DoubleV a, DoubleV b) { return {vcltq_f64(a.v, b.v)}; }
  friend DoubleMask operator>(DoubleV a, DoubleV b) { return {vcgtq_f64(a.v, b.v)}; }
  friend DoubleMask operator<=(DoubleV a, DoubleV b) { return {vcleq_f64(a.v, b.v)}; }
  friend DoubleMask operator>=(DoubleV a, DoubleV b) { return {vcgeq_f64(a.v, b.v)}; }
  friend DoubleMask operator==(DoubleV a, DoubleV b) { return {vceqq_f64(a.v, b.v)}; }
};

inline DoubleV fma(DoubleV a, DoubleV b, DoubleV c) { return vfmaq_f64(c.v, a.v, b.v); }
inline DoubleV sqrt(DoubleV a) { return vsqrtq_f64(a.v); }
inline DoubleV abs(DoubleV a) { return vabsq_f64(a.v); }
inline DoubleV copysign(DoubleV magnitude, DoubleV sign) {
  return vbslq_f64(vdupq_n_u64(UINT64_C(1) << 63), sign.v, magnitude.v);
}
inline DoubleV select(DoubleMask m, DoubleV a, DoubleV b) { return vbslq_f64(m.m, a.v, b.v); }
inline DoubleV at_most(DoubleV a, DoubleV limit) { return select(a > limit, limit, a); }
inline DoubleV at_least(DoubleV a, DoubleV limit) { return select(a < limit, limit, a); }

inline DoubleMask operator&(DoubleMask a, DoubleMask b) { return {vandq_u64(a.m, b.m)}; }
inline DoubleMask operator|(DoubleMask a, DoubleMask b) { return {vorrq_u64(a.m, b.m)}; }
inline DoubleMask operator!(DoubleMask a) { return {veorq_u64(a.m, vdupq_n_u64(UINT64_MAX))}; }
inline bool any(DoubleMask a) { return vmaxvq_u32(vreinterpretq_u32_u64(a.m)) != 0; }

inline DoubleBits bits(DoubleV a) { return {vreinterpretq_s64_f64(a.v)}; }
inline DoubleV from_bits(DoubleBits a) { return vreinterpretq_f64_s64(a.v); }
inline DoubleBits operator+(DoubleBits a, DoubleBits b) { return {vaddq_s64(a.v, b.v)}; }
template <int N>
DoubleBits shift_left(DoubleBits a) {
  return {vshlq_n_s64(a.v, N)};
}

}  // namespace hillock::HILLOCK_TARGET::float64
