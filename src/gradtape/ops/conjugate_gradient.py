"""Layer 3: solving with products only.  Source: Hestenes & Stiefel, "Methods of conjugate gradients" (1952)."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from ..core.context import library
from ..core.shapes import broadcast_shapes
from ..core.tensor import tensor, to_tensor
from .basic import add, broadcast_to, divide, multiply, reduce_sum, subtract
from .diagonals import zeros_of
from .linalg import conj_if_complex
from .linear_operators import LinearOperator
from .pieces import expand_axis


class CGState(NamedTuple):
    """Where the iteration stands: its count, solution, residual, direction, and <r, M r>."""

    i: Any
    x: Any
    r: Any
    p: Any
    gamma: Any


@library
def conjugate_gradient(
    operator: LinearOperator, rhs: Any, preconditioner: LinearOperator | None = None, x: Any = None, tol: float = 1e-5, max_iter: int = 20,
    name: str = "conjugate_gradient",
) -> CGState:  # fmt: skip
    """Solves operator x = rhs for a self-adjoint positive definite operator, by products with it.

    Ends after `max_iter` steps, or when the residual of every vector in the batch is at most `tol` times the norm of rhs.
    `preconditioner` approximates the inverse; `x` is where to start (zero where none is given).

    Raises:
        TypeError: an operator or a preconditioner that is no LinearOperator.
        ValueError: an operator that is not said to be self-adjoint and positive definite, or extents that do not fit.

    >>> operator = tf.linalg.LinearOperatorFullMatrix(tf.constant([[2.0, 0.0], [0.0, 4.0]]), is_self_adjoint=True,
    ...                                               is_positive_definite=True)
    >>> tf.linalg.experimental.conjugate_gradient(operator, tf.constant([2.0, 4.0])).x.numpy().round(5)
    array([1., 1.], dtype=float32)
    """
    for o in (operator, preconditioner):
        if o is not None and not isinstance(o, LinearOperator):
            raise TypeError(
                f"conjugate_gradient: operator and preconditioner must be tf.linalg.LinearOperators, got {type(o).__name__}"
            )
    if not operator.is_definite:
        raise ValueError("Expected a self-adjoint, positive definite operator.")
    rhs = to_tensor(rhs, operator.dtype.numpy_dtype)
    batches = [tuple(o.batch_shape) for o in (operator, preconditioner) if o is not None]
    dims = (*broadcast_shapes(rhs.dims[:-1], *batches, op="conjugate_gradient"), rhs.dims[-1])
    r = broadcast_to(rhs, dims)
    limit = tol * size(r)
    if x is None:
        x = zeros_of(rhs, dims)
    else:
        x = to_tensor(x, rhs.dtype.numpy_dtype)
        r = subtract(rhs, operator.matvec(x))
    p = preconditioned(preconditioner, r)
    state = CGState(0, x, r, p, dot(r, p))
    while state.i < max_iter and (size(state.r) > limit).any():
        state = step(operator, preconditioner, state)
    return state._replace(i=tensor(np.array(state.i, np.int32)))


def step(operator: LinearOperator, preconditioner: LinearOperator | None, state: CGState) -> CGState:
    z = operator.matvec(state.p)
    alpha = scalar(divide(state.gamma, dot(state.p, z)))
    x = add(state.x, multiply(alpha, state.p))
    r = subtract(state.r, multiply(alpha, z))
    q = preconditioned(preconditioner, r)
    gamma = dot(r, q)
    p = add(q, multiply(scalar(divide(gamma, state.gamma)), state.p))
    return CGState(state.i + 1, x, r, p, gamma)


def preconditioned(preconditioner: LinearOperator | None, r: Any) -> Any:
    return r if preconditioner is None else preconditioner.matvec(r)


def dot(a: Any, b: Any) -> Any:
    return reduce_sum(multiply(conj_if_complex(a), b), -1)


def scalar(x: Any) -> Any:
    return expand_axis(x, x.ndim)


def size(r: Any) -> np.ndarray:
    """The norms that decide when to stop: plain numbers, outside any tape."""
    return np.linalg.norm(np.asarray(r), axis=-1)


__all__ = ["CGState", "conjugate_gradient"]
