// One copy of the tables for all targets.
#include "core/elementary/tables.h"

namespace hillock {

alignas(64) const float GeluTable::kRows[] = {
#include "core/pieces/gelu.inc"
};
alignas(64) const float GeluSlopeTable::kRows[] = {
#include "core/pieces/gelu_slope.inc"
};
alignas(64) const float GeluTanhTable::kRows[] = {
#include "core/pieces/gelu_tanh.inc"
};
alignas(64) const float GeluTanhSlopeTable::kRows[] = {
#include "core/pieces/gelu_tanh_slope.inc"
};
alignas(64) const float MishGateTable::kRows[] = {
#include "core/pieces/mish_gate.inc"
};
alignas(64) const float MishSlopeTable::kRows[] = {
#include "core/pieces/mish_slope.inc"
};
alignas(64) const float TanhExpGateTable::kRows[] = {
#include "core/pieces/tanh_exp_gate.inc"
};
alignas(64) const float TanhExpSlopeTable::kRows[] = {
#include "core/pieces/tanh_exp_slope.inc"
};
alignas(64) const float SerfGateTable::kRows[] = {
#include "core/pieces/serf_gate.inc"
};
alignas(64) const float SerfSlopeTable::kRows[] = {
#include "core/pieces/serf_slope.inc"
};
alignas(64) const float PowersTable::kRows[] = {
#include "core/pieces/powers.inc"
};

}  // namespace hillock
