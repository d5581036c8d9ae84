// Dense layers against three loops in double: bias, activation, blocks of larger matrices, accumulation.
#include "check.h"

namespace {

struct Shape {
  std::int64_t rows, inputs, outputs, padding;  // padding: what a leading dimension exceeds the row by
};

constexpr float kGuard = 12345.0f;

std::size_t index(std::int64_t row, std::int64_t leading, std::int64_t column) {
  return static_cast<std::size_t>(row * leading + column);
}

void untouched_padding(const std::vector<float>& matrix, std::int64_t rows, std::int64_t columns,
                       std::int64_t leading) {
  for (std::int64_t r = 0; r < rows; ++r) {
    for (std::int64_t c = columns; c < leading; ++c)
      check::that(matrix[index(r, leading, c)] == kGuard, "wrote beside the block");
  }
}

void forward(const Shape& s, const char* activation, float p0, float p1, bool has_bias, double (*f)(double)) {
  const std::int64_t in = s.inputs + s.padding, out = s.outputs + s.padding;
  const auto x = check::values(static_cast<std::size_t>(s.rows * in), 1, 6);
  const auto w = check::values(static_cast<std::size_t>(s.outputs * in), 1, 7);
  const auto b = check::values(static_cast<std::size_t>(s.outputs), 1, 8);
  std::vector<float> y(static_cast<std::size_t>(s.rows * out), kGuard);
  const int function = activation ? hillock_onednn_function(activation) : HILLOCK_ONEDNN_NO_FUNCTION;
  const int status = check::prepared(x.data(), [&](std::int64_t from) {
    return hillock_onednn_dense_forward(function, p0, p1, has_bias, s.rows, s.inputs, s.outputs, nullptr,
                                        from, in, w.data(), 0, in, has_bias ? b.data() : nullptr, 0, y.data(),
                                        0, out);
  });
  check::equal(status, HILLOCK_ONEDNN_OK, "dense forward");
  for (std::int64_t r = 0; r < s.rows; ++r) {
    for (std::int64_t o = 0; o < s.outputs; ++o) {
      double sum = has_bias ? b[static_cast<std::size_t>(o)] : 0;
      for (std::int64_t i = 0; i < s.inputs; ++i) sum += double(x[index(r, in, i)]) * w[index(o, in, i)];
      check::near(y[index(r, out, o)], f(sum), 1e-5,
                  std::string("dense forward ") + (activation ? activation : ""));
    }
  }
  untouched_padding(y, s.rows, s.outputs, out);
}

void backward(const Shape& s, bool accumulate) {
  const std::int64_t in = s.inputs + s.padding, out = s.outputs + s.padding;
  const auto x = check::values(static_cast<std::size_t>(s.rows * in), 1, 9);
  const auto w = check::values(static_cast<std::size_t>(s.outputs * in), 1, 10);
  const auto dy = check::values(static_cast<std::size_t>(s.rows * out), 1, 11);
  std::vector<float> dx(static_cast<std::size_t>(s.rows * in), kGuard);
  std::vector<float> dw(static_cast<std::size_t>(s.outputs * in), kGuard);
  std::vector<float> db(static_cast<std::size_t>(s.outputs), 1.0f);
  const double former = accumulate ? 1 : 0;
  for (std::int64_t r = 0; r < s.rows; ++r) {
    for (std::int64_t i = 0; i < s.inputs; ++i) dx[index(r, in, i)] = 1;
  }
  for (std::int64_t o = 0; o < s.outputs; ++o) {
    for (std::int64_t i = 0; i < s.inputs; ++i) dw[index(o, in, i)] = 1;
  }
  const int input = check::prepared(dy.data(), [&](std::int64_t from) {
    return hillock_onednn_dense_backward_input(accumulate, s.rows, s.inputs, s.outputs, nullptr, from, out,
                                               w.data(), 0, in, dx.data(), 0, in);
  });
  const int weights = check::prepared(dy.data(), [&](std::int64_t from) {
    return hillock_onednn_dense_backward_weights(accumulate, s.rows, s.inputs, s.outputs, nullptr, from, out,
                                                 x.data(), 0, in, dw.data(), 0, in);
  });
  const int bias =
      hillock_onednn_dense_backward_bias(accumulate, s.rows, s.outputs, dy.data(), 0, out, db.data(), 0);
  check::that(input == HILLOCK_ONEDNN_OK && weights == HILLOCK_ONEDNN_OK && bias == HILLOCK_ONEDNN_OK,
              "dense backward");
  for (std::int64_t r = 0; r < s.rows; ++r) {
    for (std::int64_t i = 0; i < s.inputs; ++i) {
      double sum = former;
      for (std::int64_t o = 0; o < s.outputs; ++o) sum += double(dy[index(r, out, o)]) * w[index(o, in, i)];
      check::near(dx[index(r, in, i)], sum, 1e-5, "dense dx");
    }
  }
  for (std::int64_t o = 0; o < s.outputs; ++o) {
    double column = former;
    for (std::int64_t r = 0; r < s.rows; ++r) column += dy[index(r, out, o)];
    check::near(db[static_cast<std::size_t>(o)], column, 1e-5, "dense db");
    for (std::int64_t i = 0; i < s.inputs; ++i) {
      double sum = former;
      for (std::int64_t r = 0; r < s.rows; ++r) sum += double(dy[index(r, out, o)]) * x[index(r, in, i)];
      check::near(dw[index(o, in, i)], sum, 1e-5, "dense dw");
    }
  }
  untouched_padding(dx, s.rows, s.inputs, in);
  untouched_padding(dw, s.outputs, s.inputs, in);
}

double identity(double x) { return x; }
double relu(double x) { return x > 0 ? x : 0; }
double gelu(double x) { return x * std::erfc(-x / std::sqrt(2.0)) / 2; }
double tanh_of(double x) { return std::tanh(x); }
double selu(double x) { return 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * std::expm1(x)); }

}  // namespace

int main() {
  check::equal(hillock_onednn_open(), HILLOCK_ONEDNN_OK, "open");
  const Shape shapes[] = {{1, 1, 1, 0},  {1, 64, 10, 0},   {32, 64, 128, 0},
                          {7, 13, 5, 3}, {33, 100, 65, 9}, {256, 300, 17, 0}};
  for (const Shape& s : shapes) {
    for (bool has_bias : {false, true}) {
      forward(s, nullptr, 0, 0, has_bias, identity);
      forward(s, "relu", 0, 0, has_bias, relu);
      forward(s, "gelu", 0, 0, has_bias, gelu);
      forward(s, "tanh", 0, 0, has_bias, tanh_of);
      forward(s, "selu", 1.6732632f, 1.050701f, has_bias, selu);
    }
    for (bool accumulate : {false, true}) backward(s, accumulate);
  }
  return check::result();
}
