// V on AVX-512 (F, BW, DQ, VL): 16 floats or 8 doubles, masks in mask registers, tails by masked loads.
#pragma once
#include <immintrin.h>
#include <stdint.h>

namespace hillock::HILLOCK_TARGET {

// GCC 12 warns of an uninitialised operand in the plain forms of some intrinsics (its bug 105593); the masked
// forms with every lane set compile to the same instruction.
constexpr __mmask16 kAll = 0xffff;

struct FloatMask {
  __mmask16 m;
};
struct FloatBits {
  __m512i v;
};

struct FloatV {
  using Element = float;
  using Mask = FloatMask;
  using Bits = FloatBits;
  using Word = int32_t;
  static constexpr int kLanes = 16;

  __m512 v;
  FloatV() = default;
  FloatV(__m512 value) : v(value) {}
  FloatV(double constant) : v(_mm512_set1_ps(static_cast<float>(constant))) {}

  static FloatV load(const float* p) { return _mm512_loadu_ps(p); }
  static FloatV load_part(const float* p, int count) {
    return _mm512_maskz_loadu_ps(static_cast<__mmask16>((1u << count) - 1), p);
  }
  // The first count lanes from memory, the others rest's.
  static FloatV load_part(const float* p, int count, FloatV rest) {
    return _mm512_mask_loadu_ps(rest.v, static_cast<__mmask16>((1u << count) - 1), p);
  }
  void store(float* p) const { _mm512_storeu_ps(p, v); }
  void store_part(float* p, int count) const {
    _mm512_mask_storeu_ps(p, static_cast<__mmask16>((1u << count) - 1), v);
  }
  // p is aligned to 64 bytes; whoever started the loop orders what it stored, see walk.h.
  void stream(float* p) const { _mm512_stream_ps(p, v); }

