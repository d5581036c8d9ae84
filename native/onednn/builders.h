// What the driver can compute, as operations. The numbers beside the operands are their places in the ABI's
// calls.
#pragma once

#include <cstdint>

#include "functions.h"
#include "operation.h"

namespace hillock::onednn {

Operation eltwise_forward(const Algorithm& f, std::int64_t length);  // 0 x, 1 y
Operation eltwise_backward(const Algorithm& f, Direction direction,
                           std::int64_t length);  // 0 x or y, 1 dy, 2 dx

Operation softmax_forward(bool logarithm, std::int64_t outer, std::int64_t axis,
                          std::int64_t inner);  // 0 x, 1 y
Operation softmax_backward(bool logarithm, std::int64_t outer, std::int64_t axis,
                           std::int64_t inner);  // 0 y, 1 dy, 2 dx

// Over [outer, channels, inner] with an alpha for each channel, whose gradient is written, not added.
Operation prelu_forward(std::int64_t outer, std::int64_t channels,
                        std::int64_t inner);  // 0 x, 1 alpha, 2 y
Operation prelu_backward(std::int64_t outer, std::int64_t channels,
                         std::int64_t inner);  // 0 x, 1 alpha, 2 dy, 3 dx, 4 dalpha

// How a row-major matrix of the caller enters a product.
struct Matrix {
  std::int64_t leading;  // from one row of the caller's matrix to the next, in elements
  bool transposed;
};

// c = activation(a * b + bias), or c += a * b. a [rows, inner], b [inner, columns], c [rows, columns].
struct Product {
  std::int64_t rows, inner, columns;
  Matrix a, b;
  std::int64_t c_leading;
  bool has_bias;
  bool accumulate;
  const Algorithm* activation;  // may be null
};
Operation product(const Product& p);  // 0 a, 1 b, 2 bias, 3 c

}  // namespace hillock::onednn
