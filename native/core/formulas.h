// Every function, once, over any V. forward is f(x); derivative is f'(x), multiplied by dy; where f' is a
// constant chosen by a comparison, backward selects instead, so that 0 * infinity never arises. from_output
// is f' as a function of y. The list at the end gives each function its number, its name and its parameters.
#pragma once
#include "core/elementary/exp.h"

namespace hillock::HILLOCK_TARGET {

struct Identity {
  template <class V>
  static V forward(V x) {
    return x;
  }
  template <class V>
  static V backward(V, V dy) {
    return dy;
  }
  template <class V>
  static V backward_from_output(V, V dy) {
    return dy;
  }
};

// Not max(x, 0): a NaN must survive, and -0 stays -0.
struct Relu {
  template <class V>
  static V forward(V x) {
    return select(x < 0.0, 0.0, x);
  }
  template <class V>
  static V backward(V x, V dy) {
    return select(x > 0.0, dy, 0.0);
  }
  template <class V>
  static V backward_from_output(V y, V dy) {
    return select(y > 0.0, dy, 0.0);
  }
};

struct LeakyRelu {
  template <class V>
  static V forward(V x, V alpha) {
    return select(x > 0.0, x, alpha * x);
  }
  template <class V>
  static V backward(V x, V dy, V alpha) {
    return select(x > 0.0, dy, alpha * dy);
  }
  template <class V>
  static V backward_from_output(V y, V dy, V alpha) {
    return backward(y, dy, alpha);
  }
};

}  // namespace hillock::HILLOCK_TARGET

#define HILLOCK_FUNCTIONS(F) \
  F(0, identity, Identity)   \
  F(1, relu, Relu)           \
  F(2, leaky_relu, LeakyRelu, alpha)
