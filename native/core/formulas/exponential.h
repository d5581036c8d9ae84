// Further functions of the exponential; formulas.h says how formulas are written, and lends some of its own.
#pragma once
#include "core/elementary/tanhshrink.h"
#include "core/formulas.h"

namespace hillock::HILLOCK_TARGET {

// celu(x) = x for x >= 0, else alpha * (exp(x / alpha) - 1). The quotient is carried in two floats; where
// alpha is below 0 it grows, and half of expm1 is a number wherever the result is one.
// Barron, arXiv:1704.07483
struct Celu {
  template <class V>
  static V forward(V x, V alpha) {
    V inverse = 1.0 / alpha;
    V t = at_least(x, select(alpha > 0.0, V(-20.0), -89.0) * abs(alpha));
    V u = t * inverse;
    V u_rest = fma(-u, alpha, t) * inverse;
    return select((x < 0.0) & (abs(u) > 0x1p-26), expm1_times(u, u_rest, alpha), x);
  }
  template <class V>
  static V derivative(V x, V alpha) {
    V inverse = 1.0 / alpha;
    V t = at_least(x, select(alpha > 0.0, V(-132.0), -89.0) * abs(alpha));
    V u = t * inverse;
    V u_rest = fma(-u, alpha, t) * inverse;
    return select(x > 0.0, 1.0, exp_wide(u, u_rest));
  }
  template <class V>
  static V slope_from_output(V y, V alpha) {
    return select(y > 0.0, 1.0, y / alpha + 1.0);
  }
};

// gelu_sigmoid(x) = x sigmoid(1.702 x), as swish_beta with a constant that no float holds.
struct GeluSigmoid {
  static constexpr double kBeta = 0x1.b3b646p+0;
  static constexpr double kBetaRest = -0x1.78d4fep-26;
  static constexpr double kLeast = -77.5;  // -132 / 1.702; far above it x itself counts, as in SwishBeta

  template <class V>
  static V forward(V x) {
    V t = at_least(x, kLeast);
    V b = t * kBeta;
    return SwishBeta::value(x, t, b, fma(t, kBetaRest, fma(t, kBeta, -b)));
  }
  template <class V>
  static V derivative(V x) {
    V t = at_least(x, kLeast);
    V b = t * kBeta;
    return SwishBeta::slope(b, fma(t, kBetaRest, fma(t, kBeta, -b)));
  }
};

// log_sigmoid(x) = -log(1 + exp(-x)) = min(x, 0) - log1p(exp(-|x|)).
struct LogSigmoid {
  template <class V>
  static V start(V x) {
    return UsualSoftplus::start(x);
  }
  template <class V>
  static V forward(V x, V e) {
    return fma(UsualSoftplus::raised_log(e), -kLower, at_most(x, -0.0));
  }
  template <class V>
  static ExpParts<V> derivative_start(V x) {
    return Sigmoid::start(-x);
  }
  template <class V>
  static V derivative(V x, ExpParts<V> e) {
    return Sigmoid::forward(x, e);
  }
};

// tanhshrink(x) = x - tanh(x): x^3 times a polynomial up to 1, then (|x| - 1) + (1 - tanh(|x|)).
struct Tanhshrink {
  template <class V>
  static V forward(V x) {
    V t = abs(x);
    V z = t * t;
    V cube = t * z;
    V cube_rest = fma(t, z, -cube) + t * fma(t, t, -z);
    V near = fma(cube, kShrinkC0, fma(cube_rest, kShrinkC0, cube * tanh_bend(z)));
    V far = (t - 1.0) + 1.0 / (Tanh::half_expm1_twice(at_most(t, 9.5)) + 1.0);
    return copysign(select(t < 1.0, near, far), x);
  }
  template <class V>
  static V derivative(V x) {
    V h = Tanh::half_expm1_twice(at_most(abs(x), 9.5));
    V m = at_most(h, 1.0);
    V q = m / (h + 1.0);
    V y = fma(-m, q, m);
    V y_rest = fma(-m, q, m - y);
    return fma(y, y, 2.0 * y * y_rest);
  }
};

// soft_cap(x) = cap * tanh(x / cap).
struct SoftCap {
  template <class V>
  static V forward(V x, V cap) {
    V inverse = 1.0 / cap;
    V t = at_most(abs(x), 9.5 * cap);
    V u = t * inverse;
    V u_rest = fma(-u, cap, t) * inverse;
    return copysign(select(u < 0x1p-14, t, Tanh::scaled(u, u_rest, cap, V(0.0))), x);
  }
  template <class V>
  static V derivative(V x, V cap) {
    V inverse = 1.0 / cap;
    V t = at_most(abs(x), 53.0 * cap);
    V u = t * inverse;
    V u_rest = fma(-u, cap, t) * inverse;
    return Sigmoid::raised_slope(-2.0 * u, -2.0 * u_rest) * (4.0 * kLower);
  }
  template <class V>
  static V slope_from_output(V y, V cap) {
    V inverse = 1.0 / cap;
    V w = y * inverse;
    V w_rest = fma(-w, cap, y) * inverse;
    return fma(-2.0 * w, w_rest, fma(-w, w, 1.0));
  }
};

// lecun_tanh(x) = 1.7159 tanh(2 x / 3).                             LeCun et al., Efficient BackProp
struct LecunTanh {
  static constexpr double kScale = 0x1.b74538p+0;
  static constexpr double kScaleRest = 0x1.de69aep-25;
  static constexpr double kInverse = 0x1.2a62bcp-1;
  static constexpr double kInverseRest = 0x1.7bc90ap-27;
  static constexpr double kTwoThirds = 0x1.555556p-1;
  static constexpr double kTwoThirdsRest = -0x1.555556p-26;
  static constexpr double kSlope = 0x1.24d8d0p+0;  // 1.7159 * 2/3
  static constexpr double kSlopeRest = 0x1.3ef11ep-25;

