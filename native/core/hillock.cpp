// The ABI: numbers to table slots. Checks what is resolved once; the hot calls check nothing.
#include "hillock.h"

#include <string.h>

#include "core/affine_call.h"
#include "core/dispatch.h"
#include "core/function_names.h"
#include "core/gated_call.h"

using hillock::AxisKernel;
using hillock::DropKernel;
using hillock::EltwiseKernel;
using hillock::GumbelKernel;
using hillock::LossKernel;
using hillock::PreluKernel;
using hillock::StatisticsKernel;
using hillock::Target;

static const void* at(const void* base, int64_t offset) {
  return reinterpret_cast<const void*>(reinterpret_cast<uintptr_t>(base) + static_cast<uintptr_t>(offset));
}

static void* at(void* base, int64_t offset) {
  return reinterpret_cast<void*>(reinterpret_cast<uintptr_t>(base) + static_cast<uintptr_t>(offset));
}

static void run(int64_t kernel, const double* parameters, const void* x, const void* dy, void* out,
                int64_t length, hillock::Walk walk) {
  reinterpret_cast<EltwiseKernel>(kernel)(parameters, x, dy, out, length, walk);
}

// Why a target cannot be had, or 0.
[[gnu::noinline]] static int32_t refused(const Target* target) {
  if (target == nullptr) return HILLOCK_UNKNOWN_TARGET;
  return target->available() ? 0 : HILLOCK_UNAVAILABLE_TARGET;
}

const char* hillock_version(void) { return HILLOCK_VERSION; }

const char* hillock_functions(void) { return hillock::kFunctionNames; }

int32_t hillock_target_count(void) { return hillock::target_count(); }

const char* hillock_target_name(int32_t target) {
  const Target* found = hillock::target_at(target);
  return found == nullptr ? nullptr : found->name;
}

int32_t hillock_target_available(int32_t target) {
  const Target* found = hillock::target_at(target);
  return found != nullptr && found->available() ? 1 : 0;
}

int64_t hillock_eltwise_kernel(int32_t target, int32_t type, int32_t direction, int32_t function) {
  const Target* found = hillock::target_at(target);
  if (const int32_t status = refused(found)) return status;
  if (function < 0 || function >= hillock::kFunctionCount) return HILLOCK_UNKNOWN_FUNCTION;
  const EltwiseKernel kernel = found->eltwise(type, direction, function);
  return kernel == nullptr ? static_cast<int64_t>(HILLOCK_UNSUPPORTED) : reinterpret_cast<int64_t>(kernel);
}

void hillock_eltwise(int64_t kernel, double p0, double p1, double p2, const void* x, int64_t x_offset,
                     const void* dy, int64_t dy_offset, void* out, int64_t out_offset, int64_t length,
                     int32_t stream) {
  const double parameters[hillock::kMaxParameters] = {p0, p1, p2};
  const void *from = at(x, x_offset), *other = at(dy, dy_offset);
  void* to = at(out, out_offset);
  run(kernel, parameters, from, other, to, length, hillock::walk_between(from, other, to, stream != 0));
  if (stream != 0) hillock::order_streamed_stores();
}

void hillock_eltwise_rows(int64_t kernel, double p0, double p1, double p2, const void* x, int64_t x_offset,
                          int64_t x_stride, const void* dy, int64_t dy_offset, int64_t dy_stride, void* out,
                          int64_t out_offset, int64_t out_stride, int64_t rows, int64_t length,
                          int32_t stream) {
  const double parameters[hillock::kMaxParameters] = {p0, p1, p2};
  // Short rows of one operand, such as a bias, become longer ones of its copies.
  constexpr int64_t kRoom = 1024;
  float copies[kRoom];
  const auto* first = static_cast<const float*>(at(dy, dy_offset));
  const bool dense = x_stride == length && out_stride == length && dy_stride == 0 && first != nullptr;
  const int64_t fitting = dense && length > 0 ? kRoom / length : 0;
  const int64_t abreast = fitting < 2 ? 1 : fitting < rows ? fitting : rows;
  if (abreast > 1) {
    for (int64_t i = 0; i < abreast; i++) memcpy(copies + i * length, first, length * sizeof(float));
  }
  constexpr int64_t kBytes = sizeof(float);
  for (int64_t row = 0; row < rows; row += abreast) {
    const int64_t count = (rows - row < abreast ? rows - row : abreast) * length;
    void* to = at(out, out_offset + row * out_stride * kBytes);
    // The line that two rows share is not streamed, and all streams behind a store would wait for it.
    if (stream != 0) __builtin_prefetch(at(to, count * kBytes));
    const void* from = at(x, x_offset + row * x_stride * kBytes);
    const void* other = abreast > 1 ? copies : at(first, row * dy_stride * kBytes);
    run(kernel, parameters, from, other, to, count,
        hillock::walk_through_piece(from, other, to, stream != 0, rows * length));
  }
  if (stream != 0) hillock::order_streamed_stores();
}

