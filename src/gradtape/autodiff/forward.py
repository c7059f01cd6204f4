"""ForwardAccumulator: tangents by identity."""

from __future__ import annotations

from types import TracebackType
from typing import Any

from ..core.context import Level, Site, enter, leave, under
from ..core.dispatch import bind
from ..core.indexed_slices import IndexedSlices
from ..core.primitive import MINUS_ONE, ONE, Primitive
from ..core.structures import flatten, map_structure
from ..core.tensor import Tensor, to_tensor
from ..core.variable import Variable
from ..ops.basic import add, conj_factor, expand, fill_like, multiply, negative, select, zmul, zzmul
from .sources import checked, identify, is_differentiable, peel, plain, rewrap
from .tape import GradientTape
from .unconnected import UnconnectedGradients


class ForwardAccumulator(Level):
    """Computes Jacobian-vector products while the program runs (forward mode).

    Args:
        primals: a tensor or variable, or a structure of them.
        tangents: the direction for each, in the same structure.

    Raises:
        ValueError: tangents of another shape, dtype or structure.

    >>> x = tf.constant(3.0)
    >>> with tf.autodiff.ForwardAccumulator(x, tf.constant(1.0)) as acc:
    ...     y = x * x
    >>> float(acc.jvp(y))
    6.0
    """

    __slots__ = ("tangents", "variables", "primals", "recording", "__weakref__")
    primals: list[tuple[Any, Any]]
    recording: bool

    def __init__(self, primals: Any, tangents: Any):
        flat, treedef = flatten(primals)
        given, given_def = flatten(tangents)
        if len(flat) != len(given):
            raise ValueError(f"ForwardAccumulator: the structure of tangents {given_def} is not that of primals {treedef}")
        self.tangents: dict[int, Any] = {}
        self.variables: dict[int, tuple[Variable, Any]] = {}
        self.primals = [(checked(x, "a primal", "ForwardAccumulator"), t) for x, t in zip(flat, given, strict=True)]
        self.primals = [(x, tangent_for(x, t)) for x, t in self.primals]
        self.variables = {id(x): (x, t) for x, t in self.primals if isinstance(x, Variable)}
        self.recording = False

    def __enter__(self) -> ForwardAccumulator:
        if self.recording:
            raise ValueError("Accumulator is already recording.")
        self.recording = True
        enter(self)
        for x, t in self.primals:
            if not isinstance(x, Variable):
                self.start(x, t)
        return self

    def start(self, x: Any, t: Any) -> None:
        identity = identify(x)
        self.tangents[identity] = add(self.tangents[identity], t) if identity in self.tangents else t

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.recording = False
        leave(self)

    def jvp(self, primals: Any, unconnected_gradients: Any = UnconnectedGradients.NONE) -> Any:
        """The tangent of a result (None, or zeros where asked, if it does not depend on the primals)."""
        zero = UnconnectedGradients(unconnected_gradients) is UnconnectedGradients.ZERO
        return map_structure(lambda y: self.tangent_of(y, zero), primals)

    def tangent_of(self, y: Any, zero: bool) -> Any:
        y = checked(y, "the argument", "ForwardAccumulator.jvp")
        if isinstance(y, IndexedSlices):
            rows = self.tangent_of(y.values, zero)
            return None if rows is None else IndexedSlices(rows, y.indices, y.dims)
        t = self.variables[id(y)][1] if isinstance(y, Variable) and id(y) in self.variables else None
        if t is None and not isinstance(y, Variable):
            inside, inner = peel(y, self.order)
            t = self.tangents.get(inside.id)
            t = t if t is None else rewrap(t, inner)
        return fill_like(y, 0) if t is None and zero else t

    # -- listening ------------------------------------------------------------------------------------------
    def read_into(self, variable: Variable, identity: int) -> int:
        if id(variable) in self.variables:
            identity = identity if identity > 0 else identify(Unnamed())
            self.tangents[identity] = self.variables[id(variable)][1]
        return identity

    def owns(self, args: Any) -> bool:
        tangents = self.tangents
        for a in args:
            if a.id in tangents:
                return True
        return False

    def takes(self, primitive: Primitive) -> bool:
        return bool(primitive.jvp_rule or primitive.linear or primitive.partials or not primitive.differentiable)

    def process(
        self, primitive: Primitive, args: tuple[Any, ...], params: dict[Any, Any], outer: tuple[Any, ...], site: Site
    ) -> Any:
        out = bind(primitive, args, params, outer, site)
        if primitive.differentiable:
            tangents = tuple([self.tangents.get(a.id) for a in args])
            self.remember(out, under(outer, site, jvp, primitive, out, args, tangents, params))
        return out

    def remember(self, out: Any, t: Any) -> None:
        if type(out) is tuple:
            for o, part in zip(out, t, strict=True):
                self.remember(o, part)
        elif t is not None and is_differentiable(out):
            self.tangents[identify(out)] = t


