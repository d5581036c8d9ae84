// Compiled for the oldest CPU of the platform, and to be small (cmake/TargetFlags.cmake).
#define HILLOCK_TARGET portable
#define HILLOCK_SIDE_BY_SIDE 1
#include "core/simd/portable.h"

#include "core/target.h"

namespace hillock::portable {

static bool available() { return true; }

extern const Target target;
const Target target = {"portable", available, eltwise, over_axis, loss,
                       add_gumbel, drop,      count,   prelu,     &affine_kernels};

}  // namespace hillock::portable
