"""Primitive: one operation and its facets.  Knows nothing of tapes, batches or how it is called.

A rule says by its parameter names what it needs; nothing else is kept alive by a tape:

    g          the cotangent (first, always); a tuple where there are several results
    y          the result (a tuple where there are several), or a result by its name
    <arg>      the value of an argument
    <arg>_shape, <arg>_dtype   only its shape or dtype
    <param>    a static parameter
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from typing import Any

from .dtypes import ANY
from .errors import ConversionError, MismatchError

ONE, MINUS_ONE = "one", "minus one"  # local derivatives that need no product
REGISTRY: dict[str, Primitive] = {}  # every published operation by name


class Note:
    """A line in the records that `explain` reads and the sweep skips."""

    differentiable = False
    near_size: int

    def __init__(self, name: str, inputs: int):
        self.name = name
        self.near_size = inputs + 4

    def __repr__(self) -> str:
        return self.name


class Partial:
    """dy/d(argument) of an elementwise operation, as a function of what its parameters name."""

    names: tuple[str, ...]

    def __init__(self, function: Callable, kind: str = "product"):
        self.function = function
        self.kind = kind  # product (zero stays zero) | both (a zero of either does) | bounded (plain) | mask (select)
        self.names = parameter_names(function)


PRODUCTS = {"product": "zmul", "both": "zzmul", "bounded": "multiply"}  # kind of partial -> what applies it


def parameter_names(rule: Callable) -> tuple[str, ...]:
    """What a rule names (from its code object: a tenth of the time of inspect.signature)."""
    code = rule.__code__
    return code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]


REQUIRED = object()  # stands for the default of a static parameter that has none


class Static:
    """A static parameter and its default."""

    __slots__ = ("name", "default")
    name: str
    default: Any

    def __init__(self, name: str, default: Any):
        self.name, self.default = name, default


class Primitive:
    """The facts of one operation.  `docs/develop/operations.md` says how they are declared."""

    args: tuple[str, ...]
    params: tuple[Static, ...]
    param_names: tuple[str, ...]
    public: tuple[str, ...]
    doc: str
    refusals: tuple[Any, ...]
    saved: tuple[str, ...]
    sharing: tuple[str, ...]
    direct: bool
    all_share: bool
    vjp_names: dict[str, tuple[str, ...]]
    blanks: tuple[None, ...]
    near_size: int
    size: int

    def __init__(self, name: str, kernel: Callable, args: Sequence[str], params: Sequence[Static] = ()):
        self.name = name
        self.label = name  # what messages call it: the public function that users know
        self.kernel: Any = kernel
        self.args = tuple(args)  # tensor arguments
        self.params = tuple(params)
        self.param_names = tuple(p.name for p in self.params)
        self.public = self.args  # what TensorFlow calls them
        self.doc = kernel.__doc__ or ""
        self.dtypes: Any = ANY
        self.linear: str | None = None  # "all": in all arguments jointly | "each": in each alone
        self.partials: dict[str, Any] = {}  # elementwise: argument -> ONE | MINUS_ONE | Partial
        self.elementwise = False
        self.refusals = (ConversionError, MismatchError)  # for a Python value of a wrong kind, for tensors of wrong dtypes
        self.result_dtype: Any = None  # elementwise: the result's dtype where it is not the first argument's
        self.numbers: tuple[str, ...] = ()  # arguments that may be Python numbers
        self.same: tuple[str, ...] = ()  # arguments that share one dtype
        self.results: Any = None  # names of several results | True: their number depends on the call
        self.variadic = False
        self.ordered = False
        self.regions = (
            False  # do its parameters hold graphs?  Then its function decides what it keeps, also where a graph is run again
        )
        self.differentiable = True
        self.body: Callable | None = None  # fused: the meaning in ordinary operations
        self.vjps: dict[str, Callable[..., Any]] = {}
        self.joint_vjp: Callable | None = None
        self.jvp_rule: Any = None
        self.batch_rule: Any = None
        self.shape_rule: Callable | None = None
        self.canonical_rule: Callable | None = None
        self.depth = 1  # frames between the generated function and the user's line
        self.adapt: Callable | None = None  # careful path: changes the converted arguments (int / int gives floats)
        self.module = ""
        self.function: Any = self  # the public function, once published
        self.back: Any = None  # the step of the backward sweep, once published
        self.push: Any = None  # the step of forward mode, once an accumulator has met it
        self.arities: dict[int, Primitive] = {}

    def __repr__(self) -> str:
        return self.name

    def meaning(self, *args: Any, **params: Any) -> Any:
        """Run the body."""
        assert self.body is not None
        return self.body(*args, **params)

    def __call__(self, *args: Any, **params: Any) -> Any:
        return self.function(*args, **params)

    # -- facets, attached by decorators -----------------------------------------------------------------
    def vjp(self, arg: str | None = None) -> Callable:
        def attach(rule: Callable) -> Callable:
            if arg is None:
                self.joint_vjp = rule
            else:
                self.vjps[arg] = rule
            return rule

        return attach

    def jvp(self, rule: Callable) -> Callable:
        self.jvp_rule = rule
        return rule

    def batch(self, rule: Callable) -> Callable:
        self.batch_rule = rule
        return rule

    def shape(self, rule: Callable) -> Callable:
        self.shape_rule = rule
        return rule

    def canonical(self, rule: Callable) -> Callable:
        self.canonical_rule = rule
        return rule

    def fast_kernel(self, kernel: Callable) -> Callable:
        self.kernel = kernel
        return kernel

    # -- the record: saved..., input ids..., out id, code, offset, primitive ------------------------------
    def freeze(self) -> None:
        """All facets are known: fix what a record holds."""
        if self.body is not None and self.kernel is not None and not (self.vjps or self.joint_vjp or not self.differentiable):
            raise TypeError(f"{self.name}: a body with a kernel needs a vjp beside it, for a tape sees only the kernel")
        taken = {"g", "y", "name"} & {*self.args, *self.param_names}
        if taken:
            raise TypeError(
                f"{self.name}: {sorted(taken)} mean something else in rules; call the argument otherwise (public= names it)"
            )
        self.saved = self.saved_names()
        self.savers: Any = ()  # what takes the saved values off the fast path; made by `record` when first needed
        self.sharing = self.same or self.numbers
        self.direct = self.kernel is not None and not self.results and (self.body is None or bool(self.vjps or self.joint_vjp))
        self.all_share = bool(self.sharing) and (self.variadic or len(self.sharing) == len(self.args))
        self.vjp_names = {arg: parameter_names(rule)[1:] for arg, rule in self.vjps.items()}
        self.blanks = (None,) * len(self.saved)
        self.near_size = len(self.args) + 4
        self.size = len(self.saved) + self.near_size

    def saved_names(self) -> tuple[str, ...]:
        needs: set[str] = set()
        for rule in (*self.vjps.values(), *([self.joint_vjp] if self.joint_vjp else [])):
            needs.update(parameter_names(rule)[1:])
        for partial in self.partials.values():
            if isinstance(partial, Partial):
                needs.update(partial.names)
        if len(self.args) > 1:  # broadcasting is undone from the value or, lacking that, the shape
            needs.update(a + "_shape" for a in self.partials if a not in needs)
        known = self.known_names()
        unknown = needs - set(known)
        if unknown:
            raise TypeError(f"a rule of {self.name} asks for {sorted(unknown)}; it may ask for {known}")
        return tuple(name for name in known if name in needs)

    def known_names(self) -> tuple[str, ...]:
        results = self.results if isinstance(self.results, tuple) else ()
        shapes = tuple(a + "_shape" for a in self.args)
        dtypes = tuple(a + "_dtype" for a in self.args)
        return (*self.args, *shapes, *dtypes, "y", *results, *self.param_names)

    def arity(self, n: int) -> Primitive:
        """What a record of a variadic operation with n arguments ends with."""
        found = self.arities.get(n)
        if found is None:
            found = self.arities[n] = copy.copy(self)
            found.near_size = n + 4
            found.size = len(self.saved) + n + 4
        return found

    @property
    def inlined(self) -> bool:
        """Does the generated function hold the straight line, or only the way to the careful path?"""
        return not (self.variadic or self.results or self.ordered or self.kernel is None)

    @property
    def takes_complex(self) -> bool:
        return self.dtypes is None or any(d.kind == "c" for d in self.dtypes)
