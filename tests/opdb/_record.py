"""What a record holds, and the short ways to write one."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

import gradtape as tf


class S:
    """A sample: positional arrays and static parameters.  Arrays are made by f, ints, pos, bools, cplx below, or given."""

    def __init__(self, *args: Any, **params: Any):
        self.makers, self.params = args, params

    def arrays(self, seed: int = 0) -> list:
        rng = np.random.default_rng(seed)
        return [a(rng) if callable(a) else a for a in self.makers]


def f(*shape: int, low: float | None = None, high: float | None = None) -> Callable:
    """Normal float64, or uniform between low and high."""

    def make(rng: np.random.Generator) -> np.ndarray:
        return np.asarray(rng.normal(size=shape) if low is None else rng.uniform(low, high, size=shape))

    return make


def pos(*shape: int) -> Callable:
    return f(*shape, low=0.5, high=2.0)


def ints(low: int, high: int, shape: Sequence[int] = (), dtype: Any = np.int32) -> Callable:
    return lambda rng: np.asarray(rng.integers(low, high, size=tuple(shape)), dtype)


def bools(*shape: int) -> Callable:
    return lambda rng: np.asarray(rng.random(size=shape) < 0.5)


def cplx(*shape: int) -> Callable:
    return lambda rng: np.asarray(rng.normal(size=shape) + 1j * rng.normal(size=shape))


class Op:
    """An operation under test.

    fn: a function of tensors (and the sample's params).  ref: the same on arrays, or None where another test holds the values.
    grad: are float arguments differentiated?  order: to which order.  batch: is it tried inside vectorized_map?
    symbolic: is the shape rule tried with unknown dimensions?  f32: is float32 in, float32 out tried?
    bad: (sample, exception class) pairs.  covers: names of primitives that the record stands for besides its own.
    """

    def __init__(
        self, name: str, fn: Callable | None = None, *, ref: Callable | None = None, samples: Sequence[S] = (),
        bad: Sequence[tuple[S, Any]] = (), grad: bool = True, order: int = 2, modes: Sequence[str] = ("forward", "reverse"),
        batch: bool = True, symbolic: bool = True, f32: bool = True, covers: Sequence[str] = (), rtol: float = 1e-7,
        eps: float | None = None, gtol: float | None = None,
    ):  # fmt: skip
        self.name = name
        self.fn = fn if fn is not None else lambda *a, **k: getattr(tf, name)(*a, **k)
        self.ref, self.samples, self.bad = ref, samples, bad
        self.grad, self.order, self.modes = grad, order, modes
        self.batch, self.symbolic, self.f32 = batch, symbolic, f32
        self.covers, self.rtol, self.eps, self.gtol = covers, rtol, eps, gtol

    @property
    def seed(self) -> int:
        return zlib.crc32(self.name.encode())

    def __repr__(self) -> str:
        return self.name


def unary(name: str, ref: Callable | None, low: float = -2.0, high: float = 2.0, fn: Callable | None = None, **facts: Any) -> Op:
    """An elementwise function of one argument on [low, high]."""
    samples = [S(f(2, 3, low=low, high=high)), S(f(low=low, high=high)), S(f(0, low=low, high=high))]
    return Op(name, fn or dotted(name), ref=ref, samples=samples, **facts)


def binary(
    name: str, ref: Callable | None, low: float = -2.0, high: float = 2.0, fn: Callable | None = None, low2: float | None = None,
    high2: float | None = None, **facts: Any,
) -> Op:  # fmt: skip
    """An elementwise function of two arguments, with broadcasting."""
    a = {"low": low, "high": high}
    b = {"low": low if low2 is None else low2, "high": high if high2 is None else high2}
    samples = [S(f(2, 3, **a), f(3, **b)), S(f(2, 1, **a), f(1, 3, **b)), S(f(**a), f(2, **b))]
    bad = [(S(f(2, 3, **a), f(2, 2, **b)), tf.errors.InvalidArgumentError)]
    return Op(name, fn or dotted(name), ref=ref, samples=samples, **{"bad": bad, **facts})


def dotted(name: str) -> Callable:
    """The function `name`, which may be dotted ("math.lgamma"), looked up when it is called."""

    def call(*args: Any, **params: Any) -> Any:
        found: Any = tf
        for part in name.split("."):
            found = getattr(found, part)
        return found(*args, **params)

    return call
