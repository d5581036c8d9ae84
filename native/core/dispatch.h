// The targets compiled into this library, best first.
#pragma once
#include "core/kernel.h"

namespace hillock {

int target_count();

// Null for a number out of range.
const Target* target_at(int number);

}  // namespace hillock
