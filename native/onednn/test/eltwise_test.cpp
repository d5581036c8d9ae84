// Every function against its formula in double, its slope, in place, at odd lengths and offsets.
#include "check.h"

namespace {

struct Case {
  const char* name;
  float p0, p1;
  double (*f)(double x, double p0, double p1);
  double (*slope)(double x, double p0, double p1);  // null: oneDNN's is missing or a different one
  bool from_output;
};

// Not M_PI, which strict C++17 does not have.
constexpr double kPi = 3.14159265358979323846;

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }
double phi(double x) { return std::exp(-x * x / 2) / std::sqrt(2 * kPi); }
double cdf(double x) { return std::erfc(-x / std::sqrt(2.0)) / 2; }
double swish(double x, double beta, double) { return x * sigmoid(beta * x); }
double swish_slope(double x, double beta, double) {
  const double s = sigmoid(beta * x);
  return s * (1 + beta * x * (1 - s));
}
double clip(double x, double low, double high) { return std::fmin(std::fmax(x, low), high); }
double clip_slope(double x, double low, double high) { return low < x && x < high ? 1 : 0; }
double leaky(double x, double a, double) { return x > 0 ? x : a * x; }
double leaky_slope(double x, double a, double) { return x > 0 ? 1 : a; }
double elu(double x, double a, double) { return x > 0 ? x : a * std::expm1(x); }
double elu_slope(double x, double a, double) { return x > 0 ? 1 : a * std::exp(x); }
double tanh_slope(double x) { return 1 - std::tanh(x) * std::tanh(x); }
double hardsigmoid(double x, double s, double o) { return clip(s * x + o, 0, 1); }
double hardsigmoid_slope(double x, double s, double o) { return s * clip_slope(s * x + o, 0, 1); }
double gelu_tanh(double x, double, double) {
  return x / 2 * (1 + std::tanh(std::sqrt(2 / kPi) * (x + 0.044715 * x * x * x)));
}
double gelu_tanh_slope(double x, double, double) {
  const double t = std::tanh(std::sqrt(2 / kPi) * (x + 0.044715 * x * x * x));
  return (1 + t) / 2 + x / 2 * (1 - t * t) * std::sqrt(2 / kPi) * (1 + 0.134145 * x * x);
}
double mish(double x, double, double) { return x * std::tanh(std::log1p(std::exp(x))); }
double mish_slope(double x, double, double) {
  const double t = std::tanh(std::log1p(std::exp(x)));
  return t + x * sigmoid(x) * (1 - t * t);
}

