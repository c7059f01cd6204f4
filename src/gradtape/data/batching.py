"""Steps that make one element of several, and several of one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import Any

import numpy as np

from ..core.composite import CompositeTensor
from ..core.errors import DataLossError, MismatchError
from ..core.shapes import TensorShape
from ..core.tensor_spec import TensorSpec
from .node import INFINITE, UNKNOWN, Node, Order, Step, array_spec, row_count, stack
from .structure import Row, Structure, as_component, is_composite


class Grouped(Step):
    """Base of the steps that put `size` rows into one."""

    def __init__(self, source: Node, size: int, drop: bool):
        super().__init__(source)
        self.size, self.drop = size, drop

    def groups(self) -> Iterator[list[Row]]:
        """Lists of `size` rows; an error inside costs one group, and the next call goes on."""
        rows = self.source.rows()
        return iter(partial(next_group, rows, self.size, self.drop), [])

    @property
    def cardinality(self) -> int:
        n = self.source.cardinality
        return n if n < 0 else n // self.size if self.drop else -(-n // self.size)

    @property
    def extent(self) -> int | None:
        """The first dimension, where it is the same for all."""
        return self.size if self.drop else None


def next_group(rows: Iterator[Any], size: int, drop: bool) -> list[Any]:
    group = list(islice(rows, size))
    return [] if drop and len(group) < size else group


class Batched(Grouped):
    """batch."""

    def rows(self) -> Iterator[Row]:
        order = self.source.order()
        return map(stack, self.groups()) if order is None else self.gathered(order)

    def gathered(self, order: Order) -> Iterator[Row]:
        groups = iter(partial(next_group, order.indices, self.size, self.drop), [])
        return map(order.base.gather, map(np.array, groups))

    @property
    def specs(self) -> tuple[Any, ...]:
        return tuple([batch_spec(spec, self.extent) for spec in self.source.specs])


def batch_spec(spec: Any, extent: int | None) -> Any:
    if is_composite(spec):
        return spec.batched(extent)
    if not isinstance(spec, TensorSpec):
        raise TypeError(f"Dataset.batch: elements hold a {type(spec).__name__}, which cannot be batched; flat_map it first.")
    return array_spec(TensorShape([extent]).concatenate(spec.shape), spec.dtype)


# -- padding --------------------------------------------------------------------------------------------------------
class Padded(Grouped):
    """padded_batch: `shapes` and `values` are one a component; None in a shape stands for the longest of the batch."""

    def __init__(self, source: Node, size: int, drop: bool, shapes: Any, values: Any):
        super().__init__(source, size, drop)
        self.given = shapes, values

    def rows(self) -> Iterator[Row]:
        return map(self.padded, self.groups())

    def padded(self, rows: list[Row]) -> Row:
        shapes, values = self.shapes(len(rows[0])), self.values(len(rows[0]))
        columns = list(zip(*rows, strict=True))
        return tuple([pad_column(k, *each) for k, each in enumerate(zip(columns, shapes, values, strict=True))])

    def shapes(self, count: int) -> list[Any]:
        """One shape a component: a tuple that may hold None, or None for what the elements' own rank says."""
        if self.given[0] is None:
            return [None] * count
        return matched(self.given[0], self.source.structure, count, as_shape, "padded_shapes")

    def values(self, count: int) -> list[Any]:
        if self.given[1] is None:
            return [None] * count
        return matched(self.given[1], self.source.structure, count, scalar_or_none, "padding_values")

    @property
    def specs(self) -> tuple[Any, ...]:
        inner = self.source.specs
        out = []
        for spec, shape in zip(inner, self.shapes(len(inner)), strict=True):
            if shape is None and spec.shape.rank is None:
                raise ValueError(
                    f"You must provide `padded_shapes` because component has unknown rank: {spec}. Dataset.padded_batch cannot "
                    "tell how many dimensions to pad."
                )
            dims = [None] * spec.shape.rank if shape is None else shape
            if shape is None:
                dims = list(spec.shape)
            out.append(array_spec([self.extent, *dims], spec.dtype))
        return tuple(out)


def matched(given: Any, structure: Structure, count: int, convert: Callable, name: str) -> list[Any]:
    """One value a component: given in the elements' structure, or one for all."""
    if name == "padding_values" and not isinstance(given, (tuple, dict)):
        return [convert(given)] * count
    values = flat_along(given, structure)
    if len(values) != count:
        raise ValueError(f"Dataset.padded_batch: {name} has {len(values)} entries, the elements have {count} components.")
    return [convert(v) for v in values]


