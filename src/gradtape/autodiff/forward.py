"""ForwardAccumulator: tangents by identity."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import Any
from weakref import ref

from ..batching import Batch
from ..core.context import Level, Site, current_context, enter, leave, new_id, new_order, under
from ..core.dispatch import bind
from ..core.indexed_slices import IndexedSlices
from ..core.primitive import Partial, Primitive
from ..core.quick import canonical, settled
from ..core.structures import flatten, map_structure
from ..core.template import push_text
from ..core.tensor import Tensor, to_tensor
from ..core.variable import Variable
from ..ops.basic import add, broadcast_to, conj_factor, fill_like, multiply, negative, select, zmul, zzmul
from ..ops.pieces import scatter_rows
from .sources import checked, identify, is_differentiable, peel, plain, rewrap
from .tape import GradientTape
from .unconnected import UnconnectedGradients

NOWHERE: Site = (compile("", "<forward mode>", "exec"), 0)  # where no tape listens, no line is asked for


class Carrier(ref):
    """Lets a tangent go with the tensor that it belongs to."""

    __slots__ = ("key",)
    key: int


class ForwardAccumulator(Level):
    """Computes Jacobian-vector products while the program runs (forward mode).

    Args:
        primals: a tensor or variable, or a structure of them.
        tangents: the direction for each, in the same structure.

    Accumulators nest with each other, with tapes and with maps; the outer ones differentiate what the inner ones do.

    Raises:
        ValueError: tangents of another shape, dtype or structure; a primal that is integer, no tensor, or there twice.

    >>> x = tf.constant(3.0)
    >>> with tf.autodiff.ForwardAccumulator(x, tf.constant(1.0)) as acc:
    ...     y = x * x
    >>> float(acc.jvp(y))
    6.0
    """

    __slots__ = ("tangents", "carriers", "forget", "variables", "primals", "recording", "map", "opened", "__weakref__")
    forget: Callable[..., Any]
    variables: dict[int, tuple[Variable, Any]]
    map: Batch | None
    opened: bool
    primals: list[tuple[Any, Any]]
    recording: bool
    can_be_single = True

    def __init__(self, primals: Any, tangents: Any):
        self.watch(primals, tangents, None)

    @classmethod
    def batched(cls, primals: Any, tangents: Any) -> ForwardAccumulator:
        """An accumulator of several directions at once: axis 0 of every tangent, and of every `jvp`, counts them.

        Raises:
            ValueError: tangents whose other axes are not the primal's, or with another number of directions.

        >>> x = tf.constant([1.0, 2.0])
        >>> with tf.autodiff.ForwardAccumulator.batched(x, tf.eye(2)) as acc:
        ...     y = x * x
        >>> acc.jvp(y).numpy()
        array([[2., 0.],
               [0., 4.]], dtype=float32)
        """
        out = cls.__new__(cls)
        flat = flatten(tangents)[0]
        sizes = [directions(t, k) for k, t in enumerate(flat)]
        if not sizes or any([n != sizes[0] for n in sizes]):
            raise ValueError(f"ForwardAccumulator.batched: the tangents must have one number of directions, got {sizes}")
        out.watch(primals, tangents, Batch(sizes[0]))
        return out

    _batch_accumulator = batched  # as TensorFlow's own tests call it

    def watch(self, primals: Any, tangents: Any, batch: Batch | None) -> None:
        pairs = paired(primals, tangents)
        self.tangents: dict[int, Any] = {}
        self.carriers: dict[int, Carrier] = {}
        self.forget = forgetting(ref(self))
        self.recording = False
        self.opened = False
        self.map = batch
        self.primals = [(x, tangent_for(x, t, where, batch)) for where, x, t in pairs]
        self.variables = {id(x): (x, t) for x, t in self.primals if isinstance(x, Variable)}

    def __enter__(self) -> ForwardAccumulator:
        if self.recording:
            raise ValueError("Accumulator is already recording.")
        self.recording = True
        if self.map is not None and not self.opened:  # the directions are a level of their own, outside the accumulator
            self.map.order = new_order()
        enter(self)
        if not self.opened:
            self.tangents.update({identify(x): t for x, t in self.primals if not isinstance(x, Variable)})
        self.opened = True
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.recording = False
        leave(self)

    def jvp(self, primals: Any, unconnected_gradients: Any = UnconnectedGradients.NONE) -> Any:
        """The tangent of a result (None, or zeros where asked, if it does not depend on the primals).

        Raises:
            ValueError: an argument that is no tensor or variable.
        """
        zero = UnconnectedGradients(unconnected_gradients) is UnconnectedGradients.ZERO
        return map_structure(lambda y: self.tangent_of(y, zero), primals)

    def tangent_of(self, y: Any, zero: bool) -> Any:
        y = checked(y, "the argument", "ForwardAccumulator.jvp")
        if isinstance(y, IndexedSlices):
            rows = self.tangent_of(y.values, zero)
            return None if rows is None else self.rows_like(rows, y)
        t = self.variables[id(y)][1] if isinstance(y, Variable) and id(y) in self.variables else None
        inner: list[Any] = []
        if t is None and not isinstance(y, Variable):
            inside, inner = peel(y, self.order)
            t = self.tangents.get(inside.id)
        if t is None:
            return self.zeros(y) if zero else None
        return rewrap(t if self.map is None else self.map.unwrap(t), inner)

    def rows_like(self, rows: Any, y: IndexedSlices) -> Any:
        """Tangents of slices are slices; of several directions, tensors (their rows are not on axis 0)."""
        if self.map is None:
            return IndexedSlices(rows, y.indices, y.dense_dims)
        return scatter_rows(rows, y.indices, size=y.dims[0], axis=1)

    def zeros(self, y: Any) -> Any:
        out = fill_like(y, 0)
        return out if self.map is None else self.map.unwrap(out)

    # -- listening ------------------------------------------------------------------------------------------
    def read_into(self, variable: Variable, identity: int) -> int:
        if id(variable) in self.variables:
            identity = identity if identity > 0 else new_id()
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

    def alone(self, primitive: Primitive, args: Any, params: dict[Any, Any]) -> Any:
        """Nothing else listens: operation and rule run idle, and a tangent lives as long as its tensor."""
        if primitive.body is not None and not self.takes(primitive):
            return None
        tensors = settled(primitive, args)
        if tensors is None or (primitive.adapt is not None and tensors[0].kind in "iu"):
            return None
        token = current_context.set(None)
        try:
            params = canonical(primitive, tensors, params)
            out = primitive.function(*tensors, **params)
            t = self.pushed(primitive, out, tensors, params) if primitive.differentiable else None
        finally:
            current_context.reset(token)
        if t is not None and out.kind in "fcV":
            out.id = identity = new_id()
            self.tangents[identity] = t
            self.carriers[identity] = carrier = Carrier(out, self.forget)
            carrier.key = identity
        return out

    def pushed(self, primitive: Primitive, out: Any, args: tuple[Any, ...], params: dict[Any, Any]) -> Any:
        """The tangent of an operation where nothing else listens; None where all arguments are constant."""
        find = self.tangents.get
        if len(args) == 1:
            tangents = (find(args[0].id),)
            constant = tangents[0] is None
        elif len(args) == 2:
            a, b = args
            tangents = find(a.id), find(b.id)
            constant = tangents[0] is None and tangents[1] is None
        else:
            tangents = tuple([find(a.id) for a in args])
            constant = all([t is None for t in tangents])
        if constant:
            return None
        if self.map is not None:
            return under((self.map,), NOWHERE, jvp, primitive, out, args, tangents, params)
        if primitive.push is not None:
            return primitive.push(out, *tangents, *args)
        return jvp(primitive, out, args, tangents, params)

    def process(
        self, primitive: Primitive, args: tuple[Any, ...], params: dict[Any, Any], outer: tuple[Any, ...], site: Site
    ) -> Any:
        out = bind(primitive, args, params, outer, site)
        for a in args:  # a tape may save it, and give it back under this identity when the tensor is gone
            self.carriers.pop(a.id, None)
        if primitive.differentiable:
            tangents = tuple([self.tangents.get(a.id) for a in args])
            around = outer if self.map is None else (*outer, self.map)
            self.remember(out, under(around, site, jvp, primitive, out, args, tangents, params))
        return out

    def remember(self, out: Any, t: Any) -> None:
        if type(out) is tuple:
            for o, part in zip(out, t, strict=True):
                self.remember(o, part)
        elif t is not None and is_differentiable(out):
            self.tangents[identify(out)] = t


def forgetting(accumulator: Any) -> Callable:
    """What runs when a tensor goes; it does not keep the accumulator alive."""

    def forget(carrier: Any) -> None:
        found = accumulator()
        if found is not None and found.carriers.pop(carrier.key, None) is not None:
            found.tangents.pop(carrier.key, None)

    return forget


def paired(primals: Any, tangents: Any) -> list[tuple[str, Any, Any]]:
    """(where it stands, primal, tangent) for each primal."""
    flat, treedef = flatten(primals)
    given, given_def = flatten(tangents)
    if len(flat) != len(given) or (treedef.num_nodes > 1 and treedef != given_def and not similar(primals, tangents)):
        raise ValueError(
            f"ForwardAccumulator: the structure of tangents {given_def} is not that of primals {treedef}; each primal needs one tangent"
        )
    many = treedef.num_nodes > 1
    out, seen = [], {}
    for k, (x, t) in enumerate(zip(flat, given, strict=True)):
        where = f"primals[{k}]" if many else "primals"
        x = checked(x, where, "ForwardAccumulator")
        if id(x) in seen:
            raise ValueError(
                f"ForwardAccumulator: {where} was specified as a primal multiple times (it is also {seen[id(x)]}); add up its tangents instead"
            )
        seen[id(x)] = where
        out.append((where, x, t))
    return out


def similar(primals: Any, tangents: Any) -> bool:
    """Lists and tuples may stand for each other at the top."""
    return isinstance(primals, (list, tuple)) and isinstance(tangents, (list, tuple)) and len(primals) == len(tangents)


def directions(t: Any, k: int) -> int:
    dims = to_tensor(plain(t)).dims
    if not dims:
        raise ValueError(f"ForwardAccumulator.batched: tangents[{k}] is a scalar; axis 0 counts the directions")
    return dims[0]


def tangent_for(x: Any, t: Any, where: str, batch: Batch | None) -> Any:
    """A tangent as a tensor of the primal's shape and dtype."""
    if isinstance(x, IndexedSlices):
        raise ValueError(f"ForwardAccumulator: {where} is an IndexedSlices; make a tensor of it, tf.convert_to_tensor(x)")
    if not is_differentiable(x):
        raise ValueError(
            f"ForwardAccumulator: {where} has dtype {x.dtype.name} and no derivative; cast it to a float dtype first"
        )
    name = where.replace("primals", "tangents")
    try:
        t = to_tensor(plain(t), x.dtype.numpy_dtype)
    except (TypeError, ValueError) as error:
        raise ValueError(f"ForwardAccumulator: {name} cannot be a tensor of {where}'s dtype {x.dtype.name}: {error}") from None
    dims = x.dims if batch is None else (batch.size, *x.dims)
    if t.dims != dims:
        raise ValueError(
            f"ForwardAccumulator: Expected shape {list(dims)} for {name}, as {where} has {list(x.dims)}; got {list(t.dims)}"
        )
    if t.dtype != x.dtype:
        raise ValueError(
            f"ForwardAccumulator: {where} has dtype {x.dtype.name}, {name} {t.dtype.name}; write tf.cast(tangent, tf.{x.dtype.name})"
        )
    return t if batch is None else batch.wrap(t)


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
    return pushed(primitive)(y, *tangents, *args)


def linear_terms(primitive: Primitive, args: tuple[Any, ...], tangents: tuple[Any, ...], params: dict[Any, Any]) -> Any:
    out = None
    for k, t in enumerate(tangents):
        if t is not None:
            term = primitive.function(*args[:k], t, *args[k + 1 :], **params)
            out = term if out is None else add(out, term)
    return out


def pushed(primitive: Primitive) -> Any:
    """The forward step of an elementwise operation, written when it is first needed."""
    if primitive.push is None:
        name = primitive.name
        space = {**TOOLS, "__name__": None}  # NumPy's C code warns in no module without a name
        for arg, partial in primitive.partials.items():
            if isinstance(partial, Partial):
                space[f"{name}_d_{arg}"] = partial.function
        exec("\n".join(push_text(primitive, name)), space)
        primitive.push = space[f"{name}_push"]
    return primitive.push


TOOLS = {"Tensor": Tensor, "add": add, "broadcast_to": broadcast_to, "conj_factor": conj_factor, "multiply": multiply,
         "negative": negative, "select": select, "zmul": zmul, "zzmul": zzmul}  # fmt: skip


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
