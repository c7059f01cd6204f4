"""tf.cond, tf.case, tf.switch_case: Python calls where the condition is known, one operation where it is not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..batching import BatchTensor
from ..core.context import library
from ..core.errors import invalid
from ..core.tensor import Tensor, to_tensor
from ..core.variable import Variable
from ..graph.symbol import Symbol
from ..ops.basic import cast, select
from ..ops.logic import logical_and
from .choose import chosen
from .region import built, joined, operand


@library
def cond(
    pred: Any, true_fn: Callable[[], Any] | None = None, false_fn: Callable[[], Any] | None = None, name: str | None = None
) -> Any:
    """true_fn() where `pred` holds, else false_fn().

    Inside a traced function or `vectorized_map` both become part of one operation; there they must return the same structure and
    dtypes. Gradients of every order flow through whichever runs.

    Raises:
        TypeError: where true_fn or false_fn cannot be called, or `pred` is no boolean.

    >>> x = tf.constant(3.0)
    >>> float(tf.cond(x > 2.0, lambda: x * x, lambda: -x))
    9.0
    """
    if not callable(true_fn):
        raise TypeError(f"cond: 'true_fn' must be callable; it is {true_fn!r}")
    if not callable(false_fn):
        raise TypeError(f"cond: 'false_fn' must be callable; it is {false_fn!r}")
    if isinstance(pred, (bool, int)) and not isinstance(pred, Tensor):
        return true_fn() if pred else false_fn()
    pred = scalar(pred, "cond", "pred")
    if pred.dtype.name not in ("bool", *INTEGERS):
        raise TypeError(f"cond: pred must be a boolean, got {pred.dtype.name}. Write tf.cast(pred, tf.bool) or a comparison.")
    if not is_open(pred):
        return true_fn() if bool(pred) else false_fn()
    return branched(select(cast(pred, "bool"), 1, 0), [false_fn, true_fn], "cond")


INTEGERS = ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64")


def scalar(x: Any, what: str, argument: str) -> Any:
    x = x.read_value() if isinstance(x, Variable) else to_tensor(x)
    if x.ndim:
        raise invalid(
            what, f"{what}: {argument} must be a scalar, got shape {list(x.dims)}. Use tf.reduce_any, tf.reduce_all or tf.where."
        )
    return x


def is_open(x: Any) -> bool:
    """Is its value unknown, or another one for each element of a map?"""
    return isinstance(x, (Symbol, BatchTensor))


def branched(index: Any, fns: Sequence[Callable[[], Any]], what: str) -> Any:
    """One operation for the function that the index names, the last where there is none."""
    parts = [built(fn, []) for fn in fns]
    for part in parts[1:]:
        if part.layout != parts[0].layout:
            raise TypeError(
                f"{what}: the branches must return the same structure; they return {parts[0].layout.treedef} and {part.layout.treedef}"
            )
    regions, sources, written = joined(parts)
    outs = chosen(cast(index, "int32"), [operand(s) for s in sources], regions)
    for variable, new in zip(written, outs[len(outs) - len(written) :], strict=True):
        variable.put(new)
    return parts[0].layout.pack(outs[: len(outs) - len(written)])


@library
def switch_case(branch_index: Any, branch_fns: Any, default: Callable[[], Any] | None = None, name: str = "switch_case") -> Any:
    """branch_fns[branch_index](); `default`, or the last of them, where there is no such branch.

    Args:
        branch_index: a scalar int32.
        branch_fns: a list of functions, a dict from ints to functions, or a list of (int, function).

    Raises:
        TypeError, ValueError: an index that is no integer, functions that cannot be called, keys that are not 0, 1, 2 ...

    >>> tf.switch_case(tf.constant(1), [lambda: tf.constant("a"), lambda: tf.constant("b")]).numpy()
    b'b'
    """
    fns = numbered(branch_fns)
    fns = fns if default is None else [*fns, default]
    if isinstance(branch_index, int):
        return called(fns, branch_index)
    index = scalar(branch_index, "switch_case", "branch_index")
    if not index.dtype.is_integer:
        raise TypeError(f"branch_index must a Tensor, got {index.dtype.name}; it must be an integer")
    return branched(index, fns, "switch_case") if is_open(index) else called(fns, int(index))


def called(fns: Sequence[Callable[[], Any]], index: int) -> Any:
    return fns[index if 0 <= index < len(fns) else -1]()


def numbered(branch_fns: Any) -> list[Callable[[], Any]]:
    if isinstance(branch_fns, Mapping):
        branch_fns = list(branch_fns.items())
    if not isinstance(branch_fns, (list, tuple)) or not branch_fns:
        raise TypeError("branch_fns must be a list, tuple, or dict, and hold at least one function")
    if not all(callable(fn) for fn in branch_fns):
        for item in branch_fns:
            if not (isinstance(item, tuple) and len(item) == 2):
                raise TypeError(f"Each entry in branch_fns must be a tuple of length 2 or a function. Received {item!r}")
        pairs = dict(branch_fns)
        if sorted(pairs) != list(range(len(branch_fns))):
            raise ValueError(f"branch indices must form contiguous range of [0 to {len(branch_fns)}) but found {sorted(pairs)}")
        branch_fns = [pairs[k] for k in range(len(pairs))]
    for fn in branch_fns:
        if not callable(fn):
            raise TypeError(f"callable in branch_fns expected, got {fn!r}")
    return list(branch_fns)


@library
def case(
    pred_fn_pairs: Any,
    default: Callable[[], Any] | None = None,
    exclusive: bool = False,
    strict: bool = False,
    name: str = "case",
) -> Any:
    """The function of the first predicate that holds; `default`, or the last function, where none does.

    Args:
        pred_fn_pairs: a list of (scalar boolean, function).
        exclusive: raise an InvalidArgumentError where more than one holds.

    >>> x = tf.constant(5.0)
    >>> float(tf.case([(x < 0.0, lambda: -x), (x > 2.0, lambda: x + 1.0)], default=lambda: x))
    6.0
    """
    pairs = list(pred_fn_pairs.items()) if isinstance(pred_fn_pairs, Mapping) else pred_fn_pairs
    if not isinstance(pairs, (list, tuple)):
        raise TypeError("case: 'pred_fn_pairs' must be a list, tuple, or dict")
    for pair in pairs:
        if not (isinstance(pair, tuple) and len(pair) == 2 and callable(pair[1])):
            raise TypeError(f"case: each entry in pred_fn_pairs must be a pair of a predicate and a function; got {pair!r}")
    predicates = [scalar(p, "case", "a predicate") for p, _ in pairs]
    for p in predicates:
        if p.dtype.name != "bool":
            raise TypeError(f"case: predicates must be booleans, got {p.dtype.name}")
    if exclusive:
        check_exclusive(predicates)
    fns = [fn for _, fn in pairs]
    if default is None:
        default = fns[-1] if fns else None
        if default is None:
            raise ValueError("case: 'pred_fn_pairs' must not be empty where there is no default")
    return first_that_holds(predicates, fns, default)


def first_that_holds(predicates: Sequence[Any], fns: Sequence[Callable[[], Any]], default: Callable[[], Any]) -> Any:
    if not predicates:
        return default()
    return cond(predicates[0], fns[0], lambda: first_that_holds(predicates[1:], fns[1:], default))


def check_exclusive(predicates: Sequence[Any]) -> None:
    for k, p in enumerate(predicates):
        for q in predicates[k + 1 :]:
            both = logical_and(p, q)
            if not is_open(both) and bool(both):
                raise invalid("case", "case: more than one condition evaluated as True but exclusive=True")