def flat_along(given: Any, structure: Structure) -> list[Any]:
    """The parts of a nested value where the structure has its components; what stands there is left as it is."""
    kind, keys, children = structure
    if kind is None:
        return [given]
    if kind is type(None):
        return []
    if isinstance(given, dict):
        by_key = dict(zip(keys, children, strict=True))
        return [x for key in sorted(by_key) for x in flat_along(given[key], by_key[key])]
    if not isinstance(given, (tuple, list)) or len(given) != len(children):
        raise ValueError(f"Dataset.padded_batch: {given!r:.80} does not have the structure of the elements.")
    return [x for part, child in zip(given, children, strict=True) for x in flat_along(part, child)]


def as_shape(given: Any) -> tuple[Any, ...]:
    if isinstance(given, (TensorShape, list, tuple)):
        return tuple([None if d is None or int(d) < 0 else int(d) for d in given])
    dims = as_component(given)
    return tuple([None if d < 0 else int(d) for d in dims.reshape(-1).tolist()])


def scalar_or_none(given: Any) -> Any:
    return None if given is None else as_component(given)


def pad_column(k: int, column: tuple[Any, ...], shape: Any, value: Any) -> np.ndarray:
    first = column[0]
    if isinstance(first, CompositeTensor):
        raise TypeError(
            f"Dataset.padded_batch: component {k} is a {type(first).__name__}; batch puts it together without padding, and "
            "to_tensor or tf.sparse.to_dense makes it dense."
        )
    dims = [None] * first.ndim if shape is None else shape
    for array in column:
        if array.ndim != len(dims):
            raise MismatchError(
                None,
                None,
                f"All elements in a batch must have the same rank as the padded shape for component{k}: expected rank "
                f"{len(dims)} but got element with rank {array.ndim}",
            )
    longest = [max(sizes) for sizes in zip(*[a.shape for a in column], strict=True)]
    for axis, (want, need) in enumerate(zip(dims, longest, strict=True)):
        if want is not None and need > want:
            raise DataLossError(
                None,
                None,
                f"Attempted to pad to a smaller size than the input element: component {k} has {need} along axis {axis}, "
                f"the padded shape {want}.",
            )
    full = [need if want is None else want for want, need in zip(dims, longest, strict=True)]
    out = np.full((len(column), *full), padding(value, first.dtype, k), first.dtype)
    for i, array in enumerate(column):
        out[(i, *map(slice, array.shape))] = array if array.ndim else array[()]
    return out


def padding(value: Any, dtype: np.dtype, k: int) -> Any:
    if value is None:
        return b"" if dtype.kind == "O" else dtype.type(0)
    if value.ndim:
        raise ValueError(f"Dataset.padded_batch: the padding value of component {k} must be a scalar, got {value!r:.80}")
    kinds: dict[str, str] = {"f": "fV", "i": "iufV", "b": "b", "O": "O"}
    if value.dtype != dtype and dtype.kind not in kinds.get(value.dtype.kind, ""):
        raise TypeError(f"Dataset.padded_batch: the padding value {value!r} does not fit component {k} of dtype {dtype}")
    return value[()]


# -- apart again -----------------------------------------------------------------------------------------------------
class Unbatched(Step):
    """unbatch: the slices of every element along its first axis."""

    def rows(self) -> Iterator[Row]:
        for row in self.source.rows():
            yield from slices(row)

    @property
    def specs(self) -> tuple[Any, ...]:
        for spec in self.source.specs:
            if spec.shape.rank == 0:
                raise ValueError(f"Cannot unbatch an input with scalar components: {spec}.")
        return tuple([unbatched_spec(spec) for spec in self.source.specs])

    @property
    def cardinality(self) -> int:
        n = self.source.cardinality
        if n in (INFINITE, UNKNOWN):
            return n
        extents = {spec.shape[0] for spec in self.source.specs if spec.shape.rank} - {None}
        return n * extents.pop() if extents else UNKNOWN


def unbatched_spec(spec: Any) -> Any:
    if not isinstance(spec, TensorSpec):
        return spec.unbatched()
    return array_spec(spec.shape[1:] if spec.shape.rank else spec.shape, spec.dtype)


def slices(row: Row) -> Iterator[Row]:
    lengths = {row_count(x) if x.ndim else -1 for x in row}
    if lengths == {-1} or len(lengths) > 1:
        shapes = [x.shape for x in row]
        raise MismatchError(None, None, f"unbatch: the components must have one first dimension, got the shapes {shapes}")
    for i in range(lengths.pop() if lengths else 0):
        yield tuple([x.row_at(i) if isinstance(x, CompositeTensor) else x[i, ...] for x in row])


class Rebatched(Step):
    """rebatch: unbatch, then batch, a slice at a time."""

    def __init__(self, source: Node, size: int, drop: bool):
        super().__init__(Batched(Unbatched(source), size, drop))
        self.size, self.drop, self.read = size, drop, source

    def rows(self) -> Iterator[Row]:
        return self.source.rows()

    @property
    def specs(self) -> tuple[Any, ...]:
        extent = self.size if self.drop else None
        return tuple([array_spec(TensorShape([extent]).concatenate(s.shape[1:]), s.dtype) for s in self.read.specs])
