// V on AVX2 and FMA: 8 floats, masks as vectors of all-ones lanes, tails by masked loads.
#pragma once
#include <immintrin.h>
#include <stdint.h>

namespace hillock::HILLOCK_TARGET {

struct FloatMask {
  __m256 m;
};
struct FloatBits {
  __m256i v;
};

// Eight lanes starting at kPartMasks + 8 - count: the first count of them are set.
alignas(32) static const int32_t kPartMasks[16] = {-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0};

struct FloatV {
  using Element = float;
  using Mask = FloatMask;
  using Bits = FloatBits;
  using Word = int32_t;
  static constexpr int kLanes = 8;

  __m256 v;
  FloatV() = default;
  FloatV(__m256 value) : v(value) {}
  FloatV(double constant) : v(_mm256_set1_ps(static_cast<float>(constant))) {}

  static __m256i part(int count) {
    return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(kPartMasks + 8 - count));
  }
  static FloatV load(const float* p) { return _mm256_loadu_ps(p); }
  static FloatV load_part(const float* p, int count) { return _mm256_maskload_ps(p, part(count)); }
  // The first count lanes from memory, the others rest's.
  static FloatV load_part(const float* p, int count, FloatV rest) {
    const __m256i mask = part(count);
    return _mm256_blendv_ps(rest.v, _mm256_maskload_ps(p, mask), _mm256_castsi256_ps(mask));
  }
  void store(float* p) const { _mm256_storeu_ps(p, v); }
  void store_part(float* p, int count) const { _mm256_maskstore_ps(p, part(count), v); }
  // p is aligned to 32 bytes; whoever started the loop orders what it stored, see walk.h.
  void stream(float* p) const { _mm256_stream_ps(p, v); }

  friend FloatV operator+(FloatV a, FloatV b) { return _mm256_add_ps(a.v, b.v); }
  friend FloatV operator-(FloatV a, FloatV b) { return _mm256_sub_ps(a.v, b.v); }
  friend FloatV operator*(FloatV a, FloatV b) { return _mm256_mul_ps(a.v, b.v); }
  friend FloatV operator/(FloatV a, FloatV b) { return _mm256_div_ps(a.v, b.v); }
  friend FloatV operator-(FloatV a) { return _mm256_xor_ps(a.v, _mm256_set1_ps(-0.0f)); }
  friend FloatMask operator<(FloatV a, FloatV b) { return {_mm256_cmp_ps(a.v, b.v, _CMP_LT_OQ)}; }
  friend FloatMask operator>(FloatV a, FloatV b) { return {_mm256_cmp_ps(a.v, b.v, _CMP_GT_OQ)}; }
  friend FloatMask operator<=(FloatV a, FloatV b) { return {_mm256_cmp_ps(a.v, b.v, _CMP_LE_OQ)}; }
  friend FloatMask operator>=(FloatV a, FloatV b) { return {_mm256_cmp_ps(a.v, b.v, _CMP_GE_OQ)}; }
  friend FloatMask operator==(FloatV a, FloatV b) { return {_mm256_cmp_ps(a.v, b.v, _CMP_EQ_OQ)}; }
};

inline FloatV fma(FloatV a, FloatV b, FloatV c) { return _mm256_fmadd_ps(a.v, b.v, c.v); }
inline FloatV sqrt(FloatV a) { return _mm256_sqrt_ps(a.v); }
inline FloatV abs(FloatV a) { return _mm256_andnot_ps(_mm256_set1_ps(-0.0f), a.v); }
inline FloatV copysign(FloatV magnitude, FloatV sign) {
  const __m256 high = _mm256_set1_ps(-0.0f);
  return _mm256_or_ps(_mm256_andnot_ps(high, magnitude.v), _mm256_and_ps(high, sign.v));
}
inline FloatV select(FloatMask m, FloatV a, FloatV b) { return _mm256_blendv_ps(b.v, a.v, m.m); }
// select(a > limit, limit, a) and select(a < limit, limit, a): a NaN or an equal zero in a stays, for that is
// what the instruction does with its second operand.
inline FloatV at_most(FloatV a, FloatV limit) { return _mm256_min_ps(limit.v, a.v); }
inline FloatV at_least(FloatV a, FloatV limit) { return _mm256_max_ps(limit.v, a.v); }

inline FloatMask operator&(FloatMask a, FloatMask b) { return {_mm256_and_ps(a.m, b.m)}; }
inline FloatMask operator|(FloatMask a, FloatMask b) { return {_mm256_or_ps(a.m, b.m)}; }
inline FloatMask operator!(FloatMask a) {
  return {_mm256_xor_ps(a.m, _mm256_castsi256_ps(_mm256_set1_epi32(-1)))};
}
inline bool any(FloatMask a) { return _mm256_movemask_ps(a.m) != 0; }
inline bool all(FloatMask a) { return _mm256_movemask_ps(a.m) == 0xff; }

