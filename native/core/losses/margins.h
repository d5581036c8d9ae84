// Losses of scores x against signs t, -1 or 1, that are zero beyond a margin; distances.h says how losses are
// written.
#pragma once

namespace hillock::HILLOCK_TARGET {

// max(0, margin - t x).
struct Hinge {
  template <class V>
  static V value(V x, V t, V margin) {
    return at_least(fma(-t, x, margin), 0.0);
  }
  template <class V>
  static V gradient(V x, V t, V margin) {
    return select(fma(-t, x, margin) > 0.0, -t, 0.0);
  }
};

struct SquaredHinge {
  template <class V>
  static V value(V x, V t, V margin) {
    V h = Hinge::value(x, t, margin);
    return h * h;
  }
  template <class V>
  static V gradient(V x, V t, V margin) {
    return -2.0 * t * Hinge::value(x, t, margin);
  }
};

// x where t is 1, max(0, margin - x) elsewhere.
struct HingeEmbedding {
  template <class V>
  static V value(V x, V t, V margin) {
    return select(t == 1.0, x, at_least(margin - x, 0.0));
  }
  template <class V>
  static V gradient(V x, V t, V margin) {
    return select(t == 1.0, 1.0, select(x < margin, -1.0, 0.0));
  }
};

}  // namespace hillock::HILLOCK_TARGET
