// The ABI: from plain arguments to a key, from the key to an operation, from exceptions to a status.
#include "hillock_onednn.h"

#include <oneapi/dnnl/dnnl.h>

#include <algorithm>
#include <cstdio>
#include <new>

#include "builders.h"
#include "one_thread.h"
#include "thread_context.h"

namespace hillock::onednn {
namespace {

enum Kind : std::int64_t { kEltwise, kSoftmax, kPrelu, kProduct };

void* at(const void* base, std::int64_t offset_bytes) {
  return reinterpret_cast<void*>(reinterpret_cast<std::uintptr_t>(base) +
                                 static_cast<std::uintptr_t>(offset_bytes));
}

int status_of(dnnl_status_t status) {
  switch (status) {
    case dnnl_success:
      return HILLOCK_ONEDNN_OK;
    case dnnl_out_of_memory:
      return HILLOCK_ONEDNN_OUT_OF_MEMORY;
    case dnnl_unimplemented:
    case dnnl_invalid_arguments:
      return HILLOCK_ONEDNN_UNSUPPORTED;
    default:
      return HILLOCK_ONEDNN_FAILED;
  }
}

// Runs the work on one thread, inside the guard against exit; nothing escapes.
template <class Work>
int guarded(Work work) noexcept {
  try {
    ThreadContext& thread = ThreadContext::current();
    if (!thread.presence().enter()) return HILLOCK_ONEDNN_SHUT_DOWN;
    struct Leave {
      Presence& presence;
      ~Leave() { presence.leave(); }
    } leave{thread.presence()};
    const OneThread one_thread;
    return work(thread);
  } catch (const Refused& refused) {
    return status_of(refused.status);
  } catch (const std::bad_alloc&) {
    return HILLOCK_ONEDNN_OUT_OF_MEMORY;
  } catch (...) {
    return HILLOCK_ONEDNN_FAILED;
  }
}

// The two ways to call, as the header describes them.
template <class Build>
int prepare_or_run(const Key& key, Operands operands, Build build) noexcept {
  return guarded([&](ThreadContext& thread) -> int {
    const Operation* operation = thread.find(key);
    if (operands[0] == nullptr) {
      if (operation == nullptr) thread.keep(key, build());
      return HILLOCK_ONEDNN_OK;
    }
    if (operation == nullptr) return HILLOCK_ONEDNN_NOT_PREPARED;
    return status_of(thread.run(*operation, operands));
  });
}

int eltwise_backward_call(Direction direction, int function, float p0, float p1, std::int64_t length,
                          const Operands& operands) noexcept {
  Algorithm f;
  if (!translate(function, direction, p0, p1, f)) return HILLOCK_ONEDNN_UNSUPPORTED;
  if (length == 0) return HILLOCK_ONEDNN_OK;
  const Key key =
      Key::of(kEltwise, direction, f.kind, bits(f.alpha), bits(f.beta), bits(f.scale), bits(f.rate), length);
  return prepare_or_run(key, operands, [&] { return eltwise_backward(f, direction, length); });
}

int product_call(const Product& p, const Operands& operands) noexcept {
  const Algorithm f = p.activation ? *p.activation : Algorithm{dnnl_alg_kind_undef, 0.0f, 0.0f, 1.0f, 1.0f};
  const Key key = Key::of(kProduct, p.rows, p.inner, p.columns, p.a.leading, p.a.transposed, p.b.leading,
                          p.b.transposed, p.c_leading, p.has_bias, p.accumulate, f.kind, bits(f.alpha),
                          bits(f.beta), bits(f.scale), bits(f.rate));
  return prepare_or_run(key, operands, [&] { return product(p); });
}

// Makes oneDNN create what it creates on first use, so that exit() can be guarded against its end.
void wake_up() {
  const Algorithm identity{dnnl_eltwise_linear, 1.0f, 0.0f, 1.0f, 1.0f};
  eltwise_forward(identity, 1);
}

const char* isa_word(dnnl_cpu_isa_t isa) {
  switch (isa) {
    case dnnl_cpu_isa_default:
      return "generic";
    case dnnl_cpu_isa_sse41:
      return "sse41";
    case dnnl_cpu_isa_avx:
      return "avx";
    case dnnl_cpu_isa_avx2:
      return "avx2";
    case dnnl_cpu_isa_avx2_vnni:
      return "avx2_vnni";
    case dnnl_cpu_isa_avx2_vnni_2:
      return "avx2_vnni_2";
    case dnnl_cpu_isa_avx512_core:
      return "avx512_core";
    case dnnl_cpu_isa_avx512_core_vnni:
      return "avx512_core_vnni";
    case dnnl_cpu_isa_avx512_core_bf16:
      return "avx512_core_bf16";
    case dnnl_cpu_isa_avx10_1_512:
      return "avx10_1_512";
    case dnnl_cpu_isa_avx10_1_512_amx:
      return "avx10_1_512_amx";
    case dnnl_cpu_isa_avx10_1_512_amx_fp16:
      return "avx10_1_512_amx_fp16";
    case dnnl_cpu_isa_avx10_2_512:
      return "avx10_2_512";
    case dnnl_cpu_isa_avx10_2_512_amx_2:
      return "avx10_2_512_amx_2";
  }
  return "unknown";
}

}  // namespace
}  // namespace hillock::onednn

