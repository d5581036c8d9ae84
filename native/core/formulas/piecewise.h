// Functions made of pieces of lines and parabolas; formulas.h says how formulas are written.
#pragma once

namespace hillock::HILLOCK_TARGET {

struct Relu6 {
  template <class V>
  static V forward(V x) {
    return at_most(at_least(x, 0.0), 6.0);
  }
  template <class V>
  static V backward(V x, V dy) {
    return select((x > 0.0) & (x < 6.0), dy, 0.0);
  }
  static constexpr bool kSameFromOutput = true;
};

struct ThresholdedRelu {
  template <class V>
  static V forward(V x, V theta) {
    return select(x <= theta, 0.0, x);
  }
  template <class V>
  static V backward(V x, V dy, V theta) {
    return select(x > theta, dy, 0.0);
  }
  static constexpr bool kSameFromOutput = true;
};

struct Threshold {
  template <class V>
  static V forward(V x, V theta, V value) {
    return select(x <= theta, value, x);
  }
  template <class V>
  static V backward(V x, V dy, V theta, V) {
    return select(x > theta, dy, 0.0);
  }
};

// relu_ex(x) = min(x, max) for x >= theta, else slope * (x - theta). A slope of 0 gives +0, at -Inf too.
struct ReluEx {
  template <class V>
  static V forward(V x, V max, V theta, V slope) {
    V left = select((slope == 0.0) & (x < theta), 0.0, slope * (x - theta));
    return select(x >= theta, at_most(x, max), left);
  }
  // At theta itself the slope is the right one, except that plain relu has 0 at 0. An infinite max is no
  // limit.
  template <class V>
  static V backward(V x, V dy, V max, V theta, V slope) {
    V left = select(slope == 0.0, 0.0, slope * dy);
    V inner = select((x > theta) | ((x == theta) & (!(theta == 0.0))), dy, left);
    return select((x >= max) & (max < __builtin_inf()), 0.0, inner);
  }
};

// hardsigmoid(x) = slope * x + offset between 0 and 1. The default is (x + 3) / 6 exactly.
struct Hardsigmoid {
  static constexpr double kDefault = 0x1.555556p-3;  // the float next to 1/6
  static constexpr double kSixth = 0x1.555554p-3;
  static constexpr double kSixthRest = 0x1.555556p-27;

  template <class V>
  static V forward(V x, V slope, V offset) {
    V v = at_most(at_least(x, -0x1.fffffep127), 0x1.fffffep127);
    V w = x + 3.0;
    V sixth = fma(w, kSixth, w * kSixthRest);
    V line = select((slope == kDefault) & (offset == 0.5), sixth, fma(slope, v, offset));
    return at_least(at_most(line, 1.0), 0.0);
  }
  template <class V>
  static V backward(V x, V dy, V slope, V offset) {
    // Where the line is above 0 and below 1; for the default where 6 times it is above 0 and below 6.
    auto sixths = (slope == kDefault) & (offset == 0.5);
    V rate = select(sixths, 1.0, slope);
    V above = fma(rate, x, select(sixths, 3.0, offset));
    V below = fma(rate, x, select(sixths, -3.0, offset - 1.0));
    return select((above > 0.0) & (below < 0.0), slope * dy, 0.0);
  }
  template <class V>
  static V backward_from_output(V y, V dy, V slope, V) {
    return select((y > 0.0) & (y < 1.0), slope * dy, 0.0);
  }
};

struct Hardtanh {
  template <class V>
  static V forward(V x, V min, V max) {
    return at_most(at_least(x, min), max);
  }
  template <class V>
  static V backward(V x, V dy, V min, V max) {
    return select((x > min) & (x < max), dy, 0.0);
  }
  static constexpr bool kSameFromOutput = true;
};

// The values of hardtanh; the slope is 1 on the limits too.
struct Clamp {
  template <class V>
  static V forward(V x, V min, V max) {
    return at_most(at_least(x, min), max);
  }
  template <class V>
  static V backward(V x, V dy, V min, V max) {
    return select((x >= min) & (x <= max), dy, 0.0);
  }
};

struct Hardshrink {
  template <class V>
  static V forward(V x, V lambda) {
    return select(abs(x) <= lambda, 0.0, x);
  }
  template <class V>
  static V backward(V x, V dy, V lambda) {
    return select(abs(x) > lambda, dy, 0.0);
  }
  static constexpr bool kSameFromOutput = true;
};

struct Softshrink {
  template <class V>
  static V forward(V x, V lambda) {
    return select(abs(x) <= lambda, 0.0, x - copysign(lambda, x));
  }
  template <class V>
  static V backward(V x, V dy, V lambda) {
    return select(abs(x) > lambda, dy, 0.0);
  }
  template <class V>
  static V backward_from_output(V y, V dy, V) {
    return select(abs(y) > 0.0, dy, 0.0);
  }
};

// ONNX Shrink: x - bias above lambda, x + bias below -lambda, else 0.
struct Shrink {
  template <class V>
  static V forward(V x, V lambda, V bias) {
    return select(abs(x) <= lambda, 0.0, select(x < 0.0, x + bias, x - bias));
  }
  template <class V>
  static V backward(V x, V dy, V lambda, V) {
    return select(abs(x) > lambda, dy, 0.0);
  }
};

// sparse_plus(x) = 0 below -1, (x + 1)^2 / 4 up to 1, x above.
struct SparsePlus {
  template <class V>
  static V forward(V x) {
    V u = at_least(x, -1.0) + 1.0;
    return select(x >= 1.0, x, 0.25 * u * u);
  }
  template <class V>
  static V backward(V x, V dy) {
    V inner = dy * fma(0.5, x, 0.5);
    return select(x <= -1.0, 0.0, select(x >= 1.0, dy, inner));
  }
  template <class V>
  static V slope_from_output(V y) {
    return sqrt(at_most(y, 1.0));
  }
};

// sparse_sigmoid(x) = (x + 1) / 2 between 0 and 1.
struct SparseSigmoid {
  template <class V>
  static V forward(V x) {
    return at_least(at_most(fma(0.5, x, 0.5), 1.0), 0.0);
  }
  template <class V>
  static V backward(V x, V dy) {
    return select(abs(x) < 1.0, 0.5 * dy, 0.0);
  }
  template <class V>
  static V backward_from_output(V y, V dy) {
    return select((y > 0.0) & (y < 1.0), 0.5 * dy, 0.0);
  }
};

struct ReluSquared {
  template <class V>
  static V forward(V x) {
    V v = at_least(x, 0.0);
    return v * v;
  }
  template <class V>
  static V backward(V x, V dy) {
    return select(x < 0.0, 0.0, dy * (2.0 * x));
  }
  template <class V>
  static V slope_from_output(V y) {
    return 2.0 * sqrt(y);
  }
};

// rrelu outside training: leaky_relu with the mean of the bounds between which training draws its slopes.
struct Rrelu {
  template <class V>
  static V forward(V x, V lower, V upper) {
    return select(x > 0.0, x, 0.5 * (lower + upper) * x);
  }
  template <class V>
  static V backward(V x, V dy, V lower, V upper) {
    return select(x > 0.0, dy, 0.5 * (lower + upper) * dy);
  }
};

}  // namespace hillock::HILLOCK_TARGET
