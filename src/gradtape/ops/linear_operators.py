"""Layer 3: linear operators: matrices, and batches of them, that know their structure and need not be written out.

A kind of operator says its shape and how it multiplies; what else it does not say (`_solve`, `_determinant`, …), it gets
from its dense matrix. The names of these methods are TensorFlow's, so that a user's own kinds work.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..core.context import library
from ..core.dispatch import has_dtype
from ..core.dtypes import DType, as_dtype
from ..core.errors import InvalidArgumentError
from ..core.module import Module
from ..core.shapes import TensorShape, broadcast_shapes
from ..core.tensor import Tensor, tensor, to_tensor
from .basic import add, cast, divide, multiply, reduce_sum, reshape
from .decompositions import cholesky, eigvalsh, singular_values
from .determinants import det, logdet, slogdet
from .diagonals import band_part, diag_part, eye
from .linalg import adjoint as adjoint_of
from .linalg import conj_if_complex, matmul
from .math import abs as absolute
from .math import exp, log
from .pieces import expand_axis
from .reduce import reduce_max, reduce_min, reduce_prod
from .solves import cholesky_solve, matrix_solve, triangular_solve


class LinearOperator(Module):
    """Base class of linear operators: a batch of matrices of shape [..., rows, columns].

    The four hints (`is_non_singular`, `is_self_adjoint`, `is_positive_definite`, `is_square`) are promises of the caller:
    True, False, or None where nothing is known. They choose the algorithms and are not checked, except by the `assert_`
    methods.

    Raises:
        ValueError: hints that contradict each other.
    """

    def __init__(
        self,
        dtype: Any,
        graph_parents: Any = None,
        is_non_singular: bool | None = None,
        is_self_adjoint: bool | None = None,
        is_positive_definite: bool | None = None,
        is_square: bool | None = None,
        name: str | None = None,
        parameters: dict[Any, Any] | None = None,
    ):
        super().__init__(name if name is None or name.isidentifier() else None)
        if is_positive_definite and is_non_singular is False:
            raise ValueError("A positive definite matrix is always non-singular.")
        is_non_singular = True if is_positive_definite else is_non_singular
        if is_square is False and (is_non_singular or is_self_adjoint):
            raise ValueError(f"A {'non-singular' if is_non_singular else 'self-adjoint'} matrix is always square.")
        self._dtype = None if dtype is None else as_dtype(dtype)
        self._is_non_singular = is_non_singular
        self._is_self_adjoint = is_self_adjoint
        self._is_positive_definite = is_positive_definite
        self._square_hint = True if is_non_singular or is_self_adjoint else is_square
        self._parameters = parameters or {}
        self._graph_parents = list(graph_parents or [])

    # -- what a kind says -------------------------------------------------------------------------------------
    def _shape(self) -> Any:
        raise NotImplementedError(f"{type(self).__name__} must say its shape: define _shape(self)")

    def _matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return matmul(self._to_dense(), x, adjoint_a=adjoint, adjoint_b=adjoint_arg)

    def _to_dense(self) -> Any:
        if type(self)._matmul is LinearOperator._matmul:
            raise NotImplementedError(f"{type(self).__name__} must define _matmul or _to_dense")
        return self.matmul(eye(self.shape[-1], batch_shape=self.batch_shape, dtype=self.dtype))

    def _solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        rhs = adjoint_of(rhs) if adjoint_arg else rhs
        dense = self._to_dense()
        if self.is_definite:
            return cholesky_solve(cholesky(dense), rhs)
        return matrix_solve(adjoint_of(dense) if adjoint else dense, rhs)

    def _diag_part(self) -> Any:
        return diag_part(self._to_dense())

    def _trace(self) -> Any:
        return reduce_sum(self._diag_part(), -1)

    def _determinant(self) -> Any:
        return exp(self._log_abs_determinant()) if self.is_definite else det(self._to_dense())

    def _log_abs_determinant(self) -> Any:
        if self.is_definite:
            return cast(logdet(self._to_dense()), self.dtype)
        return slogdet(self._to_dense()).log_abs_determinant

    def _eigvals(self) -> Any:
        return eigvalsh(self._to_dense())

    def _cond(self) -> Any:
        dense = self._to_dense()
        s = absolute(eigvalsh(dense)) if self.is_self_adjoint else singular_values(dense)
        return divide(reduce_max(s, -1), reduce_min(s, -1))

    def _adjoint(self) -> Any:
        return LinearOperatorAdjoint(self)

    def _inverse(self) -> Any:
        return LinearOperatorInversion(self)

    def _cholesky(self) -> Any:
        return LinearOperatorLowerTriangular(cholesky(self._to_dense()), is_non_singular=True, is_square=True)

    def _add_to_tensor(self, x: Any) -> Any:
        return add(self._to_dense(), x)

    # -- what was promised ------------------------------------------------------------------------------------
    @property
    def is_non_singular(self) -> bool | None:
        return self._is_non_singular

    @property
    def is_self_adjoint(self) -> bool | None:
        return self._is_self_adjoint

    @property
    def is_positive_definite(self) -> bool | None:
        return self._is_positive_definite

    @property
    def parameters(self) -> dict[Any, Any]:
        return dict(self._parameters)

    @property
    def graph_parents(self) -> list[Any]:
        return self._graph_parents

    @property
    def is_definite(self) -> bool:
        """Is it said to have a Cholesky decomposition?"""
        return bool(self.is_self_adjoint and self.is_positive_definite)

    # -- shape ------------------------------------------------------------------------------------------------
    @property
    def dtype(self) -> DType:
        return self._dtype  # type: ignore[return-value]

    @property
    def shape(self) -> TensorShape:
        return TensorShape(self._shape())

    @property
    def batch_shape(self) -> TensorShape:
        return self.shape[:-2]

    @property
    def range_dimension(self) -> Any:
        return self.shape[-2]

    @property
    def domain_dimension(self) -> Any:
        return self.shape[-1]

    @property
    def tensor_rank(self) -> int:
        return len(self.shape)

    @property
    def is_square(self) -> bool:
        square = self.shape[-1] == self.shape[-2]
        if square and self._square_hint is False:
            raise ValueError("User set is_square hint to False, but the operator was square.")
        return square if self._square_hint is None else self._square_hint

    def shape_tensor(self, name: str = "shape_tensor") -> Tensor:
        return tensor(np.array(self.shape, np.int32))

    def batch_shape_tensor(self, name: str = "batch_shape_tensor") -> Tensor:
        return tensor(np.array(self.batch_shape, np.int32))

    def tensor_rank_tensor(self, name: str = "tensor_rank_tensor") -> Tensor:
        return tensor(np.array(self.tensor_rank, np.int32))

    def domain_dimension_tensor(self, name: str = "domain_dimension_tensor") -> Tensor:
        return tensor(np.array(self.shape[-1], np.int32))

    def range_dimension_tensor(self, name: str = "range_dimension_tensor") -> Tensor:
        return tensor(np.array(self.shape[-2], np.int32))

    # -- products and solutions -----------------------------------------------------------------------------------
    @library
    def matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False, name: str = "matmul") -> Any:
        """The operator (or its adjoint) times x: a matrix, or another operator, which gives a composition.

        Raises:
            ValueError: extents that do not fit.
        """
        if isinstance(x, LinearOperator):
            left = self.adjoint() if adjoint else self
            return LinearOperatorComposition([left, x.adjoint() if adjoint_arg else x])
        x = self.argument(x, "matmul")
        self.check_extent(self.shape[-2 if adjoint else -1], x.dims[-1 if adjoint_arg else -2])
        return self._matmul(x, adjoint=adjoint, adjoint_arg=adjoint_arg)

    def __matmul__(self, other: Any) -> Any:
        return self.matmul(other)

    @library
    def matvec(self, x: Any, adjoint: bool = False, name: str = "matvec") -> Any:
        """The operator (or its adjoint) times the vectors in the last axis of x."""
        x = self.argument(x, "matvec", 1)
        self.check_extent(self.shape[-2 if adjoint else -1], x.dims[-1])
        out = self._matmul(expand_axis(x, x.ndim), adjoint=adjoint)
        return reshape(out, out.dims[:-1])

    @library
    def solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False, name: str = "solve") -> Any:
        """x with operator x = rhs (or operatorᴴ x = rhs); for another operator the composition with the inverse.

        Raises:
            NotImplementedError: an operator that is said to be singular or not square.
            ValueError: extents that do not fit.
        """
        self.need_inverse("solve")
        if isinstance(rhs, LinearOperator):
            left = self.adjoint() if adjoint else self
            return LinearOperatorComposition([left.inverse(), rhs.adjoint() if adjoint_arg else rhs])
        rhs = self.argument(rhs, "solve")
        self.check_extent(self.shape[-1], rhs.dims[-1 if adjoint_arg else -2])
        return self._solve(rhs, adjoint=adjoint, adjoint_arg=adjoint_arg)

    @library
    def solvevec(self, rhs: Any, adjoint: bool = False, name: str = "solve") -> Any:
        """x with operator x = rhs for the vectors in the last axis of rhs."""
        self.need_inverse("solvevec")
        rhs = self.argument(rhs, "solvevec", 1)
        self.check_extent(self.shape[-1], rhs.dims[-1])
        out = self._solve(expand_axis(rhs, rhs.ndim), adjoint=adjoint)
        return reshape(out, out.dims[:-1])

    def argument(self, x: Any, op: str, rank: int = 2) -> Any:
        x = to_tensor(x, self.dtype.numpy_dtype)
        if x.dtype != self.dtype:
            raise TypeError(
                f"{op}: the operator has dtype {self.dtype.name}, its argument {x.dtype.name}. Write tf.cast(x, tf.{self.dtype.name})"
            )
        if x.ndim < rank:
            raise ValueError(f"{op}: the argument must have rank {rank} or more, but its shape is {list(x.dims)}")
        return x

    def check_extent(self, ours: Any, theirs: Any) -> None:
        if ours != theirs:
            raise ValueError(f"Dimensions {ours} and {theirs} are not compatible: the operator has shape {list(self.shape)}")

    # -- numbers --------------------------------------------------------------------------------------------------
    def to_dense(self, name: str = "to_dense") -> Any:
        return self._to_dense()

    def diag_part(self, name: str = "diag_part") -> Any:
        return self._diag_part()

    def trace(self, name: str = "trace") -> Any:
        return self._trace()

    def determinant(self, name: str = "det") -> Any:
        self.need_square("determinant")
        return self._determinant()

    def log_abs_determinant(self, name: str = "log_abs_det") -> Any:
        self.need_square("log_abs_determinant")
        return self._log_abs_determinant()

    def eigvals(self, name: str = "eigvals") -> Any:
        if not self.is_self_adjoint:
            raise NotImplementedError(
                "Only self-adjoint matrices are supported: give the hint is_self_adjoint=True, or use tf.linalg.eigvals."
            )
        return self._eigvals()

    def cond(self, name: str = "cond") -> Any:
        self.need_square("cond")
        return self._cond()

    def add_to_tensor(self, x: Any, name: str = "add_to_tensor") -> Any:
        return self._add_to_tensor(to_tensor(x, self.dtype.numpy_dtype))

    # -- other operators --------------------------------------------------------------------------------------------
    def adjoint(self, name: str = "adjoint") -> Any:
        return self if self.is_self_adjoint else self._adjoint()

    H = property(adjoint)

    def inverse(self, name: str = "inverse") -> Any:
        self.need_inverse("inverse")
        return self._inverse()

    def cholesky(self, name: str = "cholesky") -> Any:
        if not self.is_definite:
            raise ValueError("Cannot take the Cholesky decomposition: Not a positive definite self adjoint matrix.")
        return self._cholesky()

    # -- checks -----------------------------------------------------------------------------------------------------
    def need_square(self, op: str) -> None:
        if not self.is_square:
            raise NotImplementedError(f"{op}: the operator is not square: its shape is {list(self.shape)}")

    def need_inverse(self, op: str) -> None:
        if self.is_non_singular is False:
            raise NotImplementedError(f"{op}: the operator is expected to be singular (is_non_singular=False)")
        self.need_square(op)

    def assert_non_singular(self, name: str = "assert_non_singular") -> None:
        if not np.all(np.isfinite(self.cond().numpy())):
            raise InvalidArgumentError(None, None, "Singular matrix up to precision epsilon: the condition number is infinite.")

    def assert_positive_definite(self, name: str = "assert_positive_definite") -> None:
        if np.isnan(cholesky(self.to_dense()).numpy()).any():
            raise InvalidArgumentError(None, None, "Matrix is not positive definite: it has no Cholesky decomposition.")

    def assert_self_adjoint(self, name: str = "assert_self_adjoint") -> None:
        dense = self.to_dense()
        if not np.array_equal(dense.numpy(), adjoint_of(dense).numpy()):
            raise InvalidArgumentError(None, None, "Matrix was not equal to its adjoint.")


def kept(x: Any) -> Any:
    """A variable stays one, so that the operator follows it; anything else becomes a tensor."""
    return x if has_dtype(x) else to_tensor(x)


def need_rank(x: Any, rank: int, name: str) -> Any:
    x = kept(x)
    if len(x.shape) < rank:
        raise ValueError(
            f"Argument `{name}` must have at least {rank} dimension{'s' if rank > 1 else ''}.  Found: shape {list(x.shape)}"
        )
    return x


# -- kinds that the base needs ------------------------------------------------------------------------------------------------
class LinearOperatorLowerTriangular(LinearOperator):
    """A square matrix of which only the lower triangle counts.

    >>> operator = tf.linalg.LinearOperatorLowerTriangular(tf.constant([[2.0, 9.0], [1.0, 1.0]]))
    >>> operator.solvevec(tf.constant([2.0, 3.0])).numpy()
    array([1., 2.], dtype=float32)
    """

    def __init__(
        self, tril: Any, is_non_singular: bool | None = None, is_self_adjoint: bool | None = None,
        is_positive_definite: bool | None = None, is_square: bool | None = None, name: str = "LinearOperatorLowerTriangular",
    ):  # fmt: skip
        if is_square is False:
            raise ValueError("Only square lower triangular operators supported at this time.")
        is_square = True
        self._tril = need_rank(tril, 2, "tril")
        super().__init__(self._tril.dtype, None, is_non_singular, is_self_adjoint, is_positive_definite, is_square, name)

    @property
    def tril(self) -> Any:
        return self._tril

    def _shape(self) -> Any:
        return self._tril.shape

    def _to_dense(self) -> Any:
        return band_part(self._tril, -1, 0)

    def _solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return triangular_solve(self._tril, adjoint_of(rhs) if adjoint_arg else rhs, True, adjoint)

    def _diag_part(self) -> Any:
        return diag_part(self._tril)

    def _determinant(self) -> Any:
        return reduce_prod(self._diag_part(), -1)

    def _log_abs_determinant(self) -> Any:
        return cast(reduce_sum(log(absolute(self._diag_part())), -1), self.dtype)

    def _eigvals(self) -> Any:
        return self._diag_part()


class LinearOperatorAdjoint(LinearOperator):
    """The adjoint of another operator."""

    def __init__(
        self, operator: Any, is_non_singular: bool | None = None, is_self_adjoint: bool | None = None,
        is_positive_definite: bool | None = None, is_square: bool | None = None, name: str | None = None,
    ):  # fmt: skip
        self._operator = operator
        hints = inherited(operator, is_non_singular, is_self_adjoint, is_positive_definite, is_square)
        super().__init__(operator.dtype, name=name, **hints)

    @property
    def operator(self) -> LinearOperator:
        return self._operator

    def _shape(self) -> Any:
        *lead, m, n = self.operator.shape
        return (*lead, n, m)

    def _to_dense(self) -> Any:
        return adjoint_of(self.operator.to_dense())

    def _matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return self.operator.matmul(x, adjoint=not adjoint, adjoint_arg=adjoint_arg)

    def _solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return self.operator.solve(rhs, adjoint=not adjoint, adjoint_arg=adjoint_arg)

    def _determinant(self) -> Any:
        return conj_if_complex(self.operator.determinant())

    def _log_abs_determinant(self) -> Any:
        return self.operator.log_abs_determinant()

    def _adjoint(self) -> Any:
        return self.operator


class LinearOperatorInversion(LinearOperator):
    """The inverse of another operator; it solves where that one multiplies."""

    def __init__(
        self, operator: Any, is_non_singular: bool | None = None, is_self_adjoint: bool | None = None,
        is_positive_definite: bool | None = None, is_square: bool | None = None, name: str | None = None,
    ):  # fmt: skip
        if is_non_singular is False or operator.is_non_singular is False:
            raise ValueError("operator and supplied hints must have `is_non_singular` equal to `True` or `None`.")
        self._operator = operator
        hints = inherited(operator, True, is_self_adjoint, is_positive_definite, is_square)
        super().__init__(operator.dtype, name=name, **hints)

    @property
    def operator(self) -> LinearOperator:
        return self._operator

    def _shape(self) -> Any:
        return self.operator.shape

    def _matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return self.operator.solve(x, adjoint=adjoint, adjoint_arg=adjoint_arg)

    def _solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        return self.operator.matmul(rhs, adjoint=adjoint, adjoint_arg=adjoint_arg)

    def _determinant(self) -> Any:
        return divide(1.0, self.operator.determinant())

    def _log_abs_determinant(self) -> Any:
        return multiply(self.operator.log_abs_determinant(), -1.0)

    def _inverse(self) -> Any:
        return self.operator


HINTS = ("is_non_singular", "is_self_adjoint", "is_positive_definite", "is_square")


def inherited(operator: LinearOperator, *hints: bool | None) -> dict[str, Any]:
    """The operator's own hints where none are given."""
    return {name: getattr(operator, name) if hint is None else hint for name, hint in zip(HINTS, hints, strict=True)}


