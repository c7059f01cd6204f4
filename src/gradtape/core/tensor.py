"""Tensor: an immutable array with an identity."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from . import errors
from .arrays import adopted, array_of
from .context import levels, new_id, site_outside
from .dtypes import OF_NUMPY, DType, as_dtype
from .primitive import Note
from .shapes import TensorShape

ESCAPE = Note("numpy", 1)  # a tensor's value was handed to NumPy or Python
CONSTANT = Note("constant", 0)  # a tensor was made from a Python or NumPy value


class Operand:
    """The operators of tensors and variables, as a type checker sees them: `ops.operators` gives them their meaning."""

    __slots__ = ()

    if TYPE_CHECKING:

        def __add__(self, other: Any) -> Tensor: ...
        def __radd__(self, other: Any) -> Tensor: ...
        def __sub__(self, other: Any) -> Tensor: ...
        def __rsub__(self, other: Any) -> Tensor: ...
        def __mul__(self, other: Any) -> Tensor: ...
        def __rmul__(self, other: Any) -> Tensor: ...
        def __truediv__(self, other: Any) -> Tensor: ...
        def __rtruediv__(self, other: Any) -> Tensor: ...
        def __floordiv__(self, other: Any) -> Tensor: ...
        def __rfloordiv__(self, other: Any) -> Tensor: ...
        def __mod__(self, other: Any) -> Tensor: ...
        def __rmod__(self, other: Any) -> Tensor: ...
        def __pow__(self, other: Any) -> Tensor: ...
        def __rpow__(self, other: Any) -> Tensor: ...
        def __matmul__(self, other: Any) -> Tensor: ...
        def __rmatmul__(self, other: Any) -> Tensor: ...
        def __and__(self, other: Any) -> Tensor: ...
        def __rand__(self, other: Any) -> Tensor: ...
        def __or__(self, other: Any) -> Tensor: ...
        def __ror__(self, other: Any) -> Tensor: ...
        def __xor__(self, other: Any) -> Tensor: ...
        def __rxor__(self, other: Any) -> Tensor: ...
        def __lt__(self, other: Any) -> Tensor: ...
        def __le__(self, other: Any) -> Tensor: ...
        def __gt__(self, other: Any) -> Tensor: ...
        def __ge__(self, other: Any) -> Tensor: ...
        def __eq__(self, other: Any) -> Any: ...
        def __ne__(self, other: Any) -> Any: ...
        def __neg__(self) -> Tensor: ...
        def __pos__(self) -> Tensor: ...
        def __abs__(self) -> Tensor: ...
        def __invert__(self) -> Tensor: ...
        def __getitem__(self, key: Any) -> Tensor: ...
        def __iter__(self) -> Any: ...


class Tensor(Operand):
    """An immutable array with an identity: what operations take and return.

    Made by `tf.constant`, `tf.convert_to_tensor` and every operation, never by calling the class.
    """

    # No __init__: Tensor() and two stores take half the time of a constructor in Python.
    __slots__ = ("value", "id", "origin", "__weakref__")
    value: Any
    id: int
    origin: tuple[Any, ...]  # (variable, key), only in what indexing a variable gave: it can be assigned to
    __array_priority__ = 100
    __hash__ = None  # type: ignore[assignment]  # replaced below: equality compares elements

    # -- what it is ---------------------------------------------------------------------------------------
    @property
    def dims(self) -> tuple[Any, ...]:
        """The shape as a plain tuple; an unknown extent is a Dim."""
        return self.value.shape

    @property
    def shape(self) -> TensorShape:
        return TensorShape.of(self.dims)

    @property
    def dtype(self) -> DType:
        return OF_NUMPY[self.value.dtype]

    @property
    def kind(self) -> str:
        return self.value.dtype.kind

    @property
    def ndim(self) -> int:
        return len(self.dims)

    @property
    def device(self) -> str:
        return "/job:localhost/replica:0/task:0/device:CPU:0"

    backing_device = device

    def get_shape(self) -> TensorShape:
        return self.shape

    def set_shape(self, shape: Any) -> None:
        if not self.shape.is_compatible_with(TensorShape(shape)):
            raise ValueError(f"Tensor's shape {self.shape} is not compatible with supplied shape {TensorShape(shape)}.")

    def ref(self) -> Reference:
        return Reference(self)

    def twin(self, identity: int) -> Any:
        """The same value under another identity."""
        return tensor(self.value, identity)

    def extents(self) -> Any:
        """Its integers as Python's, where it says a shape or an index; in a trace some may be Dims."""
        return self.escape().tolist()

    # -- its value, outside -------------------------------------------------------------------------------
    def escape(self) -> np.ndarray:
        """The array, for reading; levels that explain remember that it left."""
        for level in levels():
            level.note(ESCAPE, (self.id,), -new_id(), site_outside())
        return self.value

    def numpy(self) -> Any:
        value = self.escape()
        if value.ndim == 0:
            return value[()]
        return np.array(value)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        value = self.escape()
        if dtype is not None and np.dtype(dtype) != value.dtype:
            return value.astype(dtype)
        if copy:
            return value.copy()
        view = value.view()
        view.flags.writeable = False
        return view

    def __dlpack__(self, *, max_version: tuple[Any, ...] | None = None, **options: Any) -> Any:
        """The memory itself: read-only to a consumer that understands this (DLPack 1.0); others must not write into it."""
        value = self.escape()
        if max_version is None or max_version < (1, 0):
            return (value if value.flags.writeable else np.array(value)).__dlpack__(**options)
        view = value.view()
        view.flags.writeable = False
        return view.__dlpack__(max_version=max_version, **options)

    def __dlpack_device__(self) -> tuple[int, int]:
        return (1, 0)

    def scalar(self, kind: Callable) -> Any:
        value = self.escape()
        if value.size != 1 or value.ndim != 0:
            raise TypeError(f"Only scalar tensors can be converted to {kind.__name__}; this one has shape {self.shape}.")
        if value.dtype.kind == "c" and kind is not complex:
            value = np.real(value)
        try:
            return kind(value[()])
        except OverflowError as error:
            raise ValueError(f"{value[()]} has no {kind.__name__}: {error}") from None

    def __float__(self) -> float:
        return self.scalar(float)

    def __int__(self) -> int:
        return self.scalar(int)

    def __complex__(self) -> complex:
        return self.scalar(complex)

    def __index__(self) -> int:
        if self.kind not in "iu":
            raise TypeError(f"Only integer scalar tensors can be used as an index; this one has dtype {self.dtype.name}.")
        return self.scalar(int)

    def __bool__(self) -> bool:
        value = self.escape()
        if value.size > 1:
            raise ValueError(
                f"The truth value of a tensor of shape {self.shape} is ambiguous; use tf.reduce_any or tf.reduce_all."
            )
        return bool(value.reshape(())[()]) if value.size else False

    def __len__(self) -> int:
        if not self.ndim:
            raise TypeError("Scalar tensor has no `len()`")
        return self.dims[0]

    def __format__(self, spec: str) -> str:
        if type(self.value) is not np.ndarray:  # a value of a map or a trace has no numbers to show
            return format(str(self), spec)
        return format(self.escape()[()], spec)  # f"{loss:.3f}" and f"{loss}" show the value alone

    def __copy__(self) -> Tensor:
        return self

    def __deepcopy__(self, memo: dict[Any, Any]) -> Tensor:
        return tensor(np.array(self.value))

    def __reduce__(self) -> tuple[Any, ...]:
        return tensor, (np.array(self.value),)

    def __dir__(self) -> list[str]:
        return sorted(
            {*object.__dir__(self)}
            - {
                "escape",
                "scalar",
                "value",
                "id",
                "kind",
                "dims",
                "origin",
                "assign",
                "assign_add",
                "assign_sub",
                "extents",
                "twin",
            }
        )

    # -- how it looks -------------------------------------------------------------------------------------
    def __repr__(self) -> str:
        return f"<tf.Tensor: shape={tuple(self.shape)}, dtype={self.dtype.name}, numpy={value_text(self.value)}>"

    def __str__(self) -> str:
        return f"tf.Tensor({plain_text(self.value)}, shape={tuple(self.shape)}, dtype={self.dtype.name})"


