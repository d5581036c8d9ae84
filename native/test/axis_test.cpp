// softmax, sparsemax, maxout, Gumbel's noise, dropout, statistics, the parametric ReLU and functions behind a
// scale and a shift on every target of this machine: the bits of the target without an instruction set, at
// lengths around every way through memory, in arrays without an element to spare.
#include <hillock.h>

#include <cmath>
#include <cstdio>
#include <cstring>
#include <vector>

static int failures = 0;

template <class T>
static void expect_same(const std::vector<T>& expected, const std::vector<T>& got, const char* what,
                        int64_t n, int64_t inner, int target) {
  for (size_t i = 0; i < expected.size(); i++) {
    const bool nan = expected[i] != expected[i] && got[i] != got[i];
    if (nan || std::memcmp(&expected[i], &got[i], sizeof(T)) == 0) continue;
    failures++;
    std::printf("FAILED: %s of %d along an axis of %d, %d inside, on %s: %a, portable %a\n", what,
                static_cast<int>(i), static_cast<int>(n), static_cast<int>(inner),
                hillock_target_name(target), static_cast<double>(got[i]), static_cast<double>(expected[i]));
    return;
  }
}

template <class T>
static std::vector<T> values(int64_t count, double spread) {
  std::vector<T> x(static_cast<size_t>(count));
  for (size_t i = 0; i < x.size(); i++)
    x[i] = static_cast<T>(std::sin(static_cast<double>(i) * 12.9) * spread);
  if (spread > 100 && count > 7) {
    x[static_cast<size_t>(count / 2)] = static_cast<T>(NAN);
    x[1] = static_cast<T>(INFINITY);
    x[3] = static_cast<T>(-0.0);
  }
  return x;
}

// One call of a function over an axis, dense.
template <class T>
static std::vector<T> run(int target, int direction, int function, int64_t outer, int64_t n, int64_t inner,
                          const std::vector<T>& x, const std::vector<T>& dy, size_t outputs) {
  const int type = sizeof(T) == sizeof(float) ? HILLOCK_FLOAT32 : HILLOCK_FLOAT64;
  const int64_t kernel = hillock_axis_kernel(target, type, direction, function);
  std::vector<T> out(outputs);
  if (kernel < 0) {
    failures++;
    std::printf("FAILED: no kernel for function %d on %s\n", function, hillock_target_name(target));
    return out;
  }
  hillock_axis(kernel, 1.0, outer, n, inner, n * inner, inner, x.data(), 0, dy.data(), 0, out.data(), 0);
  return out;
}

template <class T>
static void sparsemax_agrees(int target, int64_t outer, int64_t n, int64_t inner, double spread) {
  constexpr int kSparsemax = 2;
  const int portable = hillock_target_count() - 1;
  const std::vector<T> x = values<T>(outer * n * inner, spread), dy = values<T>(outer * n * inner, 1);
  const auto forward = [&](int on) {
    return run(on, HILLOCK_FORWARD, kSparsemax, outer, n, inner, x, dy, x.size());
  };
  const std::vector<T> y = forward(portable);
  expect_same(y, forward(target), "sparsemax", n, inner, target);
  const auto backward = [&](int on) {
    return run(on, HILLOCK_BACKWARD_FROM_OUTPUT, kSparsemax, outer, n, inner, y, dy, x.size());
  };
  expect_same(backward(portable), backward(target), "sparsemax backward", n, inner, target);
}

static void softmax_agrees(int target, int64_t outer, int64_t n, int64_t inner, double spread) {
  const int portable = hillock_target_count() - 1;
  const std::vector<float> x = values<float>(outer * n * inner, spread),
                           dy = values<float>(outer * n * inner, 1);
  for (int function : {0, 1}) {
    const char* what = function == 0 ? "softmax" : "log_softmax";
    const auto forward = [&](int on) {
      return run(on, HILLOCK_FORWARD, function, outer, n, inner, x, dy, x.size());
    };
    const std::vector<float> y = forward(portable);
    expect_same(y, forward(target), what, n, inner, target);
    const auto backward = [&](int on) {
      return run(on, HILLOCK_BACKWARD_FROM_OUTPUT, function, outer, n, inner, y, dy, x.size());
    };
    expect_same(backward(portable), backward(target), what, n, inner, target);
  }
}

