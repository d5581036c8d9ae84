/* Hillock's oneDNN driver: activations, softmax and dense layers computed by oneDNN, through a C ABI that
 * knows nothing of oneDNN's types. These functions are all that libhillock_onednn exports.
 *
 * Rules for every function
 *   - Nothing throws, logs, starts a thread or changes a setting of oneDNN or OpenMP that others could see.
 *     The work runs on the calling thread alone; all functions may be called from many threads at once.
 *   - An operand is a base pointer and an offset in bytes: (array, offset) for memory inside a Java heap
 *     array, (NULL, address) for memory outside the heap. There is no alignment beyond that of float.
 *   - x, y, dx, dy are as in dx = dy * f'(x). Operands that are read come first, the one written comes last.
 *     The written one may be exactly one of those read where the function says so; otherwise they are
 *     disjoint.
 *   - Nothing is checked that the caller can check: operands, sizes and leading dimensions must be right.
 *
 * Preparing and running
 *   oneDNN compiles a primitive for every shape, which takes microseconds to milliseconds, far too long while
 * a garbage collector waits for a pinned array. So each function works in two ways:
 *   - with the first operand (NULL, 0) it prepares: builds what the other arguments describe, keeps it for
 *     the calling thread, ignores the operands and returns HILLOCK_ONEDNN_OK;
 *   - with operands it runs what this thread has prepared, allocating nothing of its own, or returns
 *     HILLOCK_ONEDNN_NOT_PREPARED and has touched nothing.
 *   A thread keeps its HILLOCK_ONEDNN_CACHE_CAPACITY most recently used primitives until it ends.
 */
#ifndef HILLOCK_ONEDNN_H
#define HILLOCK_ONEDNN_H

#include <stdint.h>

