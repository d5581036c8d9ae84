// A function fused with a second operand: f(x) times it, or f of the sum with it; the bits are those of the
// two steps. Most functions go in blocks that stay in the first-level cache through their own forward kernel,
// so that no formula is compiled again.
#pragma once
#include "core/cost.h"
#include "core/formulas/exponential.h"
#include "core/formulas/tabulated.h"
#include "core/loop.h"

namespace hillock::HILLOCK_TARGET {

// Short, so that the next operands come from memory while a block is computed: 1024 was slower. Nothing here
// is streamed: a fence after every block took twice the time of the stores it saved.
constexpr int64_t kFusedBlock = 256;

HILLOCK_SHARED inline void product(const float* a, const float* b, float* out, int64_t length) {
  map<FloatV, HILLOCK_SIDE_BY_SIDE, true, Plain<FloatV>>(a, b, out, length, {},
                                                         [](auto u, auto v) { return v * u; });
}

HILLOCK_SHARED inline void sum(const float* a, const float* b, float* out, int64_t length) {
  map<FloatV, HILLOCK_SIDE_BY_SIDE, true, Plain<FloatV>>(a, b, out, length, {},
                                                         [](auto u, auto v) { return u + v; });
}

// While a block is computed, what the next one adds is on its way from memory.
inline void prefetch_block(const float* p) {
  constexpr int64_t kLine = 16;
  for (int64_t i = 0; i < kFusedBlock; i += kLine) __builtin_prefetch(p + i);
}

// op(first, count) for one block after the other.
template <class Op>
void for_each_block(int64_t length, Op op) {
  for (int64_t i = 0; i < length; i += kFusedBlock) {
    op(i, length - i < kFusedBlock ? length - i : kFusedBlock);
  }
}

HILLOCK_SHARED inline void times(EltwiseKernel forward, const double* p, const float* x, const float* operand,
                                 float* out, int64_t length) {
  alignas(64) float block[kFusedBlock];
  for_each_block(length, [&](int64_t i, int64_t count) {
    forward(p, x + i, nullptr, block, count, {});
    product(block, operand + i, out + i, count);
  });
}

HILLOCK_SHARED inline void plus(EltwiseKernel forward, const double* p, const float* x, const float* operand,
                                float* out, int64_t length) {
  alignas(64) float block[kFusedBlock];
  for_each_block(length, [&](int64_t i, int64_t count) {
    sum(x + i, operand + i, block, count);
    prefetch_block(x + i + kFusedBlock);
    prefetch_block(operand + i + kFusedBlock);
    forward(p, block, nullptr, out + i, count, {});
  });
}

// What is fused most often, and what is as short as the detour, has loops of its own; the others would only
// make the library larger.
template <class F>
constexpr bool kOnePass = kLight<F>;
template <>
constexpr bool kOnePass<Sigmoid> = true;
template <>
constexpr bool kOnePass<Silu> = true;
template <>
constexpr bool kOnePass<Gelu> = true;
template <>
constexpr bool kOnePass<GeluTanh> = true;
template <>
constexpr bool kOnePass<Tanh> = true;
template <>
constexpr bool kOnePass<Elu> = true;

template <class Kernels>
struct FusedKernels;

template <class F, class V, int kSideBySide, size_t... I>
struct FusedKernels<EltwiseKernels<F, V, kSideBySide, I...>> {
  static constexpr bool kHere = kOnePass<F> && !kSmallCode;
  using Kernels = EltwiseKernels<F, V, kSideBySide, I...>;
  static constexpr int kVectors = Kernels::template kVectors<Plain<V>>;
  static constexpr EltwiseKernel kForward = Kernels::template forward<Plain<V>>;

  static void times_operand(const double* p, const void* x, const void* operand, void* out, int64_t length,
                            Walk walk) {
    const auto *a = static_cast<const float*>(x), *b = static_cast<const float*>(operand);
    if constexpr (kHere) {
      const V parameter[] = {V(p[I])..., V(0.0)};
      (void)parameter;
      map_forward<F, V, kVectors, true, Plain<V>>(
          a, b, static_cast<float*>(out), length, walk, [](auto v, auto) { return v; },
          [](auto y, auto u) { return u * y; }, parameter[I]...);
    } else {
      times(kForward, p, a, b, static_cast<float*>(out), length);
    }
  }

  static void plus_operand(const double* p, const void* x, const void* operand, void* out, int64_t length,
                           Walk walk) {
    const auto *a = static_cast<const float*>(x), *b = static_cast<const float*>(operand);
    if constexpr (kHere) {
      const V parameter[] = {V(p[I])..., V(0.0)};
      (void)parameter;
      map_forward<F, V, kVectors, true, Plain<V>>(
          a, b, static_cast<float*>(out), length, walk, [](auto v, auto u) { return v + u; },
          [](auto y, auto) { return y; }, parameter[I]...);
    } else {
      plus(kForward, p, a, b, static_cast<float*>(out), length);
    }
  }
};

}  // namespace hillock::HILLOCK_TARGET
