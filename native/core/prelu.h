// The parametric ReLU over [outer, channels, inner] with an alpha for each channel, its gradient, and the
// gradient of alpha: sums of dy x over x that are not above 0, products and sums in double. Their order is
// the same on every target. Without an inner dimension a channel's sum takes term after term. With one, a
// channel's run goes in pieces of 1024: term i of a piece belongs to lane i mod 8, the lanes are added by
// halves, l with l + 4, then 2, 1, and the piece to the channel's sum.
#pragma once
#include <stdint.h>

#include "core/kernel.h"
#include "core/sixteen.h"
#include "core/storage.h"
#include "core/sums.h"

namespace hillock::HILLOCK_TARGET {

template <class V>
struct Prelu {
  using T = typename V::Element;
  using D = float64::DoubleV;

  static constexpr int64_t kPiece = 1024;
  static constexpr int kLanesOfSum = 8;

  // Going forward dy is x.
  static V result(V x, V dy, V alpha) { return select(x > 0.0, dy, alpha * dy); }

  static double term(double x, double dy) { return x > 0 ? 0.0 : dy * x; }
  static D term(D x, D dy) { return select(x > 0.0, 0.0, dy * x); }

  // A store that crosses cache lines costs twice, and a stream must not: from here on the first elements go
  // up to an aligned one.
  static constexpr int64_t kWorthAligning = 8 * V::kLanes;

  template <bool kForward>
  static V one(const T* x, const T* dy, V alpha) {
    const V v = V::load(x);
    return result(v, kForward ? v : V::load(dy), alpha);
  }

  // alpha_step is 1 where each element has the next alpha, 0 where all have one.
  template <bool kForward>
  [[gnu::noinline]] static void map(const T* alpha, int alpha_step, const T* x, const T* dy, T* out,
                                    int64_t n, bool stream) {
    const V shared(static_cast<double>(*alpha));
    const auto part = [&](int64_t i, int count) {
      const V a = alpha_step == 0 ? shared : V::load_part(alpha + i, count);
      result(V::load_part(x + i, count), V::load_part(dy + i, count), a).store_part(out + i, count);
    };
    const int beyond = static_cast<int>(reinterpret_cast<uintptr_t>(out) / sizeof(T) % V::kLanes);
    const int head = beyond > 0 && n >= kWorthAligning ? V::kLanes - beyond : 0;
    int64_t i = head;
    const bool streams = stream && n >= kWorthAligning && can_stream(out);
    const auto store = [&](V v, T* to) HILLOCK_INLINED { streams ? v.stream(to) : v.store(to); };
    if (alpha_step == 0) {
      for (; i + V::kLanes <= n; i += V::kLanes) store(one<kForward>(x + i, dy + i, shared), out + i);
    } else {
      for (; i + V::kLanes <= n; i += V::kLanes)
        store(one<kForward>(x + i, dy + i, V::load(alpha + i)), out + i);
    }
    // One part for both ends keeps the code short.
    const int rest = static_cast<int>(n - i);
    for (int count = head, at = 0; at < 2; count = rest, at++)
      if (count > 0) part(at == 0 ? 0 : i, count);
  }

  using Map = void (*)(const T* alpha, int alpha_step, const T* x, const T* dy, T* out, int64_t n,
                       bool stream);

  // The terms of a piece of a run.
  [[gnu::noinline]] static double sum(const T* x, const T* dy, int64_t n) {
    constexpr int kVectors = kLanesOfSum / D::kLanes;
    D sums[kVectors];
    for (int k = 0; k < kVectors; k++) sums[k] = D(0.0);
    int64_t i = 0;
    for (; i + kLanesOfSum <= n; i += kLanesOfSum)
      for (int k = 0; k < kVectors; k++) {
        const int64_t at = i + k * D::kLanes;
        sums[k] = sums[k] + term(D::widen(x + at), D::widen(dy + at));
      }
    double l[kLanesOfSum];
    for (int k = 0; k < kVectors; k++) sums[k].store(l + k * D::kLanes);
    for (int k = 0; i < n; i++, k++) l[k] += term(x[i], dy[i]);
    return ((l[0] + l[4]) + (l[2] + l[6])) + ((l[1] + l[5]) + (l[3] + l[7]));
  }

  // The terms of columns, row after row.
  [[gnu::noinline]] static void sum_columns(const T* x, const T* dy, int64_t stride, int64_t rows,
                                            int64_t columns, double* sums) {
    add_rows<D>(stride, rows, columns, sums,
                [=](int64_t at, auto widen) HILLOCK_INLINED { return term(widen(x + at), widen(dy + at)); });
  }

  // Terms are taken before out is written, which may be dy: as many elements at a time as the first-level
  // cache keeps.
  static void runs(const PreluCall& call, Map map, const T* alpha, const T* x, const T* dy, T* out) {
    const int64_t piece = call.sums == nullptr || call.inner < kPiece ? call.inner : kPiece;
    for (int64_t c = 0; c < call.channels; c++)
      for (int64_t from = 0; from < call.inner; from += piece) {
        const int64_t at = c * call.inner + from;
        const int64_t n = call.inner - from < piece ? call.inner - from : piece;
        if (call.sums != nullptr) call.sums[c] += sum(x + at, dy + at, n);
        map(alpha + c, 0, x + at, dy + at, out + at, n, call.stream);
      }
  }

  // Rows without an inner dimension. Where they lie without gaps and several fit into a piece, they become a
  // row of repeated alphas: short ones would be all ends.
  static void columns(const PreluCall& call, Map map, const T* alphas, const T* x, const T* dy, T* out) {
    const int64_t columns = call.channels < kPiece ? call.channels : kPiece;
    const bool dense = call.outer_stride == call.channels;
    const int64_t fitting = dense ? kPiece / columns : 1;
    const int64_t abreast = call.outer < fitting ? call.outer : fitting;
    T repeated[kPiece];
    if (abreast > 1)
      for (int64_t at = 0; at < abreast * columns; at++)
        repeated[at] = at < columns ? alphas[at] : repeated[at - columns];
    for (int64_t o = 0; o < call.outer; o += abreast) {
      const int64_t rows = call.outer - o < abreast ? call.outer - o : abreast;
      for (int64_t c = 0; c < call.channels; c += columns) {
        const int64_t at = o * call.outer_stride + c;
        const int64_t n = call.channels - c < columns ? call.channels - c : columns;
        if (call.sums != nullptr) sum_columns(x + at, dy + at, call.outer_stride, rows, n, call.sums + c);
        map(abreast > 1 ? repeated : alphas + c, 1, x + at, dy + at, out + at, rows * n, call.stream);
      }
    }
  }

  static void run(const PreluCall& call) {
    const bool forward = call.dy == nullptr;
    const Map mapping = forward ? map<true> : map<false>;
    const T* alpha = static_cast<const T*>(call.alpha);
    const T* x = static_cast<const T*>(call.x);
    const T* dy = forward ? x : static_cast<const T*>(call.dy);
    T* out = static_cast<T*>(call.out);
    if (call.inner == 1) {
      columns(call, mapping, alpha, x, dy, out);
    } else {
      for (int64_t o = 0; o < call.outer; o++) {
        const int64_t at = o * call.outer_stride;
        runs(call, mapping, alpha, x + at, dy + at, out + at);
      }
    }
  }
};

}  // namespace hillock::HILLOCK_TARGET
