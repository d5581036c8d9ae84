"""The series of elementary/gauss.h: python3 gauss.py (numpy, scipy).

t Phi(-t) / phi(t) = 1 - w, w = z (W0 + W1 z + ... + W4 z^4) with z = 1/t^2, for t in [5.88, 14.6]. A fit minimises the
largest error by reweighted least squares (Lawson); then one coefficient after the other is rounded to float and the rest
fitted again.
"""
import numpy
from scipy.special import erfcx

LOW, HIGH, DEGREE = 14.6**-2, 5.88**-2, 4

z = (LOW + HIGH) / 2 + (HIGH - LOW) / 2 * numpy.cos(numpy.pi * (numpy.arange(400) + 0.5) / 400)
w = 1 - numpy.sqrt(numpy.pi / (2 * z)) * erfcx(numpy.sqrt(0.5 / z))
fixed = {}
while len(fixed) <= DEGREE:
    free = [i for i in range(DEGREE + 1) if i not in fixed]
    rest = w - sum(value * z ** (i + 1) for i, value in fixed.items())
    columns = numpy.stack([(z / HIGH) ** (i + 1) for i in free], 1)
    weight, best = numpy.ones(len(z)), None
    for _ in range(20):
        solution = numpy.linalg.lstsq(columns * weight[:, None], rest * weight, rcond=None)[0]
        error = numpy.abs(columns @ solution - rest)
        if best is None or error.max() < best[0]:
            best = (error.max(), solution)
        weight = weight * numpy.sqrt(error / error.max() + 1e-2)
        weight /= weight.mean()
    fixed[free[0]] = float(numpy.float32(best[1][0] / HIGH ** (free[0] + 1)))
error = numpy.abs(w - sum(value * z ** (i + 1) for i, value in fixed.items())).max()
print(f"absolute error 2^{numpy.log2(error):.1f}:", *(value.hex() for value in fixed.values()))
