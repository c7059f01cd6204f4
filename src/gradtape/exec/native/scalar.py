"""How one element is computed, as LLVM text: TABLE maps an operation's name to a rule.

A rule gets a builder, the type of its arguments and the names of their values, and returns the name of the result. Arithmetic is
IEEE's, without LLVM's licences: only sums may be taken in another order, and `codegen` says so where it folds them. Floats of 16
bits are stored as such and computed as float32.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from math import pi, sqrt
from typing import Any, NamedTuple

import ml_dtypes
import numpy as np

HALF, BRAIN = np.dtype(np.float16), np.dtype(ml_dtypes.bfloat16)


class Type(NamedTuple):
    """A type of registers: kind f, i, u or b, and its width."""

    kind: str
    bits: int

    @property
    def llvm(self) -> str:
        return {32: "float", 64: "double"}[self.bits] if self.kind == "f" else f"i{self.bits}"

    @property
    def suffix(self) -> str:
        return f"f{self.bits}" if self.kind == "f" else f"i{self.bits}"


BOOL, I64, I32, F32, F64 = Type("b", 1), Type("i", 64), Type("i", 32), Type("f", 32), Type("f", 64)
TYPES = {np.dtype(f"{k}{n}"): Type(k, 8 * n) for k in "iu" for n in (1, 2, 4, 8)} | {
    np.dtype(np.float32): F32, np.dtype(np.float64): F64, np.dtype(bool): BOOL, HALF: F32, BRAIN: F32,
}  # fmt: skip
STORED = {HALF: "i16", BRAIN: "i16", np.dtype(bool): "i8"}


def stored(dtype: np.dtype) -> str:
    """The LLVM type of an element in memory."""
    return STORED.get(dtype) or TYPES[dtype].llvm


def literal(value: Any, t: Type) -> str:
    if t.kind == "b":
        return "true" if value else "false"
    if t.kind != "f":
        return str(int(value))
    x = float(np.float32(value)) if t.bits == 32 else float(value)
    return "0x" + struct.pack(">d", x).hex().upper()


class Builder:
    """Collects instructions and what they need to have declared."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.declared: dict[str, str] = {}
        self.count = 0

    def __call__(self, text: str) -> str:
        self.count += 1
        name = f"%v{self.count}"
        self.lines.append(f"{name} = {text}")
        return name

    def call(self, function: str, result: str, *args: tuple[str, str]) -> str:
        """An LLVM intrinsic, or a function of libm."""
        types = ", ".join(t for t, _ in args)
        self.declared.setdefault(function, f"declare {result} @{function}({types})")
        return self(f"call {result} @{function}({', '.join(f'{t} {v}' for t, v in args)})")

    def libm(self, name: str, t: Type, *xs: str) -> str:
        symbol = name + ("f" if t.bits == 32 else "")
        found = vector_variants(name, t, len(xs))
        self.declared.setdefault(symbol, f"declare {t.llvm} @{symbol}({', '.join([t.llvm] * len(xs))}) #1")
        for variant, lanes in found:
            vector = f"<{lanes} x {t.llvm}>"
            self.declared.setdefault(variant, f"declare {vector} @{variant}({', '.join([vector] * len(xs))}) #1")
        call = f"call {t.llvm} @{symbol}({', '.join(f'{t.llvm} {x}' for x in xs)}) nounwind memory(none)"
        return self(f'{call} "vector-function-abi-variant"="{",".join(v for v, _ in found)}"' if found else call)


# -- the vector library -----------------------------------------------------------------------------------------
MVEC = {
    "acos", "acosh", "asin", "asinh", "atan", "atanh", "cos", "cosh", "erf", "erfc", "exp", "expm1", "log", "log1p", "sin", "sinh",
    "tan", "tanh", "atan2", "hypot", "pow",
}  # fmt: skip
LANES: dict[str, int] = {}  # letter of the instruction set -> bits; `jit` fills it in where libmvec is there


