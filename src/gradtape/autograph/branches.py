"""if, and, or, not, assert on tensors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from ..control.branches import cond, scalar
from ..control.choose import chosen
from ..control.region import Built, Region, built, joined, operand
from ..core.context import at_site, library, site_of_caller
from ..core.shapes import Spec
from ..core.tensor import Tensor, to_tensor
from ..graph.afterwards import present_trace
from ..graph.ir import spec_of_operand
from ..ops.basic import cast, select
from ..ops.effects import require
from ..ops.logic import logical_and, logical_not, logical_or
from .values import NUMBERS, Undefined, UndefinedReturnValue, is_array, is_missing, opened, put_together, taken_apart, trying

SIDES = ("else branch", "main branch")


# -- if -----------------------------------------------------------------------------------------------------------------
def if_stmt(
    condition: Any, body: Callable[[], Any], orelse: Callable[[], Any], get_state: Callable[[], Any], set_state: Callable[[Any], Any],
    names: Sequence[str], nouts: int,
) -> None:  # fmt: skip
    """`if condition: body() else: orelse()`, where both change variables of the function they stand in."""
    pred = opened(condition)
    if pred is None:
        (body if condition else orelse)()
        return
    site = site_of_caller()
    pred = cast(scalar(pred, "if", "the condition"), "bool")
    before = get_state()
    sides = [Side(block, before, get_state, set_state, nouts) for block in (orelse, body)]
    kept = [Variables(name, [side.after[k] for side in sides]) for k, name in enumerate(names[:nouts])]
    for variable in kept:
        variable.decide(sides)
    regions, sources, written = joined([side.built(kept, which) for which, side in enumerate(sides)])
    outs = at_site(site, chosen, cast(select(pred, 1, 0), "int32"), [operand(s) for s in sources], regions)
    for variable, new in zip(written, outs[len(outs) - len(written) :], strict=True):
        variable.put(new)
    tensors = iter(outs)
    set_state((*[variable.result(tensors) for variable in kept], *before[nouts:]))


class Side:
    """One branch, traced: what its variables are afterwards, tensors as positions among its results."""

    def __init__(
        self, block: Callable[[], Any], before: Any, get_state: Callable[[], Any], set_state: Callable[[Any], Any], nouts: int
    ):
        self.after: list[Any] = []

        def run() -> list[Any]:
            set_state(before)
            block()
            tensors: list[Any] = []
            for value in get_state()[:nouts]:
                leaves, treedef = taken_apart(value)
                self.after.append(([self.leaf(x, tensors) for x in leaves], treedef))
            return tensors

        self.part = built(run, [])
        self.results = list(self.part.region.graph.outputs)

    def leaf(self, x: Any, tensors: list[Any]) -> Any:
        found = opened(x)
        if found is None and not is_array(x):
            return x
        tensors.append(x if found is None else found)
        return Place(len(tensors) - 1)

    def spec(self, place: Place) -> Spec:
        return spec_of_operand(self.results[place.number])

    def built(self, kept: Sequence[Variables], which: int) -> Built:
        """The branch with the results that both branches give."""
        part, graph = self.part, self.part.region.graph
        results = [self.operand(x[which]) for variable in kept for x in variable.pairs]
        news = [(k, v, graph.outputs[output]) for k, (v, output) in part.written.items()]
        outputs = (*results, *[new for _, _, new in news])
        written = {k: (v, len(results) + n) for n, (k, v, _) in enumerate(news)}
        return part._replace(region=Region(graph._replace(outputs=outputs)), written=written)

    def operand(self, x: Any) -> Any:
        return self.results[x.number] if isinstance(x, Place) else x


class Place:
    """Stands for a tensor among the results of a branch."""

    def __init__(self, number: int):
        self.number = number


class Variables:
    """One variable as both branches leave it."""

    def __init__(self, name: str, sides: Sequence[Any]):
        self.name = name
        self.leaves = [leaves for leaves, _ in sides]
        self.treedefs = [treedef for _, treedef in sides]
        self.pairs: list[tuple[Any, Any]] = []  # what the branches give for each leaf that becomes a tensor
        self.fixed: list[Any] = []  # for each leaf: TENSOR, or the Python value that both have

    def decide(self, sides: Sequence[Side]) -> None:
        self.fill_missing(sides)
        if self.treedefs[0] != self.treedefs[1]:
            raise TypeError(
                f"'{self.name}' must have the same nested structure in the main and else branches; it has {self.treedefs[1]} and "
                f"{self.treedefs[0]}"
            )
        for a, b in zip(*self.leaves, strict=True):
            if not (isinstance(a, Place) or isinstance(b, Place)) and equal(a, b):
                self.fixed.append(a)
                continue
            self.fixed.append(TENSOR)
            self.pairs.append((self.value(a, b, sides, 0), self.value(b, a, sides, 1)))

    def fill_missing(self, sides: Sequence[Side]) -> None:
        """A variable that only one branch makes: an error, but zeros while a loop looks for what its body makes."""
        for k in (0, 1):
            if len(self.leaves[k]) == 1 and is_missing(self.leaves[k][0]) and not (is_all_missing(self.leaves[1 - k])):
                if not trying.get():
                    raise ValueError(self.missing(self.leaves[k][0], k))
                self.treedefs[k] = self.treedefs[1 - k]
                self.leaves[k] = [zeros_like(x, sides[1 - k]) for x in self.leaves[1 - k]]

    def missing(self, x: Any, which: int) -> str:
        if isinstance(x, UndefinedReturnValue):
            return f"the {SIDES[which]} must also have a return statement."
        return f"'{self.name}' must also be initialized in the {SIDES[which]}"

    def value(self, x: Any, other: Any, sides: Sequence[Side], which: int) -> Any:
        """The result of one branch: its tensor, or a number in the dtype of the other branch's tensor."""
        if isinstance(x, (Place, np.ndarray)):
            return x
        if x is None:
            raise ValueError(f"'{self.name}' is None at the end of the {SIDES[which]}.")
        if not isinstance(x, NUMBERS):
            raise TypeError(
                f"'{self.name}' is {x!r:.80} at the end of the {SIDES[which]} and another object at the end of the other: only tensors "
                "and numbers may depend on a tensor's value"
            )
        own = to_tensor(x)
        wanted = sides[1 - which].spec(other).dtype if isinstance(other, Place) else to_tensor(other).dtype.numpy_dtype
        if own.dtype.numpy_dtype == wanted or (
            isinstance(other, Place) and np.can_cast(own.dtype.numpy_dtype, wanted, "same_kind")
        ):
            return np.asarray(own.value, wanted)
        names = [own.dtype.name, to_tensor(np.zeros((), wanted)).dtype.name]
        main, orelse = names if which == 1 else names[::-1]
        raise TypeError(f"'{self.name}' has dtype {main} in the main branch, but dtype {orelse} in the else branch")

    def result(self, tensors: Any) -> Any:
        return put_together(self.treedefs[0], [next(tensors) if x is TENSOR else x for x in self.fixed])


