"""CompositeTensor: base of values that are made of several tensors, ragged and sparse ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from .errors import CompositeOperand
from .primitive import REGISTRY, Primitive
from .tensor import CONVERTERS, Operand, Tensor

OPERATORS = {"add": "add", "sub": "subtract", "mul": "multiply", "truediv": "divide", "floordiv": "floordiv", "mod": "floormod",
             "pow": "pow"}  # fmt: skip
ORDER = {"lt": "less", "le": "less_equal", "gt": "greater", "ge": "greater_equal", "eq": "equal", "ne": "not_equal"}
LOGIC = {"and": "logical_and", "or": "logical_or", "xor": "logical_xor"}
ALONE = {"neg": "negative", "abs": "abs", "invert": "logical_not"}


class CompositeTensor(Operand):
    """A value made of several tensors; gradients belong to `differentiated`, the one among them that holds the values."""

    __slots__ = ("__weakref__",)
    __array_priority__ = 100
    __array_ufunc__ = None  # an array beside it leaves the operation to it

    @property
    def differentiated(self) -> Tensor:
        raise NotImplementedError

    def with_differentiated(self, values: Any) -> Any:
        """The same with other values: a gradient has the form of what it belongs to."""
        raise NotImplementedError

    def components(self) -> list[Any]:
        """The tensors that it is made of."""
        raise NotImplementedError

    def recomposed(self, components: Sequence[Any]) -> Any:
        """The same kind of value of other components."""
        raise NotImplementedError

    @property
    def _type_spec(self) -> Any:
        raise NotImplementedError

    def numpy(self) -> Any:
        raise NotImplementedError

    # -- rows, as datasets take and make them ---------------------------------------------------------------------------------
    @property
    def row_count(self) -> int:
        raise NotImplementedError

    def row_at(self, k: int) -> Any:
        """A row: an array, or another composite value."""
        raise NotImplementedError

    def rows_at(self, numbers: Any) -> Any:
        """Some rows, by an array of their numbers."""
        raise NotImplementedError

    @classmethod
    def stacked(cls, parts: Sequence[Any]) -> Any:
        """Values as the rows of one."""
        raise NotImplementedError

    @classmethod
    def applied(cls, primitive: Primitive, args: Sequence[Any], params: dict[str, Any]) -> Any:
        """An operation on arguments of which one at least is of this class."""
        raise no_tensor(args, primitive.label)

    def __bool__(self) -> bool:
        raise TypeError(f"The truth value of a {type(self).__name__} is ambiguous; reduce it first.")

    __hash__ = None  # type: ignore[assignment]  # equality compares elements


def no_tensor(args: Sequence[Any], op: str) -> CompositeOperand:
    kind = next(type(a).__name__ for a in args if isinstance(a, CompositeTensor))
    return CompositeOperand(f"{op} does not take a {kind}; {MENDS.get(kind, 'make it a tensor first')}.")


MENDS = {
    "RaggedTensor": "x.to_tensor() gives the padded tensor, tf.ragged.map_flat_values maps the values",
    "SparseTensor": "tf.sparse.to_dense(x) gives the dense tensor, tf.sparse has the operations on sparse ones",
}


ROWS: dict[str, Callable[..., Any]] = {}  # what map_fn does row by row: the ragged family says it


def refuse(value: CompositeTensor) -> Tensor:
    raise CompositeOperand(
        f"Attempt to convert a value ({value!r:.80}) with an unsupported type ({type(value)}) to a Tensor; "
        f"{MENDS.get(type(value).__name__, 'make it a tensor first')}."
    )


CONVERTERS[CompositeTensor] = refuse


def operator_of(name: str, reflected: bool = False) -> Callable[..., Any]:
    def method(x: Any, y: Any) -> Any:
        if y is None and name in ("equal", "not_equal"):
            return name == "not_equal"
        return REGISTRY[name].function(y, x) if reflected else REGISTRY[name].function(x, y)

    return method


def alone(name: str) -> Callable[..., Any]:
    return lambda x: REGISTRY[name].function(x)


for word, operation in {**OPERATORS, **ORDER, **LOGIC}.items():
    setattr(CompositeTensor, f"__{word}__", operator_of(operation))
for word, operation in {**OPERATORS, **LOGIC}.items():
    setattr(CompositeTensor, f"__r{word}__", operator_of(operation, reflected=True))
for word, operation in ALONE.items():
    setattr(CompositeTensor, f"__{word}__", alone(operation))
