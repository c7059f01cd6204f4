"""TensorFlow's spelling of elementwise functions where it is wider than the operation's."""

from __future__ import annotations

import builtins
import functools
import operator
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from ..core.composite import CompositeTensor
from ..core.context import library
from ..core.dtypes import DType, as_dtype
from ..core.errors import invalid
from ..core.indexed_slices import IndexedSlices
from ..core.shapes import TensorShape
from ..core.tensor import Tensor, convert_to_tensor, to_tensor
from ..ops import arithmetic, basic, logic, math
from ..ops.basic import add, cast, divide, equal, greater, greater_equal, less, multiply, reduce_sum, reshape, select
from ..ops.logic import logical_not
from ..ops.pieces import index
from ..ops.reduce import zero_fraction as zero_fraction


# -- complex parts, which real numbers have too ---------------------------------------------------------------
@library
def real(input: Any, name: str | None = None) -> Tensor:
    """The real part, elementwise; real numbers come back as they are.

    Raises:
        TypeError: booleans or strings.

    >>> tf.math.real([1 + 2j]).numpy()
    array([1.])
    """
    x = to_tensor(input)
    if x.dtype.is_complex:
        return math.real(x)
    if not x.dtype.is_numeric:
        raise TypeError(f"real: input must be a numeric tensor, but got dtype {x.dtype.name}")
    return x


@library
def imag(input: Any, name: str | None = None) -> Tensor:
    """The imaginary part, elementwise; 0 for real numbers.

    >>> tf.math.imag([1 + 2j]).numpy()
    array([2.])
    """
    x = to_tensor(input)
    return math.imag(x) if x.dtype.is_complex else basic.fill_like(x, 0)


@library
def angle(input: Any, name: str | None = None) -> Tensor:
    """The angle in (-pi, pi], elementwise; pi for negative real numbers, else 0.

    >>> tf.math.angle([1j, -1.0]).numpy().round(4)
    array([1.5708, 3.1416])
    """
    x = to_tensor(input)
    if x.dtype.is_complex:
        return math.angle(x)
    return select(less(x, 0), convert_to_tensor(np.pi, dtype=x.dtype), convert_to_tensor(0, dtype=x.dtype))


@library
def conj(x: Any, name: str | None = None) -> Tensor:
    """The complex conjugate, elementwise; real numbers come back as they are.

    Raises:
        TypeError: booleans or strings.

    >>> tf.math.conj([1 + 2j]).numpy()
    array([1.-2.j])
    """
    x = to_tensor(x)
    if x.dtype.is_complex:
        return basic.conj(x)
    if not x.dtype.is_numeric:
        raise TypeError(f"conj: expected a numeric tensor, got dtype {x.dtype.name}")
    return x


# -- sums ---------------------------------------------------------------------------------------------------
@library
def add_n(inputs: Any, name: str | None = None) -> Tensor:
    """The sum of a list of tensors of one shape and dtype.

    Raises:
        ValueError: an empty list.
        InvalidArgumentError: shapes or dtypes that differ.

    >>> tf.add_n([[1.0, 2.0], [3.0, 4.0]]).numpy()
    array([4., 6.], dtype=float32)
    """
    if isinstance(inputs, (list, tuple)) and any([isinstance(x, CompositeTensor) for x in inputs]):
        return functools.reduce(operator.add, inputs)
    terms = terms_of(inputs)
    return terms[0] if len(terms) == 1 else arithmetic.add_all(*terms)


def terms_of(inputs: Any) -> list[Tensor]:
    if isinstance(inputs, (Tensor, np.ndarray)):
        inputs = list(inputs)
    if not isinstance(inputs, Iterable):
        raise TypeError(f"add_n: inputs must be a list of tensors, got {type(inputs).__name__}")
    terms = [to_tensor(x) for x in inputs]
    if not terms:
        raise ValueError("add_n: Inputs must be an iterable of at least one Tensor/IndexedSlices with the same dtype and shape.")
    return terms


