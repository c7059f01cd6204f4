"""while and for on tensors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ..control.loops import array_leaves, growing, while_loop
from ..control.region import built
from ..control.tensor_array import TensorArray
from ..core.dispatch import spec_of
from ..core.shapes import TensorShape
from ..core.structures import OPTIONS, trees
from ..core.tensor import CONVERTERS, Tensor, to_tensor
from ..graph.afterwards import present_trace
from ..ops.basic import add, cast, greater, less, multiply, select, subtract
from ..ops.create import range_of, shape
from ..ops.gathering import gather
from ..ops.logic import logical_and
from .branches import if_stmt, truth
from .values import NUMBERS, Like, is_array, is_missing, opened, put_together, taken_apart, trying, zeros_of

State = Callable[[], Any]


class TensorRange:
    """range(...) of tensors whose values are not known yet: a `for` goes through it, anything else makes it a tensor."""

    def __init__(self, start: Any, stop: Any, step: Any):
        self.start, self.stop, self.step = start, stop, step

    def __iter__(self) -> Iterator[Any]:
        raise TypeError("a range of tensors that are not known yet can only stand in `for i in range(n):`")

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(as_tensor(self), name)


def as_tensor(x: TensorRange) -> Tensor:
    return range_of(x.start, x.stop, x.step)


def operator_of(name: str) -> Callable[..., Any]:
    def call(x: TensorRange, *others: Any) -> Any:
        return getattr(as_tensor(x), name)(*others)

    return call


CONVERTERS[TensorRange] = as_tensor
OPERATORS = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow")
for _name in (*OPERATORS, *(f"r{name}" for name in OPERATORS), "lt", "le", "gt", "ge", "eq", "ne", "neg", "getitem"):
    setattr(TensorRange, f"__{_name}__", operator_of(f"__{_name}__"))


def tensor_range(args: Sequence[Any], dtype: Any = None) -> TensorRange:
    """Of one, two or three numbers, at least one of them a tensor."""
    start, stop, step = (0, args[0], 1) if len(args) == 1 else (*args, 1)[:3]
    like = next(x for x in (opened(a) for a in (stop, start, step)) if x is not None)
    kind = like.dtype if dtype is None else dtype
    values = [cast(to_tensor(x), kind) for x in (start, stop, step)]
    return TensorRange(*values)


def with_copies(values: Any) -> Any:
    return trees().tree_map(
        lambda x: x.copied() if isinstance(x, TensorArray) else x, values, is_leaf=lambda x: isinstance(x, TensorArray), **OPTIONS
    )


def give_shapes(before: Sequence[TensorArray], after: Sequence[TensorArray]) -> None:
    """Arrays of which nobody said it have elements of the shape that was written."""
    if len(before) == len(after):
        for x, written in zip(before, after, strict=True):
            if x.shape.rank is None and written.shape.is_fully_defined():
                x.shape = written.shape


# -- while --------------------------------------------------------------------------------------------------------------
def while_stmt(
    test: Callable[[], Any], body: Callable[[], Any], get_state: State, set_state: Callable[[Any], Any], names: Sequence[str],
    opts: dict[str, Any],
) -> None:  # fmt: skip
    """`while test(): body()`: a Python loop while the test is Python's, one operation from the step on where it is a tensor."""
    holds = test()
    while opened(holds) is None and not (isinstance(holds, Tensor) and present_trace() is not None):
        if not holds:
            return
        body()
        holds = test()
    Loop(get_state, set_state, names, opts).run(test, body, [])


