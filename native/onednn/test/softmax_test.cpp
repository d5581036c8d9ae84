// softmax and its logarithm over any axis, forward and backward, against sums in double.
#include "check.h"

namespace {

void test(bool logarithm, std::int64_t outer, std::int64_t axis, std::int64_t inner, bool in_place) {
  const std::size_t size = static_cast<std::size_t>(outer * axis * inner);
  std::vector<float> x = check::values(size, 10, 4);
  const std::vector<float> input = x;
  std::vector<float> y(size);
  float* out = in_place ? x.data() : y.data();
  const int forward = check::prepared(x.data(), [&](std::int64_t from) {
    return hillock_onednn_softmax_forward(logarithm, outer, axis, inner, nullptr, from, out, 0);
  });
  check::equal(forward, HILLOCK_ONEDNN_OK, "softmax forward");

  std::vector<float> dy = check::values(size, 1, 5);
  const std::vector<float> gradient = dy;
  std::vector<float> dx(size);
  float* dout = in_place ? dy.data() : dx.data();
  const int backward = check::prepared(out, [&](std::int64_t from) {
    return hillock_onednn_softmax_backward(logarithm, outer, axis, inner, nullptr, from, dy.data(), 0, dout,
                                           0);
  });
  check::equal(backward, HILLOCK_ONEDNN_OK, "softmax backward");

  for (std::int64_t row = 0; row < outer * inner; ++row) {
    const std::int64_t start = row / inner * axis * inner + row % inner;
    const auto index = [&](std::int64_t i) { return static_cast<std::size_t>(start + i * inner); };
    double largest = -INFINITY, sum = 0, weighted = 0, total = 0;
    for (std::int64_t i = 0; i < axis; ++i) largest = std::fmax(largest, input[index(i)]);
    for (std::int64_t i = 0; i < axis; ++i) sum += std::exp(input[index(i)] - largest);
    const auto share = [&](std::int64_t i) { return std::exp(input[index(i)] - largest) / sum; };
    for (std::int64_t i = 0; i < axis; ++i) {
      weighted += gradient[index(i)] * share(i);
      total += gradient[index(i)];
    }
    for (std::int64_t i = 0; i < axis; ++i) {
      const double y_want = logarithm ? input[index(i)] - largest - std::log(sum) : share(i);
      const double dx_want =
          logarithm ? gradient[index(i)] - share(i) * total : share(i) * (gradient[index(i)] - weighted);
      // log_softmax subtracts numbers up to 20: its error is that of 20, not that of the result.
      check::near(out[index(i)], y_want, logarithm ? 5e-6 : 2e-6, logarithm ? "log_softmax" : "softmax");
      check::near(dout[index(i)], dx_want, 1e-5, logarithm ? "log_softmax'" : "softmax'");
    }
  }
}

}  // namespace

int main() {
  check::equal(hillock_onednn_open(), HILLOCK_ONEDNN_OK, "open");
  const std::int64_t shapes[][3] = {{1, 1, 1}, {1, 2, 1},  {3, 10, 1},   {64, 1000, 1},
                                    {1, 7, 5}, {4, 33, 6}, {2, 1000, 17}};
  for (const auto& [outer, axis, inner] : shapes) {
    for (bool logarithm : {false, true}) {
      for (bool in_place : {false, true}) test(logarithm, outer, axis, inner, in_place);
    }
  }
  check::equal(hillock_onednn_softmax_forward(0, 0, 5, 1, nullptr, 0, nullptr, 0), HILLOCK_ONEDNN_OK,
               "no rows");
  return check::result();
}
