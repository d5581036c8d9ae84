/*
 * Hillock's kernel core: the whole binary interface.
 *
 * Every function is re-entrant, single-threaded, never allocates, never throws and never logs. A kernel
 * checks nothing that its caller could check: the Java side answers misuse before it crosses.
 *
 * Operands are a base and an offset in BYTES. A heap array is passed as its base and the offset of its first
 * element; memory outside the heap as a null base and its address as the offset. No alignment is needed
 * beyond the element's own.
 */
#ifndef HILLOCK_H
#define HILLOCK_H

#include <stdint.h>

#if defined(_WIN32)
#if defined(HILLOCK_BUILDING)
#define HILLOCK_API __declspec(dllexport)
#else
#define HILLOCK_API
#endif
#else
#define HILLOCK_API __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Answers of calls that can fail. Zero and above is success. */
enum hillock_status {
  HILLOCK_OK = 0,
  HILLOCK_UNKNOWN_TARGET = -1,
  HILLOCK_UNAVAILABLE_TARGET = -2,
  HILLOCK_UNKNOWN_FUNCTION = -3,
  HILLOCK_UNSUPPORTED = -4
};

/* How elements are stored. bfloat16 and float16 are widened to float, computed, and rounded once. */
enum hillock_type { HILLOCK_FLOAT32 = 0, HILLOCK_FLOAT64 = 1, HILLOCK_BFLOAT16 = 2, HILLOCK_FLOAT16 = 3 };

/* What is computed: y = f(x); dx = dy f'(x) from x; dx = dy f'(x) from y = f(x); and on float32 a gated unit,
 * y = f(x) b, and a biased one or one with a residual, y = f(x + b); over an axis the logarithm of each row's
 * sum of e^x. */
enum hillock_direction {
  HILLOCK_FORWARD = 0,
  HILLOCK_BACKWARD = 1,
  HILLOCK_BACKWARD_FROM_OUTPUT = 2,
  HILLOCK_TIMES_OPERAND = 3,
  HILLOCK_PLUS_OPERAND = 4,
  HILLOCK_LOG_SUM = 5
};

/* The version of the project that built this library, for example "0.1.0". */
HILLOCK_API const char* hillock_version(void);

/* The functions in this library: "0:identity() 1:sigmoid() ... 4:leaky_relu(alpha) ...", in the order of
 * their ids. */
HILLOCK_API const char* hillock_functions(void);

/* Number of instruction-set targets compiled in; targets are numbered from 0, the best first. */
HILLOCK_API int32_t hillock_target_count(void);

/* "avx512", "avx2", "neon" or "portable"; null for a number out of range. */
HILLOCK_API const char* hillock_target_name(int32_t target);

/* 1 if this CPU and operating system can run the target, else 0. */
HILLOCK_API int32_t hillock_target_available(int32_t target);

/*
 * Resolves one element-wise kernel: a positive handle for hillock_eltwise, valid for the life of the process,
 * or a negative status. type is a hillock_type, direction a hillock_direction, function an id.
 */
HILLOCK_API int64_t hillock_eltwise_kernel(int32_t target, int32_t type, int32_t direction, int32_t function);

/*
 * Runs a kernel over length elements.
 *   forward:               out[i] = f(x[i])            dy is not read
 *   backward:              out[i] = dy[i] * f'(x[i])
 *   backward from output:  out[i] = dy[i] * f'(y[i])   with y passed as x
 *   times operand:         out[i] = f(x[i]) * b[i]     with b passed as dy
 *   plus operand:          out[i] = f(x[i] + b[i])     with b passed as dy
 * p0..p2: the function's parameters in the order of hillock_functions, the rest ignored.
 * out may be the same memory as x or as dy; it must not overlap either in part.
 * stream: 1 asks for stores that bypass the caches (worth it when the arrays exceed the last-level cache);
 * where out is not aligned to its elements, they do not.
 */
HILLOCK_API void hillock_eltwise(int64_t kernel, double p0, double p1, double p2, const void* x,
                                 int64_t x_offset, const void* dy, int64_t dy_offset, void* out,
                                 int64_t out_offset, int64_t length, int32_t stream);

/*
 * hillock_eltwise on each of several rows of length floats. Strides are in elements from row to row, of any
 * sign; a stride of 0 for dy gives every row the same.
 */
HILLOCK_API void hillock_eltwise_rows(int64_t kernel, double p0, double p1, double p2, const void* x,
                                      int64_t x_offset, int64_t x_stride, const void* dy, int64_t dy_offset,
                                      int64_t dy_stride, void* out, int64_t out_offset, int64_t out_stride,
                                      int64_t rows, int64_t length, int32_t stream);

/*
 * The gradients of y = f(gate) value, f an element-wise function on floats, in one pass: d_gate = (dy value)
 * f'(gate) and d_value = dy f(gate). backward, times and product are handles of one target's float32 kernels:
 * f's HILLOCK_BACKWARD, f's HILLOCK_TIMES_OPERAND and that of identity; p0 to p2 are f's parameters. Element
 * i of row r of gate and d_gate lies gate_offset bytes and r * stride + i elements after their first, of
 * value and d_value likewise, of dy r * length + i. The bits are those of the three steps. A result may be
 * the same memory as gate, value or dy; it must not overlap any in part, nor the other result.
 */
