#include "core/dispatch.h"

namespace hillock {

#if defined(__x86_64__)
namespace avx512 {
extern const Target target;
}
namespace avx2 {
extern const Target target;
}
#elif defined(__aarch64__)
namespace neon {
extern const Target target;
}
#endif
namespace portable {
extern const Target target;
}

// Best first; the last one always accepts.
static const Target* const kTargets[] = {
#if defined(__x86_64__)
    &avx512::target,
    &avx2::target,
#elif defined(__aarch64__)
    &neon::target,
#endif
    &portable::target,
};

int target_count() { return static_cast<int>(sizeof kTargets / sizeof kTargets[0]); }

const Target* target_at(int number) {
  return number >= 0 && number < target_count() ? kTargets[number] : nullptr;
}

}  // namespace hillock
