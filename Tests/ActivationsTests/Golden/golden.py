#!/usr/bin/env python3
"""Golden reference values for activation functions and their derivatives.

    python3 golden.py gen   OUTDIR --seed TEXT [--group core|ext] [--extra FILE.json] [--exclude DIR] [--search N]
    python3 golden.py score GOLDEN.jsonl ANSWERS.jsonl

gen    writes one JSON-Lines file per function and format; see README.md for the fields.
score  compares answers ({"f": "0x...", "d": "0x..."} per golden line, or lists for vector
       files) with the exact values and prints max/mean error in ULP.

Needs mpmath >= 1.3 (gmpy2 makes it faster). Every value is computed twice, with about 75 and
110 digits; both must round to the same float and agree to 50 digits, otherwise precision grows.
"""
import argparse, json, math, os, random, struct, sys
import mpmath as mp
from mpmath import mpf

F64, F32 = (53, -1022, 1023), (24, -126, 127)          # (precision, emin, emax)
FMT = {"f64": F64, "f32": F32}

# ---------------------------------------------------------------- floats
def to_f32(x):
    return struct.unpack("<f", struct.pack("<f", x))[0]

def step(x, n, fmt):
    """The float n representable steps above x (n may be negative)."""
    if fmt is F64:
        for _ in range(abs(n)):
            x = math.nextafter(x, math.copysign(math.inf, n))
        return x
    i = struct.unpack("<i", struct.pack("<f", x))[0]
    i = i if i >= 0 else -(i & 0x7FFFFFFF)
    i += n
    return struct.unpack("<f", struct.pack("<I", i if i >= 0 else (-i) | 0x80000000))[0]

def hexf(x):
    if x != x: return "nan"
    if math.isinf(x): return "inf" if x > 0 else "-inf"
    s = x.hex()
    m, e = s.split("p")
    if "." in m: m = m.rstrip("0").rstrip(".")
    return m + "p" + e

def unhex(s):
    return float.fromhex(s) if "x" in s else float(s)

def round_to(v, fmt):
    """Round an mpf to nearest-even in the format; exact integer arithmetic."""
    p, emin, emax = fmt
    if mp.isnan(v): return math.nan
    if mp.isinf(v): return math.inf if v > 0 else -math.inf
    sign, man, exp, bc = v._mpf_                       # not mpf(v): that would round to the working precision
    if not man: return 0.0
    man = int(man)
    q = max(exp + bc - p, emin - p + 1)                # exponent of the last place
    s = q - exp
    if s <= 0: n = man << -s
    elif s > bc + 2: n = 0
    else:
        n, rem, half = man >> s, man & ((1 << s) - 1), 1 << (s - 1)
        n += rem > half or (rem == half and n & 1)
    r = math.inf if n.bit_length() + q > emax + 1 else math.ldexp(n, q)
    return -r if sign else r

def ulp_error(got, exact, fmt):
    """|got - exact| in units of the last place of the exact value."""
    p, emin, emax = fmt
    if mp.isnan(exact): return 0.0 if got != got else math.inf
    if got != got: return math.inf
    want = round_to(exact, fmt)
    if got == want and math.isinf(want): return 0.0
    if math.isinf(got) or math.isinf(want): return math.inf
    e = mp.frexp(exact)[1] - 1 if exact else emin
    d = mp.fabs(mpf(got) - exact)
    return float(mp.ldexp(d, -(max(int(e), emin) - p + 1)))

def rest(exact, rounded, fmt):
    """What rounding cut off, exact - rounded, in units of the last place of the exact value."""
    p, emin, emax = fmt
    if not mp.isfinite(exact) or not math.isfinite(rounded): return 0.0
    e = max(int(mp.frexp(exact)[1]) - 1 if exact else emin, emin)
    with mp.workdps(700): d = exact - mpf(rounded)
    return round(float(mp.ldexp(d, p - 1 - e)), 6)

