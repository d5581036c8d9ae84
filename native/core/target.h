// Formulas x loop -> one table. A file in targets/ names its target, includes its V, then this.
#pragma once
#include "core/affine.h"
#include "core/axis.h"
#include "core/dropout.h"
#include "core/float64/exponential.h"
#include "core/float64/periodic.h"
#include "core/functions.h"
#include "core/fused.h"
#include "core/gumbel.h"
#include "core/kernel.h"
#include "core/loop.h"
#include "core/loss_loop.h"
#include "core/losses.h"
#include "core/maxout.h"
#include "core/prelu.h"
#include "core/sparsemax.h"
#include "core/statistics.h"

namespace hillock::HILLOCK_TARGET {

// Parameters of a row of HILLOCK_FUNCTIONS, counted from their names.
constexpr int count_names(const char* names) {
  if (*names == 0) return 0;
  int count = 1;
  for (; *names != 0; names++) count += *names == ',';
  return count;
}

template <class F, class V, int kSideBySide, size_t... I>
constexpr auto kernels_with(std::index_sequence<I...>) -> EltwiseKernels<F, V, kSideBySide, I...>;

template <class Kernels>
EltwiseKernel kernel_for(int type, int direction) {
  switch (type) {
    case HILLOCK_FLOAT32:
      if (direction == HILLOCK_TIMES_OPERAND) return FusedKernels<Kernels>::times_operand;
      if (direction == HILLOCK_PLUS_OPERAND) return FusedKernels<Kernels>::plus_operand;
      return Kernels::at(direction);
    case HILLOCK_BFLOAT16:
      return Kernels::template stored_as<Bfloat16>(direction);
    case HILLOCK_FLOAT16:
      return Kernels::template stored_as<Float16>(direction);
    default:
      return nullptr;
  }
}

namespace float64 {

// Doubles are rarer: one vector at a time keeps the library small.
constexpr int kSideBySide = 1;

template <class F, size_t kCount>
EltwiseKernel kernel(int direction) {
  return decltype(kernels_with<F, DoubleV, kSideBySide>(std::make_index_sequence<kCount>{}))::at(direction);
}

// Struct is this namespace's edition of the function, or where it has none the one that all types share.
[[gnu::cold]] inline EltwiseKernel eltwise(int direction, int function) {
  switch (function) {
#define HILLOCK_CASE(id, name, Struct, ...) \
  case id:                                  \
    return kernel<Struct, count_names(#__VA_ARGS__)>(direction);
    HILLOCK_FUNCTIONS(HILLOCK_CASE)
#undef HILLOCK_CASE
    default:
      return nullptr;
  }
}

}  // namespace float64

// Cold: asked once for each kernel, so that it is compiled to be small.
[[gnu::cold]] inline EltwiseKernel eltwise(int type, int direction, int function) {
  if (type == HILLOCK_FLOAT64) return float64::eltwise(direction, function);
  switch (function) {
#define HILLOCK_CASE(id, name, Struct, ...)                                        \
  case id:                                                                         \
    return kernel_for<decltype(kernels_with<Struct, FloatV, HILLOCK_SIDE_BY_SIDE>( \
        std::make_index_sequence<count_names(#__VA_ARGS__)>{}))>(type, direction);
    HILLOCK_FUNCTIONS(HILLOCK_CASE)
    HILLOCK_RARE_FUNCTIONS(HILLOCK_CASE)
#undef HILLOCK_CASE
    default:
      return nullptr;
  }
}

inline AxisKernel over_axis(int type, int direction, int function) {
  switch (function) {
    case kSparsemax:
      return type == HILLOCK_FLOAT32   ? Sparsemax<float>::at(direction)
             : type == HILLOCK_FLOAT64 ? Sparsemax<double>::at(direction)
                                       : nullptr;
    case kMaxout:
      return type == HILLOCK_FLOAT32 ? maxout::at(direction) : nullptr;
    default:
      return axis(type, direction, function);
  }
}

inline PreluKernel prelu(int type) {
  return type == HILLOCK_FLOAT32   ? Prelu<FloatV>::run
         : type == HILLOCK_FLOAT64 ? Prelu<float64::DoubleV>::run
                                   : nullptr;
}

inline LossKernel loss(int loss) {
  switch (loss) {
#define HILLOCK_CASE(id, name, Struct, ...) \
  case id:                                  \
    return loss_with<Struct>(std::make_index_sequence<count_names(#__VA_ARGS__)>{});
    HILLOCK_LOSSES(HILLOCK_CASE)
#undef HILLOCK_CASE
    default:
      return nullptr;
  }
}

}  // namespace hillock::HILLOCK_TARGET