inline FloatBits bits(FloatV a) { return {_mm256_castps_si256(a.v)}; }
inline FloatV from_bits(FloatBits a) { return _mm256_castsi256_ps(a.v); }
inline FloatBits whole_bits(int32_t a) { return {_mm256_set1_epi32(a)}; }
inline FloatBits operator+(FloatBits a, FloatBits b) { return {_mm256_add_epi32(a.v, b.v)}; }
inline FloatBits operator-(FloatBits a, FloatBits b) { return {_mm256_sub_epi32(a.v, b.v)}; }
inline FloatBits operator&(FloatBits a, FloatBits b) { return {_mm256_and_si256(a.v, b.v)}; }
template <int N>
FloatBits shift_left(FloatBits a) {
  return {_mm256_slli_epi32(a.v, N)};
}
// Arithmetic: the sign bit is repeated.
template <int N>
FloatBits shift_right(FloatBits a) {
  return {_mm256_srai_epi32(a.v, N)};
}
// The integer's value as a float; |a| < 2^24.
inline FloatV to_float(FloatBits a) { return _mm256_cvtepi32_ps(a.v); }

// table[index modulo 16], for a table aligned to 32 bytes.
inline FloatV lookup(const float* table, FloatBits index) {
  const __m256 low = _mm256_permutevar8x32_ps(_mm256_load_ps(table), index.v);
  const __m256 high = _mm256_permutevar8x32_ps(_mm256_load_ps(table + 8), index.v);
  return _mm256_blendv_ps(low, high, _mm256_castsi256_ps(_mm256_slli_epi32(index.v, 28)));
}

// table[index modulo 4], for a table that stands twice in 32 bytes.
inline FloatV lookup4(const float* table, FloatBits index) {
  return _mm256_permutevar_ps(_mm256_load_ps(table), index.v);
}

// bfloat16: the upper half of a float, rounded on the bits; a NaN keeps its upper half and becomes quiet.
inline FloatV load_bfloat16(const uint16_t* p) {
  const __m256i low = _mm256_cvtepu16_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p)));
  return _mm256_castsi256_ps(_mm256_slli_epi32(low, 16));
}
inline __m128i narrow_bfloat16(FloatV v) {
  const __m256i b = _mm256_castps_si256(v.v);
  const __m256i upper = _mm256_srli_epi32(b, 16);
  const __m256i odd = _mm256_and_si256(upper, _mm256_set1_epi32(1));
  const __m256i rounded =
      _mm256_srli_epi32(_mm256_add_epi32(b, _mm256_add_epi32(odd, _mm256_set1_epi32(0x7fff))), 16);
  const __m256i quiet = _mm256_or_si256(upper, _mm256_set1_epi32(0x40));
  const __m256i nan = _mm256_castps_si256(_mm256_cmp_ps(v.v, v.v, _CMP_UNORD_Q));
  const __m256i words = _mm256_blendv_epi8(rounded, quiet, nan);
  const __m256i packed = _mm256_packus_epi32(words, words);
  return _mm256_castsi256_si128(_mm256_permute4x64_epi64(packed, 0x08));
}
inline void store_bfloat16(uint16_t* p, FloatV v) {
  _mm_storeu_si128(reinterpret_cast<__m128i*>(p), narrow_bfloat16(v));
}
inline void stream_bfloat16(uint16_t* p, FloatV v) {
  _mm_stream_si128(reinterpret_cast<__m128i*>(p), narrow_bfloat16(v));
}
inline FloatV load_float16(const uint16_t* p) {
  return _mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p)));
}
inline void store_float16(uint16_t* p, FloatV v) {
  _mm_storeu_si128(reinterpret_cast<__m128i*>(p), _mm256_cvtps_ph(v.v, _MM_FROUND_TO_NEAREST_INT));
}
inline void stream_float16(uint16_t* p, FloatV v) {
  _mm_stream_si128(reinterpret_cast<__m128i*>(p), _mm256_cvtps_ph(v.v, _MM_FROUND_TO_NEAREST_INT));
}

}  // namespace hillock::HILLOCK_TARGET

namespace hillock::HILLOCK_TARGET::float64 {

struct DoubleMask {
  __m256d m;
};
struct DoubleBits {
  __m256i v;
};

// Four lanes starting at kPartMasks + 4 - count: the first count of them are set.
alignas(32) static const int64_t kPartMasks[8] = {-1, -1, -1, -1, 0, 0, 0, 0};

struct DoubleV {
  using Element = double;
  using Mask = DoubleMask;
  using Bits = DoubleBits;
  using Word = int64_t;
  static constexpr int kLanes = 4;

