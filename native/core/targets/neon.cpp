// AArch64 always has NEON: no flags of its own.
#define HILLOCK_TARGET neon
#define HILLOCK_SIDE_BY_SIDE 4
#include "core/simd/neon.h"

#include "core/target.h"

namespace hillock::neon {

static bool available() { return true; }

extern const Target target;
const Target target = {"neon",     available, eltwise, over_axis, loss,
                       add_gumbel, drop,      count,   prelu,     &affine_kernels};

}  // namespace hillock::neon