// softmax and log_softmax by rows: which way a loop goes depends on where its arrays lie within a page, what
// it stores does not.
static void places_change_nothing(int target, int function, int direction, int64_t n) {
  constexpr size_t kPage = 4096, kRows = 3, kRoom = 4 * kPage;
  const int64_t kernel = hillock_axis_kernel(target, HILLOCK_FLOAT32, direction, function);
  std::vector<unsigned char> memory(3 * kRoom + kPage);
  unsigned char* base = memory.data() + kPage - reinterpret_cast<uintptr_t>(memory.data()) % kPage;
  const size_t bytes = kRows * static_cast<size_t>(n) * sizeof(float);
  std::memcpy(base, values<float>(kRows * n, 1).data(), bytes);
  std::memcpy(base + kRoom, values<float>(kRows * n + 7, 2).data(), bytes);
  std::vector<float> expected;
  for (size_t place : {kPage / 2, size_t{16}, size_t{48}, size_t{64}, size_t{700}, kPage - 64}) {
    unsigned char* out = base + 2 * kRoom + place;
    hillock_axis(kernel, 1.0, kRows, n, 1, n, 1, base, 0, base + kRoom, 0, out, 0);
    std::vector<float> found(bytes / sizeof(float));
    std::memcpy(found.data(), out, bytes);
    if (expected.empty()) expected = found;
    expect_same(expected, found, "softmax at another place", n, function, target);
  }
}

static void maxout_agrees(int target, int64_t outer, int64_t n, int64_t inner) {
  constexpr int kMaxout = 3;
  const int portable = hillock_target_count() - 1;
  const std::vector<float> x = values<float>(outer * n * inner, 1000), dy = values<float>(outer * inner, 1);
  const auto forward = [&](int on) {
    return run(on, HILLOCK_FORWARD, kMaxout, outer, n, inner, x, dy, dy.size());
  };
  expect_same(forward(portable), forward(target), "maxout", n, inner, target);
  const auto backward = [&](int on) {
    return run(on, HILLOCK_BACKWARD, kMaxout, outer, n, inner, x, dy, x.size());
  };
  expect_same(backward(portable), backward(target), "maxout backward", n, inner, target);
}

static void noise_agrees(int target, int64_t rows, int64_t columns) {
  const auto noisy = [&](int on) {
    std::vector<float> z = values<float>(rows * columns, 1);
    hillock_gumbel(hillock_gumbel_kernel(on), -7, 3, 1000, rows, columns, z.data(), 0);
    return z;
  };
  expect_same(noisy(hillock_target_count() - 1), noisy(target), "noise", columns, rows, target);
}

static void dropout_agrees(int target, int64_t n) {
  const auto dropped = [&](int on) {
    std::vector<float> z = values<float>(n + 1, 1);
    hillock_dropout(hillock_dropout_kernel(on), -7, 1000, int64_t{1} << 51, 1.25f, z.data(), sizeof(float),
                    n);
    return z;
  };
  expect_same(dropped(hillock_target_count() - 1), dropped(target), "dropout", n, 1, target);
}

static void statistics_agree(int target, int64_t n) {
  const auto counted = [&](int on) {
    const std::vector<float> y = values<float>(n, 1000), slopes = values<float>(n, 1);
    std::vector<double> sums(16, 0.5);
    std::vector<float> lanes(80);
    hillock_statistics(hillock_statistics_kernel(on), y.data(), 0, slopes.data(), 0, 0.1f, n, sums.data(),
                       lanes.data());
    for (double sum : sums) lanes.push_back(static_cast<float>(sum));
    return lanes;
  };
  expect_same(counted(hillock_target_count() - 1), counted(target), "statistics", n, 1, target);
}

