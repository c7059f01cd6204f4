"""NumPy's functions on tensors: np.square(t), np.sum(t, axis=0), np.concatenate([t, a]) stay on the tape.

A table says which function of ours a function of NumPy's is. What is not in it, or is called in a way that ours does not know
(out=, where=, dtype=), runs on the values and gives what NumPy gives. So do integers and booleans, on which there is no path to
lose; their results are made tensors where the function is in the table.
"""

from __future__ import annotations

import inspect
import operator
from collections.abc import Callable
from functools import cache, partial
from typing import Any

import numpy as np

from ..core.context import library
from ..core.dispatch import dtype_of
from ..core.tensor import Tensor, constant, to_tensor
from ..core.variable import Variable
from ..ops import (
    arithmetic,
    array,
    basic,
    create,
    diagonals,
    gathering,
    indexing,
    linalg,
    logic,
    math,
    moves,
    norms,
    reduce,
    scan,
    solves,
    sorting,
)
from ..ops.decompositions import cholesky
from ..ops.determinants import det
from . import elementwise

OPERATORS: dict[np.ufunc, Callable[..., Any]] = {  # array + tensor is tensor.__radd__(array): the array takes the tensor's dtype
    np.add: operator.add, np.subtract: operator.sub, np.multiply: operator.mul, np.divide: operator.truediv, np.floor_divide: operator.floordiv,
    np.remainder: operator.mod, np.power: operator.pow, np.matmul: operator.matmul, np.bitwise_and: operator.and_, np.bitwise_or: operator.or_,
    np.bitwise_xor: operator.xor, np.equal: operator.eq, np.not_equal: operator.ne, np.greater: operator.gt, np.greater_equal: operator.ge,
    np.less: operator.lt, np.less_equal: operator.le,
}  # fmt: skip
LN2, LN10 = float(np.log(2.0)), float(np.log(10.0))


def log2(x: Any) -> Any:
    return math.log(x) / LN2


def log10(x: Any) -> Any:
    return math.log(x) / LN10


UFUNCS: dict[np.ufunc, Callable[..., Any]] = {
    **OPERATORS, np.negative: basic.negative, np.positive: basic.identity,
    np.absolute: math.abs, np.fabs: math.abs, np.exp: math.exp, np.expm1: math.expm1, np.log: math.log, np.log1p: math.log1p, np.log2: log2,
    np.log10: log10, np.sqrt: math.sqrt, np.square: math.square, np.reciprocal: math.reciprocal, np.sin: math.sin, np.cos: math.cos,
    np.tan: math.tan, np.arcsin: math.asin, np.arccos: math.acos, np.arctan: math.atan, np.sinh: math.sinh, np.cosh: math.cosh,
    np.tanh: math.tanh, np.arcsinh: math.asinh, np.arccosh: math.acosh, np.arctanh: math.atanh, np.arctan2: arithmetic.atan2, np.hypot: arithmetic.hypot,
    np.maximum: arithmetic.maximum, np.minimum: arithmetic.minimum, np.sign: math.sign, np.floor: arithmetic.floor, np.ceil: arithmetic.ceil,
    np.rint: arithmetic.rint, np.conjugate: basic.conj, np.isnan: logic.is_nan, np.isinf: logic.is_inf, np.isfinite: logic.is_finite,
}  # fmt: skip


