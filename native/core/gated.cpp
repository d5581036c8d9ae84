// In blocks that stay in the first-level cache through the function's own kernels, so that no formula is
// compiled again.
#include <string.h>

#include "core/gated_call.h"

namespace hillock {

static void block(const GatedCall& call, int64_t at, int64_t dense, int64_t n) {
  constexpr int64_t kMost = 1024;
  alignas(64) float scaled[kMost], activated[kMost];
  for (int64_t i = 0; i < n; i += kMost) {
    const int64_t count = n - i < kMost ? n - i : kMost;
    const float *gate = call.gate + at + i, *dy = call.dy + dense + i;
    float *d_gate = call.d_gate + at + i, *d_value = call.d_value + at + i;
    // The gate is read again after this.
    float* const to = d_value == gate ? activated : d_value;
    const auto kernel = [&](EltwiseKernel f, const float* x, const float* other, float* out) {
      f(call.parameters, x, other, out, count,
        walk_through_piece(x, other, out, false, call.rows * call.length));
    };
    kernel(call.product, call.value + at + i, dy, scaled);
    kernel(call.times, gate, dy, to);
    kernel(call.backward, gate, scaled, d_gate);
    if (to != d_value) memcpy(d_value, to, static_cast<size_t>(count) * sizeof(float));
  }
}

void run(const GatedCall& call) {
  for (int64_t row = 0; row < call.rows; row++)
    block(call, row * call.stride, row * call.length, call.length);
}

}  // namespace hillock
