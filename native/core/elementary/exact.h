// What a rounding loses, exactly.
#pragma once

namespace hillock::HILLOCK_TARGET {

// a + b - sum, for sum = a + b rounded.                              Knuth, The Art of Computer Programming 2
template <class V>
V sum_rest(V a, V b, V sum) {
  V back = sum - a;
  return (a - (sum - back)) + (b - back);
}

}  // namespace hillock::HILLOCK_TARGET
