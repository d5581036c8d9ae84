"""The tables of core/pieces/: python3 pieces.py (numpy, scipy) writes them.

A function is a polynomial in u = x - center on each of 16 pieces. Piece k lies where x (rate + bend |x|) rounds to k,
modulo 16: pieces are narrow where the function bends. Centers are numbers of few bits, so that u is exact, taken where
the function's value happens to be close to a float, so that rounding the constant term costs nothing. A fit minimises
the largest relative error by reweighted least squares (Lawson); then one coefficient after the other, the constant
first, is rounded to float and the rest fitted again.
"""
import pathlib

import numpy
from scipy.special import erf, erfcx

HALF_WIDTH_OVERLAP = 1e-6  # relative: the rounding of the piece's number may go either way at a border


def bell_tail(t):
    """Phi(-t)"""
    return 0.5 * erfcx(t / numpy.sqrt(2)) * numpy.exp(-t * t / 2)


def sigmoid_below(v):
    """sigmoid(-v), v >= 0"""
    return numpy.exp(-v) / (1 + numpy.exp(-v))


def gelu(t):
    return t * bell_tail(t)


def gelu_slope(t):
    return bell_tail(t) - t * numpy.exp(-t * t / 2) / numpy.sqrt(2 * numpy.pi)


def inner(t):
    return numpy.sqrt(8 / numpy.pi) * (t + 0.044715 * t**3)


def inner_slope(t):
    return numpy.sqrt(8 / numpy.pi) * (1 + 3 * 0.044715 * t * t)


def gelu_tanh(t):
    return t * sigmoid_below(inner(t))


def gelu_tanh_slope(t):
    v = inner(t)
    return sigmoid_below(v) * (1 - t * inner_slope(t) / (1 + numpy.exp(-v)))


def mish_gate(x):
    """mish(x) / x"""
    e = numpy.exp(x)
    return e * (e + 2) / (e * e + 2 * e + 2)


def mish_slope(x):
    e = numpy.exp(x)
    return e * (4 * (1 + x) + e * (6 + 4 * x + e * (4 + e))) / (e * e + 2 * e + 2) ** 2


def tanh_exp_gate(x):
    """tanh_exp(x) / x"""
    return numpy.tanh(numpy.exp(x))


def tanh_exp_slope(x):
    e = numpy.exp(x)
    return numpy.tanh(e) + x * e / numpy.cosh(e) ** 2


def serf_gate(x):
    """serf(x) / x"""
    return erf(numpy.log1p(numpy.exp(x)))


def serf_slope(x):
    s = numpy.log1p(numpy.exp(x))
    return erf(s) + 2 / numpy.sqrt(numpy.pi) * x * numpy.exp(x - s - s * s)


def to_float(value):
    return float(numpy.float32(value))


def short_hex(value):
    digits, exponent = to_float(value).hex().split("p")
    return digits.rstrip("0").rstrip(".") + "p" + exponent + "f"


def border(s, rate, bend):
    """The x >= 0 of which x (rate + bend x) is s."""
    return 2 * s / (rate + numpy.sqrt(rate * rate + 4 * bend * s))


def center(f, low, high):
    """A multiple of 2^-12 from where the rest of the polynomial counts least, relative to its value: where f is the
    harmonic mean of its ends. Among the neighbours that whose value is close to a float. Around 0 it is below 0."""
    unit = 2.0**-12
    reach = 0.06 * (high - low)
    middle = (low + high) / 2
    x = numpy.linspace(low, high, 2001)
    y = f(x)
    if y[0] * y[-1] > 0:
        middle = x[numpy.argmin(numpy.abs(y - 2 * y[0] * y[-1] / (y[0] + y[-1])))]
    if low < 0 < high:
        middle = min(middle, -reach)
    candidates = numpy.arange(numpy.ceil((middle - reach) / unit), numpy.floor((middle + reach) / unit) + 1) * unit
    values = f(candidates)
    loss = numpy.abs(values.astype(numpy.float32) / values - 1)
    return candidates[numpy.argmin(loss)]


