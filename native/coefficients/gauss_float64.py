"""The rationals of float64/gauss.h, for R(t) = Phi(-t) exp(t^2/2), t >= 0: python3 gauss_float64.py (mpmath), about a minute.

tail:  R(t)                      = P(t) / (b t P(t) + S(t))            on [0, 38.7]
bell:  R(t) - t / sqrt(2 pi)     = (t0 - t) P(t) / (b P(t) + S(t))     on [0, 38.8]

A fit minimises the largest relative error by reweighted least squares (Lawson) on the linearised equation, in 330 bits,
for the equations are as badly conditioned as the result is good. Then one coefficient after the other is rounded to
double and the rest fitted again.
"""
from mpmath import cos, erfc, exp, fdot, findroot, log, lu_solve, matrix, mp, mpf, pi, sqrt

mp.prec = 330
B = mpf(float(sqrt(2 * pi)))
NODES = 120
FLOOR = mpf("1e-3")


def tail_value(t):
    return erfc(t / sqrt(mpf(2))) / 2 * exp(t * t / 2)


def nodes(high):
    return [mpf(high) * (1 - cos(pi * (i + mpf(1) / 2) / NODES)) / 2 for i in range(NODES)]


def solve(columns, rhs, weight, free):
    scaled = [[c * w for c, w in zip(columns[name], weight)] for name in free]
    right = [r * w for r, w in zip(rhs, weight)]
    a, b = matrix(len(free), len(free)), matrix(len(free), 1)
    for i, row in enumerate(scaled):
        b[i] = fdot(zip(row, right))
        for j in range(i, len(free)):
            a[i, j] = a[j, i] = fdot(zip(row, scaled[j]))
    return dict(zip(free, lu_solve(a, b)))


def fit(t, y, slope, degrees, fixed, rounds):
    """y = P / (slope P + S); returns the largest relative error and the coefficients."""
    powers = [[mpf(1)] * len(t)]
    for _ in range(max(degrees)):
        powers.append([p * v for p, v in zip(powers[-1], t)])
    columns = {("p", i): [(1 - s * v) * p for s, v, p in zip(slope, y, powers[i])] for i in range(degrees[0] + 1)}
    columns.update({("s", i): [-v * p for v, p in zip(y, powers[i])] for i in range(degrees[1] + 1)})
    free = [name for name in columns if name not in fixed]
    rhs = [-sum(columns[name][k] * value for name, value in fixed.items()) for k in range(len(t))]
    weight, denominator, best = [mpf(1)] * len(t), [mpf(1)] * len(t), None
    for _ in range(rounds if free else 1):
        values = dict(fixed)
        if free:
            scale = [sqrt(w) / (v * d) for w, v, d in zip(weight, y, denominator)]
            values.update(solve(columns, rhs, scale, free))
        p = [fdot((values["p", i], powers[i][k]) for i in range(degrees[0] + 1)) for k in range(len(t))]
        s = [fdot((values["s", i], powers[i][k]) for i in range(degrees[1] + 1)) for k in range(len(t))]
        denominator = [abs(b * n + r) for b, n, r in zip(slope, p, s)]
        error = [abs(n / (b * n + r) / v - 1) for b, n, r, v in zip(slope, p, s, y)]
        if best is None or max(error) < best[0]:
            best = (max(error), values)
        weight = [w * (e / max(error) + FLOOR) for w, e in zip(weight, error)]
        mean = sum(weight) / len(t)
        weight = [w / mean for w in weight]
    return best


def rounded(t, y, slope, degrees, fixed):
    fixed = dict(fixed)
    error, values = fit(t, y, slope, degrees, fixed, 25)
    order = [(kind, i) for i in range(max(degrees) + 1) for kind in ("s", "p")]
    for name in order:
        if name in values and name not in fixed:
            fixed[name] = mpf(float(values[name]))
            error, values = fit(t, y, slope, degrees, fixed, 6)
    return error, values


def show(title, result):
    error, values = result
    print(f"{title}: relative error 2^{float(log(error, 2)):.2f}, b = {float(B).hex()}")
    for name in sorted(values):
        print(f"  {name[0]}{name[1]} {float(values[name]).hex()}")


def tail():
    t = nodes("38.7")
    fixed = {("s", 0): mpf(1), ("p", 0): mpf(1) / 2}
    show("tail", rounded(t, [tail_value(v) for v in t], [B * v for v in t], (10, 10), fixed))


def bell():
    root = findroot(lambda t: erfc(t / sqrt(mpf(2))) / 2 - t * exp(-t * t / 2) / sqrt(2 * pi), mpf("0.75179"))
    high = mpf(int(root * 2**20)) / 2**20
    print(f"t0 = {float(high).hex()} + {float(root - high).hex()}")
    t = nodes("38.8")
    y = [(tail_value(v) - v / sqrt(2 * pi)) / (root - v) for v in t]
    p0 = mpf(float(y[0] / (1 - B * y[0])))  # so that S begins with 1
    show("bell", rounded(t, y, [B] * len(t), (10, 9), {("p", 0): p0}))


if __name__ == "__main__":
    bell()
    tail()
