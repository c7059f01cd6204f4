"""Variable: a named place that owns a buffer."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from enum import Enum
from sys import getrefcount
from threading import Lock
from typing import Any, NoReturn

import numpy as np

from .context import current, levels, present_state
from .dtypes import NUMBERS, OF_NUMPY, DType
from .errors import invalid
from .names import scoped
from .shapes import TensorShape
from .tensor import CONVERTERS, Operand, Reference, Tensor, convert_to_tensor, tensor, to_tensor, value_text


class VariableAggregation(Enum):
    """How replicas' updates would be joined; there is one replica."""

    NONE = 0
    SUM = 1
    MEAN = 2
    ONLY_FIRST_REPLICA = 3


class VariableSynchronization(Enum):
    """When replicas' variables would be joined; there is one replica."""

    AUTO = 0
    NONE = 1
    ON_WRITE = 2
    ON_READ = 3


class Variable(Operand):
    """A named place that owns a buffer: what training changes.

    Args:
        initial_value: a tensor, a number, an array, a nested list, or a function without arguments that returns one.
        trainable: do tapes watch it by themselves?  (True where nothing is said.)
        dtype: float32 for Python floats, int32 for ints where nothing is said.
        shape: what `assign` must fit; `tf.TensorShape(None)` admits every shape.
        constraint: a function of the new value that optimizers apply after an update.

    >>> v = tf.Variable([1.0, 2.0])
    >>> v.assign_add([1.0, 1.0]).numpy()
    array([2., 3.], dtype=float32)
    """

    __slots__ = (
        "value_", "reader", "read_id", "_trainable", "_name", "_shape", "constraint", "synchronization", "aggregation", "__dict__",
        "__weakref__",
    )  # fmt: skip
    value_: Any
    reader: int
    read_id: int
    constraint: Callable[..., Any] | None
    synchronization: VariableSynchronization
    aggregation: VariableAggregation
    __array_priority__ = 100

    def __init__(
        self,
        initial_value: Any = None,
        trainable: bool | None = None,
        validate_shape: bool = True,
        caching_device: Any = None,
        name: str | None = None,
        variable_def: Any = None,
        dtype: Any = None,
        import_scope: Any = None,
        constraint: Callable[..., Any] | None = None,
        synchronization: Any = VariableSynchronization.AUTO,
        aggregation: Any = VariableAggregation.NONE,
        shape: Any = None,
        experimental_enable_variable_lifting: bool = True,
    ):
        if initial_value is None:
            raise ValueError("The `initial_value` arg to `tf.Variable` must be specified, and not None.")
        if constraint is not None and not callable(constraint):
            raise ValueError(f"The `constraint` argument must be callable; got {constraint!r}.")
        if not (name is None or isinstance(name, str)):
            raise ValueError(f"The name of a variable must be a string; got {name!r}.")
        if callable(initial_value) and not isinstance(initial_value, (Tensor, Variable)):
            initial_value = initial_value()
        start, state = convert_to_tensor(initial_value, dtype), present_state()
        if state is not None:
            start = state.start(start)
        self._shape = None if shape is None else TensorShape(shape)
        if self._shape is not None and not self._shape.is_compatible_with(start.shape):
            raise ValueError(
                f"The initial value's shape ({start.shape}) is not compatible with the explicitly supplied "
                f"`shape` argument ({self._shape})."
            )
        self.value_ = own(start.value)
        self.reader = 0  # serial of the tape that read the present value last, and
        self.read_id = 0  # the identity that this reading got there
        self._trainable = True if trainable is None else bool(trainable)
        self._name = scoped(name or "Variable")
        self.constraint = constraint
        self.synchronization = VariableSynchronization(synchronization or VariableSynchronization.AUTO)
        self.aggregation = VariableAggregation(aggregation or VariableAggregation.NONE)
        if state is not None:
            state.made(self)

    # -- what it is ---------------------------------------------------------------------------------------
    @property
    def dims(self) -> tuple[Any, ...]:
        return self.value_.shape

    @property
    def shape(self) -> TensorShape:
        return TensorShape.of(self.value_.shape) if self._shape is None else self._shape

    @property
    def dtype(self) -> DType:
        return OF_NUMPY[self.value_.dtype]

    @property
    def ndim(self) -> int:
        return self.value_.ndim

    @property
    def name(self) -> str:
        return self._name + ":0"

    @property
    def path(self) -> str:
        """The name without its index: what Keras optimizers tell variables apart by."""
        return self._name

    @property
    def trainable(self) -> bool:
        return self._trainable

    @property
    def device(self) -> str:
        return "/job:localhost/replica:0/task:0/device:CPU:0"

    @property
    def initial_value(self) -> Any:
        raise RuntimeError("This property is not supported when eager execution is enabled.")

    def set_shape(self, shape: Any) -> None:
        """Narrow the shape that assignments must fit.

        Raises:
            ValueError: where the present value does not have this shape.
        """
        wanted = TensorShape(shape)
        if not wanted.is_compatible_with(TensorShape.of(self.value_.shape)):
            raise ValueError(
                f"Variable '{self.name}' of shape {self.value_.shape} is not compatible with supplied shape {wanted}."
            )
        self._shape = wanted

    def get_shape(self) -> TensorShape:
        return self.shape

    def is_initialized(self, name: str | None = None) -> bool:
        return True

    def ref(self) -> Reference:
        return Reference(self)

    def __hash__(self) -> int:  # type: ignore[override]
        raise TypeError("Variable is unhashable. Instead, use variable.ref() as the key.")

    # -- reading ------------------------------------------------------------------------------------------
    def read_value(self) -> Tensor:
        """The present value; every level that watches variables knows it as a reading of this one."""
        state, listening = present_state(), levels()
        reading = None if state is None else state.read(self)
        if reading is None:
            identity = 0
            for level in listening:
                identity = level.read_into(self, identity)
            reading = tensor(self.value_, identity)
        for level in listening:
            level.seen(self, reading)
        return reading

    def value(self) -> Tensor:
        return self.read_value()

    def numpy(self) -> Any:
        value = self.read_value().escape()
        return value[()] if value.ndim == 0 else np.array(value)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        return self.read_value().__array__(dtype, copy)

    def __dlpack__(self, **options: Any) -> Any:
        return np.array(self.value_).__dlpack__(**options)

    def __dlpack_device__(self) -> tuple[int, int]:
        return (1, 0)

    def __float__(self) -> float:
        return float(self.read_value())

    def __int__(self) -> int:
        return int(self.read_value())

    def __bool__(self) -> bool:
        return bool(self.read_value())

    def __index__(self) -> int:
        return self.read_value().__index__()

    def __len__(self) -> int:
        return len(self.read_value())

    # -- writing: nothing is half-assigned when one fails -----------------------------------------------------
    def assign(self, value: Any, use_locking: bool = False, name: str | None = None, read_value: bool = True) -> Variable | None:
        """Take `value` (never its identity: no gradient flows through an assignment).

        Raises:
            ValueError: where the shape or dtype is another one.
        """
        self.put(self.fitting(value, "assign"))
        return self if read_value else None

    def assign_add(
        self, delta: Any, use_locking: bool = False, name: str | None = None, read_value: bool = True
    ) -> Variable | None:
        """Add `delta`, of the same shape.

        Raises:
            ValueError: where the dtype is another one.
            InvalidArgumentError: where the shape is another one, or the variable holds no numbers.
        """
        self.update(np.add, delta, "assign_add")
        return self if read_value else None

    def assign_sub(
        self, delta: Any, use_locking: bool = False, name: str | None = None, read_value: bool = True
    ) -> Variable | None:
        """Subtract `delta`, of the same shape.

        Raises:
            ValueError: where the dtype is another one.
            InvalidArgumentError: where the shape is another one, or the variable holds no numbers.
        """
        self.update(np.subtract, delta, "assign_sub")
        return self if read_value else None

    def refuse_in_place(self, other: Any) -> NoReturn:
        raise RuntimeError(
            "Variable += value (or -=, *= ...) is not supported: it would rebind the name to a tensor. Use v.assign_add(value), "
            "v.assign(v * value) ... to change the variable, or v = v + value for a new tensor."
        )

    __iadd__: Callable[..., NoReturn] = refuse_in_place
    __isub__: Callable[..., NoReturn] = refuse_in_place
    __imul__: Callable[..., NoReturn] = refuse_in_place
    __itruediv__: Callable[..., NoReturn] = refuse_in_place
    __ifloordiv__: Callable[..., NoReturn] = refuse_in_place
    __imod__: Callable[..., NoReturn] = refuse_in_place
    __ipow__: Callable[..., NoReturn] = refuse_in_place
    __imatmul__: Callable[..., NoReturn] = refuse_in_place

    def fitting(self, value: Any, what: str) -> Tensor:
        """`value` as a tensor of this variable's dtype and shape."""
        new = value if type(value) is Tensor else to_tensor(value, self.value_.dtype)
        if new.dtype != self.dtype:
            raise ValueError(
                f"{what}: the variable '{self._name}' has dtype {self.dtype.name}, the value {new.dtype.name}. "
                f"Write tf.cast(value, tf.{self.dtype.name})."
            )
        if new.dims == self.value_.shape or (
            self._shape is not None and what == "assign" and self._shape.is_compatible_with(new.shape)
        ):
            return new
        if what == "assign":
            raise ValueError(
                f"Cannot assign value to variable '{self.name}': Shape mismatch. "
                f"The variable shape {self.shape}, and the assigned value shape {new.shape} are incompatible."
            )
        raise invalid(
            what,
            f"{what}: Cannot update variable '{self.name}' with shape {list(self.value_.shape)} using a Tensor with shape "
            f"{list(new.dims)}, shapes must be equal.",
        )

    def put(self, new: Tensor) -> None:
        state = present_state()
        if state is not None and state.write(self, new):
            return
        if type(new) is not Tensor:
            raise TypeError(f"a value inside vectorized_map or a trace cannot be assigned to the variable '{self._name}'")
        self.wrote(new)
        self.value_ = own(new.value)
        self.reader = 0

    def wrote(self, new: Any) -> None:
        """Levels that explain remember which value went in: its path ends here."""
        for level in levels():
            level.note_write(self, new.id)

    def update(self, ufunc: np.ufunc, delta: Any, what: str) -> None:
        """In place where nobody else looks at the buffer, else into a new one."""
        if type(delta) is not Tensor or delta.value.shape != self.value_.shape or delta.value.dtype != self.value_.dtype:
            delta = self.fitting(delta, what)
        if self.value_.dtype not in NUMBERS:
            raise invalid(what, f"{what}: the variable '{self.name}' holds {self.dtype.name} and cannot be added to; use assign")
        if current() is not None:
            self.wrote(delta)
        state = present_state()
        if state is not None:
            old = state.peek(self)
            self.put(UPDATES[ufunc](tensor(self.value_) if old is None else old, delta))
        elif type(delta) is not Tensor:
            self.put(delta)  # says what is wrong
        else:
            with WRITING:
                target = self.value_ if unshared(self) else ...
                self.value_ = ufunc(self.value_, delta.value, out=target, casting="no")
            self.reader = 0

    # -- the rest -----------------------------------------------------------------------------------------
    def __copy__(self) -> Variable:
        return self  # as a list's shallow copy holds the same elements, a variable's is the same place

    def __deepcopy__(self, memo: dict[Any, Any]) -> Variable:
        memo[id(self)] = copy = restored(np.array(self.value_), self.facts())
        return copy

    def __reduce__(self) -> tuple[Any, ...]:
        return restored, (np.array(self.value_), self.facts())

    def facts(self) -> tuple[Any, ...]:
        """What a copy takes over besides the value."""
        return self._trainable, self._name, self.constraint, self._shape, self.synchronization, self.aggregation

    def __repr__(self) -> str:
        shape = tuple(self.shape) if self.shape.rank is not None else self.shape
        return f"<tf.Variable '{self.name}' shape={shape} dtype={self.dtype.name}, numpy={value_text(self.value_)}>"


