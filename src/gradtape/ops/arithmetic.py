"""Layer 2: division with its remainders, products in which zero wins, rounding, extremes and sums of many."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core import errors
from ..core.shapes import Spec, TensorShape, broadcast_shapes
from . import _math_kernels as kernels
from ._declare import (
    FLOATS,
    FLOATS_COMPLEX,
    NUMBERS,
    ONE,
    REALS,
    Partial,
    binary,
    bounded,
    elementwise,
    mask,
    primitive,
    publish,
    unary,
)
from ._docs import says
from .basic import align, broadcast_to, cast, divide_adapt, greater, greater_equal, less_equal, negative, not_equal
from .logic import logical_and, logical_not, logical_or

NUMBER_TYPES = (int, float)
BY_ZERO = "Raises:\n    InvalidArgumentError: integers divided by zero."

# -- division -----------------------------------------------------------------------------------------------
floordiv = binary(
    "floordiv",
    kernels.floordiv,
    dtypes=REALS,
    doc=says("x / y rounded down, elementwise.", "tf.math.floordiv([7, -7], 2).numpy()", "array([ 3, -4], dtype=int32)", BY_ZERO),
)
floormod = binary(
    "floormod",
    kernels.floormod,
    a=ONE,
    b=Partial(lambda a, b: negative(floordiv(a, b))),
    dtypes=REALS,
    doc=says(
        "x - floordiv(x, y) * y, elementwise: the remainder with the sign of y.",
        "tf.math.floormod([7, -7], 2).numpy()",
        "array([1, 1], dtype=int32)",
        BY_ZERO,
    ),
)
truncatediv = binary(
    "truncatediv",
    kernels.truncatediv,
    dtypes=REALS,
    doc=says(
        "x / y rounded towards zero, elementwise.", "tf.truncatediv([7, -7], 2).numpy()", "array([ 3, -3], dtype=int32)", BY_ZERO
    ),
)
truncatemod = binary(
    "truncatemod",
    kernels.truncatemod,
    a=ONE,
    b=Partial(lambda a, b: negative(truncatediv(a, b))),
    dtypes=REALS,
    doc=says(
        "x - truncatediv(x, y) * y, elementwise: the remainder with the sign of x.",
        "tf.truncatemod([7, -7], 2).numpy()",
        "array([ 1, -1], dtype=int32)",
        BY_ZERO,
    ),
)


# -- a zero that wins -----------------------------------------------------------------------------------------
def mixed(name: str, a: Any, b: Any) -> str:
    return (
        f"{name}: x and y must have the same dtype, got {a.dtype.name} and {b.dtype.name}. Write tf.cast(y, tf.{a.dtype.name})."
    )


def divide_no_nan_adapt(a: Any, b: Any) -> tuple[Any, Any]:
    if a.dtype != b.dtype:
        raise TypeError(mixed("divide_no_nan", a, b))
    if not a.dtype.is_numeric:
        raise TypeError(f"divide_no_nan: {a.dtype.name} values cannot be divided; write tf.cast(x, tf.float32)")
    return divide_adapt(a, b)


def multiply_no_nan_adapt(a: Any, b: Any) -> tuple[Any, Any]:
    if a.dtype != b.dtype:
        raise ValueError(mixed("multiply_no_nan", a, b))
    return a, b


def inverse_no_nan(b: Any) -> Any:
    """1 / b, and 0 where b is 0; a number stays a number, so that it takes the other operand's dtype."""
    if type(b) in NUMBER_TYPES:
        return 1.0 / b if b else 0.0
    return divide_no_nan(1.0, b)


divide_no_nan = binary(
    "divide_no_nan",
    kernels.divide_no_nan,
    a=Partial(lambda b: inverse_no_nan(b)),
    b=Partial(lambda y, b: negative(divide_no_nan(y, b))),
    dtypes=FLOATS_COMPLEX,
    adapt=divide_no_nan_adapt,
    doc=says(
        "x / y, and 0 where y is 0, elementwise; integers divide as floats.",
        "tf.math.divide_no_nan([3.0, 3.0], [2.0, 0.0]).numpy()",
        "array([1.5, 0. ], dtype=float32)",
        "Raises:\n    TypeError: x and y of different dtypes, or booleans.",
    ),
)
multiply_no_nan = binary(
    "multiply_no_nan",
    kernels.multiply_no_nan,
    a=Partial(lambda b: b, "both"),
    b=Partial(lambda a: a),
    dtypes=FLOATS_COMPLEX,
    adapt=multiply_no_nan_adapt,
    doc=says(
        "x * y, and 0 where y is 0, even if x is infinite or NaN, elementwise.",
        "tf.math.multiply_no_nan([3.0, np.nan], [2.0, 0.0]).numpy()",
        "array([6., 0.], dtype=float32)",
        "Raises:\n    ValueError: x and y of different dtypes.",
    ),
)


