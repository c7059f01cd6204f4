"""`function`: a Python function as a graph that is traced once for each signature and then runs as one compiled call."""

from __future__ import annotations

import functools
import inspect
import types
import weakref
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from .autodiff.sources import logger
from .autograph.convert import target_of
from .core.context import current, site_of_caller
from .core.errors import DimensionError, NotTraceable
from .core.shapes import Spec
from .core.structures import flatten, map_structure
from .core.tensor import is_tensor
from .core.tensor_spec import TensorSpec
from .functions.concrete import FIRST_CALL_ONLY, Concrete
from .functions.concrete_function import ConcreteFunction, pretty
from .functions.explain import Report, Traced
from .functions.quick import MISS
from .functions.quick_call import quick_call
from .functions.signature import Binder, Call, relaxed, taken_apart, widened
from .functions.specs import checked_signature, fitted, flat_specs, placeholder
from .graph.ir import Graph

KEPT = 4  # quick calls that are tried before the careful way
LAYOUTS = 8  # traces of a function of ragged or sparse tensors whose values lie elsewhere each time


class Eagerly:
    """tf.config.run_functions_eagerly."""

    on = False


FUNCTIONS: weakref.WeakSet[Function] = weakref.WeakSet()


class Collected:
    """tf.summary.trace_on: the traces that are called from then on, in order. Quick calls would pass it by."""

    on = False
    wanted = True
    traces: ClassVar[dict[int, Concrete]] = {}
    quick: ClassVar[list[tuple[Function, tuple[Callable, ...]]]] = []

    @classmethod
    def begin(cls, wanted: bool) -> None:
        cls.on, cls.wanted = True, wanted
        cls.quick = [(f, f._quick) for f in FUNCTIONS]
        for f, _ in cls.quick:
            f._quick = ()

    @classmethod
    def take(cls, concrete: Concrete) -> None:
        if cls.wanted:
            cls.traces[id(concrete)] = concrete

    @classmethod
    def graphs(cls) -> list[Graph]:
        return [concrete.graph for concrete in cls.traces.values()]

    @classmethod
    def end(cls) -> None:
        for f, quick in cls.quick:
            f._quick = quick
        cls.on, cls.traces, cls.quick = False, {}, []


