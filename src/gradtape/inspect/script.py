"""The user's program as text: source lines, names, and which statements use what others made.

Everything here is a hint for a sentence; without source text (a REPL, `exec`) the answers are empty.
"""

from __future__ import annotations

import ast
import linecache
import sys
from collections.abc import Iterator
from functools import lru_cache
from types import CodeType, FrameType
from typing import Any

from ..core.context import PACKAGE, Site, current, line_of

SIMPLE = (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Expr, ast.Return, ast.Assert, ast.Raise, ast.Delete)
OURS = (PACKAGE, PACKAGE[:-1].removesuffix("gradtape") + "keras_gradtape")
LIBRARIES = ("/keras/src/", "\\keras\\src\\")


# -- frames ---------------------------------------------------------------------------------------------------
def user_frame() -> FrameType | None:
    """The frame of the innermost line that is neither gradtape's nor Keras's; that of the library call under way, if there is one."""
    frame: FrameType | None = sys._getframe(1)
    context = current()
    if context is not None and context.site is not None:
        code = context.site[0]
        while frame is not None and frame.f_code is not code:
            frame = frame.f_back
    while frame is not None and is_library(frame.f_code.co_filename):
        frame = frame.f_back
    return frame


def is_library(file: str) -> bool:
    return file.startswith(OURS) or any(part in file for part in LIBRARIES)


def site_in(frame: FrameType | None) -> Site | None:
    return None if frame is None else (frame.f_code, frame.f_lasti)


def names_in(frame: FrameType | None, value: Any, plain: Any) -> list[str]:
    """What the user calls a value there."""
    if frame is None:
        return []
    known = frame.f_locals if frame.f_locals is frame.f_globals else {**frame.f_globals, **frame.f_locals}
    found = [name for name, held in list(known.items()) if held is value or held is plain]
    return sorted((name for name in found if not name.startswith("_")), key=lambda name: name not in frame.f_locals)


# -- text -------------------------------------------------------------------------------------------------------
def line_text(site: Site | None) -> str:
    if site is None:
        return ""
    return linecache.getline(site[0].co_filename, line_of(site)).strip()


@lru_cache(maxsize=8)
def parsed(text: str) -> tuple[ast.stmt, ...]:
    """All statements, in the order of their lines."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return ()
    return tuple(sorted((n for n in ast.walk(tree) if isinstance(n, ast.stmt)), key=lambda n: n.lineno))


def statements(code: CodeType) -> list[ast.stmt]:
    """The statements of the function that this is the code of (of the whole file, for a module's)."""
    text = "".join(linecache.getlines(code.co_filename))
    if not text:
        return []
    found = list(parsed(text))
    if code.co_name == "<module>":
        return found
    lines = [line for _, _, line in code.co_lines() if line]
    first, last = min(lines), max(lines)
    return [n for n in found if first <= n.lineno <= last]


def simple_statement(code: CodeType, line: int) -> ast.stmt | None:
    """The statement without statements inside that a line belongs to."""
    return next((n for n in statements(code) if isinstance(n, SIMPLE) and n.lineno <= line <= (n.end_lineno or n.lineno)), None)


def with_range(site: Site | None) -> range:
    """The lines of the `with` block that was entered at the site."""
    if site is None:
        return range(0)
    line = line_of(site)
    for n in statements(site[0]):
        if isinstance(n, (ast.With, ast.AsyncWith)) and n.lineno <= line < n.body[0].lineno + (n.body[0].lineno == n.lineno):
            return range(n.lineno, (n.end_lineno or n.lineno) + 1)
    return range(0)


# -- names ------------------------------------------------------------------------------------------------------
def used(node: ast.AST) -> set[str]:
    """Names and dotted attributes that are read."""
    found = {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    found |= {ast.unparse(n) for n in ast.walk(node) if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Load)}
    return found | ({node.target.id} if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name) else set())


def assigned(node: ast.stmt) -> set[str]:
    """Names and dotted attributes that get a value."""
    if isinstance(node, ast.Assign):
        targets = list(node.targets)
    elif isinstance(node, (ast.AugAssign, ast.AnnAssign)):
        targets = [node.target]
    else:
        return set()
    flat = [n for target in targets for n in ast.walk(target)]
    return {ast.unparse(n) for n in flat if isinstance(n, (ast.Name, ast.Attribute)) and isinstance(n.ctx, ast.Store)}


def assignments(code: CodeType, name: str) -> Iterator[ast.stmt]:
    """The statements that give a name its value, last first."""
    yield from (n for n in reversed(statements(code)) if isinstance(n, SIMPLE) and name in assigned(n))


def tainted(code: CodeType, names: set[str], start: int = 0) -> set[str]:
    """The names whose values come from one of these, as far as the text of one function shows."""
    known = set(names)
    block = [n for n in statements(code) if isinstance(n, SIMPLE) and n.lineno >= start]
    for _ in range(2):  # the second time for what a loop carries
        for n in block:
            if used(n) & known:
                known |= assigned(n)
    return known


def flows(code: CodeType, start: int, end: int) -> bool:
    """Does what the line `start` makes reach the line `end`, as far as the text shows?"""
    first, last = simple_statement(code, start), simple_statement(code, end)
    if first is None or last is None:
        return start <= end
    if first is last:
        return True
    return bool(used(last) & tainted(code, assigned(first), first.lineno + 1))


def is_called(node: ast.AST, names: tuple[str, ...]) -> bool:
    """Is there a call of a function or method with one of these names?"""
    calls = [n.func for n in ast.walk(node) if isinstance(n, ast.Call)]
    return any((f.attr if isinstance(f, ast.Attribute) else f.id if isinstance(f, ast.Name) else "") in names for f in calls)


def is_rebinding(node: ast.stmt, name: str) -> bool:
    """x = x - ...  or  x -= ..., with x a plain name."""
    if isinstance(node, ast.AugAssign):
        return isinstance(node.target, ast.Name) and node.target.id == name
    return isinstance(node, ast.Assign) and name in used(node.value)


def line_text_of(file: str, line: int) -> str:
    return linecache.getline(file, line).strip()
