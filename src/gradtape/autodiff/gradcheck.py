"""check_grads: derivatives against central differences, in both modes, to any order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..core.structures import flatten
from ..core.tensor import Tensor, tensor, to_tensor
from ..ops.basic import add, cast, conj, fill_like, identity, multiply, reduce_sum
from .forward import ForwardAccumulator
from .sources import is_differentiable
from .tape import GradientTape

STEPS = {np.dtype("f8"): 1e-6, np.dtype("c16"): 1e-6, np.dtype("f4"): 1e-3, np.dtype("c8"): 1e-3}
TOLERANCES = {np.dtype("f8"): 2e-5, np.dtype("c16"): 2e-5, np.dtype("f4"): 2e-2, np.dtype("c8"): 2e-2}


class GradientMismatch(AssertionError):
    """A derivative differs from the differences."""


def check_grads(
    f: Callable, args: Sequence[Any], order: int = 2, modes: Sequence[str] = ("forward", "reverse"), eps: float | None = None,
    atol: float | None = None, rtol: float | None = None, seed: int = 0,
) -> None:  # fmt: skip
    """Compare derivatives of f at args with central differences along random directions.

    Args:
        f: a function of tensors that returns a tensor or a structure of them.
        args: tensors or arrays; those of float or complex dtype are differentiated.
        order: 1 for first derivatives, 2 for derivatives of derivatives in every combination of modes, and so on.
        modes: "forward" (accumulators), "reverse" (tapes), or both.

    Raises:
        AssertionError: naming the mode, order and argument that differ, with both values.

    >>> tf.test.check_grads(lambda x: x * x * x, [np.array([1.0, 2.0])], order=2)
    """
    inputs = [to_tensor(np.array(a) if isinstance(a, np.ndarray) else a) for a in args]
    checker = Checker(np.random.default_rng(seed), tuple(modes), eps, atol, rtol)
    checker.check(flat_result(f), inputs, order, "f")


def flat_result(f: Callable) -> Callable:
    """f with its float results as a list of tensors."""

    def g(*xs: Any) -> list[Any]:
        return [y for y in map(to_tensor, flatten(f(*xs))[0]) if is_differentiable(y)]

    return g


class Checker:
    def __init__(self, rng: np.random.Generator, modes: tuple[Any, ...], eps: Any, atol: Any, rtol: Any):
        self.rng, self.modes, self.eps, self.atol, self.rtol = rng, modes, eps, atol, rtol

    def check(self, f: Callable, xs: list[Any], order: int, what: str) -> None:
        moving = [i for i, x in enumerate(xs) if is_differentiable(x)]
        ts = {i: self.direction(xs[i]) for i in moving}
        numeric = self.differences(f, xs, ts)
        if "forward" in self.modes:
            self.compare(forward(f, xs, ts), numeric, xs, f"forward derivative of {what}")
        if "reverse" in self.modes:
            self.check_reverse(f, xs, ts, numeric, what)
        if order > 1:
            self.check_higher(f, xs, moving, ts, order, what)

    def check_reverse(self, f: Callable, xs: list[Any], ts: dict[Any, Any], numeric: list[Any], what: str) -> None:
        cs = [self.direction_array(n) for n in numeric]
        gs = reverse(f, xs, list(ts), cs)
        ours = sum(dot(g, ts[i]) for i, g in zip(ts, gs, strict=True))
        theirs = sum(dot(c, n) for c, n in zip(cs, numeric, strict=True))
        scale = sum(float(np.sum(np.abs(np.asarray(c) * n))) for c, n in zip(cs, numeric, strict=True))
        self.close(np.asarray(ours), np.asarray(theirs), scale, xs, f"reverse derivative of {what}")

    def check_higher(self, f: Callable, xs: list[Any], moving: list[Any], ts: dict[Any, Any], order: int, what: str) -> None:
        if "forward" in self.modes:
            self.check(lambda *a: forward(f, list(a), ts), xs, order - 1, f"forward({what})")
        if "reverse" in self.modes:
            ys = f(*xs)
            cs = [self.direction_array(y.numpy()) for y in ys]
            self.check(lambda *a: reverse(f, [identity(x) for x in a], moving, cs), xs, order - 1, f"reverse({what})")

    def direction(self, x: Any) -> Tensor:
        return tensor(self.direction_array(x.numpy()))

    def direction_array(self, like: Any) -> np.ndarray:
        like = np.asarray(like)
        t = self.rng.normal(size=like.shape)
        if like.dtype.kind == "c":
            t = t + 1j * self.rng.normal(size=like.shape)
        return np.asarray(t, like.dtype)

    def differences(self, f: Callable, xs: list[Any], ts: dict[Any, Any]) -> list[Any]:
        moved = []
        eps = self.eps or STEPS.get(xs[next(iter(ts))].dtype.numpy_dtype, 1e-2) if ts else 1e-6
        for sign in (1, -1):
            shifted = [
                tensor(np.asarray(x.numpy() + sign * eps * ts[i].numpy(), x.dtype.numpy_dtype)) if i in ts else x
                for i, x in enumerate(xs)
            ]
            moved.append([np.asarray(y.numpy(), wide(y)) for y in f(*shifted)])
        return [(up - down) / (2 * eps) for up, down in zip(*moved, strict=True)]

    def compare(self, ours: list[Any], numeric: list[Any], xs: list[Any], what: str) -> None:
        for y, n in zip(ours, numeric, strict=True):
            self.close(np.asarray(y.numpy(), n.dtype), n, float(np.max(np.abs(n), initial=0)), xs, what)

    def close(self, ours: Any, theirs: Any, scale: float, xs: list[Any], what: str) -> None:
        tolerance = TOLERANCES.get(xs[0].dtype.numpy_dtype, 2e-2) if is_differentiable(xs[0]) else 2e-5
        rtol = tolerance if self.rtol is None else self.rtol
        atol = tolerance if self.atol is None else self.atol
        if not np.all(np.abs(ours - theirs) <= atol + rtol * max(scale, 1e-12)):
            raise GradientMismatch(f"{what}: {ours!r} by rule, {theirs!r} by differences")


def wide(y: Any) -> Any:
    return np.complex128 if y.kind == "c" else np.float64


def dot(a: Any, b: Any) -> float:
    """The real inner product."""
    a, b = np.asarray(a, dtype=None), np.asarray(b)
    return float(np.sum(np.real(np.conj(a) * b)))


def forward(f: Callable, xs: list[Any], ts: dict[Any, Any]) -> list[Any]:
    """Tangents of the results along ts."""
    with ForwardAccumulator([xs[i] for i in ts], list(ts.values())) as acc:
        ys = f(*xs)
    return acc.jvp(ys, "zero")


def reverse(f: Callable, xs: list[Any], moving: list[Any], cs: list[Any]) -> list[Any]:
    """The gradient of sum(c * f) for each argument that moves."""
    with GradientTape() as tape:
        for i in moving:
            tape.watch(xs[i])
        loss: Any = None
        for y, c in zip(f(*xs), cs, strict=True):
            part = inner_product(tensor(np.asarray(c, y.dtype.numpy_dtype)), y)
            loss = part if loss is None else add(loss, cast(part, loss.dtype))
    sources = [xs[i] for i in moving]
    if loss is None:
        return [fill_like(x, 0) for x in sources]
    return tape.gradient(loss, sources, unconnected_gradients="zero")


def inner_product(c: Any, y: Any) -> Any:
    """The real part of sum(conj(c) * y)."""
    product = multiply(conj(c), y)
    return reduce_sum(cast(product, product.dtype.real_dtype))
