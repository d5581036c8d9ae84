// log1p on [0, 1], for doubles.
#pragma once

namespace hillock::HILLOCK_TARGET::float64 {

// (log1p(e) - e) / e for e in [0, 1], from coefficients/float64.sollya: log1p(e) to 2^-56, relative.
template <class V>
V log1p_bend(V e) {
  V p = 0x1.a9067c05a4c2ep-16;
  p = fma(p, e, -0x1.31f8cd7a6207ap-12);
  p = fma(p, e, 0x1.a25bf10450d3fp-10);
  p = fma(p, e, -0x1.6b4e60f2382acp-8);
  p = fma(p, e, 0x1.c57efadab199bp-7);
  p = fma(p, e, -0x1.b632818d739d7p-6);
  p = fma(p, e, 0x1.5a892cb8ffafap-5);
  p = fma(p, e, -0x1.d7115508cb8bp-5);
  p = fma(p, e, 0x1.202df1e815f6cp-4);
  p = fma(p, e, -0x1.4b022086f55f2p-4);
  p = fma(p, e, 0x1.712df6166ba31p-4);
  p = fma(p, e, -0x1.98d296b9a7e37p-4);
  p = fma(p, e, 0x1.c6f6a83b8b02fp-4);
  p = fma(p, e, -0x1.fffa8bd00015p-4);
  p = fma(p, e, 0x1.2491fed9cfc49p-3);
  p = fma(p, e, -0x1.55554fbe64ea4p-3);
  p = fma(p, e, 0x1.99999951fb01bp-3);
  p = fma(p, e, -0x1.fffffffdd4a4bp-3);
  p = fma(p, e, 0x1.5555555551052p-2);
  p = fma(p, e, -0x1.fffffffffff9fp-2);
  return p * e;
}

}  // namespace hillock::HILLOCK_TARGET::float64
