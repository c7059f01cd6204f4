"""Layer 2: what happens beside the values: checks, printing, calls of Python functions on arrays.

They are primitives, so that they run once for all elements inside a map and can stand in a graph, in order.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..core.dtypes import OF_NUMPY
from ..core.errors import InvalidArgumentError, OperatorNotAllowedInGraphError, invalid
from ..core.shapes import broadcast_shapes
from ..core.tensor import array_of
from ._declare import ANY, FLOATS, FLOATS_COMPLEX, REALS, primitive, publish
from ._text import described, listed, mismatch_text, quoted_list, tensor_text
from .basic import align

RELATIONS: dict[str, Callable] = {
    "==": np.equal, "!=": np.not_equal, "<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal,
}  # fmt: skip


def failed(message: str, text: str) -> InvalidArgumentError:
    return InvalidArgumentError(None, None, f"{message}\n{text}" if message else text)


def name_of(dtype: np.dtype) -> str:
    return OF_NUMPY[dtype].name


def runs_once(primitive: Any) -> Any:
    """An effect without results; inside a map it sees all elements together."""
    primitive.shape(lambda *specs, **params: ())
    primitive.batch(lambda size, batched, *values, **params: primitive.function(*values, **params))
    return primitive


# -- checks: nothing where all is well, an InvalidArgumentError otherwise ----------------------------------------------
@primitive(results=True, ordered=True, differentiable=False, numbers=("a", "b"), public=("x", "y"))
def check_relation(a, b, *, relation, message, summarize):
    """Does the relation hold for all pairs of elements?"""
    if relation not in ("==", "!=") and a.dtype.kind in "bcO":
        raise TypeError(f"{name_of(a.dtype)} has no order")
    holds = RELATIONS[relation](a, b, out=...).astype(bool)
    if not holds.all():
        raise failed(message, mismatch_text(a, b, holds, relation, summarize))
    return ()


@check_relation.shape
def check_relation_shape(a, b, **params):
    broadcast_shapes(a.shape, b.shape, op="assert")
    return ()


@check_relation.batch
def check_relation_batch(size, batched, a, b, **params):
    return check_relation(*align(batched, (a, b)), **params)


@runs_once
@primitive(results=True, ordered=True, differentiable=False, dtypes=REALS)
def check_sign(x, *, relation, message, summarize):
    """Do all elements stand in the relation to 0?"""
    if not RELATIONS[relation](x, 0).all():
        shown = described("x", x, name_of(x.dtype), quoted_list(x, summarize))
        raise failed(message, f"Condition x {relation} 0 did not hold element-wise:\n{shown}")
    return ()


@primitive(results=True, ordered=True, differentiable=False, dtypes=FLOATS_COMPLEX, same=("a", "b"), public=("x", "y"))
def check_near(a, b, *, rtol, atol, message, summarize):
    """Is |a - b| <= atol + rtol |b| for all pairs of elements?"""
    near = (np.abs(a - b) <= atol + rtol * np.abs(b)) | (a == b)
    if not near.all():
        tolerance = f"x and y not equal to tolerance rtol = {rtol}, atol = {atol}"
        values = [described(name, v, name_of(v.dtype), listed(v, summarize)) for name, v in (("x", a), ("y", b))]
        raise failed(message, "\n".join([tolerance, *values]))
    return ()


@check_near.shape
def check_near_shape(a, b, **params):
    broadcast_shapes(a.shape, b.shape, op="assert_near")
    return ()


@check_near.batch
def check_near_batch(size, batched, a, b, **params):
    return check_near(*align(batched, (a, b)), **params)


@runs_once
@primitive(variadic=True, results=True, ordered=True, differentiable=False, dtypes=ANY)
def require(*values, shown, summarize):
    """Is the first value true (everywhere)? The others say what was wrong."""
    condition, *data = values
    if not condition.astype(bool).all():
        summary = "\n".join(listed(v, summarize) for v in data)
        raise InvalidArgumentError(None, None, f"Expected '{shown}' to be true. Summarized data: {summary}")
    return ()


@primitive(linear="all", ordered=True, dtypes=FLOATS, public=("tensor",))
def check_numerics(x, *, message):
    """The tensor itself, if all its elements are finite; the gradient that flows back is checked as well.

    Raises:
        InvalidArgumentError: NaN or infinity among the elements, with `message` in front.

    >>> tf.debugging.check_numerics(tf.constant([1.0, 2.0]), "activations").numpy()
    array([1., 2.], dtype=float32)
    """
    finite = np.isfinite(x)
    if finite.all():
        return x
    kinds = " and ".join(kind for kind, found in (("Inf", np.isinf(x).any()), ("NaN", np.isnan(x).any())) if found)
    at = np.argwhere(~finite)[0].tolist()
    raise invalid("check_numerics", f"{message} : Tensor had {kinds} values, the first at {at} of shape {list(x.shape)}")


@check_numerics.shape
def check_numerics_shape(x, *, message):
    return x


@check_numerics.vjp("x")
def check_numerics_vjp(g, message):
    return check_numerics(g, f"in the gradient, {message}")


@check_numerics.batch
def check_numerics_batch(size, batched, x, *, message):
    return check_numerics(x, message)


# -- printing --------------------------------------------------------------------------------------------------------------
@runs_once
@primitive(variadic=True, results=True, ordered=True, differentiable=False, dtypes=ANY)
def print_values(*values, pieces, quoted, summarize, write):
    """Write the pieces of text with the values between them."""
    texts = [tensor_text(v, summarize, quoted) for v in values]
    write("".join(part for pair in zip(pieces, [*texts, ""], strict=True) for part in pair))
    return ()


# -- Python on arrays --------------------------------------------------------------------------------------------------------
@primitive(variadic=True, results=True, ordered=True, differentiable=False, dtypes=ANY, batch="loop")
def call_python(*values, function, specs=None):
    """The results of a Python function of arrays; it may change those it is given.  In a graph `specs` say what they are like."""
    out = function(*[np.array(v) for v in values])
    return tuple(array_of(v, None) for v in (out if isinstance(out, (list, tuple)) else [] if out is None else [out]))


@call_python.shape
def call_python_shape(*values, function, specs):
    if specs is not None:
        return specs
    raise OperatorNotAllowedInGraphError(
        "numpy_function: what shape a Python function returns is unknown while a function is traced"
    )


publish(globals())
