// One element-wise function over an array: full vectors, several at a time so that the arithmetic pipelines
// stay full, then single vectors, then the tail through a masked load. Every element goes through the same
// formula whatever its position, which is why results do not depend on length, offset or alignment.
#pragma once
#include <stddef.h>
#include <stdint.h>

#include <type_traits>
#include <utility>

#include "core/kernel.h"
#include "core/storage.h"

namespace hillock::HILLOCK_TARGET {

// out[i] = op(x[i], dy[i]); Op is called with vectors only.
template <class V, int kUnroll, bool kBinary, class Op>
inline void map(const typename V::Element* x, const typename V::Element* dy, typename V::Element* out,
                int64_t length, bool stream, Op op) {
  constexpr int kLanes = V::kLanes;
  constexpr int64_t kBlock = static_cast<int64_t>(kLanes) * kUnroll;
  int64_t i = 0;
  const auto one = [&](int64_t at) { return op(V::load(x + at), kBinary ? V::load(dy + at) : V(0.0)); };
  const auto part = [&](int64_t at, int count) {
    op(V::load_part(x + at, count), kBinary ? V::load_part(dy + at, count) : V(0.0))
        .store_part(out + at, count);
  };

  if (stream) {
    constexpr uintptr_t kLineBytes = 64;
    const uintptr_t past_line = reinterpret_cast<uintptr_t>(out) % kLineBytes;
    const int64_t lead = past_line == 0 ? 0 : static_cast<int64_t>((kLineBytes - past_line) / sizeof(*out));
    for (; i < lead && i < length; i += kLanes) {
      const int64_t left = (lead < length ? lead : length) - i;
      if (left >= kLanes) {
        one(i).store(out + i);
      } else {
        part(i, static_cast<int>(left));
      }
    }
    i = lead < length ? lead : length;
    for (; i + kBlock <= length; i += kBlock) {
      V y[kUnroll];
#pragma GCC unroll 8
      for (int u = 0; u < kUnroll; u++) y[u] = one(i + u * kLanes);
#pragma GCC unroll 8
      for (int u = 0; u < kUnroll; u++) y[u].stream(out + i + u * kLanes);
    }
    store_fence();
  }
  for (; i + kBlock <= length; i += kBlock) {
    V y[kUnroll];
#pragma GCC unroll 8
    for (int u = 0; u < kUnroll; u++) y[u] = one(i + u * kLanes);
#pragma GCC unroll 8
    for (int u = 0; u < kUnroll; u++) y[u].store(out + i + u * kLanes);
  }
  for (; i + kLanes <= length; i += kLanes) one(i).store(out + i);
  if (i < length) part(i, static_cast<int>(length - i));
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
  using Element = typename V::Element;
  using Parameters = std::index_sequence<I...>;
  static constexpr bool kDerivative = decltype(has_derivative<F, V>(Parameters{}))::value;
  static constexpr bool kSlope = decltype(has_slope_from_output<F, V>(Parameters{}))::value;
  static constexpr bool kFromOutput = kSlope || decltype(has_backward_from_output<F, V>(Parameters{}))::value;

  static void forward(const double* p, const void* x, const void*, void* out, int64_t length, bool stream) {
    const V parameter[] = {V(p[I])..., V(0.0)};
    (void)parameter;
    map<V, kUnroll, false>(static_cast<const Element*>(x), nullptr, static_cast<Element*>(out), length,
                           stream, [&](V v, V) { return F::forward(v, parameter[I]...); });
  }

  static void backward(const double* p, const void* x, const void* dy, void* out, int64_t length,
                       bool stream) {
    const V parameter[] = {V(p[I])..., V(0.0)};
    (void)parameter;
    map<V, kUnroll, true>(static_cast<const Element*>(x), static_cast<const Element*>(dy),
                          static_cast<Element*>(out), length, stream, [&](V v, V g) {
                            if constexpr (kDerivative) {
                              return g * F::derivative(v, parameter[I]...);
                            } else {
                              return F::backward(v, g, parameter[I]...);
                            }
                          });
  }

  static void backward_from_output(const double* p, const void* y, const void* dy, void* out, int64_t length,
                                   bool stream) {
    const V parameter[] = {V(p[I])..., V(0.0)};
    (void)parameter;
    map<V, kUnroll, true>(static_cast<const Element*>(y), static_cast<const Element*>(dy),
                          static_cast<Element*>(out), length, stream, [&](V v, V g) {
                            if constexpr (kSlope) {
                              return g * F::slope_from_output(v, parameter[I]...);
                            } else {
                              return F::backward_from_output(v, g, parameter[I]...);
                            }
                          });
  }

  static EltwiseKernel at(int direction) {
    if (direction == 0) return forward;
    if (direction == 1) return backward;
    if constexpr (kFromOutput) {
      if (direction == 2) return backward_from_output;
    }
    return nullptr;
  }

  // The same over elements that are stored in another type.
  template <class Storage>
  static EltwiseKernel stored_as(int direction) {
    if (direction == 0) return stored<forward, false, Storage>;
    if (direction == 1) return stored<backward, true, Storage>;
    if constexpr (kFromOutput) {
      if (direction == 2) return stored<backward_from_output, true, Storage>;
    }
    return nullptr;
  }
};

}  // namespace hillock::HILLOCK_TARGET
