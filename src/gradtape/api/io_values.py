"""tf.io: numbers and strings in bytes: raw, CSV, base64, compressed, serialized tensors."""

from __future__ import annotations

import base64
import binascii
import gzip
import zlib
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..core.dtypes import as_dtype, string
from ..core.errors import DataLossError, invalid
from ..core.tensor import Tensor, tensor
from ..ops._arguments import operand, whole_number
from ..records.csv import default_of, fields_of, values_of_record
from . import _tensor_proto
from ._strings import one_string, string_tensor, strings_of

RAW = frozenset(
    {
        "float16",
        "float32",
        "float64",
        "int8",
        "int16",
        "int32",
        "int64",
        "uint8",
        "uint16",
        "complex64",
        "complex128",
        "bool",
        "bfloat16",
    }
)


# -- raw numbers ----------------------------------------------------------------------------------------------------------
def decode_raw(
    input_bytes: Any, out_type: Any, little_endian: bool = True, fixed_length: Any = None, name: str | None = None
) -> Tensor:
    """The numbers whose bytes the strings hold, in a new last axis.

    Args:
        fixed_length: cut strings to so many bytes, or fill them up with zeros; without it all must be equally long.

    Raises:
        InvalidArgumentError: lengths that differ or are no multiple of a number's, another dtype.

    >>> tf.io.decode_raw(b"\\x01\\x00\\x02\\x00", tf.int16).numpy()
    array([1, 2], dtype=int16)
    """
    op, wanted = "decode_raw", as_dtype(out_type)
    if wanted.name not in RAW:
        raise invalid(op, f"{op}: out_type must be one of {', '.join(sorted(RAW))}, got {wanted.name}")
    found = strings_of(op, input_bytes, "input_bytes")
    size = wanted.numpy_dtype.itemsize
    rows = [bytes(row) for row in found.ravel()]
    length = len(rows[0]) if rows else 0
    if fixed_length is not None:
        length = whole_number(fixed_length, op, "fixed_length")
        rows = [row[:length].ljust(length, b"\0") for row in rows]
    for k, row in enumerate(rows):
        if len(row) != length:
            raise invalid(
                op, f"{op}: the input strings must all be the same size, but element {k} has size {len(row)} != {length}"
            )
    if length < 0 or length % size:
        raise invalid(op, f"{op}: the strings have length {length}, which is no multiple of {size}, the size of {wanted.name}")
    numbers = np.frombuffer(b"".join(rows), np.dtype(np.uint8)).copy()
    if not little_endian and size > 1:
        numbers = numbers.reshape(-1, size)[:, ::-1].copy()
    return tensor(numbers.view(wanted.numpy_dtype).reshape(*found.shape, length // size))


# -- CSV --------------------------------------------------------------------------------------------------------------------


def decode_csv(
    records: Any,
    record_defaults: Sequence[Any],
    field_delim: str = ",",
    use_quote_delim: bool = True,
    na_value: str = "",
    select_cols: Sequence[int] | None = None,
    name: str | None = None,
) -> list[Tensor]:
    """The columns of records (RFC 4180), one tensor each with the records' shape.

    Args:
        record_defaults: for each column a value of its dtype that stands where a field is empty, or an empty list if none may be.
        use_quote_delim: may a field in quotes hold the delimiter?
        na_value: another text that means an empty field.
        select_cols: only these columns, in rising order.

    Raises:
        InvalidArgumentError: a record with another number of fields, a field that is no number, one that is missing, broken quotes.
        ValueError: select_cols and record_defaults of different length.

    >>> numbers, words = tf.io.decode_csv(["1,a", ",b"], [[7], [""]])
    >>> numbers.numpy(), words.numpy()
    (array([1, 7], dtype=int32), array([b'a', b'b'], dtype=object))
    """
    op = "decode_csv"
    if select_cols is not None and len(select_cols) != len(record_defaults):
        raise ValueError(
            f"{op}: Length of select_cols and record_defaults do not match: {len(select_cols)} and {len(record_defaults)}."
        )
    defaults = [default_of(op, k, value) for k, value in enumerate(record_defaults)]
    found = strings_of(op, records, "records")
    empty = na_value.encode()
    columns: list[list[Any]] = [[] for _ in defaults]
    for k, record in enumerate(found.ravel()):
        fields = fields_of(op, k, bytes(record), field_delim.encode(), use_quote_delim)
        for c, value in enumerate(values_of_record(op, k, fields, defaults, empty, select_cols)):
            columns[c].append(value)
    return [column_tensor(values, default, found.shape) for values, default in zip(columns, defaults, strict=True)]


def column_tensor(values: list[Any], default: tuple[Any, Any], shape: tuple[int, ...]) -> Tensor:
    dtype = default[0]
    if dtype is string:
        return string_tensor(values, shape)
    return tensor(np.array(values, dtype.numpy_dtype).reshape(shape))


# -- strings to strings --------------------------------------------------------------------------------------------------------
def each(op: str, value: Any, function: Callable, argument: str = "input") -> Tensor:
    found = strings_of(op, value, argument)
    return string_tensor([function(item) for item in found.ravel()], found.shape)


def encode_base64(input: Any, pad: bool = False, name: str | None = None) -> Tensor:
    """Strings in the web-safe base64 alphabet.

    >>> tf.io.encode_base64("ab?>").numpy()
    b'YWI_Pg'
    """
    return each("encode_base64", input, lambda item: base64.urlsafe_b64encode(item).rstrip(b"" if pad else b"="))


def decode_base64(input: Any, name: str | None = None) -> Tensor:
    """The inverse of `tf.io.encode_base64`, with padding or without.

    Raises:
        InvalidArgumentError: other characters.

    >>> tf.io.decode_base64("YWI_Pg").numpy()
    b'ab?>'
    """
    op = "decode_base64"

    def decoded(item: bytes) -> bytes:
        bare = item.rstrip(b"=")
        try:
            return base64.b64decode(bare + b"=" * (-len(bare) % 4), b"-_", validate=True)
        except binascii.Error as error:
            raise invalid(op, f"{op}: Invalid character found in base64 {item[:40]!r}: {error}.") from None

    return each(op, input, decoded)


def decode_compressed(bytes: Any, compression_type: str = "", name: str | None = None) -> Tensor:
    """Strings that were compressed as "ZLIB" or "GZIP"; "" as they are.

    Raises:
        InvalidArgumentError: another compression_type. DataLossError: corrupt data.

    >>> import zlib
    >>> tf.io.decode_compressed(zlib.compress(b"abc"), "ZLIB").numpy()
    b'abc'
    """
    op = "decode_compressed"
    if compression_type not in ("", "ZLIB", "GZIP"):
        raise invalid(op, f"{op}: Only ZLIB, GZIP or NONE are supported compressions, not {compression_type!r}")
    unpack = {"": lambda item: item, "ZLIB": zlib.decompress, "GZIP": gzip.decompress}[compression_type]

    def unpacked(item: Any) -> Any:
        try:
            return unpack(item)
        except (zlib.error, OSError, EOFError) as error:
            raise DataLossError(
                None, None, f"{op}: {len(item)} bytes are no valid {compression_type} data: {error} [Op:{op}]"
            ) from None

    return each(op, bytes, unpacked, "bytes")


# -- whole tensors -----------------------------------------------------------------------------------------------------------------
def serialize_tensor(tensor: Any, name: str | None = None) -> Tensor:
    """A tensor as a string: TensorFlow's TensorProto message.

    >>> tf.io.parse_tensor(tf.io.serialize_tensor([1.0, 2.0]), tf.float32).numpy()
    array([1., 2.], dtype=float32)
    """
    return string_tensor([_tensor_proto.written(operand(tensor))], ())


def parse_tensor(serialized: Any, out_type: Any, name: str | None = None) -> Tensor:
    """The tensor that `tf.io.serialize_tensor` wrote, here or in TensorFlow.

    Raises:
        InvalidArgumentError: a corrupt string, another dtype than `out_type`.

    >>> tf.io.parse_tensor(tf.io.serialize_tensor([[True]]), tf.bool).numpy()
    array([[ True]])
    """
    op, wanted = "parse_tensor", as_dtype(out_type)
    data = one_string(op, "serialized", serialized)
    try:
        found, values = _tensor_proto.read(data)
    except (ValueError, IndexError, KeyError, OverflowError) as error:
        raise invalid(op, f"{op}: Could not parse `serialized` ({len(data)} bytes) as TensorProto: {error}") from None
    if found is not wanted:
        raise invalid(op, f"{op}: Type mismatch between parsed tensor ({found.name}) and dtype ({wanted.name})")
    return string_tensor(list(values.ravel()), values.shape) if wanted is string else tensor(values)
