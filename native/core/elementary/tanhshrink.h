// x - tanh(x) near 0, where the difference would cancel.
#pragma once

namespace hillock::HILLOCK_TARGET {

// (x - tanh(x)) / x^3 - kShrinkC0 for z = x^2 in [0, 1], from coefficients/tanhshrink.sollya: relative error
// 2^-25 of the sum.
constexpr double kShrinkC0 = 0x1.555556p-2;
template <class V>
V tanh_bend(V z) {
  V p = -0x1.43762cp-13;
  p = fma(p, z, 0x1.fae66ep-11);
  p = fma(p, z, -0x1.aceffap-9);
  p = fma(p, z, 0x1.1ead8cp-7);
  p = fma(p, z, -0x1.660066p-6);
  p = fma(p, z, 0x1.ba1af6p-5);
  p = fma(p, z, -0x1.11112cp-3);
  return p * z;
}

}  // namespace hillock::HILLOCK_TARGET
