// What formulas cost, where it decides about the loops around them.
#pragma once
#include "core/functions.h"

// A function of which one copy is enough: GCC would make one for each kernel that it is called with.
#if defined(__clang__)
#define HILLOCK_SHARED [[gnu::noinline]]
#else
#define HILLOCK_SHARED [[gnu::noinline, gnu::noclone]]
#endif

namespace hillock::HILLOCK_TARGET {

// Without an instruction set of its own, a target's size counts for more than its speed.
constexpr bool kSmallCode = HILLOCK_SIDE_BY_SIDE == 1;

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

// So little that it shows when the compiler loads an operand twice, which it likes to do for those that are
// compared and selected.
template <class F>
constexpr bool kHeld = false;
template <>
constexpr bool kHeld<LeakyRelu> = true;
template <>
constexpr bool kHeld<Hardswish> = true;
template <>
constexpr bool kHeld<Hardshrink> = true;
template <>
constexpr bool kHeld<Softshrink> = true;
template <>
constexpr bool kHeld<SparsePlus> = true;
template <>
constexpr bool kHeld<Softsign> = true;

// Two vectors side by side are enough, at half the code: so much work that they keep the pipelines nearly
// full, or so many comparisons that four run out of registers. hardswish's gradient even takes a fifth less
// from the second-level cache, which serves its loads sooner where fewer stand in a row.
template <class F>
constexpr bool kTwoSuffice = false;
template <>
constexpr bool kTwoSuffice<Exp> = true;
template <>
constexpr bool kTwoSuffice<Gaussian> = true;
template <class T>
constexpr bool kTwoSuffice<SineOf<T>> = true;
template <>
constexpr bool kTwoSuffice<RationalTanh> = true;
template <>
constexpr bool kTwoSuffice<ReluEx> = true;
template <>
constexpr bool kTwoSuffice<Hardswish> = true;

}  // namespace hillock::HILLOCK_TARGET
