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

template <class T>
static void tails_never_touch_the_next_element(int target, int type, int function, int direction) {
  const int64_t kernel = hillock_eltwise_kernel(target, type, direction, function);
  if (kernel < 0) {
    // Doubles have kernels in both directions or none.
    const bool allowed =
        direction == HILLOCK_BACKWARD_FROM_OUTPUT ||
        (type == HILLOCK_FLOAT64 && hillock_eltwise_kernel(target, type, 1 - direction, function) < 0);
    expect(kernel == HILLOCK_UNSUPPORTED && allowed, "kernel missing", target, function);
    return;
  }
  constexpr int kGuard = 32;
  constexpr int64_t kBytes = sizeof(T);
  const T guard = 12345;
  for (int stream = 0; stream < 2; stream++) {
    // Forty doubles are more than two of the longest blocks.
    for (int length = 0; length <= 130; length += type == HILLOCK_FLOAT64 && length >= 40 ? 15 : 1) {
      for (int offset = 0; offset < 17; offset += 1 + length % 5) {
        std::vector<T> x(length + offset), dy(length + offset), out(length + offset + 2 * kGuard, guard);
        for (size_t i = 0; i < x.size(); i++) {
          x[i] = static_cast<T>(i % 23) * static_cast<T>(0.37) - 4;
          dy[i] = static_cast<T>(1 + i % 7);
        }
        hillock_eltwise(kernel, 0.5, 1.5, 1.0, x.data(), offset * kBytes, dy.data(), offset * kBytes,
                        out.data(), (kGuard + offset) * kBytes, length, stream);
        for (size_t i = 0; i < out.size(); i++) {
          const bool inside = i >= size_t(kGuard + offset) && i < size_t(kGuard + offset + length);
          if (!inside && out[i] != guard) expect(false, "a guard element was written", target, function);
          if (inside) {
            T alone = guard;
            const size_t from = i - kGuard;
            hillock_eltwise(kernel, 0.5, 1.5, 1.0, &x[from], 0, &dy[from], 0, &alone, 0, 1, 0);
            if (std::memcmp(&alone, &out[i], kBytes) != 0)
              expect(false, "result depends on position", target, function);
          }
        }
      }
    }
  }
}

// call(out, offset, stream) at odd addresses.
template <class Call>
static void streaming_changes_nothing(const char* what, size_t bytes, int target, int function, Call call) {
  for (size_t odd : {1, 2, 3, 4, 7}) {
    std::vector<unsigned char> streamed(bytes + odd, 77), plain(streamed);
    call(plain.data(), static_cast<int64_t>(odd), 0);
    call(streamed.data(), static_cast<int64_t>(odd), 1);
    expect(streamed == plain, what, target, function);
  }
}

// Java slices a buffer outside the heap at any byte, where a streaming store would fault.
static void streams_to_any_address(int target, int type, int function) {
  const int64_t element = type == HILLOCK_FLOAT32 ? 4 : type == HILLOCK_FLOAT64 ? 8 : 2;
  constexpr int64_t kLength = 5000;
  const size_t bytes = static_cast<size_t>(element * kLength);
  // 0x3b3b3b... is a small number in every type.
  const std::vector<unsigned char> x(bytes, 0x3b), dy(bytes, 0x3b);
  for (int direction = 0; direction <= HILLOCK_PLUS_OPERAND; direction++) {
    const int64_t kernel = hillock_eltwise_kernel(target, type, direction, function);
    if (kernel < 0) continue;
    streaming_changes_nothing(
        "streams differ", bytes, target, function, [&](void* out, int64_t odd, int32_t stream) {
          hillock_eltwise(kernel, 0.5, 1.5, 1.0, x.data(), 0, dy.data(), 0, out, odd, kLength, stream);
        });
  }
  const int64_t prelu = hillock_prelu_kernel(target, type);
  if (prelu < 0 || function > 0) return;
  for (int64_t inner : {int64_t{1}, kLength / 10})
    streaming_changes_nothing("streams of prelu differ", bytes, target, function,
                              [&](void* out, int64_t odd, int32_t stream) {
                                const int64_t channels = kLength / inner;
                                hillock_prelu(prelu, 1, channels, inner, kLength, x.data(), 0, x.data(), 0,
                                              dy.data(), 0, out, odd, nullptr, 0, stream);
                              });
}

