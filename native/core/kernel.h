// What a target offers to the dispatcher: tables of function pointers, the same shape for every instruction
// set.
#pragma once
#include <stdint.h>

namespace hillock {

constexpr int kMaxParameters = 3;
constexpr int kTypes = 4;
// hillock_direction's HILLOCK_LOG_SUM.
constexpr int kLogSum = 5;

// x, dy and out are elements of the kernel's type; dy is null going forward.
using EltwiseKernel = void (*)(const double* parameters, const void* x, const void* dy, void* out,
                               int64_t length, bool stream);

// Where the elements of [outer, axis, inner] lie: element (o, i, c) at o * outer_stride + i * axis_stride +
// c.
struct AxisLayout {
  int64_t outer, axis, inner, outer_stride, axis_stride;
};

// x is the input going forward, the output y going backward; dy is null going forward.
using AxisKernel = void (*)(const AxisLayout& layout, double temperature, const void* x, const void* dy,
                            void* out);

struct Target {
  const char* name;
  bool (*available)();
  // Null where the function has no such direction or the type is not served.
  EltwiseKernel (*eltwise)(int type, int direction, int function);
  AxisKernel (*axis)(int type, int direction, int function);
};

}  // namespace hillock
