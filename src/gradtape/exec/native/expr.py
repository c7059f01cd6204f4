"""Tensor expressions: what `lower` makes of the nodes that become loops.

An expression is a value of a shape at an index: `Source` reads a buffer, `Map` applies a scalar operation at the same index,
`View` reads its argument at another index, `Reduce` folds axes away, `Pieces` puts expressions side by side in one buffer.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

import numpy as np

NUMBERS = count()


class Expr:
    __slots__ = ("shape", "dtype", "args", "serial", "cost")
    shape: tuple[int, ...]
    dtype: np.dtype
    args: tuple[Expr, ...]
    cost: float  # what one element costs to compute again, in additions

    def __init__(self, shape: tuple[int, ...], dtype: Any, args: tuple[Expr, ...] = ()):
        self.shape, self.dtype, self.args = tuple(shape), np.dtype(dtype), args
        self.serial = next(NUMBERS)

    @property
    def size(self) -> int:
        n = 1
        for d in self.shape:
            n *= d
        return n


class Source(Expr):
    """A value that lies in memory: `key` is its number in the graph, or that of a constant array."""

    __slots__ = ("key",)

    def __init__(self, shape: tuple[int, ...], dtype: Any, key: Any):
        super().__init__(shape, dtype)
        self.key = key


class Number(Expr):
    """One number, everywhere."""

    __slots__ = ("value",)

    def __init__(self, value: Any, dtype: Any, shape: tuple[int, ...] = ()):
        super().__init__(shape, dtype)
        self.value = value


class Iota(Expr):
    """Its own index along an axis."""

    __slots__ = ("axis",)

    def __init__(self, shape: tuple[int, ...], dtype: Any, axis: int):
        super().__init__(shape, dtype)
        self.axis = axis


class Map(Expr):
    """`op` of the arguments, which have its shape; "checked": the argument, and a note if it is not in [0, limit)."""

    __slots__ = ("op", "limit")

    def __init__(self, op: str, args: tuple[Expr, ...], dtype: Any = None, limit: int = 0):
        super().__init__(args[0].shape, args[0].dtype if dtype is None else dtype, args)
        self.op, self.limit = op, limit


class View(Expr):
    """Its argument at `move(index)`. `plain`: the same elements in the same order (a reshape)."""

    __slots__ = ("move", "plain")

    def __init__(
        self, arg: Expr, shape: tuple[int, ...], move: Callable[[tuple[Any, ...]], tuple[Any, ...]], plain: bool = False
    ):
        super().__init__(shape, arg.dtype, (arg,))
        self.move, self.plain = move, plain


class Take(Expr):
    """`table` at `index`, where `axis` is replaced by the numbers in `rows` (its last argument)."""

    __slots__ = ("axis",)

    def __init__(self, table: Expr, rows: Expr, axis: int):
        k = rows.shape
        super().__init__((*table.shape[:axis], *k, *table.shape[axis + 1 :]), table.dtype, (table, rows))
        self.axis = axis


class Reduce(Expr):
    """Fold the axes with `op` (add, multiply, maximum, minimum, or, and); they are gone from the shape."""

    __slots__ = ("op", "axes")

    def __init__(self, op: str, arg: Expr, axes: tuple[int, ...]):
        super().__init__(tuple(n for i, n in enumerate(arg.shape) if i not in axes), arg.dtype, (arg,))
        self.op, self.axes = op, axes


class Pieces(Expr):
    """One buffer, written by several expressions in this order: args[k] at places[k](index). `apart`: no two write one element."""

    __slots__ = ("places", "apart")

    def __init__(
        self, shape: tuple[int, ...], dtype: Any, args: tuple[Expr, ...], places: tuple[Callable, ...], apart: bool = False
    ):
        super().__init__(shape, dtype, args)
        self.places, self.apart = places, apart


class Scatter(Expr):
    """args[0] with args[1] (rows) added, subtracted or put at the row numbers args[2]; one after the other, where a number comes twice."""

    __slots__ = ("op",)

    def __init__(self, op: str, base: Expr, rows: Expr, numbers: Expr):
        super().__init__(base.shape, base.dtype, (base, rows, numbers))
        self.op = op
