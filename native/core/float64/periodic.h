// Periodic functions of doubles.
#pragma once
#include "core/float64/sine.h"
#include "core/formulas/periodic.h"

namespace hillock::HILLOCK_TARGET::float64 {

using Snake = SnakeOf<DoubleTurns>;
using Sine = SineOf<DoubleTurns>;

}  // namespace hillock::HILLOCK_TARGET::float64
