// Element-wise losses: value and gradient of every element in one pass, and the sum of the values in the one
// order that every target and every engine keeps. Term i of a call belongs to lane i mod 16, the terms of a
// lane are added one after the other in double, the lanes at the end by halves, as sums.h does.
#pragma once
#include <string.h>

#include "core/fused.h"
#include "core/sums.h"

namespace hillock::HILLOCK_TARGET {

// terms = value(x, t) and dx = gradient(x, t) * scale over whole vectors: the only copy of a formula.
// Value and gradient share what is inlined in both.
template <class F, class V, size_t... I>
[[gnu::flatten]] void loss_vectors(const double* p, const float* x, const float* t, float* terms, float* dx,
                                   double scale, int64_t length) {
  const V parameter[] = {V(p[I])..., V(0.0)};
  (void)parameter;
  const V factor = scale;
  for (int64_t i = 0; i < length; i += V::kLanes) {
    const V a = V::load(x + i), b = V::load(t + i);
    const V term = F::value(a, b, parameter[I]...);
    const V slope = F::gradient(a, b, parameter[I]...);
    term.store(terms + i);
    (slope * factor).store(dx + i);
  }
}
using LossVectors = void (*)(const double* p, const float* x, const float* t, float* terms, float* dx,
                             double scale, int64_t length);

// Adds terms that begin at a multiple of 16.
inline void add_terms(const float* terms, int64_t length, LaneSums& sums) {
  int64_t i = 0;
  for (; i + kLanesOfSum <= length; i += kLanesOfSum)
    for (int l = 0; l < kLanesOfSum; l++) sums.lane[l] += terms[i + l];
  for (int l = 0; i < length; i++, l++) sums.lane[l] += terms[i];
}

// The last elements, fewer than a vector holds.
inline void loss_tail(LossVectors vectors, const double* p, const float* x, const float* t, float* terms,
                      float* dx, double scale, int count) {
  alignas(64) float last_x[FloatV::kLanes], last_t[FloatV::kLanes], last_dx[FloatV::kLanes];
  FloatV::load_part(x, count).store(last_x);
  FloatV::load_part(t, count).store(last_t);
  vectors(p, last_x, last_t, terms, last_dx, scale, FloatV::kLanes);
  FloatV::load(last_dx).store_part(dx, count);
}

HILLOCK_SHARED inline double run_loss(LossVectors vectors, const LossCall& c) {
  alignas(64) float terms[kFusedBlock], unwanted[kFusedBlock];
  LaneSums sums;
  for_each_block(c.length, [&](int64_t i, int64_t count) {
    float* dx = c.dx == nullptr ? unwanted : c.dx + i;
    const int rest = static_cast<int>(count % FloatV::kLanes);
    const int64_t whole = count - rest;
    vectors(c.parameters, c.x + i, c.t + i, terms, dx, c.scale, whole);
    if (rest != 0) {
      loss_tail(vectors, c.parameters, c.x + i + whole, c.t + i + whole, terms + whole, dx + whole, c.scale,
                rest);
    }
    if (c.weight != nullptr) {
      product(terms, c.weight + i, terms, count);
      product(dx, c.weight + i, dx, count);
    }
    add_terms(terms, count, sums);
    if (c.terms != nullptr) memcpy(c.terms + i, terms, static_cast<size_t>(count) * sizeof(float));
  });
  return sums.total();
}

template <class F, size_t... I>
constexpr LossKernel loss_with(std::index_sequence<I...>) {
  return [](const LossCall& call) { return run_loss(loss_vectors<F, FloatV, I...>, call); };
}

}  // namespace hillock::HILLOCK_TARGET