class LinearOperatorComposition(LinearOperator):
    """The product of operators, applied from the last to the first.

    Raises:
        ValueError: no operators, or extents that do not fit.
        TypeError: operators of different dtypes.

    >>> twice = tf.linalg.LinearOperatorScaledIdentity(2, tf.constant(2.0))
    >>> tf.linalg.LinearOperatorComposition([twice, twice]).to_dense().numpy()
    array([[4., 0.],
           [0., 4.]], dtype=float32)
    """

    def __init__(
        self, operators: Sequence[LinearOperator], is_non_singular: bool | None = None, is_self_adjoint: bool | None = None,
        is_positive_definite: bool | None = None, is_square: bool | None = None, name: str | None = None,
    ):  # fmt: skip
        self._operators = list(operators)
        if not self.operators:
            raise ValueError(f"Expected a non-empty list of operators. Found: {operators}")
        for left, right in zip(self.operators, self.operators[1:], strict=False):
            if left.dtype != right.dtype:
                raise TypeError(f"Expected all operators to have the same dtype.  Found {left.dtype.name} and {right.dtype.name}")
            if left.shape[-1] != right.shape[-2]:
                raise ValueError(
                    f"Operators {list(left.shape)} and {list(right.shape)} cannot be multiplied: their inner extents differ"
                )
        if is_non_singular is None and all(o.is_non_singular for o in self.operators):
            is_non_singular = True
        super().__init__(self.operators[0].dtype, None, is_non_singular, is_self_adjoint, is_positive_definite, is_square, name)

    @property
    def operators(self) -> list[LinearOperator]:
        return self._operators

    def _shape(self) -> Any:
        lead = broadcast_shapes(*(tuple(o.batch_shape) for o in self.operators), op="LinearOperatorComposition")
        return (*lead, self.operators[0].shape[-2], self.operators[-1].shape[-1])

    def _matmul(self, x: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        x = adjoint_of(x) if adjoint_arg else x
        for operator in self.operators if adjoint else reversed(self.operators):
            x = operator.matmul(x, adjoint=adjoint)
        return x

    def _solve(self, rhs: Any, adjoint: bool = False, adjoint_arg: bool = False) -> Any:
        rhs = adjoint_of(rhs) if adjoint_arg else rhs
        for operator in reversed(self.operators) if adjoint else self.operators:
            rhs = operator.solve(rhs, adjoint=adjoint)
        return rhs

    def _to_dense(self) -> Any:
        out = self.operators[-1].to_dense()
        for operator in reversed(self.operators[:-1]):
            out = operator.matmul(out)
        return out

    def _adjoint(self) -> Any:
        return LinearOperatorComposition([o.adjoint() for o in reversed(self.operators)], is_non_singular=self.is_non_singular)

    def _inverse(self) -> Any:
        return LinearOperatorComposition([o.inverse() for o in reversed(self.operators)], is_non_singular=True)
