"""Elements of a dataset: nested tuples, named tuples and dicts of components.

Inside a pipeline an element is a *row*, the flat tuple of its components (arrays); how they nest is known once for all
elements, as a Structure.  Lists are no structure here: as in TensorFlow, a list becomes one tensor.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from ..core.arrays import array_of
from ..core.composite import CompositeTensor
from ..core.tensor import Tensor, convert_to_tensor, is_tensor
from ..core.tensor_spec import TensorSpec

Row = tuple[Any, ...]


class Composite:
    """Base of what is a component of a row without being an array: a dataset inside a dataset."""

    __slots__ = ()

    @property
    def _type_spec(self) -> Any:
        raise NotImplementedError


class NoneTensorSpec:
    """Stands in an element_spec where elements hold None.

    >>> tf.data.Dataset.from_tensors((1, None)).element_spec[1]
    NoneTensorSpec()
    """

    def __repr__(self) -> str:
        return "NoneTensorSpec()"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NoneTensorSpec)

    def __hash__(self) -> int:
        return 0


class Structure(NamedTuple):
    """How components nest: a component itself, None, or a container of structures."""

    kind: Any  # None: a component
    keys: tuple[Any, ...] = ()
    children: tuple[Any, ...] = ()

    @property
    def flat(self) -> bool:
        return all([child is COMPONENT for child in self.children])


COMPONENT = Structure(None)
NOTHING = Structure(type(None))


# -- taking apart ----------------------------------------------------------------------------------------------
def take_apart(value: Any, component: Callable[[Any], Any]) -> tuple[Row, Structure]:
    """The row of an element, and how it nests."""
    if type(value) is Tensor:
        return (component(value),), COMPONENT
    row: list[Any] = []
    structure = walk(value, component, row)
    return tuple(row), structure


def walk(value: Any, component: Callable[[Any], Any], row: list[Any]) -> Structure:
    if isinstance(value, tuple):
        kind = type(value)
        keys = getattr(kind, "_fields", ())
        return Structure(kind, keys, tuple([walk(v, component, row) for v in value]))
    if isinstance(value, Mapping):
        order = sorted_keys(value)
        children = {key: walk(value[key], component, row) for key in order}
        return Structure(type(value), tuple(value), tuple([children[key] for key in value]))
    if value is None or isinstance(value, NoneTensorSpec):
        return NOTHING
    row.append(component(value))
    return COMPONENT


def sorted_keys(value: Any) -> list[Any]:
    try:
        return sorted(value)
    except TypeError:
        raise TypeError(f"the keys of an element's dict must be sortable, got {list(value)!r:.100}") from None


def as_component(value: Any) -> Any:
    """A tensor, number, array, list or dataset as the component of a row."""
    if type(value) is Tensor:
        return value.value
    if isinstance(value, (Composite, CompositeTensor)):
        return value
    if is_tensor(value):
        return convert_to_tensor(value).value
    if isinstance(value, (list, set)) and any(map(is_tensor, value)):
        return convert_to_tensor(value).value
    return array_of(value, None)


def as_symbol(value: Any) -> Any:
    """A component that stays a tensor: while a function is traced or mapped as a whole."""
    return value if isinstance(value, (Composite, CompositeTensor)) else convert_to_tensor(value)


# -- putting together -------------------------------------------------------------------------------------------
def as_tensor(component: Any) -> Any:
    if type(component) is np.ndarray:
        out = Tensor()
        out.value, out.id = component, 0
        return out
    return component


def as_tensors(row: Sequence[Any]) -> tuple[Any, ...]:
    """The components of a row, each as a tensor; written out, for every function's every call comes by."""
    out = []
    for x in row:
        if type(x) is np.ndarray:
            wrapped = Tensor()
            wrapped.value, wrapped.id = x, 0
            out.append(wrapped)
        else:
            out.append(x)
    return tuple(out)


def packer(structure: Structure, wrap: Callable[[Any], Any]) -> Callable[[Sequence[Any]], Any]:
    """The function that puts a row together."""
    if structure is COMPONENT:
        return lambda row: wrap(row[0])
    if structure.kind is tuple and structure.flat:
        return as_tensors if wrap is as_tensor else lambda row: tuple([wrap(x) for x in row])
    return lambda row: pack(structure, iter([wrap(x) for x in row]))