void hillock_gated_backward(int64_t backward, int64_t times, int64_t product, double p0, double p1, double p2,
                            const void* gate, void* d_gate, int64_t gate_offset, const void* value,
                            void* d_value, int64_t value_offset, int64_t stride, const void* dy,
                            int64_t dy_offset, int64_t rows, int64_t length) {
  const double parameters[hillock::kMaxParameters] = {p0, p1, p2};
  hillock::run({reinterpret_cast<EltwiseKernel>(backward), reinterpret_cast<EltwiseKernel>(times),
                reinterpret_cast<EltwiseKernel>(product), parameters,
                static_cast<const float*>(at(gate, gate_offset)),
                static_cast<const float*>(at(value, value_offset)),
                static_cast<const float*>(at(dy, dy_offset)), static_cast<float*>(at(d_gate, gate_offset)),
                static_cast<float*>(at(d_value, value_offset)), rows, length, stride});
}

void hillock_eltwise_packed(int64_t arguments) {
  const auto* a =
      static_cast<const hillock_eltwise_arguments*>(at(static_cast<const void*>(nullptr), arguments));
  const double parameters[hillock::kMaxParameters] = {a->p0, a->p1, a->p2};
  const void* const none = nullptr;
  const void *x = at(none, a->x), *dy = at(none, a->dy);
  void* out = at(static_cast<void*>(nullptr), a->out);
  run(a->kernel, parameters, x, dy, out, a->length, hillock::walk_between(x, dy, out, false));
}

const char* hillock_axis_functions(void) { return hillock::kAxisFunctionNames; }

int64_t hillock_axis_kernel(int32_t target, int32_t type, int32_t direction, int32_t function) {
  const Target* found = hillock::target_at(target);
  if (const int32_t status = refused(found)) return status;
  if (function < 0 || function >= hillock::kAxisFunctionCount) return HILLOCK_UNKNOWN_FUNCTION;
  const AxisKernel kernel = found->axis(type, direction, function);
  return kernel == nullptr ? static_cast<int64_t>(HILLOCK_UNSUPPORTED) : reinterpret_cast<int64_t>(kernel);
}

void hillock_axis(int64_t kernel, double temperature, int64_t outer, int64_t axis, int64_t inner,
                  int64_t outer_stride, int64_t axis_stride, const void* x, int64_t x_offset, const void* dy,
                  int64_t dy_offset, void* out, int64_t out_offset) {
  reinterpret_cast<AxisKernel>(kernel)({outer, axis, inner, outer_stride, axis_stride}, temperature,
                                       at(x, x_offset), at(dy, dy_offset), at(out, out_offset));
}

int64_t hillock_gumbel_kernel(int32_t target) {
  const Target* found = hillock::target_at(target);
  if (const int32_t status = refused(found)) return status;
  return reinterpret_cast<int64_t>(found->gumbel);
}

void hillock_gumbel(int64_t kernel, int64_t seed, int64_t index, int64_t index_stride, int64_t rows,
                    int64_t columns, void* z, int64_t z_offset) {
  reinterpret_cast<GumbelKernel>(kernel)(seed, index, index_stride, rows, columns,
                                         static_cast<float*>(at(z, z_offset)));
}

int64_t hillock_dropout_kernel(int32_t target) {
  const Target* found = hillock::target_at(target);
  if (const int32_t status = refused(found)) return status;
  return reinterpret_cast<int64_t>(found->drop);
}

void hillock_dropout(int64_t kernel, int64_t seed, int64_t index, int64_t least_kept, float factor,
                     void* values, int64_t values_offset, int64_t length) {
  reinterpret_cast<DropKernel>(kernel)(seed, index, least_kept, factor, length,
                                       static_cast<float*>(at(values, values_offset)));
}

