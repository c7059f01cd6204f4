"""tf.strings: code points, encodings, scripts."""

from __future__ import annotations

import codecs
from bisect import bisect_right
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from ..composites.ragged import RaggedTensor
from ..composites.rows import known
from ..core.dtypes import int32, int64, string
from ..core.errors import invalid
from ..core.tensor import Tensor, convert_to_tensor, tensor
from ._each_string import each, of_objects, one_of, whole
from .strings_pieces import rows_made

OUTPUTS = ("UTF-8", "UTF-16-BE", "UTF-32-BE")
WAYS = ("strict", "replace", "ignore")
CONTROLS = frozenset(range(32))
LAST = 0x10FFFF


class Reader(NamedTuple):
    """How bytes are read as characters."""

    op: str
    codec: Any
    errors: str
    replacement: int
    replaces_controls: bool

    def characters(self, s: bytes) -> tuple[list[int], list[int]]:
        """The code points, and where in the bytes each begins.

        Raises:
            InvalidArgumentError: bytes that are no characters, with errors="strict".
        """
        points: list[int] = []
        offsets: list[int] = []
        at = 0
        while at < len(s):
            good, at_bad, after = self.decoded(s, at)
            for letter in good:
                code = ord(letter)
                points.append(self.replacement if self.replaces_controls and code in CONTROLS else code)
                offsets.append(at)
                at += self.width(letter)
            if at_bad < len(s):
                if self.errors == "strict":
                    raise invalid(self.op, "Invalid formatting on input string")
                if self.errors == "replace":
                    points.append(self.replacement)
                    offsets.append(at_bad)
            at = after
        return points, offsets

    def decoded(self, s: bytes, at: int) -> tuple[str, int, int]:
        """The characters from here to the next bad bytes, where those begin, and where they end."""
        try:
            return self.codec.decode(s[at:], "strict")[0], len(s), len(s)
        except UnicodeDecodeError as error:
            start, end = at + error.start, at + max(error.end, error.start + 1)
            return self.codec.decode(s[at:start], "strict")[0], start, end

    def width(self, letter: str) -> int:
        return len(self.codec.encode(letter)[0])


def reader(op: str, encoding: str, errors: str, replacement: Any, controls: bool) -> Reader:
    if not isinstance(encoding, str):
        raise TypeError(f"{op}: Expected string for argument 'input_encoding' not {encoding!r:.100}.")
    try:
        codec = codecs.lookup("utf-8" if encoding.upper() == "UTF8" else encoding)
    except LookupError:
        raise invalid(op, f"Could not create converter for input encoding: {encoding}") from None
    return Reader(op, codec, one_of(op, "errors", errors, WAYS), replaced_by(op, replacement), controls)


def replaced_by(op: str, replacement: Any) -> int:
    code = int(replacement)
    if not is_character(code):
        raise invalid(op, f"replacement_char out of unicode codepoint range: {code}")
    return code


def is_character(code: int) -> bool:
    return 0 <= code <= LAST and not 0xD800 <= code < 0xE000


# -- taken apart ------------------------------------------------------------------------------------------------------------------
def unicode_decode(
    input: Any,
    input_encoding: str,
    errors: str = "replace",
    replacement_char: int = 65533,
    replace_control_characters: bool = False,
    name: str | None = None,
) -> Any:
    """The code points of each string: a vector for one string, a ragged tensor for several.

    Args:
        errors: what bytes that are no characters become: "replace" by replacement_char, "ignore" leaves them out, "strict" raises.
        replace_control_characters: shall U+0000 to U+001F be replaced too?

    >>> tf.strings.unicode_decode(["Ää", "a"], "UTF-8")
    <tf.RaggedTensor [[196, 228], [97]]>
    """
    read = reader("UnicodeDecode", input_encoding, errors, replacement_char, replace_control_characters)
    return rows_made("UnicodeDecode", input, lambda s: read.characters(s)[:1], (int32,))[0]


def unicode_decode_with_offsets(
    input: Any,
    input_encoding: str,
    errors: str = "replace",
    replacement_char: int = 65533,
    replace_control_characters: bool = False,
    name: str | None = None,
) -> tuple[Any, Any]:
    """(code points, where in the bytes each character begins).

    >>> points, offsets = tf.strings.unicode_decode_with_offsets("aäb", "UTF-8")
    >>> points.numpy(), offsets.numpy()
    (array([ 97, 228,  98], dtype=int32), array([0, 1, 3]))
    """
    read = reader("UnicodeDecodeWithOffsets", input_encoding, errors, replacement_char, replace_control_characters)
    points, offsets = rows_made("UnicodeDecodeWithOffsets", input, read.characters, (int32, int64))
    return points, offsets


def unicode_split(
    input: Any, input_encoding: str, errors: str = "replace", replacement_char: int = 65533, name: str | None = None
) -> Any:
    """The characters of each string, each as a string.

    >>> tf.strings.unicode_split("aä", "UTF-8").numpy()
    array([b'a', b'\\xc3\\xa4'], dtype=object)
    """
    return unicode_split_with_offsets(input, input_encoding, errors, replacement_char)[0]


