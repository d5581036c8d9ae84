// An element-wise function of scale[c] x + shift[c] over [outer, channels, inner] without gaps, and its
// gradients.
#pragma once
#include "core/kernel.h"

namespace hillock {

// scale is null for 1; out is y where dy is null, else dx. Sums that are null, as they are forward, are not
// taken.
struct AffineCall {
  const AffineKernels* kernels;
  EltwiseKernel eltwise;
  const double* parameters;
  int64_t outer, channels, inner;
  const float *scale, *shift, *x, *dy;
  float* out;
  double *scale_sums, *shift_sums;
};

void run(const AffineCall& call);

}  // namespace hillock
