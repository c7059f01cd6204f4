"""Graphs from their text, as `ir` prints it: for tests, and for reading a graph that somebody sent."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from ..core.dtypes import as_dtype
from ..core.primitive import REGISTRY
from ..core.shapes import Dim, Spec
from ..core.tensor import tensor
from .ir import Graph, Node, Value
from .rule import VARIABLE_READ

OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.FloorDiv: operator.floordiv}
NUMBERS = {"inf": float("inf"), "nan": float("nan")}


def split(text: str, separator: str = ",") -> list[str]:
    """The parts between separators that stand in no brackets or quotes."""
    parts, depth, quote, start = [], 0, "", 0
    for k, c in enumerate(text):
        if quote:
            quote = "" if c == quote else quote
        elif c in "'\"":
            quote = c
        elif c in "([{":
            depth += 1
        elif c in ")]}":
            depth -= 1
        elif c == separator and depth == 0:
            parts.append(text[start:k].strip())
            start = k + 1
    rest = text[start:].strip()
    return [*parts, rest] if rest or parts else []


def literal(node: ast.AST) -> Any:
    """A parameter: numbers, strings, None, tuples, dtypes, unknown extents."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, (ast.Tuple, ast.List)):
        return tuple(map(literal, node.elts))
    if isinstance(node, ast.Name):
        return NUMBERS[node.id] if node.id in NUMBERS else Dim(node.id)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -literal(node.operand)
    if isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        return OPERATORS[type(node.op)](literal(node.left), literal(node.right))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "dtype":
        name = node.args[0].id if isinstance(node.args[0], ast.Name) else literal(node.args[0])
        return as_dtype(name).numpy_dtype
    raise ValueError(f"a graph's text cannot hold {ast.unparse(node)}")


def evaluated(text: str) -> Any:
    return literal(ast.parse(text.strip(), mode="eval").body)


def spec_from(text: str) -> Spec:
    dtype, _, dims = text.strip().partition("[")
    return Spec(tuple(map(evaluated, split(dims.rpartition("]")[0]))), as_dtype(dtype).numpy_dtype)


class Parser:
    """Reads one graph; values are known by their numbers."""

    def __init__(self) -> None:
        self.values: dict[str, Value] = {}

    def value(self, text: str) -> Value:
        name, _, spec = text.partition(":")
        found = self.values[name.strip()] = Value(int(name.strip()[1:]), spec_from(spec))
        return found

    def operand(self, text: str) -> Any:
        if text.startswith("%"):
            return self.values[text]
        inner = text.removeprefix("const(").removesuffix(")")
        end = inner.index("]") + 1
        spec = spec_from(inner[:end])
        if not inner[end:].strip():
            raise ValueError(f"the numbers of {text} do not stand in the text")
        return np.array(evaluated(inner[end:]), spec.dtype).reshape(spec.shape)

    def node(self, line: str) -> Node:
        outputs, name, given = re.fullmatch(r"(?:(%.*?) = )?(\w+)\((.*)\)", line).groups()  # type: ignore[union-attr]
        inputs, params = [], {}
        for part in split(given):
            keyword = re.match(r"(\w+)=", part)
            if keyword:
                params[keyword[1]] = evaluated(part[keyword.end() :])
            else:
                inputs.append(self.operand(part))
        results = tuple(self.value(part) for part in split(outputs or ""))
        primitive = VARIABLE_READ if name == VARIABLE_READ.name else REGISTRY[name]
        return Node(primitive, tuple(inputs), params, results, None)

    def graph(self, text: str, captured: Sequence[Any]) -> Graph:
        head, *body = [line.strip() for line in text.strip().splitlines()]
        given, _, more = head.removeprefix("graph(").removesuffix(") {").partition(";")
        inputs = tuple(map(self.value, split(given)))
        taken = [self.value(part.partition(" = ")[0]) for part in split(more)]
        sources = captured or [tensor(np.zeros(v.spec.shape, v.spec.dtype)) for v in taken]
        nodes = tuple(map(self.node, body[:-2]))
        outputs, updates = [], []
        places = {f"%{v.number}": k for k, v in enumerate((*inputs, *taken))}
        for k, part in enumerate(split(body[-2].removeprefix("return"))):
            target, _, new = part.rpartition(" := ")
            outputs.append(self.operand(new))
            if target:
                updates.append((places[target], k))
        return Graph(inputs, nodes, tuple(outputs), tuple(zip(taken, sources, strict=True)), tuple(updates))


def parse(text: str, captured: Sequence[Any] = ()) -> Graph:
    """The graph that prints as `text`; `captured` are the sources of its captured values (zeros where none are given)."""
    return Parser().graph(text, captured)