  friend FloatV operator+(FloatV a, FloatV b) { return _mm512_add_ps(a.v, b.v); }
  friend FloatV operator-(FloatV a, FloatV b) { return _mm512_sub_ps(a.v, b.v); }
  friend FloatV operator*(FloatV a, FloatV b) { return _mm512_mul_ps(a.v, b.v); }
  friend FloatV operator/(FloatV a, FloatV b) { return _mm512_div_ps(a.v, b.v); }
  friend FloatV operator-(FloatV a) { return -a.v; }
  friend FloatMask operator<(FloatV a, FloatV b) { return {_mm512_cmp_ps_mask(a.v, b.v, _CMP_LT_OQ)}; }
  friend FloatMask operator>(FloatV a, FloatV b) { return {_mm512_cmp_ps_mask(a.v, b.v, _CMP_GT_OQ)}; }
  friend FloatMask operator<=(FloatV a, FloatV b) { return {_mm512_cmp_ps_mask(a.v, b.v, _CMP_LE_OQ)}; }
  friend FloatMask operator>=(FloatV a, FloatV b) { return {_mm512_cmp_ps_mask(a.v, b.v, _CMP_GE_OQ)}; }
  friend FloatMask operator==(FloatV a, FloatV b) { return {_mm512_cmp_ps_mask(a.v, b.v, _CMP_EQ_OQ)}; }
};

// In a register from here on: the compiler would load a again wherever an instruction takes it from memory.
inline FloatV held(FloatV a) {
  asm("" : "+v"(a.v));
  return a;
}

// Loaded here, whatever becomes of it.
inline void fetch(FloatV a) { asm volatile("" : : "v"(a.v)); }

inline FloatV fma(FloatV a, FloatV b, FloatV c) { return _mm512_fmadd_ps(a.v, b.v, c.v); }
inline FloatV sqrt(FloatV a) { return _mm512_maskz_sqrt_ps(kAll, a.v); }
inline FloatV abs(FloatV a) { return _mm512_abs_ps(a.v); }
inline FloatV copysign(FloatV magnitude, FloatV sign) {
  const __m512i low = _mm512_set1_epi32(INT32_MAX);
  return _mm512_castsi512_ps(
      _mm512_ternarylogic_epi32(low, _mm512_castps_si512(magnitude.v), _mm512_castps_si512(sign.v), 0xca));
}
inline FloatV select(FloatMask m, FloatV a, FloatV b) { return _mm512_mask_blend_ps(m.m, b.v, a.v); }
// select(a > limit, limit, a) and select(a < limit, limit, a): a NaN or an equal zero in a stays, for that is
// what the instruction does with its second operand.
inline FloatV at_most(FloatV a, FloatV limit) { return _mm512_maskz_min_ps(kAll, limit.v, a.v); }
inline FloatV at_least(FloatV a, FloatV limit) { return _mm512_maskz_max_ps(kAll, limit.v, a.v); }
// Of both the smaller magnitude, without its sign.
inline FloatV abs_at_most(FloatV a, double limit) {
  return _mm512_maskz_range_ps(kAll, a.v, FloatV(limit).v, 0xa);
}

inline FloatMask operator&(FloatMask a, FloatMask b) { return {_kand_mask16(a.m, b.m)}; }
inline FloatMask operator|(FloatMask a, FloatMask b) { return {_kor_mask16(a.m, b.m)}; }
inline FloatMask operator!(FloatMask a) { return {_knot_mask16(a.m)}; }
inline bool any(FloatMask a) { return a.m != 0; }
inline bool all(FloatMask a) { return a.m == kAll; }

inline FloatBits bits(FloatV a) { return {_mm512_castps_si512(a.v)}; }
inline FloatV from_bits(FloatBits a) { return _mm512_castsi512_ps(a.v); }
inline FloatBits whole_bits(int32_t a) { return {_mm512_set1_epi32(a)}; }
inline FloatBits operator+(FloatBits a, FloatBits b) { return {_mm512_add_epi32(a.v, b.v)}; }
inline FloatBits operator-(FloatBits a, FloatBits b) { return {_mm512_sub_epi32(a.v, b.v)}; }
inline FloatBits operator&(FloatBits a, FloatBits b) { return {_mm512_and_si512(a.v, b.v)}; }
template <int N>
FloatBits shift_left(FloatBits a) {
  return {_mm512_maskz_slli_epi32(kAll, a.v, N)};
}
// Arithmetic: the sign bit is repeated.
template <int N>
FloatBits shift_right(FloatBits a) {
  return {_mm512_maskz_srai_epi32(kAll, a.v, N)};
}
// The integer's value as a float; |a| < 2^24.
inline FloatV to_float(FloatBits a) { return _mm512_maskz_cvtepi32_ps(kAll, a.v); }

// table[index modulo 16], for a table aligned to 64 bytes.
inline FloatV lookup(const float* table, FloatBits index) {
  return _mm512_maskz_permutexvar_ps(kAll, index.v, _mm512_load_ps(table));
}

// table[index modulo 4], for a table that stands four times in 64 bytes.
inline FloatV lookup4(const float* table, FloatBits index) {
  return _mm512_maskz_permutevar_ps(kAll, _mm512_load_ps(table), index.v);
}

// bfloat16: the upper half of a float, rounded on the bits; a NaN keeps its upper half and becomes quiet.
inline FloatV load_bfloat16(const uint16_t* p) {
  const __m512i low =
      _mm512_maskz_cvtepu16_epi32(kAll, _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p)));
  return _mm512_castsi512_ps(_mm512_maskz_slli_epi32(kAll, low, 16));
}
inline __m256i narrow_bfloat16(FloatV v) {
  const __m512i b = _mm512_castps_si512(v.v);
  const __m512i upper = _mm512_maskz_srli_epi32(kAll, b, 16);
  const __m512i odd = _mm512_and_si512(upper, _mm512_set1_epi32(1));
  const __m512i rounded = _mm512_maskz_srli_epi32(
      kAll, _mm512_add_epi32(b, _mm512_add_epi32(odd, _mm512_set1_epi32(0x7fff))), 16);
  const __mmask16 nan = _mm512_cmp_ps_mask(v.v, v.v, _CMP_UNORD_Q);
  return _mm512_maskz_cvtepi32_epi16(kAll,
                                     _mm512_mask_or_epi32(rounded, nan, upper, _mm512_set1_epi32(0x40)));
}
inline void store_bfloat16(uint16_t* p, FloatV v) {
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(p), narrow_bfloat16(v));
}
inline void stream_bfloat16(uint16_t* p, FloatV v) {
  _mm256_stream_si256(reinterpret_cast<__m256i*>(p), narrow_bfloat16(v));
}
// The same in the upper half of each float.
inline __m512i round_bfloat16(FloatV v) {
  const __m512i b = _mm512_castps_si512(v.v);
  const __m512i odd = _mm512_and_si512(_mm512_maskz_srli_epi32(kAll, b, 16), _mm512_set1_epi32(1));
  const __m512i rounded = _mm512_add_epi32(b, _mm512_add_epi32(odd, _mm512_set1_epi32(0x7fff)));
  const __mmask16 nan = _mm512_cmp_ps_mask(v.v, v.v, _CMP_UNORD_Q);
  return _mm512_mask_or_epi32(rounded, nan, b, _mm512_set1_epi32(0x400000));
}
// A whole cache line.
inline __m512i narrow_bfloat16(FloatV low, FloatV high) {
  alignas(64) static constexpr uint16_t kUpper[] = {1,  3,  5,  7,  9,  11, 13, 15, 17, 19, 21,
                                                    23, 25, 27, 29, 31, 33, 35, 37, 39, 41, 43,
                                                    45, 47, 49, 51, 53, 55, 57, 59, 61, 63};
  return _mm512_permutex2var_epi16(round_bfloat16(low), _mm512_load_si512(kUpper), round_bfloat16(high));
}
inline void store_bfloat16(uint16_t* p, FloatV low, FloatV high) {
  _mm512_storeu_si512(p, narrow_bfloat16(low, high));
}
inline void stream_bfloat16(uint16_t* p, FloatV low, FloatV high) {
  _mm512_stream_si512(reinterpret_cast<__m512i*>(p), narrow_bfloat16(low, high));
}
inline FloatV load_float16(const uint16_t* p) {
  return _mm512_maskz_cvtph_ps(kAll, _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p)));
}
inline void store_float16(uint16_t* p, FloatV v) {
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(p),
                      _mm512_maskz_cvtps_ph(kAll, v.v, _MM_FROUND_TO_NEAREST_INT));
}
inline void stream_float16(uint16_t* p, FloatV v) {
  _mm256_stream_si256(reinterpret_cast<__m256i*>(p),
                      _mm512_maskz_cvtps_ph(kAll, v.v, _MM_FROUND_TO_NEAREST_INT));
}

}  // namespace hillock::HILLOCK_TARGET