  __m256d v;
  DoubleV() = default;
  DoubleV(__m256d value) : v(value) {}
  DoubleV(double constant) : v(_mm256_set1_pd(constant)) {}

  static __m256i part(int count) {
    return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(kPartMasks + 4 - count));
  }
  static DoubleV load(const double* p) { return _mm256_loadu_pd(p); }
  static DoubleV load_part(const double* p, int count) { return _mm256_maskload_pd(p, part(count)); }
  void store(double* p) const { _mm256_storeu_pd(p, v); }
  void store_part(double* p, int count) const { _mm256_maskstore_pd(p, part(count), v); }
  void stream(double* p) const { _mm256_stream_pd(p, v); }
  // Elements of a row of floats or doubles.
  static DoubleV widen(const float* p) { return _mm256_cvtps_pd(_mm_loadu_ps(p)); }
  static DoubleV widen(const double* p) { return load(p); }
  void narrow(float* p) const { _mm_storeu_ps(p, _mm256_cvtpd_ps(v)); }
  void narrow(double* p) const { store(p); }

  friend DoubleV operator+(DoubleV a, DoubleV b) { return _mm256_add_pd(a.v, b.v); }
  friend DoubleV operator-(DoubleV a, DoubleV b) { return _mm256_sub_pd(a.v, b.v); }
  friend DoubleV operator*(DoubleV a, DoubleV b) { return _mm256_mul_pd(a.v, b.v); }
  friend DoubleV operator/(DoubleV a, DoubleV b) { return _mm256_div_pd(a.v, b.v); }
  friend DoubleV operator-(DoubleV a) { return _mm256_xor_pd(a.v, _mm256_set1_pd(-0.0)); }
  friend DoubleMask operator<(DoubleV a, DoubleV b) { return {_mm256_cmp_pd(a.v, b.v, _CMP_LT_OQ)}; }
  friend DoubleMask operator>(DoubleV a, DoubleV b) { return {_mm256_cmp_pd(a.v, b.v, _CMP_GT_OQ)}; }
  friend DoubleMask operator<=(DoubleV a, DoubleV b) { return {_mm256_cmp_pd(a.v, b.v, _CMP_LE_OQ)}; }
  friend DoubleMask operator>=(DoubleV a, DoubleV b) { return {_mm256_cmp_pd(a.v, b.v, _CMP_GE_OQ)}; }
  friend DoubleMask operator==(DoubleV a, DoubleV b) { return {_mm256_cmp_pd(a.v, b.v, _CMP_EQ_OQ)}; }
};

inline DoubleV fma(DoubleV a, DoubleV b, DoubleV c) { return _mm256_fmadd_pd(a.v, b.v, c.v); }
inline DoubleV sqrt(DoubleV a) { return _mm256_sqrt_pd(a.v); }
inline DoubleV abs(DoubleV a) { return _mm256_andnot_pd(_mm256_set1_pd(-0.0), a.v); }
inline DoubleV copysign(DoubleV magnitude, DoubleV sign) {
  const __m256d high = _mm256_set1_pd(-0.0);
  return _mm256_or_pd(_mm256_andnot_pd(high, magnitude.v), _mm256_and_pd(high, sign.v));
}
inline DoubleV select(DoubleMask m, DoubleV a, DoubleV b) { return _mm256_blendv_pd(b.v, a.v, m.m); }
inline DoubleV at_most(DoubleV a, DoubleV limit) { return _mm256_min_pd(limit.v, a.v); }
inline DoubleV at_least(DoubleV a, DoubleV limit) { return _mm256_max_pd(limit.v, a.v); }

inline DoubleMask operator&(DoubleMask a, DoubleMask b) { return {_mm256_and_pd(a.m, b.m)}; }
inline DoubleMask operator|(DoubleMask a, DoubleMask b) { return {_mm256_or_pd(a.m, b.m)}; }
inline DoubleMask operator!(DoubleMask a) {
  return {_mm256_xor_pd(a.m, _mm256_castsi256_pd(_mm256_set1_epi32(-1)))};
}
inline bool any(DoubleMask a) { return _mm256_movemask_pd(a.m) != 0; }

inline DoubleBits bits(DoubleV a) { return {_mm256_castpd_si256(a.v)}; }
inline DoubleV from_bits(DoubleBits a) { return _mm256_castsi256_pd(a.v); }
inline DoubleBits operator+(DoubleBits a, DoubleBits b) { return {_mm256_add_epi64(a.v, b.v)}; }
template <int N>
DoubleBits shift_left(DoubleBits a) {
  return {_mm256_slli_epi64(a.v, N)};
}

}  // namespace hillock::HILLOCK_TARGET::float64