TENSOR = object()


def is_all_missing(leaves: Sequence[Any]) -> bool:
    return len(leaves) == 1 and is_missing(leaves[0])


def equal(a: Any, b: Any) -> bool:
    """The same Python value?"""
    if a is b or (is_missing(a) and is_missing(b)):
        return True
    return type(a) is type(b) and isinstance(a, (*NUMBERS, str, bytes)) and bool(a == b)


def zeros_like(x: Any, side: Side) -> Any:
    if isinstance(x, Place):
        spec = side.spec(x)
        return np.zeros([n if type(n) is int else 1 for n in spec.shape], spec.dtype)
    return x


# -- expressions ----------------------------------------------------------------------------------------------------------
def if_exp(condition: Any, if_true: Callable[[], Any], if_false: Callable[[], Any], text: str) -> Any:
    pred = opened(condition)
    if pred is None:
        return if_true() if condition else if_false()
    return cond(pred, if_true, if_false)


def and_(a: Callable[[], Any], b: Callable[[], Any]) -> Any:
    first = a()
    pred = opened(first)
    if pred is None:
        return first and b()
    second = at_once(b)
    return logical_and(pred, second) if second is not None else cond(pred, lambda: truth(b()), lambda: to_tensor(False))


def or_(a: Callable[[], Any], b: Callable[[], Any]) -> Any:
    first = a()
    pred = opened(first)
    if pred is None:
        return first or b()
    second = at_once(b)
    return logical_or(pred, second) if second is not None else cond(pred, lambda: to_tensor(True), lambda: truth(b()))


def at_once(b: Callable[[], Any]) -> Any:
    """The value of b, if it costs and risks nothing to compute it whether it is needed or not; else None."""
    trace = present_trace()
    if trace is None:
        return None
    mark = len(trace.nodes)
    value = truth(b())
    if all(node.primitive.elementwise and not node.primitive.ordered for node in trace.nodes[mark:]):
        return value
    del trace.nodes[mark:]
    return None


def truth(x: Any) -> Tensor:
    x = to_tensor(x)
    return x if x.dtype.is_bool else cast(x, "bool")


def not_(a: Any) -> Any:
    pred = opened(a)
    return not a if pred is None else logical_not(truth(pred))


def eq(a: Any, b: Any) -> Any:
    return a == b


def not_eq(a: Any, b: Any) -> Any:
    return a != b


@library
def assert_stmt(condition: Any, message: Callable[[], Any]) -> None:
    pred = opened(condition)
    if pred is None:
        assert condition, message()
        return
    text = message()
    require(
        truth(pred), to_tensor(str(text if text is not None else "")), shown="the condition of the assert statement", summarize=3
    )


__all__ = ["Undefined", "and_", "assert_stmt", "eq", "if_exp", "if_stmt", "not_", "not_eq", "or_"]
