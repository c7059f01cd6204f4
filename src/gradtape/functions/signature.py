"""What of a call a trace depends on: the shapes and dtypes of tensors, the values of everything else."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from ..core.composite import CompositeTensor
from ..core.dispatch import spec_of
from ..core.dtypes import OF_NUMPY
from ..core.indexed_slices import IndexedSlices
from ..core.shapes import Dim, Spec
from ..core.structures import flatten, pack
from ..core.tensor import Tensor, to_tensor
from ..core.tensor_spec import TensorSpec
from ..core.variable import Variable

PLAIN = (int, float, complex, bool, str, bytes, type(None))


class Call(NamedTuple):
    """A call, taken apart."""

    structure: Any
    items: tuple[Any, ...]  # what the leaves are: TENSOR, or a value
    specs: tuple[Spec, ...]
    tensors: list[Any]
    leaves: list[Any]
    refusal: str  # why it cannot be traced, or nothing

    @property
    def python_key(self) -> Any:
        """What must be equal whatever the shapes are."""
        return self.structure, self.items, tuple([spec.dtype for spec in self.specs]), tuple([spec.ndim for spec in self.specs])

    @property
    def has_layouts(self) -> bool:
        return any([type(item) is tuple and item[0] is CompositeTensor for item in self.items])


class Same:
    """Stands in a key for an object that is compared by identity, and keeps it alive."""

    __slots__ = ("thing",)

    def __init__(self, thing: Any):
        self.thing = thing

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and other.thing is self.thing

    def __hash__(self) -> int:
        return id(self.thing)


class Layout:
    """Where the values of a ragged or sparse tensor lie, which a trace takes as constant."""

    __slots__ = ("kind", "places", "summary")

    def __init__(self, x: CompositeTensor):
        self.kind = type(x)
        self.places = [c for c in x.components() if c is not x.differentiated]
        self.summary = tuple([c.dims for c in self.places])

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Layout)
            and (self.kind, self.summary) == (other.kind, other.summary)
            and all([a is b or same_places(a, b) for a, b in zip(self.places, other.places, strict=True)])
        )

    def __hash__(self) -> int:
        return hash((self.kind, self.summary))


def same_places(a: Tensor, b: Tensor) -> bool:
    return type(a) is Tensor and type(b) is Tensor and np.array_equal(a.value, b.value)


TENSOR = "a tensor"


def taken_apart(bound: Any) -> Call:
    """The arguments of a call as tensors and as what else their structure holds."""
    leaves, structure = flatten(bound)
    items: list[Any] = []
    tensors: list[Any] = []
    for x in leaves:
        items.append(item_of(x, tensors))
    refusal = next((why for x, item in zip(leaves, items, strict=True) if item is not TENSOR and (why := refused(x))), "")
    return Call(structure, tuple(items), tuple([spec_of(x) for x in tensors]), tensors, leaves, refusal)


def refused(x: Any) -> str:
    if type(x).__module__.startswith("gradtape.data"):
        return f"it takes a {type(x).__name__}, whose elements Python fetches one by one; compile the step that is made with each of them"
    if not hasattr(type(x), "__next__"):
        return ""
    return f"it takes an iterator ({type(x).__name__}), of which a graph could only see the first value"


def item_of(x: Any, tensors: list[Any]) -> Any:
    """What stands in the key for a leaf; its tensors are added to the list."""
    if isinstance(x, Tensor):
        tensors.append(x)
        return TENSOR
    if isinstance(x, PLAIN):
        return type(x), x
    if isinstance(x, (np.ndarray, np.generic)) and (x.dtype in OF_NUMPY or x.dtype.kind in "SU"):
        tensors.append(to_tensor(x))
        return TENSOR
    if isinstance(x, IndexedSlices):
        tensors += [x.values, x.indices]
        return IndexedSlices, x.dense_dims
    if isinstance(x, CompositeTensor):
        tensors.append(x.differentiated)
        return CompositeTensor, Layout(x)
    if isinstance(x, TensorSpec):
        raise TypeError(f"{x!r} stands for a tensor: give it to get_concrete_function, not to a call")
    return by_value(x)


def by_value(x: Any) -> Any:
    """A Python object: by its own equality if it has one, else by identity."""
    if isinstance(x, Variable) or type(x).__hash__ is None or hasattr(type(x), "__gradtape_variable__"):
        return Same(x)
    if type(x).__eq__ is object.__eq__:
        return Same(x)
    try:
        hash(x)
    except TypeError:
        return Same(x)
    return type(x), x


def put_together(call: Call, tensors: Sequence[Any]) -> Any:
    """The arguments again, with other tensors in their places."""
    given = iter(tensors)
    leaves = []
    for item, leaf in zip(call.items, call.leaves, strict=True):
        if item is TENSOR:
            leaves.append(next(given))
        elif type(item) is tuple and item[0] is IndexedSlices:
            leaves.append(IndexedSlices(next(given), next(given), item[1]))
        elif type(item) is tuple and item[0] is CompositeTensor:
            leaves.append(leaf.with_differentiated(next(given)))
        else:
            leaves.append(leaf)
    return pack(call.structure, leaves)


# -- binding arguments to parameters ----------------------------------------------------------------------------------
class Binder:
    """Brings a call into one form: the values of all parameters, defaults among them, in their order."""

    def __init__(self, function: Callable):
        self.function = function
        try:
            self.signature: inspect.Signature | None = inspect.signature(function)
        except (TypeError, ValueError):
            self.signature = None

    def bound(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, ...]:
        """(positional values, keyword-only values)."""
        if self.signature is None:
            return args, kwargs
        found = self.signature.bind(*args, **kwargs)
        found.apply_defaults()
        return found.args, found.kwargs


# -- unknown extents ----------------------------------------------------------------------------------------------
def relaxed(specs: Sequence[Spec], shapes: Sequence[Sequence[Any]]) -> tuple[Spec, ...]:
    """The specs with a Dim for each None of `shapes`; extents of equal size share one, since most programs need them equal."""
    names: dict[int, Dim] = {}

    def extent(n: Any, wanted: Any) -> Any:
        if wanted is not None:
            return n
        return names.setdefault(n, Dim(f"n{len(names)}"))

    return tuple(
        Spec(tuple(extent(n, w) for n, w in zip(spec.shape, shape, strict=True)), spec.dtype)
        for spec, shape in zip(specs, shapes, strict=True)
    )


def widened(shape: Sequence[Any], other: Sequence[Any]) -> tuple[Any, ...]:
    """None where two shapes of one rank differ."""
    return tuple(a if a == b else None for a, b in zip(shape, other, strict=True))
