"""custom_gradient: the user's backward function replaces what the tapes would derive."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any

from ..batching import Batch
from ..core.context import Level, current, enter, leave, levels, new_id, site_of_caller, site_outside, under
from ..core.indexed_slices import IndexedSlices
from ..core.structures import flatten
from ..core.tensor import Tensor, to_tensor
from ..core.variable import Variable
from ..ops.basic import fill_like
from .forward import ForwardAccumulator
from .saved import named
from .sources import plain
from .tape import GradientTape, add_steps


class CustomCall:
    """The primitive of one such call; the record saves the user's backward function."""

    saved = ("grad",)
    blanks = (None,)
    differentiable = True

    def __init__(self, name: str, inputs: int, results: tuple[Any, ...]):
        self.name = name
        self.results = results  # stand-ins for results without a cotangent
        self.near_size = inputs + 4
        self.size = inputs + 5

    def __repr__(self) -> str:
        return self.name

    def back(self, grads: dict[Any, Any], tracked: set[Any], g: Any, record: list[Any]) -> None:
        given = g if type(g) is tuple else (g,)
        dense = [zeros(spec) if d is None else d for d, spec in zip(given, self.results, strict=True)]
        add_steps(grads, tracked, record[1:-4], record[0](*dense))


def zeros(spec: Any) -> Tensor:
    dims, dtype = spec
    return fill_like(Shaped(dims, dtype), 0)


class Shaped:
    """Enough of a tensor to make zeros like it."""

    def __init__(self, dims: tuple[Any, ...], dtype: Any):
        self.dims, self.dtype = dims, dtype


class Watcher(Level):
    """Notices which variables a function reads, and what they hold at first."""

    __slots__ = ("readings",)
    owns_values = False

    def __init__(self) -> None:
        self.readings: dict[int, tuple[Variable, Any]] = {}

    def owns(self, args: Any) -> bool:
        return False

    def seen(self, variable: Variable, reading: Any) -> None:
        self.readings.setdefault(id(variable), (variable, reading))


def watched(f: Callable, *args: Any, **kwargs: Any) -> tuple[Any, list[tuple[Variable, Any]]]:
    """f's result, and the variables that it read, each with its first reading."""
    watcher = Watcher()
    enter(watcher)
    try:
        return f(*args, **kwargs), list(watcher.readings.values())
    finally:
        leave(watcher)


def custom_gradient(f: Callable | None = None, *, jvp: Callable | None = None, batch: Callable | None = None) -> Callable:
    """Decorator: f(*args) returns its result and a function that gives the gradient.

    The gradient function takes one cotangent for each result and returns one for each tensor argument, in the order of
    f's parameters; with trainable variables inside f it also takes `variables=` and returns (gradients, gradients of the
    variables). What f computes inside stays on the tapes, so second derivatives of what the gradient function uses exist.

    Args:
        jvp: forward mode: `jvp(y, tangents, *args, **kwargs)` returns the tangents of the results; a tangent is None where an
            argument is constant. Without it forward mode goes through f itself.
        batch: inside `tf.vectorized_map`: `batch(size, batched, *args, **kwargs)` gets the arguments for which `batched` is True with
            all elements on axis 0, and returns what f returns, for all of them. Without it f's operations are mapped.

    Raises:
        TypeError: f reads variables and the gradient function takes no `variables`.
        ValueError: a rule that returns another number of values, another shape or dtype; the message names its line.

    >>> @tf.custom_gradient
    ... def clip_gradient(x):
    ...     return tf.identity(x), lambda g: tf.clip_by_value(g, -1.0, 1.0)
    >>> x = tf.constant(2.0)
    >>> with tf.GradientTape() as tape:
    ...     tape.watch(x)
    ...     y = 5.0 * clip_gradient(x)
    >>> float(tape.gradient(y, x))
    1.0
    """
    for name, rule in (("jvp", jvp), ("batch", batch)):
        if rule is not None and not callable(rule):
            raise TypeError(f"custom_gradient: {name} must be a function, got {type(rule).__name__}")
    if f is None:
        return lambda f: custom_gradient(f, jvp=jvp, batch=batch)
    signature = signature_of(f)

    @wraps(f)
    def call(*args: Any, **kwargs: Any) -> Any:
        return call_custom(f, signature, args, kwargs, jvp, batch)

    return call


def signature_of(f: Callable) -> inspect.Signature | None:
    try:
        return inspect.signature(f)
    except (TypeError, ValueError):
        return None