HILLOCK_API void hillock_gated_backward(int64_t backward, int64_t times, int64_t product, double p0,
                                        double p1, double p2, const void* gate, void* d_gate,
                                        int64_t gate_offset, const void* value, void* d_value,
                                        int64_t value_offset, int64_t stride, const void* dy,
                                        int64_t dy_offset, int64_t rows, int64_t length);

/* What hillock_eltwise takes, in memory; x, dy and out are addresses. */
struct hillock_eltwise_arguments {
  int64_t kernel;
  double p0, p1, p2;
  int64_t x, dy, out, length;
};

/* hillock_eltwise on the arguments at an address, without streaming: crossing with one number is the cheapest
 * way. */
HILLOCK_API void hillock_eltwise_packed(int64_t arguments);

/* The functions over an axis: "0:softmax(temperature) 1:log_softmax(temperature) 2:sparsemax() 3:maxout()",
 * in the order of their ids. */
HILLOCK_API const char* hillock_axis_functions(void);

/*
 * Resolves one kernel over an axis: a positive handle for hillock_axis, or a negative status. The directions
 * are HILLOCK_FORWARD, HILLOCK_BACKWARD_FROM_OUTPUT, for log_softmax HILLOCK_LOG_SUM and for maxout
 * HILLOCK_FORWARD and HILLOCK_BACKWARD, the types HILLOCK_FLOAT32 and HILLOCK_FLOAT64.
 */
HILLOCK_API int64_t hillock_axis_kernel(int32_t target, int32_t type, int32_t direction, int32_t function);

/*
 * Runs a kernel over [outer, axis, inner]. Element (o, i, c) of every operand is
 *   o * outer_stride + i * axis_stride + c
 * elements after its first. axis is at least 1; strides may be negative; distinct elements must not share
 * memory.
 *   forward:               out = f(x)
 *   backward from output:  out = d loss / d x from dy       with y = f(x) passed as x
 *   log sum:               out = ln(sum of e^x)             dense [outer, inner], whatever the temperature
 *   maxout:                out = the maximum of x           dense [outer, inner]: the axis is one group
 *   backward of maxout:    out as x; dy is read             dense [outer, inner]
 *
 * sparsemax and maxout have no temperature. dy is read backward only. out may be the same memory as x or as
 * dy where it is laid out as they are; it must not overlap either in part.
 */
HILLOCK_API void hillock_axis(int64_t kernel, double temperature, int64_t outer, int64_t axis, int64_t inner,
                              int64_t outer_stride, int64_t axis_stride, const void* x, int64_t x_offset,
                              const void* dy, int64_t dy_offset, void* out, int64_t out_offset);

/* Resolves the kernel of Gumbel's noise: a positive handle for hillock_gumbel, or a negative status. */
HILLOCK_API int64_t hillock_gumbel_kernel(int32_t target);

/*
 * z[r][c] += -ln(-ln u(seed, index + r * index_stride + c)) over floats [rows, columns] without gaps, in
 * single precision. u(seed, i) = (b + 0.5) 2^-53 with the upper 53 bits b of SplitMix64's output function
 * over the state m + (i + 1) g, where m is its output over seed + g and g = 0x9e3779b97f4a7c15.
 */
HILLOCK_API void hillock_gumbel(int64_t kernel, int64_t seed, int64_t index, int64_t index_stride,
                                int64_t rows, int64_t columns, void* z, int64_t z_offset);

/* Resolves the kernel of dropout: a positive handle for hillock_dropout, or a negative status. */
HILLOCK_API int64_t hillock_dropout_kernel(int32_t target);

/*
 * values[i] = b < least_kept ? +0 : values[i] * factor over floats, in place, where b are the upper 53 bits
 * of hillock_gumbel's random number of the seed at index + i.
 */
HILLOCK_API void hillock_dropout(int64_t kernel, int64_t seed, int64_t index, int64_t least_kept,
                                 float factor, void* values, int64_t values_offset, int64_t length);

/* Resolves the kernel of statistics: a positive handle for hillock_statistics, or a negative status. */
HILLOCK_API int64_t hillock_statistics_kernel(int32_t target);

/*
 * What outputs y look like, floats; length is a multiple of 16 and at most 2^24, and y[i] belongs to lane i
 * mod 16. To the 16 doubles sums are added the outputs that are numbers, in order; to lanes are written 16
 * floats each: how many are 0, how many are numbers with |slopes[i]| <= flat, how many are NaN, the least and
 * the greatest number, or infinity and -infinity.
 */
HILLOCK_API void hillock_statistics(int64_t kernel, const void* y, int64_t y_offset, const void* slopes,
                                    int64_t slopes_offset, float flat, int64_t length, void* sums,
                                    void* lanes);

