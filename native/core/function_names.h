// The list of functions as the one string that the Java catalogue is compared with.
#pragma once
#define HILLOCK_TARGET names
#include "core/axis_formulas.h"
#include "core/functions.h"
#include "core/losses.h"

namespace hillock {

#define HILLOCK_COUNT(...) +1
constexpr int kFunctionCount = 0 HILLOCK_FUNCTIONS(HILLOCK_COUNT) HILLOCK_RARE_FUNCTIONS(HILLOCK_COUNT);
constexpr int kAxisFunctionCount = 0 HILLOCK_AXIS_FUNCTIONS(HILLOCK_COUNT) HILLOCK_AXIS_LOOPS(HILLOCK_COUNT);
constexpr int kLossCount = 0 HILLOCK_LOSSES(HILLOCK_COUNT);
#undef HILLOCK_COUNT

// One row is " 4:leaky_relu(alpha)"; a row without parameters ends in "()".
#define HILLOCK_ROW(id, name, Struct, ...) " " #id ":" #name "(" #__VA_ARGS__ ")"
constexpr const char* kFunctionNames =
    &(HILLOCK_FUNCTIONS(HILLOCK_ROW) HILLOCK_RARE_FUNCTIONS(HILLOCK_ROW))[1];
constexpr const char* kAxisFunctionNames =
    &(HILLOCK_AXIS_FUNCTIONS(HILLOCK_ROW) HILLOCK_AXIS_LOOPS(HILLOCK_ROW))[1];
constexpr const char* kLossNames = &(HILLOCK_LOSSES(HILLOCK_ROW))[1];
#undef HILLOCK_ROW

}  // namespace hillock
