"""Layer 3: bands, diagonals and corners of matrices.  All linear, and each other's adjoints:

band_part is its own, matrix_diag that of matrix_diag_part, and corner cuts where it padded before.

Diagonal k holds the elements (i, i + k). Several diagonals, from lower to upper, are packed as rows of one array, the
uppermost first, as long as the longest; `align` says to which side shorter ones are pushed.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..core.context import library
from ..core.dtypes import as_dtype
from ..core.errors import invalid
from ..core.shapes import Dim, Extent, Spec, product
from ..core.tensor import Tensor, tensor, to_tensor
from ._arguments import extent, extents, static
from ._declare import ANY, primitive, publish
from .basic import broadcast_to, cast, equal, reduce_sum, reshape, select
from .create import counted
from .linalg import need_matrix
from .pieces import expand_axis

ALIGNMENTS = ("LEFT_RIGHT", "RIGHT_LEFT", "LEFT_LEFT", "RIGHT_RIGHT")  # of the diagonals above, then of those below


# -- constants in the dtype of a value, also where extents are unknown ----------------------------------------------
@primitive(differentiable=False, dtypes=ANY)
def filled(x, *, shape, number):
    """One number everywhere, in the dtype of x."""
    return np.full(shape, number, x.dtype)


@filled.shape
def filled_shape(x, *, shape, number):
    return Spec(shape, x.dtype)


@filled.batch
def filled_batch(size, batched, x, *, shape, number):
    return filled(x, (size, *shape), number)


def zeros_of(x: Any, shape: tuple[Any, ...]) -> Any:
    """Zeros in the dtype of x."""
    return filled(x, shape, 0)


# -- bands and corners --------------------------------------------------------------------------------------------
@primitive(linear="all", dtypes=ANY, public=("input",), batch="leading")
def band_part(x, *, num_lower, num_upper):
    """The elements of each matrix at most `num_lower` below and `num_upper` above the diagonal, zeros elsewhere.

    A negative number keeps the whole triangle: `band_part(x, -1, 0)` is the lower triangle.

    Raises:
        InvalidArgumentError: a rank below 2, or more diagonals than there are.
        TypeError: a number of diagonals that is no integer.

    >>> tf.linalg.band_part(tf.constant([[1, 2], [3, 4]]), -1, 0).numpy()
    array([[1, 0],
           [3, 4]], dtype=int32)
    """
    rows, columns = x.shape[-2:]
    return np.where(band_mask(rows, columns, num_lower, num_upper), x, x.dtype.type(0))


def band_mask(rows: int, columns: int, num_lower: int, num_upper: int) -> np.ndarray:
    lower = rows if num_lower < 0 else num_lower
    upper = columns if num_upper < 0 else num_upper
    return np.tri(rows, columns, upper, dtype=bool) & ~np.tri(rows, columns, -lower - 1, dtype=bool)


@band_part.canonical
def band_part_canonical(x, *, num_lower, num_upper):
    need_matrix(x, "MatrixBandPart")
    bounds = {"num_lower": (num_lower, x.shape[-2], "rows"), "num_upper": (num_upper, x.shape[-1], "columns")}
    out = {}
    for name, (value, limit, what) in bounds.items():
        n = out[name] = extent(value, "band_part", name)
        if not isinstance(limit, Dim) and n > limit:
            raise invalid(
                "MatrixBandPart", f"band_part: {name} must be negative or less or equal to number of {what} ({limit}) got: {n}"
            )
    return out


@band_part.shape
def band_part_shape(x, *, num_lower, num_upper):
    return Spec(x.shape, x.dtype)


@band_part.vjp("x")
def band_part_vjp(g, num_lower, num_upper):
    return band_part(g, num_lower, num_upper)


@primitive(linear="all", dtypes=ANY, batch="leading")
def corner(x, *, rows, columns):
    """The top left corner of each matrix with these extents; zeros where it is larger than the matrix."""
    m, n = min(rows, x.shape[-2]), min(columns, x.shape[-1])
    out = np.zeros((*x.shape[:-2], rows, columns), x.dtype)
    out[..., :m, :n] = x[..., :m, :n]
    return out


@corner.shape
def corner_shape(x, *, rows, columns):
    return Spec((*x.shape[:-2], rows, columns), x.dtype)


@corner.vjp("x")
def corner_vjp(g, x_shape):
    return corner(g, x_shape[-2], x_shape[-1])


# -- diagonals ------------------------------------------------------------------------------------------------------
def smaller(m: Extent, n: Extent) -> Extent:
    return m if m == n else min(m, n)


def larger(m: Extent, n: Extent) -> Extent:
    return m if m == n else max(m, n)


def diagonal_length(k: int, rows: Extent, columns: Extent) -> Extent:
    return smaller(rows + min(k, 0), columns - max(k, 0))


def longest_diagonal(k: tuple[int, int], rows: Extent, columns: Extent) -> Extent:
    lower, upper = k
    return smaller(rows + min(upper, 0), columns - max(lower, 0))


def places(k: tuple[int, int], rows: int, columns: int, align: str) -> list[tuple[Any, ...]]:
    """For each diagonal: its row in the packed array, the slice it takes there, its row and column indices in the matrix."""
    above, below = align.split("_")
    longest = longest_diagonal(k, rows, columns)
    out = []
    for d in range(k[1], k[0] - 1, -1):
        length = diagonal_length(d, rows, columns)
        left = (d >= 0 and above == "LEFT") or (d <= 0 and below == "LEFT")
        start = 0 if left else longest - length
        i = np.arange(max(length, 0)) + max(-d, 0)
        out.append((k[1] - d, slice(start, start + max(length, 0)), i, i + d))
    return out


@primitive(linear="all", dtypes=ANY, batch="leading")
def matrix_diag(x, *, k, rows, columns, align="RIGHT_LEFT"):
    """Matrices of zeros with the given diagonals."""
    packed = x[..., None, :] if k[0] == k[1] else x
    out = np.zeros((*packed.shape[:-2], rows, columns), x.dtype)
    for row, span, i, j in places(k, rows, columns, align):
        out[..., i, j] = packed[..., row, span]
    return out


@matrix_diag.shape
def matrix_diag_shape(x, *, k, rows, columns, align):
    return Spec((*x.shape[: -1 if k[0] == k[1] else -2], rows, columns), x.dtype)


@matrix_diag.vjp("x")
def matrix_diag_vjp(g, k, align):
    return matrix_diag_part(g, k, align)


@primitive(linear="all", dtypes=ANY, batch="leading")
def matrix_diag_part(x, *, k=(0, 0), align="RIGHT_LEFT"):
    """The given diagonals of each matrix, packed."""
    rows, columns = x.shape[-2:]
    if k == (0, 0):
        return np.diagonal(x, axis1=-2, axis2=-1)
    packed = np.zeros((*x.shape[:-2], k[1] - k[0] + 1, longest_diagonal(k, rows, columns)), x.dtype)
    for row, span, i, j in places(k, rows, columns, align):
        packed[..., row, span] = x[..., i, j]
    return packed[..., 0, :] if k[0] == k[1] else packed


@matrix_diag_part.shape
def matrix_diag_part_shape(x, *, k, align):
    need_matrix(x, "MatrixDiagPartV3")
    band = () if k[0] == k[1] else (k[1] - k[0] + 1,)
    return Spec((*x.shape[:-2], *band, longest_diagonal(k, *x.shape[-2:])), x.dtype)


@matrix_diag_part.vjp("x")
def matrix_diag_part_vjp(g, x_shape, k, align):
    return matrix_diag(g, k, x_shape[-2], x_shape[-1], align)


@primitive(same=("x", "diagonal"), dtypes=ANY)
def matrix_set_diag(x, diagonal, *, k=(0, 0), align="RIGHT_LEFT"):
    """Matrices whose given diagonals are replaced."""
    packed = diagonal[..., None, :] if k[0] == k[1] else diagonal
    out = x.copy()
    for row, span, i, j in places(k, x.shape[-2], x.shape[-1], align):
        out[..., i, j] = packed[..., row, span]
    return out


@matrix_set_diag.shape
def matrix_set_diag_shape(x, diagonal, *, k, align):
    return Spec(x.shape, x.dtype)


@matrix_set_diag.vjp("x")
def matrix_set_diag_vjp_x(g, diagonal_shape, k, align):
    return matrix_set_diag(g, zeros_of(g, diagonal_shape), k, align)


@matrix_set_diag.vjp("diagonal")
def matrix_set_diag_vjp_diagonal(g, k, align):
    return matrix_diag_part(g, k, align)


@matrix_set_diag.jvp
def matrix_set_diag_jvp(y, ts, x, diagonal, *, k, align):
    tx, td = ts
    tx = zeros_of(y, y.dims) if tx is None else tx
    td = zeros_of(y, diagonal.dims) if td is None else td
    return matrix_set_diag(tx, td, k, align)


@matrix_set_diag.batch
def matrix_set_diag_batch(size, batched, *args, k, align):
    x, diagonal = (a if is_batched else broadcast_to(a, (size, *a.dims)) for a, is_batched in zip(args, batched, strict=True))
    return matrix_set_diag(x, diagonal, k, align)


publish(globals())


# -- in terms of the above: TensorFlow's functions --------------------------------------------------------------------
def diagonal_range(k: Any, op: str) -> tuple[int, int]:
    """k as (lowest, highest)."""
    bounds = extents(k, op, "k")
    if len(bounds) not in (1, 2):
        raise invalid(
            op, f"{op}: diag_index must have only one or two elements, received {len(bounds)} elements: k={list(bounds)}"
        )
    lower, upper = bounds[0], bounds[-1]
    if lower > upper:
        raise invalid(
            op, f"{op}: lower_diag_index must not be larger than upper_diag_index: {lower} > {upper} (k={list(bounds)})"
        )
    return lower, upper


def check_alignment(align: str, op: str) -> str:
    if align not in ALIGNMENTS:
        raise invalid(
            op, f"{op}: Value for attr 'align' of {align!r} is not in the list of allowed values: {', '.join(ALIGNMENTS)}"
        )
    return align


def check_bounds(k: tuple[int, int], dims: tuple[Any, ...], op: str) -> None:
    rows, columns = dims[-2:]
    for name, d in (("lower_diag_index", k[0]), ("upper_diag_index", k[1])):
        if d and not (isinstance(rows, Dim) or isinstance(columns, Dim)) and not -rows < d < columns:
            raise invalid(op, f"{op}: {name} is out of bound: {d}. It must be between {-rows} and {columns}")


def is_zero(padding_value: Any) -> bool:
    return isinstance(padding_value, (int, float)) and padding_value == 0


@library
def diag(
    diagonal: Any, name: str | None = "diag", k: Any = 0, num_rows: Any = -1, num_cols: Any = -1, padding_value: Any = 0,
    align: str = "RIGHT_LEFT",
) -> Tensor:  # fmt: skip
    """Matrices with the given diagonals (the last axis; with k=(lower, upper) the last two), `padding_value` elsewhere.

    Raises:
        InvalidArgumentError: rank 0, extents that do not fit k, or an unknown alignment.

    >>> tf.linalg.diag(tf.constant([1, 2])).numpy()
    array([[1, 0],
           [0, 2]], dtype=int32)
    >>> tf.linalg.diag(tf.constant([1, 2]), k=1).numpy()
    array([[0, 1, 0],
           [0, 0, 2],
           [0, 0, 0]], dtype=int32)
    """
    op = "MatrixDiagV3"
    x, span, align = to_tensor(diagonal), diagonal_range(k, op), check_alignment(align, op)
    if x.ndim < (1 if span[0] == span[1] else 2):
        raise invalid(op, f"{op}: diagonal must be at least {1 if span[0] == span[1] else 2}-dim, received shape: {list(x.dims)}")
    if span[0] != span[1] and x.dims[-2] != span[1] - span[0] + 1:
        raise invalid(
            op,
            f"{op}: The number of diagonals provided in the input does not match the lower_diag_index and upper_diag_index "
            f"range: {x.dims[-2]} rows of shape {list(x.dims)} for k={list(span)}",
        )
    rows, columns = diag_extents(x.dims[-1], span, extent(num_rows, op, "num_rows"), extent(num_cols, op, "num_cols"))
    y = matrix_diag(x, span, rows, columns, align)
    if is_zero(padding_value):
        return y
    mask = band_of(span, rows, columns)
    return select(tensor(mask), y, to_tensor(padding_value, x.dtype.numpy_dtype))


def band_of(k: tuple[int, int], rows: int, columns: int) -> np.ndarray:
    """True on the diagonals of a range."""
    return np.tri(rows, columns, k[1], dtype=bool) & ~np.tri(rows, columns, k[0] - 1, dtype=bool)


def diag_extents(length: Extent, k: tuple[int, int], rows: Extent, columns: Extent) -> tuple[Extent, Extent]:
    """The extents of the matrix that has these diagonals; -1 is as small as possible, both -1 square."""
    least_rows, least_columns = length - min(k[1], 0), length + max(k[0], 0)
    if is_unset(rows) and is_unset(columns):
        size = larger(least_rows, least_columns) if k[0] != k[1] else length + abs(k[0])
        return size, size
    rows = least_rows if is_unset(rows) else rows
    columns = least_columns if is_unset(columns) else columns
    for n, least, what in ((rows, least_rows, "rows"), (columns, least_columns, "columns")):
        if n < least:
            raise invalid(
                "MatrixDiagV3", f"MatrixDiagV3: The number of {what} is too small: {n}, and the diagonals need {least}."
            )
    if rows != least_rows and columns != least_columns:
        raise invalid(
            "MatrixDiagV3",
            "MatrixDiagV3: The number of rows or columns is not consistent with the specified d_lower, d_upper, and "
            f"diagonal: {rows} x {columns}, where {least_rows} rows or {least_columns} columns were expected.",
        )
    return rows, columns


def is_unset(n: Extent) -> bool:
    return not isinstance(n, Dim) and n == -1


@library
def diag_part(
    input: Any, name: str | None = "diag_part", k: Any = 0, padding_value: Any = 0, align: str = "RIGHT_LEFT"
) -> Tensor:  # fmt: skip
    """The diagonals k (a number, or (lower, upper)) of the matrices in the last two axes; short ones are padded.

    Raises:
        InvalidArgumentError: a rank below 2, diagonals that the matrix does not have, or an unknown alignment.

    >>> tf.linalg.diag_part(tf.constant([[1, 2], [3, 4]])).numpy()
    array([1, 4], dtype=int32)
    """
    op = "MatrixDiagPartV3"
    x, span, align = to_tensor(input), diagonal_range(k, op), check_alignment(align, op)
    if x.ndim < 2:
        raise invalid(op, f"{op}: input must be at least 2-dim, received shape: {list(x.dims)}")
    check_bounds(span, x.dims, op)
    y = matrix_diag_part(x, span, align)
    if is_zero(padding_value) or span[0] == span[1]:
        return y
    mask = np.zeros((span[1] - span[0] + 1, y.dims[-1]), bool)
    for row, taken, _, _ in places(span, x.dims[-2], x.dims[-1], align):
        mask[row, taken] = True
    return select(tensor(mask), y, to_tensor(padding_value, x.dtype.numpy_dtype))


@library
def set_diag(input: Any, diagonal: Any, name: str | None = "set_diag", k: Any = 0, align: str = "RIGHT_LEFT") -> Tensor:
    """The matrices in the last two axes of `input` with the diagonals k replaced.

    Raises:
        InvalidArgumentError: a rank below 2, a diagonal of another extent, or an unknown alignment.

    >>> tf.linalg.set_diag(tf.constant([[1, 2], [3, 4]]), tf.constant([8, 9])).numpy()
    array([[8, 2],
           [3, 9]], dtype=int32)
    """
    op = "MatrixSetDiagV3"
    x, span, align = to_tensor(input), diagonal_range(k, op), check_alignment(align, op)
    d = to_tensor(diagonal, x.dtype.numpy_dtype if not isinstance(diagonal, Tensor) else None)
    if x.ndim < 2:
        raise invalid(op, f"{op}: input must be at least 2-dim, received shape: {list(x.dims)}")
    check_bounds(span, x.dims, op)
    band = () if span[0] == span[1] else (span[1] - span[0] + 1,)
    wanted = (*x.dims[:-2], *band, longest_diagonal(span, *x.dims[-2:]))
    if len(d.dims) != len(wanted) or not all(m == n for m, n in zip(d.dims, wanted, strict=True)):
        raise invalid(
            op,
            f"{op}: Either first dimensions of diagonal don't match input.shape[:-2], or diagonal.shape[:-1] is not equal to "
            f"the longests diagonal in range [lower_diag_index:upper_diag_index]. Input shape: {list(x.dims)}, diagonal "
            f"shape: {list(d.dims)}, and {list(wanted)} fits k={list(span)}",
        )
    return matrix_set_diag(x, d, span, align)


@library
def tensor_diag(diagonal: Any, name: str | None = None) -> Tensor:
    """A tensor of twice the rank: y[i..., i...] = x[i...], zeros elsewhere.

    Raises:
        InvalidArgumentError: a scalar.

    >>> tf.linalg.tensor_diag(tf.constant([1, 2])).numpy()
    array([[1, 0],
           [0, 2]], dtype=int32)
    """
    x = to_tensor(diagonal)
    if not x.ndim:
        raise invalid("Diag", "tensor_diag: Input must be at least rank 1, got 0")
    n = product(x.dims)
    return reshape(matrix_diag(reshape(x, (n,)), (0, 0), n, n), (*x.dims, *x.dims))


@library
def tensor_diag_part(input: Any, name: str | None = None) -> Tensor:
    """The elements x[i..., i...] of a tensor whose shape is some shape twice.

    Raises:
        InvalidArgumentError: an odd rank, rank 0, or two halves of the shape that differ.

    >>> tf.linalg.tensor_diag_part(tf.constant([[1, 2], [3, 4]])).numpy()
    array([1, 4], dtype=int32)
    """
    x = to_tensor(input)
    half = x.ndim // 2
    if not x.ndim or x.ndim % 2:
        raise invalid(
            "DiagPart", f"tensor_diag_part: The rank of the tensor should be even and positive, got shape {list(x.dims)}"
        )
    for i in range(half):
        if not x.dims[i] == x.dims[half + i]:
            raise invalid(
                "DiagPart", f"tensor_diag_part: Invalid shape {list(x.dims)}: dimensions {i} and {half + i} do not match."
            )
    n = product(x.dims[:half])
    return reshape(matrix_diag_part(reshape(x, (n, n))), x.dims[:half])


@library
def trace(x: Any, name: str | None = None) -> Tensor:
    """The sum of the main diagonal of each matrix.

    Raises:
        InvalidArgumentError: a rank below 2.

    >>> tf.linalg.trace(tf.constant([[1.0, 2.0], [3.0, 4.0]])).numpy()
    np.float32(5.0)
    """
    return reduce_sum(diag_part(x), axis=-1)


@library
def eye(
    num_rows: Any, num_columns: Any = None, batch_shape: Any = None, dtype: Any = "float32", name: str | None = None
) -> Tensor:
    """Identity matrices: ones on the main diagonal, zeros elsewhere.

    Raises:
        TypeError: extents that are no integers.
        InvalidArgumentError: a negative extent.

    >>> tf.eye(2).numpy()
    array([[1., 0.],
           [0., 1.]], dtype=float32)
    """
    rows = whole_number(num_rows, num_rows, num_columns)
    columns = rows if num_columns is None else whole_number(num_columns, num_rows, num_columns)
    lead = () if batch_shape is None else extents(batch_shape, "eye", "batch_shape")
    for n in (*lead, rows, columns):
        if n < 0:
            raise invalid("Fill", f"eye: Dimension {n} must be >= 0 (in {[*lead, rows, columns]})")
    if any(isinstance(n, Dim) for n in (*lead, rows, columns)):
        down, across = (counted(tensor(np.zeros((), "i4")), length=n) for n in (rows, columns))
        return broadcast_to(cast(equal(expand_axis(down, 1), across), as_dtype(dtype)), (*lead, rows, columns))
    one = np.eye(rows, columns, dtype=as_dtype(dtype).numpy_dtype)
    return tensor(np.broadcast_to(one, (*lead, rows, columns)) if lead else one)


def whole_number(n: Any, num_rows: Any, num_columns: Any) -> Any:
    n = static(n)
    if isinstance(n, Dim):
        return n
    if isinstance(n, bool) or not isinstance(n, (int, np.integer)):
        raise TypeError(
            "Arguments `num_rows` and `num_columns` must be positive integer values. Received: "
            f"num_rows={num_rows}, num_columns={num_columns}"
        )
    return int(n)


__all__ = ["band_part", "corner", "diag", "diag_part", "eye", "filled", "matrix_diag", "matrix_diag_part", "matrix_set_diag", "set_diag", "smaller",
           "tensor_diag", "tensor_diag_part", "trace", "zeros_of"]  # fmt: skip