def counts(a: Any, fine: Any) -> Any:
    """1, and 0 where the result is 0 because a is, although b has no logarithm (or inverse): there a's slope is 0 too."""
    return cast(logical_or(not_equal(a, 0.0), fine), a.dtype)


def above(b: Any, limit: float) -> Any:
    return not_equal(b, limit) if b.kind == "c" else greater(b, limit)


xdivy = binary(
    "xdivy",
    kernels.xdivy,
    a=Partial(lambda a, b: xdivy(counts(a, not_equal(b, 0.0)), b)),
    b=Partial(lambda y, b: negative(xdivy(y, b))),
    dtypes=FLOATS_COMPLEX,
    numbers=(),
    same=("a", "b"),
    doc=says(
        "x / y, and 0 where x is 0, elementwise.",
        "tf.math.xdivy([0.0, 3.0], [0.0, 2.0]).numpy()",
        "array([0. , 1.5], dtype=float32)",
    ),
)
xlogy = binary(
    "xlogy",
    kernels.xlogy,
    a=Partial(lambda a, b: xlogy(counts(a, above(b, 0.0)), b)),
    b=Partial(lambda a, b: xdivy(a, b)),
    dtypes=FLOATS_COMPLEX,
    numbers=(),
    same=("a", "b"),
    doc=says(
        "x log(y), and 0 where x is 0, elementwise.",
        "tf.math.xlogy([0.0, 2.0], [0.0, 1.0]).numpy()",
        "array([0., 0.], dtype=float32)",
    ),
)
xlog1py = binary(
    "xlog1py",
    kernels.xlog1py,
    a=Partial(lambda a, b: xlog1py(counts(a, above(b, -1.0)), b)),
    b=Partial(lambda a, b: xdivy(a, b + 1.0)),
    dtypes=FLOATS_COMPLEX,
    numbers=(),
    same=("a", "b"),
    doc=says(
        "x log(1 + y), and 0 where x is 0, elementwise.",
        "tf.math.xlog1py([0.0, 2.0], [-1.0, 0.0]).numpy()",
        "array([0., 0.], dtype=float32)",
    ),
)

# -- lengths and angles -------------------------------------------------------------------------------------
hypot = binary(
    "hypot",
    kernels.hypot,
    a=bounded(lambda a, y: divide_no_nan(a, y)),
    b=bounded(lambda b, y: divide_no_nan(b, y)),
    dtypes=FLOATS,
    doc="sqrt(x^2 + y^2), elementwise, without overflow; its gradient at (0, 0) is 0.",
)
atan2 = binary(
    "atan2",
    kernels.atan2,
    a=Partial(lambda a, b: against_radius(b, hypot(a, b))),
    b=Partial(lambda a, b: negative(against_radius(a, hypot(a, b)))),
    dtypes=FLOATS,
    public=("y", "x"),
    doc=says(
        "The angle of the point (x, y) in [-pi, pi], elementwise; its gradient at (0, 0) is 0.",
        "tf.atan2([0.0, 1.0], [1.0, 0.0]).numpy().round(4)",
        "array([0.    , 1.5708], dtype=float32)",
    ),
)


def against_radius(a: Any, r: Any) -> Any:
    """a / r^2 without overflow, and 0 where r is 0."""
    return divide_no_nan(divide_no_nan(a, r), r)


# -- rounding: no derivative goes through ---------------------------------------------------------------------
floor = unary(
    "floor",
    kernels.floor,
    dtypes=FLOATS,
    doc=says("The next whole number below, elementwise.", "tf.floor([1.5, -1.5]).numpy()", "array([ 1., -2.], dtype=float32)"),
)
ceil = unary(
    "ceil",
    kernels.ceil,
    dtypes=FLOATS,
    doc=says(
        "The next whole number above, elementwise.", "tf.math.ceil([1.5, -1.5]).numpy()", "array([ 2., -1.], dtype=float32)"
    ),
)
rint = unary(
    "rint",
    kernels.rint,
    dtypes=FLOATS,
    doc=says(
        "The nearest whole number, the even one of two, elementwise.",
        "tf.math.rint([0.5, 1.5, 2.6]).numpy()",
        "array([0., 2., 3.], dtype=float32)",
    ),
)
round = unary(
    "round",
    kernels.round_half_even,
    dtypes=REALS,
    doc=says(
        "The nearest whole number, the even one of two, elementwise.",
        "tf.round([0.5, 1.5, 2.6]).numpy()",
        "array([0., 2., 3.], dtype=float32)",
    ),
)