// Which way a loop goes depends on where its arrays lie within a page; what it stores does not.
template <class T>
static void places_change_nothing(int target, int type, int function, int direction) {
  const int64_t kernel = hillock_eltwise_kernel(target, type, direction, function);
  if (kernel < 0) return;
  constexpr size_t kPage = 4096, kLength = 1100, kRoom = 8 * kPage;
  std::vector<unsigned char> memory(3 * kRoom + kPage);
  const size_t aligned = kPage - reinterpret_cast<uintptr_t>(memory.data()) % kPage;
  unsigned char* x = memory.data() + aligned;
  unsigned char* dy = x + kRoom;
  for (size_t i = 0; i < kLength; i++) {
    // Large ones, too, so that in one block of many a formula's cheaper form does not do.
    const T v = static_cast<T>(i % 97 == 0 ? 40.0 : static_cast<double>(i % 23) * 0.037 - 0.4);
    const T g = static_cast<T>(1 + i % 7);
    std::memcpy(x + i * sizeof(T), &v, sizeof(T));
    std::memcpy(dy + i * sizeof(T), &g, sizeof(T));
  }
  std::vector<unsigned char> expected;
  for (size_t place : {kPage / 2, size_t{48}, size_t{64}, size_t{500}, size_t{1024}, kPage - 64}) {
    for (int stream = 0; stream < 2; stream++) {
      unsigned char* out = dy + kRoom + place;
      std::memset(out, 77, kLength * sizeof(T));
      hillock_eltwise(kernel, 0.5, 1.5, 1.0, x, 0, dy, 0, out, 0, kLength, stream);
      const std::vector<unsigned char> found(out, out + kLength * sizeof(T));
      if (expected.empty()) expected = found;
      expect(found == expected, "result depends on the arrays' places", target, function);
    }
  }
}

// The last target is the one without an instruction set: what it returns, all return.
template <class T>
static void targets_agree(int target, int type, int function, int direction) {
  const int64_t kernel = hillock_eltwise_kernel(target, type, direction, function);
  const int64_t portable = hillock_eltwise_kernel(hillock_target_count() - 1, type, direction, function);
  expect((kernel < 0) == (portable < 0), "kernel on one target only", target, function);
  if (kernel < 0 || portable < 0) return;
  constexpr int kSamples = 3000;
  std::vector<T> x(kSamples), dy(kSamples), y(kSamples), expected(kSamples);
  for (int i = 0; i < kSamples; i++) {
    const double sign = i % 2 == 0 ? 1 : -1;
    const double wide = std::exp2(i / 1.2 - 1250);
    x[static_cast<size_t>(i)] = static_cast<T>(sign * (i % 3 == 0 ? wide : i * 0.00137));
    dy[static_cast<size_t>(i)] = static_cast<T>(0.3 + i % 5);
  }
  hillock_eltwise(kernel, 0.5, 1.5, 1.0, x.data(), 0, dy.data(), 0, y.data(), 0, kSamples, 0);
  hillock_eltwise(portable, 0.5, 1.5, 1.0, x.data(), 0, dy.data(), 0, expected.data(), 0, kSamples, 0);
  for (size_t i = 0; i < x.size(); i++) {
    const bool nan = y[i] != y[i] && expected[i] != expected[i];
    if (!nan && std::memcmp(&y[i], &expected[i], sizeof(T)) != 0) {
      std::printf("x = %a: %a, portable %a\n", static_cast<double>(x[i]), static_cast<double>(y[i]),
                  static_cast<double>(expected[i]));
      return expect(false, "differs from portable", target, function);
    }
  }
}

// One call with strides, a shared second operand and arguments in memory: the bits of plain calls.
static void rows_and_packed_arguments_are_plain_calls(int target, int function, int64_t count, int64_t length,
                                                      int64_t stride) {
  const int64_t kernel = hillock_eltwise_kernel(target, HILLOCK_FLOAT32, HILLOCK_PLUS_OPERAND, function);
  if (kernel < 0) return expect(false, "kernel missing", target, function);
  constexpr int64_t kBytes = sizeof(float);
  std::vector<float> x(static_cast<size_t>(count * stride)), shared(static_cast<size_t>(length)),
      plain(x.size(), 7), rows(x.size(), 7), packed(x.size(), 7);
  for (size_t i = 0; i < x.size(); i++) x[i] = static_cast<float>(i % 23) * 0.37f - 4;
  for (size_t i = 0; i < shared.size(); i++) shared[i] = static_cast<float>(i % 7) - 3;
  for (int64_t row = 0; row < count; row++) {
    const int64_t at = row * stride * kBytes;
    hillock_eltwise(kernel, 0.5, 1.5, 1.0, x.data(), at, shared.data(), 0, plain.data(), at, length, 0);
    const hillock_eltwise_arguments arguments = {kernel,
                                                 0.5,
                                                 1.5,
                                                 1.0,
                                                 reinterpret_cast<int64_t>(x.data()) + at,
                                                 reinterpret_cast<int64_t>(shared.data()),
                                                 reinterpret_cast<int64_t>(packed.data()) + at,
                                                 length};
    hillock_eltwise_packed(reinterpret_cast<int64_t>(&arguments));
  }
  hillock_eltwise_rows(kernel, 0.5, 1.5, 1.0, x.data(), 0, stride, shared.data(), 0, 0, rows.data(), 0,
                       stride, count, length, 0);
  expect(std::memcmp(rows.data(), plain.data(), x.size() * kBytes) == 0, "rows differ", target, function);
  expect(std::memcmp(packed.data(), plain.data(), x.size() * kBytes) == 0, "packed differs", target,
         function);
}