class Loop:
    """A loop that becomes one operation: its variables as tensors, everything else as it is."""

    def __init__(self, get_state: State, set_state: Callable[[Any], Any], names: Sequence[str], opts: dict[str, Any]):
        self.get_state, self.set_state, self.names, self.opts = get_state, set_state, names, opts
        self.before = get_state()

    def run(self, test: Callable[..., Any], body: Callable[..., Any], own: list[Any]) -> list[Any]:
        """Loop with variables of its own (a counter) besides the program's; what they are in the end."""
        start = self.started(lambda: body(*own))
        parts = [taken_apart(value) for value in start]
        carried = [as_carried(x) for leaves, _ in parts for x in leaves if moves(x)]
        count = len(own)

        def restore(tensors: Sequence[Any]) -> None:
            rest = iter(tensors)
            self.set_state(tuple(put_together(d, [next(rest) if moves(x) else x for x in leaves]) for leaves, d in parts))

        def holds(*xs: Any) -> Any:
            restore(xs[count:])
            return truth(test(*xs[:count]))

        def step(*xs: Any) -> list[Any]:
            restore(xs[count:])
            after_own = body(*xs[:count]) or []
            return [*after_own, *self.after(parts), *dummy]

        dummy = [] if own or carried else [to_tensor(0)]
        outs = while_loop(
            holds if not dummy else lambda *_: holds(), step if not dummy else lambda *xs: [*step()[:-1], add(xs[0], 1)],
            [*own, *carried, *dummy], self.invariants(own, start, parts), maximum_iterations=self.opts.get("maximum_iterations"),
        )  # fmt: skip
        restore(outs[count : count + len(carried)])
        return list(outs[:count])

    def started(self, body: Callable[[], Any]) -> list[Any]:
        """The variables before the loop; those that only its body makes begin as zeros, arrays get the shape of what it writes."""
        missing = [k for k, value in enumerate(self.before) if is_missing(value)]
        unshaped = [x for x in array_leaves(self.before) if isinstance(x, TensorArray) and not x.is_shaped()]
        if not missing and not unshaped:
            return list(self.before)
        found: list[Any] = []
        arrays: list[TensorArray] = []

        def trial() -> list[Any]:
            token = trying.set(True)
            try:
                body()
            finally:
                trying.reset(token)
            for k in missing:
                leaves, treedef = taken_apart(self.get_state()[k])
                found.append((treedef, [Kept(spec_of(as_carried(x))) if moves(x) else x for x in leaves]))
            arrays.extend(x for x in array_leaves(self.get_state()) if isinstance(x, TensorArray))
            return []

        self.set_state(with_copies(self.before))  # so that what the trial writes stays in it
        built(trial, [])
        self.set_state(self.before)
        give_shapes([x for x in array_leaves(self.before) if isinstance(x, TensorArray)], arrays)
        out = list(self.before)
        for k, (treedef, leaves) in zip(missing, found, strict=True):
            out[k] = put_together(treedef, [zeros_of(x.spec) if isinstance(x, Kept) else x for x in leaves])
        return out

    def after(self, parts: Sequence[Any]) -> list[Any]:
        """The tensors among the variables after a step; the rest must not have changed."""
        tensors: list[Any] = []
        for name, value, (before, treedef) in zip(self.names, self.get_state(), parts, strict=True):
            leaves, found = taken_apart(value)
            if found != treedef:
                raise TypeError(f"'{name}' must keep its structure in the loop: {treedef} before, {found} after one iteration")
            for old, new in zip(before, leaves, strict=True):
                if moves(old):
                    if new is None or is_missing(new):
                        raise ValueError(f"'{name}' is {new!r} at the end of the loop body.")
                    tensors.append(matching(new, old))
                elif new is not old and not (type(new) is type(old) and new == old):
                    raise TypeError(
                        f"'{name}' is {old!r:.60} before the loop and {new!r:.60} after one iteration: only tensors and numbers may "
                        "change in a loop over tensors"
                    )
        return tensors

    def invariants(self, own: list[Any], start: Sequence[Any], parts: Sequence[Any]) -> Any:
        """Which extents may change: those that the program says, and the length of arrays that may grow."""
        given = self.opts.get("shape_invariants") or ()
        wanted = {id(x): TensorShape(s) for x, s in given}
        grows = [may_grow for value in start for may_grow in growing_leaves(value)]
        if not wanted and not any(grows):
            return None
        found = []
        for x, may_grow in zip([x for leaves, _ in parts for x in leaves], grows, strict=True):
            if moves(x):
                shape = to_tensor(x).shape
                found.append(growing(x) if may_grow else wanted.get(id(x), shape))
        return [*[TensorShape([]) for _ in own], *found]


