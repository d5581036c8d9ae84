// Functions of + - * / and the square root; formulas.h says how formulas are written.
#pragma once

namespace hillock::HILLOCK_TARGET {

struct Cube {
  template <class V>
  static V forward(V x) {
    return x * x * x;
  }
  template <class V>
  static V derivative(V x) {
    return 3.0 * (x * x);
  }
};

// softsign(x) = x / (1 + |x|).
struct Softsign {
  template <class V>
  static V forward(V x) {
    V t = at_most(abs(x), 0x1p60);
    return copysign(t / (1.0 + t), x);
  }
  // 1 / (1 + |x|)^2, the square lowered by 2^40, since the slope is still a number where the square is not.
  template <class V>
  static V derivative(V x) {
    V d = 1.0 + abs(x);
    return 0x1p-40 / (d * 0x1p-40 * d);
  }
  template <class V>
  static V slope_from_output(V y) {
    V w = 1.0 - abs(y);
    return w * w;
  }
};

// elliott(x) = x / (1 + |x|) / 2 + 1/2.
struct Elliott {
  template <class V>
  static V forward(V x) {
    V q = 0.5 / (1.0 + abs(x));
    return select(x < 0.0, q, 1.0 - q);
  }
  template <class V>
  static V derivative(V x) {
    return 0.5 * Softsign::derivative(x);
  }
  template <class V>
  static V slope_from_output(V y) {
    V w = 1.0 - abs(fma(2.0, y, -1.0));
    return 0.5 * w * w;
  }
};

// squareplus(x) = (x + sqrt(x^2 + b)) / 2, for x < 0 by its conjugate. Beyond 2^60 the root is |x|.
struct Squareplus {
  template <class V>
  static V root(V t, V b) {
    return select(t > 0x1p60, t, at_least(sqrt(fma(t, t, b)), t));
  }
  template <class V>
  static V forward(V x, V b) {
    V t = abs(x);
    V m = 0.5 * t + 0.5 * root(t, b);
    return select(x < 0.0, 0.25 * b / m, m);
  }
  // 1/2 at 0 for b = 0 too.
  template <class V>
  static V derivative(V x, V b) {
    V t = abs(x);
    V s = root(t, b);
    V m = 0.5 * t + 0.5 * s;
    V slope = select(t == 0.0, 0.5, select(x < 0.0, 0.25 * b / m, m) / s);
    return select(t > 0x1.fffffep127, select(x > 0.0, 1.0, 0.0), slope);
  }
  template <class V>
  static V slope_from_output(V y, V b) {
    V z = y * y;
    return select(y > 0x1p60, 1.0, z / fma(0.25, b, z));
  }
};

// rational_tanh(x) = 1.7159 s / (1 + s), s = z + z^2 + 1.41645 z^4, z = 2 |x| / 3: the constants are of
// powers of |x|.
struct RationalTanh {
  static constexpr double kN1 = 0x1.24d8d0p+0;  // 1.7159 times those of s
  static constexpr double kN1Rest = 0x1.3ef11ep-25;
  static constexpr double kN2 = 0x1.86766cp-1;
  static constexpr double kN4 = 0x1.eb9e50p-2;
  static constexpr double kS1 = 0x1.555556p-1;
  static constexpr double kS2 = 0x1.c71c72p-2;
  static constexpr double kS4 = 0x1.1e81f4p-2;
  static constexpr double kD1 = 0x1.86766cp+0;  // of the slope's numerator
  static constexpr double kD3 = 0x1.eb9e50p+0;

  template <class V>
  static V denominator(V t, V square) {
    return fma(t, fma(t, fma(square, kS4, kS2), kS1), 1.0);
  }
  template <class V>
  static V forward(V x) {
    V t = at_most(abs(x), 0x1p20);
    V square = t * t;
    V n = fma(t, kN1, t * fma(t, fma(square, kN4, kN2), kN1Rest));
    return copysign(n / denominator(t, square), x);
  }
  template <class V>
  static V derivative(V x) {
    V t = at_most(abs(x), 0x1p31);
    V square = t * t;
    V d = denominator(t, square);
    return fma(t, fma(square, kD3, kD1), kN1) / d / d;
  }
};

}  // namespace hillock::HILLOCK_TARGET