def restored(value: np.ndarray, facts: tuple[Any, ...]) -> Variable:
    trainable, name, constraint, shape, synchronization, aggregation = facts
    out = Variable(value, trainable, constraint=constraint, shape=shape, synchronization=synchronization, aggregation=aggregation)
    out._name = name
    return out


def own(array: np.ndarray) -> np.ndarray:
    """An array fit to be a buffer.  A tensor's whole array is: updates copy while the tensor lives."""
    return array if array.base is None and array.flags.writeable and array.flags.c_contiguous else np.array(array, order="C")


def count_of(variable: Variable) -> int:
    return getrefcount(variable.value_)


def calibrated() -> int:
    """What `count_of` says of a buffer that only its variable holds (versions of Python differ); -1: cannot be trusted."""
    if not getattr(sys, "_is_gil_enabled", lambda: True)():
        return -1
    return count_of(Variable(np.zeros(1, np.float32)))


def unshared(variable: Variable) -> bool:
    """Does nobody but the variable hold its buffer?  (A thread that reads while another writes sees a part of the update, as in
    TensorFlow.)"""
    return count_of(variable) == UNSHARED


def rewrite(variable: Variable, step: Callable[[np.ndarray], Any]) -> None:
    """Let `step` write into the buffer, or into a copy that takes its place where anybody else looks at it."""
    with WRITING:
        if unshared(variable):
            step(variable.value_)
        else:
            copy = np.array(variable.value_)
            step(copy)
            variable.value_ = copy
    variable.reader = 0


UPDATES: dict[np.ufunc, Callable] = {}  # the operation for each ufunc that updates a variable; `ops.state` says it
WRITING = Lock()  # no update of one thread is lost to another's


def free_writing() -> None:
    """A forked child has one thread, and none that could still hold the lock."""
    global WRITING
    WRITING = Lock()


if sys.platform != "win32":
    os.register_at_fork(after_in_child=free_writing)
CONVERTERS[Variable] = Variable.read_value
UNSHARED = calibrated()
__name__ = None  # type: ignore[assignment]  # NumPy's C code warns in no module without a name
