// log1p on [0, 1].
#pragma once

namespace hillock::HILLOCK_TARGET {

// (log1p(e) - e) / e for e in [0, 1], from coefficients/log1p.sollya: log1p(e) to 2^-27.5, relative.
template <class V>
V log1p_bend(V e) {
  V p = -0x1.b22adep-9;
  p = fma(p, e, 0x1.4a9226p-6);
  p = fma(p, e, -0x1.d7efa8p-5);
  p = fma(p, e, 0x1.b53c48p-4);
  p = fma(p, e, -0x1.3a6736p-3);
  p = fma(p, e, 0x1.935568p-3);
  p = fma(p, e, -0x1.ff2556p-3);
  p = fma(p, e, 0x1.554ddap-2);
  p = fma(p, e, -0x1.ffffd2p-2);
  return p * e;
}

}  // namespace hillock::HILLOCK_TARGET