# ---------------------------------------------------------------- exact functions (mpmath)
BIG = mpf(20000)                # beyond this every exponential is far outside any format
SELU_A = "1.6732632423543772848170429916717"   # torch.nn.SELU documentation
SELU_S = "1.0507009873554804934193349852946"
def clamp(x): return max(min(x, BIG), -BIG)
def cut(x, lo, hi): return max(lo, min(hi, x))
def softp(x): return mp.log1p(mp.exp(x)) if x < 0 else x + mp.log1p(mp.exp(-x))
def sig(x):
    x = clamp(x); t = mp.exp(-abs(x))
    return 1 / (1 + t) if x >= 0 else t / (1 + t)
def dsig(x): t = mp.exp(-abs(clamp(x))); return t / (1 + t) ** 2
def tanh(x):
    x = clamp(x)
    if not x: return mpf(0)
    e = mp.expm1(-2 * abs(x)); return mp.sign(x) * -e / (2 + e)
def cdf(x): return mp.erfc(-cut(x, -200, 200) / mp.sqrt(2)) / 2
def pdf(x): x = cut(x, -200, 200); return mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi)
def gtc(x):
    x = cut(x, mpf(-1000), mpf(1000)); return mp.sqrt(2 / mp.pi) * (x + mpf("0.044715") * x ** 3)
def dgelu_tanh(x):
    x = cut(x, mpf(-1000), mpf(1000))
    return sig(2 * gtc(x)) + x * 2 * dsig(2 * gtc(x)) * mp.sqrt(2 / mp.pi) * (1 + 3 * mpf("0.044715") * x * x)
def em1(x): return mp.expm1(max(x, -BIG))
def dmish(x):
    s = tanh(softp(clamp(x))); return s + x * (1 - s * s) * sig(x)
def piece(*pairs):              # piecewise derivative; "undefined" on a break point
    def d(x, a=None):
        for test, val in pairs:
            if test(x): return val(x, a) if callable(val) else mpf(val)
        return None
    return d

# name: (f(x, a), derivative(x, a) or None where left and right differ, parameters, break points)
CORE = {
 "sigmoid": (lambda x, a: sig(x), lambda x, a: dsig(x), [None], []),
 "tanh": (lambda x, a: tanh(x), lambda x, a: 4 * dsig(2 * x), [None], []),
 "relu": (lambda x, a: x if x > 0 else mpf(0),
          piece((lambda x: x > 0, 1), (lambda x: x < 0, 0)), [None], [0.0]),
 "leaky_relu": (lambda x, a: x if x > 0 else a * x,
          lambda x, a: mpf(1) if x > 0 or (x == 0 and a == 1) else a if x < 0 else None,
          [0.01, 0.2, 1.0, 0.0, -0.5, 3.0, 5e-324, 1e-308, 1.7e308], [0.0]),
}
EXT = {
 "softplus": (lambda x, a: softp(clamp(x)) + x - clamp(x) if x > 0 else softp(clamp(x)), lambda x, a: sig(x), [None], []),
 "logsigmoid": (lambda x, a: -softp(-clamp(x)) + x - clamp(x) if x < 0 else -softp(-clamp(x)), lambda x, a: sig(-x), [None], []),
 "silu": (lambda x, a: x * sig(x), lambda x, a: sig(x) + x * dsig(x), [None], []),
 "gelu": (lambda x, a: x * cdf(x), lambda x, a: cdf(x) + x * pdf(x), [None], []),
 "gelu_tanh": (lambda x, a: x * sig(2 * gtc(x)), lambda x, a: dgelu_tanh(x), [None], []),
 "elu": (lambda x, a: x if x > 0 else a * em1(x),
         lambda x, a: mpf(1) if x > 0 or (x == 0 and a == 1) else a * mp.exp(max(x, -BIG)) if x < 0 else None, [1.0, 0.5, 2.5], [0.0]),
 "celu": (lambda x, a: x if x > 0 else a * em1(x / a),
         lambda x, a: mpf(1) if x >= 0 else mp.exp(max(x / a, -BIG)), [1.0, 0.5, 2.5], [0.0]),
 "selu": (lambda x, a: mpf(SELU_S) * (x if x > 0 else mpf(SELU_A) * em1(x)),
         lambda x, a: mpf(SELU_S) if x > 0 else mpf(SELU_S) * mpf(SELU_A) * mp.exp(max(x, -BIG)) if x < 0 else None, [None], [0.0]),
 "mish": (lambda x, a: x * tanh(softp(clamp(x))), lambda x, a: dmish(x), [None], []),
 "softsign": (lambda x, a: x / (1 + abs(x)), lambda x, a: 1 / (1 + abs(x)) ** 2, [None], []),
 "hardtanh": (lambda x, a: cut(x, mpf(-1), mpf(1)),
         piece((lambda x: -1 < x < 1, 1), (lambda x: abs(x) > 1, 0)), [None], [-1.0, 1.0]),
 "relu6": (lambda x, a: cut(x, mpf(0), mpf(6)),
         piece((lambda x: 0 < x < 6, 1), (lambda x: x < 0 or x > 6, 0)), [None], [0.0, 6.0]),
 "hardsigmoid": (lambda x, a: cut(x / 6 + mpf(1) / 2, mpf(0), mpf(1)),
         piece((lambda x: -3 < x < 3, lambda x, a: mpf(1) / 6), (lambda x: abs(x) > 3, 0)), [None], [-3.0, 3.0]),
 "hardswish": (lambda x, a: mpf(0) if x <= -3 else x if x >= 3 else x * (x + 3) / 6,
         piece((lambda x: -3 < x < 3, lambda x, a: (2 * x + 3) / 6), (lambda x: x < -3, 0), (lambda x: x > 3, 1)), [None], [-3.0, 3.0]),
}
# Limits at the infinities, (f(-inf), f(+inf), d(-inf), d(+inf)); NaN gives NaN everywhere.
INF = math.inf
LIMITS = {"sigmoid": (0, 1, 0, 0), "tanh": (-1, 1, 0, 0), "relu": (0, INF, 0, 1), "softplus": (0, INF, 0, 1),
 "logsigmoid": (-INF, 0, 1, 0), "silu": (0, INF, 0, 1), "gelu": (0, INF, 0, 1), "gelu_tanh": (0, INF, 0, 1),
 "mish": (0, INF, 0, 1), "softsign": (-1, 1, 0, 0), "hardtanh": (-1, 1, 0, 0), "relu6": (0, 6, 0, 0),
 "hardsigmoid": (0, 1, 0, 0), "hardswish": (0, INF, 0, 1)}