def pack(structure: Structure, components: Any) -> Any:
    kind, keys, children = structure
    if kind is None:
        return next(components)
    if structure is NOTHING or kind is type(None):
        return None
    container: Any = kind
    if issubclass(kind, Mapping):
        by_key = dict(zip(keys, children, strict=True))
        values = {key: pack(by_key[key], components) for key in sorted_keys(keys)}
        pairs = [(key, values[key]) for key in keys]
        return dict(pairs) if kind is dict else container(pairs)
    values = [pack(child, components) for child in children]
    return container(*values) if keys else container(values)


def pack_specs(structure: Structure, specs: Sequence[Any]) -> Any:
    """An element_spec: as the element nests, with NoneTensorSpec for None."""
    kind, keys, children = structure
    if kind is type(None):
        return NoneTensorSpec()
    if kind is None:
        return specs[0]
    marked = Structure(kind, keys, tuple([mark_none(child) for child in children]))
    rest = list(specs)
    return pack(marked, filled(marked, rest))


def mark_none(structure: Structure) -> Structure:
    if structure.kind is type(None):
        return Structure(None, ("none",))
    return Structure(structure.kind, structure.keys, tuple([mark_none(child) for child in structure.children]))


def filled(structure: Structure, specs: list[Any]) -> Any:
    """The specs in the order in which `pack` asks for them, NoneTensorSpec where None stands."""
    kind, keys, children = structure
    if kind is None:
        yield NoneTensorSpec() if keys else specs.pop(0)
        return
    ordered = children
    if issubclass(kind, Mapping):
        by_key = dict(zip(keys, children, strict=True))
        ordered = tuple([by_key[key] for key in sorted_keys(keys)])
    for child in ordered:
        yield from filled(child, specs)


def as_arguments(structure: Structure) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    """The arguments of a user's function for a row: the items of a tuple, else the element alone."""
    if structure is COMPONENT or (structure.kind is tuple and structure.flat):
        return as_tensors
    whole = packer(structure, as_tensor)
    if structure.kind is tuple:
        return whole
    return lambda row: (whole(row),)


# -- as plain data ----------------------------------------------------------------------------------------------
def describe(structure: Structure) -> Any:
    """What JSON can hold, for datasets that are saved."""
    kind, keys, children = structure
    if kind is None:
        return "component"
    if kind is type(None):
        return None
    name = "dict" if issubclass(kind, Mapping) else kind.__name__ if keys else "tuple"
    if not all(isinstance(key, (str, int)) for key in keys):
        raise TypeError(f"a dataset whose dict has the keys {keys!r:.100} cannot be saved: they must be strings or integers")
    return {"kind": name, "keys": list(keys), "children": [describe(child) for child in children]}


def described(plain: Any) -> Structure:
    """A Structure from what `describe` gave; a named tuple gets a class of its own with the same fields."""
    if plain == "component":
        return COMPONENT
    if plain is None:
        return NOTHING
    keys = tuple(plain["keys"])
    kind: Any = {"dict": dict, "tuple": tuple}.get(plain["kind"]) or namedtuple(plain["kind"], keys)
    return Structure(kind, keys, tuple([described(child) for child in plain["children"]]))


# -- specs ------------------------------------------------------------------------------------------------------
def is_composite(spec: Any) -> bool:
    """Is it the spec of a ragged or sparse tensor?  (A ragged tensor without ragged axes is a tensor.)"""
    return issubclass(getattr(spec, "value_type", object), (CompositeTensor, Tensor))


def spec_of(component: Any) -> Any:
    """What is known of one component."""
    if isinstance(component, (Composite, CompositeTensor)):
        return component._type_spec
    from_array = as_tensor(component)
    return TensorSpec(from_array.shape, from_array.dtype)


def substituted(structure: Structure, parts: list[Structure]) -> Structure:
    """A structure of structures: each component replaced by the next of `parts`, in the order of a row."""
    kind, keys, children = structure
    if kind is None:
        return parts.pop(0)
    if kind is type(None):
        return structure
    if issubclass(kind, Mapping):
        by_key = dict(zip(keys, children, strict=True))
        new = {key: substituted(by_key[key], parts) for key in sorted_keys(keys)}
        return Structure(kind, keys, tuple([new[key] for key in keys]))
    return Structure(kind, keys, tuple([substituted(child, parts) for child in children]))
