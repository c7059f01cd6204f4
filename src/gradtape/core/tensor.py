"""Tensor: an immutable array with an identity."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any

import numpy as np

from . import errors
from .context import levels, new_id, site_of_caller, under
from .dtypes import OF_NUMPY, DType, as_dtype
from .primitive import Note
from .shapes import TensorShape

ESCAPE = Note("numpy", 1)  # a tensor's value was handed to NumPy or Python
CONSTANT = Note("constant", 0)  # a tensor was made from a Python or NumPy value


class Tensor:
    """An immutable array with an identity: what operations take and return.

    Made by `tf.constant`, `tf.convert_to_tensor` and every operation, never by calling the class.
    """

    # No __init__: Tensor() and two stores take half the time of a constructor in Python.
    __slots__ = ("value", "id", "origin", "__weakref__")
    value: Any
    id: int
    origin: tuple  # (variable, key), only in what indexing a variable gave: it can be assigned to
    __array_priority__ = 100
    __hash__ = None  # type: ignore[assignment]  # replaced below: equality compares elements

    # -- what it is ---------------------------------------------------------------------------------------
    @property
    def dims(self) -> tuple:
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

    def __tf_tensor__(self, dtype: Any = None, name: str | None = None) -> Tensor:
        return self

    # -- its value, outside -------------------------------------------------------------------------------
    def escape(self) -> np.ndarray:
        """The array, for reading; levels that explain remember that it left."""
        for level in levels():
            level.note(ESCAPE, (self.id,), -new_id(), site_of_caller(3))
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

    def __dlpack__(self, **options: Any) -> Any:
        view = self.escape()
        return (view if view.flags.writeable else np.array(view)).__dlpack__(**options)

    def __dlpack_device__(self) -> tuple[int, int]:
        return (1, 0)

    def scalar(self, kind: Callable) -> Any:
        value = self.escape()
        if value.size != 1 or value.ndim != 0:
            raise TypeError(f"Only scalar tensors can be converted to {kind.__name__}; this one has shape {self.shape}.")
        return kind(value[()])

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
        if value.ndim:
            raise ValueError(
                f"The truth value of a tensor of shape {self.shape} is ambiguous; use tf.reduce_any or tf.reduce_all."
            )
        return bool(value)

    def __len__(self) -> int:
        if not self.ndim:
            raise TypeError("Scalar tensor has no `len()`")
        return self.dims[0]

    def __contains__(self, item: Any) -> bool:
        raise TypeError("`in` is not defined for tensors; use tf.reduce_any(x == item).")

    def __format__(self, spec: str) -> str:
        return format(self.value[()] if not self.ndim and spec else str(self), spec)

    def __copy__(self) -> Tensor:
        return self

    def __deepcopy__(self, memo: dict) -> Tensor:
        return tensor(np.array(self.value))

    def __reduce__(self) -> tuple:
        return tensor, (np.array(self.value),)

    def __dir__(self) -> list[str]:
        return sorted({*object.__dir__(self)} - {"escape", "scalar", "value", "id", "kind", "dims", "origin", "assign", "assign_add", "assign_sub"})

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
    """As in repr: numpy=..."""
    if value.ndim == 0:
        return repr(value[()]) if value.dtype == object else str(value[()])
    text = repr(value)
    return "\n" + text if "\n" in text else text


def plain_text(value: np.ndarray) -> str:
    return str(value) if value.dtype != object or value.ndim else repr(value[()])


def tensor(value: np.ndarray, identity: int = 0) -> Tensor:
    """A Tensor around an ndarray that nobody else writes to."""
    out = Tensor()
    out.value = value
    out.id = identity
    return out


# -- conversion -------------------------------------------------------------------------------------------
CONVERTERS: dict[type, Callable[[Any], Tensor]] = {}  # Variable and IndexedSlices register theirs
PYTHON_DTYPES = {bool: np.dtype(bool), float: np.dtype(np.float32), complex: np.dtype(np.complex128)}


def constant(value: Any, dtype: Any = None, shape: Any = None, name: str | None = None) -> Tensor:
    """A tensor with a copy of `value`.

    Python floats become float32, ints int32 (int64 where they do not fit); NumPy arrays keep their dtype. `shape`
    reshapes, or repeats a single value.

    Raises:
        TypeError, ValueError: where `value` is ragged, or does not fit `dtype`.

    >>> tf.constant([[1, 2], [3, 4]])
    <tf.Tensor: shape=(2, 2), dtype=int32, numpy=
    array([[1, 2],
           [3, 4]], dtype=int32)>
    """
    wanted = None if dtype is None else as_dtype(dtype).numpy_dtype
    if isinstance(value, Tensor):
        if wanted is not None and value.value.dtype != wanted:
            value = tensor(value.value.astype(wanted))
        array = value.value
    else:
        array = array_of(value, wanted)
    if shape is not None:
        array = fill_shape(array, tuple(TensorShape(shape)))
    return announced(array)


def announced(array: np.ndarray) -> Tensor:
    """A new Tensor; levels that explain remember where it came from."""
    out = tensor(array)
    for level in levels():
        out.id = out.id or -new_id()
        level.note(CONSTANT, (), out.id, site_of_caller(3))
    return out


def fill_shape(array: np.ndarray, shape: tuple) -> np.ndarray:
    if array.size == 1 and array.shape != shape:
        return np.full(shape, array.reshape(())[()], array.dtype)
    try:
        return array.reshape(shape)
    except ValueError:
        raise TypeError(f"Eager execution of tf.constant with unsupported shape. Tensor {array.tolist()!r:.80} "
                        f"(converted from a value with {array.size} elements) cannot take shape {shape}.") from None


def array_of(value: Any, dtype: np.dtype | None) -> np.ndarray:
    """A fresh array with TensorFlow's dtype for this value."""
    kind = type(value)
    if kind is float or kind is bool or kind is complex:
        return exact(np.array(value, PYTHON_DTYPES[kind]), value, dtype)
    if isinstance(value, (np.ndarray, np.generic)):
        return from_numpy(np.array(value), dtype)
    if value is None:
        raise ValueError("Attempt to convert a value (None) with an unsupported type (<class 'NoneType'>) to a Tensor.")
    if isinstance(value, (str, bytes)):
        return strings(np.array(value, object), dtype)
    return from_python(unwrapped(value), dtype)


