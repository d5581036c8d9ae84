"""The rationals of elementary/gauss.h, for R(t) = Phi(-t) exp(t^2/2), t >= 0: python3 gauss.py (numpy, scipy, mpmath).

tail:  R(t)                      = P(t) / (b t P(t) + S(t))            on [0, 14.5]
bell:  R(t) - t / sqrt(2 pi)     = (t0 - t) P(t) / (b P(t) + S(t))     on [0, 15]

A fit minimises the largest relative error by reweighted least squares (Lawson) on the linearised equation. Then one
coefficient after the other is rounded to float and the rest fitted again.
"""
import numpy
from mpmath import erfc, exp, mp, mpf, pi, sqrt
from scipy.special import erfcx

mp.prec = 120
ROOT = mpf("0.75179152469356445745790494677952403966447115")  # of gelu', with its sign changed


def to_float(value):
    return float(numpy.float32(value))


def fit(t, y, slope, degrees, fixed, rounds, floor):
    """y = P / (slope P + S), slope a number or an array; returns the largest relative error and the coefficients."""
    columns = {("p", i): (1 - slope * y) * t**i for i in range(degrees[0] + 1)}
    columns.update({("s", i): -y * t**i for i in range(degrees[1] + 1)})
    free = [name for name in columns if name not in fixed]
    rhs = -sum(columns[name] * value for name, value in fixed.items())
    weight, denominator, best = numpy.ones(len(t)), numpy.ones(len(t)), None
    for _ in range(rounds if free else 1):
        values = dict(fixed)
        if free:
            scale = numpy.sqrt(weight) / (y * denominator)
            matrix = numpy.stack([columns[name] for name in free], 1) * scale[:, None]
            norm = numpy.linalg.norm(matrix, axis=0)
            values.update(zip(free, numpy.linalg.lstsq(matrix / norm, rhs * scale, rcond=None)[0] / norm))
        p = sum(values["p", i] * t**i for i in range(degrees[0] + 1))
        q = slope * p + sum(values["s", i] * t**i for i in range(degrees[1] + 1))
        denominator = numpy.abs(q)
        error = numpy.abs(p / q / y - 1)
        if best is None or error.max() < best[0]:
            best = (error.max(), values)
        weight = weight * (error / error.max() + floor)
        weight /= weight.mean()
    return best


def rounded(t, y, slope, degrees, fixed, order, first, later, floor):
    fixed = dict(fixed)
    error, values = fit(t, y, slope, degrees, fixed, first, floor)
    for name in order:
        fixed[name] = to_float(values[name])
        error, values = fit(t, y, slope, degrees, fixed, later, floor)
    return error, values


def nodes(high, count):
    return high * (1 + numpy.cos(numpy.pi * (numpy.arange(count) + 0.5) / count)) / 2


def show(title, error, b, values):
    print(f"{title}: relative error 2^{numpy.log2(error):.2f}, b = {b.hex()}")
    for name in sorted(values):
        print(f"  {name[0]}{name[1]} {float(values[name]).hex()}")


def tail():
    t = nodes(14.5, 3000)
    b = to_float(numpy.sqrt(2 * numpy.pi))
    order = [("s", 1), ("p", 1), ("s", 2), ("p", 2), ("p", 4), ("s", 3), ("p", 3), ("s", 4)]
    fixed = {("s", 0): 1.0, ("p", 0): 0.5}
    show("tail", *_with(b, rounded(t, 0.5 * erfcx(t / numpy.sqrt(2)), b * t, (4, 4), fixed, order, 300, 120, 1e-3)))


def bell():
    t = nodes(15.0, 500)

    def exact(v):
        v = mpf(float(v))
        return float((erfc(v / sqrt(2)) / 2 * exp(v * v / 2) - v / sqrt(2 * pi)) / (ROOT - v))

    y = numpy.array([exact(v) for v in t])
    order = [("s", 0), ("p", 1), ("s", 1), ("p", 2), ("s", 2), ("p", 3), ("s", 3), ("p", 4)]
    fixed = {("p", 0): to_float(float.fromhex("0x1.54851ap-1"))}
    candidates = []
    for step in range(-3, 4):
        b = to_float(2.5066137313842773 + step * 2.4e-7)
        candidates.append(_with(b, rounded(t, y, b, (4, 3), fixed, order, 150, 60, 1e-2)))
    show("bell", *min(candidates, key=lambda candidate: candidate[0]))


def _with(b, result):
    return result[0], b, result[1]


if __name__ == "__main__":
    bell()
    tail()