#if defined(_WIN32)
#define HILLOCK_ONEDNN_API __declspec(dllexport)
#else
#define HILLOCK_ONEDNN_API __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
#define HILLOCK_ONEDNN_NOEXCEPT noexcept
extern "C" {
#else
#define HILLOCK_ONEDNN_NOEXCEPT
#endif

/* What every function returns, unless it says otherwise. */
enum hillock_onednn_status {
  HILLOCK_ONEDNN_OK = 0,
  HILLOCK_ONEDNN_NOT_PREPARED = 1, /* prepare on this thread, then call again */
  HILLOCK_ONEDNN_UNSUPPORTED = 2,  /* oneDNN has no such primitive, or not with these parameters */
  HILLOCK_ONEDNN_OUT_OF_MEMORY = 3,
  HILLOCK_ONEDNN_FAILED = 4,               /* oneDNN refused for a reason of its own */
  HILLOCK_ONEDNN_CANNOT_LIMIT_THREADS = 5, /* the OpenMP runtime behind oneDNN was not found */
  HILLOCK_ONEDNN_SHUT_DOWN = 6             /* the process is exiting */
};

enum hillock_onednn_direction {
  HILLOCK_ONEDNN_FORWARD = 0,
  HILLOCK_ONEDNN_BACKWARD = 1,
  HILLOCK_ONEDNN_BACKWARD_FROM_OUTPUT = 2
};

enum { HILLOCK_ONEDNN_NO_FUNCTION = -1, HILLOCK_ONEDNN_CACHE_CAPACITY = 256 };

/* ---- the library ------------------------------------------------------------------------------------- */

/* HILLOCK_ONEDNN_OK when the driver can keep its promises on this machine. Call it once, before the rest. */
HILLOCK_ONEDNN_API int hillock_onednn_open(void) HILLOCK_ONEDNN_NOEXCEPT;

/* oneDNN's version, "3.11.0". Static storage. */
HILLOCK_ONEDNN_API const char* hillock_onednn_version(void) HILLOCK_ONEDNN_NOEXCEPT;

/* The instruction set that oneDNN will use, for example "avx512_core_vnni"; "unknown" if it names a newer
 * one. Static storage. */
HILLOCK_ONEDNN_API const char* hillock_onednn_effective_isa(void) HILLOCK_ONEDNN_NOEXCEPT;

/* The number of primitives that the calling thread keeps. */
HILLOCK_ONEDNN_API int hillock_onednn_cached_primitives(void) HILLOCK_ONEDNN_NOEXCEPT;

/* ---- element-wise functions --------------------------------------------------------------------------- */

/* The number by which the other calls know a function of the catalogue ("gelu_tanh", exactly as it is spelt
 * there), or HILLOCK_ONEDNN_NO_FUNCTION when oneDNN has no counterpart. The number is fixed for the life of
 * the process. */
HILLOCK_ONEDNN_API int hillock_onednn_function(const char* name) HILLOCK_ONEDNN_NOEXCEPT;

/* HILLOCK_ONEDNN_OK or HILLOCK_ONEDNN_UNSUPPORTED. p0 and p1 are the function's parameters in the catalogue's
 * order (leaky_relu: alpha; selu: alpha, lambda; hardtanh: min, max); those it does not have are ignored. */
HILLOCK_ONEDNN_API int hillock_onednn_supports(int function, int direction, float p0,
                                               float p1) HILLOCK_ONEDNN_NOEXCEPT;

/* y = f(x). y may be x. */
HILLOCK_ONEDNN_API int hillock_onednn_eltwise_forward(int function, float p0, float p1, int64_t length,
                                                      const void* x, int64_t x_offset, void* y,
                                                      int64_t y_offset) HILLOCK_ONEDNN_NOEXCEPT;

/* dx = dy * f'(x). dx may be dy or x. */
HILLOCK_ONEDNN_API int hillock_onednn_eltwise_backward(int function, float p0, float p1, int64_t length,
                                                       const void* x, int64_t x_offset, const void* dy,
                                                       int64_t dy_offset, void* dx,
                                                       int64_t dx_offset) HILLOCK_ONEDNN_NOEXCEPT;

/* dx = dy * f'(x), the slope computed from y = f(x). dx may be dy or y. Few functions allow it, and near
 * saturation it is no better than y. */
HILLOCK_ONEDNN_API int hillock_onednn_eltwise_backward_from_output(int function, float p0, float p1,
                                                                   int64_t length, const void* y,
                                                                   int64_t y_offset, const void* dy,
                                                                   int64_t dy_offset, void* dx,
                                                                   int64_t dx_offset) HILLOCK_ONEDNN_NOEXCEPT;

/* ---- softmax over the middle axis of [outer, axis, inner] --------------------------------------------- */

/* y = softmax(x), or its logarithm when logarithm is not 0. y may be x. */
HILLOCK_ONEDNN_API int hillock_onednn_softmax_forward(int logarithm, int64_t outer, int64_t axis,
                                                      int64_t inner, const void* x, int64_t x_offset, void* y,
                                                      int64_t y_offset) HILLOCK_ONEDNN_NOEXCEPT;

/* dx from y, as softmax's gradient is written. dx may be dy. */
HILLOCK_ONEDNN_API int hillock_onednn_softmax_backward(int logarithm, int64_t outer, int64_t axis,
                                                       int64_t inner, const void* y, int64_t y_offset,
                                                       const void* dy, int64_t dy_offset, void* dx,
                                                       int64_t dx_offset) HILLOCK_ONEDNN_NOEXCEPT;

/* ---- the parametric ReLU over [outer, channels, inner], with an alpha for each channel ------------------ *
 * Sizes are positive. */

/* y = x > 0 ? x : alpha x. y may be x. */
HILLOCK_ONEDNN_API int hillock_onednn_prelu_forward(int64_t outer, int64_t channels, int64_t inner,
                                                    const void* x, int64_t x_offset, const void* alpha,
                                                    int64_t alpha_offset, void* y,
                                                    int64_t y_offset) HILLOCK_ONEDNN_NOEXCEPT;

/* dx = x > 0 ? dy : alpha dy. dalpha = the sums of dy x over each channel's x that are not above 0. dx may be
 * dy. */
HILLOCK_ONEDNN_API int hillock_onednn_prelu_backward(int64_t outer, int64_t channels, int64_t inner,
                                                     const void* x, int64_t x_offset, const void* alpha,
                                                     int64_t alpha_offset, const void* dy, int64_t dy_offset,
                                                     void* dx, int64_t dx_offset, void* dalpha,
                                                     int64_t dalpha_offset) HILLOCK_ONEDNN_NOEXCEPT;

/* ---- dense layers ------------------------------------------------------------------------------------- *
 * x [rows, inputs], w [outputs, inputs], y and dy [rows, outputs], all row-major; a leading dimension is the
 * distance in elements from one row to the next, so that a call may work on a block of a larger matrix.
 * Sizes are positive. */

/* y = f(x * w^T + b). b [outputs] may be (NULL, 0): no bias. function may be HILLOCK_ONEDNN_NO_FUNCTION. To
 * prepare a call with bias, pass has_bias. */
HILLOCK_ONEDNN_API int hillock_onednn_dense_forward(
    int function, float p0, float p1, int has_bias, int64_t rows, int64_t inputs, int64_t outputs,
    const void* x, int64_t x_offset, int64_t x_leading, const void* w, int64_t w_offset, int64_t w_leading,
    const void* b, int64_t b_offset, void* y, int64_t y_offset, int64_t y_leading) HILLOCK_ONEDNN_NOEXCEPT;

/* dx = dy * w, dx [rows, inputs]; added to what dx holds when accumulate is not 0. */
HILLOCK_ONEDNN_API int hillock_onednn_dense_backward_input(int accumulate, int64_t rows, int64_t inputs,
                                                           int64_t outputs, const void* dy, int64_t dy_offset,
                                                           int64_t dy_leading, const void* w,
                                                           int64_t w_offset, int64_t w_leading, void* dx,
                                                           int64_t dx_offset,
                                                           int64_t dx_leading) HILLOCK_ONEDNN_NOEXCEPT;

/* dw = dy^T * x, dw [outputs, inputs]; added to what dw holds when accumulate is not 0. */
HILLOCK_ONEDNN_API int hillock_onednn_dense_backward_weights(int accumulate, int64_t rows, int64_t inputs,
                                                             int64_t outputs, const void* dy,
                                                             int64_t dy_offset, int64_t dy_leading,
                                                             const void* x, int64_t x_offset,
                                                             int64_t x_leading, void* dw, int64_t dw_offset,
                                                             int64_t dw_leading) HILLOCK_ONEDNN_NOEXCEPT;

/* db = the column sums of dy, row after row; added to what db holds when accumulate is not 0. Needs no
 * preparing. */
HILLOCK_ONEDNN_API int hillock_onednn_dense_backward_bias(int accumulate, int64_t rows, int64_t outputs,
                                                          const void* dy, int64_t dy_offset,
                                                          int64_t dy_leading, void* db,
                                                          int64_t db_offset) HILLOCK_ONEDNN_NOEXCEPT;

#ifdef __cplusplus
}
#endif
#endif