def unwrapped(value: Any) -> Any:
    """The array of a tensor or variable, or of a list that holds some: no path leads through it."""
    if isinstance(value, (list, tuple)):
        return under((), None, SEQUENCES["pack"], value).value if holds_tensor(value) else value
    if isinstance(value, Tensor):
        return value.escape()
    converter = converter_of(value)
    return converter(value).value if converter else value


def from_python(value: Any, dtype: np.dtype | None) -> np.ndarray:
    try:
        array = np.array(value)
    except ValueError:
        raise ValueError(f"Can't convert non-rectangular Python sequence to Tensor: {value!r:.80}") from None
    if array.dtype.kind in "US":
        return strings(np.array(value, object), dtype)
    if array.dtype == object:
        raise ValueError(
            f"Attempt to convert a value ({value!r:.80}) with an unsupported type ({type(value)}) to a Tensor."
        )
    if holds_numpy(value):
        return from_numpy(array, dtype)
    if array.dtype.kind == "f":
        return exact(array.astype(np.float32), value, dtype, array)
    if array.dtype.kind == "i" and (array.size == 0 or fits(array, np.dtype(np.int32))):
        # an empty list is float32
        array = array.astype(np.int32)
    return exact(array, value, dtype, array)


def holds_numpy(value: Any) -> bool:
    while isinstance(value, (list, tuple)) and value:
        value = value[0]
    return isinstance(value, (np.ndarray, np.generic))


def fits(array: np.ndarray, dtype: np.dtype) -> bool:
    limits = np.iinfo(dtype)
    return array.size == 0 or (int(array.min()) >= limits.min and int(array.max()) <= limits.max)