namespace hillock::HILLOCK_TARGET::float64 {

constexpr __mmask8 kAll = 0xff;

struct DoubleMask {
  __mmask8 m;
};
struct DoubleBits {
  __m512i v;
};

struct DoubleV {
  using Element = double;
  using Mask = DoubleMask;
  using Bits = DoubleBits;
  using Word = int64_t;
  static constexpr int kLanes = 8;

  __m512d v;
  DoubleV() = default;
  DoubleV(__m512d value) : v(value) {}
  DoubleV(double constant) : v(_mm512_set1_pd(constant)) {}

  static DoubleV load(const double* p) { return _mm512_loadu_pd(p); }
  static DoubleV load_part(const double* p, int count) {
    return _mm512_maskz_loadu_pd(static_cast<__mmask8>((1u << count) - 1), p);
  }
  void store(double* p) const { _mm512_storeu_pd(p, v); }
  void store_part(double* p, int count) const {
    _mm512_mask_storeu_pd(p, static_cast<__mmask8>((1u << count) - 1), v);
  }
  void stream(double* p) const { _mm512_stream_pd(p, v); }
  // Elements of a row of floats or doubles.
  static DoubleV widen(const float* p) { return _mm512_maskz_cvtps_pd(0xff, _mm256_loadu_ps(p)); }
  static DoubleV widen(const double* p) { return load(p); }
  void narrow(float* p) const { _mm256_storeu_ps(p, _mm512_maskz_cvtpd_ps(0xff, v)); }
  void narrow(double* p) const { store(p); }

