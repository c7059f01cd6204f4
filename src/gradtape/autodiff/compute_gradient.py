"""tf.test.compute_gradient: whole Jacobians by rule and by differences, side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..core.tensor import tensor, to_tensor
from .jacobian import GradientTape
from .sources import is_differentiable


def compute_gradient(f: Callable, x: Sequence[Any], delta: float | None = None) -> tuple[list[Any], list[Any]]:
    """The theoretical and the numeric Jacobian of f for each argument.

    Args:
        f: a function of tensors that returns one tensor.
        x: a list or tuple of arguments (tensors or arrays of float or complex dtype).
        delta: the step of the differences; 1/1024 where nothing is given.

    Returns:
        Two lists of arrays, each of shape (elements of f(x), elements of the argument); a complex number counts as two.

    Raises:
        ValueError: x is no list, or holds what has no derivative.

    >>> theory, numeric = tf.test.compute_gradient(lambda x: x * x, [np.array([1.0, 2.0])])
    >>> theory[0]
    array([[2., 0.],
           [0., 4.]])
    """
    if not isinstance(x, (list, tuple)):
        raise ValueError(
            f"`x` must be a list or tuple of values convertible to a Tensor (arguments to `f`), not a {type(x).__name__}"
        )
    xs = [to_tensor(np.array(v) if isinstance(v, np.ndarray) else v) for v in x]
    for v in xs:
        if not is_differentiable(v):
            raise ValueError(f"compute_gradient: an argument of dtype {v.dtype.name} has no derivative; cast it to a float dtype")
    step = 1.0 / 1024 if delta is None else delta
    return [theoretical(f, xs, i) for i in range(len(xs))], [numeric(f, xs, i, step) for i in range(len(xs))]


def parts(array: np.ndarray) -> np.ndarray:
    """The elements as a flat real vector: real and imaginary parts in turn."""
    flat = np.ascontiguousarray(array).reshape(-1)
    if flat.dtype.kind == "c":
        return flat.view(np.real(flat).dtype)
    return flat if flat.dtype.kind == "f" and flat.dtype.itemsize >= 4 else flat.astype(np.float32)


def theoretical(f: Callable, xs: list[Any], i: int) -> np.ndarray:
    """A row for each real part of the result, from one sweep each."""
    with GradientTape(persistent=True) as tape:
        tape.watch(xs[i])
        y = f(*xs)
    shape, dtype = y.dims, y.dtype.numpy_dtype
    units = [1.0, 1j] if dtype.kind == "c" else [1.0]
    rows = []
    for k in range(int(np.prod(shape))):
        for unit in units:
            seed = np.zeros(int(np.prod(shape)), dtype)
            seed[k] = unit
            g = tape.gradient(y, xs[i], output_gradients=tensor(seed.reshape(shape)), unconnected_gradients="zero")
            rows.append(parts(to_tensor(g).numpy() if g.ndim else np.asarray(g.numpy())))
    return np.stack(rows) if rows else np.zeros((0, parts(np.asarray(xs[i].numpy())).size))


def numeric(f: Callable, xs: list[Any], i: int, step: float) -> np.ndarray:
    """A column for each real part of the argument, from one central difference each."""
    array = np.asarray(xs[i].numpy())
    units = [1.0, 1j] if array.dtype.kind == "c" else [1.0]
    columns = []
    for k in range(array.size):
        for unit in units:
            moved = []
            for sign in (step, -step):
                shifted = array.copy()
                shifted.reshape(-1)[k] += np.asarray(sign * unit).astype(array.dtype)
                moved.append(parts(np.asarray(f(*[tensor(shifted) if j == i else v for j, v in enumerate(xs)]).numpy())))
            columns.append((moved[0] - moved[1]) / (2 * step))
    return np.stack(columns, axis=1) if columns else np.zeros((parts(np.asarray(f(*xs).numpy())).size, 0))
