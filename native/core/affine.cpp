// f(scale[c] x + shift[c]) over [outer, channels, inner], its gradient, and the sums of each channel: in
// blocks that stay in the first-level cache through the function's own kernel, so that no formula is compiled
// again.
#include <string.h>

#include "core/affine_call.h"

namespace hillock {

namespace {

// Also the longest piece of a channel that is added up at once, on every engine.
constexpr int64_t kBlock = 1024;

class Affine {
 public:
  explicit Affine(const AffineCall& c)
      : call(c),
        run_length(c.inner == 1 ? c.channels : c.inner),
        period(c.channels * c.inner),
        count(c.outer * period),
        periodic(period <= kBlock),
        most(periodic               ? kBlock / period * period
             : run_length <= kBlock ? kBlock / run_length * run_length
                                    : kBlock) {}

  void run() {
    for (int64_t start = 0; start < count;) {
      // A run longer than a block goes in pieces from its own start.
      const int64_t left = run_length > kBlock ? run_length - start % run_length : count - start;
      const int64_t n = left < most ? left : most;
      if (start == 0 || !periodic) take(start, n);
      block(start, n);
      start += n;
    }
  }

 private:
  const AffineCall& call;
  // Neighbours that belong to one channel; without an inner dimension, to one channel each.
  const int64_t run_length;
  const int64_t period;
  const int64_t count;
  // Whether blocks are whole periods, so that what belongs to the channels is the same for each.
  const bool periodic;
  // Elements of a block.
  const int64_t most;
  // Of a block's elements; scale is null for 1.
  const float *scale, *shift;
  alignas(64) float scales[kBlock];
  alignas(64) float shifts[kBlock];
  alignas(64) float z[kBlock];
  alignas(64) float g[kBlock];

  // op(at, channel, length) for each run, or piece of one, of a block.
  template <class Op>
  void for_each_run(int64_t start, int64_t n, Op op) const {
    for (int64_t at = 0; at < n;) {
      const int64_t in_run = (start + at) % run_length;
      const int64_t channel = call.inner == 1 ? in_run : (start + at) / call.inner % call.channels;
      const int64_t length = run_length - in_run < n - at ? run_length - in_run : n - at;
      op(at, channel, length);
      at += length;
    }
  }

  void take(int64_t start, int64_t n) {
    scale = call.scale == nullptr ? nullptr : spread(call.scale, start, n, scales);
    shift = spread(call.shift, start, n, shifts);
  }

  const float* spread(const float* channels, int64_t start, int64_t n, float* to) const {
    if (call.inner == 1 && !periodic) return channels + start % run_length;
    for_each_run(start, n, [&](int64_t at, int64_t channel, int64_t length) {
      if (call.inner == 1) {
        memcpy(to + at, channels + channel, static_cast<size_t>(length) * sizeof(float));
      } else {
        call.kernels->fill(channels[channel], to + at, length);
      }
    });
    return to;
  }

  // All that is read of a block is read before any of it is written: out may be x or dy.
  void block(int64_t start, int64_t n) {
    const bool back = call.dy != nullptr;
    float* const out = call.out + start;
    float* const to = back && scale != nullptr ? g : out;
    call.kernels->affine(scale, shift, call.x + start, z, n);
    const float* const dy = back ? call.dy + start : nullptr;
    call.eltwise(call.parameters, z, dy, to, n, walk_through_piece(z, dy, to, false, count));
    if (call.shift_sums != nullptr) add_up(to, start, n, call.shift_sums);
    if (to == out) return;
    if (call.scale_sums != nullptr) {
      call.kernels->product(g, call.x + start, z, n);
      add_up(z, start, n, call.scale_sums);
    }
    call.kernels->product(g, scale, out, n);
  }

  void add_up(const float* terms, int64_t start, int64_t n, double* sums) const {
    if (call.inner > 1) {
      for_each_run(start, n, [&](int64_t at, int64_t channel, int64_t length) {
        sums[channel] += call.kernels->sum(terms + at, length);
      });
    } else if (periodic) {
      call.kernels->add_channels(terms, n / call.channels, call.channels, sums);
    } else {
      call.kernels->add_channels(terms, 1, n, sums + start % run_length);
    }
  }
};

}  // namespace

void run(const AffineCall& call) { Affine(call).run(); }

}  // namespace hillock
