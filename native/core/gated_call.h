// The gradients of f(gate) times value, an element-wise function f in front of a product.
#pragma once
#include "core/kernel.h"

namespace hillock {

// Element i of row r at r * stride + i, of dy and what is dense at r * length + i.
struct GatedCall {
  // f's gradient; f and the identity, times an operand.
  EltwiseKernel backward, times, product;
  const double* parameters;
  const float *gate, *value, *dy;
  float *d_gate, *d_value;
  int64_t rows, length, stride;
};

void run(const GatedCall& call);

}  // namespace hillock
