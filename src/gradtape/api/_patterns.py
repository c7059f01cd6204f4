"""Regular expressions in RE2's syntax (github.com/google/re2/wiki/Syntax) by Python's `re`.

RE2 matches characters of UTF-8 and knows neither look-around nor references back. Where the two languages write the same thing
differently, the pattern is translated; what RE2 refuses is refused.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import lru_cache

from ..core.errors import InvalidArgumentError

POSIX = {
    "alnum": "0-9A-Za-z", "alpha": "A-Za-z", "ascii": "\\x00-\\x7F", "blank": "\\t ", "cntrl": "\\x00-\\x1F\\x7F", "digit": "0-9",
    "graph": "!-~", "lower": "a-z", "print": " -~", "punct": "!-/:-@\\[-`{-~", "space": "\\t\\n\\v\\f\\r ", "upper": "A-Z",
    "word": "0-9A-Za-z_", "xdigit": "0-9A-Fa-f",
}  # fmt: skip
FLAGS = re.compile(r"\(\?([imsU]*)(?:-([imsU]+))?([:)])")
REFUSED = re.compile(r"\(\?(?:[=!>(#]|P=|<[=!])")
NAMED = re.compile(r"\(\?P?<(\w+)>")
PROPERTY = re.compile(r"\\([pP])(?:\{(\^?)(\w+)\}|(\w))")


@lru_cache(512)
def compiled(op: str, pattern: bytes) -> re.Pattern[str]:
    """The pattern as Python's.

    Raises:
        InvalidArgumentError: a pattern that RE2 does not take.
    """
    text = pattern.decode("utf-8", "surrogateescape")
    try:
        return re.compile(Translation(text).whole(), re.ASCII)
    except (re.error, OverflowError, RecursionError) as error:
        raise InvalidArgumentError(None, None, f"Invalid pattern: {text}, error: {error} [Op:{op}]") from None


class Translation:
    """One pass over a pattern."""

    def __init__(self, text: str):
        self.text, self.at = text, 0
        self.out: list[str] = []
        self.open: list[int] = []  # for each group that is open, how many flag groups end with it
        self.multiline = False

    def whole(self) -> str:
        pending = 0
        while self.at < len(self.text):
            pending += self.step()
        return "".join(self.out) + ")" * pending

    def step(self) -> int:
        """Translate what stands here; the number of groups that stay open to the end of the pattern."""
        letter = self.text[self.at]
        if letter == "\\":
            self.escape(in_class=False)
        elif letter == "[":
            self.char_class()
        elif letter == "$" and not self.multiline:
            self.put("\\Z", 1)
        elif letter == "(":
            return self.group()
        elif letter == ")":
            self.put(")" * (self.open.pop() + 1 if self.open else 1), 1)
        elif letter in "*+?}" and self.text[self.at + 1 : self.at + 2] == "+":
            raise re.error(f"bad repetition operator: {letter}+")
        else:
            self.put(letter, 1)
        return 0

    def put(self, out: str, size: int) -> None:
        self.out.append(out)
        self.at += size

    def group(self) -> int:
        if REFUSED.match(self.text, self.at):
            raise re.error(f"invalid perl operator: {self.text[self.at : self.at + 3]}")
        named = NAMED.match(self.text, self.at)
        if named:
            self.open.append(0)
            self.put(f"(?P<{named[1]}>", len(named[0]))
            return 0
        flags = FLAGS.match(self.text, self.at)
        if flags is None or flags[0] == "(?:":
            self.open.append(0)
            self.put("(?:" if flags else "(", 3 if flags else 1)
            return 0
        return self.flagged(flags)

    def flagged(self, flags: re.Match[str]) -> int:
        on, off, end = flags[1], flags[2] or "", flags[3]
        if "U" in on:
            raise re.error("ungreedy (?U) is not available here: write *? and +?")
        self.multiline = "m" in on or (self.multiline and "m" not in off)
        self.put(f"(?{on}{'-' + off if off else ''}:", len(flags[0]))
        if end == ":":
            self.open.append(0)
        elif self.open:
            self.open[-1] += 1
        else:
            return 1
        return 0

    def escape(self, in_class: bool) -> None:
        following = self.text[self.at + 1 : self.at + 2]
        found = PROPERTY.match(self.text, self.at)
        if found:
            negated = (found[1] == "P") != bool(found[2])
            self.put(property_class(found[3] or found[4], negated, in_class), len(found[0]))
        elif following == "Q" and not in_class:
            end = self.text.find("\\E", self.at)
            end = len(self.text) if end < 0 else end
            self.out.append(re.escape(self.text[self.at + 2 : end]))
            self.at = end + 2
        elif following == "z":
            self.put("\\Z", 2)
        elif following == "x" and self.text[self.at + 2 : self.at + 3] == "{":
            end = self.text.index("}", self.at) if "}" in self.text[self.at :] else len(self.text)
            self.put(re.escape(chr(int(self.text[self.at + 3 : end] or "0", 16))), end + 1 - self.at)
        elif following in "ZGkKRXC" or (following.isdigit() and following != "0"):
            raise re.error(f"invalid escape sequence: \\{following}")
        else:
            self.put("\\" + following, 2)

    def char_class(self) -> None:
        self.put("[", 1)
        if self.text[self.at : self.at + 1] == "^":
            self.put("^", 1)
        if self.text[self.at : self.at + 1] == "]":
            self.put("\\]", 1)
        while self.at < len(self.text) and self.text[self.at] != "]":
            named = re.compile(r"\[:(\^?)(\w+):\]").match(self.text, self.at)
            if named:
                self.put(posix_class(named[2], bool(named[1])), len(named[0]))
            elif self.text[self.at] == "\\":
                self.escape(in_class=True)
            else:
                self.put(("\\" if self.text[self.at] in "[&~|" else "") + self.text[self.at], 1)
        if self.at >= len(self.text):
            raise re.error("missing ]")
        self.put("]", 1)


def posix_class(name: str, negated: bool) -> str:
    if name not in POSIX:
        raise re.error(f"invalid character class range: [:{name}:]")
    return complement(POSIX[name]) if negated else POSIX[name]


def complement(inside: str) -> str:
    """What a class does not hold, for use inside another class."""
    test = re.compile(f"[{inside}]", re.ASCII)
    return ranges([k for k in range(128) if not test.match(chr(k))]) + "\\x80-\\U0010ffff"


def property_class(name: str, negated: bool, in_class: bool) -> str:
    """The characters of a general category, as a class or as part of one."""
    everything = "" if negated else "\\x00-\\U0010ffff"
    inside = everything if name == "Any" else category(name, negated)
    return inside if in_class else f"[{inside}]"


@lru_cache(32)
def category(name: str, negated: bool) -> str:
    found = [k for k in range(sys.maxunicode + 1) if unicodedata.category(chr(k)).startswith(name) != negated]
    if not found or (len(found) == sys.maxunicode + 1):
        raise re.error(f"invalid character class range: \\p{{{name}}} (general categories such as \\p{{Lu}} are known here)")
    return ranges(found)


def ranges(numbers: list[int]) -> str:
    """Code points in order as ranges of a class."""
    out, first = [], numbers[0]
    for last, following in zip(numbers, [*numbers[1:], -1], strict=True):
        if following != last + 1:
            out.append(f"\\U{first:08x}" + (f"-\\U{last:08x}" if last > first else ""))
            first = following
    return "".join(out)


def replaced(pattern: re.Pattern[str], rewrite: str, text: str, everywhere: bool) -> str:
    """The text with the matches rewritten; an empty match right behind another one does not count, as in RE2."""
    parts = rewriting(rewrite)
    if parts is None or any(isinstance(p, int) and p > pattern.groups for p in parts):
        return text
    out, at, last = [], 0, -1
    while match := pattern.search(text, at):
        out.append(text[at : match.start()])
        at = match.end()
        if match.start() == at == last:
            out.append(text[at : at + 1])
            at += 1
        else:
            out += [(match[p] or "") if isinstance(p, int) else p for p in parts]
            last = at
        if not everywhere or at > len(text):
            break
    return "".join(out) + text[at:]


def rewriting(rewrite: str) -> list[str | int] | None:
    """Pieces of text and numbers of groups; None where a backslash stands before anything but a digit or another."""
    out: list[str | int] = []
    pieces = iter(re.split(r"(\\.?)", rewrite, flags=re.DOTALL))
    for piece in pieces:
        if not piece.startswith("\\"):
            out.append(piece)
        elif piece[1:].isdigit():
            out.append(int(piece[1:]))
        elif piece == "\\\\":
            out.append("\\")
        else:
            return None
    return out
