"""tf.strings: regular expressions."""

from __future__ import annotations

from typing import Any

from ..core.dtypes import bool_
from ._each_string import each, text_of
from ._patterns import compiled, replaced


def regex_replace(input: Any, pattern: Any, rewrite: Any, replace_global: bool = True, name: str | None = None) -> Any:
    """The strings with what matches the pattern (in RE2's syntax) replaced.

    Args:
        rewrite: what stands in its place; \\\\1 to \\\\9 are the groups, \\\\0 the whole match.
        replace_global: every match, or only the first.

    Raises:
        InvalidArgumentError: a pattern that RE2 does not take.

    >>> tf.strings.regex_replace("Text with tags.<br /><b>contains html</b>", "<[^>]+>", " ").numpy()
    b'Text with tags.  contains html '
    """
    op = "RegexReplace"
    found, new = compiled(op, text_of(pattern, op, "pattern")), text_of(rewrite, op, "rewrite")
    by = new.decode("utf-8", "surrogateescape")

    def change(s: bytes) -> bytes:
        text = s.decode("utf-8", "surrogateescape")
        return replaced(found, by, text, replace_global).encode("utf-8", "surrogateescape")

    return each(op, input, change)


def regex_full_match(input: Any, pattern: Any, name: str | None = None) -> Any:
    """Does the pattern (in RE2's syntax) match the whole string?

    >>> tf.strings.regex_full_match(["TF lib", "lib TF"], ".*lib$").numpy()
    array([ True, False])
    """
    op = "RegexFullMatch"
    found = compiled(op, text_of(pattern, op, "pattern"))
    return each(op, input, lambda s: found.fullmatch(s.decode("utf-8", "surrogateescape")) is not None, bool_)


__all__ = ["regex_full_match", "regex_replace"]
