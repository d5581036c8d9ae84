// Formulas x loop -> one table. A file in targets/ names its target, includes its V, then this.
#pragma once
#include "core/axis.h"
#include "core/formulas.h"
#include "core/kernel.h"
#include "core/loop.h"

namespace hillock::HILLOCK_TARGET {

// Parameters of a row of HILLOCK_FUNCTIONS, counted from their names.
constexpr int count_names(const char* names) {
  if (*names == 0) return 0;
  int count = 1;
  for (; *names != 0; names++) count += *names == ',';
  return count;
}

template <class F, class V, size_t... I>
constexpr auto kernels_with(std::index_sequence<I...>) -> EltwiseKernels<F, V, HILLOCK_UNROLL, I...>;

inline EltwiseKernel eltwise(int type, int direction, int function) {
  if (type != 0) return nullptr;
  switch (function) {
#define HILLOCK_CASE(id, name, Struct, ...)       \
  case id:                                        \
    return decltype(kernels_with<Struct, FloatV>( \
        std::make_index_sequence<count_names(#__VA_ARGS__)>{}))::at(direction);
    HILLOCK_FUNCTIONS(HILLOCK_CASE)
#undef HILLOCK_CASE
    default:
      return nullptr;
  }
}

}  // namespace hillock::HILLOCK_TARGET