def unhashable(self: Any) -> int:
    raise TypeError(f"{type(self).__name__} is unhashable. Instead, use tensor.ref() as the key.")


Tensor.__hash__ = unhashable  # type: ignore[method-assign]


class Reference:
    """A hashable stand-in for a tensor or variable: equal where it is the same object."""

    __slots__ = ("_object", "__weakref__")

    def __init__(self, target: Any):
        self._object = target

    def deref(self) -> Any:
        return self._object

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Reference) and self._object is other._object

    def __hash__(self) -> int:
        return id(self._object)

    def __repr__(self) -> str:
        return f"<Reference wrapping {self._object!r}>"


def value_text(value: np.ndarray) -> str:
    """As in repr: numpy=... (single numbers with all the digits that they have as Python's)."""
    text = repr(value if value.ndim else value.item())
    return "\n" + text if "\n" in text else text


def plain_text(value: np.ndarray) -> str:
    text = str(value) if value.dtype != object or value.ndim else repr(value[()])
    return "\n" + text if "\n" in text else text


def tensor(value: np.ndarray, identity: int = 0) -> Tensor:
    """A Tensor around an ndarray that nobody else writes to."""
    out = Tensor()
    out.value = value
    out.id = identity
    return out


# -- conversion -------------------------------------------------------------------------------------------
CONVERTERS: dict[type, Callable[[Any], Tensor]] = {}  # Variable and IndexedSlices register theirs