  friend DoubleV operator+(DoubleV a, DoubleV b) { return _mm512_add_pd(a.v, b.v); }
  friend DoubleV operator-(DoubleV a, DoubleV b) { return _mm512_sub_pd(a.v, b.v); }
  friend DoubleV operator*(DoubleV a, DoubleV b) { return _mm512_mul_pd(a.v, b.v); }
  friend DoubleV operator/(DoubleV a, DoubleV b) { return _mm512_div_pd(a.v, b.v); }
  friend DoubleV operator-(DoubleV a) { return -a.v; }
  friend DoubleMask operator<(DoubleV a, DoubleV b) { return {_mm512_cmp_pd_mask(a.v, b.v, _CMP_LT_OQ)}; }
  friend DoubleMask operator>(DoubleV a, DoubleV b) { return {_mm512_cmp_pd_mask(a.v, b.v, _CMP_GT_OQ)}; }
  friend DoubleMask operator<=(DoubleV a, DoubleV b) { return {_mm512_cmp_pd_mask(a.v, b.v, _CMP_LE_OQ)}; }
  friend DoubleMask operator>=(DoubleV a, DoubleV b) { return {_mm512_cmp_pd_mask(a.v, b.v, _CMP_GE_OQ)}; }
  friend DoubleMask operator==(DoubleV a, DoubleV b) { return {_mm512_cmp_pd_mask(a.v, b.v, _CMP_EQ_OQ)}; }
};

inline void fetch(DoubleV a) { asm volatile("" : : "v"(a.v)); }

inline DoubleV fma(DoubleV a, DoubleV b, DoubleV c) { return _mm512_fmadd_pd(a.v, b.v, c.v); }
inline DoubleV sqrt(DoubleV a) { return _mm512_maskz_sqrt_pd(kAll, a.v); }
inline DoubleV abs(DoubleV a) { return _mm512_abs_pd(a.v); }
inline DoubleV copysign(DoubleV magnitude, DoubleV sign) {
  const __m512i low = _mm512_set1_epi64(INT64_MAX);
  return _mm512_castsi512_pd(
      _mm512_ternarylogic_epi64(low, _mm512_castpd_si512(magnitude.v), _mm512_castpd_si512(sign.v), 0xca));
}
inline DoubleV select(DoubleMask m, DoubleV a, DoubleV b) { return _mm512_mask_blend_pd(m.m, b.v, a.v); }
inline DoubleV at_most(DoubleV a, DoubleV limit) { return _mm512_maskz_min_pd(kAll, limit.v, a.v); }
inline DoubleV at_least(DoubleV a, DoubleV limit) { return _mm512_maskz_max_pd(kAll, limit.v, a.v); }

inline DoubleMask operator&(DoubleMask a, DoubleMask b) { return {_kand_mask8(a.m, b.m)}; }
inline DoubleMask operator|(DoubleMask a, DoubleMask b) { return {_kor_mask8(a.m, b.m)}; }
inline DoubleMask operator!(DoubleMask a) { return {_knot_mask8(a.m)}; }
inline bool any(DoubleMask a) { return a.m != 0; }

inline DoubleBits bits(DoubleV a) { return {_mm512_castpd_si512(a.v)}; }
inline DoubleV from_bits(DoubleBits a) { return _mm512_castsi512_pd(a.v); }
inline DoubleBits operator+(DoubleBits a, DoubleBits b) { return {_mm512_add_epi64(a.v, b.v)}; }
template <int N>
DoubleBits shift_left(DoubleBits a) {
  return {_mm512_maskz_slli_epi64(kAll, a.v, N)};
}

}  // namespace hillock::HILLOCK_TARGET::float64