def call_custom(
    f: Callable,
    signature: inspect.Signature | None,
    args: tuple[Any, ...],
    kwargs: dict[Any, Any],
    jvp: Any = None,
    batch: Any = None,
) -> Any:
    read = {}
    args, kwargs, inputs = tensors_of(signature, args, kwargs, read)
    level = None if batch is None else innermost_batch(inputs)
    run = f if batch is None or level is None else mapped(f, batch, level)
    (y, grad), readings = watched(run, *args, **kwargs)
    variables = [v for v, _ in readings if v.trainable and id(v) not in read]
    flat, treedef = flatten(y)
    flat = [to_tensor(t) for t in flat]
    inputs = [*inputs, *(v.read_value() for v in variables)]
    listening = levels()
    tracer = next((level for level in listening if level.custom is not None), None)
    tapes = [x for x in listening if isinstance(x, GradientTape) and x.owns(inputs)]
    accumulators = [] if jvp is None else [x for x in listening if isinstance(x, ForwardAccumulator) and x.owns(inputs)]
    if not tapes and not accumulators and tracer is None:
        return treedef.unflatten(flat)
    if tapes and variables and not takes_variables(grad):
        raise TypeError(
            f"custom_gradient: {name_of(f)} uses the variables {[v.name for v in variables]}, so its gradient function must accept a "
            "'variables' keyword argument and return (gradients of the arguments, gradients of the variables)."
        )
    pull = pulled(f, grad, inputs, variables)
    if tracer is not None and tracer.custom is not None:
        return treedef.unflatten(tracer.custom(pull, inputs, flat))
    outs = [renamed(t) for t in flat]
    if tapes:
        record(tapes, f, pull, inputs, outs)
    y = treedef.unflatten(outs)
    for accumulator in accumulators:  # the outermost first: what an inner one computes with y, it differentiates
        push(f, jvp, accumulator, y, outs, args, kwargs)
    return y


# -- rules for the other modes --------------------------------------------------------------------------------------
def push(
    f: Callable,
    jvp: Any,
    accumulator: ForwardAccumulator,
    y: Any,
    outs: list[Any],
    args: tuple[Any, ...],
    kwargs: dict[Any, Any],
) -> None:
    """The tangents of the results by the user's rule, with the levels outside the accumulator listening."""
    given = [
        accumulator.tangents.get(x.id) if isinstance(x, Tensor) else None
        for x in flatten((args, kwargs))[0]
        if isinstance(x, Tensor)
    ]
    listening = levels()
    outer = listening[: listening.index(accumulator)]
    around = outer if accumulator.map is None else (*outer, accumulator.map)
    found = under(around, site_outside(), jvp, y, tuple(given), *args, **kwargs)
    tangents = [found] if len(outs) == 1 and not isinstance(found, (list, tuple, dict)) else flatten(found)[0]
    if len(tangents) != len(outs):
        raise ValueError(
            f"custom_gradient: the jvp rule {named(jvp)} of {name_of(f)} returned {len(tangents)} tangents for {len(outs)} results"
        )
    for out, t in zip(outs, tangents, strict=True):
        if t is None:
            accumulator.tangents.pop(out.id, None)
        else:
            accumulator.tangents[out.id] = shaped(f, f"jvp rule {named(jvp)}", "a result", t, out.dims, out.dtype)


def innermost_batch(inputs: list[Any]) -> Any:
    return next((x for x in reversed(levels()) if isinstance(x, Batch) and x.owns(inputs)), None)


def mapped(f: Callable, batch: Callable, level: Batch) -> Callable:
    """f inside a map, by the user's batch rule, which the levels outside the map see as a custom gradient of its own."""

    def run(*args: Any, **kwargs: Any) -> Any:
        flat, treedef = flatten((args, kwargs))
        tensors = [x for x in flat if isinstance(x, Tensor)]
        batched = tuple([level.mine(x) for x in tensors])
        grads: list[Callable] = []

        def whole(*args: Any, **kwargs: Any) -> Any:
            y, grad = batch(level.size, batched, *args, **kwargs)
            grads.append(grad)
            return y, grad

        values, kwargs = treedef.unflatten([x.value if level.mine(x) else x for x in flat])
        listening = levels()
        outer = listening[: listening.index(level)]
        y = under(outer, site_outside(), custom_gradient(whole), *values, **kwargs)
        outs, out_def = flatten(y)
        for out in outs:
            if not out.dims or out.dims[0] != level.size:
                raise ValueError(
                    f"custom_gradient: the batch rule {named(batch)} of {name_of(f)} returned a result of shape {list(out.dims)}; axis 0 "
                    f"must hold the {level.size} elements of the map"
                )

        def grad(*gs: Any) -> Any:
            around = tuple([x for x in levels() if x.order < level.order])
            pulled = under(around, site_outside(), grads[0], *[level.unwrap(g) for g in gs])
            return [level.wrap(s) if s is not None and b else s for s, b in zip(as_list(pulled), batched, strict=True)]

        return out_def.unflatten([level.wrap(out) for out in outs]), grad

    return run