def vector_variants(name: str, t: Type, arity: int) -> list[tuple[str, int]]:
    """The vector versions of a function: (symbol, lanes)."""
    if name not in MVEC:
        return []
    suffix = "f" if t.bits == 32 else ""
    return [(f"_ZGV{isa}N{bits // t.bits}{'v' * arity}_{name}{suffix}", bits // t.bits) for isa, bits in LANES.items()]


# -- helpers ------------------------------------------------------------------------------------------------------
def k(t: Type, value: Any) -> str:
    return literal(value, t)


def arithmetic(b: Builder, what: str, t: Type, x: str, y: str) -> str:
    return b(f"{'f' if t.kind == 'f' else ''}{what} {t.llvm} {x}, {y}")


def add(b: Builder, t: Type, x: str, y: str) -> str:
    return arithmetic(b, "add", t, x, y)


def sub(b: Builder, t: Type, x: str, y: str) -> str:
    return arithmetic(b, "sub", t, x, y)


def mul(b: Builder, t: Type, x: str, y: str) -> str:
    return arithmetic(b, "mul", t, x, y)


def div(b: Builder, t: Type, x: str, y: str) -> str:
    return b(f"fdiv {t.llvm} {x}, {y}")


def neg(b: Builder, t: Type, x: str) -> str:
    return b(f"fneg {t.llvm} {x}") if t.kind == "f" else b(f"sub {t.llvm} 0, {x}")


def square(b: Builder, t: Type, x: str) -> str:
    return mul(b, t, x, x)


def choose(b: Builder, t: Type, c: str, x: str, y: str) -> str:
    return b(f"select i1 {c}, {t.llvm} {x}, {t.llvm} {y}")


def both(b: Builder, what: str, x: str, y: str) -> str:
    return b(f"{what} i1 {x}, {y}")


COMPARE = {
    "equal": ("oeq", "eq", "eq"), "not_equal": ("une", "ne", "ne"), "greater": ("ogt", "sgt", "ugt"),
    "greater_equal": ("oge", "sge", "uge"), "less": ("olt", "slt", "ult"), "less_equal": ("ole", "sle", "ule"),
}  # fmt: skip


def compare(b: Builder, t: Type, how: str, x: str, y: str) -> str:
    code = COMPARE[how]["fiu".index(t.kind) if t.kind != "b" else 2]
    return b(f"{'f' if t.kind == 'f' else 'i'}cmp {code} {t.llvm} {x}, {y}")


def unordered(b: Builder, t: Type, x: str) -> str:
    return b(f"fcmp uno {t.llvm} {x}, {x}")


def intrinsic(b: Builder, name: str, t: Type, *xs: str) -> str:
    return b.call(f"llvm.{name}.{t.suffix}", t.llvm, *((t.llvm, x) for x in xs))


def magnitude(b: Builder, t: Type, x: str) -> str:
    if t.kind == "f":
        return intrinsic(b, "fabs", t, x)
    return x if t.kind == "u" else b.call(f"llvm.abs.{t.suffix}", t.llvm, (t.llvm, x), ("i1", "false"))


def extreme(b: Builder, t: Type, how: str, x: str, y: str) -> str:
    """The first of two that are equal; NaN wins."""
    first = compare(b, t, how, x, y)
    if t.kind == "f":
        first = both(b, "or", first, unordered(b, t, x))
    return choose(b, t, first, x, y)


def maximum(b: Builder, t: Type, x: str, y: str) -> str:
    return extreme(b, t, "greater_equal", x, y)


def minimum(b: Builder, t: Type, x: str, y: str) -> str:
    return extreme(b, t, "less_equal", x, y)


def zeroed(b: Builder, t: Type, where: str, y: str) -> str:
    return choose(b, t, where, k(t, 0), y)


def is_zero(b: Builder, t: Type, x: str) -> str:
    return compare(b, t, "equal", x, k(t, 0))


def positive_part(b: Builder, t: Type, x: str) -> str:
    if t.kind == "f":
        return choose(b, t, b(f"fcmp ugt {t.llvm} {x}, {k(t, 0)}"), x, k(t, 0))
    return maximum(b, t, x, "0")


def negative_part(b: Builder, t: Type, x: str) -> str:
    return choose(b, t, b(f"fcmp ult {t.llvm} {x}, {k(t, 0)}"), x, k(t, 0))


# -- the rules ------------------------------------------------------------------------------------------------------
Rule = Callable[..., str]
TABLE: dict[str, Rule] = {}
LOGICAL: set[str] = set(COMPARE) | {"is_finite", "is_inf", "is_nan", "matches", "is_nonzero"}  # their results are booleans
DEAR: dict[str, float] = {}  # what an element costs, in additions, where it is much


def rule(name: str, kinds: str = "f", cost: float = 1) -> Callable:
    """Computed by the decorated function for arguments of these kinds."""

    def put(function: Rule) -> Rule:
        TABLE[name] = function
        KINDS[name] = kinds
        DEAR[name] = cost
        return function

    return put


KINDS: dict[str, str] = {}


def put(name: str, function: Rule, kinds: str = "f", cost: float = 1) -> None:
    rule(name, kinds, cost)(function)


put("add", add, "fiu")
put("subtract", sub, "fiu")
put("multiply", mul, "fiu")
put("negative", neg, "fiu")
put("square", square, "fiu")
put("divide", div, cost=4)
put("reciprocal", lambda b, t, x: div(b, t, k(t, 1), x), cost=4)
put("identity", lambda b, t, x: x, "fiub")
put("conj", lambda b, t, x: x, "fiu")
put("sqrt", lambda b, t, x: intrinsic(b, "sqrt", t, x), cost=6)
put("rsqrt", lambda b, t, x: div(b, t, k(t, 1), intrinsic(b, "sqrt", t, x)), cost=10)
put("floor", lambda b, t, x: intrinsic(b, "floor", t, x))
put("ceil", lambda b, t, x: intrinsic(b, "ceil", t, x))
put("rint", lambda b, t, x: intrinsic(b, "rint", t, x))
put("round", lambda b, t, x: intrinsic(b, "rint", t, x) if t.kind == "f" else x, "fiu")
put("abs", magnitude, "fiu")
put("maximum", maximum, "fiu")
put("minimum", minimum, "fiu")
put("clip_by_value", lambda b, t, x, low, high: maximum(b, t, minimum(b, t, x, high), low), "fiu", 2)
put("relu", positive_part, "fiu")
put("relu6", lambda b, t, x: minimum(b, t, positive_part(b, t, x), k(t, 6)), "fiu")
put("relu_gradient", lambda b, t, u, y: choose(b, t, compare(b, t, "greater", y, k(t, 0)), u, k(t, 0)))
for _name in COMPARE:
    put(_name, lambda b, t, x, y, how=_name: compare(b, t, how, x, y), "fiub" if "equal" in _name else "fiu")
put("is_nonzero", lambda b, t, x: compare(b, t, "not_equal", x, k(t, 0)), "fiub")
put("is_nan", unordered)
put("is_finite", lambda b, t, x: b(f"fcmp olt {t.llvm} {magnitude(b, t, x)}, {k(t, float('inf'))}"))
put("is_inf", lambda b, t, x: b(f"fcmp oeq {t.llvm} {magnitude(b, t, x)}, {k(t, float('inf'))}"))
put("logical_not", lambda b, t, x: both(b, "xor", x, "true"), "b")
for _name in ("and", "or", "xor"):
    put(f"logical_{_name}", lambda b, t, x, y, how=_name: both(b, how, x, y), "b")
    put(f"bitwise_{_name}", lambda b, t, x, y, how=_name: b(f"{how} {t.llvm} {x}, {y}"), "iu")
put("invert", lambda b, t, x: b(f"xor {t.llvm} {x}, -1"), "iu")


@rule("matches")
def matches(b: Builder, t: Type, x: str, y: str) -> str:
    nan = both(b, "and", unordered(b, t, x), unordered(b, t, y))
    return both(b, "or", compare(b, t, "equal", x, y), nan)


@rule("sign", "fiu", 2)
def sign(b: Builder, t: Type, x: str) -> str:
    below = "0" if t.kind == "u" else choose(b, t, compare(b, t, "less", x, k(t, 0)), k(t, -1), k(t, 0))
    out = choose(b, t, compare(b, t, "greater", x, k(t, 0)), k(t, 1), below)
    return choose(b, t, unordered(b, t, x), x, out) if t.kind == "f" else out


@rule("order_key", cost=3)
def order_key(b: Builder, t: Type, x: str) -> str:
    """An integer in the order of the floats; both zeros give one."""
    zero = add(b, t, x, k(t, 0))
    bits = b(f"bitcast {t.llvm} {zero} to i{t.bits}")
    below = b(f"ashr i{t.bits} {bits}, {t.bits - 1}")
    flips = b(f"and i{t.bits} {below}, {2 ** (t.bits - 1) - 1}")
    return b(f"xor i{t.bits} {bits}, {flips}")


def shifted(how: str) -> Rule:
    """The distance is held between 0 and the width less one."""

    def shift(b: Builder, t: Type, x: str, y: str) -> str:
        distance = minimum(b, t, maximum(b, t, y, "0"), str(t.bits - 1))
        return b(f"{how if t.kind == 'i' or how == 'shl' else 'lshr'} {t.llvm} {x}, {distance}")

    return shift


put("left_shift", shifted("shl"), "iu")
put("right_shift", shifted("ashr"), "iu")


# -- a zero that wins -------------------------------------------------------------------------------------------------
put("zmul", lambda b, t, g, d: zeroed(b, t, is_zero(b, t, g), mul(b, t, g, d)) if t.kind == "f" else mul(b, t, g, d), "fiu")
put("multiply_no_nan", lambda b, t, x, y: zeroed(b, t, is_zero(b, t, y), mul(b, t, x, y)))
put("divide_no_nan", lambda b, t, x, y: zeroed(b, t, is_zero(b, t, y), div(b, t, x, y)), cost=4)
put("inverse_or_zero", lambda b, t, x: zeroed(b, t, is_zero(b, t, x), div(b, t, k(t, 1), x)), cost=4)
put("xdivy", lambda b, t, x, y: zeroed(b, t, is_zero(b, t, x), div(b, t, x, y)), cost=4)
put("xlogy", lambda b, t, x, y: zeroed(b, t, is_zero(b, t, x), mul(b, t, x, b.libm("log", t, y))), cost=14)
put("xlog1py", lambda b, t, x, y: zeroed(b, t, is_zero(b, t, x), mul(b, t, x, b.libm("log1p", t, y))), cost=16)


@rule("zzmul", "fiu")
def zzmul(b: Builder, t: Type, x: str, y: str) -> str:
    product = mul(b, t, x, y)
    return product if t.kind != "f" else zeroed(b, t, both(b, "or", is_zero(b, t, x), is_zero(b, t, y)), product)


# -- remainders of floats -----------------------------------------------------------------------------------------------
put("floordiv", lambda b, t, x, y: intrinsic(b, "floor", t, div(b, t, x, y)), cost=5)
put("truncatediv", lambda b, t, x, y: intrinsic(b, "trunc", t, div(b, t, x, y)), cost=5)
put("truncatemod", lambda b, t, x, y: b.libm("fmod", t, x, y), cost=30)


@rule("floormod", cost=30)
def floormod(b: Builder, t: Type, x: str, y: str) -> str:
    """The remainder with the sign of y."""
    r = b.libm("fmod", t, x, y)
    wrong = both(b, "xor", compare(b, t, "less", y, k(t, 0)), compare(b, t, "less", r, k(t, 0)))
    mended = choose(b, t, wrong, add(b, t, r, y), r)
    return choose(b, t, is_zero(b, t, r), intrinsic(b, "copysign", t, k(t, 0), y), mended)


# -- transcendental functions ---------------------------------------------------------------------------------------------
for _name, _cost in {
    "expm1": 16, "log": 12, "log1p": 14, "sin": 14, "cos": 14, "tan": 18, "asin": 16, "acos": 16, "atan": 14, "sinh": 18,
    "cosh": 16, "asinh": 20, "acosh": 20, "atanh": 18, "erf": 16,
}.items():  # fmt: skip
    put(_name, lambda b, t, x, f=_name: b.libm(f, t, x), cost=_cost)


def polynomial(b: Builder, t: Type, x: str, coefficients: Sequence[float]) -> str:
    """By Horner's rule; the constant term first."""
    total = k(t, coefficients[-1])
    for c in reversed(coefficients[:-1]):
        total = intrinsic(b, "fma", t, total, x, k(t, c))
    return total


# (exp(r) - 1 - r) / r^2 on |r| <= log(2) / 2: least maximal error, relative to exp, by Lawson's iteration; 0.06 ulp
EXP = (0.49999993372854473, 0.16666519521798973, 0.04166840113007702, 0.008368851278899607, 0.001381431836628027)
LN2_HIGH, LN2_LOW = 0.693145751953125, 1.428606820309417e-06  # their sum is log(2); the first has 16 bits


def halved(b: Builder, t: Type, x: str) -> tuple[str, str]:
    """n and exp(r) - 1, with x = n log(2) + r, n whole and |r| <= log(2) / 2."""
    n = intrinsic(b, "rint", t, mul(b, t, x, k(t, 1.4426950408889634)))
    r = intrinsic(b, "fma", t, n, k(t, -LN2_LOW), intrinsic(b, "fma", t, n, k(t, -LN2_HIGH), x))
    return n, intrinsic(b, "fma", t, polynomial(b, t, r, EXP), square(b, t, r), r)


def at_most(b: Builder, t: Type, x: str, limit: float) -> str:
    """NaN stays."""
    return choose(b, t, compare(b, t, "greater", x, k(t, limit)), k(t, limit), x)


def whole(b: Builder, n: str) -> str:
    number = b(f"fptosi float {n} to i32")
    return b(f"freeze i32 {number}")


def exp(b: Builder, t: Type, x: str) -> str:
    """2^n exp(r); in float64, and where the processor would be slow at it, libm's."""
    if t.bits != 32 or not FAST:
        return b.libm("exp", t, x)
    low = choose(b, t, compare(b, t, "less", x, k(t, -104)), k(t, -104), x)
    n, y = halved(b, t, at_most(b, t, low, 89))
    return b.call("llvm.ldexp.f32.i32", "float", ("float", add(b, t, y, k(t, 1))), ("i32", whole(b, n)))


def tanh(b: Builder, t: Type, x: str) -> str:
    """e / (e + 2) with e = exp(2 |x|) - 1 = 2^n (exp(r) - 1) + (2^n - 1), and the sign of x."""
    if t.bits != 32 or not FAST:
        return b.libm("tanh", t, x)
    size = at_most(b, t, magnitude(b, t, x), 10)
    n, y = halved(b, t, add(b, t, size, size))
    biased = b(f"add i32 {whole(b, n)}, 127")
    bits = b(f"shl i32 {biased}, 23")
    power = b(f"bitcast i32 {bits} to float")
    e = intrinsic(b, "fma", t, power, y, sub(b, t, power, k(t, 1)))
    return intrinsic(b, "copysign", t, div(b, t, e, add(b, t, e, k(t, 2))), x)


# (1 + 2 z) exp(z^2) erfc(z) by t = (z - 2) / (z + 2) for 0 <= z <= 10.06: least maximal relative error, 0.2 ulp
SCALED_ERFC = (
    1.2769783932641476, -0.09276397917818566, -0.16603141093421467, 0.1640553150250209, -0.05420446316338172, -0.008059766159869277,
    0.008632314367093547, 0.001313604355742986, -0.0012307021286985169, -0.0004010297220680789,
)  # fmt: skip


def erfc(b: Builder, t: Type, x: str) -> str:
    """exp(-z^2) q / (1 + 2 z) with z = |x|, a polynomial q, and what z^2 loses by rounding given back; 2 less that below 0."""
    if t.bits != 32 or not FAST:
        return b.libm("erfc", t, x)
    z = at_most(b, t, magnitude(b, t, x), 10.06)
    minus = neg(b, t, square(b, t, z))
    e = exp(b, t, minus)
    e = intrinsic(b, "fma", t, neg(b, t, e), intrinsic(b, "fma", t, z, z, minus), e)
    q = polynomial(b, t, div(b, t, sub(b, t, z, k(t, 2)), add(b, t, z, k(t, 2))), SCALED_ERFC)
    y = div(b, t, mul(b, t, e, q), intrinsic(b, "fma", t, z, k(t, 2), k(t, 1)))
    return choose(b, t, compare(b, t, "less", x, k(t, 0)), sub(b, t, k(t, 2), y), y)


put("tanh", tanh, cost=14)
put("erfc", erfc, cost=20)
put("exp", exp, cost=10)
FAST: list[bool] = []  # `jit` puts True into it where the processor has fused products and scales by powers of 2 in one step
put("pow", lambda b, t, x, y: b.libm("pow", t, x, y), cost=30)
put("hypot", lambda b, t, x, y: b.libm("hypot", t, x, y), cost=14)
put("atan2", lambda b, t, y, x: b.libm("atan2", t, y, x), cost=24)


@rule("sigmoid", cost=15)
def sigmoid(b: Builder, t: Type, x: str) -> str:
    return div(b, t, k(t, 1), add(b, t, exp(b, t, neg(b, t, x)), k(t, 1)))


@rule("softplus", cost=28)
def softplus(b: Builder, t: Type, x: str) -> str:
    small = b.libm("log1p", t, exp(b, t, neg(b, t, magnitude(b, t, x))))
    return add(b, t, small, positive_part(b, t, x))


put("log_sigmoid", lambda b, t, x: neg(b, t, softplus(b, t, neg(b, t, x))), cost=28)
put("softsign", lambda b, t, x: div(b, t, x, add(b, t, magnitude(b, t, x), k(t, 1))), cost=6)
put("squared_difference", lambda b, t, x, y: square(b, t, sub(b, t, x, y)), "fiu", 2)


@rule("elu", cost=18)
def elu(b: Builder, t: Type, x: str) -> str:
    return add(b, t, positive_part(b, t, x), b.libm("expm1", t, negative_part(b, t, x)))


@rule("selu", cost=20)
def selu(b: Builder, t: Type, x: str) -> str:
    below = mul(b, t, b.libm("expm1", t, negative_part(b, t, x)), k(t, 1.6732632423543772848170429916717))
    return mul(b, t, add(b, t, positive_part(b, t, x), below), k(t, 1.0507009873554804934193349852946))


@rule("gelu_exact", cost=24)
def gelu_exact(b: Builder, t: Type, x: str) -> str:
    tail = erfc(b, t, mul(b, t, x, k(t, -sqrt(0.5))))
    return mul(b, t, mul(b, t, tail, x), k(t, 0.5))


@rule("gelu_tanh", cost=24)
def gelu_tanh(b: Builder, t: Type, x: str) -> str:
    root = sqrt(2 / pi)
    inner = add(b, t, mul(b, t, square(b, t, x), k(t, root * 0.044715)), k(t, root))
    y = add(b, t, tanh(b, t, mul(b, t, inner, x)), k(t, 1))
    return mul(b, t, mul(b, t, y, x), k(t, 0.5))


put("silu_plain", lambda b, t, x: mul(b, t, sigmoid(b, t, x), x), cost=16)


@rule("sigmoid_loss", cost=30)
def sigmoid_loss(b: Builder, t: Type, z: str, x: str) -> str:
    return sub(b, t, softplus(b, t, x), mul(b, t, x, z))


put("select", lambda b, t, c, x, y: choose(b, t, c, x, y), "fiub")


# -- between types ----------------------------------------------------------------------------------------------------------
def cast(b: Builder, source: Type, target: Type, x: str) -> str:
    """As NumPy's astype: truncation towards zero, wrapping integers, everything but 0 is true."""
    if source == target:
        return x
    if target.kind == "b":
        return compare(b, source, "not_equal", x, k(source, 0))
    if source.kind == "f" and target.kind == "f":
        return b(f"{'fptrunc' if source.bits > target.bits else 'fpext'} {source.llvm} {x} to {target.llvm}")
    if target.kind == "f":
        return b(f"{'sitofp' if source.kind == 'i' else 'uitofp'} {source.llvm} {x} to {target.llvm}")
    if source.kind == "f":
        return from_float(b, source, target, x)
    if source.bits == target.bits:
        return x
    if source.bits > target.bits:
        return b(f"trunc {source.llvm} {x} to {target.llvm}")
    return b(f"{'sext' if source.kind == 'i' else 'zext'} {source.llvm} {x} to {target.llvm}")


def from_float(b: Builder, source: Type, target: Type, x: str) -> str:
    if target == Type("u", 64):
        return b(f"fptoui {source.llvm} {x} to i64")
    wide = 32 if target.bits < 32 or target == I32 else 64
    whole = b(f"fptosi {source.llvm} {x} to i{wide}")
    y = b(f"freeze i{wide} {whole}")
    return y if wide == target.bits else b(f"trunc i{wide} {y} to {target.llvm}")


def loaded(b: Builder, dtype: np.dtype, raw: str) -> str:
    """From an element in memory to a register."""
    if dtype == HALF:
        half = b(f"bitcast i16 {raw} to half")
        return b(f"fpext half {half} to float")
    if dtype == BRAIN:
        wide = b(f"zext i16 {raw} to i32")
        upper = b(f"shl i32 {wide}, 16")
        return b(f"bitcast i32 {upper} to float")
    return b(f"icmp ne i8 {raw}, 0") if dtype.kind == "b" else raw


def to_store(b: Builder, dtype: np.dtype, x: str) -> str:
    """From a register to an element in memory."""
    if dtype == HALF:
        half = b(f"fptrunc float {x} to half")
        return b(f"bitcast half {half} to i16")
    if dtype == BRAIN:
        return rounded_brain(b, x)
    return b(f"zext i1 {x} to i8") if dtype.kind == "b" else x


def rounded_brain(b: Builder, x: str) -> str:
    """The upper half of a float32, rounded to even; a NaN stays one."""
    bits = b(f"bitcast float {x} to i32")
    above = b(f"lshr i32 {bits}, 16")
    odd = b(f"and i32 {above}, 1")
    carried = b(f"add i32 {bits}, 32767")
    rounded = b(f"add i32 {carried}, {odd}")
    quiet = b(f"or i32 {bits}, 4194304")
    kept = b(f"select i1 {unordered(b, F32, x)}, i32 {quiet}, i32 {rounded}")
    upper = b(f"lshr i32 {kept}, 16")
    return b(f"trunc i32 {upper} to i16")
