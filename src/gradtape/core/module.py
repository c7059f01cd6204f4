"""Module: finding variables and submodules among the attributes of an object."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, TypeVar

from .names import name_scope
from .structures import leaves
from .variable import Variable

F = TypeVar("F", bound=Callable[..., Any])
ATTACHED: list[Callable[[Any], None]] = []  # told of every attribute that a module gets, while a checkpoint waits for some


class Trackable:
    """Base of objects that are no modules and whose `_children()` belong into checkpoints."""

    __slots__ = ()


class Module:
    """Base class of what holds variables and other modules.

    Variables are found by walking the attributes in the order of their names, structures included, then the submodules in the
    same way, breadth first; each is listed once.

    >>> class Dense(tf.Module):
    ...     def __init__(self):
    ...         super().__init__()
    ...         self.w = tf.Variable(tf.ones([2, 2]), name="w")
    ...         self.b = tf.Variable(tf.zeros([2]), name="b")
    >>> [v.name for v in Dense().trainable_variables]
    ['b:0', 'w:0']
    """

    _TF_MODULE_IGNORED_PROPERTIES: frozenset[str] = frozenset()

    def __init__(self, name: str | None = None):
        if name is None:
            name = camel_to_snake(type(self).__name__)
        elif not re.match(r"^[a-zA-Z_]([a-zA-Z0-9_])*$", name):
            raise ValueError(
                f"{name!r} is not a valid module name. Module names must be valid Python identifiers (e.g. a valid class name)."
            )
        self._name = name
        with name_scope(name) as scope:
            self._name_scope = name_scope(scope)

    def __setattr__(self, name: str, value: Any) -> None:
        object.__setattr__(self, name, value)
        for tell in ATTACHED:
            tell(self)

    @property
    def name(self) -> str:
        return self._name

    @property
    def name_scope(self) -> name_scope:
        return self._name_scope

    @property
    def variables(self) -> tuple[Any, ...]:
        return tuple(flattened(self, is_variable))

    @property
    def trainable_variables(self) -> tuple[Any, ...]:
        return tuple(flattened(self, lambda x: is_variable(x) and x.trainable))

    @property
    def non_trainable_variables(self) -> tuple[Any, ...]:
        return tuple(flattened(self, lambda x: is_variable(x) and not x.trainable))

    @property
    def submodules(self) -> tuple[Module, ...]:
        return tuple(flattened(self, lambda x: isinstance(x, Module)))

    @classmethod
    def with_name_scope(cls, method: F) -> F:
        """Decorator: variables that the method makes are named after the module."""

        @wraps(method)
        def call(self: Any, *args: Any, **kwargs: Any) -> Any:
            with self.name_scope:
                return method(self, *args, **kwargs)

        return call  # type: ignore[return-value]


def is_variable(x: Any) -> bool:
    return isinstance(x, Variable) or hasattr(type(x), "__gradtape_variable__")


def camel_to_snake(name: str) -> str:
    return re.sub(r"((?<=[a-z0-9])[A-Z]|(?!^)[A-Z](?=[a-z]))", r"_\1", name).lower()


def flattened(root: Module, wanted: Callable[[Any], bool]) -> Iterator[Any]:
    """Leaves of the module's attributes that are wanted, each once; submodules after the module's own, breadth first."""
    seen = {id(root)}
    yield from walked(root, wanted, seen, ())


def walked(module: Any, wanted: Callable[[Any], bool], seen: set[int], above: tuple[int, ...]) -> Iterator[Any]:
    inner = []
    for key in sorted(vars(module)):
        if key in type(module)._TF_MODULE_IGNORED_PROPERTIES:
            continue
        for leaf in leaves(vars(module)[key]):
            if id(leaf) in seen:
                continue
            seen.add(id(leaf))
            if wanted(leaf):
                yield leaf
            if isinstance(leaf, Module):
                inner.append(leaf)
            elif isinstance(getattr(leaf, "variables", None), (list, tuple)):
                yield from foreign(leaf.variables, wanted, seen)
    for submodule in inner:
        if id(submodule) not in above:
            yield from walked(submodule, wanted, seen, (*above, id(module)))


def foreign(variables: Any, wanted: Callable[[Any], bool], seen: set[int]) -> Iterator[Any]:
    """The variables of a Keras layer that the module holds."""
    for v in variables:
        if id(v) not in seen:
            seen.add(id(v))
            if wanted(v):
                yield v
