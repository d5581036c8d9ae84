// Functions of + - * / and the square root; formulas.h says how formulas are written.
#pragma once
#include "core/elementary/exact.h"

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
  // 1 / (1 + |x|)^2, the square lowered by 2^100, since the slope is still a number where the square is not.
  template <class V>
  static V derivative(V x) {
    V d = 1.0 + abs(x);
    return 0x1p-100 / (d * 0x1p-100 * d);
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
    V w = at_most(y, 1.0 - y);
    return 2.0 * w * w;
  }
};

// squareplus(x) = (x + sqrt(x^2 + b)) / 2, for x < 0 by its conjugate. Beyond 2^60 the root is |x|.
struct Squareplus {
  template <class V>
  static V root(V t, V b) {
    return at_least(sqrt(fma(t, t, b)), t);
  }
  // The root s and the sum m are carried in two floats: rounded they add up to 2.6 ULP.
  template <class V>
  static V forward(V x, V b) {
    V t = at_most(abs(x), 0x1p60);
    V s = root(t, b);
    V s_rest = 0.5 * fma(t, t, fma(-s, s, b)) / at_least(s, 0x1p-126);
    V m = 0.5 * (s + t);
    V m_rest = (0.5 * s - m) + fma(0.5, s_rest, 0.5 * t);
    auto far = abs(x) > 0x1p60;
    V q = 0.25 * b / select(far, abs(x), m);
    V inverse = q * (4.0 / at_least(b, 0x1p-100));
    V near = select(x < 0.0, fma(-q * m_rest, inverse, q), m + m_rest);
    return select(far, select(x < 0.0, q, x), near);
  }
  // For x < 0 it is b / (2 (s^2 + s |x|)), beyond 2^60 b / (4 x^2). For b = 0 it is 1/2 at 0, and 0 below 0
  // where the squares underflow too.
  template <class V>
  static V derivative(V x, V b) {
    V t = at_most(abs(x), 0x1p60);
    V s = root(t, b);
    auto far = abs(x) > 0x1p60;
    V w = 0.5 * fma(s, t, fma(t, t, b));
    V below = select(w == 0.0, 0.0, 0.25 * b / select(far, abs(x), w));
    V n = select(x < 0.0, below, 0.5 * (t + s));
    V d = select(x < 0.0, select(far, abs(x), 1.0), s);
    return select(x == 0.0, 0.5, n / d);
  }
  template <class V>
  static V slope_from_output(V y, V b) {
    V z = y * y;
    V w = fma(0.25, b, z);
    V near = select(w == 0.0, select(y > 0.0, V(1.0), 0.0), z / w);
    return select(y > 0x1p60, 1.0, near);
  }
};

// rational_tanh(x) = 1.7159 s / (1 + s), s = z + z^2 + 1.41645 z^4, z = 2 |x| / 3: the constants are of
// powers of |x|. Sums and products are carried in two floats: rounded they add up to 4.8 ULP, in the slope
// to 7.5.
struct RationalTanh {
  static constexpr double kScale = 0x1.b74538p+0;
  static constexpr double kScaleRest = 0x1.de69aep-25;
  static constexpr double kS1 = 0x1.555556p-1;  // s = kS1 t + t^2 (kS2 + kS4 t^2), t = |x|
  static constexpr double kS1Rest = -0x1.555556p-26;
  static constexpr double kS2 = 0x1.c71c72p-2;
  static constexpr double kS2Rest = -0x1.c71c72p-29;
  static constexpr double kS4 = 0x1.1e81f4p-2;
  static constexpr double kS4Rest = -0x1.e936d0p-27;
  static constexpr double kD0 = 0x1.24d8d0p+0;  // the slope is (kD0 + t (kD1 + kD3 t^2)) / (1 + s)^2
  static constexpr double kD0Rest = 0x1.3ef11ep-25;
  static constexpr double kD1 = 0x1.86766cp+0;
  static constexpr double kD3 = 0x1.eb9e50p+0;
  static constexpr double kD3Rest = 0x1.0e5e64p-25;

  template <class V>
  static V sum(V t, V square) {
    return t * kS1 + square * (square * kS4 + kS2);
  }
  template <class V>
  static V sum_lost(V t, V square, V s) {
    V square_rest = fma(t, t, -square);
    V fourth = square * kS4;
    V inner = fourth + kS2;
    V inner_rest = fma(square, kS4, -fourth) + fma(square_rest, kS4, fma(square, kS4Rest, kS2Rest));
    inner_rest = sum_rest(fourth, V(kS2), inner) + inner_rest;
    V v = t * kS1;
    V w = square * inner;
    V v_rest = fma(t, kS1, -v) + t * kS1Rest;
    V w_rest = fma(square, inner, -w) + fma(square, inner_rest, square_rest * inner);
    return sum_rest(v, w, s) + (v_rest + w_rest);
  }
  template <class V>
  static V forward(V x) {
    V t = at_most(abs(x), 0x1p20);
    V square = t * t;
    V s = sum(t, square);
    V s_rest = sum_lost(t, square, s);
    V d = 1.0 + s;
    V d_rest = sum_rest(V(1.0), s, d) + s_rest;
    V n = s * kScale;
    V n_rest = fma(s, kScale, -n) + fma(s_rest, kScale, s * kScaleRest);
    V inverse = 1.0 / d;
    V q = n * inverse;
    V rest = fma(-q, d, n) + fma(-q, d_rest, n_rest);
    V y = select(t < 0x1p-60, fma(t, kD0, t * kD0Rest), fma(rest, inverse, q));
    return copysign(y, x);
  }
  template <class V>
  static V derivative(V x) {
    V t = at_most(abs(x), 0x1p31);
    V square = t * t;
    V s = sum(t, square);
    V d = 1.0 + s;
    V d_rest = sum_rest(V(1.0), s, d) + sum_lost(t, square, s);
    V inner = fma(square, kD3, fma(fma(t, t, -square), kD3, fma(square, kD3Rest, kD1)));
    V inverse = 1.0 / d;
    V n = fma(t, inner, kD0);
    V q = n * inverse;
    V q_rest = fma(-q, d, n) * inverse;
    V y = q * inverse;
    return fma(fma(-y, d, q) + fma(-2.0 * y, d_rest, q_rest), inverse, y);
  }
};

}  // namespace hillock::HILLOCK_TARGET
