// Functions made of pieces of lines and parabolas that hold constants no double has; the others of their
// family are the same for all types.
#pragma once

namespace hillock::HILLOCK_TARGET::float64 {

// hardswish(x) = x (x + 3) / 6 between -3 and 3, 0 below (with the sign of x), x above.
struct Hardswish {
  static constexpr double kThird = 0x1.5555555555555p-2;
  static constexpr double kThirdRest = 0x1.5555555555555p-56;

  template <class V>
  static V forward(V x) {
    V v = at_least(x, -3.0);
    V w = v * (v + 3.0);
    return select(x > 3.0, x, fma(w, 0.5 * kThird, w * (0.5 * kThirdRest)));
  }
  template <class V>
  static V backward(V x, V dy) {
    V w = fma(2.0, x, 3.0);
    V slope = fma(w, 0.5 * kThird, w * (0.5 * kThirdRest));
    return select(x > 3.0, dy, select(x < -3.0, 0.0, dy * slope));
  }
};

// hardsigmoid(x) = slope * x + offset between 0 and 1. The default is (x + 3) / 6 exactly.
struct Hardsigmoid {
  static constexpr double kSixth = 0x1.5555555555555p-3;  // the double next to 1/6
  static constexpr double kSixthRest = 0x1.5555555555555p-57;
  static constexpr double kMost = 0x1.fffffffffffffp1023;

  template <class V>
  static V forward(V x, V slope, V offset) {
    V v = at_most(at_least(x, -kMost), kMost);
    V w = x + 3.0;
    V sixth = fma(w, kSixth, w * kSixthRest);
    V line = select((slope == kSixth) & (offset == 0.5), sixth, fma(slope, v, offset));
    return at_least(at_most(line, 1.0), 0.0);
  }
  template <class V>
  static V backward(V x, V dy, V slope, V offset) {
    auto inside = (fma(slope, x, offset) > 0.0) & (fma(slope, x, offset - 1.0) < 0.0);
    auto inside_sixths = (x > -3.0) & (x < 3.0);
    auto sixths = (slope == kSixth) & (offset == 0.5);
    return select((sixths & inside_sixths) | ((!sixths) & inside), slope * dy, 0.0);
  }
  template <class V>
  static V backward_from_output(V y, V dy, V slope, V) {
    return select((y > 0.0) & (y < 1.0), slope * dy, 0.0);
  }
};

}  // namespace hillock::HILLOCK_TARGET::float64
