// One element-wise function over an array: full vectors, several at a time so that the arithmetic pipelines
// stay full, then single vectors, the last through a masked load. Every element goes through the same
// formula whatever its position, which is why results do not depend on length, offset or alignment.
#pragma once
#include <stddef.h>
#include <stdint.h>

#include <type_traits>
#include <utility>

#include "core/kernel.h"
#include "core/light.h"
#include "core/storage.h"

namespace hillock::HILLOCK_TARGET {

// out[i] = op(x[i], dy[i]); Op is called with vectors only, which Storage loads and stores. A formula's
// copies are most of the library, so each loop has one: unrolled blocks, and what follows them. Whether
// stores bypass the caches is asked again for every block.
template <class V, int kUnroll, bool kBinary, class Storage, class Op>
inline void map(const typename Storage::Element* x, const typename Storage::Element* dy,
                typename Storage::Element* out, int64_t length, bool stream, Op op) {
  constexpr int kLanes = V::kLanes;
  constexpr int64_t kBlock = static_cast<int64_t>(kLanes) * kUnroll;
  // One vector at i, of which count elements are there.
  const auto one = [&](int64_t i, int64_t count, bool streams) {
    const bool whole = count >= kLanes;
    const int lanes = static_cast<int>(count);
    const V v = whole ? Storage::load(x + i) : Storage::load_part(x + i, lanes);
    const V g = !kBinary ? V(0.0) : whole ? Storage::load(dy + i) : Storage::load_part(dy + i, lanes);
    const V y = op(v, g);
    if (!whole) {
      Storage::store_part(out + i, y, lanes);
    } else if (streams) {
      Storage::stream(out + i, y);
    } else {
      Storage::store(out + i, y);
    }
  };
  // A store that crosses cache lines costs twice, and a stream must not: the first elements go up to a line.
  constexpr uintptr_t kLineBytes = 64;
  const uintptr_t past_line = reinterpret_cast<uintptr_t>(out) % kLineBytes;
  const int64_t to_line = past_line == 0 ? 0 : static_cast<int64_t>((kLineBytes - past_line) / sizeof(*out));
  const int64_t lead = to_line < length ? to_line : length;
  constexpr int64_t kWorthALine = 8 * kBlock;
  int64_t i = 0;
  bool streams = false;
  for (int64_t end = length < kWorthALine ? length : lead;; end = length, streams = stream) {
    if constexpr (kUnroll > 1) {
      for (; i + kBlock <= end; i += kBlock) {
        V y[kUnroll];
#pragma GCC unroll 8
        for (int u = 0; u < kUnroll; u++) {
          const int64_t at = i + u * kLanes;
          y[u] = op(Storage::load(x + at), kBinary ? Storage::load(dy + at) : V(0.0));
        }
        if (streams) {
#pragma GCC unroll 8
          for (int u = 0; u < kUnroll; u++) Storage::stream(out + i + u * kLanes, y[u]);
        } else {
#pragma GCC unroll 8
          for (int u = 0; u < kUnroll; u++) Storage::store(out + i + u * kLanes, y[u]);
        }
      }
    }
    for (; i < end; i += kLanes) one(i, end - i, streams);
    if (end == length) break;
    i = end;
  }
  if (streams) store_fence();
}

template <class F, class V, size_t... I>
auto has_derivative(std::index_sequence<I...>)
    -> decltype(F::derivative(V(0.0), V(static_cast<double>(I))...), std::true_type{});
template <class F, class V, class Any>
std::false_type has_derivative(Any);

template <class F, class V, size_t... I>
auto has_backward_from_output(std::index_sequence<I...>)
    -> decltype(F::backward_from_output(V(0.0), V(0.0), V(static_cast<double>(I))...), std::true_type{});
template <class F, class V, class Any>
std::false_type has_backward_from_output(Any);

template <class F, class V, size_t... I>
auto has_slope_from_output(std::index_sequence<I...>)
    -> decltype(F::slope_from_output(V(0.0), V(static_cast<double>(I))...), std::true_type{});
template <class F, class V, class Any>
std::false_type has_slope_from_output(Any);

// The kernels of function F with kCount parameters. A formula states its slope either as derivative, which is
// multiplied by dy, or as backward, which selects; from the output likewise.
template <class F, class V, int kUnroll, size_t... I>
struct EltwiseKernels {
  using Parameters = std::index_sequence<I...>;
  // Narrow loops are many, and a light formula needs little to keep the pipelines full.
  template <class Storage>
  static constexpr int kVectors = std::is_same_v<Storage, Plain<V>> || kUnroll < 2 ? kUnroll : 2;
  static constexpr bool kDerivative = decltype(has_derivative<F, V>(Parameters{}))::value;
  static constexpr bool kSlope = decltype(has_slope_from_output<F, V>(Parameters{}))::value;
  static constexpr bool kFromOutput = kSlope || decltype(has_backward_from_output<F, V>(Parameters{}))::value;

  template <class Storage>
  static void forward(const double* p, const void* x, const void*, void* out, int64_t length, bool stream) {
    const V parameter[] = {V(p[I])..., V(0.0)};
    (void)parameter;
    map<V, kVectors<Storage>, false, Storage>(static_cast<const typename Storage::Element*>(x), nullptr,
                                              static_cast<typename Storage::Element*>(out), length, stream,
                                              [&](V v, V) { return F::forward(v, parameter[I]...); });
  }

  template <class Storage>
  static void backward(const double* p, const void* x, const void* dy, void* out, int64_t length,
                       bool stream) {
    const V parameter[] = {V(p[I])..., V(0.0)};
    (void)parameter;
    map<V, kVectors<Storage>, true, Storage>(
        static_cast<const typename Storage::Element*>(x), static_cast<const typename Storage::Element*>(dy),
        static_cast<typename Storage::Element*>(out), length, stream, [&](V v, V g) {
          if constexpr (kDerivative) {
            return g * F::derivative(v, parameter[I]...);
          } else {
            return F::backward(v, g, parameter[I]...);
          }
        });
  }

  template <class Storage>
  static void backward_from_output(const double* p, const void* y, const void* dy, void* out, int64_t length,
                                   bool stream) {
    const V parameter[] = {V(p[I])..., V(0.0)};
    (void)parameter;
    map<V, kVectors<Storage>, true, Storage>(
        static_cast<const typename Storage::Element*>(y), static_cast<const typename Storage::Element*>(dy),
        static_cast<typename Storage::Element*>(out), length, stream, [&](V v, V g) {
          if constexpr (kSlope) {
            return g * F::slope_from_output(v, parameter[I]...);
          } else {
            return F::backward_from_output(v, g, parameter[I]...);
          }
        });
  }

  template <class Storage = Plain<V>>
  static EltwiseKernel at(int direction) {
    if (direction == 0) return forward<Storage>;
    if (direction == 1) return backward<Storage>;
    if constexpr (kFromOutput) {
      if (direction == 2) return backward_from_output<Storage>;
    }
    return nullptr;
  }

  // The same over elements that are stored in another type.
  template <class Storage>
  static EltwiseKernel stored_as(int direction) {
    if constexpr (kLight<F>) {
      return at<Storage>(direction);
    } else {
      if (direction == 0) return stored<forward<Plain<V>>, false, Storage>;
      if (direction == 1) return stored<backward<Plain<V>>, true, Storage>;
      if constexpr (kFromOutput) {
        if (direction == 2) return stored<backward_from_output<Plain<V>>, true, Storage>;
      }
      return nullptr;
    }
  }
};

}  // namespace hillock::HILLOCK_TARGET
