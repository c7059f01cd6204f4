"""Layer 2: what changes part of a variable: slices of it, rows at indices.

Everything is checked before the first element is written. Where nobody else holds the buffer it is changed in place, else a copy is
and takes its place; where variables are written through a State (a traced function), the new value is computed with operations.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from ..core import errors
from ..core.context import present_state
from ..core.dispatch import dtype_of
from ..core.errors import invalid
from ..core.indexed_slices import IndexedSlices
from ..core.shapes import product
from ..core.tensor import Tensor, constant, tensor, to_tensor
from ..core.variable import UPDATES, Variable, rewrite
from .basic import add, broadcast_to, divide, multiply, reshape, subtract
from .gathering import gather, gather_nd, integer_indices, ravel_index
from .indexing import slice_update
from .pieces import check_range, gather_axis, index, to_slices
from .scattering import added, fitted, max_rows, min_rows, put_rows, subtracted


# -- writing --------------------------------------------------------------------------------------------------
def write(variable: Variable, what: str, step: Callable, operation: Callable, *operands: Any) -> None:
    """`step(buffer, *arrays)` in place, or put the value of `operation(old value, *tensors)`."""
    if present_state() is not None:
        variable.put(operation(variable.read_value(), *operands))
        return
    arrays = [array_of(x, variable, what) for x in operands]
    rewrite(variable, lambda buffer: step(buffer, *arrays))


def array_of(x: Any, variable: Variable, what: str) -> np.ndarray:
    if type(x) is not Tensor:
        raise TypeError(f"{what}: a value inside vectorized_map or a trace cannot be written into the variable '{variable.name}'")
    return x.value


# -- slices: v[key].assign(value) -----------------------------------------------------------------------------
def part_method(name: str, ufunc: np.ufunc | None, operation: Callable | None) -> Callable:
    what = f"v[key].{name}"

    def method(
        part: Tensor, value: Any, use_locking: bool | None = None, name: str | None = None, read_value: bool = True
    ) -> Variable:
        variable, key = part.origin
        new = fitting_slice(variable, key, value, what)
        places = to_slices(key)

        def change(buffer: np.ndarray, array: np.ndarray) -> None:
            target = buffer[places]
            if ufunc is None:
                target[...] = array
            else:
                ufunc(target, array, out=target)

        def computed(old: Any, new: Any) -> Any:
            return slice_update(old, new if operation is None else operation(index(old, key), new), key=key)

        write(variable, what, change, computed, new)
        return variable

    method.__name__ = name
    method.__doc__ = f"{what}(value) changes that part of the variable; the value is broadcast to it."
    return method


def fitting_slice(variable: Variable, key: tuple[Any, ...], value: Any, what: str) -> Any:
    """The value, checked; leading axes of extent 1 are dropped, as TensorFlow does."""
    new = value if type(value) is Tensor else to_tensor(value, dtype_of(variable))
    if new.dtype != variable.dtype:
        raise ValueError(
            f"{what}: the variable '{variable.name}' has dtype {variable.dtype.name}, the value {new.dtype.name}. "
            f"Write tf.cast(value, tf.{variable.dtype.name})."
        )
    part = np.broadcast_to(np.empty((), bool), variable.dims)[to_slices(key)].shape
    dims = new.dims
    while len(dims) > len(part) and dims[0] == 1:
        dims = dims[1:]
    if len(dims) > len(part) or broadcasts_to(dims, part) is False:
        raise invalid("assign", f"{what}: Cannot broadcast input shape {list(new.dims)} into final shape {list(part)}")
    return new if dims == new.dims else reshape(new, dims)


def broadcasts_to(dims: tuple[Any, ...], shape: tuple[Any, ...]) -> bool:
    return all(n == 1 or n == m for n, m in zip(dims[::-1], shape[::-1], strict=False))


class PartOfVariable:
    """A method that only what indexing a variable gave has: v[0:2].assign(x)."""

    def __init__(self, name: str, function: Callable):
        self.name, self.function = name, function
        self.__doc__ = function.__doc__

    def __get__(self, x: Any, owner: type) -> Any:
        if x is None:
            return self
        try:
            _ = x.origin
        except AttributeError:
            raise AttributeError(
                f"'{type(x).__name__}' object has no attribute '{self.name}': tensors do not change; a tf.Variable does, and "
                "so does what v[...] of one gives",
                name=self.name,
                obj=x,
            ) from None
        return self.function.__get__(x)


# -- rows: v.scatter_add(tf.IndexedSlices(values, indices)) ------------------------------------------------------------
class Change(NamedTuple):
    """How rows meet what was there: in place on arrays, and as an operation on (rows, numbers, values)."""

    in_place: Callable[[np.ndarray, np.ndarray, np.ndarray], Any]
    operation: Callable[[Any, Any, Any], Any]


def put(out: np.ndarray, numbers: np.ndarray, values: np.ndarray) -> None:
    out[numbers] = values


def divide_rows(out: np.ndarray, numbers: np.ndarray, values: np.ndarray) -> None:
    """Floats divide; integers divide towards zero, as in C, one update after the other."""
    if out.dtype.kind not in "iu":
        np.divide.at(out, numbers, values)
        return
    if not values.all():
        raise invalid("scatter_div", "scatter_div: updates must not contain 0")
    for k, v in zip(numbers.reshape(-1), values.reshape(-1, *values.shape[numbers.ndim :]), strict=True):
        out[k] = np.sign(out[k]) * np.sign(v) * (np.abs(out[k]) // np.abs(v))


def one_by_one(step: Callable) -> Callable:
    """The operation for rows that may come twice: an update after the other."""

    def operation(rows: Any, numbers: Any, values: Any) -> Any:
        count = product(numbers.dims)
        numbers, values = reshape(numbers, (count,)), reshape(values, (count, *values.dims[numbers.ndim :]))
        for k in range(count):
            at = index(numbers, ((k, k + 1, 1),))
            rows = put_rows(rows, at, step(gather_axis(rows, at), index(values, ((k, k + 1, 1),))))
        return rows

    return operation


CHANGES = {
    "add": Change(np.add.at, added),
    "sub": Change(np.subtract.at, subtracted),
    "mul": Change(np.multiply.at, one_by_one(multiply)),
    "div": Change(divide_rows, one_by_one(divide)),
    "max": Change(np.maximum.at, max_rows),
    "min": Change(np.minimum.at, min_rows),
    "update": Change(put, put_rows),
}


def change_rows(variable: Variable, change: Change, depth: int, numbers: Any, values: Any, what: str) -> None:
    """The first `depth` axes of the variable are merged into rows; numbers and values have been checked."""
    shape = (product(variable.dims[:depth]), *variable.dims[depth:])

    def in_place(buffer: np.ndarray, numbers: np.ndarray, values: np.ndarray) -> None:
        change.in_place(buffer.reshape(shape), numbers, values)

    def computed(old: Any, numbers: Any, values: Any) -> Any:
        return reshape(change.operation(reshape(old, shape), numbers, values), old.dims)

    write(variable, what, in_place, computed, numbers, values)


def values_for(variable: Variable, values: Any, what: str) -> Any:
    new = values if isinstance(values, Tensor) else to_tensor(values, dtype_of(variable))
    if new.dtype != variable.dtype:
        raise invalid(
            what,
            f"{what}: the variable '{variable.name}' has dtype {variable.dtype.name}, the updates {new.dtype.name}. "
            f"Write tf.cast(updates, tf.{variable.dtype.name}).",
        )
    return new


def slices_of(delta: Any, variable: Variable, what: str) -> tuple[Any, Any]:
    """(indices, values) of IndexedSlices for this variable."""
    if not isinstance(delta, IndexedSlices):
        raise TypeError(f"{what}: Argument `sparse_delta` must be a `tf.IndexedSlices`. Received arg: {delta!r:.200}")
    return integer_indices(delta.indices, what), values_for(variable, delta.values_like(dtype_of(variable)), what)


def scatter(kind: str) -> Callable:
    change, what = CHANGES[kind], f"scatter_{kind}"

    def method(self: Variable, sparse_delta: IndexedSlices, use_locking: bool = False, name: str | None = None) -> Variable:
        numbers, values = slices_of(sparse_delta, self, what)
        wanted = (*numbers.dims, *self.dims[1:])
        if not self.dims:
            raise invalid(what, f"{what}: the variable '{self.name}' is a scalar and has no rows")
        if values.dims and values.dims != wanted:
            raise invalid(
                what,
                f"{what}: Must have updates.shape = indices.shape + params.shape[1:] or updates.shape = [], got updates.shape "
                f"{list(values.dims)}, indices.shape {list(numbers.dims)}, params.shape {list(self.dims)}",
            )
        values = values if values.dims == wanted else broadcast_to(values, wanted)
        if type(numbers) is Tensor:
            check_range(numbers.value, self.dims[0], what)
        change_rows(self, change, 1, numbers, values, what)
        return self

    method.__name__ = what
    method.__doc__ = SCATTER_DOC[kind]
    return method


def scatter_nd(kind: str) -> Callable:
    change, what = CHANGES[kind], f"scatter_nd_{kind}"

    def method(self: Variable, indices: Any, updates: Any, name: str | None = None) -> Variable:
        vectors, values = integer_indices(indices, what), values_for(self, updates, what)
        depth = fitted(what, self.dims, vectors, values)
        change_rows(self, change, depth, ravel_index(vectors, dims=self.dims[:depth]), values, what)
        return self

    method.__name__ = what
    method.__doc__ = f"As tf.tensor_scatter_nd_{kind}, on this variable."
    return method


SCATTER_DOC = {
    "add": "Add each of the slices to the row that its index names; equal indices add up.",
    "sub": "Subtract each of the slices from the row that its index names; equal indices add up.",
    "mul": "Multiply the row that its index names by each of the slices.",
    "div": "Divide the row that its index names by each of the slices; integers divide towards zero.",
    "max": "The greater of each of the slices and the row that its index names.",
    "min": "The lesser of each of the slices and the row that its index names.",
    "update": "Put each of the slices in place of the row that its index names; the last of equal indices counts.",
}


def batch_scatter_update(
    self: Variable, sparse_delta: IndexedSlices, use_locking: bool = False, name: str | None = None
) -> Variable:
    """Like scatter_update, where the axes before the last of `indices` go in step with the variable's."""
    what = "batch_scatter_update"
    numbers, values = slices_of(sparse_delta, self, what)
    lead = numbers.ndim - 1
    if not numbers.ndim or numbers.dims[:-1] != self.dims[:lead] or lead >= len(self.dims):
        raise invalid(
            what,
            f"{what}: the shape of indices, {list(numbers.dims)}, must begin as the variable's, {list(self.dims)}, and go on "
            "with one axis of indices",
        )
    grid = np.indices(numbers.dims)[:-1].astype(np.int64)
    vectors = tensor(np.stack([*grid, np.asarray(numbers)], -1))
    return self.scatter_nd_update(vectors, values)  # type: ignore[attr-defined]  # installed below