const Case kCases[] = {
    {"identity", 0, 0, [](double x, double, double) { return x; }, [](double, double, double) { return 1.0; },
     true},
    {"relu", 0, 0, [](double x, double, double) { return leaky(x, 0, 0); },
     [](double x, double, double) { return leaky_slope(x, 0, 0); }, true},
    {"relu6", 0, 0, [](double x, double, double) { return clip(x, 0, 6); },
     [](double x, double, double) { return clip_slope(x, 0, 6); }, true},
    {"leaky_relu", 0.01f, 0, leaky, leaky_slope, true},
    {"leaky_relu", -0.5f, 0, leaky, leaky_slope, false},
    {"rrelu", 0.125f, 0.375f, [](double x, double, double) { return leaky(x, 0.25, 0); },
     [](double x, double, double) { return leaky_slope(x, 0.25, 0); }, false},
    {"elu", 1, 0, elu, elu_slope, true},
    {"elu", 0.5f, 0, elu, elu_slope, true},
    {"celu", 1, 0, elu, elu_slope, true},
    {"selu", 1.6732632f, 1.050701f, [](double x, double a, double l) { return l * elu(x, a, 0); },
     [](double x, double a, double l) { return l * elu_slope(x, a, 0); }, true},
    {"gelu", 0, 0, [](double x, double, double) { return x * cdf(x); },
     [](double x, double, double) { return cdf(x) + x * phi(x); }, false},
    {"gelu_tanh", 0, 0, gelu_tanh, gelu_tanh_slope, false},
    {"gelu_sigmoid", 0, 0, [](double x, double, double) { return swish(x, 1.702, 0); },
     [](double x, double, double) { return swish_slope(x, 1.702, 0); }, false},
    {"silu", 0, 0, [](double x, double, double) { return swish(x, 1, 0); },
     [](double x, double, double) { return swish_slope(x, 1, 0); }, false},
    {"swish_beta", 1.5f, 0, swish, swish_slope, false},
    {"mish", 0, 0, mish, mish_slope, false},
    {"hardswish", 0, 0, [](double x, double, double) { return x * clip(x + 3, 0, 6) / 6; }, nullptr, false},
    {"sigmoid", 0, 0, [](double x, double, double) { return sigmoid(x); },
     [](double x, double, double) { return sigmoid(x) * sigmoid(-x); }, true},
    {"hardsigmoid", 0.2f, 0.5f, hardsigmoid, hardsigmoid_slope, false},
    {"sparse_sigmoid", 0, 0, [](double x, double, double) { return hardsigmoid(x, 0.5, 0.5); },
     [](double x, double, double) { return hardsigmoid_slope(x, 0.5, 0.5); }, false},
    {"log_sigmoid", 0, 0, [](double x, double, double) { return -std::log1p(std::exp(-x)); },
     [](double x, double, double) { return sigmoid(-x); }, false},
    {"tanh", 0, 0, [](double x, double, double) { return std::tanh(x); },
     [](double x, double, double) { return tanh_slope(x); }, true},
    {"soft_cap", 2, 0, [](double x, double c, double) { return c * std::tanh(x / c); },
     [](double x, double c, double) { return tanh_slope(x / c); }, true},
    {"lecun_tanh", 0, 0, [](double x, double, double) { return 1.7159 * std::tanh(2 * x / 3); },
     [](double x, double, double) { return 1.7159 * 2 / 3 * tanh_slope(2 * x / 3); }, true},
    {"hardtanh", -1, 2, clip, clip_slope, true},
    {"clamp", -1, INFINITY, clip, nullptr, false},
    {"softplus", 2, INFINITY, [](double x, double b, double) { return std::log1p(std::exp(b * x)) / b; },
     [](double x, double b, double) { return sigmoid(b * x); }, false},
    {"cube", 0, 0, [](double x, double, double) { return x * x * x; },
     [](double x, double, double) { return 3 * x * x; }, false},
    {"exp", 0, 0, [](double x, double, double) { return std::exp(x); },
     [](double x, double, double) { return std::exp(x); }, true},
};

constexpr double kBound = 2e-6;  // oneDNN's float32 on [-6, 6), relative to max(1, |exact|)
constexpr float kGuard = 12345.0f;

void forward(const Case& c, int function, std::size_t length, std::size_t offset, bool in_place) {
  std::vector<float> x = check::values(offset + length, 6, 1);
  std::vector<float> y(offset + length + 1, kGuard);
  const std::vector<float> input = x;
  float* out = in_place ? x.data() : y.data();
  const int status = check::prepared(x.data() + offset, [&](std::int64_t from) {
    return hillock_onednn_eltwise_forward(function, c.p0, c.p1, static_cast<std::int64_t>(length), nullptr,
                                          from, nullptr, check::address(out + offset));
  });
  check::equal(status, HILLOCK_ONEDNN_OK, c.name);
  for (std::size_t i = offset; i < offset + length; ++i) {
    check::near(out[i], c.f(input[i], c.p0, c.p1), kBound,
                std::string(c.name) + "(" + std::to_string(input[i]) + ")");
  }
  check::that(offset == 0 || in_place || y[offset - 1] == kGuard,
              std::string(c.name) + " wrote before the range");
  check::that(y[offset + length] == kGuard, std::string(c.name) + " wrote behind the range");
}

