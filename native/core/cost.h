// What formulas cost, where it decides about the loops around them.
#pragma once
#include "core/functions.h"

namespace hillock::HILLOCK_TARGET {

// Less than the detour of storage.h: their loops are compiled for the 16-bit types too.
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

// So much that two vectors side by side keep the pipelines nearly full, at half the code.
template <class F>
constexpr bool kLong = false;
template <>
constexpr bool kLong<RationalTanh> = true;
template <>
constexpr bool kLong<TanhExp> = true;
template <>
constexpr bool kLong<Serf> = true;

}  // namespace hillock::HILLOCK_TARGET
