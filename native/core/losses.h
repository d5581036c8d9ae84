// The list of losses that are computed element by element: number, name, struct, parameters. The Java
// catalogue has the same, in the same order.
#pragma once
#include "core/losses/distances.h"
#include "core/losses/likelihoods.h"
#include "core/losses/margins.h"

#define HILLOCK_LOSSES(F)                           \
  F(0, mse, Mse)                                    \
  F(1, mae, Mae)                                    \
  F(2, smooth_l1, SmoothL1, beta, inverse)          \
  F(3, huber, Huber, delta)                         \
  F(4, log_cosh, LogCosh)                           \
  F(5, quantile, Quantile, q, below)                \
  F(6, hinge, Hinge, margin)                        \
  F(7, squared_hinge, SquaredHinge, margin)         \
  F(8, hinge_embedding, HingeEmbedding, margin)     \
  F(9, bce_with_logits, BceWithLogits, keep, shift) \
  F(10, bce, Bce)                                   \
  F(11, soft_margin, SoftMargin)                    \
  F(12, focal, Focal, gamma, alpha, other)          \
  F(13, kl_div, KlDiv)                              \
  F(14, kl_div_log, KlDivLog)                       \
  F(15, poisson_nll, PoissonNll)                    \
  F(16, poisson_nll_rate, PoissonNllRate, eps)
