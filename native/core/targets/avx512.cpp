// Compiled with the AVX-512 flags of cmake/TargetFlags.cmake. Nothing with code from the standard library is
// included here: an inline function compiled with these flags could be the copy the linker keeps for
// everyone.
#define HILLOCK_TARGET avx512
#define HILLOCK_SIDE_BY_SIDE 4
#include "core/simd/avx512.h"

#include "core/target.h"

namespace hillock::avx512 {

static bool available() {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("fma");
}

extern const Target target;
const Target target = {"avx512",   available, eltwise, over_axis, loss,
                       add_gumbel, drop,      count,   prelu,     &affine_kernels};

}  // namespace hillock::avx512