void backward(const Case& c, int function, std::size_t length, bool from_output, bool in_place) {
  const std::vector<float> x = check::values(length, 6, 2);
  std::vector<float> read(length);
  for (std::size_t i = 0; i < length; ++i) {
    read[i] = from_output ? static_cast<float>(c.f(x[i], c.p0, c.p1)) : x[i];
  }
  std::vector<float> dy = check::values(length, 1, 3);
  const std::vector<float> gradient = dy;
  std::vector<float> dx(length + 1, kGuard);
  float* out = in_place ? dy.data() : dx.data();
  const auto entry =
      from_output ? hillock_onednn_eltwise_backward_from_output : hillock_onednn_eltwise_backward;
  // Base pointers here, addresses in forward: both spellings of an operand are in use.
  const int status = check::prepared(read.data(), [&](std::int64_t from) {
    return entry(function, c.p0, c.p1, static_cast<std::int64_t>(length), nullptr, from, dy.data(), 0, out,
                 0);
  });
  check::equal(status, HILLOCK_ONEDNN_OK, c.name);
  for (std::size_t i = 0; i < length; ++i) {
    check::near(out[i], gradient[i] * c.slope(x[i], c.p0, c.p1), 2 * kBound,
                std::string(c.name) + (from_output ? "' from y at " : "' at ") + std::to_string(x[i]));
  }
  check::that(dx[length] == kGuard, std::string(c.name) + "' wrote behind the range");
}

}  // namespace

int main() {
  check::equal(hillock_onednn_open(), HILLOCK_ONEDNN_OK, "open");
  std::printf("oneDNN %s on %s\n", hillock_onednn_version(), hillock_onednn_effective_isa());
  for (const Case& c : kCases) {
    const int function = hillock_onednn_function(c.name);
    check::that(function >= 0, std::string(c.name) + " is not known");
    for (std::size_t length : {1, 7, 16, 17, 64, 1000}) {
      forward(c, function, length, 0, false);
      forward(c, function, length, 3, false);
      forward(c, function, length, 0, true);
      if (c.slope) backward(c, function, length, false, false);
      if (c.slope) backward(c, function, length, false, true);
      if (c.from_output) backward(c, function, length, true, false);
      if (c.from_output) backward(c, function, length, true, true);
    }
    check::equal(hillock_onednn_supports(function, HILLOCK_ONEDNN_BACKWARD, c.p0, c.p1) == HILLOCK_ONEDNN_OK,
                 c.slope != nullptr, std::string(c.name) + " backward supported");
    check::equal(hillock_onednn_supports(function, HILLOCK_ONEDNN_BACKWARD_FROM_OUTPUT, c.p0, c.p1) ==
                     HILLOCK_ONEDNN_OK,
                 c.from_output, std::string(c.name) + " from y supported");
  }
  check::equal(hillock_onednn_function("softsign"), HILLOCK_ONEDNN_NO_FUNCTION, "softsign");
  const int celu = hillock_onednn_function("celu");
  check::equal(hillock_onednn_supports(celu, HILLOCK_ONEDNN_FORWARD, 2, 0), HILLOCK_ONEDNN_UNSUPPORTED,
               "celu(2)");
  check::equal(hillock_onednn_eltwise_forward(celu, 2, 0, 1, nullptr, 0, nullptr, 0),
               HILLOCK_ONEDNN_UNSUPPORTED, "celu(2)");
  check::equal(hillock_onednn_eltwise_forward(-1, 0, 0, 1, nullptr, 0, nullptr, 0),
               HILLOCK_ONEDNN_UNSUPPORTED, "function -1");
  float untouched = kGuard;
  check::equal(hillock_onednn_eltwise_forward(celu, 1, 0, 0, &untouched, 0, &untouched, 0), HILLOCK_ONEDNN_OK,
               "length 0");
  check::that(untouched == kGuard, "length 0 wrote");
  return check::result();
}
