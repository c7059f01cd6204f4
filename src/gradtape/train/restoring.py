"""Giving the values of a checkpoint to the variables of a program, those that are made later included.

The nodes of the checkpoint are matched with Python objects from the root on, child by child, by name. What has no match yet
waits: a module tells when it gets an attribute, a Keras layer or optimizer when it is built, and the waiting nodes below it
are matched then.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any, Protocol
from weakref import ReferenceType, ref

import numpy as np

from ..core import module
from ..core.dtypes import DType, as_dtype
from ..core.shapes import TensorShape
from ..core.tensor import tensor
from .objects import GRAPH_KEY, ObjectNode, Trackable, child_of, explored, is_keras, paths, variable_in


class Reader(Protocol):
    """A checkpoint that is open."""

    path: str

    def names(self) -> list[str]: ...
    def spec(self, key: str) -> tuple[tuple[int, ...], DType]: ...
    def tensor(self, key: str) -> np.ndarray: ...
    def nodes(self) -> list[ObjectNode]: ...


class Restore:
    """One restoring: which nodes have found their objects, and which still wait."""

    def __init__(self, reader: Reader, root: Any):
        self.reader, self.nodes = reader, reader.nodes()
        self.given: set[int] = set()  # nodes whose value went into a variable
        self.places: dict[int, ReferenceType[Any]] = {}  # node -> the object that it was matched with
        self.values = {number for number, _ in paths(self.nodes) if self.nodes[number].key is not None}
        if self.nodes:
            self.match(0, root)

    # -- matching -----------------------------------------------------------------------------------------------------
    def match(self, number: int, value: Any) -> None:
        """Match a node with an object, and what is below them."""
        waiting, seen = [(number, value)], set[int]()
        while waiting:
            number, value = waiting.pop()
            node, variable = self.nodes[number], variable_in(value)
            if variable is not None:
                self.give(number, node, variable)
                continue
            if module.is_variable(value):
                self.begin_with(number, node, value)
                continue
            if number in seen:
                continue
            seen.add(number)
            self.place(number, value)
            for name, child in node.children.items():
                found = child_of(value, name)
                if found is not None:
                    waiting.append((child, found))

    def place(self, number: int, value: Any) -> None:
        """Remember the object, for something below it may come later."""
        if isinstance(value, (module.Module, Trackable)) or is_keras(value):
            self.places[number] = ref(value)
        if is_keras(value):
            watch_build(value)

    def give(self, number: int, node: ObjectNode, variable: Any) -> None:
        if number in self.given or node.key is None:
            return
        array = fitted(self.reader.tensor(node.key), variable.dtype.numpy_dtype)
        self.check(node.key, array, variable.dtype, variable.shape)
        variable.assign(tensor(array))
        self.given.add(number)

    def begin_with(self, number: int, node: ObjectNode, variable: Any) -> None:
        """A Keras variable whose first value is still to be made: this is it."""
        if number in self.given or node.key is None:
            return
        array = fitted(self.reader.tensor(node.key), np.dtype(as_dtype(variable.dtype).numpy_dtype))
        self.check(node.key, array, as_dtype(variable.dtype), TensorShape(variable.shape))
        variable._initializer = lambda shape, dtype=None: tensor(array)
        self.given.add(number)

    def check(self, key: str, array: np.ndarray, dtype: DType, shape: Any) -> None:
        if dtype.numpy_dtype != array.dtype or not shape.is_compatible_with(array.shape):
            raise ValueError(
                f"Received incompatible tensor with shape {array.shape} and dtype {array.dtype} when attempting to restore "
                f"variable with shape {tuple(shape)} and dtype {dtype.name}: {key} in {self.reader.path}"
            )

    def settle(self) -> None:
        """Match what has come since."""
        for number, place in list(self.places.items()):
            value = place()
            if value is None:
                del self.places[number]
            else:
                self.below(number, value)

    def below(self, number: int, value: Any) -> None:
        for name, child in self.nodes[number].children.items():
            if child not in self.given and (found := child_of(value, name)) is not None and child not in self.places:
                self.match(child, found)

    @property
    def waits(self) -> bool:
        return bool(self.places) and not self.values <= self.given

    def unused(self) -> list[str]:
        """The paths of the values that no variable has taken."""
        missing = self.values - self.given
        return [path for number, path in paths(self.nodes) if number in missing]


def fitted(array: np.ndarray, dtype: np.dtype) -> np.ndarray:
    """Integers of another width (Keras counts steps in int32 on one back end, in int64 on another), where nothing is lost."""
    if array.dtype != dtype and array.dtype.kind in "iu" and dtype.kind in "iu":
        cast = array.astype(dtype)
        return cast if np.array_equal(cast, array) else array
    return array


# -- what comes later -------------------------------------------------------------------------------------------------
WAITING: list[Restore] = []


def restore(reader: Reader, root: Any) -> Restore:
    """Begin to restore; it goes on by itself while anything waits.

    Raises:
        ValueError: a file of tensors without a graph of objects.
    """
    begun = Restore(reader, root)
    if not begun.nodes:
        raise ValueError(
            f"{reader.path} holds tensors without a graph of objects, so that they cannot be matched with variables: read them by "
            "tf.train.load_checkpoint and assign them."
        )
    if begun.waits:
        WAITING.append(begun)
        if attached not in module.ATTACHED:
            module.ATTACHED.append(attached)
    return begun


def attached(owner: Any) -> None:
    """An object got an attribute."""
    settle_all()


def settle_all() -> None:
    for begun in list(WAITING):
        begun.settle()
        if not begun.waits and begun in WAITING:
            WAITING.remove(begun)
    if not WAITING and attached in module.ATTACHED:
        module.ATTACHED.remove(attached)


def watch_build(value: Any) -> None:
    """Settle when a Keras object, which makes its variables in `build`, is built; before they are used."""
    build = getattr(value, "build", None)
    if getattr(value, "built", True) or build is None or "__gradtape_waits__" in vars(build):
        return
    object.__setattr__(value, "build", settling(build))


def settling(build: Callable) -> Callable:
    @functools.wraps(build)
    def call(*args: Any, **kwargs: Any) -> Any:
        result = build(*args, **kwargs)
        settle_all()
        return result

    vars(call)["__gradtape_waits__"] = True
    return call


# -- what can be asked of it ------------------------------------------------------------------------------------------
class Status:
    """What `restore` and `read` give: says whether everything found its place.

    Every method gives the status itself, so that they can be chained.
    """

    def __init__(self, begun: Restore, root: Any):
        self._begun, self._root = begun, root

    def assert_consumed(self) -> Status:
        """Every value of the checkpoint went into a variable, and every variable got one.

        Raises:
            AssertionError: with the names of those that did not.
        """
        settle_all()
        unused = self._begun.unused()
        if unused:
            raise AssertionError(
                f"Unresolved object in checkpoint: {listed(unused)} of {self._begun.reader.path} found no variable"
            )
        return self.assert_existing_objects_matched()

    def assert_existing_objects_matched(self) -> Status:
        """Every variable that there is got a value; the checkpoint may hold more.

        Raises:
            AssertionError: with the names of those that did not.
        """
        settle_all()
        missing = list(unmatched(self._begun, self._root))
        if missing:
            raise AssertionError(
                f"Some Python objects were not bound to checkpointed values: {listed(missing)} have no value in "
                f"{self._begun.reader.path}"
            )
        return self

    def assert_nontrivial_match(self) -> Status:
        """Something beside the root was matched.

        Raises:
            AssertionError: nothing was.
        """
        settle_all()
        if not self._begun.given:
            raise AssertionError(f"Nothing except the root object matched a checkpointed value of {self._begun.reader.path}.")
        return self

    def expect_partial(self) -> Status:
        """Some values may stay unused: nobody complains here in any case."""
        return self

    def run_restore_ops(self, session: Any = None) -> None:
        """Nothing is left to run."""

    def initialize_or_restore(self, session: Any = None) -> None:
        """Nothing is left to run."""


class NoCheckpoint:
    """What `restore(None)` gives: every assertion fails."""

    def assert_consumed(self) -> NoCheckpoint:
        raise AssertionError("No checkpoint specified (save_path=None); nothing is being restored.")

    assert_existing_objects_matched = assert_nontrivial_match = assert_consumed

    def expect_partial(self) -> NoCheckpoint:
        return self

    def run_restore_ops(self, session: Any = None) -> None:
        raise AssertionError("No checkpoint specified (save_path=None); nothing is being restored.")

    def initialize_or_restore(self, session: Any = None) -> None:
        """Variables are initialised when they are made."""


def listed(names: list[str]) -> str:
    return ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")


def unmatched(begun: Restore, root: Any) -> Iterator[str]:
    """The paths of variables that the checkpoint has no value for."""
    found = explored(root)
    got = {id(v) for v in matched_variables(begun, root)}
    for number, path in paths(found.nodes):
        variable = variable_in(found.objects[number])
        if variable is not None and id(variable) not in got:
            yield path


def matched_variables(begun: Restore, root: Any) -> Iterator[Any]:
    """The variables that stand where the checkpoint has a value."""
    waiting, seen = [(0, root)], set[tuple[int, int]]()
    while waiting:
        number, value = waiting.pop()
        variable = variable_in(value)
        if variable is not None:
            if begun.nodes[number].key is not None:
                yield variable
            continue
        if (number, id(value)) in seen:
            continue
        seen.add((number, id(value)))
        for name, child in begun.nodes[number].children.items():
            found = child_of(value, name)
            if found is not None:
                waiting.append((child, found))


def every_key(reader: Reader) -> list[str]:
    return [key for key in reader.names() if key != GRAPH_KEY]
