// The tables of elementary/pieces.h, from coefficients/pieces.py. Rows of 16: the centers, then the
// coefficients from the constant up. After them the rate and the bend of the pieces' numbers and the ends of
// the range.
#pragma once

// The targets find the rows in the library itself, not by way of what another library could put in their
// place.
#if defined(_WIN32)
#define HILLOCK_HIDDEN
#else
#define HILLOCK_HIDDEN [[gnu::visibility("hidden")]]
#endif

namespace hillock {

// kValues is for the compiler, kRows what all targets share at run time, aligned to 64 bytes: with a copy for
// each they would be a fiftieth of the library.
struct GeluTable {
  static constexpr float kValues[] = {
#include "core/pieces/gelu.inc"
  };
  HILLOCK_HIDDEN static const float kRows[];
};
struct GeluSlopeTable {
  static constexpr float kValues[] = {
#include "core/pieces/gelu_slope.inc"
  };
  HILLOCK_HIDDEN static const float kRows[];
};
struct GeluTanhTable {
  static constexpr float kValues[] = {
#include "core/pieces/gelu_tanh.inc"
  };
  HILLOCK_HIDDEN static const float kRows[];
};
struct GeluTanhSlopeTable {
  static constexpr float kValues[] = {
#include "core/pieces/gelu_tanh_slope.inc"
  };
  HILLOCK_HIDDEN static const float kRows[];
};
struct MishGateTable {
  static constexpr float kValues[] = {
#include "core/pieces/mish_gate.inc"
  };
  HILLOCK_HIDDEN static const float kRows[];
};
struct MishSlopeTable {
  static constexpr float kValues[] = {
#include "core/pieces/mish_slope.inc"
  };
  HILLOCK_HIDDEN static const float kRows[];
};
struct TanhExpGateTable {
  static constexpr float kValues[] = {
#include "core/pieces/tanh_exp_gate.inc"
  };
  HILLOCK_HIDDEN static const float kRows[];
};
struct TanhExpSlopeTable {
  static constexpr float kValues[] = {
#include "core/pieces/tanh_exp_slope.inc"
  };
  HILLOCK_HIDDEN static const float kRows[];
};
struct SerfGateTable {
  static constexpr float kValues[] = {
#include "core/pieces/serf_gate.inc"
  };
  HILLOCK_HIDDEN static const float kRows[];
};
struct SerfSlopeTable {
  static constexpr float kValues[] = {
#include "core/pieces/serf_slope.inc"
  };
  HILLOCK_HIDDEN static const float kRows[];
};
// Of elementary/powers.h: one row.
struct PowersTable {
  HILLOCK_HIDDEN static const float kRows[];
};

}  // namespace hillock