# -- reading --------------------------------------------------------------------------------------------------------
def sparse_read(self: Variable, indices: Any, name: str | None = None) -> Tensor:
    """The rows at the indices; their gradient is an IndexedSlices."""
    return gather(self, indices)


def variable_gather_nd(self: Variable, indices: Any, name: str | None = None) -> Tensor:
    """As tf.gather_nd, from this variable."""
    return gather_nd(self, indices)


def count_up_to(self: Variable, limit: int) -> Tensor:
    """Add one and give the value before; an OutOfRangeError once the limit is reached."""
    if self.dims or self.dtype.name not in ("int32", "int64"):
        raise invalid(
            "count_up_to",
            f"count_up_to: the variable must be a scalar of int32 or int64, '{self.name}' is {self.dtype.name}{list(self.dims)}",
        )
    before = self.read_value()
    if int(before) >= limit:
        raise errors.OutOfRangeError(None, None, f"count_up_to: Reached limit of {limit}")
    out = constant(np.array(before.value))
    self.assign_add(1)
    return out


# -- installed ----------------------------------------------------------------------------------------------------
PARTS = {
    "assign": part_method("assign", None, None),
    "assign_add": part_method("assign_add", np.add, add),
    "assign_sub": part_method("assign_sub", np.subtract, subtract),
}
METHODS: dict[str, Callable] = {f"scatter_{kind}": scatter(kind) for kind in CHANGES}
METHODS |= {f"scatter_nd_{kind}": scatter_nd(kind) for kind in ("add", "sub", "max", "min", "update")}
METHODS |= {
    "batch_scatter_update": batch_scatter_update,
    "sparse_read": sparse_read,
    "gather_nd": variable_gather_nd,
    "count_up_to": count_up_to,
}


def install() -> None:
    """Give Variable and its slices their methods."""
    UPDATES.update({np.add: add, np.subtract: subtract})
    for name, function in METHODS.items():
        setattr(Variable, name, function)
    for name, function in PARTS.items():
        setattr(Tensor, name, PartOfVariable(name, function))


install()

__all__ = ["install"]
