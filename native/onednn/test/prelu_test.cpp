// The parametric ReLU forward and backward, alphas of columns, of runs and one for all, against sums in
// double.
#include "check.h"

namespace {

void test(std::int64_t outer, std::int64_t channels, std::int64_t inner, bool in_place) {
  const std::size_t size = static_cast<std::size_t>(outer * channels * inner);
  const std::vector<float> x = check::values(size, 4, 1);
  const std::vector<float> alpha = check::values(static_cast<std::size_t>(channels), 1, 2);
  std::vector<float> y = in_place ? x : std::vector<float>(size);
  const float* from = in_place ? y.data() : x.data();
  const int forward = check::prepared(from, [&](std::int64_t first) {
    return hillock_onednn_prelu_forward(outer, channels, inner, nullptr, first, alpha.data(), 0, y.data(), 0);
  });
  check::equal(forward, HILLOCK_ONEDNN_OK, "prelu forward");

  const std::vector<float> dy = check::values(size, 1, 3);
  std::vector<float> dx = in_place ? dy : std::vector<float>(size);
  std::vector<float> dalpha(alpha.size(), 1.0f);
  const int backward = check::prepared(x.data(), [&](std::int64_t first) {
    return hillock_onednn_prelu_backward(outer, channels, inner, nullptr, first, alpha.data(), 0,
                                         in_place ? dx.data() : dy.data(), 0, dx.data(), 0, dalpha.data(), 0);
  });
  check::equal(backward, HILLOCK_ONEDNN_OK, "prelu backward");

  std::vector<double> sums(alpha.size());
  for (std::size_t i = 0; i < size; ++i) {
    const std::size_t c = i / static_cast<std::size_t>(inner) % alpha.size();
    check::near(y[i], x[i] > 0 ? x[i] : alpha[c] * x[i], 0, "prelu");
    check::near(dx[i], x[i] > 0 ? dy[i] : alpha[c] * dy[i], 0, "prelu'");
    sums[c] += x[i] > 0 ? 0.0 : static_cast<double>(dy[i]) * x[i];
  }
  for (std::size_t c = 0; c < sums.size(); ++c) check::near(dalpha[c], sums[c], 1e-5, "prelu's alpha");
}

}  // namespace

int main() {
  check::equal(hillock_onednn_open(), HILLOCK_ONEDNN_OK, "open");
  const std::int64_t shapes[][3] = {{1, 1, 1},   {1, 1, 5000}, {3, 10, 1}, {64, 1000, 1},
                                    {5, 17, 49}, {2, 3, 1000}, {1, 7, 5},  {700, 3, 1}};
  for (const auto& [outer, channels, inner] : shapes) {
    for (bool in_place : {false, true}) test(outer, channels, inner, in_place);
  }
  return check::result();
}
