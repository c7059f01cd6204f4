"""The graph of objects in a checkpoint: nodes with named children, and keys of values at the leaves.

Names are TensorFlow's: attributes, positions in lists, keys of dicts, joined by slashes.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ..core.module import Module, Trackable, is_variable
from ..core.variable import Variable
from ..records.wire import fields, one

SUFFIX = "/.ATTRIBUTES/VARIABLE_VALUE"
GRAPH_KEY = "_CHECKPOINTABLE_OBJECT_GRAPH"
KERAS = "keras.src."


class ObjectNode(NamedTuple):
    """children: name -> number of a node; key: of the value, None where there is none."""

    children: dict[str, int]
    key: str | None


# -- Python objects -----------------------------------------------------------------------------------------------
def variable_in(value: Any) -> Variable | None:
    """The variable itself, or the one inside a Keras variable that has been made."""
    if isinstance(value, Variable):
        return value
    return value.__gradtape_variable__ if is_variable(value) else None


def is_trackable(value: Any) -> bool:
    return isinstance(value, (Module, Trackable)) or is_keras(value) or "_state_var" in getattr(value, "__dict__", ())


def is_keras(value: Any) -> bool:
    """A layer, model, optimizer or metric."""
    kind = type(value)
    return "variables" in dir(kind) and any([base.__module__.startswith(KERAS) for base in kind.__mro__])


def children_of(value: Any) -> dict[str, Any]:
    """What an object holds, by name."""
    if isinstance(value, (list, tuple)):
        return {str(k): item for k, item in enumerate(value)}
    if isinstance(value, Mapping):
        return {key: item for key, item in value.items() if isinstance(key, str)}
    if isinstance(value, Trackable):
        return value._children()  # type: ignore[attr-defined]
    return dict(vars(value)) if is_trackable(value) else {}


def child_of(value: Any, name: str) -> Any:
    """One child; None where there is none (yet)."""
    return children_of(value).get(name)


def escaped(name: str) -> str:
    return name.replace(".", "..").replace("/", ".S")


# -- a graph of what is there ---------------------------------------------------------------------------------------
class Found(NamedTuple):
    """The objects of a program: nodes, and the variable of every key."""

    nodes: list[ObjectNode]
    variables: dict[str, Variable]
    objects: list[Any]


def explored(root: Any) -> Found:
    """Everything that is reached from `root` and leads to a variable, breadth first; each object once."""
    reached, numbers = reachable(root)
    useful = leading_to_variables(reached, numbers)
    order = [k for k in range(len(reached)) if k in useful or k == 0]
    renumbered = {old: new for new, old in enumerate(order)}
    nodes, variables, objects = [], {}, []
    for old in order:
        value, path, children = reached[old]
        variable = variable_in(value)
        key = None if variable is None else path + SUFFIX
        if variable is not None and key is not None:
            variables[key] = variable
        nodes.append(ObjectNode({name: renumbered[n] for name, n in children.items() if n in renumbered}, key))
        objects.append(value)
    return Found(nodes, variables, objects)


def reachable(root: Any) -> tuple[list[tuple[Any, str, dict[str, int]]], dict[int, int]]:
    """Objects with their shortest path and the numbers of their children."""
    out: list[tuple[Any, str, dict[str, int]]] = [(root, "", {})]
    numbers, waiting = {id(root): 0}, deque([0])
    while waiting:
        number = waiting.popleft()
        value, path, children = out[number]
        if variable_in(value) is not None:
            continue
        for name, child in children_of(value).items():
            inner = variable_in(child)
            if inner is None and not (isinstance(child, (list, tuple, Mapping)) or is_trackable(child)):
                continue
            identity = id(child if inner is None else inner)
            if identity not in numbers:
                numbers[identity] = len(out)
                waiting.append(len(out))
                out.append((child, f"{path}/{escaped(name)}" if path else escaped(name), {}))
            children[name] = numbers[identity]
    return out, numbers


def leading_to_variables(reached: list[Any], numbers: dict[int, int]) -> set[int]:
    parents: dict[int, list[int]] = {}
    for number, (_, _, children) in enumerate(reached):
        for child in children.values():
            parents.setdefault(child, []).append(number)
    useful = {number for number, (value, _, _) in enumerate(reached) if variable_in(value) is not None}
    waiting = list(useful)
    while waiting:
        for parent in parents.get(waiting.pop(), ()):
            if parent not in useful:
                useful.add(parent)
                waiting.append(parent)
    return useful


# -- as bytes and JSON ----------------------------------------------------------------------------------------------
def from_proto(data: bytes) -> list[ObjectNode]:
    """The nodes of a TrackableObjectGraph (field numbers of trackable_object_graph.proto)."""
    return [node_from_proto(fields(raw)) for raw in fields(data).get(1, [])]


def node_from_proto(message: dict[int, list[Any]]) -> ObjectNode:
    children = {}
    for raw in message.get(1, []):
        child = fields(raw)
        children[one(child, 2, b"").decode()] = one(child, 1, 0)
    key = None
    for raw in message.get(2, []):
        attribute = fields(raw)
        if one(attribute, 1, b"") == b"VARIABLE_VALUE":
            key = one(attribute, 3, b"").decode()
    return ObjectNode(children, key)


def to_plain(nodes: list[ObjectNode]) -> list[Any]:
    return [[node.children, node.key] for node in nodes]


def from_plain(plain: list[Any]) -> list[ObjectNode]:
    return [ObjectNode(children, key) for children, key in plain]


def paths(nodes: list[ObjectNode]) -> Iterator[tuple[int, str]]:
    """Every node that is reached from the first, with its shortest path."""
    seen, waiting = {0}, deque([(0, "(root)")] if nodes else [])
    while waiting:
        number, path = waiting.popleft()
        yield number, path
        for name, child in nodes[number].children.items():
            if child not in seen:
                seen.add(child)
                waiting.append((child, f"{path}.{name}"))