/* Resolves one kernel of the parametric ReLU: a positive handle for hillock_prelu, or a negative status. The
 * types are HILLOCK_FLOAT32 and HILLOCK_FLOAT64. */
HILLOCK_API int64_t hillock_prelu_kernel(int32_t target, int32_t type);

/*
 * The parametric ReLU over [outer, channels, inner]. Element (o, c, i) of x, dy and out is
 *   o * outer_stride + c * inner + i
 * elements after their first, and its alpha is alpha[c], of the same type. channels is at least 1; distinct
 * elements must not share memory.
 *   dy null with an offset of 0:  out = x > 0 ? x : alpha x
 *   else:                         out = x > 0 ? dy : alpha dy
 * sums are doubles, one a channel, or null with an offset of 0; going backward, the products dy x of the
 * channel's x that are not above 0 are added, in double. inner 1: one after the other. Else, for each o, in
 * pieces of 1024: product i of a piece belongs to lane i mod 8, and the lanes are added up from 0, then by
 * halves: lane l with l + 4, then 2 and 1 apart; the result is added to the sum. The sums' bits are the same
 * on every target. out may be the same memory as x or as dy; it must not overlap either in part. stream: as
 * in hillock_eltwise.
 */
HILLOCK_API void hillock_prelu(int64_t kernel, int64_t outer, int64_t channels, int64_t inner,
                               int64_t outer_stride, const void* alpha, int64_t alpha_offset, const void* x,
                               int64_t x_offset, const void* dy, int64_t dy_offset, void* out,
                               int64_t out_offset, void* sums, int64_t sums_offset, int32_t stream);

/* Resolves the kernel of element-wise functions behind a scale and a shift: a positive handle for
 * hillock_affine, or a negative status. */
HILLOCK_API int64_t hillock_affine_kernel(int32_t target);

/*
 * z = scale[c] x + shift[c], rounded once, or x + shift[c] where scale is null with an offset of 0, and an
 * element-wise function f of it, over [outer, channels, inner] floats without gaps: element (o, c, i) is the
 * one at (o * channels + c) * inner + i.
 *   dy null with an offset of 0:  out = f(z)
 *   else:                         out = g scale[c] with g = dy f'(z), or g where scale is null
 * eltwise is the handle of f's float32 kernel of that direction and of the same target; p0 to p2 are its
 * parameters. The sums are doubles, one a channel, or null with an offset of 0; going backward, g is added to
 * the channel's shift_sums, and the product g x, rounded to a float, to its scale_sums. inner 1: one after
 * the other. Else, for each o, in pieces of 1024, each added up as softmax adds up a row, and the result
 * added to the sum. The bits are the same on every target. out may be the same memory as x or as dy; it must
 * not overlap either in part.
 */
HILLOCK_API void hillock_affine(int64_t kernel, int64_t eltwise, double p0, double p1, double p2,
                                int64_t outer, int64_t channels, int64_t inner, const void* scale,
                                int64_t scale_offset, const void* shift, int64_t shift_offset, const void* x,
                                int64_t x_offset, const void* dy, int64_t dy_offset, void* out,
                                int64_t out_offset, void* scale_sums, int64_t scale_sums_offset,
                                void* shift_sums, int64_t shift_sums_offset);

/* The element-wise losses with their parameters: "0:mse() 1:mae() 2:smooth_l1(beta,inverse) ...", in the
 * order of their ids. What a parameter is that no loss has by that name: inverse = 1 / beta, below = q - 1,
 * keep = 1 - s and shift = s / 2 for a label smoothing of s, other = 1 - alpha (or alpha = other = 1 to weigh
 * both classes alike); gamma is a whole number. */
HILLOCK_API const char* hillock_losses(void);

/* Resolves one loss: a positive handle for hillock_loss, or a negative status. */
HILLOCK_API int64_t hillock_loss_kernel(int32_t target, int32_t loss);

/*
 * The losses of length floats x against as many targets t, their sum returned.
 *   terms[i] = weight[i] * value(x[i], t[i])                 in float, added up in double
 *   dx[i] = scale * weight[i] * d value / d x (x[i], t[i])   in float
 * weight, terms and dx may be null with an offset of 0: the weight is then 1, the result not written. dx may
 * be the same memory as x or t; what is written must not overlap what is read in part. p0..p2: the loss's
 * parameters in the order of hillock_losses, the rest ignored. Term i belongs to lane i mod 16; each lane is
 * added up in order, then the lanes by halves: lane l with l + 8, then 4, 2 and 1 apart. The sum's bits are
 * the same on every target.
 */
HILLOCK_API double hillock_loss(int64_t kernel, double p0, double p1, double p2, const void* x,
                                int64_t x_offset, const void* t, int64_t t_offset, const void* weight,
                                int64_t weight_offset, void* terms, int64_t terms_offset, void* dx,
                                int64_t dx_offset, double scale, int64_t length);

#ifdef __cplusplus
}
#endif

#endif
