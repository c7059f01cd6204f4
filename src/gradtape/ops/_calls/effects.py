"""Written by `make calls` from the declarations of the effects family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike



def check_relation(x: TensorLike, y: TensorLike, relation: Any, message: Any, summarize: Any, name: str | None = None) -> tuple[Tensor, ...]:
    """Does the relation hold for all pairs of elements?"""
    return careful(check_relation_primitive, (x, y, ), {"relation": relation, "message": message, "summarize": summarize})


def check_sign(x: TensorLike, relation: Any, message: Any, summarize: Any, name: str | None = None) -> tuple[Tensor, ...]:
    """Do all elements stand in the relation to 0?"""
    return careful(check_sign_primitive, (x, ), {"relation": relation, "message": message, "summarize": summarize})


def check_near(x: TensorLike, y: TensorLike, rtol: Any, atol: Any, message: Any, summarize: Any, name: str | None = None) -> tuple[Tensor, ...]:
    """Is |a - b| <= atol + rtol |b| for all pairs of elements?"""
    return careful(check_near_primitive, (x, y, ), {"rtol": rtol, "atol": atol, "message": message, "summarize": summarize})


def require(*values: TensorLike, shown: Any, summarize: Any, name: str | None = None) -> tuple[Tensor, ...]:
    """Is the first value true (everywhere)? The others say what was wrong."""
    return careful(require_primitive, values, {"shown": shown, "summarize": summarize})


def check_numerics(tensor: TensorLike, message: Any, name: str | None = None) -> Tensor:
    """The tensor itself, if all its elements are finite; the gradient that flows back is checked as well.

    Raises:
        InvalidArgumentError: NaN or infinity among the elements, with `message` in front.

    >>> tf.debugging.check_numerics(tf.constant([1.0, 2.0]), "activations").numpy()
    array([1., 2.], dtype=float32)
    """
    return careful(check_numerics_primitive, (tensor, ), {"message": message})


def check_numerics_back(grads: dict, tracked: set, g: Any, record: list) -> None:
    message, x_id, y_id, code, offset, primitive = record
    if x_id in tracked:
        step = check_numerics_vjp_x(g, message)
        grads[x_id] = accumulate(grads[x_id], step) if x_id in grads else step


def print_values(*values: TensorLike, pieces: Any, quoted: Any, summarize: Any, write: Any, name: str | None = None) -> tuple[Tensor, ...]:
    """Write the pieces of text with the values between them."""
    return careful(print_values_primitive, values, {"pieces": pieces, "quoted": quoted, "summarize": summarize, "write": write})


def call_python(*values: TensorLike, function: Any, specs: Any = None, name: str | None = None) -> tuple[Tensor, ...]:
    """The results of a Python function of arrays; it may change those it is given.  In a graph `specs` say what they are like."""
    return careful(call_python_primitive, values, {"function": function, "specs": specs})


__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name