// Forward into the first of the outputs, backward over dy, and the sums; with a gap behind each slice.
template <class T>
static std::vector<double> prelu(int on, int64_t outer, int64_t channels, int64_t inner, int64_t gap,
                                 double spread) {
  const int64_t stride = channels * inner + gap, count = outer * stride;
  const std::vector<T> x = values<T>(count, spread), alpha = values<T>(channels + 1, 0.5);
  std::vector<T> y(static_cast<size_t>(count)), dx = values<T>(count, 3);
  std::vector<double> sums(static_cast<size_t>(channels), 0.5);
  const int type = sizeof(T) == sizeof(float) ? HILLOCK_FLOAT32 : HILLOCK_FLOAT64;
  const int64_t kernel = hillock_prelu_kernel(on, type);
  if (kernel < 0) {
    failures++;
    std::printf("FAILED: no kernel of prelu on %s\n", hillock_target_name(on));
    return {};
  }
  hillock_prelu(kernel, outer, channels, inner, stride, alpha.data(), sizeof(T), x.data(), 0, nullptr, 0,
                y.data(), 0, nullptr, 0, gap == 0);
  hillock_prelu(kernel, outer, channels, inner, stride, alpha.data(), sizeof(T), x.data(), 0, dx.data(), 0,
                dx.data(), 0, sums.data(), 0, gap == 0);
  sums.insert(sums.end(), y.begin(), y.end());
  sums.insert(sums.end(), dx.begin(), dx.end());
  return sums;
}

template <class T>
static void prelu_agrees(int target, int64_t outer, int64_t channels, int64_t inner, int64_t gap,
                         double spread) {
  const int portable = hillock_target_count() - 1;
  expect_same(prelu<T>(portable, outer, channels, inner, gap, spread),
              prelu<T>(target, outer, channels, inner, gap, spread), "prelu", channels, inner, target);
}

// From the last row to the first: what the same rows give from the first to the last.
template <class T>
static void prelu_goes_backwards(int target, int64_t channels) {
  constexpr int64_t kRows = 5;
  const int type = sizeof(T) == sizeof(float) ? HILLOCK_FLOAT32 : HILLOCK_FLOAT64;
  const int64_t kernel = hillock_prelu_kernel(target, type), bytes = sizeof(T);
  const auto reversed = [&](const std::vector<T>& rows) {
    std::vector<T> last_first;
    for (int64_t row = kRows - 1; row >= 0; row--)
      last_first.insert(last_first.end(), rows.begin() + row * channels, rows.begin() + (row + 1) * channels);
    return last_first;
  };
  const std::vector<T> x = values<T>(kRows * channels, 1), dy = values<T>(kRows * channels, 3),
                       alpha = values<T>(channels, 0.5), turned_x = reversed(x), turned_dy = reversed(dy);
  std::vector<T> dx(x.size()), turned(x.size());
  std::vector<double> sums(static_cast<size_t>(channels), 0.5), turned_sums(sums);
  hillock_prelu(kernel, kRows, channels, 1, channels, alpha.data(), 0, turned_x.data(), 0, turned_dy.data(),
                0, turned.data(), 0, turned_sums.data(), 0, 0);
  const int64_t last = (kRows - 1) * channels * bytes;
  hillock_prelu(kernel, kRows, channels, 1, -channels, alpha.data(), 0, x.data(), last, dy.data(), last,
                dx.data(), last, sums.data(), 0, 0);
  expect_same(turned, reversed(dx), "prelu backwards", channels, 1, target);
  expect_same(turned_sums, sums, "sums of prelu backwards", channels, 1, target);
}

// y; then dx, which replaces dy, and what both sums become.
static std::vector<double> affine(int on, int64_t outer, int64_t channels, int64_t inner, bool scaled) {
  constexpr int kLeakyRelu = 4;
  const int64_t count = outer * channels * inner;
  const std::vector<float> x = values<float>(count, 5), scale = values<float>(channels, 2),
                           shift = values<float>(channels + 1, 0.5);
  std::vector<float> y(static_cast<size_t>(count)), dx = values<float>(count, 3);
  std::vector<double> scale_sums(static_cast<size_t>(channels), 0.5), sums(scale_sums);
  const int64_t kernel = hillock_affine_kernel(on), bytes = sizeof(float);
  const float* const scales = scaled ? scale.data() : nullptr;
  const auto leaky_relu = [=](int direction) {
    return hillock_eltwise_kernel(on, HILLOCK_FLOAT32, direction, kLeakyRelu);
  };
  hillock_affine(kernel, leaky_relu(HILLOCK_FORWARD), 0.1, 0, 0, outer, channels, inner, scales, 0,
                 shift.data(), bytes, x.data(), 0, nullptr, 0, y.data(), 0, nullptr, 0, nullptr, 0);
  hillock_affine(kernel, leaky_relu(HILLOCK_BACKWARD), 0.1, 0, 0, outer, channels, inner, scales, 0,
                 shift.data(), bytes, x.data(), 0, dx.data(), 0, dx.data(), 0, scale_sums.data(), 0,
                 sums.data(), 0);
  sums.insert(sums.end(), scale_sums.begin(), scale_sums.end());
  sums.insert(sums.end(), y.begin(), y.end());
  sums.insert(sums.end(), dx.begin(), dx.end());
  return sums;
}

