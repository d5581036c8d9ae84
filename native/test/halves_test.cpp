// Every 16-bit value and every float, through each target's conversions, against the one-value forms.
#include <hillock.h>

#include <cstdio>
#include <cstring>
#include <vector>

#define HILLOCK_TARGET test
#include "core/halves.h"

using namespace hillock::test;

static int failures = 0;

static void expect(bool ok, const char* what, int target, unsigned value) {
  if (ok || failures++ > 20) return;
  std::printf("FAILED: %s on %s at %08x\n", what, hillock_target_name(target), value);
}

static bool is_nan16(uint16_t h, int type) {
  return type == HILLOCK_BFLOAT16 ? (h & 0x7fff) > 0x7f80 : (h & 0x7fff) > 0x7c00;
}

// Through the identity, widening and rounding again must give every value back.
static void round_trip(int target, int type) {
  const int64_t identity = hillock_eltwise_kernel(target, type, HILLOCK_FORWARD, 0);
  std::vector<uint16_t> x(65536 + 3), y(65536 + 3);
  for (unsigned i = 0; i < x.size(); i++) x[i] = static_cast<uint16_t>(i);
  for (int stream = 0; stream < 2; stream++) {
    hillock_eltwise(identity, 0, 0, 0, x.data(), 0, nullptr, 0, y.data(), 0, static_cast<int64_t>(x.size()),
                    stream);
    for (unsigned i = 0; i < x.size(); i++) {
      expect(is_nan16(x[i], type) ? is_nan16(y[i], type) : x[i] == y[i], "round trip", target, i);
    }
  }
}

// leaky_relu with a slope makes floats that are not 16-bit values: the rounding is judged against the
// one-value form.
static void rounding(int target, int type) {
  const int64_t leaky = hillock_eltwise_kernel(target, type, HILLOCK_FORWARD, 4);
  std::vector<uint16_t> x(65536), y(65536);
  for (unsigned i = 0; i < x.size(); i++) x[i] = static_cast<uint16_t>(i);
  for (double slope : {0.01, 1.0 / 3, 0.9, 1.001, 3e-3, 0x1p-14, 1.7e4}) {
    hillock_eltwise(leaky, slope, 0, 0, x.data(), 0, nullptr, 0, y.data(), 0, static_cast<int64_t>(x.size()),
                    0);
    for (unsigned i = 0; i < x.size(); i++) {
      const float wide = type == HILLOCK_BFLOAT16 ? from_bfloat16(x[i]) : from_float16(x[i]);
      const float value = wide > 0 ? wide : static_cast<float>(slope) * wide;
      const uint16_t expected = type == HILLOCK_BFLOAT16 ? to_bfloat16(value) : to_float16(value);
      expect(is_nan16(expected, type) ? is_nan16(y[i], type) : expected == y[i], "rounding", target, i);
    }
  }
}

int main() {
  for (int target = 0; target < hillock_target_count(); target++) {
    if (!hillock_target_available(target)) {
      std::printf("skipped: %s is not available on this CPU\n", hillock_target_name(target));
      continue;
    }
    for (int type : {HILLOCK_BFLOAT16, HILLOCK_FLOAT16}) {
      round_trip(target, type);
      rounding(target, type);
    }
  }
  std::printf("halves: %s\n", failures == 0 ? "ok" : "FAILED");
  return failures == 0 ? 0 : 1;
}