# -- dispatch ---------------------------------------------------------------------------------------------------
def array_ufunc(self: Any, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
    operation = UFUNCS.get(ufunc)
    if operation is None or method != "__call__" or kwargs:
        return getattr(ufunc, method)(*values_in(inputs), **values_in(kwargs))
    if ufunc in OPERATORS:
        return on_tape(OPERATORS[ufunc], *operands(inputs))
    if not has_path(inputs):
        return constant(ufunc(*values_in(inputs)))
    return on_tape(operation, *inputs)


def operands(values: tuple[Any, ...]) -> list[Any]:
    """Both as tensors, of the dtype of the one that is a tensor."""
    like = dtype_of(next(v for v in values if isinstance(v, (Tensor, Variable))))
    return [v if isinstance(v, (Tensor, Variable)) else to_tensor(v, like) for v in values]


def array_function(self: Any, function: Callable, types: Any, args: tuple[Any, ...], kwargs: dict[Any, Any]) -> Any:
    ours = FUNCTIONS.get(function)
    if ours is not None and accepts(ours, args, kwargs):
        if function in FACTS or has_path((args, kwargs)):
            return on_tape(ours, *args, **kwargs)
        return wrapped(function(*values_in(args), **values_in(kwargs)))
    return function(*values_in(args), **values_in(kwargs))


@partial(library, depth=2)  # the user called NumPy, which called array_ufunc
def on_tape(operation: Callable, *args: Any, **kwargs: Any) -> Any:
    return operation(*args, **kwargs)


def accepts(function: Callable, args: tuple[Any, ...], kwargs: dict[Any, Any]) -> bool:
    try:
        signature_of(function).bind(*args, **kwargs)
    except TypeError:
        return False
    return True


@cache
def signature_of(function: Callable) -> inspect.Signature:
    return inspect.signature(function)


def values_in(x: Any) -> Any:
    """The same structure with arrays (read-only) in place of tensors and variables."""
    if isinstance(x, (Tensor, Variable)):
        return np.asarray(x)
    if isinstance(x, dict):
        return {k: values_in(v) for k, v in x.items()}
    if type(x) in (list, tuple):
        return type(x)([values_in(v) for v in x])
    return x


def has_path(x: Any) -> bool:
    """Is a tensor in there through which a derivative may flow?"""
    if isinstance(x, (Tensor, Variable)):
        return x.dtype.is_floating or x.dtype.is_complex
    if isinstance(x, dict):
        return any(map(has_path, x.values()))
    return isinstance(x, (list, tuple)) and any(map(has_path, x))


def wrapped(x: Any) -> Any:
    return [constant(v) for v in x] if isinstance(x, (list, tuple)) else constant(x)


def alike(values: Any) -> list[Any]:
    """Arrays, lists and numbers take the dtype of the first tensor with a path."""
    like = dtype_of(next(v for v in values if has_path(v)))
    return [v if isinstance(v, (Tensor, Variable)) else as_like(v, like) for v in values]


def as_like(value: Any, like: np.dtype) -> Tensor:
    return to_tensor(value if has_path(value) else np.asarray(values_in(value)), like)


# -- functions, with the parameters of NumPy's ----------------------------------------------------------------------
def reduction(operation: Callable) -> Callable:
    def function(a: Any, axis: Any = None, *, keepdims: bool = False) -> Any:
        return operation(a, axis, keepdims)

    return function


def place_of_extreme(operation: Callable) -> Callable:
    def function(a: Any, axis: Any = None) -> Any:
        return operation(flat(a), 0) if axis is None else operation(a, axis)

    return function


def flat(a: Any) -> Any:
    return basic.reshape(a, (-1,))


def choose(condition: Any, x: Any, y: Any) -> Any:
    pair = alike((x, y)) if has_path((x, y)) else (x, y)
    condition = np.asarray(condition, bool) if not isinstance(condition, (Tensor, Variable)) else condition
    return indexing.where(condition if dtype_of(condition).kind == "b" else basic.cast(condition, bool), *pair)


def concatenate(arrays: Any, axis: Any = 0) -> Any:
    parts = alike(list(arrays))
    return array.concat([flat(a) for a in parts], 0) if axis is None else array.concat(parts, axis)


def stack(arrays: Any, axis: int = 0) -> Any:
    return array.stack(alike(list(arrays)), axis)


def hstack(tup: Any) -> Any:
    parts = alike(list(tup))
    return array.concat(parts, 0 if to_tensor(parts[0]).ndim == 1 else 1)


def vstack(tup: Any) -> Any:
    parts = [to_tensor(x) for x in alike(list(tup))]
    return array.concat([basic.reshape(x, (1, -1)) if x.ndim < 2 else x for x in parts], 0)


def split(ary: Any, indices_or_sections: Any, axis: int = 0) -> Any:
    x = to_tensor(ary)
    if isinstance(indices_or_sections, (int, np.integer)):
        return array.split(x, int(indices_or_sections), axis)
    ends = [0, *np.clip(np.asarray(indices_or_sections), 0, x.dims[axis]).tolist(), x.dims[axis]]
    return array.split(x, np.maximum(np.diff(ends), 0).tolist(), axis)


def dot(a: Any, b: Any) -> Any:
    x, y = (to_tensor(v) for v in alike((a, b)))
    if not x.ndim or not y.ndim:
        return basic.multiply(x, y)
    return linalg.tensordot(x, y, [[x.ndim - 1], [max(y.ndim - 2, 0)]])


def outer(a: Any, b: Any) -> Any:
    x, y = (flat(v) for v in alike((a, b)))
    return basic.multiply(array.expand_dims(x, 1), y)


def inner(a: Any, b: Any) -> Any:
    x, y = (to_tensor(v) for v in alike((a, b)))
    return linalg.tensordot(x, y, [[x.ndim - 1], [y.ndim - 1]]) if x.ndim and y.ndim else basic.multiply(x, y)


def tensordot(a: Any, b: Any, axes: Any = 2) -> Any:
    x, y = alike((a, b))
    return linalg.tensordot(x, y, axes)


def einsum(subscripts: str, *operands: Any) -> Any:
    return linalg.einsum(subscripts, *alike(operands))


def norm(x: Any, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Any:
    value = to_tensor(x)
    if ord is not None and axis is None and value.ndim == 2:
        axis = (0, 1)
    return norms.norm(value, "euclidean" if ord is None else ord, axis, keepdims)


def solve(a: Any, b: Any) -> Any:
    x, y = (to_tensor(v) for v in alike((a, b)))
    return solves.solve(x, y) if y.ndim > 1 else array.squeeze(solves.solve(x, array.expand_dims(y, -1)), [-1])


def bounded(a: Any, a_min: Any = None, a_max: Any = None) -> Any:
    low, high = (v if v is None or type(v) in (int, float) else as_like(v, dtype_of(a)) for v in (a_min, a_max))
    if low is not None and high is not None:
        return elementwise.clip_by_value(a, low, high)
    x = basic.identity(a) if low is None else arithmetic.maximum(a, low)
    return x if high is None else arithmetic.minimum(x, high)


def reshape(a: Any, shape: Any) -> Any:
    return basic.reshape(a, shape)


def transpose(a: Any, axes: Any = None) -> Any:
    return array.transpose(a, axes)


def moveaxis(a: Any, source: Any, destination: Any) -> Any:
    return array.transpose(a, np.moveaxis(axes_grid(a.ndim), source, destination).shape)


def axes_grid(rank: int) -> np.ndarray:
    """An array whose extents are the numbers of its axes: where NumPy moves them, says how."""
    return np.broadcast_to(np.zeros((), bool), tuple(range(rank)))


def swapaxes(a: Any, axis1: int, axis2: int) -> Any:
    return array.transpose(a, np.swapaxes(axes_grid(a.ndim), axis1, axis2).shape)


def flip(m: Any, axis: Any = None) -> Any:
    axes = range(m.ndim) if axis is None else axis if isinstance(axis, (tuple, list)) else [axis]
    return array.reverse(m, list(axes))


def roll(a: Any, shift: Any, axis: Any = None) -> Any:
    if axis is None:
        return basic.reshape(moves.roll(flat(a), shift, 0), tuple(a.dims))
    shifts, axes = np.broadcast_arrays(np.atleast_1d(shift), np.atleast_1d(axis))
    return moves.roll(a, shifts.tolist(), axes.tolist())


def tile(A: Any, reps: Any) -> Any:
    counts = np.atleast_1d(reps).tolist()
    rank = max(A.ndim, len(counts))
    lifted = basic.reshape(A, (*(1,) * (rank - A.ndim), *A.dims))
    return moves.tile(lifted, [*(1,) * (rank - len(counts)), *counts])


def repeat(a: Any, repeats: Any, axis: Any = None) -> Any:
    return array.repeat(a, repeats, axis)


def squeeze(a: Any, axis: Any = None) -> Any:
    return array.squeeze(a, axis)


def broadcast_to(array: Any, shape: Any) -> Any:
    return basic.broadcast_to(array, np.atleast_1d(shape).tolist())


def sort(a: Any, axis: int = -1) -> Any:
    return sorting.sort(a, axis)


def argsort(a: Any, axis: int = -1) -> Any:
    return sorting.argsort(a, axis)


def cumulative(operation: Callable) -> Callable:
    def function(a: Any, axis: Any = None) -> Any:
        return operation(flat(a), 0) if axis is None else operation(a, axis)

    return function


def take(a: Any, indices: Any, axis: Any = None) -> Any:
    x = flat(a) if axis is None else to_tensor(a)
    axis = 0 if axis is None else axis
    places = np.asarray(indices)
    n = x.dims[axis]
    return gathering.gather(x, np.where((places < 0) & (places >= -n), places + n, places), axis=axis)


def pad(array: Any, pad_width: Any, mode: str = "constant", *, constant_values: Any = 0) -> Any:
    return padded(array, np.broadcast_to(pad_width, (array.ndim, 2)).tolist(), mode, constant_values)


def expand_dims(a: Any, axis: Any) -> Any:
    axes = axis if isinstance(axis, (tuple, list)) else [axis]
    rank = a.ndim + len(axes)
    rest = iter(a.dims)
    new = {i % rank for i in axes}
    return basic.reshape(a, tuple([1 if i in new else next(rest) for i in range(rank)]))


def diff(a: Any) -> Any:
    return basic.subtract(a[..., 1:], a[..., :-1])


def zeros_like(a: Any, dtype: Any = None) -> Any:
    return create.zeros_like(a, dtype)


def ones_like(a: Any, dtype: Any = None) -> Any:
    return create.ones_like(a, dtype)


def full_like(a: Any, fill_value: Any, dtype: Any = None) -> Any:
    value = to_tensor(fill_value) if isinstance(fill_value, (Tensor, Variable)) else constant(fill_value, dtype or a.dtype)
    return basic.broadcast_to(value, tuple(a.dims))


def dims(a: Any) -> tuple[Any, ...]:
    return tuple(a.dims)


def rank(a: Any) -> int:
    return a.ndim


def alone(operation: Callable) -> Callable:
    """A function of one tensor, without the parameters that NumPy does not have."""
    return lambda a: operation(a)


padded: Callable[..., Any] = array.pad

FUNCTIONS: dict[Callable[..., Any], Callable[..., Any]] = {
    np.sum: reduction(basic.reduce_sum), np.mean: reduction(reduce.reduce_mean), np.prod: reduction(reduce.reduce_prod),
    np.max: reduction(reduce.reduce_max), np.amax: reduction(reduce.reduce_max), np.min: reduction(reduce.reduce_min),
    np.amin: reduction(reduce.reduce_min), np.std: reduction(reduce.reduce_std), np.var: reduction(reduce.reduce_variance),
    np.argmax: place_of_extreme(reduce.argmax), np.argmin: place_of_extreme(reduce.argmin), np.cumsum: cumulative(scan.cumsum),
    np.cumprod: cumulative(scan.cumprod), np.where: choose, np.concatenate: concatenate, np.stack: stack, np.hstack: hstack, np.vstack: vstack,
    np.split: split, np.dot: dot, np.outer: outer, np.inner: inner, np.tensordot: tensordot, np.einsum: einsum, np.clip: bounded,
    np.reshape: reshape, np.ravel: flat, np.transpose: transpose, np.moveaxis: moveaxis, np.swapaxes: swapaxes, np.flip: flip, np.roll: roll,
    np.tile: tile, np.take: take, np.pad: pad, np.expand_dims: expand_dims, np.squeeze: squeeze, np.repeat: repeat,
    np.broadcast_to: broadcast_to, np.diff: diff, np.zeros_like: zeros_like, np.ones_like: ones_like, np.full_like: full_like,
    np.real: alone(elementwise.real), np.imag: alone(elementwise.imag), np.angle: alone(elementwise.angle), np.trace: alone(diagonals.trace),
    np.sort: sort, np.argsort: argsort, np.linalg.norm: norm, np.linalg.inv: alone(solves.inv), np.linalg.det: alone(det),
    np.linalg.solve: solve, np.linalg.cholesky: alone(cholesky), np.shape: dims, np.ndim: rank,
}  # fmt: skip
FACTS: set[Any] = {np.shape, np.ndim, np.zeros_like, np.ones_like}  # what is known without the values


def install() -> None:
    for cls in (Tensor, Variable):
        cls.__array_ufunc__ = array_ufunc  # type: ignore[attr-defined]
        cls.__array_function__ = array_function  # type: ignore[attr-defined]


install()
