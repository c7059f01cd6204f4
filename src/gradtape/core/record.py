"""The layout of one record on a tape: how it is written off the fast path, how it is read back.

    saved values ..., input ids ..., out id, code, offset, primitive

Arrays, ints, code objects and None are invisible to the cycle collector, so a long tape costs it nothing. An operation
with several results has the tuple of their ids as its out id. A near miss is the same without the saved values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from .context import Site, line_of
from .primitive import Primitive
from .tensor import Tensor, tensor

Saver = Callable[[tuple, dict, Any], Any]


class Node(NamedTuple):
    """One recorded operation, as drawings and explanations see it."""

    name: str
    inputs: tuple[int, ...]
    output: Any  # an identity, or a tuple of them
    site: Site
    primitive: Any
    saved: tuple[Any, ...]

    @property
    def line(self) -> int:
        return line_of(self.site)

    @property
    def file(self) -> str:
        return self.site[0].co_filename

    @property
    def shapes(self) -> tuple[Any, ...]:
        """Shapes of the saved values (None once the sweep has let them go)."""
        return tuple(getattr(value, "shape", None) for value in self.saved)


def record_of(
    primitive: Primitive, args: tuple[Any, ...], params: dict[Any, Any], out: Any, ids: Sequence[int], out_id: Any, site: Site
) -> tuple[Any, ...]:
    savers = primitive.savers or saved_by(primitive)
    last = primitive.arity(len(args)) if primitive.variadic else primitive
    return (*[saver(args, params, out) for saver in savers], *ids, out_id, *site, last)


def saved_by(primitive: Primitive) -> tuple[Saver, ...]:
    """For each saved name, what takes its value from (args, params, out)."""
    primitive.savers = tuple(saver_of(primitive, name) for name in primitive.saved)
    return primitive.savers


def saver_of(primitive: Primitive, name: str) -> Saver:
    if name in primitive.param_names:
        return lambda args, params, out: params[name]
    if name == "y":
        return (lambda args, params, out: tuple(map(bare, out))) if primitive.results else (lambda args, params, out: bare(out))
    if isinstance(primitive.results, tuple) and name in primitive.results:
        place = primitive.results.index(name)
        return lambda args, params, out: bare(out[place])
    if primitive.variadic:
        if name == primitive.args[0]:
            return lambda args, params, out: tuple(map(bare, args))
        return lambda args, params, out: tuple(fact(a, name) for a in args)
    if name in primitive.args:
        place = primitive.args.index(name)
        return lambda args, params, out: bare(args[place])
    place = primitive.args.index(name[: name.rindex("_")])
    return lambda args, params, out: fact(args[place], name)


def fact(x: Tensor, name: str) -> Any:
    return x.dims if name.endswith("_shape") else x.dtype.numpy_dtype


def bare(x: Tensor) -> Any:
    """What a record keeps of a value: the array when there is one, else the tracer itself."""
    return x.value if type(x) is Tensor else x


def revived(value: Any, identity: int) -> Any:
    """A saved array as a Tensor again, under its old identity."""
    return tensor(value, identity) if type(value) is np.ndarray else value


def recalled(primitive: Primitive, record: list[Any]) -> dict[Any, Any]:
    """Everything that a rule may name, of a record read back."""
    n = len(primitive.saved)
    ids, out_id = record[n:-4], record[-4]
    known: dict[str, Any] = {}
    for name, value in zip(primitive.saved, record, strict=False):
        if name == "y":
            value = tuple(map(revived, value, out_id)) if primitive.results else revived(value, out_id)
        elif isinstance(primitive.results, tuple) and name in primitive.results:
            value = revived(value, out_id[primitive.results.index(name)])
        elif primitive.variadic and name == primitive.args[0]:
            value = tuple(map(revived, value, ids))
        elif name in primitive.args:
            value = revived(value, ids[primitive.args.index(name)])
        known[name] = value
    return known


def nodes(slots: list[Any]) -> Iterator[Node]:
    """The records, last first."""
    end = len(slots)
    while end:
        primitive = slots[end - 1]
        start = end - primitive.size
        split = end - primitive.near_size
        yield Node(
            primitive.name,
            tuple(slots[split : end - 4]),
            slots[end - 4],
            (slots[end - 3], slots[end - 2]),
            primitive,
            tuple(slots[start:split]),
        )
        end = start
