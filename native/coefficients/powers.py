"""The table of core/pieces/powers.inc: python3 powers.py (numpy) writes it.

Four powers of two a quarter apart, times a factor K that cancels out: the float in [1, 2^(1/4)] for which the other
three are closest to floats. Number i comes with the bits of 2^(i/4) that an exponent does not have, so i 2^21 is taken
from the table's entry and the whole number of quarters, shifted to the exponent, brings it back.
"""
import pathlib

import numpy

from pieces import short_hex

candidates = numpy.arange(2**23, int(2 ** (23 + 0.25)) + 1) / 2.0**23
worst = numpy.zeros(len(candidates))
for i in range(1, 4):
    power = candidates * 2 ** (i / 4)
    worst = numpy.maximum(worst, abs(power.astype(numpy.float32) / power - 1))
best = worst.argmin()
powers = (candidates[best] * 2 ** (numpy.arange(4) / 4)).astype(numpy.float32)
table = (powers.view(numpy.int32) - (numpy.arange(4, dtype=numpy.int32) << 21)).view(numpy.float32)
with open(pathlib.Path(__file__).parent.parent / "core" / "pieces" / "powers.inc", "w") as out:
    out.write(f"// K 2^(i/4) less i 2^21 in the bits, K = {short_hex(candidates[best])[:-1]}, four times over, from coefficients/powers.py:\n")
    out.write(f"// relative error 2^{numpy.log2(worst[best]):.1f}.\n")
    for _ in range(4):
        out.write(", ".join(short_hex(v) for v in table) + ",\n")
