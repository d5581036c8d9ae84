// The formulas that cost less than the detour of storage.h: their loops are compiled for the 16-bit types
// too.
#pragma once
#include "core/formulas.h"

namespace hillock::HILLOCK_TARGET {

template <class F>
constexpr bool kLight = false;
template <>
constexpr bool kLight<Identity> = true;
template <>
constexpr bool kLight<Relu> = true;
template <>
constexpr bool kLight<LeakyRelu> = true;
template <>
constexpr bool kLight<Hardswish> = true;

}  // namespace hillock::HILLOCK_TARGET
