// x - tanh(x) near 0, where the difference would cancel, for doubles.
#pragma once

namespace hillock::HILLOCK_TARGET::float64 {

// (x - tanh(x)) / x^3 - 1/3 for z = x^2 in [0, 1], from coefficients/float64.sollya: relative error 2^-54 of
// the sum.
constexpr double kShrinkC0 = 0x1.5555555555555p-2;
template <class V>
V tanh_bend(V z) {
  V p = -0x1.a90ea9e5d217fp-26;
  p = fma(p, z, 0x1.174405cd6cd9cp-22);
  p = fma(p, z, -0x1.6f2d68caf82dep-20);
  p = fma(p, z, 0x1.4d1f8e5d87fcbp-18);
  p = fma(p, z, -0x1.e8fb70ab4f14dp-17);
  p = fma(p, z, 0x1.41c2e9a6651b8p-15);
  p = fma(p, z, -0x1.947f60a680b2dp-14);
  p = fma(p, z, 0x1.f51abdd9a85a2p-13);
  p = fma(p, z, -0x1.355116a768097p-11);
  p = fma(p, z, 0x1.7da2a97873857p-10);
  p = fma(p, z, -0x1.d6d3c35110d3cp-9);
  p = fma(p, z, 0x1.226e350a1944bp-7);
  p = fma(p, z, -0x1.664f488034b46p-6);
  p = fma(p, z, 0x1.ba1ba1ba10bbfp-5);
  p = fma(p, z, -0x1.111111111106bp-3);
  return p * z;
}

}  // namespace hillock::HILLOCK_TARGET::float64
