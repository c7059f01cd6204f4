"""A user's function as a step of a pipeline calls it: rows in, rows out, and errors that say where they happened."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..batching import Batch
from ..core.context import enter, leave, under
from ..core.errors import OpError
from ..core.shapes import Dim, Spec
from ..core.tensor import Tensor
from ..core.tensor_spec import TensorSpec
from ..graph.trace import eval_shape
from .node import Node, array_spec
from .purity import has_batch_rules, is_plain
from .structure import (
    COMPONENT,
    Row,
    Structure,
    as_arguments,
    as_component,
    as_symbol,
    as_tensor,
    is_composite,
    pack,
    spec_of,
    take_apart,
)

SPEC_ERRORS = (TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RuntimeError, OpError)


class Function:
    """`fn` on the elements of `source`."""

    def __init__(self, fn: Callable, source: Node, what: str):
        if not callable(fn):
            raise TypeError(f"Dataset.{what}: the function must be callable, got {fn!r:.80}")
        self.fn, self.source, self.what = fn, source, what
        self.arguments: Any = None  # what makes the arguments of a row; known when the first row is there
        self.structure: Structure | None = None  # of the results; known when the first one is there
        self.size = -1  # of the results, where they are plain tuples of components
        self.whole: bool | None = None  # can a batch go through at once?

    def value(self, row: Row) -> Any:
        """What fn returns for a row, as it is."""
        if self.arguments is None:
            self.arguments = as_arguments(self.source.structure)
        return self.fn(*self.arguments(row))

    def row(self, row: Row) -> Row:
        """What fn returns for a row, as a row."""
        if self.arguments is None:
            self.arguments = as_arguments(self.source.structure)
        result = self.fn(*self.arguments(row))
        if type(result) is Tensor and self.structure is COMPONENT:  # the short ways: a tensor, or a tuple of them, as before
            return (result.value,)
        if type(result) is tuple:
            values = tuple([x.value for x in result if type(x) is Tensor])
            if len(values) == len(result) == self.size:
                return values
        out, structure = take_apart(unlisted(result), as_component)
        if self.structure is None:
            self.know(structure)
        elif structure is not self.structure and structure != self.structure:
            raise TypeError(
                f"Dataset.{self.what}: the function returned elements of different structures: first {self.structure}, "
                f"then {structure}"
            )
        return out

    def know(self, structure: Structure) -> None:
        self.structure = structure
        self.size = len(structure.children) if structure.kind is tuple and structure.flat else -1

    def explain(self, error: BaseException, index: int | None) -> None:
        """Adds to an exception which element it was, and the user's line."""
        frames = traceback.extract_tb(error.__traceback__)
        code = getattr(self.fn, "__code__", None)
        mine = [f for f in frames if code is not None and f.filename == code.co_filename]
        where = f', File "{mine[-1].filename}", line {mine[-1].lineno}' if mine else ""
        which = "" if index is None else f" at element {index}"
        error.add_note(f"Dataset.{self.what}: raised by {getattr(self.fn, '__qualname__', self.fn)}{which}{where}")

    def stopped(self, index: int) -> RuntimeError:
        """What StopIteration from a user's function becomes, which would end the dataset in silence."""
        return RuntimeError(
            f"Dataset.{self.what}: {getattr(self.fn, '__qualname__', self.fn)} raised StopIteration at element {index}"
        )

    # -- a whole batch at once ------------------------------------------------------------------------------------
    def takes_batches(self, row: Row) -> bool:
        """May this function run on stacked rows?  Decided by its code, and by a trace on the first row's shapes."""
        if self.whole is None:
            self.whole = is_plain(self.fn) and all([type(x) is np.ndarray and x.dtype != object for x in row])
            self.whole = self.whole and has_batch_rules(self.traced(), [Spec(x.shape, x.dtype) for x in row])
        return self.whole

    def traced(self) -> Callable:
        arguments = as_arguments(self.source.structure)
        return lambda *symbols: [as_symbol(x) for x in take_apart(unlisted(self.fn(*arguments(symbols))), as_symbol)[0]]

    def batch(self, stacked: Row) -> Row:
        """The results for rows that are stacked along a first axis, stacked in the same way."""
        return under((), None, self.inside, stacked)

    def inside(self, stacked: Row) -> Row:
        level = Batch(len(stacked[0]))
        enter(level)
        try:
            args = as_arguments(self.source.structure)([level.wrap(as_tensor(x)) for x in stacked])
            out, structure = take_apart(unlisted(self.fn(*args)), as_symbol)
        finally:
            leave(level)
        if self.structure is None:
            self.know(structure)
        return tuple([level.unwrap(x).value for x in out])

    # -- what comes out, without an element --------------------------------------------------------------------------
    def result_specs(self) -> tuple[Structure, tuple[Any, ...]]:
        """Structure and specs of the results: by a trace where fn can be traced, else from the first element."""
        specs = self.source.specs
        if all([isinstance(s, TensorSpec) and s.shape.rank is not None and s.dtype.name != "string" for s in specs]):
            try:
                return self.traced_specs(specs)
            except SPEC_ERRORS:
                pass  # it needs real elements
        return self.first_specs()

    def traced_specs(self, specs: Sequence[Any]) -> tuple[Structure, tuple[Any, ...]]:
        arguments = as_arguments(self.source.structure)
        seen: list[Any] = []

        def call(*symbols: Any) -> Any:
            row, structure = take_apart(unlisted(self.fn(*arguments(symbols))), as_symbol)
            seen.append((structure, row))
            return [x for x in row if isinstance(x, Tensor)]

        dims = [Spec(unknown_dims(k, s), s.dtype.numpy_dtype) for k, s in enumerate(specs)]
        found = iter(under((), None, eval_shape, call, *dims))
        structure, row = seen[-1]
        return structure, tuple([known_spec(next(found)) if isinstance(x, Tensor) else spec_of(x) for x in row])

    def first_specs(self) -> tuple[Structure, tuple[Any, ...]]:
        first = next(iter(self.source.rows()), None)
        if first is None:
            raise ValueError(
                f"Dataset.{self.what}: what the function returns is found on the first element, and there is none; write it "
                "with tf operations, so that it can be found without."
            )
        row, structure = take_apart(unlisted(under((), None, self.value, first)), as_component)
        return structure, tuple([loosened(spec_of(x)) for x in row])


def unlisted(result: Any) -> Any:
    """A function that returns a list means a tuple."""
    return tuple(result) if type(result) is list else result


def unknown_dims(k: int, spec: TensorSpec) -> tuple[Any, ...]:
    return tuple([Dim(f"n{k}_{axis}") if d is None else d for axis, d in enumerate(spec.shape)])


def known_spec(spec: Spec) -> TensorSpec:
    return array_spec([None if isinstance(d, Dim) else d for d in spec.shape], spec.dtype)


def loosened(spec: Any) -> Any:
    """The first result has the rank of the others; its extents say nothing of theirs."""
    if is_composite(spec):
        return spec.loosened()
    return array_spec([None] * len(spec.shape), spec.dtype) if isinstance(spec, TensorSpec) else spec


def packed(structure: Structure, row: Row) -> Any:
    """A row as the user sees it."""
    return pack(structure, iter([as_tensor(x) for x in row]))
