"""Which of TensorFlow's names a program uses, read from its text: imports, aliases and chains of attributes."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOTS = {"tensorflow": "tf", "keras": "keras", "gradtape": "tf"}
PACKAGES = ("tensorflow_", "tf_keras")
MAGIC = re.compile(r"^(\s*)[%!?].*$")


class Use(NamedTuple):
    """A name, where it stands, and the keyword arguments that it is called with."""

    name: str
    line: int
    keywords: tuple[str, ...] = ()
    method: bool = False  # of an object whose class is not known


class Unreadable(ValueError):
    """The text is no Python, or the file no notebook."""


class Cell(NamedTuple):
    """A piece of a program; number 0 is a whole file."""

    number: int
    text: str


def cells(path: Path) -> list[Cell]:
    """The pieces of a file.

    Raises:
        Unreadable: it cannot be opened, or is no text or no notebook.
    """
    try:
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".ipynb":
            return [Cell(0, text)]
        found = json.loads(text)["cells"]
        return [Cell(n, plain(c)) for n, c in enumerate(found, 1) if c["cell_type"] == "code"]
    except UnicodeDecodeError as error:
        raise Unreadable(f"it is no text in UTF-8 from byte {error.start} on") from None
    except json.JSONDecodeError as error:
        raise Unreadable(f"it is no JSON from character {error.pos} (line {error.lineno}) on") from None
    except (KeyError, TypeError):
        raise Unreadable("it is JSON, but no notebook") from None
    except OSError as error:
        raise Unreadable(error.strerror or str(error)) from None


def plain(cell: dict) -> str:
    """The source of a notebook's cell without magics and shell commands; the lines stay where they are."""
    source = cell["source"]
    text = source if isinstance(source, str) else "".join(source)
    if text.lstrip().startswith("%%"):
        return ""
    return "\n".join(MAGIC.sub(r"\1pass", line) for line in text.split("\n"))


def uses(text: str, aliases: dict[str, str]) -> Iterator[Use]:
    """The names in a piece; `aliases` holds what names of the program stand for, and grows.

    Raises:
        Unreadable: the text is no Python.
    """
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError) as error:
        raise Unreadable(f"it is no Python 3: {error}") from None
    reader = Reader(aliases)
    reader.visit(tree)
    yield from sorted(reader.found, key=lambda use: use.line)


class Reader(ast.NodeVisitor):
    """Follows imports and plain assignments, in the order of the text."""

    def __init__(self, aliases: dict[str, str]):
        self.aliases = aliases
        self.found: list[Use] = []

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            name = standard(alias.name)
            if name is None:
                continue
            if "." in name or name not in ROOTS.values():
                self.found.append(Use(name, node.lineno))
            # `import a.b` binds a, `import a.b as c` binds c to a.b
            bound = name if alias.asname else name.partition(".")[0]
            self.aliases[alias.asname or alias.name.partition(".")[0]] = bound

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        base = standard(node.module or "") if not node.level else None
        if base is None:
            return
        if base.startswith(PACKAGES):
            self.found.append(Use(base, node.lineno))
        for alias in node.names:
            if alias.name == "*" or base.startswith(PACKAGES):
                continue
            name = f"{base}.{alias.name}"
            self.aliases[alias.asname or alias.name] = name
            self.found.append(Use(name, node.lineno))

    def visit_Assign(self, node: ast.Assign) -> None:
        self.generic_visit(node)
        name = self.path(node.value)
        for target in node.targets:
            if isinstance(target, ast.Name):
                if name is not None:
                    self.aliases[target.id] = name
                else:
                    self.aliases.pop(target.id, None)

    def visit_Call(self, node: ast.Call) -> None:
        name = self.path(node.func)
        keywords = tuple(k.arg for k in node.keywords if k.arg)
        if name is not None:
            self.found.append(Use(name, node.lineno, keywords))
        elif isinstance(node.func, ast.Attribute):
            self.found.append(Use(node.func.attr, node.func.end_lineno or node.lineno, keywords, method=True))
            self.visit(node.func.value)
        else:
            self.visit(node.func)
        for argument in node.args:
            self.visit(argument)
        for keyword in node.keywords:
            self.visit(keyword.value)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        name = self.path(node)
        if name is not None:
            self.found.append(Use(name, node.end_lineno or node.lineno))
        else:
            self.generic_visit(node)

    def path(self, node: ast.AST) -> str | None:
        """tf.a.b for a chain of attributes that begins at one of TensorFlow's names."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name) or node.id not in self.aliases:
            return None
        return ".".join([self.aliases[node.id], *reversed(parts)])


def standard(module: str) -> str | None:
    """tensorflow.a -> tf.a; None for modules that are not TensorFlow's nor Keras's."""
    root, _, rest = module.partition(".")
    if root.startswith(PACKAGES):
        return root
    if root not in ROOTS:
        return None
    return f"{ROOTS[root]}.{rest}" if rest else ROOTS[root]