def tensors_of(
    signature: Any, args: tuple[Any, ...], kwargs: dict[Any, Any], read: dict[Any, Any]
) -> tuple[tuple[Any, ...], dict[Any, Any], list[Any]]:
    """Arguments with variables read, and all tensors among them in the order of f's parameters."""

    def value(x: Any) -> Any:
        x = plain(x)
        if isinstance(x, Variable):
            return read.setdefault(id(x), x.read_value())
        return x

    flat, treedef = flatten((args, kwargs))
    args, kwargs = treedef.unflatten([value(x) for x in flat])
    ordered: Any = (args, kwargs)
    if signature is not None:
        ordered = list(signature.bind(*args, **kwargs).arguments.values())
    return args, kwargs, [x for x in flatten(ordered)[0] if isinstance(x, Tensor)]


def takes_variables(grad: Callable) -> bool:
    signature = signature_of(grad)
    if signature is None:
        return True
    return any(p.name == "variables" or p.kind is p.VAR_KEYWORD for p in signature.parameters.values())


def pulled(f: Callable, grad: Callable, inputs: list[Any], variables: list[Any]) -> Callable:
    """The user's gradient function as a flat list of checked cotangents."""
    facts = [(x.dims, x.dtype) for x in inputs]

    def pull(*gs: Any) -> list[Any]:
        if variables:
            given, of_variables = grad(*gs, variables=variables)
            steps = [*as_list(given), *as_list(of_variables)]
        else:
            steps = as_list(grad(*gs))
        if len(steps) != len(facts):
            raise ValueError(
                f"custom_gradient: the gradient function {named(grad)} of {name_of(f)} returned {len(steps)} gradients for {len(facts)} "
                f"inputs ({len(facts) - len(variables)} arguments, {len(variables)} variables)"
            )
        rule = f"gradient function {named(grad)}"
        return [
            s if s is None else shaped(f, rule, "an input", s, dims, dtype) for s, (dims, dtype) in zip(steps, facts, strict=True)
        ]

    return pull


def as_list(steps: Any) -> list[Any]:
    return [steps] if not isinstance(steps, (list, tuple, dict)) else flatten(steps)[0]


def shaped(f: Callable, rule: str, what: str, g: Any, dims: tuple[Any, ...], dtype: Any) -> Any:
    """What a rule returned, as the cotangent of an input or the tangent of a result."""
    if not isinstance(g, IndexedSlices):
        try:
            g = to_tensor(plain(g), dtype.numpy_dtype)
        except (TypeError, ValueError) as error:
            raise ValueError(
                f"custom_gradient: the {rule} of {name_of(f)} returned {type(g).__name__} for {what} that is {dtype.name}{list(dims)}: {error}"
            ) from None
    if g.dims != dims or g.dtype != dtype:
        raise ValueError(
            f"custom_gradient: the {rule} of {name_of(f)} returned {g.dtype.name}{list(g.dims)} for {what} that "
            f"is {dtype.name}{list(dims)}"
        )
    return g


def name_of(f: Callable) -> str:
    return getattr(f, "__name__", repr(f))


def renamed(y: Any) -> Any:
    """The same value under a new identity, with the tangents it has."""
    out = y.twin(new_id())
    for level in levels():
        if isinstance(level, ForwardAccumulator) and y.id in level.tangents:
            level.tangents[out.id] = level.tangents[y.id]
    return out


def record(tapes: list[Any], f: Callable, pull: Callable, inputs: list[Any], outs: list[Any]) -> None:
    context = current()
    site = site_of_caller(4) if context is None or context.site is None else context.site
    last = CustomCall(name_of(f), len(inputs), tuple((o.dims, o.dtype) for o in outs))
    out_id = outs[0].id if len(outs) == 1 else tuple(o.id for o in outs)
    for tape in tapes:
        tape.tracked.update(o.id for o in outs)
        tape.records += (pull, *[x.id for x in inputs], out_id, *site, last)


def grad_pass_through(f: Callable) -> Callable:
    """f forwards, the identity backwards (the straight-through estimator).

    >>> x = tf.constant(1.4)
    >>> with tf.GradientTape() as tape:
    ...     tape.watch(x)
    ...     y = tf.grad_pass_through(tf.round)(x) * 3.0
    >>> float(y), float(tape.gradient(y, x))
    (3.0, 3.0)
    """

    @custom_gradient
    def through(*args: Any, **kwargs: Any) -> Any:
        def grad(*gs: Any, variables: Any = None) -> Any:
            passed = gs[0] if len(gs) == 1 else gs
            return passed if variables is None else (passed, [None] * len(variables))

        return f(*args, **kwargs), grad

    @wraps(f)
    def call(*args: Any, **kwargs: Any) -> Any:
        return through(*args, **kwargs)

    return call


__all__ = ["custom_gradient", "grad_pass_through", "renamed", "watched"]