int64_t hillock_statistics_kernel(int32_t target) {
  const Target* found = hillock::target_at(target);
  if (const int32_t status = refused(found)) return status;
  return reinterpret_cast<int64_t>(found->statistics);
}

void hillock_statistics(int64_t kernel, const void* y, int64_t y_offset, const void* slopes,
                        int64_t slopes_offset, float flat, int64_t length, void* sums, void* lanes) {
  reinterpret_cast<StatisticsKernel>(kernel)(static_cast<const float*>(at(y, y_offset)),
                                             static_cast<const float*>(at(slopes, slopes_offset)), flat,
                                             length, static_cast<double*>(sums), static_cast<float*>(lanes));
}

int64_t hillock_prelu_kernel(int32_t target, int32_t type) {
  const Target* found = hillock::target_at(target);
  if (const int32_t status = refused(found)) return status;
  const PreluKernel kernel = found->prelu(type);
  return kernel == nullptr ? static_cast<int64_t>(HILLOCK_UNSUPPORTED) : reinterpret_cast<int64_t>(kernel);
}

void hillock_prelu(int64_t kernel, int64_t outer, int64_t channels, int64_t inner, int64_t outer_stride,
                   const void* alpha, int64_t alpha_offset, const void* x, int64_t x_offset, const void* dy,
                   int64_t dy_offset, void* out, int64_t out_offset, void* sums, int64_t sums_offset,
                   int32_t stream) {
  reinterpret_cast<PreluKernel>(kernel)({outer, channels, inner, outer_stride, at(alpha, alpha_offset),
                                         at(x, x_offset), at(dy, dy_offset), at(out, out_offset),
                                         static_cast<double*>(at(sums, sums_offset)), stream != 0});
  if (stream != 0) hillock::order_streamed_stores();
}

int64_t hillock_affine_kernel(int32_t target) {
  const Target* found = hillock::target_at(target);
  if (const int32_t status = refused(found)) return status;
  return reinterpret_cast<int64_t>(found->affine);
}

void hillock_affine(int64_t kernel, int64_t eltwise, double p0, double p1, double p2, int64_t outer,
                    int64_t channels, int64_t inner, const void* scale, int64_t scale_offset,
                    const void* shift, int64_t shift_offset, const void* x, int64_t x_offset, const void* dy,
                    int64_t dy_offset, void* out, int64_t out_offset, void* scale_sums,
                    int64_t scale_sums_offset, void* shift_sums, int64_t shift_sums_offset) {
  const double parameters[hillock::kMaxParameters] = {p0, p1, p2};
  hillock::run(
      {reinterpret_cast<const hillock::AffineKernels*>(kernel), reinterpret_cast<EltwiseKernel>(eltwise),
       parameters, outer, channels, inner, static_cast<const float*>(at(scale, scale_offset)),
       static_cast<const float*>(at(shift, shift_offset)), static_cast<const float*>(at(x, x_offset)),
       static_cast<const float*>(at(dy, dy_offset)), static_cast<float*>(at(out, out_offset)),
       static_cast<double*>(at(scale_sums, scale_sums_offset)),
       static_cast<double*>(at(shift_sums, shift_sums_offset))});
}

const char* hillock_losses(void) { return hillock::kLossNames; }

int64_t hillock_loss_kernel(int32_t target, int32_t loss) {
  const Target* found = hillock::target_at(target);
  if (const int32_t status = refused(found)) return status;
  if (loss < 0 || loss >= hillock::kLossCount) return HILLOCK_UNKNOWN_FUNCTION;
  return reinterpret_cast<int64_t>(found->loss(loss));
}

double hillock_loss(int64_t kernel, double p0, double p1, double p2, const void* x, int64_t x_offset,
                    const void* t, int64_t t_offset, const void* weight, int64_t weight_offset, void* terms,
                    int64_t terms_offset, void* dx, int64_t dx_offset, double scale, int64_t length) {
  const double parameters[hillock::kMaxParameters] = {p0, p1, p2};
  return reinterpret_cast<LossKernel>(kernel)(
      {parameters, static_cast<const float*>(at(x, x_offset)), static_cast<const float*>(at(t, t_offset)),
       static_cast<const float*>(at(weight, weight_offset)), static_cast<float*>(at(terms, terms_offset)),
       static_cast<float*>(at(dx, dx_offset)), scale, length});
}
