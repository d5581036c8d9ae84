// How a loop goes through its arrays.
#pragma once
#include <stdint.h>
#if defined(__x86_64__) || defined(_M_X64)
#include <immintrin.h>
#endif

namespace hillock {

struct Walk {
  bool stream = false;  // stores bypass the caches; who starts the loop orders them
  bool down = false;    // blocks from the last to the first
};

// Elements up to the next cache line.
template <class T>
int64_t to_line(const T* p) {
  constexpr uintptr_t kLineBytes = 64;
  return static_cast<int64_t>((0 - reinterpret_cast<uintptr_t>(p)) % kLineBytes / sizeof(T));
}

// Whether a is a little below b, as far as the last twelve bits of an address tell.
inline bool lies_before(const void* a, const void* b) {
  constexpr uintptr_t kPage = 4096;
  constexpr uintptr_t kNear = 32;
  constexpr uintptr_t kFar = 1024;
  return (reinterpret_cast<uintptr_t>(b) - reinterpret_cast<uintptr_t>(a)) % kPage - kNear - 1 < kFar - kNear;
}

// Whether a loop from the last element to the first stores just ahead of what it loads.
inline bool stores_fall_onto_loads(const void* x, const void* dy, const void* out) {
  return lies_before(out, x) || lies_before(out, dy);
}

// Whether a loop from the first element to the last stores just ahead of what it loads, as far as the last
// twelve bits of an address tell: processors compare those, or a hash, before they decide that a load waits
// for a store. Java's arrays of whole pages lie a few headers apart, where a Zen 4 takes up to thirteen times
// as long. From the last element to the first the stores are behind.
inline bool stores_run_into_loads(const void* x, const void* dy, const void* out) {
  return (lies_before(x, out) || lies_before(dy, out)) && !stores_fall_onto_loads(x, dy, out);
}

// How to go from x and dy, null if there is none, to out. From memory always up: what lies below is not
// fetched ahead.
inline Walk walk_between(const void* x, const void* dy, const void* out, bool stream) {
  return {stream, !stream && stores_run_into_loads(x, dy == nullptr ? x : dy, out)};
}

// The same for one of several short pieces, which follow each other upwards, of whole elements together. From
// memory up: what is fetched ahead is what lies above the last piece; down in each piece took twice the time,
// where up costs a quarter at most. Callers cross in parts of 65536, which may be of anything longer.
inline Walk walk_through_piece(const void* x, const void* dy, const void* out, bool stream, int64_t whole) {
  constexpr int64_t kInCache = 1 << 14;
  return whole > kInCache ? Walk{stream} : walk_between(x, dy, out, stream);
}

// Other threads see streamed stores before whatever follows.
inline void order_streamed_stores() {
#if defined(__x86_64__) || defined(_M_X64)
  _mm_sfence();
#endif
}

}  // namespace hillock
