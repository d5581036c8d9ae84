// a * b + c without the instruction: where rounding is hardest, and against the C library where that one is
// exact.
#define HILLOCK_TARGET test
#include <cstdio>
#include <cstring>
#include <random>

#include "core/simd/portable.h"

#if !defined(__FMA__) && !defined(__aarch64__)
using hillock::test::FloatV;
using hillock::test::float64::fma_by_integers;

static int failures = 0;

static void expect(double a, double b, double c, double expected) {
  const double actual = fma_by_integers(a, b, c);
  const bool nan = actual != actual && expected != expected;
  if (nan || std::memcmp(&actual, &expected, sizeof actual) == 0 || failures++ > 20) return;
  std::printf("FAILED: %a * %a + %a is %a, expected %a\n", a, b, c, actual, expected);
}

static void expect(float a, float b, float c, float expected) {
  // In each lane, beside lanes that take the short way.
  for (int lane = 0; lane < FloatV::kLanes; lane++) {
    FloatV va = 1.0, vb = 1.0, vc = 1.0;
    va.v[lane] = a;
    vb.v[lane] = b;
    vc.v[lane] = c;
    const FloatV y = fma(va, vb, vc);
    bool ok = true;
    for (int i = 0; i < FloatV::kLanes; i++) {
      const float actual = y.v[i], wanted = i == lane ? expected : 2.0f;
      ok &= (actual != actual && wanted != wanted) || std::memcmp(&actual, &wanted, sizeof actual) == 0;
    }
    if (ok || failures++ > 20) continue;
    std::printf("FAILED: float %a * %a + %a in lane %d is %a, expected %a\n", a, b, c, lane, y.v[lane],
                expected);
  }
}

#if defined(__GLIBC__)
// A product of 25 bits lies in the middle between two floats; the addend, however small, says which.
static float odd(std::mt19937_64& random, int bits, int exponent) {
  const uint64_t whole = UINT64_C(1) << (bits - 1) | (random() & ((UINT64_C(1) << (bits - 1)) - 1)) | 1;
  const float value = __builtin_ldexpf(static_cast<float>(whole), exponent);
  return random() % 2 == 0 ? value : -value;
}

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
  expect(0x1.000002p0f, 0x1.000002p0f, -0x1.000004p0f, 0x1p-46f);
  expect(0x1.001p0f, 0x1.001p0f, 0x1p-100f, 0x1.002002p0f);
  expect(0x1.001p0f, 0x1.001p0f, -0x1p-100f, 0x1.002p0f);
  expect(0x1.0001p-75f, 0x1.fffep-76f, 0x1.000004p-127f, 0x1.000004p-127f);
  expect(0x1p-75f, 0x1p-75f, 0x1p-127f, 0x1p-127f);
  expect(0x1p-149f, 0.5f, 0x1p-149f, 0x1p-148f);
  expect(0x1.fffffep127f, 1.0f, 0x1p103f, __builtin_inff());
  expect(0x1.fffffep127f, 2.0f, -0x1.fffffep127f, 0x1.fffffep127f);
  expect(-0.0f, 1.0f, -0.0f, -0.0f);
  expect(__builtin_inff(), 0.0f, 1.0f, __builtin_nanf(""));
#if defined(__GLIBC__)
  std::mt19937_64 random(1);
  for (int i = 0; i < 1000000; i++) {
    const int shift = static_cast<int>(random() % 150) - 140;
    const float a = odd(random, 13, shift), b = odd(random, 12, -static_cast<int>(random() % 24));
    const float c = odd(random, 1 + static_cast<int>(random() % 24), shift - static_cast<int>(random() % 80));
    expect(a, b, c, __builtin_fmaf(a, b, c));
  }
  for (int i = 0; i < 1000000; i++) {
    const double a = number(random), b = number(random);
    const double c = i % 8 == 0 ? -a * b : number(random);
    expect(a, b, c, __builtin_fma(a, b, c));
  }
#endif
  std::printf("exact fma: %s\n", failures == 0 ? "ok" : "FAILED");
  return failures == 0 ? 0 : 1;
}
#else
int main() { return 0; }
#endif