# -- extremes: a tie counts for the first ---------------------------------------------------------------------
maximum = binary(
    "maximum",
    kernels.maximum,
    a=mask(lambda a, b: greater_equal(a, b)),
    b=mask(lambda a, b: logical_not(greater_equal(a, b))),
    dtypes=REALS,
    doc=says(
        "The larger of x and y, elementwise; where they are equal the gradient goes to x.",
        "tf.maximum([1.0, 3.0], 2.0).numpy()",
        "array([2., 3.], dtype=float32)",
    ),
)
minimum = binary(
    "minimum",
    kernels.minimum,
    a=mask(lambda a, b: less_equal(a, b)),
    b=mask(lambda a, b: logical_not(less_equal(a, b))),
    dtypes=REALS,
    doc=says(
        "The smaller of x and y, elementwise; where they are equal the gradient goes to x.",
        "tf.minimum([1.0, 3.0], 2.0).numpy()",
        "array([1., 2.], dtype=float32)",
    ),
)
clip_by_value = elementwise(
    "clip_by_value",
    kernels.clip,
    ("a", "low", "high"),
    {
        "a": mask(lambda a, low, high: logical_and(less_equal(a, high), greater_equal(a, low))),
        "low": mask(lambda a, low, high: logical_not(greater_equal(minimum(a, high), low))),
        "high": mask(lambda a, low, high: logical_and(logical_not(less_equal(a, high)), greater_equal(high, low))),
    },
    {
        "public": ("t", "clip_value_min", "clip_value_max"),
        "numbers": ("a", "low", "high"),
        "dtypes": REALS,
        "doc": says(
            "t held between two limits, which broadcast to its shape; at a limit the gradient goes to t.",
            "tf.clip_by_value([-1.0, 0.5, 3.0], 0.0, 2.0).numpy()",
            "array([0. , 0.5, 2. ], dtype=float32)",
            "Raises:\n    ValueError: limits that would make the result larger than t.\n    TypeError: float limits for integers.",
        ),
    },
)


@clip_by_value.shape
def clip_by_value_shape(a, low, high):
    shape = broadcast_shapes(a.shape, low.shape, high.shape, op="clip_by_value")
    if len(shape) != len(a.shape) or not all(n == m for n, m in zip(shape, a.shape, strict=True)):
        raise ValueError(f"clip_by_value: Shapes {TensorShape.of(a.shape)} and {TensorShape.of(shape)} are incompatible: the limits, of "
                         f"shapes {TensorShape.of(low.shape)} and {TensorShape.of(high.shape)}, must broadcast to the shape of t")  # fmt: skip
    return Spec(shape, a.dtype)


@clip_by_value.batch
def clip_by_value_batch(size, batched, a, low, high):
    if not batched[0]:
        a = broadcast_to(a, (size, *a.dims))
    return clip_by_value(*align((True, *batched[1:]), (a, low, high)))


# -- sums of many -------------------------------------------------------------------------------------------
@primitive(variadic=True, linear="all", dtypes=NUMBERS, same=("inputs",))
def add_all(*inputs):
    """The sum of tensors of one shape and dtype (`tf.add_n` takes them as a list)."""
    total = np.array(inputs[0])
    for x in inputs[1:]:
        if x.shape != total.shape:
            raise ValueError("the shapes differ")
        np.add(total, x, out=total, casting="no")
    return total


@add_all.shape
def add_all_shape(*inputs):
    first = inputs[0]
    for k, x in enumerate(inputs):
        if x.shape != first.shape:
            raise errors.invalid("add_all", f"add_n: Inputs must have the same size and shape. Input 0: {list(first.shape)} != input {k}: "
                                            f"{list(x.shape)}")  # fmt: skip
    return Spec(first.shape, first.dtype)


@add_all.vjp()
def add_all_vjp(g, inputs_shape):
    return [g] * len(inputs_shape)


@add_all.jvp
def add_all_jvp(y, ts, *inputs):
    given = [t for t in ts if t is not None]
    return given[0] if len(given) == 1 else add_all(*given)


@add_all.batch
def add_all_batch(size, batched, *inputs):
    total = inputs[0]
    for x in inputs[1:]:
        total = total + x
    return total


publish(globals())