def exact(fn, x, a=None, fmt=F64):
    """Evaluate an mpmath function; returns (value or None, rounded float)."""
    for dps in (75, 160, 400, 900, 2500):
        out = []
        for d in (dps, dps * 3 // 2):
            with mp.workdps(d):
                out.append(fn(mpf(x), None if a is None else mpf(a)))
        lo, hi = out
        if hi is None: return None, None
        with mp.workdps(dps):
            same = lo == hi or mp.fabs(lo - hi) <= mp.fabs(hi) * mpf(10) ** -50
        if same and round_to(lo, fmt) == round_to(hi, fmt): return hi, round_to(hi, fmt)
    raise ArithmeticError(f"no stable value at {x!r}")

def dec(v):
    """At least 42 significant digits; values below 1e-5000 in magnitude print as 0."""
    if v is None: return "undefined"
    if not v or mp.fabs(v) < mpf("1e-5000"): return "0"
    with mp.workdps(60): return mp.nstr(v, 42).replace("+", "")

# ---------------------------------------------------------------- scalar inputs
def thresholds(name, fmt):
    """Points where some implementation changes branch, saturates or cancels."""
    p, emin, emax = fmt
    ln2 = math.log(2.0)
    t = [-emin * ln2, (p - 1 - emin) * ln2, (p - emin) * ln2, (emax + 1) * ln2, p * ln2, (p + 1) * ln2,
         p * ln2 / 2, (p + 1) * ln2 / 2, (p + 2) * ln2 / 2, 2.0 ** (-p // 2), 2.0 ** (-p // 3), 2.0 ** -p, 2.0 ** (1 - p), 2.0 ** -(p + 1)]
    t += [-emin * ln2 / 2, (p - emin) * ln2 / 2, 0.5, 1.0, 2.0, 3.0, 6.0, 9.0, 20.0, 22.0, 30.0, 36.0, 40.0, 88.0, 0.55, 0.625, 0.3465735902799727]
    t += {"silu": [1.2784645427610738], "mish": [1.1924572], "gelu": [0.7517916243494656, 38.0, 8.3], "gelu_tanh": [0.7524614, 22.0]}.get(name, [])
    return t

def scalar_inputs(name, fmt, rng, scale, extra):
    p, emin, emax = fmt
    cv = (lambda x: x) if fmt is F64 else to_f32
    tiny, big = math.ldexp(1.0, emin - p + 1), math.ldexp(2.0 - 2.0 ** (1 - p), emax)
    xs = [0.0, -0.0, math.inf, -math.inf, math.nan, tiny, -tiny, big, -big, math.ldexp(1.0, emin), -math.ldexp(1.0, emin)]
    for t in thresholds(name, fmt):                      # near each threshold, both signs
        for s in (1, -1):
            for _ in range(2): xs.append(step(cv(s * t), rng.choice([-1, 1]) * int(2 ** rng.uniform(0, 10)), fmt))
    for b in [b for t in (CORE, EXT) if name in t for b in t[name][3]]:
        xs += [b, step(b or tiny, 0, fmt), step(b, 1, fmt), step(b, -1, fmt)] + [b + cv(rng.uniform(-1e-3, 1e-3)) for _ in range(4)]
    ln2 = math.log(2.0)
    def many(n, f): xs.extend(cv(f()) for _ in range(int(n * scale)))
    sg = lambda: rng.choice([-1, 1])
    many(40, lambda: (rng.randrange(1, 1100) * ln2 / rng.choice([1, 2])) * sg())        # exp reduction boundaries
    many(40, lambda: sg() * math.ldexp(rng.uniform(1, 2), rng.randrange(emin // 8, 4)))  # small magnitudes
    many(12, lambda: sg() * math.ldexp(rng.randrange(1, 1 << 20), emin - p + 1))         # subnormal
    many(10, lambda: sg() * math.ldexp(rng.uniform(1, 2), rng.randrange(4, emax)))       # huge
    many(60, lambda: rng.uniform(-1, 1))
    many(60, lambda: rng.uniform(-6, 6))
    many(60, lambda: rng.uniform(-40, 40))
    many(60, lambda: rng.uniform(1, 1.02) * sg() * rng.choice([-emin * ln2, -emin * ln2 / 2, (p - emin) * ln2 / 1.02]))
    many(60, lambda: rng.uniform(emin * ln2 * 1.05, -emin * ln2 * 1.05))
    xs += [unhex(h) for h in extra.get(name, [])]
    return xs

def nearest_midpoints(name, fn, fmt, rng, n, keep):
    """Random inputs whose exact result lies closest to a rounding boundary."""
    p, emin, emax = fmt
    cv = (lambda x: x) if fmt is F64 else to_f32
    found = []
    with mp.workdps(40):
        for _ in range(n):
            x = cv(rng.choice([rng.uniform(-2, 2), rng.uniform(-20, 20), rng.uniform(-80, 80)]))
            v = fn(mpf(x), None)
            sign, man, exp, bc = v._mpf_
            k = bc - p                                    # bits below the last place (results are normal here)
            if k < 8: continue
            frac = (int(man) & ((1 << k) - 1)) / (1 << k)
            if 0 < frac < 1: found.append((abs(frac - 0.5), x))
    return [x for _, x in sorted(found)[:keep]]

def undefined_sides(name, x, a):
    """Left and right derivative at a break point, from the two sides."""
    f = {**CORE, **EXT}[name][1]
    with mp.workdps(60):
        h = mpf(10) ** -40
        side = lambda y: mp.nstr(f(mpf(x) + y, None if a is None else mpf(a)), 30)
        return [side(-h), side(h)]

def scalar_line(name, x, a, fmt):
    f, d, _, _ = {**CORE, **EXT}[name]
    r = {"x": hexf(x), "xd": repr(x)}
    if a is not None: r["a"] = hexf(a)
    if x != x: return {**r, "f": "nan", "fr": "nan", "d": "nan", "dr": "nan"}
    if math.isinf(x):
        if name in LIMITS: lim = LIMITS[name]
        elif name == "leaky_relu": lim = (0.0 if a == 0 else math.copysign(INF, -a), INF, a, 1)
        elif name == "selu":
            lim = (-float(mpf(SELU_S) * mpf(SELU_A)), INF, 0, float(mpf(SELU_S)))
            if x < 0:
                v, w = exact(lambda x, a: -mpf(SELU_S) * mpf(SELU_A), 0.0, None, fmt); return {**r, "f": dec(v), "fr": hexf(w), "d": "0", "dr": "0x0p+0"}
            v, w = exact(lambda x, a: mpf(SELU_S), 0.0, None, fmt); return {**r, "f": "inf", "fr": "inf", "d": dec(v), "dr": hexf(w)}
        else: lim = (-a, INF, 0, 1)
        v, w = (lim[0], lim[2]) if x < 0 else (lim[1], lim[3])
        return {**r, "f": str(float(v)), "fr": hexf(float(v)), "d": str(float(w)), "dr": hexf(float(w))}
    v, rv = exact(f, x, a, fmt)
    r["f"], r["fr"], r["fe"] = dec(v), hexf(rv), rest(v, rv, fmt)
    if rv == 0 and math.copysign(1, rv) > 0 and v == 0 and x == 0 and name not in ("relu", "relu6"):
        r["fr"] = hexf(math.copysign(0.0, x * (a if name == "leaky_relu" else 1)))
    elif rv == 0 and (v < 0): r["fr"] = "-0x0p+0"
    v, rv = exact(d, x, a, fmt)
    if v is None: r["d"], r["dr"], r["sides"] = "undefined", "undefined", undefined_sides(name, x, a)
    else: r["d"], r["dr"], r["de"] = dec(v), hexf(rv) if not (rv == 0 and v < 0) else "-0x0p+0", rest(v, rv, fmt)
    return r

# ---------------------------------------------------------------- softmax
def softmax_exact(xs, dps=120):
    """Exact shifted exponentials, their sum and the sum of all but the first maximum."""
    m = max(xs); k = xs.index(m)
    with mp.workdps(700 if any(abs(x) > 1e15 for x in xs if not math.isinf(x)) else dps):
        e = [mpf(0) if x == -INF or mpf(x) - m < -BIG else mp.exp(mpf(x) - mpf(m)) for x in xs]
        rest = mp.fsum(e[:k] + e[k + 1:])
        return e, 1 + rest, rest, k

def f32_of(x):
    """A float32 that tests the same as the float64 x: the nearest one, huge and tiny ones scaled into its range."""
    if not math.isinf(x) and abs(x) > 3e38: x *= 1e-270
    return to_f32(x / 7 if 300 < abs(x) < 760 else x)

def softmax_value(kind, xs, i, j=None, c=None):
    e, s, rest, k = c or softmax_exact(xs)
    with mp.workdps(120):
        if kind == "softmax": return e[i] / s
        if kind == "log_softmax":
            if xs[i] == -INF: return -mp.inf
            return -mp.log1p(rest) if xs[i] == xs[k] else (mpf(xs[i]) - mpf(xs[k])) - mp.log1p(rest)
        others = rest if i == k else s - e[i]
        if kind == "jacobian": return e[i] * others / s ** 2 if i == j else -e[i] * e[j] / s ** 2
        if kind == "log_jacobian": return others / s if i == j else -e[j] / s     # d log S_i / d x_j

def vector_inputs(rng, scale):
    g = rng.gauss
    out = [[0.0], [-745.0], [1e308], [0.0, 0.0], [1e308, -1e308], [-1e308] * 3]
    def add(tag, n, f): out.extend(f() for _ in range(max(1, int(n * scale))))
    ns = lambda hi=64: int(round(math.exp(rng.uniform(0, math.log(hi)))))
    for sd in (1e-9, 1e-3, 1.0, 10.0, 100.0, 400.0):
        add("normal", 4, lambda: [g(0, sd) for _ in range(max(2, ns(24)))])
    add("ties", 5, lambda: [rng.choice([-1.5, 0.25, 3.0]) for _ in range(ns())])
    add("one ulp apart", 3, lambda: [math.nextafter(rng.choice([1.0, 700.0]), INF) if rng.random() < .5 else 1.0 for _ in range(8)])
    def shifted():
        sh = rng.choice([-1, 1]) * 10 ** rng.choice([3, 6, 9, 12, 15, 16.5, 17.5]) * rng.uniform(1, 9)
        u = math.ulp(sh); return [sh + rng.choice([u, 1.0]) * rng.randrange(-30, 30) for _ in range(rng.randrange(2, 10))]
    add("shifted", 10, shifted)
    add("huge", 5, lambda: [rng.uniform(-1, 1) * 10 ** rng.uniform(290, 308.2) for _ in range(rng.randrange(2, 6))])
    add("huge ties", 3, lambda: [rng.choice([1.0, -1.0, .5]) * 1.7e308 for _ in range(rng.randrange(2, 9))])
    add("dominant", 10, lambda: (lambda v: [v] + [v - rng.uniform(25, 60) for _ in range(rng.randrange(1, 8))])(g(0, 50)))
    add("subnormal tail", 8, lambda: [0.0] + [-rng.uniform(700, 746) for _ in range(rng.randrange(1, 8))])
    add("two leaders", 5, lambda: (lambda v: [v, v - 2.0 ** -rng.randrange(20, 50)] + [v - rng.uniform(0, 740) for _ in range(5)])(g(0, 9)))
    add("mask", 8, lambda: [-INF if rng.random() < .4 else g(0, 8) for _ in range(ns(32) + 1)] + [g(0, 8)])
    add("all but one masked", 2, lambda: (lambda v: v[:rng.randrange(9)] + [g(0, 300)] + v)([-INF] * rng.randrange(9)))
    add("long", 3, lambda: [g(0, 3) for _ in range(rng.randrange(40, 65))])
    return out

def softmax_lines(kind, xs, rng, fmt=F64):
    n = len(xs)
    c = softmax_exact(xs)
    jac = kind.endswith("jacobian")
    if jac: sel = [(i, j) for i in range(n) for j in range(n)]
    else: sel = [(i, None) for i in range(n)]
    if len(sel) > (150 if jac else 64):
        k = xs.index(max(xs)); pick = [k] + rng.sample(range(n), 7 if jac else 24)
        sel = [(i, j) for i in pick[:5] for j in pick[:5]] + [(i, i) for i in pick[5:]] if jac else [(i, None) for i in pick]
    val = [softmax_value(kind, xs, i, j, c) for i, j in sel]
    r = {"n": n, "x": [hexf(x) for x in xs]}
    if n <= 64: r["xd"] = [repr(x) for x in xs]
    if len(sel) != (n * n if jac else n): r["at"] = [[i, j] if jac else i for i, j in sel]
    r["f"] = [("-inf" if mp.isinf(v) else dec(v)) for v in val]
    rounded = [round_to(v, fmt) for v in val]
    r["fr"] = [hexf(w) for w in rounded]
    r["fe"] = [rest(v, w, fmt) for v, w in zip(val, rounded)]
    return r

# ---------------------------------------------------------------- main
def write(path, rows):
    with open(path, "w") as fh:
        for r in rows: fh.write(json.dumps(r, separators=(",", ":")) + "\n")
    print(f"{path}: {len(rows)} cases, {os.path.getsize(path)} bytes", flush=True)

def used_inputs(folder):
    used = set()
    for f in sorted(os.listdir(folder)) if folder else []:
        if f.endswith(".jsonl"):
            for l in open(os.path.join(folder, f)):
                r = json.loads(l)
                used.add((f, json.dumps(r["x"]), r.get("a")))
    return used

F32_PARAMETERS = {5e-324: 1.4e-45, 1e-308: 1e-38, 1.7e308: 3e38}

def generate(o):
    os.makedirs(o.outdir, exist_ok=True)
    extra = json.load(open(o.extra)) if o.extra else {}
    used = used_inputs(o.exclude)
    for table, scale, prefix in ((CORE, o.scale, "core"), (EXT, o.scale / 4, "ext")):
        if prefix != o.group: continue
        for name, (f, d, params, _) in table.items():
            for dt in (("f64", "f32") if table is CORE else ("f64",)):
                # Parameters of float32 are float32 numbers; those that would overflow or underflow have stand-ins.
                if dt == "f32": params = [a if a is None else to_f32(F32_PARAMETERS.get(a, a)) for a in params]
                fmt, rng = FMT[dt], random.Random(f"{o.seed}/{name}/{dt}")
                sc = scale * (.2 if name in ("relu", "leaky_relu", "hardtanh", "relu6") else 1)
                xs = scalar_inputs(name, fmt, rng, sc, extra.get(dt, {}))
                if table is CORE and name in ("sigmoid", "tanh"):
                    for fn in (f, d): xs += nearest_midpoints(name, fn, fmt, rng, o.search, 25)
                rows, seen = [], set()
                fname = f"{prefix}.{name}.{dt}.jsonl"
                for i, x in enumerate(xs):
                    for a in (params if i < 12 and len(params) > 1 else [params[i % len(params)]]):
                        key = (fname, json.dumps(hexf(x)), None if a is None else hexf(a))
                        special = i < 12 or x in {**CORE, **EXT}[name][3]
                        if key in seen or (key in used and not special): continue
                        seen.add(key); rows.append(scalar_line(name, x, a, fmt))
                write(os.path.join(o.outdir, fname), rows)
    rng = random.Random(f"{o.seed}/vectors")
    pick = {"f64": rng, "f32": random.Random(f"{o.seed}/vectors/f32")}    # which entries of a long vector are given
    vecs = vector_inputs(rng, o.scale)
    small = [v for v in vector_inputs(random.Random(f"{o.seed}/jac"), o.scale / 2) if len(v) <= 12]
    big = [[rng.gauss(0, s) for _ in range(1000)] for s in (1.0, 20.0)]
    jb = [rng.gauss(0, 4) for _ in range(200)]
    for kind, vs in (("core.softmax", vecs + big), ("core.jacobian", small + [jb]), ("ext.log_softmax", vecs[::2]), ("ext.log_jacobian", small[::4])):
        if not kind.startswith(o.group): continue
        for dt in ("f64", "f32"):
            fname = f"{kind}.{dt}.jsonl"; rows, seen = [], set()
            for i, v in enumerate(vs):
                if dt == "f32": v = [f32_of(x) for x in v]
                key = (fname, json.dumps([hexf(x) for x in v]), None)
                if key in seen or (key in used and len(v) > 3): continue
                seen.add(key); rows.append(softmax_lines(kind.split(".")[1], v, pick[dt], FMT[dt]))
            write(os.path.join(o.outdir, fname), rows)

def score(o):
    fmt = F32 if ".f32." in o.golden else F64
    stats = {}
    for g, a in zip(map(json.loads, open(o.golden)), map(json.loads, open(o.answers)), strict=True):
        for k in ("f", "d"):
            if k not in g or k not in a: continue
            gs, as_ = (g[k], a[k]) if isinstance(g[k], list) else ([g[k]], [a[k]])
            for i, (w, h) in enumerate(zip(gs, as_, strict=True)):
                if w == "undefined": continue
                with mp.workdps(60): err = ulp_error(unhex(h), mpf(w), fmt)
                st = stats.setdefault(k, [0, 0.0, -1.0, None, 0])
                if math.isinf(err): st[4] += 1
                else: st[1] += err
                st[0] += 1
                if err > st[2]: st[2], st[3] = err, (g.get("xd", g["x"]) if not isinstance(g[k], list) else ("row", g["x"][:4], i), w, h)
    for k, (n, tot, worst, where, bad) in stats.items():
        print(f"{os.path.basename(o.golden)} {k}: n={n} max={worst:.4f} mean={tot / max(1, n - bad):.4f} ULP, not comparable={bad}, worst at {where}")

if __name__ == "__main__":
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sub = ap.add_subparsers(dest="cmd", required=True)
    g = sub.add_parser("gen"); g.add_argument("outdir"); g.add_argument("--seed", required=True)
    g.add_argument("--group", choices=("core", "ext"), default="core")
    g.add_argument("--extra"); g.add_argument("--exclude"); g.add_argument("--search", type=int, default=20000)
    g.add_argument("--scale", type=float, default=1.0)
    s = sub.add_parser("score"); s.add_argument("golden"); s.add_argument("answers")
    o = ap.parse_args()
    generate(o) if o.cmd == "gen" else score(o)