def unicode_split_with_offsets(
    input: Any, input_encoding: str, errors: str = "replace", replacement_char: int = 65533, name: str | None = None
) -> tuple[Any, Any]:
    """(characters, where in the bytes each begins).

    >>> letters, offsets = tf.strings.unicode_split_with_offsets("aäb", "UTF-8")
    >>> offsets.numpy()
    array([0, 1, 3])
    """
    op = "UnicodeDecodeWithOffsets"
    one_of("UnicodeEncode", "output_encoding", input_encoding, OUTPUTS)
    read = reader(op, input_encoding, errors, replacement_char, False)

    def letters(s: bytes) -> tuple[list[bytes], list[int]]:
        points, offsets = read.characters(s)
        return [read.codec.encode(chr(p))[0] for p in points], offsets

    found, offsets = rows_made(op, input, letters, (string, int64))
    return found, offsets


# -- put together -------------------------------------------------------------------------------------------------------------------
def unicode_encode(
    input: Any, output_encoding: str, errors: str = "replace", replacement_char: int = 65533, name: str | None = None
) -> Any:
    """A string of the code points along the last axis.

    Raises:
        ValueError: a single number. InvalidArgumentError: with errors="strict", what is no code point.

    >>> tf.strings.unicode_encode([[97, 228], [98, 99]], "UTF-8").numpy()
    array([b'a\\xc3\\xa4', b'bc'], dtype=object)
    """
    op = "UnicodeEncode"
    encoding = one_of(op, "output_encoding", output_encoding, OUTPUTS)
    way, other = one_of(op, "errors", errors, WAYS), replaced_by(op, replacement_char)

    def text(points: list[int]) -> bytes:
        good = [p if is_character(p) else None for p in points]
        if way == "strict" and None in good:
            raise invalid(op, "Code point is out of range for Unicode, or is a surrogate.")
        kept = [other if p is None else p for p in good if p is not None or way == "replace"]
        return "".join(map(chr, kept)).encode(encoding)

    if isinstance(input, RaggedTensor):
        return encoded_rows(input, text)
    x = convert_to_tensor(input, None if isinstance(input, Tensor) else int32)
    if not x.ndim:
        raise ValueError("input_tensor's rank must be at least 1.")
    lead = x.dims[:-1]

    def kernel(array: np.ndarray) -> np.ndarray:
        rows = array.reshape(int(np.prod(array.shape[:-1], dtype=np.int64)), array.shape[-1])
        return of_objects([text(row) for row in rows.tolist()], array.shape[:-1])

    return whole(op, [x], kernel, string, lead)


def encoded_rows(x: RaggedTensor, text: Any) -> Any:
    if isinstance(x.values, RaggedTensor):
        return x.with_values(encoded_rows(x.values, text))
    if x.values.ndim > 1:
        rows = [text(row) for row in known(x.values).reshape(-1, x.values.dims[-1]).tolist()]
        return x.with_values(tensor(of_objects(rows, x.values.dims[:-1])))
    flat, splits = known(x.values).tolist(), x.splits.tolist()
    return tensor(of_objects([text(flat[a:b]) for a, b in pairwise(splits)], (x.row_count,)))


def unicode_transcode(
    input: Any,
    input_encoding: str,
    output_encoding: str,
    errors: str = "replace",
    replacement_char: int = 65533,
    replace_control_characters: bool = False,
    name: str | None = None,
) -> Any:
    """The same characters in another encoding.

    >>> tf.strings.unicode_transcode("aä", "UTF-8", "UTF-16-BE").numpy()
    b'\\x00a\\x00\\xe4'
    """
    op = "UnicodeTranscode"
    encoding = one_of(op, "output_encoding", output_encoding, OUTPUTS)
    read = reader(op, input_encoding, errors, replacement_char, replace_control_characters)
    return each(op, input, lambda s: "".join(map(chr, read.characters(s)[0])).encode(encoding))


# -- scripts -------------------------------------------------------------------------------------------------------------------------
@cache
def script_ranges() -> tuple[list[int], list[int]]:
    """Where the code points of a script begin, and the script's number (Unicode's Scripts.txt, numbered as ICU does)."""
    text = resources.files("gradtape.api").joinpath("scripts.txt").read_text(encoding="ascii")
    pairs = [line.split() for line in text.splitlines() if not line.startswith("#")]
    return [int(first, 16) for first, _ in pairs], [int(number) for _, number in pairs]


def unicode_script(input: Any, name: str | None = None) -> Any:
    """The number of the script (ICU's UScriptCode) of each code point; -1 for what is none.

    >>> tf.strings.unicode_script([97, 945, 19968]).numpy()
    array([25, 14, 17], dtype=int32)
    """
    if isinstance(input, RaggedTensor):
        return input.with_flat_values(unicode_script(input.flat_values))
    x = convert_to_tensor(input, None if isinstance(input, Tensor) else int32)

    def kernel(array: np.ndarray) -> np.ndarray:
        firsts, numbers = script_ranges()
        found = [numbers[bisect_right(firsts, p) - 1] if 0 <= p <= LAST else -1 for p in array.ravel().tolist()]
        return np.array(found, np.int32).reshape(array.shape)

    return whole("UnicodeScript", [x], kernel, int32, x.dims)


__all__ = [
    "unicode_decode",
    "unicode_decode_with_offsets",
    "unicode_encode",
    "unicode_script",
    "unicode_split",
    "unicode_split_with_offsets",
    "unicode_transcode",
]
