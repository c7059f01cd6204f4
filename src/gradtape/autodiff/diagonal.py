"""Where a Jacobian begins: as long as operations are elementwise, every row has one element, so all rows fit into one array.

That array is the diagonal of the matrix that the batched sweep would carry. It goes back through elementwise operations and
reshapes at the cost of a plain gradient. A product of matrices ends it: its rows follow without a product.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ..core.primitive import REGISTRY, Primitive
from ..core.record import recalled
from ..core.tensor import Tensor, tensor
from ..ops.activations import relu as relu  # registers it
from ..ops.basic import fill_like, multiply, permute, reshape, zmul
from ..ops.linalg import matmul

PRODUCT = matmul.primitive  # type: ignore[attr-defined]
SIMPLE = frozenset((PRODUCT, *(REGISTRY[name] for name in ("identity", "reshape", "relu"))))  # no elementwise declarations
FLIPS = ("transpose_a", "transpose_b", "adjoint_a", "adjoint_b")


class Front:
    """How far the diagonals have come."""

    __slots__ = ("diagonals", "rows", "tracked", "wanted")

    def __init__(self, target: Tensor, tracked: set[int], wanted: set[int]):
        self.diagonals: dict[int, Any] = {target.id: fill_like(target, 1)} if target.id in tracked else {}
        self.rows: dict[int, Any] = {}  # what a product gave: one row for each element of the target
        self.tracked, self.wanted = tracked, wanted

    def touches(self, ids: Any) -> bool:
        return any([i in self.diagonals or i in self.rows for i in ids])

    def passes(self, primitive: Any, record: list[Any]) -> bool:
        """Go back through one operation, if the rows stay simple."""
        out_id = record[-4]
        if out_id in self.rows or out_id in self.wanted or (primitive not in SIMPLE and not is_elementwise(primitive)):
            return False
        known, ids = recalled(primitive, record), record[len(primitive.saved) : -4]
        if primitive is PRODUCT:
            return self.passes_product(known, ids, out_id)
        if not self.keeps_shape(primitive, known, ids, self.diagonals[out_id].dims):
            return False
        primitive.back(self.diagonals, self.tracked, self.diagonals.pop(out_id), record)
        return True

    def keeps_shape(self, primitive: Any, known: dict[str, Any], ids: list[int], dims: tuple[int, ...]) -> bool:
        """Do the inputs that count have the shape of the result?  (A reshape's has its order of elements.)"""
        shapes = [shape_of(known, arg) for arg, i in zip(primitive.args, ids, strict=True) if i in self.tracked]
        return len(ids) == 1 or all([shape == dims for shape in shapes])

    def passes_product(self, known: dict[str, Any], ids: list[int], out_id: int) -> bool:
        a, b, d = known["a"], known["b"], self.diagonals[out_id]
        if a.ndim != 2 or b.ndim != 2 or d.kind != "f" or ids[0] == ids[1] or any([known[flip] for flip in FLIPS]):
            return False
        if not self.rows.keys().isdisjoint(ids) or not self.diagonals.keys().isdisjoint(ids):
            return False
        del self.diagonals[out_id]
        if ids[0] in self.tracked:
            self.rows[ids[0]] = rows_of_left(d, b)
        if ids[1] in self.tracked:
            self.rows[ids[1]] = rows_of_right(d, a)
        return True

    def seeds(self) -> list[tuple[Tensor, Tensor]]:
        """(a value on the tape, its cotangents, stacked), for the batched sweep to go on with."""
        pairs = [*self.rows.items(), *((i, spread(d)) for i, d in self.diagonals.items())]
        return [(stand_in(i, rows), rows) for i, rows in pairs]


def first_rows(tape: Any, target: Tensor, wanted: set[int]) -> list[tuple[Tensor, Tensor]]:
    """The sweep of a Jacobian as far as it needs no batch."""
    front = Front(target, tape.relevant(wanted), wanted)
    for primitive, record in last_first(tape.records):
        if not front.diagonals:
            break
        out_id = record[-4]
        if front.touches((out_id,) if type(out_id) is int else out_id) and not front.passes(primitive, record):
            break
    return front.seeds()


def last_first(records: list[Any]) -> Iterator[tuple[Any, list[Any]]]:
    end = len(records)
    while end:
        primitive = records[end - 1]
        yield primitive, records[end - primitive.size : end]
        end -= primitive.size


def is_elementwise(primitive: Any) -> bool:
    return isinstance(primitive, Primitive) and primitive.elementwise


def shape_of(known: dict[str, Any], arg: str) -> Any:
    return getattr(known[arg], "dims", None) if arg in known else known.get(f"{arg}_shape")


def stand_in(identity: int, rows: Tensor) -> Tensor:
    """What the tape knows under this identity; only its shape is ever asked for."""
    out = Tensor()
    out.value, out.id = np.empty(rows.dims[1:], rows.dtype.numpy_dtype), identity
    return out


def unit(n: int, like: Tensor, shape: tuple[int, ...]) -> Tensor:
    return tensor(np.eye(n, dtype=like.dtype.numpy_dtype).reshape(shape))


def spread(d: Any) -> Any:
    """The rows of a diagonal."""
    n = int(np.prod(d.dims))
    return zmul(unit(n, d, (n, *d.dims)), d)


def rows_of_left(d: Any, b: Any) -> Any:
    """Of a @ b with respect to a: element (i, j) depends on row i of a, by column j of b."""
    rows, columns, inner = d.dims[0], d.dims[1], b.dims[0]
    scaled = multiply(reshape(d, (rows, columns, 1)), permute(b, (1, 0)))
    if rows > 1:
        scaled = zmul(unit(rows, d, (rows, 1, rows, 1)), reshape(scaled, (rows, columns, 1, inner)))
    return reshape(scaled, (rows * columns, rows, inner))


def rows_of_right(d: Any, a: Any) -> Any:
    """Of a @ b with respect to b: element (i, j) depends on column j of b, by row i of a."""
    (rows, columns), inner = d.dims, a.dims[1]
    scaled = multiply(reshape(d, (rows, columns, 1, 1)), reshape(a, (rows, 1, inner, 1)))
    return reshape(zmul(unit(columns, d, (1, columns, 1, columns)), scaled), (rows * columns, inner, columns))
