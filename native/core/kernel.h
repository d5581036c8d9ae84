// What a target offers to the dispatcher: tables of function pointers, the same shape for every instruction
// set.
#pragma once
#include <stdint.h>

#include "core/walk.h"
#include "hillock.h"

namespace hillock {

constexpr int kMaxParameters = 3;

// x, dy and out are elements of the kernel's type; dy is null going forward.
using EltwiseKernel = void (*)(const double* parameters, const void* x, const void* dy, void* out,
                               int64_t length, Walk walk);

// Where the elements of [outer, axis, inner] lie: element (o, i, c) at o * outer_stride + i * axis_stride +
// c.
struct AxisLayout {
  int64_t outer, axis, inner, outer_stride, axis_stride;
};

// x is the input going forward, the output y going backward; dy is null going forward.
using AxisKernel = void (*)(const AxisLayout& layout, double temperature, const void* x, const void* dy,
                            void* out);

// The loss of x against t, times weight unless that is null: the sum of the values. terms and dx are written
// unless they are null, dx times scale.
struct LossCall {
  const double* parameters;
  const float *x, *t, *weight;
  float *terms, *dx;
  double scale;
  int64_t length;
};
using LossKernel = double (*)(const LossCall& call);

// Adds Gumbel's noise of a seed to [rows, columns] of floats; see gumbel.h.
using GumbelKernel = void (*)(int64_t seed, int64_t index, int64_t index_stride, int64_t rows,
                              int64_t columns, float* z);

// Drops elements of n floats in place; see dropout.h.
using DropKernel = void (*)(int64_t seed, int64_t index, int64_t least_kept, float factor, int64_t n,
                            float* values);

// Counts outputs in sixteen lanes; see statistics.h.
using StatisticsKernel = void (*)(const float* y, const float* slopes, float flat, int64_t n, double* sums,
                                  float* lanes);

// The parametric ReLU over [outer, channels, inner], element (o, c, i) at o * outer_stride + c * inner + i;
// out is y where dy is null. sums is null where alpha does not learn; see prelu.h.
struct PreluCall {
  int64_t outer, channels, inner, outer_stride;
  const void *alpha, *x, *dy;
  void* out;
  double* sums;
  bool stream;
};
using PreluKernel = void (*)(const PreluCall& call);

// The steps around an element-wise kernel behind a scale and a shift; see affine.cpp. sum is that of a piece
// of a channel's run, as sums.h adds up; add_channels adds rows of channels to their sums, one after the
// other.
struct AffineKernels {
  // z = scale x + shift, or x + shift where scale is null.
  void (*affine)(const float* scale, const float* shift, const float* x, float* z, int64_t n);
  void (*fill)(float value, float* out, int64_t n);
  void (*product)(const float* a, const float* b, float* out, int64_t n);
  void (*add_channels)(const float* terms, int64_t rows, int64_t channels, double* sums);
  double (*sum)(const float* terms, int64_t n);
};

struct Target {
  const char* name;
  bool (*available)();
  // Null where the function has no such direction or the type is not served.
  EltwiseKernel (*eltwise)(int type, int direction, int function);
  AxisKernel (*axis)(int type, int direction, int function);
  LossKernel (*loss)(int loss);
  GumbelKernel gumbel;
  DropKernel drop;
  StatisticsKernel statistics;
  // Null where the type is not served.
  PreluKernel (*prelu)(int type);
  const AffineKernels* affine;
};

}  // namespace hillock