def fit(f, low, high, at, degree, zero):
    """Coefficients from the constant up, rounded, and the largest relative error."""
    nodes = numpy.cos(numpy.pi * (numpy.arange(160) + 0.5) / 160)
    x = (low + high) / 2 + (high - low) / 2 * nodes
    u = x - at
    y = f(x)
    scale = numpy.abs(u).max()
    fixed = {0: -0.0} if zero else {}  # -0 leaves the sign of zero to x
    while True:
        rest = y - sum(value * u**i for i, value in fixed.items())
        free = [i for i in range(degree + 1) if i not in fixed]
        if not free:
            return [fixed[i] for i in range(degree + 1)], numpy.abs(rest / y).max()
        columns = numpy.stack([(u / scale) ** i for i in free], 1) / numpy.abs(y)[:, None]
        goal = rest / numpy.abs(y)
        weight, best = numpy.ones(len(x)), None
        for _ in range(14):
            solution = numpy.linalg.lstsq(columns * weight[:, None], goal * weight, rcond=None)[0]
            error = numpy.abs(columns @ solution - goal)
            if best is None or error.max() < best[0]:
                best = (error.max(), solution)
            weight = weight * numpy.sqrt(error / error.max() + 1e-2)
            weight /= weight.mean()
        fixed[free[0]] = to_float(best[1][0] / scale ** free[0])


def write(name, f, degree, rate, first, last, first_piece, last_piece):
    """Pieces first_piece to last_piece, of which those at the ends reach to first and last."""
    zero = first == 0 and f(0.0) == 0
    rate = to_float(rate)
    bend = to_float((last_piece + 0.45 - rate * last) / last**2)
    assert abs(first) * (rate + bend * abs(first)) < 0.49 - first_piece, "the pieces do not reach to first"
    rows = numpy.zeros((degree + 2, 16))
    worst = 0.0
    for k in range(first_piece, last_piece + 1):
        ends = [numpy.sign(s) * border(abs(s), rate, bend) for s in (k - 0.5, k + 0.5)]
        low, high = ends[0] * (1 - HALF_WIDTH_OVERLAP * numpy.sign(k)), ends[1] * (1 + HALF_WIDTH_OVERLAP)
        low, high = max(low, first + 1e-9), min(high, last)
        at = 0.0 if zero and k == 0 else center(f, low, high)
        coefficients, error = fit(f, low, high, at, degree, zero and k == 0)
        worst = max(worst, error)
        rows[:, k % 16] = [at] + coefficients
    with open(pathlib.Path(__file__).parent.parent / "core" / "pieces" / f"{name}.inc", "w") as out:
        out.write(f"// {name} on [{first}, {last}], piece by piece, from coefficients/pieces.py: relative error\n")
        out.write(f"// 2^{numpy.log2(worst):.1f}. The centers, the coefficients from the constant up; rate, bend, first, last.\n")
        for values in [*rows.reshape(-1, 4), [rate, bend, first, last]]:
            out.write(", ".join(short_hex(v) for v in values) + ",\n")
    print(f"{name}: relative error 2^{numpy.log2(worst):.2f} on [{first}, {last}]")


if __name__ == "__main__":
    write("gelu", gelu, 8, 0.55, 0, 8.05, 0, 15)
    write("gelu_slope", gelu_slope, 8, 0.9, 0, 8.05, 0, 15)
    write("gelu_tanh", gelu_tanh, 8, 0.425, 0, 6.65, 0, 15)
    write("gelu_tanh_slope", gelu_tanh_slope, 8, 0.6, 0, 6.8, 0, 15)
    write("mish_gate", mish_gate, 7, 1.0, -10.2, 8.7, -8, 7)
    write("mish_slope", mish_slope, 8, 1.0, -11.5, 9.9, -8, 7)
    write("tanh_exp_gate", tanh_exp_gate, 7, 2.15, -8.0, 2.3, -11, 4)
    write("tanh_exp_slope", tanh_exp_slope, 7, 1.9, -8.0, 2.7, -9, 4)
    write("serf_gate", serf_gate, 7, 1.4, -8.0, 4.1, -10, 5)
    write("serf_slope", serf_slope, 7, 1.4, -9.5, 4.6, -9, 5)