  template <class V>
  static V forward(V x) {
    V t = at_most(abs(x), 14.5);
    V u = t * kTwoThirds;
    V u_rest = fma(t, kTwoThirdsRest, fma(t, kTwoThirds, -u));
    V y = Tanh::scaled(u, u_rest, V(kScale), V(kScaleRest));
    return copysign(select(t < 0x1p-60, fma(t, kSlope, t * kSlopeRest), y), x);
  }
  template <class V>
  static V derivative(V x) {
    V t = at_most(abs(x), 79.0);
    V u = t * kTwoThirds;
    V u_rest = fma(t, kTwoThirdsRest, fma(t, kTwoThirds, -u));
    V bell = Sigmoid::raised_slope(-2.0 * u, -2.0 * u_rest);
    return fma(bell, kSlope, bell * kSlopeRest) * (4.0 * kLower);
  }
  template <class V>
  static V slope_from_output(V y) {
    V w = y * kInverse;
    V w_rest = fma(y, kInverseRest, fma(y, kInverse, -w));
    return kSlope * fma(-2.0 * w, w_rest, fma(-w, w, 1.0));
  }
};

struct RectifiedTanh {
  template <class V>
  static V forward(V x) {
    return select(x < 0.0, 0.0, Tanh::forward(x));
  }
  template <class V>
  static V backward(V x, V dy) {
    return select(x > 0.0, dy * Tanh::derivative(x), 0.0);
  }
  template <class V>
  static V backward_from_output(V y, V dy) {
    return select(y > 0.0, dy * fma(-y, y, 1.0), 0.0);
  }
};

struct Exp {
  template <class V>
  static V forward(V x) {
    return exp_wide(at_most(at_least(x, -132.0), 89.0), V(0.0));
  }
  template <class V>
  static V derivative(V x) {
    return forward(x);
  }
  template <class V>
  static V slope_from_output(V y) {
    return y;
  }
};

// gaussian(x) = exp(-x^2), the square in two floats.
struct Gaussian {
  // exp(-t^2) times 2^64.
  template <class V>
  static V raised(V t) {
    V square = t * t;
    V whole = fma(square, -kLog2E, kRaised);
    V p = expm1_rest(exp_rest(-square, whole - kRaised) - fma(t, t, -square));
    V c = pow2(whole);
    return fma(c, p, c);
  }
  template <class V>
  static V forward(V x) {
    return raised(at_most(abs(x), 10.5)) * kLower;
  }
  template <class V>
  static V derivative(V x) {
    V t = at_least(at_most(x, 11.0), -11.0);
    return raised(t) * (-2.0 * t) * kLower;
  }
};

// bipolar_sigmoid(x) = 2 sigmoid(x) - 1 = tanh(x / 2).
struct BipolarSigmoid {
  template <class V>
  static V forward(V x) {
    return Tanh::forward(0.5 * x);
  }
  template <class V>
  static V derivative(V x) {
    return Sigmoid::raised_slope(at_least(-abs(x), -106.0), V(0.0)) * (2.0 * kLower);
  }
  template <class V>
  static V slope_from_output(V y) {
    return fma(-0.5 * y, y, 0.5);
  }
};

}  // namespace hillock::HILLOCK_TARGET