// Every loss, at every length: portable's bits in terms, gradient and sum, and nothing written outside.
static void losses_agree(int target, int loss) {
  const int64_t kernel = hillock_loss_kernel(target, loss);
  const int64_t portable = hillock_loss_kernel(hillock_target_count() - 1, loss);
  if (kernel < 0 || portable < 0) return expect(false, "loss missing", target, loss);
  constexpr int64_t kBytes = sizeof(float);
  constexpr size_t kGuard = 32;
  for (size_t length = 0; length <= 600; length += length < 70 ? 1 : 53) {
    std::vector<float> x(length), t(length), weight(length);
    for (size_t i = 0; i < length; i++) {
      x[i] = static_cast<float>(i % 23) / 23;
      t[i] = static_cast<float>(i % 7) / 6;
      weight[i] = static_cast<float>(1 + i % 3);
    }
    std::vector<float> written[2][2];
    double sum[2];
    for (int run = 0; run < 2; run++) {
      for (std::vector<float>& out : written[run]) out.assign(length + 2 * kGuard, 12345);
      sum[run] = hillock_loss(run == 0 ? kernel : portable, 1.0, 0.5, 0.5, x.data(), 0, t.data(), 0,
                              weight.data(), 0, written[run][0].data(), kGuard * kBytes,
                              written[run][1].data(), kGuard * kBytes, 0.125, static_cast<int64_t>(length));
      const double alone = hillock_loss(kernel, 1.0, 0.5, 0.5, x.data(), 0, t.data(), 0, weight.data(), 0,
                                        nullptr, 0, nullptr, 0, 1.0, static_cast<int64_t>(length));
      expect(std::memcmp(&alone, &sum[run], sizeof alone) == 0, "sum depends on what is written", target,
             loss);
      for (const std::vector<float>& out : written[run])
        for (size_t i = 0; i < out.size(); i++)
          if (out[i] != 12345 && (i < kGuard || i >= kGuard + length))
            expect(false, "a guard element was written", target, loss);
    }
    for (int out = 0; out < 2; out++)
      expect(
          std::memcmp(written[0][out].data(), written[1][out].data(), written[0][out].size() * kBytes) == 0,
          "loss differs from portable", target, loss);
  }
}

static int rows(const char* names) {
  int count = 0;
  for (const char* c = names; *c; c++) count += *c == ':';
  return count;
}

int main() {
  const int functions = rows(hillock_functions());
  for (int target = 0; target < hillock_target_count(); target++) {
    if (!hillock_target_available(target)) {
      std::printf("skipped: %s is not available on this CPU\n", hillock_target_name(target));
      continue;
    }
    for (int function = 0; function < functions; function++) {
      // With gaps; without, where one row's operand is copied for several rows; and too long for that.
      rows_and_packed_arguments_are_plain_calls(target, function, 3, 37, 41);
      rows_and_packed_arguments_are_plain_calls(target, function, 70, 37, 37);
      rows_and_packed_arguments_are_plain_calls(target, function, 2, 600, 600);
      for (int type : {HILLOCK_FLOAT32, HILLOCK_FLOAT64, HILLOCK_BFLOAT16, HILLOCK_FLOAT16})
        streams_to_any_address(target, type, function);
      for (int direction = 0; direction <= HILLOCK_PLUS_OPERAND; direction++) {
        tails_never_touch_the_next_element<float>(target, HILLOCK_FLOAT32, function, direction);
        places_change_nothing<float>(target, HILLOCK_FLOAT32, function, direction);
        targets_agree<float>(target, HILLOCK_FLOAT32, function, direction);
      }
      for (int direction = 0; direction <= HILLOCK_BACKWARD_FROM_OUTPUT; direction++) {
        tails_never_touch_the_next_element<double>(target, HILLOCK_FLOAT64, function, direction);
        places_change_nothing<double>(target, HILLOCK_FLOAT64, function, direction);
        targets_agree<double>(target, HILLOCK_FLOAT64, function, direction);
      }
    }
    const int losses = rows(hillock_losses());
    for (int loss = 0; loss < losses; loss++) losses_agree(target, loss);
    expect(hillock_loss_kernel(target, losses) == HILLOCK_UNKNOWN_FUNCTION, "unknown loss", target, losses);
    expect(hillock_eltwise_kernel(target, 0, 0, functions) == HILLOCK_UNKNOWN_FUNCTION, "unknown function",
           target, 0);
  }
  expect(hillock_eltwise_kernel(99, 0, 0, 0) == HILLOCK_UNKNOWN_TARGET, "unknown target", 0, 0);
  std::printf("%d functions: %s\n", functions, failures == 0 ? "ok" : "FAILED");
  return failures == 0 ? 0 : 1;
}
