#include "functions.h"

#include <cstring>
#include <iterator>
#include <limits>

namespace hillock::onednn {
namespace {

constexpr dnnl_alg_kind_t kNone = dnnl_alg_kind_undef;

// Fills in the parameters of an algorithm from those of the catalogue; false where oneDNN has no counterpart.
using Parameters = bool (*)(float p0, float p1, Algorithm& a);

// Parameters that do not depend on the caller's. (A template argument cannot be a float before C++20.)
template <int kAlphaMillis, int kBetaMillis>
bool fixed(float, float, Algorithm& a) {
  a.alpha = kAlphaMillis / 1000.0f;
  a.beta = kBetaMillis / 1000.0f;
  return true;
}

bool alpha(float p0, float, Algorithm& a) {
  a.alpha = p0;
  return true;
}

bool alpha_beta(float p0, float p1, Algorithm& a) {
  a.alpha = p0;
  a.beta = p1;
  return true;
}

bool alpha_scale(float p0, float p1, Algorithm& a) {
  a.alpha = p0;
  a.scale = p1;
  return true;
}

// cap * tanh(x / cap).
bool cap(float p0, float, Algorithm& a) {
  a.scale = p0;
  a.rate = 1.0f / p0;
  return true;
}

// 1.7159 tanh(2 x / 3).
bool lecun(float, float, Algorithm& a) {
  a.scale = 1.7159f;
  a.rate = 2.0f / 3.0f;
  return true;
}

// celu with alpha = 1 is elu with alpha = 1; oneDNN has no other.
bool only_alpha_1(float p0, float, Algorithm& a) {
  a.alpha = 1.0f;
  return p0 == 1.0f;
}

// rrelu outside training is leaky_relu with the mean of its bounds.
bool alpha_between(float p0, float p1, Algorithm& a) {
  a.alpha = (p0 + p1) / 2.0f;
  return true;
}

// oneDNN's soft_relu goes over to x at a place of its own.
bool alpha_without_threshold(float p0, float p1, Algorithm& a) {
  a.alpha = p0;
  return p1 == std::numeric_limits<float>::infinity();
}

bool sixth_and_half(float, float, Algorithm& a) {
  a.alpha = 1.0f / 6.0f;
  a.beta = 0.5f;
  return true;
}

struct Function {
  const char* name;
  dnnl_alg_kind_t forward;
  dnnl_alg_kind_t backward;
  dnnl_alg_kind_t backward_from_output;
  Parameters parameters;
};

// An algorithm is missing where oneDNN has none (gelu from y) or a different one: its hardswish slope is 0 at
// x = 3 and x = -3, its clip slope is open where clamp's is closed.
constexpr Function kFunctions[] = {
    {"identity", dnnl_eltwise_linear, dnnl_eltwise_linear, dnnl_eltwise_linear, fixed<1000, 0>},
    {"relu", dnnl_eltwise_relu, dnnl_eltwise_relu, dnnl_eltwise_relu_use_dst_for_bwd, fixed<0, 0>},
    {"relu6", dnnl_eltwise_clip_v2, dnnl_eltwise_clip_v2, dnnl_eltwise_clip_v2_use_dst_for_bwd,
     fixed<0, 6000>},
    {"leaky_relu", dnnl_eltwise_relu, dnnl_eltwise_relu, dnnl_eltwise_relu_use_dst_for_bwd, alpha},
    {"rrelu", dnnl_eltwise_relu, dnnl_eltwise_relu, kNone, alpha_between},
    {"elu", dnnl_eltwise_elu, dnnl_eltwise_elu, dnnl_eltwise_elu_use_dst_for_bwd, alpha},
    {"celu", dnnl_eltwise_elu, dnnl_eltwise_elu, dnnl_eltwise_elu_use_dst_for_bwd, only_alpha_1},
    {"selu", dnnl_eltwise_elu, dnnl_eltwise_elu, dnnl_eltwise_elu_use_dst_for_bwd, alpha_scale},
    {"gelu", dnnl_eltwise_gelu_erf, dnnl_eltwise_gelu_erf, kNone, fixed<0, 0>},
    {"gelu_tanh", dnnl_eltwise_gelu_tanh, dnnl_eltwise_gelu_tanh, kNone, fixed<0, 0>},
    {"gelu_sigmoid", dnnl_eltwise_swish, dnnl_eltwise_swish, kNone, fixed<1702, 0>},
    {"silu", dnnl_eltwise_swish, dnnl_eltwise_swish, kNone, fixed<1000, 0>},
    {"swish_beta", dnnl_eltwise_swish, dnnl_eltwise_swish, kNone, alpha},
    {"mish", dnnl_eltwise_mish, dnnl_eltwise_mish, kNone, fixed<0, 0>},
    {"hardswish", dnnl_eltwise_hardswish, kNone, kNone, sixth_and_half},
    {"sigmoid", dnnl_eltwise_logistic, dnnl_eltwise_logistic, dnnl_eltwise_logistic_use_dst_for_bwd,
     fixed<0, 0>},
    {"hardsigmoid", dnnl_eltwise_hardsigmoid, dnnl_eltwise_hardsigmoid, kNone, alpha_beta},
    {"sparse_sigmoid", dnnl_eltwise_hardsigmoid, dnnl_eltwise_hardsigmoid, kNone, fixed<500, 500>},
    {"log_sigmoid", dnnl_eltwise_soft_relu, dnnl_eltwise_soft_relu, kNone, fixed<-1000, 0>},
    {"tanh", dnnl_eltwise_tanh, dnnl_eltwise_tanh, dnnl_eltwise_tanh_use_dst_for_bwd, fixed<0, 0>},
    {"soft_cap", dnnl_eltwise_tanh, dnnl_eltwise_tanh, dnnl_eltwise_tanh_use_dst_for_bwd, cap},
    {"lecun_tanh", dnnl_eltwise_tanh, dnnl_eltwise_tanh, dnnl_eltwise_tanh_use_dst_for_bwd, lecun},
    {"hardtanh", dnnl_eltwise_clip_v2, dnnl_eltwise_clip_v2, dnnl_eltwise_clip_v2_use_dst_for_bwd,
     alpha_beta},
    {"clamp", dnnl_eltwise_clip_v2, kNone, kNone, alpha_beta},
    {"softplus", dnnl_eltwise_soft_relu, dnnl_eltwise_soft_relu, kNone, alpha_without_threshold},
    {"cube", dnnl_eltwise_pow, dnnl_eltwise_pow, kNone, fixed<1000, 3000>},
    {"exp", dnnl_eltwise_exp, dnnl_eltwise_exp, dnnl_eltwise_exp_use_dst_for_bwd, fixed<0, 0>},
};

// relu and elu give back x's sign in y only while alpha does not turn it.
bool needs_positive_alpha(dnnl_alg_kind_t kind) {
  return kind == dnnl_eltwise_relu_use_dst_for_bwd || kind == dnnl_eltwise_elu_use_dst_for_bwd;
}

dnnl_alg_kind_t kind_for(const Function& f, Direction direction) {
  switch (direction) {
    case Direction::kForward:
      return f.forward;
    case Direction::kBackward:
      return f.backward;
    case Direction::kBackwardFromOutput:
      return f.backward_from_output;
  }
  return kNone;
}

}  // namespace

int function_number(const char* name) {
  for (std::size_t i = 0; i < std::size(kFunctions); ++i) {
    if (std::strcmp(kFunctions[i].name, name) == 0) return static_cast<int>(i);
  }
  return -1;
}

bool translate(int function, Direction direction, float p0, float p1, Algorithm& algorithm) {
  if (function < 0 || function >= static_cast<int>(std::size(kFunctions))) return false;
  const Function& f = kFunctions[function];
  algorithm = {kind_for(f, direction), 0.0f, 0.0f, 1.0f, 1.0f};
  if (algorithm.kind == kNone || !f.parameters(p0, p1, algorithm)) return false;
  if (direction == Direction::kBackwardFromOutput && algorithm.scale == 0.0f) return false;
  return !needs_positive_alpha(algorithm.kind) || algorithm.alpha >= 0.0f;
}

}  // namespace hillock::onednn
