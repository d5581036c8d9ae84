// a * b + c in integers: where rounding is hardest, and against the C library where that one is exact.
#define HILLOCK_TARGET test
#include "core/simd/exact_fma.h"

#include <cstdio>
#include <cstring>
#include <random>

using hillock::test::float64::fma_by_integers;

static int failures = 0;

static void expect(double a, double b, double c, double expected) {
  const double actual = fma_by_integers(a, b, c);
  const bool nan = actual != actual && expected != expected;
  if (nan || std::memcmp(&actual, &expected, sizeof actual) == 0 || failures++ > 20) return;
  std::printf("FAILED: %a * %a + %a is %a, expected %a\n", a, b, c, actual, expected);
}

#if defined(__GLIBC__)
// Exponents all over, or near 0, or at the lowest.
static double number(std::mt19937_64& random) {
  uint64_t bits = random();
  const int kind = static_cast<int>(random() % 4);
  if (kind == 1) bits = (bits & 0x800fffffffffffffu) | (963 + random() % 120) << 52;
  if (kind == 2) bits = (bits & 0x800fffffffffffffu) | (random() % 130) << 52;
  if (kind == 3) bits = (bits & 0x800fff0000000000u) | (1021 + random() % 5) << 52;
  double value;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}
#endif

int main() {
  const double infinity = __builtin_inf();
  expect(0x1.0000000000001p0, 0x1.0000000000001p0, -0x1.0000000000002p0, 0x1p-104);
  expect(0x1p-1074, 0.5, 0.0, 0.0);
  expect(0x1p-1074, 0.5, 0x1p-1074, 0x1p-1073);
  expect(0x1p-1074, 0.5, -0x1p-1074, -0.0);
  expect(0x1.fffffffffffffp1023, 2.0, -0x1.fffffffffffffp1023, 0x1.fffffffffffffp1023);
  expect(0x1.fffffffffffffp1023, 1.0, 0x1p970, infinity);
  expect(0x1p1000, 0x1p1000, -infinity, -infinity);
  expect(infinity, 0.0, 1.0, __builtin_nan(""));
  expect(1.0, 1.0, -1.0, 0.0);
  expect(-0.0, 1.0, -0.0, -0.0);
  expect(1.0, 1.0, 0x1p-200, 1.0);
#if defined(__GLIBC__)
  std::mt19937_64 random(1);
  for (int i = 0; i < 1000000; i++) {
    const double a = number(random), b = number(random);
    const double c = i % 8 == 0 ? -a * b : number(random);
    expect(a, b, c, __builtin_fma(a, b, c));
  }
#endif
  std::printf("exact fma: %s\n", failures == 0 ? "ok" : "FAILED");
  return failures == 0 ? 0 : 1;
}
