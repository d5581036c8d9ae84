// Functions by 16 polynomials, one for each piece of the range that data lives in: cheaper than an
// exponential and a quotient with what their roundings lose, and more exact. Beyond the range a formula of
// the tail takes over, element by element. The tables and their ranges come from coefficients/pieces.py.
#pragma once
#include "core/elementary/exact.h"
#include "core/elementary/tables.h"
#include "core/simd/pair.h"

namespace hillock::HILLOCK_TARGET {

template <class Table>
struct Pieces : Table {
  static constexpr int kCount = sizeof(Table::kValues) / sizeof(float) / 16;
  static constexpr const float* kEnd = Table::kValues + 16 * kCount;
  static constexpr double kRate = kEnd[0], kBend = kEnd[1], kFirst = kEnd[2], kLast = kEnd[3];
};
using GeluPieces = Pieces<GeluTable>;
using GeluSlopePieces = Pieces<GeluSlopeTable>;
using GeluTanhPieces = Pieces<GeluTanhTable>;
using GeluTanhSlopePieces = Pieces<GeluTanhSlopeTable>;
using MishGatePieces = Pieces<MishGateTable>;
using MishSlopePieces = Pieces<MishSlopeTable>;
using TanhExpGatePieces = Pieces<TanhExpGateTable>;
using TanhExpSlopePieces = Pieces<TanhExpSlopeTable>;
using SerfGatePieces = Pieces<SerfGateTable>;
using SerfSlopePieces = Pieces<SerfSlopeTable>;

// The piece for x, size = |x|: the number that x (rate + bend size) rounds to, modulo 16.
template <class P, class V>
typename V::Bits piece_number(V x, V size) {
  return bits(fma(fma(size, P::kBend, P::kRate), x, kRound));
}

// t and its piece: what a formula starts with.
template <class V>
struct InPiece {
  V t;
  typename V::Bits piece;
};
template <class P, class V>
InPiece<V> in_piece(V t) {
  return {t, piece_number<P>(t, t)};
}

// The polynomial of a piece at x: its constant, the rest by u, and u.
template <class V>
struct Piece {
  V constant, rest, u;
};
template <class P, class V>
Piece<V> piece_at(V x, typename V::Bits number) {
  V u = x - lookup(P::kRows, number);
  V rest = lookup(P::kRows + 16 * (P::kCount - 1), number);
#pragma GCC unroll 8
  for (int row = P::kCount - 2; row > 1; row--) rest = fma(rest, u, lookup(P::kRows + 16 * row, number));
  return {lookup(P::kRows + 16, number), rest, u};
}
template <class P, class V>
V piece_value(V x, typename V::Bits number) {
  const Piece<V> p = piece_at<P>(x, number);
  return fma(p.rest, p.u, p.constant);
}
// x times the polynomial, with one rounding that counts in full.
template <class P, class V>
V piece_product(V x, typename V::Bits number) {
  const Piece<V> p = piece_at<P>(x, number);
  return fma(x, p.constant, x * p.u * p.rest);
}

// y, but tail(x) where far, vector by vector.
template <class V, class Mask, class Tail>
V with_tail(V y, V x, Mask far, Tail tail) {
  return any(far) ? select(far, tail(x), y) : y;
}
template <class V, class Mask, class Tail>
Pair<V> with_tail(Pair<V> y, Pair<V> x, Mask far, Tail tail) {
  return {with_tail(y.lo, x.lo, far.lo, tail), with_tail(y.hi, x.hi, far.hi, tail)};
}
// y, but tail(x) where x is below the limit, which is rare.
template <class V, class Tail>
V or_tail(V y, V x, double limit, Tail tail) {
  const auto far = x < limit;
  return __builtin_expect(any(far), 0) ? with_tail(y, x, far, tail) : y;
}

}  // namespace hillock::HILLOCK_TARGET
