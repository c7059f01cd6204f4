"""Layer 3: the linear operators that people write down: full, diagonal, and multiples of the identity."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.dtypes import as_dtype
from ..core.tensor import tensor, to_tensor
from .basic import broadcast_to, cast, divide, multiply, reduce_sum
from .diagonals import matrix_diag
from .linalg import adjoint as adjoint_of
from .linalg import conj_if_complex
from .linear_operators import LinearOperator, kept, need_rank
from .math import abs as absolute
from .math import log, sqrt
from .pieces import expand_axis
from .reduce import reduce_max, reduce_min, reduce_prod


class LinearOperatorFullMatrix(LinearOperator):
    """A matrix that is written out.

    >>> operator = tf.linalg.LinearOperatorFullMatrix(tf.constant([[1.0, 2.0], [3.0, 4.0]]))
    >>> operator.matvec(tf.constant([1.0, 1.0])).numpy()
    array([3., 7.], dtype=float32)
    """

    def __init__(
        self, matrix: Any, is_non_singular: bool | None = None, is_self_adjoint: bool | None = None,
        is_positive_definite: bool | None = None, is_square: bool | None = None, name: str = "LinearOperatorFullMatrix",
    ):  # fmt: skip
        self._matrix = need_rank(matrix, 2, "matrix")
        super().__init__(self.matrix.dtype, None, is_non_singular, is_self_adjoint, is_positive_definite, is_square, name)

    @property
    def matrix(self) -> Any:
        return self._matrix

    def _shape(self) -> Any:
        return self.matrix.shape

    def _to_dense(self) -> Any:
        return to_tensor(self.matrix)

    def _adjoint(self) -> Any:
        return LinearOperatorFullMatrix(
            adjoint_of(self.matrix), self.is_non_singular, self.is_self_adjoint, self.is_positive_definite, True
        )


class LinearOperatorDiag(LinearOperator):
    """A square diagonal matrix.

    >>> tf.linalg.LinearOperatorDiag(tf.constant([1.0, 2.0])).to_dense().numpy()
    array([[1., 0.],
           [0., 2.]], dtype=float32)
    """

    def __init__(
        self, diag: Any, is_non_singular: bool | None = None, is_self_adjoint: bool | None = None,
        is_positive_definite: bool | None = None, is_square: bool | None = None, name: str = "LinearOperatorDiag",
    ):  # fmt: skip
        self._diag = need_rank(diag, 1, "diag")
        if is_square is False:
            raise ValueError("Only square diagonal operators currently supported.")
        if not self._diag.dtype.is_complex:
            if is_self_adjoint is False:
                raise ValueError("A real diagonal operator is always self adjoint.")
            is_self_adjoint = True
        is_square = True
        super().__init__(self._diag.dtype, None, is_non_singular, is_self_adjoint, is_positive_definite, is_square, name)

    @property
    def diag(self) -> Any:
        return self._diag

    def _shape(self) -> Any:
        return (*self._diag.shape, self._diag.shape[-1])

    def scaled(self, x: Any, factor: Any, adjoint: bool, adjoint_arg: bool) -> Any:
        factor = conj_if_complex(factor) if adjoint else factor
        return multiply(expand_axis(factor, factor.ndim), adjoint_of(x) if adjoint_arg else x)

    def _matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return self.scaled(x, to_tensor(self._diag), adjoint, adjoint_arg)

    def _solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return self.scaled(rhs, divide(1.0, self._diag), adjoint, adjoint_arg)

    def _to_dense(self) -> Any:
        n = self.shape[-1]
        return matrix_diag(self._diag, (0, 0), n, n)

    def _diag_part(self) -> Any:
        return to_tensor(self._diag)

    def _determinant(self) -> Any:
        return reduce_prod(self._diag, -1)

    def _log_abs_determinant(self) -> Any:
        return cast(reduce_sum(log(absolute(self._diag)), -1), self.dtype)

    def _eigvals(self) -> Any:
        return to_tensor(self._diag)

    def _cond(self) -> Any:
        size = absolute(self._diag)
        return divide(reduce_max(size, -1), reduce_min(size, -1))

    def _adjoint(self) -> Any:
        return LinearOperatorDiag(
            conj_if_complex(to_tensor(self._diag)), self.is_non_singular, self.is_self_adjoint, self.is_positive_definite
        )

    def _inverse(self) -> Any:
        return LinearOperatorDiag(divide(1.0, self._diag), True, self.is_self_adjoint, self.is_positive_definite)

    def _cholesky(self) -> Any:
        return LinearOperatorDiag(sqrt(self._diag), True, True, True)


class LinearOperatorScaledIdentity(LinearOperatorDiag):
    """A number times the identity; a batch of numbers gives a batch of operators.

    >>> tf.linalg.LinearOperatorScaledIdentity(2, tf.constant(3.0)).to_dense().numpy()
    array([[3., 0.],
           [0., 3.]], dtype=float32)
    """

    def __init__(
        self, num_rows: Any, multiplier: Any, is_non_singular: bool | None = None, is_self_adjoint: bool | None = None,
        is_positive_definite: bool | None = None, is_square: bool | None = True, assert_proper_shapes: bool = False,
        name: str = "LinearOperatorScaledIdentity",
    ):  # fmt: skip
        self._multiplier = kept(multiplier)
        self._rows = row_count(num_rows)
        if is_square is False:
            raise ValueError("A ScaledIdentity operator is always square.")
        if is_self_adjoint is None and not self.multiplier.dtype.is_complex:
            is_self_adjoint = True
        LinearOperator.__init__(
            self, self.multiplier.dtype, None, is_non_singular, is_self_adjoint, is_positive_definite, is_square, name
        )

    @property
    def multiplier(self) -> Any:
        return self._multiplier

    def _shape(self) -> Any:
        return (*self.multiplier.shape, self._rows, self._rows)

    @property
    def _diag(self) -> Any:
        x = to_tensor(self.multiplier)
        return broadcast_to(expand_axis(x, x.ndim), (*x.dims, self._rows))

    def add_to_tensor(self, mat: Any, name: str = "add_to_tensor") -> Any:
        return super().add_to_tensor(mat, name)

    def _adjoint(self) -> Any:
        return LinearOperatorScaledIdentity(
            self._rows,
            conj_if_complex(to_tensor(self.multiplier)),
            self.is_non_singular,
            self.is_self_adjoint,
            self.is_positive_definite,
        )

    def _inverse(self) -> Any:
        return LinearOperatorScaledIdentity(
            self._rows, divide(1.0, self.multiplier), True, self.is_self_adjoint, self.is_positive_definite
        )

    def _cholesky(self) -> Any:
        return LinearOperatorScaledIdentity(self._rows, sqrt(self.multiplier), True, True, True)


class LinearOperatorIdentity(LinearOperatorScaledIdentity):
    """The identity.

    >>> tf.linalg.LinearOperatorIdentity(2).matvec(tf.constant([1.0, 2.0])).numpy()
    array([1., 2.], dtype=float32)
    """

    def __init__(
        self, num_rows: Any, batch_shape: Any = None, dtype: Any = None, is_non_singular: bool | None = True,
        is_self_adjoint: bool | None = True, is_positive_definite: bool | None = True, is_square: bool | None = True,
        assert_proper_shapes: bool = False, name: str = "LinearOperatorIdentity",
    ):  # fmt: skip
        if not (is_non_singular and is_self_adjoint and is_positive_definite and is_square):
            raise ValueError("An identity operator is always non-singular, self-adjoint, positive definite and square.")
        lead = () if batch_shape is None else tuple(batch_shape)
        one = tensor(np.ones(lead, as_dtype(dtype or "float32").numpy_dtype))
        super().__init__(num_rows, one, is_non_singular, is_self_adjoint, is_positive_definite, is_square, name=name)

    def _adjoint(self) -> Any:
        return self

    def _inverse(self) -> Any:
        return self

    def _cholesky(self) -> Any:
        return self


def row_count(num_rows: Any) -> int:
    n = int(num_rows)
    if n < 0:
        raise ValueError(f"Argument `num_rows` must be non-negative.  Found: {num_rows}")
    return n