@library
def accumulate_n(inputs: Sequence[Any], shape: Any = None, tensor_dtype: Any = None, name: str | None = None) -> Tensor:
    """The sum of a list of tensors of one shape and dtype.

    Raises:
        ValueError: no list, an empty list, shapes that differ from each other or from `shape`, or dtypes that differ.
        TypeError: a `tensor_dtype` that is not the tensors' own.

    >>> tf.math.accumulate_n([[1.0, 2.0], [3.0, 4.0]]).numpy()
    array([4., 6.], dtype=float32)
    """
    if not isinstance(inputs, (list, tuple)) or not inputs:
        raise ValueError("accumulate_n: inputs must be a list of at least one Tensor with the same dtype and shape")
    terms = [to_tensor(x) for x in inputs]
    if any(x.dtype != terms[0].dtype for x in terms):
        raise ValueError(f"accumulate_n: inputs must have the same dtype, got {sorted({x.dtype.name for x in terms})}")
    if tensor_dtype is not None and as_dtype(tensor_dtype) != terms[0].dtype:
        raise TypeError(f"accumulate_n: tensor_dtype is {as_dtype(tensor_dtype).name}, but the inputs are {terms[0].dtype.name}")
    wanted = TensorShape(shape)
    for x in terms:
        wanted = wanted.merge_with(x.shape)
    return terms[0] if len(terms) == 1 else arithmetic.add_all(*terms)


@library
def scalar_mul(scalar: Any, x: Any, name: str | None = None) -> Any:
    """A scalar times a tensor (or IndexedSlices).

    Raises:
        ValueError: a `scalar` that is no scalar.

    >>> tf.math.scalar_mul(2, tf.constant([1.0, 3.0])).numpy()
    array([2., 6.], dtype=float32)
    """
    values = x.values if isinstance(x, IndexedSlices) else to_tensor(x)
    factor = convert_to_tensor(scalar, dtype=values.dtype)
    if factor.ndim:
        raise ValueError(f"scalar_mul: The input scalar must be a 0-D value. Received shape {factor.shape}.")
    out = multiply(factor, values)
    return IndexedSlices(out, x.indices, x.dense_shape) if isinstance(x, IndexedSlices) else out


@library
def polyval(coeffs: list[Any], x: Any, name: str | None = None) -> Tensor:
    """The polynomial with these coefficients, the highest power first, at x, by Horner's rule.

    Raises:
        ValueError: coefficients that are no list.

    >>> tf.math.polyval([1.0, 0.0, -2.0], tf.constant([2.0, 3.0])).numpy()
    array([2., 7.], dtype=float32)
    """
    if not isinstance(coeffs, list):
        raise ValueError(f"polyval: Argument coeffs must be list type. Received type {type(coeffs)}.")
    x = to_tensor(x)
    if not coeffs:
        return basic.fill_like(x, 0)
    total = to_tensor(coeffs[0])
    for c in coeffs[1:]:
        total = add(to_tensor(c), multiply(total, x))
    return total


# -- quotients ------------------------------------------------------------------------------------------------
@library
def realdiv(x: Any, y: Any, name: str | None = None) -> Tensor:
    """x / y for floats and complex numbers, elementwise.

    Raises:
        InvalidArgumentError: integers.

    >>> tf.realdiv([3.0], 2.0).numpy()
    array([1.5], dtype=float32)
    """
    x = to_tensor(x)
    if x.dtype.is_integer:
        raise invalid("realdiv", f"realdiv does not take x of dtype {x.dtype.name}; write tf.divide(x, y)")
    return divide(x, y)


@library
def reciprocal_no_nan(x: Any, name: str | None = None) -> Tensor:
    """1 / x, and 0 where x is 0, elementwise.

    Raises:
        InvalidArgumentError: integers.

    >>> tf.math.reciprocal_no_nan([2.0, 0.0]).numpy()
    array([0.5, 0. ], dtype=float32)
    """
    x = to_tensor(x)
    if x.dtype.is_integer:
        raise invalid(
            "reciprocal_no_nan", f"reciprocal_no_nan does not take x of dtype {x.dtype.name}; write tf.cast(x, tf.float32)"
        )
    return arithmetic.divide_no_nan(convert_to_tensor(1, dtype=x.dtype), x)


# -- order ----------------------------------------------------------------------------------------------------
@library
def is_non_decreasing(x: Any, name: str | None = None) -> Tensor:
    """Is each element, row by row, at least the one before it?

    Raises:
        TypeError: booleans or strings.

    >>> bool(tf.math.is_non_decreasing([1, 2, 2]))
    True
    """
    before, after = neighbours(x, "is_non_decreasing")
    return none(logical_not(greater_equal(after, before)))


