"""DType: TensorFlow's names for NumPy's and ml_dtypes' element types."""

from __future__ import annotations

from typing import Any

import ml_dtypes
import numpy as np


class DType:
    """The element type of a tensor; one object each, so `is` and `==` agree.

    >>> tf.float32 == "float32", tf.as_dtype(float)
    (True, tf.float32)
    """

    __slots__ = ("name", "numpy_dtype", "enum", "group")
    name: str
    numpy_dtype: np.dtype[Any]
    enum: int
    group: str  # float | complex | int | uint | bool | string | opaque

    def __init__(self, name: str, numpy_type: Any, enum: int, group: str):
        self.name = name
        self.numpy_dtype = np.dtype(numpy_type)
        self.enum = enum
        self.group = group

    @property
    def dtype(self) -> np.dtype[Any]:
        """What NumPy takes it for: np.zeros(3, tf.float32) works."""
        return self.numpy_dtype

    @property
    def as_numpy_dtype(self) -> Any:
        return object if self.group == "string" else self.numpy_dtype.type

    @property
    def as_datatype_enum(self) -> int:
        return self.enum

    @property
    def is_floating(self) -> bool:
        return self.group == "float"

    @property
    def is_complex(self) -> bool:
        return self.group == "complex"

    @property
    def is_integer(self) -> bool:
        return self.group in ("int", "uint")

    @property
    def is_unsigned(self) -> bool:
        return self.group == "uint"

    @property
    def is_bool(self) -> bool:
        return self.group == "bool"

    @property
    def is_numeric(self) -> bool:
        return self.group in ("float", "complex", "int", "uint")

    @property
    def is_quantized(self) -> bool:
        return False

    @property
    def is_numpy_compatible(self) -> bool:
        return self.group != "opaque"

    @property
    def base_dtype(self) -> DType:
        return self

    @property
    def real_dtype(self) -> DType:
        return {"complex64": float32, "complex128": float64}.get(self.name, self)

    @property
    def size(self) -> int:
        return self.numpy_dtype.itemsize if self.group not in ("string", "opaque") else 0

    @property
    def min(self) -> Any:
        return self.limit("min")

    @property
    def max(self) -> Any:
        return self.limit("max")

    @property
    def limits(self) -> tuple[Any, Any]:
        """The range of intensities in images: 0 to 1 in floats, 0 to the largest in integers."""
        if self.is_integer or self.is_bool:
            return 0, True if self.is_bool else self.max
        if self.name in ("float32", "float64"):
            return 0, 1
        raise ValueError(f"{self!r} has no limits of intensity")

    def limit(self, which: str) -> Any:
        if self.is_floating:
            return getattr(ml_dtypes.finfo(self.numpy_dtype), which)
        if self.is_integer:
            return int(getattr(np.iinfo(self.numpy_dtype), which))
        raise TypeError(f"Cannot find {'minimum' if which == 'min' else 'maximum'} value of {self!r}.")

    def is_compatible_with(self, other: Any) -> bool:
        return self == as_dtype(other)

    def __eq__(self, other: object) -> bool:
        if other is self:
            return True
        if other is None or isinstance(other, DType):
            return False
        return find(other) is self

    def __hash__(self) -> int:
        return self.enum

    def __int__(self) -> int:
        return self.enum

    def __repr__(self) -> str:
        return f"tf.{self.name}"

    def __str__(self) -> str:
        return f"<dtype: {self.name!r}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return as_dtype, (self.name,)


float16: DType = DType("float16", np.float16, 19, "float")
bfloat16: DType = DType("bfloat16", ml_dtypes.bfloat16, 14, "float")
float32: DType = DType("float32", np.float32, 1, "float")
float64: DType = DType("float64", np.float64, 2, "float")
float8_e5m2: DType = DType("float8_e5m2", ml_dtypes.float8_e5m2, 24, "float")
float8_e4m3fn: DType = DType("float8_e4m3fn", ml_dtypes.float8_e4m3fn, 25, "float")
complex64: DType = DType("complex64", np.complex64, 8, "complex")
complex128: DType = DType("complex128", np.complex128, 18, "complex")
int8: DType = DType("int8", np.int8, 6, "int")
int16: DType = DType("int16", np.int16, 5, "int")
int32: DType = DType("int32", np.int32, 3, "int")
int64: DType = DType("int64", np.int64, 9, "int")
uint8: DType = DType("uint8", np.uint8, 4, "uint")
uint16: DType = DType("uint16", np.uint16, 17, "uint")
uint32: DType = DType("uint32", np.uint32, 22, "uint")
uint64: DType = DType("uint64", np.uint64, 23, "uint")
bool_: DType = DType("bool", np.bool_, 10, "bool")
string: DType = DType("string", object, 7, "string")
resource: DType = DType("resource", np.void, 20, "opaque")
variant: DType = DType("variant", np.void, 21, "opaque")
half: DType = float16
double: DType = float64

NUMERIC = (float16, bfloat16, float32, float64, float8_e5m2, float8_e4m3fn, complex64, complex128,
           int8, int16, int32, int64, uint8, uint16, uint32, uint64)  # fmt: skip
EVERY = (*NUMERIC, bool_, string, resource, variant)
OF_NUMPY: dict[np.dtype, DType] = {d.numpy_dtype: d for d in (*NUMERIC, bool_, string)}
NAMED: dict[Any, DType] = {d.name: d for d in EVERY} | {"half": float16, "float": float32, "double": float64}
NUMBERED: dict[int, DType] = {d.enum: d for d in EVERY}
PYTHON: dict[Any, DType] = {float: float32, int: int32, bool: bool_, complex: complex128, str: string, bytes: string}


def find(value: Any) -> DType | None:
    """The DType that `value` names, or None."""
    if isinstance(value, DType):
        return value
    if type(value) is int:
        return NUMBERED.get(value)
    try:
        found = NAMED.get(value) or PYTHON.get(value)
        if found is None and value is not None:
            dtype = np.dtype(value)
            found = string if dtype.kind in "US" else OF_NUMPY.get(dtype)
            if dtype.kind == "O" and isinstance(value, type) and value not in (object, np.object_):
                found = None  # NumPy takes every class for object
    except TypeError:
        return None
    return found


def as_dtype(type_value: Any) -> DType:
    """The DType named by a string, a NumPy dtype, a Python type, or a DType.

    Raises:
        TypeError: where it names none.

    >>> tf.as_dtype("int64")
    tf.int64
    """
    found = find(type_value)
    if found is None:
        raise TypeError(f"Cannot convert the argument `type_value`: {type_value!r} to a TensorFlow DType.")
    return found


def family(*groups: str) -> frozenset:
    return frozenset(d.numpy_dtype for d in (*NUMERIC, bool_) if d.group in groups and not d.name.startswith("float8"))


FLOATS = family("float")
FLOATS_COMPLEX = family("float", "complex")
COMPLEX = family("complex")
INTEGERS = family("int", "uint")
REALS = family("float", "int", "uint")
NUMBERS = family("float", "complex", "int", "uint")
BOOL = family("bool")
ANY = None
