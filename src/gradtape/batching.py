"""vectorized_map: values with a hidden leading axis, one level each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from .core.context import Level, Site, current_context, enter, leave, under
from .core.dispatch import check_dtypes
from .core.indexed_slices import IndexedSlices
from .core.primitive import Primitive
from .core.quick import canonical, settled
from .core.structures import flatten, pack
from .core.tensor import Tensor, to_tensor
from .ops.basic import align, broadcast_to, lift
from .ops.pieces import pick, stack_values


class BatchTensor(Tensor):
    """`value` is a Tensor (or a BatchTensor of an outer level) whose axis 0 is the batch of `level`."""

    __slots__ = ("level",)
    level: Batch

    @property
    def dims(self) -> tuple[Any, ...]:
        return self.value.dims[1:]

    @property
    def dtype(self) -> Any:
        return self.value.dtype

    @property
    def kind(self) -> str:
        return self.value.kind

    def escape(self) -> np.ndarray:
        raise TypeError(
            "a value inside vectorized_map stands for every element at once and has no single array: "
            "NumPy, float(), bool() and Python's if cannot use it. Use tf.where instead of if, and tf functions instead of NumPy."
        )

    def twin(self, identity: int) -> BatchTensor:
        out = self.level.wrap(self.value)
        out.id = identity
        return out

    def __deepcopy__(self, memo: dict[Any, Any]) -> BatchTensor:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError("a value inside vectorized_map cannot be pickled")

    def __repr__(self) -> str:
        return f"<tf.Tensor: shape={tuple(self.shape)}, dtype={self.dtype.name}, one of {self.level.size} in vectorized_map>"

    __str__ = __repr__


class Batch(Level):
    """The level of one vectorized_map."""

    __slots__ = ("size",)
    size: int
    can_be_single = True

    def __init__(self, size: int):
        self.size = size

    def wrap(self, value: Any) -> Any:
        if type(value) is IndexedSlices:
            value = value.dense()
        out = BatchTensor()
        out.value, out.level, out.id = value, self, 0
        return out

    def mine(self, x: Any) -> bool:
        return type(x) is BatchTensor and x.level is self

    def unwrap(self, x: Any) -> Any:
        """The whole batch; a result that does not depend on it is repeated."""
        return x.value if self.mine(x) else broadcast_to(x, (self.size, *x.dims))

    def owns(self, args: Any) -> bool:
        for a in args:
            if type(a) is BatchTensor and a.level is self:
                return True
        return False

    def takes(self, primitive: Primitive) -> bool:
        return primitive.elementwise or primitive.batch_rule is not None

    def alone(self, primitive: Primitive, args: Any, params: dict[Any, Any]) -> Any:
        """Nothing else listens: the rule runs idle."""
        if primitive.body is not None and not self.takes(primitive):
            return None
        tensors = settled(primitive, args)
        if tensors is None or (primitive.adapt is not None and tensors[0].kind in "iu"):
            return None
        batched = tuple([type(a) is BatchTensor and a.level is self for a in tensors])
        if True not in batched:
            return None
        check_dtypes(primitive, tensors)
        token = current_context.set(None)
        try:
            params = canonical(primitive, tensors, params)
            values = tuple([a.value if b else a for a, b in zip(tensors, batched, strict=True)])
            out = self.apply(primitive, batched, values, params)
        finally:
            current_context.reset(token)
        return self.wrap(out)

    def process(
        self, primitive: Primitive, args: tuple[Any, ...], params: dict[Any, Any], outer: tuple[Any, ...], site: Site
    ) -> Any:
        batched = tuple([type(a) is BatchTensor and a.level is self for a in args])
        values = tuple([a.value if b else a for a, b in zip(args, batched, strict=True)])
        out = under(outer, site, self.apply, primitive, batched, values, params)
        return tuple(map(self.wrap, out)) if type(out) is tuple else self.wrap(out)

    def apply(self, primitive: Primitive, batched: tuple[Any, ...], values: tuple[Any, ...], params: dict[Any, Any]) -> Any:
        rule = primitive.batch_rule
        if rule is None:  # elementwise: broadcasting does it
            return primitive.function(*align(batched, values), **params)
        if rule == "leading":
            return primitive.function(*align_leading(self.size, batched, values), **params)
        if rule == "loop":
            return loop(self.size, primitive, batched, values, params)
        return rule(self.size, batched, *values, **params)


def align_leading(size: int, batched: tuple[Any, ...], values: tuple[Any, ...]) -> list[Any]:
    """Every argument with the batch in front of its own leading axes, lifted to one rank."""
    rank = max(x.ndim - b for x, b in zip(values, batched, strict=True))
    return [lift(x, rank) if b else x for x, b in zip(values, batched, strict=True)]


def loop(size: int, primitive: Primitive, batched: tuple[Any, ...], values: tuple[Any, ...], params: dict[Any, Any]) -> Any:
    """One call for each element: for operations that are rare in maps."""
    outs = []
    for k in range(size):
        args = [pick(x, k) if b else x for x, b in zip(values, batched, strict=True)]
        outs.append(primitive.function(*args, **params))
    if type(outs[0]) is tuple:
        return tuple(stack_values(list(column)) for column in zip(*outs, strict=True))
    return stack_values(outs)


def vectorized_map(fn: Callable, elems: Any, fallback_to_while_loop: bool = True, warn: bool = True) -> Any:
    """`fn` for each slice of `elems` along axis 0, all at once; structures in and out.

    Raises:
        ValueError: where `elems` is empty, has rank 0 or unequal lengths.

    >>> tf.vectorized_map(lambda x: tf.reduce_sum(x * x), tf.constant([[1.0, 2.0], [3.0, 4.0]])).numpy()
    array([ 5., 25.], dtype=float32)
    """
    flat, treedef = flatten(elems)
    values = [to_tensor(x) for x in flat]
    level = Batch(common_length(values))
    enter(level)
    try:
        result = fn(pack(treedef, [level.wrap(x) if length(x) == level.size else repeat_wrap(level, x) for x in values]))
        flat_out, out_def = flatten(result)
        outs = [x if x is None else to_tensor(x) for x in flat_out]
    finally:
        leave(level)
    return pack(out_def, [x if x is None else level.unwrap(x) for x in outs])


def length(x: Any) -> int:
    return x.dims[0]


def repeat_wrap(level: Batch, x: Any) -> Any:
    """A single slice serves every element."""
    return level.wrap(broadcast_to(x, (level.size, *x.dims[1:])))


def common_length(values: list[Any]) -> int:
    if not values:
        raise ValueError("vectorized_map: elems must hold at least one tensor")
    for x in values:
        if not x.ndim:
            raise ValueError("vectorized_map: elems must have rank at least 1: there is nothing to map over in a scalar")
    lengths = {length(x) for x in values}
    if len(lengths - {1}) > 1:
        raise ValueError(f"vectorized_map: the elems have different lengths along axis 0: {sorted(lengths)}")
    return max(lengths) if 0 not in lengths else 0