@library
def is_strictly_increasing(x: Any, name: str | None = None) -> Tensor:
    """Is each element, row by row, above the one before it?

    Raises:
        TypeError: booleans or strings.

    >>> bool(tf.math.is_strictly_increasing([1, 2, 2]))
    False
    """
    before, after = neighbours(x, "is_strictly_increasing")
    return none(logical_not(greater(after, before)))


def neighbours(x: Any, name: str) -> tuple[Tensor, Tensor]:
    """All elements but the last, and all but the first."""
    x = to_tensor(x)
    if not x.dtype.is_numeric:
        raise TypeError(f"{name}: Expected x to be numeric, got dtype {x.dtype.name}")
    flat = reshape(x, (-1,))
    return index(flat, key=((None, -1, 1),)), index(flat, key=((1, None, 1),))


def none(mask: Tensor) -> Tensor:
    return equal(reduce_sum(cast(mask, "int32")), 0)


# -- limits -----------------------------------------------------------------------------------------------------
@library
def clip_by_value(t: Any, clip_value_min: Any, clip_value_max: Any, name: str | None = None) -> Any:
    """t held between two limits, which broadcast to its shape; at a limit the gradient goes to t.

    Raises:
        ValueError: limits that would make the result larger than t.
        TypeError: float limits for integers.

    >>> tf.clip_by_value([-1.0, 0.5, 3.0], 0.0, 2.0).numpy()
    array([0. , 0.5, 2. ], dtype=float32)
    """
    if isinstance(t, IndexedSlices):
        return IndexedSlices(arithmetic.clip_by_value(t.values, clip_value_min, clip_value_max), t.indices, t.dense_shape)
    return arithmetic.clip_by_value(t, clip_value_min, clip_value_max)


@library
def saturate_cast(value: Any, dtype: Any, name: str | None = None) -> Tensor:
    """A cast that holds what does not fit at the nearest value that does.

    Raises:
        TypeError: booleans.

    >>> tf.saturate_cast([-1.0, 2.5, 300.0], tf.uint8).numpy()
    array([  0,   2, 255], dtype=uint8)
    """
    value, wanted = to_tensor(value), as_dtype(dtype)
    if value.dtype.is_bool:
        raise TypeError("saturate_cast: booleans have no range to hold; write tf.cast(x, dtype)")
    if value.dtype.is_complex and wanted.is_complex:
        return cast(math.complex(held(math.real(value), wanted), held(math.imag(value), wanted)), wanted)
    return cast(held(real(value), wanted), wanted)


def held(x: Tensor, wanted: DType) -> Tensor:
    """x within the range of `wanted`."""
    low, high = (convert_to_tensor(inner_limit(x.dtype, wanted.real_dtype, which), dtype=x.dtype) for which in ("min", "max"))
    return arithmetic.clip_by_value(x, low, high)


def inner_limit(own: DType, other: DType, which: str) -> np.ndarray:
    """The last value of dtype `own` that lies in the range of `other`."""
    ours, theirs = (exact_number(getattr(d, which)) for d in (own, other))
    limit = builtins.max(ours, theirs) if which == "min" else builtins.min(ours, theirs)
    value = np.array(limit).astype(own.numpy_dtype)
    beyond = exact_number(value[()]) < limit if which == "min" else exact_number(value[()]) > limit
    return np.nextafter(value, np.zeros_like(value)) if beyond else value


def exact_number(x: Any) -> int | float:
    return int(x) if isinstance(x, (int, np.integer, np.bool_)) else float(x)


@library
def bitcast(input: Any, type: Any, name: str | None = None) -> Tensor:
    """The same bytes read as another dtype.

    A smaller dtype adds an axis at the end; a larger one takes the last axis away, which must hold what one element needs.

    Raises:
        InvalidArgumentError: sizes that do not fit, or a dtype that is no number's.
        TypeError: a `type` that names no dtype.

    >>> tf.bitcast(1.0, tf.int32).numpy()
    np.int32(1065353216)
    """
    return logic.reinterpret(input, type)
