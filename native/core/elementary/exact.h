// Rounding to integers, and what a rounding loses.
#pragma once

namespace hillock::HILLOCK_TARGET {

// Adding it rounds to an integer, whose bits are then the lowest ones.
constexpr double kRound = 0x1.8p23;

// a + b - sum, for sum = a + b rounded.                              Knuth, The Art of Computer Programming 2
template <class V>
V sum_rest(V a, V b, V sum) {
  V back = sum - a;
  return (a - (sum - back)) + (b - back);
}

}  // namespace hillock::HILLOCK_TARGET