using namespace hillock::onednn;

int hillock_onednn_open() noexcept {
  if (!can_limit_threads()) return HILLOCK_ONEDNN_CANNOT_LIMIT_THREADS;
  return guarded([](ThreadContext&) -> int {
    wake_up();
    guard_exit();
    return HILLOCK_ONEDNN_OK;
  });
}

const char* hillock_onednn_version() noexcept {
  static char text[32];
  static const int length = [] {
    const dnnl_version_t* version = dnnl_version();
    return std::snprintf(text, sizeof text, "%d.%d.%d", version->major, version->minor, version->patch);
  }();
  return length > 0 ? text : "unknown";
}

const char* hillock_onednn_effective_isa() noexcept { return isa_word(dnnl_get_effective_cpu_isa()); }

int hillock_onednn_cached_primitives() noexcept {
  int count = 0;
  guarded([&](ThreadContext& thread) -> int {
    count = thread.cached();
    return HILLOCK_ONEDNN_OK;
  });
  return count;
}

int hillock_onednn_function(const char* name) noexcept { return function_number(name); }

int hillock_onednn_supports(int function, int direction, float p0, float p1) noexcept {
  Algorithm f;
  return translate(function, static_cast<Direction>(direction), p0, p1, f) ? HILLOCK_ONEDNN_OK
                                                                           : HILLOCK_ONEDNN_UNSUPPORTED;
}

int hillock_onednn_eltwise_forward(int function, float p0, float p1, std::int64_t length, const void* x,
                                   std::int64_t x_offset, void* y, std::int64_t y_offset) noexcept {
  Algorithm f;
  if (!translate(function, Direction::kForward, p0, p1, f)) return HILLOCK_ONEDNN_UNSUPPORTED;
  if (length == 0) return HILLOCK_ONEDNN_OK;
  const Key key = Key::of(kEltwise, Direction::kForward, f.kind, bits(f.alpha), bits(f.beta), bits(f.scale),
                          bits(f.rate), length);
  return prepare_or_run(key, {at(x, x_offset), at(y, y_offset)}, [&] { return eltwise_forward(f, length); });
}

int hillock_onednn_eltwise_backward(int function, float p0, float p1, std::int64_t length, const void* x,
                                    std::int64_t x_offset, const void* dy, std::int64_t dy_offset, void* dx,
                                    std::int64_t dx_offset) noexcept {
  return eltwise_backward_call(Direction::kBackward, function, p0, p1, length,
                               {at(x, x_offset), at(dy, dy_offset), at(dx, dx_offset)});
}

int hillock_onednn_eltwise_backward_from_output(int function, float p0, float p1, std::int64_t length,
                                                const void* y, std::int64_t y_offset, const void* dy,
                                                std::int64_t dy_offset, void* dx,
                                                std::int64_t dx_offset) noexcept {
  return eltwise_backward_call(Direction::kBackwardFromOutput, function, p0, p1, length,
                               {at(y, y_offset), at(dy, dy_offset), at(dx, dx_offset)});
}

int hillock_onednn_softmax_forward(int logarithm, std::int64_t outer, std::int64_t axis, std::int64_t inner,
                                   const void* x, std::int64_t x_offset, void* y,
                                   std::int64_t y_offset) noexcept {
  if (outer == 0 || inner == 0) return HILLOCK_ONEDNN_OK;
  const Key key = Key::of(kSoftmax, Direction::kForward, logarithm != 0, outer, axis, inner);
  return prepare_or_run(key, {at(x, x_offset), at(y, y_offset)},
                        [&] { return softmax_forward(logarithm != 0, outer, axis, inner); });
}

int hillock_onednn_softmax_backward(int logarithm, std::int64_t outer, std::int64_t axis, std::int64_t inner,
                                    const void* y, std::int64_t y_offset, const void* dy,
                                    std::int64_t dy_offset, void* dx, std::int64_t dx_offset) noexcept {
  if (outer == 0 || inner == 0) return HILLOCK_ONEDNN_OK;
  const Key key = Key::of(kSoftmax, Direction::kBackward, logarithm != 0, outer, axis, inner);
  return prepare_or_run(key, {at(y, y_offset), at(dy, dy_offset), at(dx, dx_offset)},
                        [&] { return softmax_backward(logarithm != 0, outer, axis, inner); });
}

