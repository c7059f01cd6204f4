"""The array kernel of a determinant's derivatives of any order, for every matrix, singular ones too.

With D(A; X1 ... Xk) the derivative of det along X1 ... Xk, the gradient of D in A is

    F(A; X1 ... Xk) = det(A) Mᵀ,   M(S) = t(S) A⁻¹ - Σ_{i in S} W_i M(S - i),   t(S) = tr(X_i M(S - i)) for any i in S,

where W_i = A⁻¹ X_i and M of the empty set is A⁻¹ (the product rule for det A⁻¹).  F is a polynomial in A, so that where A
is (nearly) singular it is the mean of its values on a circle around A, at as many points as its degree needs.
"""

from __future__ import annotations

import numpy as np
from numpy.linalg import LinAlgError

from . import _lapack


def cofactors(a: np.ndarray, directions: tuple[np.ndarray, ...]) -> np.ndarray:
    """F(a; directions) for stacks of square matrices."""
    lead = np.broadcast_shapes(a.shape[:-2], *(x.shape[:-2] for x in directions))
    wide = [np.broadcast_to(x, (*lead, *x.shape[-2:])) for x in (a, *directions)]
    if a.shape[-1] == 0 or 0 in lead:
        return np.zeros(wide[0].shape, a.dtype)
    regular = by_inverse(*wide)
    if regular is not None:
        return regular
    return np.stack([one(*(x[where] for x in wide)) for where in np.ndindex(lead)]).reshape(wide[0].shape)


def one(a: np.ndarray, *directions: np.ndarray) -> np.ndarray:
    regular = by_inverse(a, *directions)
    return by_circle(a, *directions) if regular is None else regular


def by_inverse(a: np.ndarray, *directions: np.ndarray) -> np.ndarray | None:
    """F where all matrices are well conditioned, else None."""
    try:
        inverse = np.linalg.inv(a)
    except LinAlgError:
        return None
    condition = np.abs(a).sum(-1).max(-1) * np.abs(inverse).sum(-1).max(-1)
    loss = condition ** (len(directions) + 1)  # what the bracket loses to cancellation
    if not (loss < np.finfo(a.dtype).eps ** -0.4).all():  # NaN counts as singular
        return None
    return _lapack.det(a)[..., None, None] * bracket(inverse, directions).swapaxes(-1, -2)


def bracket(inverse: np.ndarray, directions: tuple[np.ndarray, ...]) -> np.ndarray:
    """M of all the directions."""
    if not directions:
        return inverse
    rest = [bracket(inverse, (*directions[:i], *directions[i + 1 :])) for i in range(len(directions))]
    t = (directions[0] @ rest[0]).trace(axis1=-2, axis2=-1)
    return t[..., None, None] * inverse - sum(inverse @ x @ m for x, m in zip(directions, rest, strict=True))


def by_circle(a: np.ndarray, *directions: np.ndarray) -> np.ndarray:
    """F in the bases of the singular vectors, where the circle s + z never meets 0; exact products where no direction is given."""
    s, u, v = _lapack.svd(a.astype(np.result_type(a.dtype, np.float64)), True)
    vh = v.conj().T
    turn = _lapack.det(u) * _lapack.det(vh)
    if directions:
        inner = mean_on_circle(s, [u.conj().T @ x @ vh.conj().T for x in directions])
    else:
        inner = np.diag([np.multiply.reduce(np.delete(s, i)) for i in range(len(s))])
    out = turn * (u.conj() @ inner @ vh.conj())
    return (out if a.dtype.kind == "c" else np.real(out)).astype(a.dtype)


def mean_on_circle(s: np.ndarray, directions: list[np.ndarray]) -> np.ndarray:
    n = len(s) | 1  # odd: no root of unity lies at -1, where s + z could vanish
    radius = s.mean() / 3 or 1.0
    values = s + radius * np.exp(2j * np.pi * np.arange(n) / n)[:, None]
    inverse = np.zeros((n, len(s), len(s)), values.dtype)
    inverse[:, range(len(s)), range(len(s))] = 1 / values
    brackets = bracket(inverse, tuple(x.astype(values.dtype) for x in directions))
    return (values.prod(-1)[:, None, None] * brackets.swapaxes(-1, -2)).mean(0)


__name__ = None  # type: ignore[assignment]  # NumPy's C code warns in no module without a name