class Unnamed:
    """Something that takes a fresh identity."""

    id = 0


def tangent_for(x: Any, t: Any) -> Any:
    """A tangent as a tensor of the primal's shape and dtype."""
    t = to_tensor(plain(t), x.dtype.numpy_dtype)
    if t.dims != x.dims:
        raise ValueError(
            f"ForwardAccumulator: Expected shape {list(x.dims)}, got {list(t.dims)} for the tangent; "
            "a tangent has the shape of its primal"
        )
    if t.dtype != x.dtype:
        raise ValueError(
            f"ForwardAccumulator: the primal has dtype {x.dtype.name}, its tangent {t.dtype.name}; "
            f"write tf.cast(tangent, tf.{x.dtype.name})"
        )
    if not is_differentiable(x):
        raise ValueError(
            f"ForwardAccumulator: a primal of dtype {x.dtype.name} has no derivative; cast it to a float dtype first"
        )
    return t


# -- the rules ------------------------------------------------------------------------------------------------
def jvp(primitive: Primitive, y: Any, args: tuple[Any, ...], tangents: tuple[Any, ...], params: dict[Any, Any]) -> Any:
    """The tangent of y, by whatever the operation declares."""
    rule = primitive.jvp_rule
    if rule == "transpose":
        return transposed(primitive, y, args, tangents, params)
    if rule is not None:
        return rule(y, tangents, *args, **params)
    if primitive.linear == "all" and len(args) == 1:
        return primitive.function(*tangents, **params)
    if primitive.linear:
        return linear_terms(primitive, args, tangents, params)
    return elementwise_terms(primitive, y, args, tangents, params)


def linear_terms(primitive: Primitive, args: tuple[Any, ...], tangents: tuple[Any, ...], params: dict[Any, Any]) -> Any:
    out = None
    for k, t in enumerate(tangents):
        if t is not None:
            term = primitive.function(*args[:k], t, *args[k + 1 :], **params)
            out = term if out is None else add(out, term)
    return out


def elementwise_terms(
    primitive: Primitive, y: Any, args: tuple[Any, ...], tangents: tuple[Any, ...], params: dict[Any, Any]
) -> Any:
    known = dict(zip(primitive.args, args, strict=True)) | params
    known["y"] = y
    out = None
    for arg, t in zip(primitive.args, tangents, strict=True):
        partial = primitive.partials.get(arg)
        if t is not None and partial is not None:
            term = elementwise_term(partial, t, known)
            out = term if out is None else add(out, term)
    return out if out is None else expand(out, y.dims)


def elementwise_term(partial: Any, t: Any, known: dict[Any, Any]) -> Any:
    if partial is ONE:
        return t
    if partial is MINUS_ONE:
        return negative(t)
    factor = partial.function(*[known[name] for name in partial.names])
    if partial.kind == "mask":
        return select(factor, t, 0.0)
    if t.kind == "c" and isinstance(factor, Tensor) and factor.kind != "c":
        factor = conj_factor(factor)
    return PRODUCT[partial.kind](t, factor)


PRODUCT = {"product": zmul, "both": zzmul, "bounded": multiply}  # as core.primitive.PRODUCTS names them


def transposed(primitive: Primitive, y: Any, args: tuple[Any, ...], tangents: tuple[Any, ...], params: dict[Any, Any]) -> Any:
    """The rule's transpose: the rule is linear in g, so the tape of its run at g = 0 gives the forward rule."""
    results = y if type(y) is tuple else (y,)
    moving = [x for x, t in zip(args, tangents, strict=True) if t is not None]
    with GradientTape(watch_accessed_variables=False) as inner:
        for x in moving:
            inner.watch_one(x)
        outs = primitive.function(*args, **params)
    outs = outs if type(outs) is tuple else (outs,)
    dual = [fill_like(o, 0) for o in results]
    with GradientTape(watch_accessed_variables=False) as outer:
        for g in dual:
            outer.watch_one(g)
        pulled = inner.gradients(list(zip(outs, dual, strict=True)), moving)
    given = [t for t in tangents if t is not None]
    ts = outer.gradients([(p, t) for p, t in zip(pulled, given, strict=True) if p is not None], dual)
    return tuple(ts) if type(y) is tuple else ts[0]


__all__ = ["ForwardAccumulator", "jvp"]