def from_numpy(array: np.ndarray, dtype: np.dtype | None) -> np.ndarray:
    if array.dtype.kind in "US":
        return strings(array.astype(object), dtype)
    if dtype is not None and array.dtype != dtype:
        array = array.astype(dtype)
    if array.dtype not in OF_NUMPY:
        raise ValueError(f"Failed to convert a NumPy array to a Tensor (Unsupported object type {array.dtype}).")
    return array


def exact(array: np.ndarray, value: Any, dtype: np.dtype | None, source: np.ndarray | None = None) -> np.ndarray:
    """Python values take the wanted dtype where nothing is lost in kind or range."""
    if dtype is None or array.dtype == dtype:
        return array
    kinds = "biufc"
    have, want = array.dtype.kind, "f" if dtype.kind == "V" else dtype.kind
    if want == "O" or have == "b" != want or (have != "b") == (want == "b") or kinds.index(have) > kinds.index(want) + (want == "u"):
        raise TypeError(f"Cannot convert {value!r:.80} to EagerTensor of dtype {OF_NUMPY[dtype].name}")
    source = np.array(value) if source is None else source
    if want in "iu" and not fits(source, dtype):
        raise TypeError(f"Cannot convert {value!r:.80} to EagerTensor of dtype {OF_NUMPY[dtype].name}: out of its range")
    return source.astype(dtype)


def strings(array: np.ndarray, dtype: np.dtype | None) -> np.ndarray:
    if dtype is not None and dtype.kind != "O":
        raise TypeError(f"Cannot convert {array.tolist()!r:.80} to EagerTensor of dtype {OF_NUMPY[dtype].name}")
    out = np.empty(array.shape, object)
    for index, item in np.ndenumerate(array):
        out[index] = item.encode() if isinstance(item, str) else bytes(item)
    return out


def converter_of(value: Any) -> Callable[[Any], Tensor] | None:
    for kind in type(value).__mro__:
        if kind in CONVERTERS:
            return CONVERTERS[kind]
    if hasattr(type(value), "__gradtape_variable__"):
        return lambda v: to_tensor(v.__gradtape_variable__)
    if hasattr(type(value), "__tf_tensor__"):
        return lambda v: v.__tf_tensor__(None, None)
    return None


SEQUENCES: dict[str, Callable] = {}  # what a list that holds tensors means: the pieces family says it, with operations
PLAIN = frozenset({int, float, bool, complex, str, bytes, np.ndarray, np.float32, np.float64, np.int32, np.int64})


def holds_tensor(value: Any) -> bool:
    """Is there a tensor or variable in this list?  Then a path leads from it to the tensor made of the list."""
    for v in value:
        kind = type(v)
        if kind in PLAIN:
            continue
        if holds_tensor(v) if isinstance(v, (list, tuple)) else kind is Tensor or converter_of(v) is not None or isinstance(v, Tensor):
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
        array = np.array(value)
        if not adopts(array.dtype, like):
            return announced(from_numpy(array, None))
        with np.errstate(invalid="ignore"):
            return announced(array.astype(like))
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
            try:
                return announced(array_of(value, as_dtype(dtype_hint).numpy_dtype))
            except (TypeError, ValueError):
                return announced(array_of(value, None))
        return announced(array_of(value, None if wanted is None else wanted.numpy_dtype))
    out = to_tensor(value)
    if wanted is not None and out.dtype != wanted:
        raise ValueError(
            f"Tensor conversion requested dtype {wanted.name} for Tensor with dtype {out.dtype.name}: {out!r:.120}. "
            f"Write tf.cast(x, tf.{wanted.name})."
        )
    return out


def is_tensor(x: Any) -> bool:
    """Is x a tensor or variable?"""
    return isinstance(x, Tensor) or converter_of(x) is not None


def leaked(primitive: Any, x: Any) -> Exception:
    return errors.invalid(primitive.name, f"{type(x).__name__} belongs to a vectorized_map or function that has ended")


weakref_of = weakref.ref

newaxis = None  # x[tf.newaxis] makes an axis, as in NumPy