static void affine_agrees(int target, int64_t outer, int64_t channels, int64_t inner) {
  const int portable = hillock_target_count() - 1;
  for (bool scaled : {false, true})
    expect_same(affine(portable, outer, channels, inner, scaled),
                affine(target, outer, channels, inner, scaled), "affine", channels, inner, target);
}

int main() {
  for (int target = 0; target < hillock_target_count(); target++) {
    if (!hillock_target_available(target)) {
      std::printf("skipped: %s is not available on this CPU\n", hillock_target_name(target));
      continue;
    }
    for (int64_t n : {1, 2, 7, 8, 15, 16, 17, 32, 33, 100, 256, 257, 512, 513, 2047, 2048, 2049, 4500})
      for (int64_t inner : {1, 3, 8, 11})
        for (double spread : {1.0, 1000.0}) {
          sparsemax_agrees<float>(target, 5, n, inner, spread);
          sparsemax_agrees<double>(target, 5, n, inner, spread);
        }
    // The widest reach below where a term is zero.
    for (int64_t n : {1, 2, 7, 15, 16, 17, 64, 100, 255, 256, 257, 319, 320, 1000, 4500})
      for (int64_t inner : {1, 3, 16, 19})
        for (double spread : {1.0, 90.0, 1000.0}) softmax_agrees(target, 3, n, inner, spread);
    for (int64_t n : {16, 17, 31, 32, 40, 128, 257, 1000, 1024})
      for (int function : {0, 1})
        for (int direction : {HILLOCK_FORWARD, HILLOCK_BACKWARD_FROM_OUTPUT})
          places_change_nothing(target, function, direction, n);
    for (int64_t n : {1, 2, 3, 4, 16, 17, 65, 1024, 1025})
      for (int64_t inner : {1, 2, 15, 16, 33})
        for (int64_t outer : {1, 70}) maxout_agrees(target, outer, n, inner);
    for (int64_t columns : {1, 7, 16, 255, 256, 257, 1000})
      for (int64_t rows : {1, 3, 40}) noise_agrees(target, rows, columns);
    for (int64_t n = 0; n < 70; n++) dropout_agrees(target, n);
    for (int64_t n : {0, 16, 32, 2048}) statistics_agree(target, n);
    for (int64_t channels : {1, 2, 3, 7, 8, 9, 17, 200, 512, 513, 1023, 1024, 1025, 2100})
      for (int64_t inner : {1, 2, 7, 8, 9, 49, 100, 1023, 1024, 1025, 2060})
        for (int64_t outer : {1, 2, 5, 400})
          for (int64_t gap : {0, 3})
            for (double spread : {1.0, 1000.0})
              if (outer * channels * inner < 20000) {
                prelu_agrees<float>(target, outer, channels, inner, gap, spread);
                prelu_agrees<double>(target, outer, channels, inner, gap, spread);
              }
    for (int64_t channels : {1, 2, 3, 9, 17, 200, 1023, 1024, 1025, 2100})
      for (int64_t inner : {1, 2, 9, 49, 100, 1023, 1024, 1025, 2060})
        for (int64_t outer : {1, 2, 5, 400})
          if (outer * channels * inner < 20000) affine_agrees(target, outer, channels, inner);
    for (int64_t channels : {1, 2, 3, 17, 1025}) {
      prelu_goes_backwards<float>(target, channels);
      prelu_goes_backwards<double>(target, channels);
    }
  }
  std::printf("over an axis: %s\n", failures == 0 ? "ok" : "FAILED");
  return failures == 0 ? 0 : 1;
}