int hillock_onednn_prelu_forward(std::int64_t outer, std::int64_t channels, std::int64_t inner, const void* x,
                                 std::int64_t x_offset, const void* alpha, std::int64_t alpha_offset, void* y,
                                 std::int64_t y_offset) noexcept {
  const Key key = Key::of(kPrelu, Direction::kForward, outer, channels, inner);
  return prepare_or_run(key, {at(x, x_offset), at(alpha, alpha_offset), at(y, y_offset)},
                        [&] { return prelu_forward(outer, channels, inner); });
}

int hillock_onednn_prelu_backward(std::int64_t outer, std::int64_t channels, std::int64_t inner,
                                  const void* x, std::int64_t x_offset, const void* alpha,
                                  std::int64_t alpha_offset, const void* dy, std::int64_t dy_offset, void* dx,
                                  std::int64_t dx_offset, void* dalpha, std::int64_t dalpha_offset) noexcept {
  const Key key = Key::of(kPrelu, Direction::kBackward, outer, channels, inner);
  return prepare_or_run(key,
                        {at(x, x_offset), at(alpha, alpha_offset), at(dy, dy_offset), at(dx, dx_offset),
                         at(dalpha, dalpha_offset)},
                        [&] { return prelu_backward(outer, channels, inner); });
}

int hillock_onednn_dense_forward(int function, float p0, float p1, int has_bias, std::int64_t rows,
                                 std::int64_t inputs, std::int64_t outputs, const void* x,
                                 std::int64_t x_offset, std::int64_t x_leading, const void* w,
                                 std::int64_t w_offset, std::int64_t w_leading, const void* b,
                                 std::int64_t b_offset, void* y, std::int64_t y_offset,
                                 std::int64_t y_leading) noexcept {
  Algorithm f;
  const bool activated = function != HILLOCK_ONEDNN_NO_FUNCTION;
  if (activated && !translate(function, Direction::kForward, p0, p1, f)) return HILLOCK_ONEDNN_UNSUPPORTED;
  const Product p{rows,      inputs,        outputs, {x_leading, false},      {w_leading, true},
                  y_leading, has_bias != 0, false,   activated ? &f : nullptr};
  return product_call(p, {at(x, x_offset), at(w, w_offset), at(b, b_offset), at(y, y_offset)});
}

int hillock_onednn_dense_backward_input(int accumulate, std::int64_t rows, std::int64_t inputs,
                                        std::int64_t outputs, const void* dy, std::int64_t dy_offset,
                                        std::int64_t dy_leading, const void* w, std::int64_t w_offset,
                                        std::int64_t w_leading, void* dx, std::int64_t dx_offset,
                                        std::int64_t dx_leading) noexcept {
  const Product p{rows,  outputs,         inputs, {dy_leading, false}, {w_leading, false}, dx_leading,
                  false, accumulate != 0, nullptr};
  return product_call(p, {at(dy, dy_offset), at(w, w_offset), nullptr, at(dx, dx_offset)});
}

int hillock_onednn_dense_backward_weights(int accumulate, std::int64_t rows, std::int64_t inputs,
                                          std::int64_t outputs, const void* dy, std::int64_t dy_offset,
                                          std::int64_t dy_leading, const void* x, std::int64_t x_offset,
                                          std::int64_t x_leading, void* dw, std::int64_t dw_offset,
                                          std::int64_t dw_leading) noexcept {
  const Product p{outputs,         rows,   inputs, {dy_leading, true}, {x_leading, false}, dw_leading, false,
                  accumulate != 0, nullptr};
  return product_call(p, {at(dy, dy_offset), at(x, x_offset), nullptr, at(dw, dw_offset)});
}

int hillock_onednn_dense_backward_bias(int accumulate, std::int64_t rows, std::int64_t outputs,
                                       const void* dy, std::int64_t dy_offset, std::int64_t dy_leading,
                                       void* db, std::int64_t db_offset) noexcept {
  const float* from = static_cast<const float*>(at(dy, dy_offset));
  float* to = static_cast<float*>(at(db, db_offset));
  if (accumulate == 0) std::fill(to, to + outputs, 0.0f);
  for (std::int64_t row = 0; row < rows; ++row, from += dy_leading) {
    for (std::int64_t i = 0; i < outputs; ++i) to[i] += from[i];
  }
  return HILLOCK_ONEDNN_OK;
}