def constant(value: Any, dtype: Any = None, shape: Any = None, name: str | None = None) -> Tensor:
    """A tensor with a copy of `value`.

    Python floats become float32, ints int32 (int64 where they do not fit); NumPy arrays keep their dtype. `shape`
    reshapes, or repeats a single value. A tensor comes back as it is.

    Raises:
        TypeError, ValueError: where `value` is ragged, or does not fit `dtype`.

    >>> tf.constant([[1, 2], [3, 4]])
    <tf.Tensor: shape=(2, 2), dtype=int32, numpy=
    array([[1, 2],
           [3, 4]], dtype=int32)>
    """
    wanted = None if dtype is None else as_dtype(dtype)
    if isinstance(value, Tensor):
        if wanted is not None and value.dtype is not wanted:
            raise TypeError(
                f"tf.constant: Expected tensor with type {wanted!r} not {value.dtype!r}. Write tf.cast(x, tf.{wanted.name})."
            )
        return value if shape is None else announced(fill_shape(value.escape(), shape))
    array = array_of(own_array(value), None if wanted is None else wanted.numpy_dtype)
    return announced(array if shape is None else fill_shape(array, shape))


def own_array(value: Any) -> Any:
    """What NumPy can make of it: a variable is read; a tensor inside a list would lose its path in silence."""
    if isinstance(value, (list, tuple)) and holds_tensor(value):
        raise ValueError(
            f"tf.constant: {value!r:.80} holds tensors, which a constant would cut from the tape. Write tf.stack(...) or "
            "tf.convert_to_tensor(...)."
        )
    converter = converter_of(value)
    return value if converter is None else converter(value).escape()


def announced(array: np.ndarray) -> Tensor:
    """A new Tensor; levels that explain remember where it came from."""
    out = tensor(array)
    for level in levels():
        out.id = out.id or -new_id()
        level.note(CONSTANT, (), out.id, site_outside())
    return out


def fill_shape(array: np.ndarray, shape: Any) -> np.ndarray:
    wanted = TensorShape([shape] if isinstance(shape, (int, np.integer)) else shape)
    if not wanted.is_fully_defined():
        raise ValueError(f"tf.constant: the shape {wanted} must be fully known")
    dims = tuple(wanted)
    if array.size == 1 and array.shape != dims:
        return np.full(dims, array.reshape(())[()], array.dtype)
    try:
        return array.reshape(dims)
    except ValueError:
        raise TypeError(
            f"Eager execution of tf.constant with unsupported shape. Tensor {array.tolist()!r:.80} "
            f"(converted from a value with {array.size} elements) cannot take shape {dims}."
        ) from None