def growing_leaves(value: Any) -> list[bool]:
    """For each leaf of a variable: is it the rows of an array that may grow?"""
    found: list[bool] = []
    for x in array_leaves(value):
        if isinstance(x, TensorArray):
            found += [x.grows, False] if x.is_shaped() else []
        else:
            found.append(False)
    return found


class Kept:
    """What a trial made: the spec of a tensor that is gone."""

    def __init__(self, spec: Any):
        self.spec = spec


def moves(x: Any) -> bool:
    """Is it carried from step to step?"""
    return isinstance(x, NUMBERS) or is_array(x) or opened(x) is not None


def as_carried(x: Any) -> Any:
    found = opened(x)
    return to_tensor(x) if found is None else found


def matching(new: Any, old: Any) -> Any:
    """A Python number takes the dtype that the variable had."""
    return to_tensor(new, as_carried(old).dtype.numpy_dtype) if isinstance(new, NUMBERS) else as_carried(new)


# -- for ----------------------------------------------------------------------------------------------------------------
def for_stmt(
    items: Any, extra_test: Callable[[], Any] | None, body: Callable[[Any], Any], get_state: State, set_state: Callable[[Any], Any],
    names: Sequence[str], opts: dict[str, Any],
) -> None:  # fmt: skip
    """`for target in items: body(target)`, as long as extra_test (of a break or return) holds."""
    loop = (extra_test or always, body, get_state, set_state, names, opts)
    if isinstance(items, TensorRange):
        range_loop(items, *loop)
    elif opened(items) is not None or (isinstance(items, Tensor) and present_trace() is not None):
        rows_loop(opened(items) if opened(items) is not None else items, *loop)
    else:
        python_loop(items, *loop)


def always() -> bool:
    return True


def range_loop(items: TensorRange, extra: Any, body: Any, get_state: Any, set_state: Any, names: Any, opts: Any) -> None:
    zero = multiply(items.step, 0)

    def test(i: Any) -> Any:
        inside = select(greater(items.step, zero), less(i, items.stop), greater(i, items.stop))
        return both(inside, extra())

    def step(i: Any) -> list[Any]:
        body(i)
        return [add(i, items.step)]

    Loop(get_state, set_state, names, opts).run(test, step, [items.start])


def rows_loop(items: Any, extra: Any, body: Any, get_state: Any, set_state: Any, names: Any, opts: Any) -> None:
    if not items.ndim:
        raise TypeError("Cannot iterate over a scalar tensor.")
    count = shape(items)[0]

    def step(k: Any) -> list[Any]:
        body(gather(items, k))
        return [add(k, 1)]

    Loop(get_state, set_state, names, opts).run(lambda k: both(less(k, count), extra()), step, [subtract(count, count)])


def both(inside: Any, extra: Any) -> Any:
    return inside if extra is True else logical_and(inside, truth(extra))


def python_loop(items: Any, extra: Any, body: Any, get_state: Any, set_state: Any, names: Any, opts: Any) -> None:
    """A loop that Python can count; from where a break depends on a tensor, each further step stands in an if."""
    rows, end = iter(items), object()
    while True:
        holds = extra()
        if opened(holds) is None and not holds:
            return
        target = next(rows, end)
        if target is end:
            return
        if opened(holds) is None:
            body(target)
        else:
            if_stmt(holds, lambda x=target: body(x), nothing, get_state, set_state, names, len(names))


def nothing() -> None:
    pass


__all__ = ["Like", "TensorRange", "for_stmt", "tensor_range", "while_stmt"]
