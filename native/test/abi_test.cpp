// The ABI as a caller sees it: every target of this machine, every function, every tail, nothing written
// outside.
#include <hillock.h>

#include <cmath>
#include <cstdio>
#include <cstring>
#include <vector>

static int failures = 0;

static void expect(bool ok, const char* what, int target, int function) {
  if (ok) return;
  failures++;
  std::printf("FAILED: %s (target %s, function %d)\n", what, hillock_target_name(target), function);
}

static void tails_never_touch_the_next_element(int target, int function, int direction) {
  const int64_t kernel = hillock_eltwise_kernel(target, HILLOCK_FLOAT32, direction, function);
  if (kernel < 0) {
    expect(kernel == HILLOCK_UNSUPPORTED && direction == HILLOCK_BACKWARD_FROM_OUTPUT, "kernel missing",
           target, function);
    return;
  }
  constexpr int kGuard = 32;
  const float guard = 12345.0f;
  for (int stream = 0; stream < 2; stream++) {
    for (int length = 0; length <= 130; length++) {
      for (int offset = 0; offset < 17; offset += 1 + length % 5) {
        std::vector<float> x(length + offset), dy(length + offset), out(length + offset + 2 * kGuard, guard);
        for (size_t i = 0; i < x.size(); i++) {
          x[i] = static_cast<float>(i % 23) * 0.37f - 4.0f;
          dy[i] = 1.0f + static_cast<float>(i % 7);
        }
        hillock_eltwise(kernel, 0.5, 1.5, 1.0, x.data(), offset * 4, dy.data(), offset * 4, out.data(),
                        (kGuard + offset) * 4, length, stream);
        for (size_t i = 0; i < out.size(); i++) {
          const bool inside = i >= size_t(kGuard + offset) && i < size_t(kGuard + offset + length);
          if (!inside && out[i] != guard) expect(false, "a guard element was written", target, function);
          if (inside) {
            float alone = guard;
            const size_t from = i - kGuard;
            hillock_eltwise(kernel, 0.5, 1.5, 1.0, &x[from], 0, &dy[from], 0, &alone, 0, 1, 0);
            if (std::memcmp(&alone, &out[i], 4) != 0)
              expect(false, "result depends on position", target, function);
          }
        }
      }
    }
  }
}

int main() {
  int functions = 0;
  for (const char* c = hillock_functions(); *c; c++) functions += *c == ':';
  for (int target = 0; target < hillock_target_count(); target++) {
    if (!hillock_target_available(target)) {
      std::printf("skipped: %s is not available on this CPU\n", hillock_target_name(target));
      continue;
    }
    for (int function = 0; function < functions; function++)
      for (int direction = 0; direction < 3; direction++)
        tails_never_touch_the_next_element(target, function, direction);
    expect(hillock_eltwise_kernel(target, 0, 0, functions) == HILLOCK_UNKNOWN_FUNCTION, "unknown function",
           target, 0);
  }
  expect(hillock_eltwise_kernel(99, 0, 0, 0) == HILLOCK_UNKNOWN_TARGET, "unknown target", 0, 0);
  std::printf("%d functions: %s\n", functions, failures == 0 ? "ok" : "FAILED");
  return failures == 0 ? 0 : 1;
}