def converter_of(value: Any) -> Callable[[Any], Tensor] | None:
    for kind in type(value).__mro__:
        if kind in CONVERTERS:
            return CONVERTERS[kind]
    if hasattr(type(value), "__gradtape_tensor__"):  # first: Keras's variables say there what their scopes make of them
        return lambda v: v.__gradtape_tensor__()
    if hasattr(type(value), "__gradtape_variable__"):
        return lambda v: to_tensor(v.__gradtape_variable__)
    if hasattr(type(value), "__tf_tensor__"):
        return protocol_tensor
    return None


def protocol_tensor(value: Any) -> Tensor:
    """What `__tf_tensor__` gives; a tensor of another library comes through NumPy."""
    out = value.__tf_tensor__(None, None)
    return out if isinstance(out, Tensor) else to_tensor(np.asarray(out))


SEQUENCES: dict[str, Callable] = {}  # what a list that holds tensors means: the pieces family says it, with operations
PLAIN = frozenset({int, float, bool, complex, str, bytes, np.ndarray, np.float32, np.float64, np.int32, np.int64})


def holds_tensor(value: Any) -> bool:
    """Is there a tensor or variable in this list?  Then a path leads from it to the tensor made of the list."""
    for v in value:
        kind = type(v)
        if kind in PLAIN:
            continue
        if (
            holds_tensor(v)
            if isinstance(v, (list, tuple))
            else kind is Tensor or converter_of(v) is not None or isinstance(v, Tensor)
        ):
            return True
    return False


def to_tensor(value: Any, like: np.dtype | None = None) -> Tensor:
    """Any value as a Tensor; Python values and NumPy arrays take the dtype `like` where they can."""
    if isinstance(value, Tensor):
        return value
    converter = converter_of(value)
    if converter is not None:
        return converter(value)
    if isinstance(value, (list, tuple)) and holds_tensor(value):
        return SEQUENCES["pack"](value)
    if like is not None and isinstance(value, (np.ndarray, np.generic)):
        return announced(adopted(np.array(value), like))
    return announced(array_of(value, like))


def adopts(have: np.dtype, like: np.dtype) -> bool:
    """Does a NumPy array beside a tensor take the tensor's dtype?  TensorFlow casts whatever is a number; complex stays complex."""
    return have == like or (have in OF_NUMPY and have.kind in "biufV" and like.kind in "iufcV") or have.kind == like.kind == "c"


def convert_to_tensor(value: Any, dtype: Any = None, dtype_hint: Any = None, name: str | None = None) -> Tensor:
    """Any value as a Tensor: a tensor comes back as it is.

    Raises:
        ValueError: where a tensor has another dtype than `dtype`.

    >>> tf.convert_to_tensor([1.0, 2.0]).dtype
    tf.float32
    """
    wanted = None if dtype is None else as_dtype(dtype)
    if isinstance(value, (list, tuple)) and holds_tensor(value):
        return SEQUENCES["pack"](value, wanted)
    if not isinstance(value, Tensor) and converter_of(value) is None:
        if wanted is None and dtype_hint is not None:
            return hinted(value, as_dtype(dtype_hint).numpy_dtype)
        return announced(array_of(value, None if wanted is None else wanted.numpy_dtype))
    out = to_tensor(value)
    if wanted is not None and out.dtype != wanted:
        raise ValueError(
            f"Tensor conversion requested dtype {wanted.name} for Tensor with dtype {out.dtype.name}: {out!r:.120}. "
            f"Write tf.cast(x, tf.{wanted.name})."
        )
    return out


def hinted(value: Any, hint: np.dtype) -> Tensor:
    """The hinted dtype, where the value can take it."""
    try:
        array = array_of(value, hint)
    except (TypeError, ValueError):
        array = array_of(value, None)
    return announced(array)


def is_tensor(x: Any) -> bool:
    """Is x a tensor or variable?"""
    return isinstance(x, Tensor) or converter_of(x) is not None


def leaked(primitive: Any, x: Any) -> Exception:
    return errors.MismatchError(
        None,
        None,
        f"{x!r} is out of scope and cannot be used here: it belongs to a vectorized_map or function that has ended. Return it from "
        f"there instead of keeping it in a list or an object. [Op:{primitive.name}]",
    )


newaxis = None  # x[tf.newaxis] makes an axis, as in NumPy
