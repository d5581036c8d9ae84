// A function fused with a second operand: f(x) times it, or f of the sum with it. Blocks that stay in the
// first-level cache go through the function's own forward kernel, so no formula is compiled again and the
// bits are those of the two steps.
#pragma once
#include "core/loop.h"

namespace hillock::HILLOCK_TARGET {

// Short, so that the next operands come from memory while a block is computed: 1024 was slower.
constexpr int64_t kFusedBlock = 256;

[[gnu::noinline, gnu::noclone]] inline void product(const float* a, const float* b, float* out,
                                                    int64_t length, bool stream) {
  map<FloatV, HILLOCK_UNROLL, true, Plain<FloatV>>(a, b, out, length, stream,
                                                   [](FloatV u, FloatV v) { return v * u; });
}

[[gnu::noinline, gnu::noclone]] inline void sum(const float* a, const float* b, float* out, int64_t length) {
  map<FloatV, HILLOCK_UNROLL, true, Plain<FloatV>>(a, b, out, length, false,
                                                   [](FloatV u, FloatV v) { return u + v; });
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

[[gnu::noinline, gnu::noclone]] inline void times(EltwiseKernel forward, const double* p, const float* x,
                                                  const float* operand, float* out, int64_t length,
                                                  bool stream) {
  alignas(64) float block[kFusedBlock];
  for_each_block(length, [&](int64_t i, int64_t count) {
    forward(p, x + i, nullptr, block, count, false);
    product(block, operand + i, out + i, count, stream);
  });
}

[[gnu::noinline, gnu::noclone]] inline void plus(EltwiseKernel forward, const double* p, const float* x,
                                                 const float* operand, float* out, int64_t length,
                                                 bool stream) {
  alignas(64) float block[kFusedBlock];
  for_each_block(length, [&](int64_t i, int64_t count) {
    sum(x + i, operand + i, block, count);
    prefetch_block(x + i + kFusedBlock);
    prefetch_block(operand + i + kFusedBlock);
    forward(p, block, nullptr, out + i, count, stream);
  });
}

template <EltwiseKernel kForward>
void times_operand(const double* p, const void* x, const void* operand, void* out, int64_t length,
                   bool stream) {
  times(kForward, p, static_cast<const float*>(x), static_cast<const float*>(operand),
        static_cast<float*>(out), length, stream);
}

template <EltwiseKernel kForward>
void plus_operand(const double* p, const void* x, const void* operand, void* out, int64_t length,
                  bool stream) {
  plus(kForward, p, static_cast<const float*>(x), static_cast<const float*>(operand),
       static_cast<float*>(out), length, stream);
}

}  // namespace hillock::HILLOCK_TARGET
