// One element-wise function over an array: full vectors, several side by side so that the arithmetic
// pipelines stay full, then single vectors, the last through a masked load. Every element goes through the
// same formula whatever its position, which is why results do not depend on length, offset or alignment.
#pragma once
#include <stddef.h>
#include <stdint.h>

#include <type_traits>
#include <utility>

#include "core/cost.h"
#include "core/kernel.h"
#include "core/simd/pair.h"
#include "core/steps.h"
#include "core/storage.h"

namespace hillock::HILLOCK_TARGET {

// out[i] = op(x[i], dy[i]) for a number of blocks of several vectors side by side, each step elements from
// the one before, and how many blocks that were. Op takes vectors alone or side by side; Storage loads and
// stores them. The first block that near does not hold for ends the loop. A function of its own, with its own
// copy of the parameters, so that the compiler has all registers for one loop: while its other thread is
// busy, the processor's time is the number of instructions. Whether stores bypass the caches is asked again
// for every block, for a formula's copies are most of the library.
template <class V, int kVectors, bool kBinary, class Storage, class Near, class Op>
[[gnu::noinline, gnu::flatten]] int64_t map_blocks(const typename Storage::Element* x,
                                                   const typename Storage::Element* dy,
                                                   typename Storage::Element* out, int64_t blocks,
                                                   int64_t step, bool stream, Near near, const Op& shared) {
  using Block = typename SideBySide<V, kVectors>::Type;
  const Op op = shared;
  const auto x_at = [=](int64_t i) {
    return Gather<Block>::from([=](int at) { return Storage::load(x + i + at); });
  };
  const auto dy_at = [=](int64_t i) {
    return kBinary ? Gather<Block>::from([=](int at) { return Storage::load(dy + i + at); }) : Block(0.0);
  };
  int64_t i = 0;
  int64_t done = 0;
  auto started = start(op, x_at(0), dy_at(0));
  for (; done < blocks; done++, i += step) {
    // Where dy is selected it is loaded under a mask, and would wait for x to come from memory.
    if (kBinary && stream) {
      for (int at = 0; at < Block::kLanes; at += V::kLanes) fetch(Storage::load(dy + i + at));
    }
    const int64_t next = done + 1 < blocks ? i + step : i;
    const auto next_started = start(op, x_at(next), dy_at(next));
    const Block v = x_at(i), g = dy_at(i);
    if (!near(v, g)) break;
    const Block y = finish(op, v, g, started);
    if (stream) {
      for_each_two(y, [&](V low, V high, int at) { Storage::stream(out + i + at, low, high); });
    } else {
      for_each_two(y, [&](V low, V high, int at) { Storage::store(out + i + at, low, high); });
    }
    started = next_started;
  }
  return done;
}

// From so many vectors on. A store that crosses cache lines costs twice, and a stream must not.
constexpr int64_t kWorthALine = 32;

// A loop's way through its arrays: single vectors for lead elements, up to a cache line, blocks from the one
// at first on, each step elements from the one before, single vectors.
struct Course {
  int64_t lead, blocks, first, step;
  bool streams;
};

// For vectors of kLanes, blocks of kBlock elements; from is what reaches a cache line. One function for all
// loops, beside which it is short.
template <class T, int kLanes, int64_t kBlock>
HILLOCK_SHARED Course course(const T* from, int64_t length, bool stream, bool down) {
  const bool lined = length >= kWorthALine * kLanes;
  const int64_t lead = lined ? to_line(from) : 0;
  const int64_t blocks = (length - lead) / kBlock;
  return {lead, blocks, down ? lead + (blocks - 1) * kBlock : lead, down ? -kBlock : kBlock, stream && lined};
}

// What an op that holds everywhere is near to.
struct Everywhere {
  template <class W>
  bool operator()(W, W) const {
    return true;
  }
};

// out[i] = op(x[i], dy[i]): blocks, and what is left around them; near_op does blocks for which near holds.
// kSelects says that op compares and selects, which takes less time than its loads.
template <class V, int kMost, bool kBinary, class Storage, bool kSelects, class Op, class Near, class NearOp>
inline void map(const typename Storage::Element* x, const typename Storage::Element* dy,
                typename Storage::Element* out, int64_t length, Walk walk, Op op, Near near, NearOp near_op) {
  constexpr int kLanes = V::kLanes;
  // Of what is started ahead two are enough, at half the code.
  constexpr int kVectors = kInSteps<NearOp> && kMost > 2 ? 2 : kMost;
  constexpr int64_t kBlock = static_cast<int64_t>(kLanes) * kVectors;
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
  if constexpr (kSmallCode) {
    for (int64_t i = 0; i < length; i += kLanes) one(i, length - i, false);
    return;
  }
  const bool stream = walk.stream && can_stream(out);
  // Where op selects it is a line of x, whose loads more wait for than for the stores.
  const auto* from = kSelects && !stream ? x : out;
  if constexpr (kVectors == 1) {
    // Always up: the other way would be 2 % of the library.
    const int64_t lead = to_line(from);
    bool streams = false;
    int64_t i = 0;
    for (int64_t end = length < kWorthALine * kLanes ? length : lead;; end = length, streams = stream) {
      for (; i < end; i += kLanes) one(i, end - i, streams);
      if (end == length) break;
      i = end;
    }
  } else {
    const Course c = course<typename Storage::Element, kLanes, kBlock>(from, length, stream, walk.down);
    // Single vectors up to the line, in place of a block that is not near, and behind the blocks.
    int64_t left = c.blocks;
    int64_t block = c.first;
    for (int64_t i = 0, end = c.lead;; left--, block += c.step) {
      for (; i < end; i += kLanes) one(i, end - i, c.streams && i >= c.lead);
      if (left < 0) break;
      const int64_t done = left == 0 ? 0
                                     : map_blocks<V, kVectors, kBinary, Storage>(
                                           x + block, kBinary ? dy + block : nullptr, out + block, left,
                                           c.step, c.streams, near, near_op);
      block += done * c.step;
      left -= done;
      if (std::is_same_v<Near, Everywhere> || left == 0) {
        left = 0;
        i = c.lead + c.blocks * kBlock;
        end = length;
      } else {
        i = block;
        end = block + kBlock;
      }
    }
  }
}

template <class V, int kVectors, bool kBinary, class Storage, bool kSelects = false, class Op>
inline void map(const typename Storage::Element* x, const typename Storage::Element* dy,
                typename Storage::Element* out, int64_t length, Walk walk, Op op) {
  map<V, kVectors, kBinary, Storage, kSelects>(x, dy, out, length, walk, op, Everywhere{}, op);
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

// Whether backward takes y as well as x.
template <class F, class = void>
constexpr bool kSameFromOutput = false;
template <class F>
constexpr bool kSameFromOutput<F, std::void_t<decltype(F::kSameFromOutput)>> = F::kSameFromOutput;

// Whether F says for which parameters it is another, simpler formula without parameters, to the bit.
template <class F, class = void>
constexpr bool kHasUsual = false;
template <class F>
constexpr bool kHasUsual<F, std::void_t<typename F::Usual>> = true;

// Whether F has a cheaper form for x near 0, to the bit.
template <class F, class V, class = void>
constexpr bool kHasNear = false;
template <class F, class V>
constexpr bool kHasNear<F, V, std::void_t<decltype(F::near(V(0.0)))>> = true;

// out[i] = after(f(before(x[i], b[i]), parameters), b[i]).
template <class F, class V, int kMost, bool kBinary, class Storage, class Before, class After, class... P>
inline void map_forward(const typename Storage::Element* x, const typename Storage::Element* b,
                        typename Storage::Element* out, int64_t length, Walk walk, Before before, After after,
                        P... p) {
  const auto op = forward_op<F, V>(before, after, p...);
  if constexpr (kHasNear<F, V> && !kSmallCode) {
    map<V, kMost, kBinary, Storage, false>(
        x, b, out, length, walk, op, [=](auto v, auto u) { return all(F::near(before(v, u))); },
        near_op<F>(before, after));
  } else {
    map<V, kMost, kBinary, Storage>(x, b, out, length, walk, op);
  }
}

// The kernels of function F with kCount parameters. A formula states its slope either as derivative, which is
// multiplied by dy, or as backward, which selects; from the output likewise.
template <class F, class V, int kSideBySide, size_t... I>
struct EltwiseKernels {
  using Parameters = std::index_sequence<I...>;
  // Narrow loops are many, and a light formula needs little to keep the pipelines full.
  template <class Storage>
  static constexpr int kVectors = (std::is_same_v<Storage, Plain<V>> && !kTwoSuffice<F>) || kSideBySide < 2
                                      ? kSideBySide
                                      : 2;
  static constexpr bool kDerivative = decltype(has_derivative<F, V>(Parameters{}))::value ||
                                      kDerivativeStarts<void, F, V, decltype(V(static_cast<double>(I)))...>;
  static constexpr bool kSlope = decltype(has_slope_from_output<F, V>(Parameters{}))::value;
  static constexpr bool kFromOutput = kSlope || decltype(has_backward_from_output<F, V>(Parameters{}))::value;

  template <class W>
  static W operand(W v) {
    if constexpr (kHeld<F>) {
      return held(v);
    } else {
      return v;
    }
  }

  template <class Storage>
  static void forward(const double* p, const void* x, const void* dy, void* out, int64_t length, Walk walk) {
    if constexpr (kHasUsual<F> && !kSmallCode) {
      if (F::usual(p)) {
        return EltwiseKernels<typename F::Usual, V, kSideBySide>::template forward<Storage>(p, x, dy, out,
                                                                                            length, walk);
      }
    }
    const V parameter[] = {V(p[I])..., V(0.0)};
    (void)parameter;
    const auto* from = static_cast<const typename Storage::Element*>(x);
    auto* to = static_cast<typename Storage::Element*>(out);
    map_forward<F, V, kVectors<Storage>, false, Storage>(
        from, nullptr, to, length, walk, [](auto v, auto) { return operand(v); },
        [](auto y, auto) { return y; }, parameter[I]...);
  }

  template <class Storage>
  static void backward(const double* p, const void* x, const void* dy, void* out, int64_t length, Walk walk) {
    if constexpr (kHasUsual<F> && !kSmallCode) {
      if (F::usual(p)) {
        return EltwiseKernels<typename F::Usual, V, kSideBySide>::template backward<Storage>(p, x, dy, out,
                                                                                             length, walk);
      }
    }
    const V parameter[] = {V(p[I])..., V(0.0)};
    (void)parameter;
    const auto op = [&] {
      if constexpr (kDerivative) {
        return derivative_op<F, V>([](auto v) { return operand(v); }, parameter[I]...);
      } else {
        return
            [=](auto v, auto g) { return F::backward(operand(v), operand(g), decltype(v)(parameter[I])...); };
      }
    }();
    map<V, kVectors<Storage>, true, Storage, !kDerivative>(
        static_cast<const typename Storage::Element*>(x), static_cast<const typename Storage::Element*>(dy),
        static_cast<typename Storage::Element*>(out), length, walk, op);
  }

  template <class Storage>
  static void backward_from_output(const double* p, const void* y, const void* dy, void* out, int64_t length,
                                   Walk walk) {
    const V parameter[] = {V(p[I])..., V(0.0)};
    (void)parameter;
    map<V, kVectors<Storage>, true, Storage, !kSlope>(
        static_cast<const typename Storage::Element*>(y), static_cast<const typename Storage::Element*>(dy),
        static_cast<typename Storage::Element*>(out), length, walk, [=](auto v, auto g) {
          if constexpr (kSlope) {
            return g * F::slope_from_output(v, decltype(v)(parameter[I])...);
          } else {
            return F::backward_from_output(v, g, decltype(v)(parameter[I])...);
          }
        });
  }

  template <class Storage = Plain<V>>
  static EltwiseKernel at(int direction) {
    if (kSameFromOutput<F> && direction == HILLOCK_BACKWARD_FROM_OUTPUT) direction = HILLOCK_BACKWARD;
    if (direction == HILLOCK_FORWARD) return forward<Storage>;
    if (direction == HILLOCK_BACKWARD) return backward<Storage>;
    if constexpr (kFromOutput) {
      if (direction == HILLOCK_BACKWARD_FROM_OUTPUT) return backward_from_output<Storage>;
    }
    return nullptr;
  }

  // The same over elements that are stored in another type.
  template <class Storage>
  static EltwiseKernel stored_as(int direction) {
    if constexpr (kLight<F>) {
      return at<Storage>(direction);
    } else {
      if (kSameFromOutput<F> && direction == HILLOCK_BACKWARD_FROM_OUTPUT) direction = HILLOCK_BACKWARD;
      if (direction == HILLOCK_FORWARD) return stored<forward<Plain<V>>, false, Storage>;
      if (direction == HILLOCK_BACKWARD) return stored<backward<Plain<V>>, true, Storage>;
      if constexpr (kFromOutput) {
        if (direction == HILLOCK_BACKWARD_FROM_OUTPUT)
          return stored<backward_from_output<Plain<V>>, true, Storage>;
      }
      return nullptr;
    }
  }
};

}  // namespace hillock::HILLOCK_TARGET
