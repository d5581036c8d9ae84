// exp and expm1 in steps. With n = round(x log2 e) and r = x - n ln2, exp(x) = 2^n (1 + p), p = expm1(r), |r|
// <= ln2/2. Formulas take p and the power of two apart wherever that saves a rounding: 1 + p is never rounded
// for its own sake.
#pragma once

namespace hillock::HILLOCK_TARGET {

// Adding kWhole rounds to an integer and leaves n + 127 in the low bits, ready to become the exponent of 2^n.
// kRaised does the same with 64 added: 2^(n+64) stays a normal number down to the last subnormal result, and
// one multiplication by kLower at the end takes the 64 back.
constexpr double kWhole = 0x1.8p23 + 127;
constexpr double kRaised = 0x1.8p23 + 127 + 64;
constexpr double kLower = 0x1p-64;

constexpr double kLog2E = 0x1.715476p+0;
constexpr double kLn2 = 0x1.62e430p-1;        // rounded to nearest; n * kLn2 is subtracted exactly, by fma
constexpr double kLn2Rest = -0x1.05c610p-29;  // ln2 - kLn2

// C++17 looks for shift_left<23>(...) in V's namespace only where some template of that name is in sight.
template <int N>
void shift_left();

// 2^n from the sum of n and kWhole, 2^(n+64) from the sum of n and kRaised; exact while the exponent is in
// range.
template <class V>
V pow2(V whole) {
  return from_bits(shift_left<23>(bits(whole)));
}

// x - n ln2, to the last bit of n ln2 for |n| < 2^8.
template <class V>
V exp_rest(V x, V n) {
  return fma(n, -kLn2Rest, fma(n, -kLn2, x));
}

// The same of x + rest: the small parts are added first, so that one rounding counts.
template <class V>
V exp_rest(V x, V n, V rest) {
  return fma(n, -kLn2, x) + fma(n, -kLn2Rest, rest);
}

// expm1(r) = r + r^2 (C2 + C3 r + C4 r^2 + C5 r^3 + C6 r^4) for |r| <= ln2/2, from coefficients/expm1.sollya:
// relative error 2^-26.1, absolute 2^-27.4.
constexpr double kExpC2 = 0x1.fffffep-2;
constexpr double kExpC3 = 0x1.5554b0p-3;
constexpr double kExpC4 = 0x1.555716p-5;
constexpr double kExpC5 = 0x1.122792p-7;
constexpr double kExpC6 = 0x1.6b7344p-10;

// (expm1(r) - r) / r^2.
template <class V>
V expm1_bend(V r) {
  V p = kExpC6;
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
  V p = 32.0 * kExpC6;
  p = fma(p, r, 16.0 * kExpC5);
  p = fma(p, r, 8.0 * kExpC4);
  p = fma(p, r, 4.0 * kExpC3);
  return fma(p, r, 2.0 * kExpC2);
}

// expm1(2 r) / 2.
template <class V>
V half_expm1_rest(V r) {
  return fma(r * r, half_expm1_bend(r), r);
}

// An exponential on the way: n, with the constant that was added to it, and p.
template <class V>
struct ExpParts {
  V whole, p;
};

// exp(x) * 2^64 for x in [-133, 43].
template <class V>
ExpParts<V> exp_raised_parts(V x) {
  V whole = fma(x, kLog2E, kRaised);
  return {whole, expm1_rest(exp_rest(x, whole - kRaised))};
}
template <class V>
V exp_raised(ExpParts<V> e) {
  V s = pow2(e.whole);
  return fma(s, e.p, s);
}
template <class V>
V exp_raised(V x) {
  return exp_raised(exp_raised_parts(x));
}

// expm1(x) for x in [-88, 88]: s (1 + p) - 1, exactly p where n is 0. One constant is enough for ln2, for
// where n counts the result is no longer small.
template <class V>
ExpParts<V> expm1_near_parts(V x) {
  V whole = fma(x, kLog2E, kWhole);
  return {whole, expm1_rest(fma(whole - kWhole, -kLn2, x))};
}
template <class V>
V expm1_near(ExpParts<V> e) {
  V s = pow2(e.whole);
  return fma(s, e.p, s - 1.0);
}
template <class V>
V expm1_near(V x) {
  return expm1_near(expm1_near_parts(x));
}

// factor expm1(x + rest) for x in [-20, 89], by way of its half, a number wherever the result is one.
// What rounding loses of the half is carried, for the factor may make it count twice.
template <class V>
V expm1_times(V x, V rest, V factor) {
  V whole = fma(x, kLog2E, kWhole - 1.0);
  V p = expm1_rest(exp_rest(x, whole - (kWhole - 1.0)));
  V s = pow2(whole);
  V half = fma(s, p, s - 0.5);
  V half_rest = fma(half + 0.5, rest, fma(s, p, (s - 0.5) - half));
  V twice = 2.0 * factor;
  return fma(twice, half, twice * half_rest);
}

// exp(x + rest) for x in [-132, 89]: for x <= 0 raised, above halved on the way, so that neither end is lost.
template <class V>
V exp_wide(V x, V rest) {
  V bias = select(x > 0.0, V(kWhole - 1.0), kRaised);
  V whole = fma(x, kLog2E, bias);
  V p = expm1_rest(exp_rest(x, whole - bias) + rest);
  V s = pow2(whole);
  return fma(s, p, s) * select(x > 0.0, V(2.0), kLower);
}

}  // namespace hillock::HILLOCK_TARGET
