// The functions of the catalogue that oneDNN has, and how it spells them.
#pragma once

#include <oneapi/dnnl/dnnl.h>

namespace hillock::onednn {

// One element-wise algorithm with its parameters: y = scale * algorithm(rate * x; alpha, beta).
struct Algorithm {
  dnnl_alg_kind_t kind;
  float alpha;
  float beta;
  float scale;
  float rate;
};

enum class Direction { kForward = 0, kBackward = 1, kBackwardFromOutput = 2 };

// The number of the function with this name, or -1.
int function_number(const char* name);

// False where oneDNN has no primitive for this function, direction and parameters that agrees with the
// catalogue.
bool translate(int function, Direction direction, float p0, float p1, Algorithm& algorithm);

}  // namespace hillock::onednn
