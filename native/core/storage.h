// How a loop reaches its elements, and kernels over elements that are stored in 16 bits: a block is widened
// into the first-level cache, the float kernel runs on it there, and the result is rounded once on its way
// out. Formulas need not be compiled again; those of cost.h are, for they cost less than that detour.
#pragma once
#include <stdint.h>

#include "core/halves.h"
#include "core/kernel.h"

namespace hillock::HILLOCK_TARGET {

// Streaming stores fault off their alignment, and whole elements reach it only from an aligned one: Java
// slices buffers at any byte.
template <class T>
bool can_stream(const T* out) {
  return reinterpret_cast<uintptr_t>(out) % sizeof(T) == 0;
}

// Elements as V itself loads and stores them.
template <class V>
struct Plain {
  using Element = typename V::Element;
  static V load(const Element* p) { return V::load(p); }
  static V load_part(const Element* p, int count) { return V::load_part(p, count); }
  static void store(Element* p, V v) { v.store(p); }
  static void store_part(Element* p, V v, int count) { v.store_part(p, count); }
  static void stream(Element* p, V v) { v.stream(p); }
  static void store(Element* p, V low, V high) {
    low.store(p);
    high.store(p + V::kLanes);
  }
  static void stream(Element* p, V low, V high) {
    low.stream(p);
    high.stream(p + V::kLanes);
  }
};

// Two vectors, where a target has no way to put them into one register.
template <class V>
void store_bfloat16(uint16_t* p, V low, V high) {
  store_bfloat16(p, low);
  store_bfloat16(p + V::kLanes, high);
}
template <class V>
void stream_bfloat16(uint16_t* p, V low, V high) {
  stream_bfloat16(p, low);
  stream_bfloat16(p + V::kLanes, high);
}

struct Bfloat16Bits {
  static FloatV load(const uint16_t* p) { return load_bfloat16(p); }
  static void store(uint16_t* p, FloatV v) { store_bfloat16(p, v); }
  static void stream(uint16_t* p, FloatV v) { stream_bfloat16(p, v); }
  static void store(uint16_t* p, FloatV low, FloatV high) { store_bfloat16(p, low, high); }
  static void stream(uint16_t* p, FloatV low, FloatV high) { stream_bfloat16(p, low, high); }
  static float load_one(uint16_t h) { return from_bfloat16(h); }
  static uint16_t store_one(float f) { return to_bfloat16(f); }
};

struct Float16Bits {
  static FloatV load(const uint16_t* p) { return load_float16(p); }
  static void store(uint16_t* p, FloatV v) { store_float16(p, v); }
  static void stream(uint16_t* p, FloatV v) { stream_float16(p, v); }
  static void store(uint16_t* p, FloatV low, FloatV high) {
    store(p, low);
    store(p + FloatV::kLanes, high);
  }
  static void stream(uint16_t* p, FloatV low, FloatV high) {
    stream(p, low);
    stream(p + FloatV::kLanes, high);
  }
  static float load_one(uint16_t h) { return from_float16(h); }
  static uint16_t store_one(float f) { return to_float16(f); }
};

// A tail goes one element at a time through memory, in a function of its own: there would be many copies.
template <class Bits>
struct Narrow : Bits {
  using Element = uint16_t;
  [[gnu::noinline]] static FloatV load_part(const uint16_t* p, int count) {
    alignas(64) float wide[FloatV::kLanes] = {};
    for (int i = 0; i < count; i++) wide[i] = Bits::load_one(p[i]);
    return FloatV::load(wide);
  }
  [[gnu::noinline]] static void store_part(uint16_t* p, FloatV v, int count) {
    alignas(64) float wide[FloatV::kLanes];
    v.store(wide);
    for (int i = 0; i < count; i++) p[i] = Bits::store_one(wide[i]);
  }
};
using Bfloat16 = Narrow<Bfloat16Bits>;
using Float16 = Narrow<Float16Bits>;

// While one block is computed the next is on its way from memory.
constexpr int64_t kBlock = 1024;
constexpr int64_t kAhead = 1024;

template <class Storage>
void widen(const uint16_t* from, float* to, int64_t length) {
  int64_t i = 0;
#pragma GCC unroll 4
  for (; i + FloatV::kLanes <= length; i += FloatV::kLanes) {
    __builtin_prefetch(from + i + kAhead);
    Storage::load(from + i).store(to + i);
  }
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
  constexpr uintptr_t kLineBytes = 64;
  stream = stream && can_stream(out);
  alignas(64) float x_block[kBlock];
  alignas(64) float dy_block[kBlock];
  // The first block ends where a cache line of the output begins.
  int64_t count = kBlock - static_cast<int64_t>(reinterpret_cast<uintptr_t>(out) % kLineBytes / sizeof *out);
  for (int64_t i = 0; i < length; i += count, count = kBlock) {
    if (count > length - i) count = length - i;
    widen<Storage>(x + i, x_block, count);
    if (dy != nullptr) widen<Storage>(dy + i, dy_block, count);
    kernel(parameters, x_block, dy_block, x_block, count, {});
    narrow<Storage>(x_block, out + i, count, stream && i > 0);
  }
}

template <EltwiseKernel kKernel, bool kBinary, class Storage>
void stored(const double* parameters, const void* x, const void* dy, void* out, int64_t length, Walk walk) {
  run_stored<Storage>(kKernel, parameters, static_cast<const uint16_t*>(x),
                      kBinary ? static_cast<const uint16_t*>(dy) : nullptr, static_cast<uint16_t*>(out),
                      length, walk.stream);
}

}  // namespace hillock::HILLOCK_TARGET
