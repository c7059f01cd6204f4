"""tf.strings: strings taken apart into words, bytes and n-grams."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from ..composites.ragged import RaggedTensor, ragged
from ..composites.ragged_make import uniform_rows
from ..composites.rows import known, splits_of
from ..core.dtypes import string
from ..core.tensor import tensor
from ._each_string import array_of, of_objects, strings_in, text_of

WIDE = np.int64


def split(input: Any, sep: Any = None, maxsplit: int = -1, name: str | None = None) -> Any:
    """The words of each string: a vector for one string, a ragged tensor for several.

    Args:
        sep: what stands between the words; without it white space, of any length.
        maxsplit: split at most so often; -1 splits everywhere.

    >>> tf.strings.split(["hello world", "a b c"])
    <tf.RaggedTensor [[b'hello', b'world'], [b'a', b'b', b'c']]>
    >>> tf.strings.split("a,b,,c", sep=",").numpy()
    array([b'a', b'b', b'', b'c'], dtype=object)
    """
    between = b"" if sep is None else text_of(sep, "StringSplitV2", "sep")
    return taken_apart("StringSplitV2", input, words(between, int(maxsplit)))


def words(sep: bytes, most: int) -> Callable[[bytes], list[bytes]]:
    """How a string is split: what is left behind the last split is a word too, even where it is empty."""
    if sep:
        return lambda s: s.split(sep, most)
    if most < 0:
        return bytes.split
    return lambda s: first_words(s, most)


def first_words(s: bytes, most: int) -> list[bytes]:
    found = s.split(None, most) if most else [s]
    return [*found, b""] if most and len(found) == most else found


def bytes_split(input: Any, name: str | None = None) -> Any:
    """The bytes of each string.

    >>> tf.strings.bytes_split(["ab", "c"])
    <tf.RaggedTensor [[b'a', b'b'], [b'c']]>
    """
    return taken_apart("StringSplitV2", input, lambda s: [s[k : k + 1] for k in range(len(s))])


def taken_apart(op: str, value: Any, function: Callable[[bytes], list[bytes]]) -> Any:
    """Each string as a row: a vector for a single one, else ragged with one axis more."""
    return rows_made(op, value, lambda s: (function(s),), (string,))[0]


def rows_made(op: str, value: Any, function: Callable[[bytes], Sequence[list[Any]]], dtypes: Sequence[Any]) -> list[Any]:
    """The same where each string gives several lists of equal length, for several results."""
    x = strings_in(value, op)
    if isinstance(x, RaggedTensor):
        return [x.with_flat_values(found) for found in rows_made(op, x.flat_values, function, dtypes)]
    array = array_of(x, op)
    found = [function(s) for s in array.ravel().tolist()]
    lengths = np.array([len(lists[0]) for lists in found], WIDE)
    out = []
    for k, dtype in enumerate(dtypes):
        joined = [v for lists in found for v in lists[k]]
        flat = tensor(of_objects(joined, len(joined)) if dtype is string else np.array(joined, dtype.numpy_dtype))
        rows = flat if not array.ndim else ragged(flat, tensor(splits_of(lengths)))
        out.append(uniform_rows(rows, array.shape, np.dtype(WIDE)) if array.ndim > 1 else rows)
    return out


# -- n-grams --------------------------------------------------------------------------------------------------------------------------
def ngrams(
    data: Any,
    ngram_width: Any,
    separator: Any = " ",
    pad_values: Any = None,
    padding_width: int | None = None,
    preserve_short_sequences: bool = False,
    name: str | None = None,
) -> Any:
    """The strings along the innermost axis joined in runs of `ngram_width`.

    Args:
        ngram_width: how many together; with several widths first those of the first width, then the others.
        pad_values: what stands before and behind the row, one string or a pair.
        padding_width: how often, at most; one less than ngram_width without it.
        preserve_short_sequences: a row that is too short is kept whole.

    Raises:
        ValueError: no vector, a width or padding_width below 1. TypeError: pad_values that are no strings.

    >>> tf.strings.ngrams(["a", "b", "c"], 2).numpy()
    array([b'a b', b'b c'], dtype=object)
    """
    op, x = "StringNGrams", strings_in(data, "StringNGrams")
    widths = [int(w) for w in ngram_width] if isinstance(ngram_width, (list, tuple)) else [int(ngram_width)]
    pads = padding(pad_values)
    if not x.shape.rank:
        raise ValueError("Data must have rank>0")
    if any(w < 1 for w in widths):
        raise ValueError(f"All ngram_widths must be greater than 0. Got {ngram_width}")
    if padding_width is not None and (padding_width < 1 or pads is None):
        why = "must be greater than 0" if padding_width < 1 else "needs pad_values"
        raise ValueError(f"padding_width {why}. Got {padding_width}")
    between = text_of(separator, op, "separator")
    settings = Grams(widths, between, pads, padding_width, preserve_short_sequences)
    if isinstance(x, RaggedTensor):
        return inner_rows(x, settings)
    array = array_of(x, op)
    rows = [settings.of(row) for row in array.reshape(int(np.prod(array.shape[:-1])), array.shape[-1]).tolist()]
    count = len(rows[0]) if rows else 0
    return tensor(of_objects([g for row in rows for g in row], (*array.shape[:-1], count)))


def padding(values: Any) -> tuple[bytes, bytes] | None:
    if values is None:
        return None
    pair = (values, values) if isinstance(values, (str, bytes)) else tuple(values)
    if len(pair) != 2 or not all(isinstance(v, (str, bytes)) for v in pair):
        raise TypeError(f"pad_values must be a string, a tuple of two strings, or None. Got {values!r}")
    left, right = [v.encode() if isinstance(v, str) else v for v in pair]
    return left, right


class Grams:
    """How the n-grams of a row are made."""

    widths: list[int]
    between: bytes
    pads: Any
    most: int | None
    keeps_short: bool

    def __init__(self, widths: list[int], between: bytes, pads: Any, most: int | None, keeps_short: bool):
        self.widths, self.between, self.pads, self.most, self.keeps_short = widths, between, pads, most, keeps_short

    def of(self, row: list[bytes]) -> list[bytes]:
        return [g for width in self.widths for g in self.of_width(row, width)] or self.short(row)

    def of_width(self, row: list[bytes], width: int) -> list[bytes]:
        if self.pads is not None:
            count = width - 1 if self.most is None else min(self.most, width - 1)
            row = [self.pads[0]] * count + row + [self.pads[1]] * count
        return [self.between.join(row[k : k + width]) for k in range(len(row) - width + 1)]

    def short(self, row: list[bytes]) -> list[bytes]:
        return [self.between.join(row)] if self.keeps_short and row else []


def inner_rows(x: RaggedTensor, settings: Grams) -> RaggedTensor:
    if isinstance(x.values, RaggedTensor):
        return x.with_values(inner_rows(x.values, settings))
    flat, splits = known(x.values).tolist(), x.splits.tolist()
    rows = [settings.of(flat[a:b]) for a, b in pairwise(splits)]
    grams = [g for row in rows for g in row]
    lengths = np.array([len(row) for row in rows], x.splits.dtype)
    return ragged(tensor(of_objects(grams, len(grams))), tensor(splits_of(lengths)))


__all__ = ["bytes_split", "ngrams", "split"]
