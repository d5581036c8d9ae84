// exp and expm1 of doubles, in the steps that elementary/exp.h explains.
#pragma once

namespace hillock::HILLOCK_TARGET::float64 {

// Adding kWhole rounds to an integer and leaves n + 1023 in the low bits, ready to become the exponent of
// 2^n. kRaised does the same with 128 added: 2^(n+128) stays a normal number far beyond the last subnormal
// result, and one multiplication by kLower at the end takes the 128 back.
constexpr double kWhole = 0x1.8p52 + 1023;
constexpr double kRaised = 0x1.8p52 + 1023 + 128;
constexpr double kLower = 0x1p-128;

constexpr double kLog2E = 0x1.71547652b82fep+0;
constexpr double kLn2 = 0x1.62e42fefa39efp-1;  // rounded to nearest; n * kLn2 is subtracted exactly, by fma
constexpr double kLn2Rest = 0x1.abc9e3b39803fp-56;  // ln2 - kLn2

// C++17 looks for shift_left<52>(...) in V's namespace only where some template of that name is in sight.
template <int N>
void shift_left();

// 2^n from the sum of n and kWhole, 2^(n+128) from the sum of n and kRaised; exact while the exponent is in
// range.
template <class V>
V pow2(V whole) {
  return from_bits(shift_left<52>(bits(whole)));
}

// x - n ln2, to the last bit of n ln2 for |n| < 2^11.
template <class V>
V exp_rest(V x, V n) {
  return fma(n, -kLn2Rest, fma(n, -kLn2, x));
}

// expm1(r) = r + r^2 (1/2 + C3 r + ... + C12 r^10) for |r| <= ln2/2, from coefficients/float64.sollya:
// relative error 2^-61.
constexpr double kExpC2 = 0.5;
constexpr double kExpC3 = 0x1.5555555555559p-3;
constexpr double kExpC4 = 0x1.555555555554dp-5;
constexpr double kExpC5 = 0x1.111111110f659p-7;
constexpr double kExpC6 = 0x1.6c16c16c1aafbp-10;
constexpr double kExpC7 = 0x1.a01a01b000a45p-13;
constexpr double kExpC8 = 0x1.a01a018e0f315p-16;
constexpr double kExpC9 = 0x1.71ddf8190ad5cp-19;
constexpr double kExpC10 = 0x1.27e5133dfb574p-22;
constexpr double kExpC11 = 0x1.af5f17eb18d61p-26;
constexpr double kExpC12 = 0x1.1f1a25d3a9829p-29;

// (expm1(r) - r) / r^2.
template <class V>
V expm1_bend(V r) {
  V p = kExpC12;
  p = fma(p, r, kExpC11);
  p = fma(p, r, kExpC10);
  p = fma(p, r, kExpC9);
  p = fma(p, r, kExpC8);
  p = fma(p, r, kExpC7);
  p = fma(p, r, kExpC6);
  p = fma(p, r, kExpC5);
  p = fma(p, r, kExpC4);
  p = fma(p, r, kExpC3);
  return fma(p, r, kExpC2);
}

template <class V>
V expm1_rest(V r) {
  return fma(r * r, expm1_bend(r), r);
}

// (expm1(2 r) / 2 - r) / r^2: the same polynomial, its coefficients times powers of two.
template <class V>
V half_expm1_bend(V r) {
  V p = 2048.0 * kExpC12;
  p = fma(p, r, 1024.0 * kExpC11);
  p = fma(p, r, 512.0 * kExpC10);
  p = fma(p, r, 256.0 * kExpC9);
  p = fma(p, r, 128.0 * kExpC8);
  p = fma(p, r, 64.0 * kExpC7);
  p = fma(p, r, 32.0 * kExpC6);
  p = fma(p, r, 16.0 * kExpC5);
  p = fma(p, r, 8.0 * kExpC4);
  p = fma(p, r, 4.0 * kExpC3);
  return fma(p, r, 2.0 * kExpC2);
}

// exp(x) * 2^128 for x in [-790, 600].
template <class V>
V exp_raised(V x) {
  V whole = fma(x, kLog2E, kRaised);
  V p = expm1_rest(exp_rest(x, whole - kRaised));
  V s = pow2(whole);
  return fma(s, p, s);
}

// expm1(x) for x in [-700, 700]: s (1 + p) - 1, exactly p where n is 0.
template <class V>
V expm1_near(V x) {
  V whole = fma(x, kLog2E, kWhole);
  V p = expm1_rest(exp_rest(x, whole - kWhole));
  V s = pow2(whole);
  return fma(s, p, s - 1.0);
}

// exp(x + rest) for x in [-790, 710]: for x <= 0 raised, above halved on the way, so that neither end is
// lost.
template <class V>
V exp_wide(V x, V rest) {
  V bias = select(x > 0.0, kWhole - 1.0, kRaised);
  V whole = fma(x, kLog2E, bias);
  V p = expm1_rest(exp_rest(x, whole - bias) + rest);
  V s = pow2(whole);
  return fma(s, p, s) * select(x > 0.0, 2.0, kLower);
}

}  // namespace hillock::HILLOCK_TARGET::float64
