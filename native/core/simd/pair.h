// Two vectors that go through a formula side by side. A formula is a chain of dependent operations, and the
// processor looks only so far ahead for other work, half as far while its other thread is busy; so the work
// of two vectors, or of a pair of pairs, is laid next to each other in the code. Every lane sees the same
// operations in the same order as in a vector alone.
#pragma once
#include <stdint.h>

namespace hillock::HILLOCK_TARGET {

template <class M>
struct PairMask {
  M lo, hi;
  friend PairMask operator&(PairMask a, PairMask b) { return {a.lo & b.lo, a.hi & b.hi}; }
  friend PairMask operator|(PairMask a, PairMask b) { return {a.lo | b.lo, a.hi | b.hi}; }
  friend PairMask operator!(PairMask a) { return {!a.lo, !a.hi}; }
  friend bool any(PairMask a) { return any(a.lo | a.hi); }
  friend bool all(PairMask a) { return all(a.lo & a.hi); }
};

template <class B>
struct PairBits {
  B lo, hi;
  friend PairBits operator+(PairBits a, PairBits b) { return {a.lo + b.lo, a.hi + b.hi}; }
  friend PairBits operator-(PairBits a, PairBits b) { return {a.lo - b.lo, a.hi - b.hi}; }
  friend PairBits operator&(PairBits a, PairBits b) { return {a.lo & b.lo, a.hi & b.hi}; }
};

template <int N, class B>
PairBits<B> shift_left(PairBits<B> a) {
  return {shift_left<N>(a.lo), shift_left<N>(a.hi)};
}

template <int N, class B>
PairBits<B> shift_right(PairBits<B> a) {
  return {shift_right<N>(a.lo), shift_right<N>(a.hi)};
}

template <class V>
struct Pair {
  using Half = V;
  using Element = typename V::Element;
  using Mask = PairMask<typename V::Mask>;
  using Bits = PairBits<typename V::Bits>;
  using Word = typename V::Word;
  static constexpr int kLanes = 2 * V::kLanes;

  V lo, hi;
  Pair() = default;
  Pair(V low, V high) : lo(low), hi(high) {}
  // The same in both: a constant, or a narrower vector.
  template <class T>
  Pair(T value) : lo(value), hi(value) {}

  static Pair load(const Element* p) { return {V::load(p), V::load(p + V::kLanes)}; }
  void store(Element* p) const {
    lo.store(p);
    hi.store(p + V::kLanes);
  }

  friend Pair operator+(Pair a, Pair b) { return {a.lo + b.lo, a.hi + b.hi}; }
  friend Pair operator-(Pair a, Pair b) { return {a.lo - b.lo, a.hi - b.hi}; }
  friend Pair operator*(Pair a, Pair b) { return {a.lo * b.lo, a.hi * b.hi}; }
  friend Pair operator/(Pair a, Pair b) { return {a.lo / b.lo, a.hi / b.hi}; }
  friend Pair operator-(Pair a) { return {-a.lo, -a.hi}; }
  friend Mask operator<(Pair a, Pair b) { return {a.lo < b.lo, a.hi < b.hi}; }
  friend Mask operator>(Pair a, Pair b) { return {a.lo > b.lo, a.hi > b.hi}; }
  friend Mask operator<=(Pair a, Pair b) { return {a.lo <= b.lo, a.hi <= b.hi}; }
  friend Mask operator>=(Pair a, Pair b) { return {a.lo >= b.lo, a.hi >= b.hi}; }
  friend Mask operator==(Pair a, Pair b) { return {a.lo == b.lo, a.hi == b.hi}; }

  friend Pair fma(Pair a, Pair b, Pair c) { return {fma(a.lo, b.lo, c.lo), fma(a.hi, b.hi, c.hi)}; }
  friend Pair sqrt(Pair a) { return {sqrt(a.lo), sqrt(a.hi)}; }
  friend Pair abs(Pair a) { return {abs(a.lo), abs(a.hi)}; }
  friend Pair copysign(Pair a, Pair b) { return {copysign(a.lo, b.lo), copysign(a.hi, b.hi)}; }
  friend Pair select(Mask m, Pair a, Pair b) { return {select(m.lo, a.lo, b.lo), select(m.hi, a.hi, b.hi)}; }
  friend Pair at_most(Pair a, Pair limit) { return {at_most(a.lo, limit.lo), at_most(a.hi, limit.hi)}; }
  friend Pair at_least(Pair a, Pair limit) { return {at_least(a.lo, limit.lo), at_least(a.hi, limit.hi)}; }
  friend Bits bits(Pair a) { return {bits(a.lo), bits(a.hi)}; }
};

template <class B>
auto from_bits(PairBits<B> a) {
  return Pair<decltype(from_bits(a.lo))>(from_bits(a.lo), from_bits(a.hi));
}
template <class B>
auto to_float(PairBits<B> a) {
  return Pair<decltype(to_float(a.lo))>(to_float(a.lo), to_float(a.hi));
}
template <class B>
auto lookup(const float* table, PairBits<B> index) {
  return Pair<decltype(lookup(table, index.lo))>(lookup(table, index.lo), lookup(table, index.hi));
}

template <class B>
auto lookup4(const float* table, PairBits<B> index) {
  return Pair<decltype(lookup4(table, index.lo))>(lookup4(table, index.lo), lookup4(table, index.hi));
}

// at_most(abs(a), limit), but a NaN may become the limit: one instruction where there is one for it.
template <class V>
V abs_at_most(V a, double limit) {
  return at_most(abs(a), limit);
}
template <class V>
Pair<V> abs_at_most(Pair<V> a, double limit) {
  return {abs_at_most(a.lo, limit), abs_at_most(a.hi, limit)};
}

// In registers from here on, where the instruction set takes operands from memory.
template <class V>
V held(V a) {
  return a;
}
template <class V>
Pair<V> held(Pair<V> a) {
  return {held(a.lo), held(a.hi)};
}

// Loads happen where they stand, unless the instruction set takes operands under a mask.
template <class V>
void fetch(V) {}

// So many vectors side by side: 1, 2 or 4.
template <class V, int kVectors>
struct SideBySide {
  using Type = Pair<typename SideBySide<V, kVectors / 2>::Type>;
};
template <class V>
struct SideBySide<V, 1> {
  using Type = V;
};

// part(low, high, i) for each two vectors of y that lie next to each other; i is the number of the first
// element.
template <class V, class Part>
void for_each_two(Pair<V> y, Part part, int i = 0) {
  part(y.lo, y.hi, i);
}
template <class V, class Part>
void for_each_two(Pair<Pair<V>> y, Part part, int i = 0) {
  for_each_two(y.lo, part, i);
  for_each_two(y.hi, part, i + Pair<V>::kLanes);
}

// The smallest of what stands above each other; where a NaN is among them, perhaps not.
template <class V>
V least_of(V a) {
  return a;
}
template <class V>
auto least_of(Pair<V> a) {
  return at_most(least_of(a.lo), least_of(a.hi));
}

// A W of vectors, part(i) being the one whose first element has the number i.
template <class W>
struct Gather {
  template <class Part>
  static W from(Part part, int i = 0) {
    return part(i);
  }
};
template <class V>
struct Gather<Pair<V>> {
  template <class Part>
  static Pair<V> from(Part part, int i = 0) {
    return {Gather<V>::from(part, i), Gather<V>::from(part, i + V::kLanes)};
  }
};

}  // namespace hillock::HILLOCK_TARGET
