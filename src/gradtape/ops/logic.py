"""Layer 2: elementwise questions and bit operations.  Nothing here has a derivative, except that of nextafter."""

from __future__ import annotations

import numpy as np

from ..core import errors
from ..core.dtypes import as_dtype
from ..core.shapes import Spec, broadcast_shapes
from . import _math_kernels as kernels
from ._declare import BOOL, FLOATS, INTEGERS, NUMBERS, ONE, binary, bounded, primitive, publish, unary
from ._docs import says
from .basic import align, zmul

YES_OR_NO = np.dtype(bool)

# -- logic --------------------------------------------------------------------------------------------------
logical_not = unary(
    "logical_not",
    kernels.logical_not,
    dtypes=BOOL,
    doc=says("True where x is False, elementwise.", "tf.logical_not([True, False]).numpy()", "array([False,  True])"),
)
logical_and = binary(
    "logical_and",
    kernels.logical_and,
    dtypes=BOOL,
    numbers=(),
    same=("a", "b"),
    doc=says("True where both are, elementwise.", "tf.logical_and([True, False], True).numpy()", "array([ True, False])"),
)
logical_or = binary(
    "logical_or",
    kernels.logical_or,
    dtypes=BOOL,
    numbers=(),
    same=("a", "b"),
    doc=says("True where either is, elementwise.", "tf.logical_or([True, False], False).numpy()", "array([ True, False])"),
)
logical_xor = binary(
    "logical_xor",
    kernels.logical_xor,
    dtypes=BOOL,
    numbers=(),
    same=("a", "b"),
    doc=says(
        "True where exactly one is, elementwise.", "tf.math.logical_xor([True, False], True).numpy()", "array([False,  True])"
    ),
)
is_finite = unary(
    "is_finite",
    kernels.is_finite,
    dtypes=FLOATS,
    result_dtype=YES_OR_NO,
    doc=says(
        "True where x is neither infinite nor NaN.",
        "tf.math.is_finite([1.0, np.inf, np.nan]).numpy()",
        "array([ True, False, False])",
    ),
)
is_inf = unary(
    "is_inf",
    kernels.is_inf,
    dtypes=FLOATS,
    result_dtype=YES_OR_NO,
    doc=says("True where x is infinite.", "tf.math.is_inf([1.0, np.inf, np.nan]).numpy()", "array([False,  True, False])"),
)
is_nan = unary(
    "is_nan",
    kernels.is_nan,
    dtypes=FLOATS,
    result_dtype=YES_OR_NO,
    doc=says("True where x is not a number.", "tf.math.is_nan([1.0, np.inf, np.nan]).numpy()", "array([False, False,  True])"),
)


@primitive(public=("x", "y"), dtypes=NUMBERS, same=("a", "b"), differentiable=False)
def approximate_equal(a, b, *, tolerance=1e-5):
    """True where |x - y| is below the tolerance, elementwise."""
    return np.less(np.abs(np.subtract(a, b, casting="no")), tolerance, out=...)


@approximate_equal.shape
def approximate_equal_shape(a, b, *, tolerance):
    return Spec(broadcast_shapes(a.shape, b.shape, op="approximate_equal"), YES_OR_NO)


@approximate_equal.batch
def approximate_equal_batch(size, batched, *args, tolerance):
    return approximate_equal(*align(batched, args), tolerance=tolerance)


# -- bits ---------------------------------------------------------------------------------------------------
bitwise_and = binary(
    "bitwise_and",
    np.bitwise_and,
    dtypes=INTEGERS,
    doc=says("The bits set in both, elementwise.", "tf.bitwise.bitwise_and([6, 5], 3).numpy()", "array([2, 1], dtype=int32)"),
)
bitwise_or = binary(
    "bitwise_or",
    np.bitwise_or,
    dtypes=INTEGERS,
    doc=says("The bits set in either, elementwise.", "tf.bitwise.bitwise_or([6, 5], 3).numpy()", "array([7, 7], dtype=int32)"),
)
bitwise_xor = binary(
    "bitwise_xor",
    np.bitwise_xor,
    dtypes=INTEGERS,
    doc=says(
        "The bits set in exactly one, elementwise.", "tf.bitwise.bitwise_xor([6, 5], 3).numpy()", "array([5, 6], dtype=int32)"
    ),
)
invert = unary(
    "invert",
    np.invert,
    dtypes=INTEGERS,
    doc=says("Every bit turned over, elementwise.", "tf.bitwise.invert([0, 5]).numpy()", "array([-1, -6], dtype=int32)"),
)
left_shift = binary(
    "left_shift",
    kernels.left_shift,
    dtypes=INTEGERS,
    doc=says(
        "The bits of x moved y places up; y is held between 0 and the width less one.",
        "tf.bitwise.left_shift([1, -3], 2).numpy()",
        "array([  4, -12], dtype=int32)",
    ),
)
right_shift = binary(
    "right_shift",
    kernels.right_shift,
    dtypes=INTEGERS,
    doc=says(
        "The bits of x moved y places down, the sign kept; y is held between 0 and the width less one.",
        "tf.bitwise.right_shift([8, -8], 2).numpy()",
        "array([ 2, -2], dtype=int32)",
    ),
)
population_count = unary(
    "population_count",
    kernels.population_count,
    dtypes=INTEGERS,
    result_dtype=np.dtype(np.uint8),
    doc=says("How many bits are set, elementwise, as uint8."),
)


@primitive(public=("input",), dtypes=NUMBERS, differentiable=False)
def reinterpret(x, *, dtype):
    """The same bytes read as another dtype (`tf.bitcast`)."""
    x = np.array(x, order="C")
    if x.dtype.itemsize > dtype.itemsize:
        return x[..., None].view(dtype)
    return x.view(dtype) if x.dtype.itemsize == dtype.itemsize else x.view(dtype)[..., 0]


@reinterpret.canonical
def reinterpret_canonical(x, *, dtype):
    wanted = as_dtype(dtype)
    if wanted.numpy_dtype not in NUMBERS:
        raise errors.invalid("bitcast", f"bitcast: type must be a number's dtype, not {wanted.name}")
    ratio = wanted.numpy_dtype.itemsize // x.dtype.itemsize
    if ratio > 1 and (x.ndim == 0 or not x.shape[-1] == ratio):
        raise errors.invalid(
            "bitcast",
            f"Cannot bitcast from {x.dtype.name}{list(x.shape)} to {wanted.name}: the last axis must hold {ratio} elements",
        )
    return {"dtype": wanted.numpy_dtype}


@reinterpret.shape
def reinterpret_shape(x, *, dtype):
    if x.dtype.itemsize > dtype.itemsize:
        return Spec((*x.shape, x.dtype.itemsize // dtype.itemsize), dtype)
    return Spec(x.shape if x.dtype.itemsize == dtype.itemsize else x.shape[:-1], dtype)


@reinterpret.batch
def reinterpret_batch(size, batched, x, *, dtype):
    return reinterpret(x, dtype)


# -- the next number ----------------------------------------------------------------------------------------
nextafter = binary(
    "nextafter",
    np.nextafter,
    a=ONE,
    b=bounded(lambda b: zmul(0.0, b)),
    dtypes=FLOATS,
    public=("x1", "x2"),
    doc=says(
        "The number next to x1 in the direction of x2, elementwise.", "tf.math.nextafter(0.0, 1.0).numpy()", "np.float32(1e-45)"
    ),
)

publish(globals())
