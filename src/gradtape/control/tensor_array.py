"""TensorArray: a list of tensors where indices are known, rows of one tensor where they are not.

The variables of a traced loop are flat tensors, so an array enters a loop as (rows, size). One that may grow has room for more rows
than its size.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from ..core.dtypes import DType, as_dtype
from ..core.errors import InvalidArgumentError, OutOfRangeError
from ..core.shapes import TensorShape, product
from ..core.structures import trees
from ..core.tensor import Tensor, to_tensor
from ..core.variable import Variable
from ..ops._arguments import extent
from ..ops.arithmetic import maximum
from ..ops.array import concat, split
from ..ops.basic import add, cast, reshape
from ..ops.create import zeros
from ..ops.gathering import gather
from ..ops.growing import grown, leading_rows
from ..ops.pieces import pick, stack_values
from ..ops.scattering import put_rows
from .branches import is_open


class TensorArray:
    """Tensors of one dtype, written and read by index.

    Args:
        dtype: of the elements.
        size: how many there are.
        dynamic_size: may writes behind the end make it longer?
        clear_after_read: may each element be read once only? (True where nothing is said.)
        element_shape: of the elements; that of the first one written where nothing is said.

    >>> ta = tf.TensorArray(tf.float32, size=3)
    >>> for i in range(3):
    ...     ta = ta.write(i, float(i) ** 2)
    >>> ta.stack().numpy()
    array([0., 1., 4.], dtype=float32)
    """

    grows: bool
    clears: bool
    infers: bool
    shape: TensorShape

    def __init__(
        self,
        dtype: Any,
        size: Any = None,
        dynamic_size: bool | None = None,
        clear_after_read: bool | None = None,
        tensor_array_name: str | None = None,
        handle: Any = None,
        flow: Any = None,
        infer_shape: bool = True,
        element_shape: Any = None,
        colocate_with_first_write_call: bool = True,
        name: str | None = None,
    ):
        if size is None:
            raise ValueError("Size must be declared for TensorArrays when eager execution is enabled.")
        register()
        self._dtype = as_dtype(dtype)
        self.grows = bool(dynamic_size)
        self.clears = True if clear_after_read is None else bool(clear_after_read)
        self.infers = bool(infer_shape)
        self.shape = TensorShape(element_shape)
        size = index_of(size)
        open_ = isinstance(size, Tensor)
        self.items: list[Any] | None = None if open_ else [None] * size  # tensors, None where nothing was written, CLEARED
        self.rows: Any = None  # where indices are not known: the elements as rows of a tensor (None: all are zeros), and
        self.count: Any = size if open_ else None  # how many there are

    @property
    def dtype(self) -> DType:
        return self._dtype

    @property
    def flow(self) -> Tensor:
        return zeros((), "int32")

    @property
    def handle(self) -> None:
        return None

    @property
    def dynamic_size(self) -> bool:
        return self.grows

    @property
    def element_shape(self) -> TensorShape:
        return self.shape

    def identity(self) -> TensorArray:
        return self

    def size(self, name: str | None = None) -> Tensor:
        """How many elements there are, an int32 scalar."""
        return to_tensor(len(self.items)) if self.items is not None else self.count

    def close(self, name: str | None = None) -> None:
        """Let go of the elements."""
        self.items, self.rows, self.count = [], None, None

    def like(self, items: list[Any] | None, rows: Any = None, count: Any = None) -> TensorArray:
        out = object.__new__(TensorArray)
        out.__dict__.update(self.__dict__)
        out.items, out.rows, out.count = items, rows, count
        return out

    def copied(self) -> TensorArray:
        """An array of its own with the same elements."""
        return self.like(None if self.items is None else list(self.items), self.rows, self.count)

    # -- writing --------------------------------------------------------------------------------------------------
    def write(self, index: Any, value: Any, name: str | None = None) -> TensorArray:
        """The array with `value` at `index`; use the returned array.

        Raises:
            OutOfRangeError: an index behind the end of an array that does not grow, or a negative one.
            InvalidArgumentError: a value of another dtype.
            ValueError: a value of another shape than element_shape.
        """
        value = self.fitting(value)
        at = index_of(index)
        if self.items is None or not isinstance(at, int):
            return self.write_row(at, value)
        if at < 0:
            raise OutOfRangeError(None, None, f"Writing to negative indices (index {at}) is not allowed.")
        if at >= len(self.items):
            if not self.grows:
                raise OutOfRangeError(
                    None,
                    None,
                    f"Tried to write to index {at} but array is not resizeable and size is: {len(self.items)}. Make it with "
                    "dynamic_size=True or a larger size.",
                )
            self.items += [None] * (at + 1 - len(self.items))
        self.items[at] = value
        return self

    def fitting(self, value: Any) -> Any:
        value = value.read_value() if isinstance(value, Variable) else value
        value = value if isinstance(value, Tensor) else to_tensor(value)
        if value.dtype != self._dtype:
            raise InvalidArgumentError(
                None, None, f"TensorArray dtype is {self._dtype.name} but Op is trying to write dtype {value.dtype.name}"
            )
        if not self.shape.is_compatible_with(value.shape):
            raise ValueError(f"Incompatible shape for value ({value.shape}), expected ({self.shape})")
        if self.infers:
            self.shape = self.shape.merge_with(value.shape)
        return value

    def write_row(self, at: Any, value: Any) -> TensorArray:
        rows, count = self.dense()
        at = cast(to_tensor(at), "int32")
        if self.grows:
            rows = grown(rows, at)
            count = maximum(count, add(at, 1))
        rows = put_rows(rows, reshape(at, (1,)), reshape(value, (1, *value.dims)))
        return self.like(None, rows, count)

    def unstack(self, value: Any, name: str | None = None) -> TensorArray:
        """The array that holds the slices of `value` along axis 0."""
        value = to_tensor(value, self._dtype.numpy_dtype)
        length = value.dims[0]
        if self.items is not None and not self.grows and isinstance(length, int) and length != len(self.items):
            raise ValueError(f"Cannot unstack {length} tensors into a TensorArray of static size {len(self.items)} ")
        self.fitting_rows(value)
        if is_open(value):
            return self.like(None, value, to_tensor(length) if isinstance(length, int) else length)
        self.items = [pick(value, k) for k in range(length)]
        return self

    def fitting_rows(self, value: Any) -> None:
        if not self.shape.is_compatible_with(TensorShape.of(tuple(value.dims[1:]))):
            raise ValueError(f"Incompatible shape for value ({value.shape[1:]}), expected ({self.shape})")
        if self.infers:
            self.shape = self.shape.merge_with(TensorShape.of(tuple(value.dims[1:])))

    def scatter(self, indices: Any, value: Any, name: str | None = None) -> TensorArray:
        """The array with the slices of `value` at the indices."""
        value = to_tensor(value, self._dtype.numpy_dtype)
        out = self
        for k, at in enumerate(to_tensor(indices).numpy().tolist()):
            out = out.write(at, pick(value, k))
        return out

    def split(self, value: Any, lengths: Any, name: str | None = None) -> TensorArray:
        """The array that holds pieces of `value` of these lengths along axis 0."""
        pieces = split(to_tensor(value, self._dtype.numpy_dtype), to_tensor(lengths).numpy().tolist())
        if self.items is not None and not self.grows and len(pieces) > len(self.items):
            raise ValueError(f"Cannot split into {len(pieces)} pieces in a TensorArray of static size {len(self.items)}")
        out = self
        out.infers = False
        for k, piece in enumerate(pieces):
            out = out.write(k, piece)
        return out

    # -- reading --------------------------------------------------------------------------------------------------
    def read(self, index: Any, name: str | None = None) -> Any:
        """The element at `index`.

        Raises:
            OutOfRangeError: there is no such index.
            InvalidArgumentError: it was read before, and clear_after_read is True.
        """
        at = index_of(index)
        if self.items is None or not isinstance(at, int):
            return gather(self.dense()[0], at)
        if not 0 <= at < len(self.items):
            raise OutOfRangeError(None, None, f"Tried to read from index {at} but array size is: {len(self.items)} ")
        found = self.items[at]
        if found is CLEARED:
            raise InvalidArgumentError(
                None,
                None,
                f"Could not read index {at} twice because it was cleared after a previous read "
                "(perhaps try setting clear_after_read = false?)",
            )
        if self.clears:
            self.items[at] = CLEARED
        return self.blank() if found is None else found

    def blank(self) -> Any:
        if not self.shape.is_fully_defined():
            raise ValueError(
                f"TensorArray: an element that was never written has no shape: element_shape is {self.shape}. Write it first, or give "
                "element_shape=."
            )
        return zeros(tuple(self.shape), self._dtype)

    def present(self) -> list[Any]:
        return [self.blank() if x is None or x is CLEARED else x for x in self.items or []]

    def stack(self, name: str | None = None) -> Any:
        """All elements in one tensor, along a new axis 0; zeros where nothing was written."""
        if self.items is None:
            return leading_rows(self.all_rows(), self.count) if self.grows else self.all_rows()
        if not self.items:
            return zeros((0, *self.known_shape()), self._dtype)
        return stack_values(self.present())

    def known_shape(self) -> tuple[int, ...]:
        return tuple(self.shape) if self.shape.is_fully_defined() else ()

    def gather(self, indices: Any, name: str | None = None) -> Any:
        """The elements at the indices in one tensor."""
        return gather(self.stack(), indices)

    def concat(self, name: str | None = None) -> Any:
        """The elements one after the other along their axis 0."""
        if self.items is None:
            rows = self.stack()
            return reshape(rows, (product(rows.dims[:2]), *rows.dims[2:]))
        return concat(self.present(), 0)

    def dense(self) -> tuple[Any, Any]:
        """(rows, how many)."""
        if self.items is None:
            return self.all_rows(), self.count
        count = len(self.items)
        rows = stack_values(self.present()) if count else zeros((0, *tuple(self.blank().dims)), self._dtype)
        return rows, to_tensor(count)

    def all_rows(self) -> Any:
        if self.rows is None:
            self.rows = zeros((extent(self.count, "TensorArray", "size"), *self.blank().dims), self._dtype)
        return self.rows

    def is_shaped(self) -> bool:
        """Can it be flat tensors?"""
        written = self.rows is not None or any(isinstance(x, Tensor) for x in self.items or ())
        return written or self.shape.is_fully_defined()

    def __repr__(self) -> str:
        return f"<tf.TensorArray dtype={self._dtype.name} element_shape={self.shape}>"


CLEARED = object()


def index_of(index: Any) -> Any:
    """A Python integer where it is known."""
    index = index.read_value() if isinstance(index, Variable) else index
    if isinstance(index, Tensor):
        return index if is_open(index) else int(index)
    return int(index)


@cache
def register() -> None:
    """Structures may hold arrays."""
    trees().register_pytree_node(TensorArray, flattened, unflattened, namespace="gradtape")


def flattened(x: TensorArray) -> tuple[tuple[Any, ...], Any]:
    facts = (x._dtype.name, x.grows, x.clears, x.infers)
    return (x.dense(), facts) if x.is_shaped() else ((), facts)


def unflattened(facts: Any, children: Any) -> TensorArray:
    dtype, grows, clears, infers = facts
    out = TensorArray(dtype, 0, grows, clears, infer_shape=infers)
    if children:
        out.items, (out.rows, out.count) = None, children
        dims = getattr(out.rows, "dims", None)
        if dims is not None:
            out.shape = TensorShape.of(tuple(dims[1:]))
    return out
