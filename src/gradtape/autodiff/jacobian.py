"""Jacobians: the backward sweep, once, on a batch of unit cotangents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..batching import Batch
from ..core.context import enter, leave, levels, library
from ..core.indexed_slices import IndexedSlices
from ..core.structures import flatten
from ..core.tensor import Tensor, tensor
from ..ops.basic import fill_like, permute, reshape
from ..ops.pieces import concatenate
from .diagonal import first_rows
from .hooks import add_hook as add_hook
from .saved import packing as packing
from .sources import checked, flat_sources, plain
from .tape import GradientTape
from .unconnected import UnconnectedGradients, report_unconnected

CHUNK = 1 << 24  # elements of one batch of cotangents: more rows than this are swept in several passes


@library
def jacobian(
    self: GradientTape,
    target: Any,
    sources: Any,
    unconnected_gradients: Any = UnconnectedGradients.NONE,
    parallel_iterations: int | None = None,
    experimental_use_pfor: bool = True,
) -> Any:
    """The derivative of every element of `target` with respect to every element of each source.

    Each result has shape `target.shape + source.shape`. All rows are computed in one backward sweep over a batch of unit
    cotangents; `parallel_iterations` bounds how many at a time.

    Raises:
        RuntimeError: a second call on a tape that is not persistent.

    >>> x = tf.constant([1.0, 2.0])
    >>> with tf.GradientTape() as tape:
    ...     tape.watch(x)
    ...     y = x * x
    >>> tape.jacobian(y, x).numpy()
    array([[2., 0.],
           [0., 4.]], dtype=float32)
    """
    flat, pack = flat_sources(sources)
    zero = UnconnectedGradients(unconnected_gradients) is UnconnectedGradients.ZERO
    targets, treedef = flatten(target)
    targets = [dense_target(checked(t, "target", "GradientTape.jacobian"), "jacobian") for t in targets]
    self.spend()
    chunk = 1 if not experimental_use_pfor else parallel_iterations
    tables = [rows_of(self, t, flat, zero, chunk) for t in targets]
    if any([row is None for table in tables for row in table]):
        report_unconnected(
            self, target, flat, [None if any([r is None for r in column]) else column for column in zip(*tables, strict=True)]
        )
    return treedef.unflatten([pack(table) for table in tables])


def dense_target(x: Any, method: str) -> Any:
    if isinstance(x, IndexedSlices):
        raise ValueError(
            f"GradientTape.{method}: target must be a tf.Tensor, got IndexedSlices; write tf.convert_to_tensor(target) under the tape."
        )
    return x


def rows_of(tape: GradientTape, target: Any, sources: list[Any], zero: bool, chunk: int | None) -> list[Any]:
    """The Jacobian of one target with respect to each source."""
    size = int(np.prod(target.dims))
    step = chunk or max(1, CHUNK // max(size, 1))
    if 0 < size <= step and is_plain(tape, target):
        seeds = tape.unheard(first_rows, tape, target, {i for s in sources for i in tape.readings(s)})
        parts = [pulled(tape, seeds, sources, size)]
    else:
        units = np.eye(size, dtype=target.dtype.numpy_dtype)
        parts = [unit_rows(tape, target, sources, units[k : k + step]) for k in range(0, max(size, 1), step)]
    out = []
    for source, *rows in zip(sources, *parts, strict=True):
        source = plain(source)
        shape = (*target.dims, *source.dims)
        if rows[0] is None:
            out.append(tensor(np.zeros(shape, source.dtype.numpy_dtype)) if zero else None)
        else:
            out.append(reshape(rows[0] if len(rows) == 1 else concatenate(*rows, axis=0), shape))
    return out


def is_plain(tape: GradientTape, target: Any) -> bool:
    """Does nothing look at the cotangents on their way, and does the target stand for itself alone?"""
    return type(target) is Tensor and not tape.hooks and tape.packer is None and not any([level.guards for level in levels()])


def unit_rows(tape: GradientTape, target: Any, sources: list[Any], units: np.ndarray) -> list[Any]:
    """The rows that belong to these unit cotangents."""
    return pulled(tape, [(target, tensor(units.reshape(len(units), *target.dims)))], sources, len(units))


def pulled(tape: GradientTape, seeds: Sequence[tuple[Any, Any]], sources: list[Any], size: int) -> list[Any]:
    """`size` rows at once, from the stacked cotangents of some values."""
    level = Batch(size)
    enter(level)
    try:
        rows = tape.gradients([(target, level.wrap(stacked)) for target, stacked in seeds], sources)
        rows = [r.dense() if type(r) is IndexedSlices else r for r in rows]
    finally:
        leave(level)
    return [r if r is None else level.unwrap(r) for r in rows]


@library
def batch_jacobian(
    self: GradientTape,
    target: Any,
    source: Any,
    unconnected_gradients: Any = UnconnectedGradients.NONE,
    parallel_iterations: int | None = None,
    experimental_use_pfor: bool = True,
) -> Any:
    """The Jacobian of each row of `target` with respect to the same row of `source`.

    Row i of `target` must depend on row i of `source` alone. The result has shape `(batch, *target row, *source row)`.

    Raises:
        ValueError: ranks below 2, or unequal batch sizes.

    >>> x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
    >>> with tf.GradientTape() as tape:
    ...     tape.watch(x)
    ...     y = x * x
    >>> tape.batch_jacobian(y, x).numpy()
    array([[[2., 0.],
            [0., 4.]],
    <BLANKLINE>
           [[6., 0.],
            [0., 8.]]], dtype=float32)
    """
    target, source = (checked(v, n, "GradientTape.batch_jacobian") for v, n in ((target, "target"), (source, "source")))
    for what in (target, source):
        if what.ndim < 2:
            raise ValueError(f"Shape {tuple(what.dims)} must have rank at least 2")
    if not target.dims[0] == source.dims[0]:
        raise ValueError(f"Need first dimension of target shape ({target.dims}) and source shape ({source.dims}) to match.")
    zero = UnconnectedGradients(unconnected_gradients) is UnconnectedGradients.ZERO
    self.spend()
    shape = (target.dims[0], *target.dims[1:], *source.dims[1:])
    columns = row_columns(self, target, source, 1 if not experimental_use_pfor else parallel_iterations)
    if columns is None:
        if not zero:
            report_unconnected(self, target, [source], [None])
        return tensor(np.zeros(shape, source.dtype.numpy_dtype)) if zero else None
    return reshape(columns, shape)


def row_columns(tape: GradientTape, target: Any, source: Any, chunk: int | None) -> Any:
    """One unit cotangent for each element of a row, the same in every row of the batch."""
    batch, *row = target.dims
    size = int(np.prod(row))
    units = np.eye(size, dtype=target.dtype.numpy_dtype).reshape(size, 1, *row)
    step = chunk or max(1, CHUNK // max(size * batch, 1))
    parts = []
    for k in range(0, size, step):
        some = np.broadcast_to(units[k : k + step], (len(units[k : k + step]), batch, *row))
        (found,) = unit_rows(tape, target, [source], np.ascontiguousarray(some))
        if found is None:
            return None
        parts.append(found)
    if not parts:
        return fill_like(source, 0)
    rows = parts[0] if len(parts) == 1 else concatenate(*parts, axis=0)
    return permute(rows, (1, 0, *range(2, rows.ndim)))


GradientTape.jacobian = jacobian  # type: ignore[attr-defined]
GradientTape.batch_jacobian = batch_jacobian  # type: ignore[attr-defined]
