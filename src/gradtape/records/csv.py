"""Records of comma-separated values (RFC 4180): their fields, and the numbers and strings in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from ..core.dtypes import string
from ..core.errors import invalid
from ..core.tensor import to_tensor

COLUMN_TYPES = ("float32", "float64", "int32", "int64", "string")


def values_of_record(
    op: str, number: int, fields: list[bytes], defaults: Sequence[tuple[Any, Any]], empty: bytes, select: Sequence[int] | None
) -> list[Any]:
    """The values of a record's fields, or of those selected."""
    if select is not None:
        if fields and max(select) >= len(fields):
            raise invalid(op, f"{op}: Expect at least {max(select) + 1} fields but have {len(fields)} in record {number}")
        fields = [fields[c] for c in select]
    if len(fields) != len(defaults):
        raise invalid(op, f"{op}: Expect {len(defaults)} fields but have {len(fields)} in record {number}")
    return [
        value_of(op, number, c, b"" if field == empty else field, default)
        for c, (field, default) in enumerate(zip(fields, defaults, strict=True))
    ]


def whole_records(lines: Iterable[bytes], quotes: bool) -> Iterator[bytes]:
    """Lines put together where a field in quotes goes over several."""
    held: list[bytes] = []
    for line in lines:
        held.append(line)
        if not quotes or sum(part.count(b'"') for part in held) % 2 == 0:
            yield b"\n".join(held)
            held = []
    if held:
        yield b"\n".join(held)


def default_of(op: str, k: int, value: Any) -> tuple[Any, Any]:
    """(dtype, the default or None) of a column."""
    given = to_tensor(value)
    if given.dtype.name not in COLUMN_TYPES or given.ndim > 1 or np.size(given.numpy()) > 1:
        raise invalid(
            op, f"{op}: record_defaults[{k}] must be a list of at most one value of {', '.join(COLUMN_TYPES)}, got {value!r}"
        )
    flat = np.ravel(given.numpy())
    return given.dtype, (flat[0] if flat.size else None)


def value_of(op: str, record: int, column: int, field: bytes, default: tuple[Any, Any]) -> Any:
    dtype, value = default
    if not field:
        if value is None:
            raise invalid(op, f"{op}: Field {column} is required but missing in record {record}!")
        return value
    if dtype is string:
        return field
    try:
        number = int(field) if dtype.is_integer else float(field)
        if dtype.is_integer and not dtype.min <= number <= dtype.max:
            raise ValueError
    except ValueError:
        raise invalid(
            op, f"{op}: Field {column} in record {record} is not a valid {dtype.name}: {field.decode(errors='replace')}"
        ) from None
    return number


def fields_of(op: str, number: int, record: bytes, delimiter: bytes, quotes: bool) -> list[bytes]:
    """The fields of one record; two quotes inside quotes are one."""
    if not quotes:
        return record.split(delimiter)
    fields, rest = [], record
    while True:
        if rest.startswith(b'"'):
            field, rest = quoted(op, number, rest[1:])
            if rest and not rest.startswith(delimiter):
                raise invalid(op, f"{op}: Quote inside a string has to be escaped by another quote, in record {number}")
            last, rest = not rest, rest[len(delimiter) :]
        else:
            field, found, rest = rest.partition(delimiter)
            if any(c in field for c in (b'"', b"\n", b"\r")):
                raise invalid(op, f"{op}: Unquoted fields cannot have quotes/CRLFs inside, as in record {number}")
            last = not found
        fields.append(field)
        if last:
            return fields


def quoted(op: str, number: int, rest: bytes) -> tuple[bytes, bytes]:
    """A field up to its closing quote, and what follows."""
    parts = []
    while True:
        part, quote, rest = rest.partition(b'"')
        if not quote:
            raise invalid(op, f"{op}: Quoted field has to end with quote followed by delim or end, in record {number}")
        parts.append(part)
        if not rest.startswith(b'"'):
            return b'"'.join(parts), rest
        rest = rest[1:]
