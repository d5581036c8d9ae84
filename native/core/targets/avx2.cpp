// Compiled with the AVX2 flags of cmake/TargetFlags.cmake. Nothing with code from the standard library is
// included here: an inline function compiled with these flags could be the copy the linker keeps for
// everyone.
#include <cpuid.h>

#define HILLOCK_TARGET avx2
#define HILLOCK_SIDE_BY_SIDE 2
#include "core/simd/avx2.h"
#include "core/target.h"

namespace hillock::avx2 {

static bool available() {
  __builtin_cpu_init();
  // Clang's test knows no F16C.
  unsigned eax, ebx, ecx, edx;
  const bool f16c = __get_cpuid(1, &eax, &ebx, &ecx, &edx) != 0 && (ecx & bit_F16C) != 0;
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && f16c;
}

extern const Target target;
const Target target = {"avx2",     available, eltwise, over_axis, loss,
                       add_gumbel, drop,      count,   prelu,     &affine_kernels};

}  // namespace hillock::avx2