class Function:
    """What `tf.function` makes of a Python function."""

    def __init__(
        self, python_function: Callable, name: str, input_signature: Any = None, autograph: bool = True, jit_compile: bool | None = None,
        reduce_retracing: bool = False, autograph_options: Any = None,
    ):  # fmt: skip
        self._python_function = python_function
        self._name = name
        self._autograph, self._jit_compile, self._relaxes = autograph, jit_compile, reduce_retracing
        self._autograph_options = autograph_options
        self._input_signature = checked_signature(input_signature)
        self._binder = Binder(python_function)
        self._concretes: dict[Any, Concrete] = {}
        self._quick: tuple[Callable, ...] = ()
        self._shapes: dict[Any, tuple[Any, ...]] = {}  # with reduce_retracing: what the next trace is widened from
        self._instances: dict[int, Function] = {}  # identity of an object -> the Function of its method
        self._by_size: set[Any] = set()  # what cannot be traced with unknown extents
        self._traces = 0
        self._made_variables = False
        self._refusal = refusal(python_function)
        self._explained = False
        functools.update_wrapper(self, python_function)
        FUNCTIONS.add(self)

    # -- calling --------------------------------------------------------------------------------------------
    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        for quick in self._quick:
            out = quick(*args, **kwargs)
            if out is not MISS:
                return out
        return self._careful(args, kwargs)

    def _careful(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        if Eagerly.on or self._refusal:
            return self._eagerly(args, kwargs)
        bound, given = self._taken(args, kwargs)
        if given.refusal:
            self._refusal = given.refusal
            return self._eagerly(args, kwargs)
        if given.has_layouts and self._traces >= LAYOUTS and not self._is_traced(given):
            self._refusal = "it takes ragged or sparse tensors whose values lie elsewhere at every call"
            return self._eagerly(args, kwargs)
        try:
            concrete = self._find(given)
        except NotTraceable as error:
            self._refusal = str(error)
            return self._eagerly(args, kwargs)
        if Collected.on:
            Collected.take(concrete)
        elif current() is None and not self._input_signature:
            self._write_quick(concrete, bound, given)
        return concrete.run(given.tensors, site_of_caller(3))

    def _taken(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, Call]:
        bound = self._binder.bound(args, kwargs)
        if self._input_signature is not None:
            bound = fitted(bound, self._input_signature, self._binder.signature, self._name)
        return bound, taken_apart(bound)

    def _eagerly(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Run the Python function as it is: it was asked for, or no graph can stand for it, which is explained once."""
        if self._refusal and not self._explained:
            self._explained = True
            logger().warning("tf.function runs %s without compiling it: %s", self._name, self._refusal)
        return self._python_function(*args, **kwargs)

    # -- traces -----------------------------------------------------------------------------------------------
    def _find(self, given: Call) -> Concrete:
        """The trace that serves this call, made where there is none."""
        return self._at(given, self._specs(given))

    def _is_traced(self, given: Call) -> bool:
        return any(key == given.python_key for key, _ in self._concretes)

    def _at(self, given: Call, specs: tuple[Spec, ...]) -> Concrete:
        if given.python_key in self._by_size:
            specs = given.specs
        concrete = self._concretes.get((given.python_key, specs))
        if concrete is not None and concrete.fits():
            return concrete
        try:
            concrete = self._traced(given, specs)
        except DimensionError:
            if specs is given.specs:
                raise
            self._by_size.add(given.python_key)
            return self._at(given, given.specs)
        self._concretes[given.python_key, specs] = concrete
        return concrete

    def _specs(self, given: Call) -> tuple[Spec, ...]:
        """What the trace knows of the tensors."""
        if self._input_signature is not None:
            shapes: list[Any] = [spec.shape for spec in flat_specs(self._input_signature)]
            shapes += [spec.shape for spec in given.specs[len(shapes) :]]
            return relaxed(
                given.specs, [s.shape if getattr(t, "rank", 0) is None else t for s, t in zip(given.specs, shapes, strict=True)]
            )
        if not self._relaxes:
            return given.specs
        key = given.python_key
        before = self._shapes.get(key)
        now = [spec.shape for spec in given.specs]
        wide = now if before is None else [widened(a, b) for a, b in zip(now, before, strict=True)]
        self._shapes[key] = tuple(wide)
        return relaxed(given.specs, wide)

    def _traced(self, given: Call, specs: Sequence[Spec]) -> Concrete:
        self._traces += 1
        concrete = Concrete(self._name, self._converted(), given, specs)
        if concrete.made and (self._made_variables or concrete.lost_variables()):
            raise ValueError(FIRST_CALL_ONLY)
        self._made_variables = self._made_variables or bool(concrete.made) or self._traces > 1
        return concrete

    def _converted(self) -> Callable[..., Any]:
        """What runs while tracing."""
        f = self._python_function
        if not self._autograph:
            return f
        if isinstance(f, WeakMethod):
            return target_of(types.MethodType(f.__func__, f.reference()))
        return target_of(f)

    def _write_quick(self, concrete: Concrete, bound: Any, given: Call) -> None:
        signature = self._binder.signature
        if signature is None or not concrete.outputs.plain or concrete.flexible:
            return
        sized = concrete.sized(given.tensors)
        if sized.quick_written:
            return
        sized.quick_written = True
        outputs = concrete.outputs
        quick = quick_call(self._name, signature, bound, sized.graph, sized.plan, (outputs.structure, outputs.items))
        if quick is not None:
            self._quick = (quick, *self._quick)[:KEPT]

    # -- what users ask -----------------------------------------------------------------------------------------
    @property
    def python_function(self) -> Callable:
        """The Python function, as it was given."""
        return self._python_function

    @property
    def name(self) -> str:
        return self._name

    @property
    def input_signature(self) -> Any:
        return self._input_signature

    @property
    def function_spec(self) -> Any:
        return self._binder.signature

    def experimental_get_tracing_count(self) -> int:
        """How often the Python function was traced.

        >>> @tf.function
        ... def double(a):
        ...     return a + a
        >>> _ = double(tf.constant(1)), double(tf.constant(2)), double(tf.constant("a"))
        >>> double.experimental_get_tracing_count()
        2
        """
        return self._traces

    def get_concrete_function(self, *args: Any, **kwargs: Any) -> Any:
        """The trace for these arguments, which may be TensorSpecs, as a function of tensors alone."""
        if self._input_signature is not None and not args and not kwargs:
            args = self._input_signature
        stand_ins = map_structure(placeholder, (args, kwargs))
        wanted = [x for x in flatten((args, kwargs))[0] if isinstance(x, TensorSpec) or is_tensor(x)]
        _, given = self._taken(*stand_ins)
        specs = relaxed(
            given.specs, [s.shape if x.shape.rank is None else x.shape for s, x in zip(given.specs, wanted, strict=True)]
        )
        return ConcreteFunction(self, self._at(given, specs))

    def pretty_printed_concrete_signatures(self, verbose: bool = True) -> str:
        """A text of all signatures that were traced."""
        return "\n\n".join(pretty(concrete, self._binder.signature) for concrete in self._concretes.values())

    def explain(self, html: bool = False) -> str:
        """What was traced and how it runs: the graph of each signature, and for each size that ran the steps of its plan.

        Args:
            html: a page that stands by itself, instead of plain text.

        >>> @tf.function
        ... def f(x):
        ...     return tf.exp(x) * 2.0
        >>> _ = f(tf.constant([1.0, 2.0]))
        >>> print(f.explain())  # doctest: +ELLIPSIS
        f: 1 trace
        <BLANKLINE>
        f(x: float32[2])
        graph(%0: float32[2]) {
          %1: float32[2] = exp(%0)
          ...
        """
        signatures = [pretty(c, self._binder.signature).splitlines()[1:] for c in self._concretes.values()]
        report = Report(self._name, [Traced(c, lines) for c, lines in zip(self._concretes.values(), signatures, strict=True)])
        return report.page() if html else report.text()

    # -- methods and properties -----------------------------------------------------------------------------
    def __get__(self, instance: Any, owner: Any = None) -> Any:
        """On an object: a Function of its own, so that objects do not share traces."""
        if instance is None:
            return self
        found = self._instances.get(id(instance))
        if found is None:
            found = self._instances[id(instance)] = self._bound_to(instance)
        return Bound(instance, found)

    def _bound_to(self, instance: Any) -> Function:
        method = WeakMethod(self._python_function, instance, functools.partial(self._instances.pop, id(instance), None))
        return Function(
            method, self._name, self._input_signature, self._autograph, self._jit_compile, self._relaxes, self._autograph_options
        )


class Bound:
    """A method: the object, and its Function."""

    __slots__ = ("__self__", "__wrapped__")

    def __init__(self, instance: Any, function: Function):
        self.__self__, self.__wrapped__ = instance, function

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.__wrapped__(*args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.__wrapped__, name)


class WeakMethod:
    """A Python function on an object that it does not keep alive."""

    def __init__(self, function: Callable, instance: Any, gone: Callable[[], Any]):
        self.__func__ = function
        self.reference = strong_or_weak(instance, gone)
        self.__signature__ = inspect.signature(function.__get__(instance))
        functools.update_wrapper(self, function)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.__func__(self.reference(), *args, **kwargs)


def strong_or_weak(instance: Any, gone: Callable[[], Any]) -> Callable[[], Any]:
    """What gives the object; `gone` is called when it has died."""
    try:
        return weakref.ref(instance, lambda _: gone())
    except TypeError:
        return lambda: instance


# -- what is not traced -------------------------------------------------------------------------------------------
def refusal(function: Callable) -> str:
    """Why this function runs eagerly, or nothing."""
    if inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function):
        return "it is a coroutine, which waits in the middle"
    if inspect.isgeneratorfunction(function):
        return "it is a generator, which gives its values one by one"
    return ""


def function(
    func: Callable | None = None, input_signature: Any = None, autograph: bool = True, jit_compile: bool | None = None,
    reduce_retracing: bool = False, experimental_implements: str | None = None, experimental_autograph_options: Any = None,
    experimental_attributes: Any = None, experimental_relax_shapes: bool | None = None, experimental_compile: bool | None = None,
    experimental_follow_type_hints: bool | None = None,
) -> Any:  # fmt: skip
    """A function that is traced once for each signature of its arguments, and compiled.

    Tensors (and NumPy arrays) are told apart by shape and dtype, everything else by value: a new value of a Python number means a
    new trace. Python itself runs while tracing only. Whole training steps may stand inside: tapes, variables, Keras layers and
    optimizers, random numbers.

    Args:
        func: the Python function; without it, the decorator is returned.
        input_signature: TensorSpecs in the structure of the arguments; a None in a shape stands for every extent, without new traces.
        autograph: are Python's if, while, for, and, or, not, assert on tensors made operations of the graph?
        jit_compile: accepted; everything is compiled.
        reduce_retracing: from the second shape on, leave the extents open that differ.

    Raises:
        TypeError: an argument that does not fit the input_signature; a result that is no tensor.
        ValueError: variables made anew in a later call.

    >>> @tf.function
    ... def power(x, n):
    ...     return x**n
    >>> power(tf.constant([1.0, 2.0]), 3).numpy()
    array([1., 8.], dtype=float32)
    """
    relaxes = reduce_retracing or bool(experimental_relax_shapes)

    def decorated(f: Callable) -> Function:
        name = getattr(f, "__name__", type(f).__name__)
        return Function(f, name, input_signature, autograph, jit_compile, relaxes, experimental_autograph_options)

    return decorated if func is None else decorated(func)


def run_functions_eagerly(run_eagerly: bool) -> None:
    """Shall functions run as plain Python, for instance to look for a mistake?"""
    Eagerly.on = bool(run_eagerly)
    for f in FUNCTIONS:
        f._quick = ()


def functions_run_eagerly() -> bool:
    """Do functions run as plain Python?"""
    return Eagerly.on
