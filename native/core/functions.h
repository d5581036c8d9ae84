// The list of functions: number, name, struct, parameters. The Java catalogue has the same, in the same
// order.
#pragma once
#include "core/formulas.h"
#include "core/formulas/algebraic.h"
#include "core/formulas/exponential.h"
#include "core/formulas/periodic.h"
#include "core/formulas/piecewise.h"
#include "core/formulas/tabulated.h"

#define HILLOCK_FUNCTIONS(F)                      \
  F(0, identity, Identity)                        \
  F(1, sigmoid, Sigmoid)                          \
  F(2, tanh, Tanh)                                \
  F(3, relu, Relu)                                \
  F(4, leaky_relu, LeakyRelu, alpha)              \
  F(5, elu, Elu, alpha)                           \
  F(6, selu, Selu, alpha, lambda)                 \
  F(7, silu, Silu)                                \
  F(8, swish_beta, SwishBeta, beta)               \
  F(9, gelu, Gelu)                                \
  F(10, gelu_tanh, GeluTanh)                      \
  F(11, softplus, Softplus, beta, threshold)      \
  F(12, mish, Mish)                               \
  F(13, hardswish, Hardswish)                     \
  F(14, relu6, Relu6)                             \
  F(15, thresholded_relu, ThresholdedRelu, theta) \
  F(16, threshold, Threshold, theta, value)       \
  F(17, relu_ex, ReluEx, max, theta, slope)       \
  F(18, hardsigmoid, Hardsigmoid, slope, offset)  \
  F(19, hardtanh, Hardtanh, min, max)             \
  F(20, clamp, Clamp, min, max)                   \
  F(21, hardshrink, Hardshrink, lambda)           \
  F(22, softshrink, Softshrink, lambda)           \
  F(23, shrink, Shrink, lambda, bias)             \
  F(24, sparse_plus, SparsePlus)                  \
  F(25, sparse_sigmoid, SparseSigmoid)            \
  F(26, relu_squared, ReluSquared)                \
  F(27, rrelu, Rrelu, lower, upper)               \
  F(28, cube, Cube)                               \
  F(29, softsign, Softsign)                       \
  F(30, elliott, Elliott)                         \
  F(31, squareplus, Squareplus, b)                \
  F(32, rational_tanh, RationalTanh)              \
  F(33, celu, Celu, alpha)                        \
  F(34, gelu_sigmoid, GeluSigmoid)                \
  F(35, log_sigmoid, LogSigmoid)                  \
  F(36, tanhshrink, Tanhshrink)                   \
  F(37, soft_cap, SoftCap, cap)                   \
  F(38, lecun_tanh, LecunTanh)                    \
  F(39, rectified_tanh, RectifiedTanh)            \
  F(40, exp, Exp)                                 \
  F(41, snake, Snake, a)                          \
  F(42, sine, Sine, omega)

// Rare functions, with kernels for floats alone: doubles take the catalogue's formulas.
#define HILLOCK_RARE_FUNCTIONS(F) \
  F(43, gaussian, Gaussian)       \
  F(44, tanh_exp, TanhExp)        \
  F(45, serf, Serf)               \
  F(46, bipolar_sigmoid, BipolarSigmoid)
