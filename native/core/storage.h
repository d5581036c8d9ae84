// Kernels over elements that are stored in 16 bits: a block is widened into the first-level cache, the float
// kernel runs on it there, and the result is rounded once on its way out. No formula is compiled again.
#pragma once
#include <stdint.h>

#include "core/halves.h"
#include "core/kernel.h"

namespace hillock::HILLOCK_TARGET {

struct Bfloat16 {
  static FloatV load(const uint16_t* p) { return load_bfloat16(p); }
  static void store(uint16_t* p, FloatV v) { store_bfloat16(p, v); }
  static void stream(uint16_t* p, FloatV v) { stream_bfloat16(p, v); }
  static float load_one(uint16_t h) { return from_bfloat16(h); }
  static uint16_t store_one(float f) { return to_bfloat16(f); }
};

struct Float16 {
  static FloatV load(const uint16_t* p) { return load_float16(p); }
  static void store(uint16_t* p, FloatV v) { store_float16(p, v); }
  static void stream(uint16_t* p, FloatV v) { stream_float16(p, v); }
  static float load_one(uint16_t h) { return from_float16(h); }
  static uint16_t store_one(float f) { return to_float16(f); }
};

template <class Storage>
void widen(const uint16_t* from, float* to, int64_t length) {
  int64_t i = 0;
  for (; i + FloatV::kLanes <= length; i += FloatV::kLanes) Storage::load(from + i).store(to + i);
  for (; i < length; i++) to[i] = Storage::load_one(from[i]);
}

template <class Storage>
void narrow(const float* from, uint16_t* to, int64_t length, bool stream) {
  int64_t i = 0;
  if (stream) {
    for (; i + FloatV::kLanes <= length; i += FloatV::kLanes) Storage::stream(to + i, FloatV::load(from + i));
  } else {
    for (; i + FloatV::kLanes <= length; i += FloatV::kLanes) Storage::store(to + i, FloatV::load(from + i));
  }
  for (; i < length; i++) to[i] = Storage::store_one(from[i]);
}

template <class Storage>
[[gnu::noinline]] void run_stored(EltwiseKernel kernel, const double* parameters, const uint16_t* x,
                                  const uint16_t* dy, uint16_t* out, int64_t length, bool stream) {
  constexpr int64_t kBlock = 1024;
  constexpr uintptr_t kLineBytes = 64;
  alignas(64) float x_block[kBlock];
  alignas(64) float dy_block[kBlock];
  // The first block ends where a cache line of the output begins.
  int64_t count = kBlock - static_cast<int64_t>(reinterpret_cast<uintptr_t>(out) % kLineBytes / sizeof *out);
  for (int64_t i = 0; i < length; i += count, count = kBlock) {
    if (count > length - i) count = length - i;
    widen<Storage>(x + i, x_block, count);
    if (dy != nullptr) widen<Storage>(dy + i, dy_block, count);
    kernel(parameters, x_block, dy_block, x_block, count, false);
    narrow<Storage>(x_block, out + i, count, stream && i > 0);
  }
  if (stream) store_fence();
}

template <EltwiseKernel kKernel, bool kBinary, class Storage>
void stored(const double* parameters, const void* x, const void* dy, void* out, int64_t length, bool stream) {
  run_stored<Storage>(kKernel, parameters, static_cast<const uint16_t*>(x),
                      kBinary ? static_cast<const uint16_t*>(dy) : nullptr, static_cast<uint16_t*>(out),
                      length, stream);
}

}  // namespace hillock::HILLOCK_TARGET
