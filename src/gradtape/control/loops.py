"""tf.while_loop, scan, foldl, foldr, map_fn: Python loops where values are known, one operation where they are not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..batching import Batch
from ..core.composite import ROWS, CompositeTensor
from ..core.context import levels, library
from ..core.dispatch import spec_of
from ..core.dtypes import as_dtype
from ..core.errors import invalid
from ..core.shapes import Dim, Spec, TensorShape, unnamed
from ..core.structures import OPTIONS, flatten, leaves, map_structure, pack, trees
from ..core.tensor import to_tensor
from ..core.tensor_spec import TensorSpec
from ..graph.trace import Trace
from ..ops.array import concat, expand_dims
from ..ops.basic import add, broadcast_to, cast, less
from ..ops.logic import logical_and
from ..ops.pieces import pick, stack_values
from .branches import scalar
from .region import Region, built, joined, output_specs
from .repeat import GROWING, Plan, length_of, looped
from .repeat_while import looped_while
from .tensor_array import TensorArray
from .written import Written


def is_traced() -> bool:
    """Does a trace or a map listen?  Then a loop must be one operation."""
    return any(isinstance(level, (Trace, Batch)) for level in levels())


# -- while ----------------------------------------------------------------------------------------------------------
@library
def while_loop(
    cond: Callable[..., Any],
    body: Callable[..., Any],
    loop_vars: Any,
    shape_invariants: Any = None,
    parallel_iterations: int = 10,
    back_prop: bool = True,
    swap_memory: bool = False,
    maximum_iterations: Any = None,
    name: str | None = None,
) -> Any:
    """Repeat `loop_vars = body(*loop_vars)` while cond(*loop_vars) holds.

    Args:
        loop_vars: a tuple or list of tensors and structures of them.
        shape_invariants: shapes that the variables keep, in the structure of loop_vars; None stands for an extent that changes.
        maximum_iterations: stop after so many, whatever cond says.

    Raises:
        TypeError, ValueError: functions that cannot be called, no loop_vars, a body that returns another structure, dtype or shape.

    >>> i, total = tf.while_loop(lambda i, s: i < 5, lambda i, s: (i + 1, s + i), [tf.constant(0), tf.constant(0)])
    >>> int(total)
    10
    """
    if not callable(cond):
        raise TypeError("'cond' must be callable.")
    if not callable(body):
        raise TypeError("'body' must be callable.")
    if not loop_vars:
        raise ValueError("No loop variables provided.")
    if parallel_iterations < 1:
        raise TypeError("'parallel_iterations' must be a positive integer.")
    if is_traced():
        return traced_while(cond, body, loop_vars, shape_invariants, maximum_iterations)
    return plain_while(cond, body, loop_vars, maximum_iterations)


def plain_while(cond: Callable[..., Any], body: Callable[..., Any], loop_vars: Any, maximum_iterations: Any) -> Any:
    left = None if maximum_iterations is None else int(scalar(maximum_iterations, "while_loop", "maximum_iterations"))
    structure = outline(list(loop_vars))
    values = loop_vars
    while (left is None or left > 0) and bool(scalar(cond(*values), "while_loop", "the result of cond")):
        values = as_variables(body(*values), len(loop_vars))
        check_structure(structure, outline(list(values)), "while_loop")
        left = left if left is None else left - 1
    return pack(outline(values), [x if isinstance(x, TensorArray) else to_tensor(x) for x in array_leaves(values)])


def outline(values: Any) -> Any:
    """The structure in which an array is one leaf, whatever it holds so far."""
    return trees().tree_structure(values, is_leaf=lambda x: isinstance(x, TensorArray), **OPTIONS)


def as_variables(values: Any, count: int) -> Any:
    """What a body returned, as loop variables; one alone need not be packed."""
    return values if isinstance(values, (list, tuple)) and not (count == 1 and len(values) != 1) else (values,)


def check_structure(wanted: Any, found: Any, what: str) -> None:
    if wanted != found:
        raise ValueError(f"{what}: the body must return the structure of the loop variables, {wanted}; it returned {found}")


def specs_of(values: Any, flat: Sequence[Any]) -> list[Spec]:
    """Of loop variables; arrays that may grow have an open length."""
    open_ = [rows for x in array_leaves(values) for rows in ([x.grows, False] if isinstance(x, TensorArray) else [False])]
    return [growing(x) if rows else spec_of(x) for x, rows in zip(flat, open_, strict=True)]


def growing(rows: Any) -> Spec:
    """Of the rows of an array that may grow."""
    return Spec((Dim(f"{GROWING}{unnamed()}"), *rows.dims[1:]), rows.dtype.numpy_dtype)


def array_leaves(values: Any) -> list[Any]:
    return trees().tree_leaves(values, is_leaf=lambda x: isinstance(x, TensorArray), **OPTIONS)


def with_shapes(values: Any, step: Callable[[Any], Any]) -> Any:
    """Loop variables in which every array knows the shape of its elements: one that does not is asked what a step writes."""
    arrays = [x for x in array_leaves(values) if isinstance(x, TensorArray)]
    if all(x.is_shaped() for x in arrays):
        return values
    found: list[TensorArray] = []

    def trial(*xs: Any) -> list[Any]:
        after = step(pack(structure, xs))
        found.extend(x for x in array_leaves(after) if isinstance(x, TensorArray))
        return []

    flat, structure = flatten(values)
    built(trial, [spec_of(to_tensor(x)) for x in flat])
    for x, after in zip(arrays, found, strict=True):
        if x.shape.rank is None and after.shape.is_fully_defined():
            x.shape = after.shape
    return values


def traced_while(
    cond: Callable[..., Any], body: Callable[..., Any], loop_vars: Any, shape_invariants: Any, maximum_iterations: Any
) -> Any:
    if maximum_iterations is not None:
        return counted_while(cond, body, loop_vars, shape_invariants, maximum_iterations)
    loop_vars = with_shapes(loop_vars, lambda values: as_variables(body(*values), len(loop_vars)))
    flat, structure = flatten(list(loop_vars))
    flat = [to_tensor(x) for x in flat]
    specs = specs_of(loop_vars, flat) if shape_invariants is None else invariant_specs(flat, shape_invariants)
    test = built(lambda *xs: scalar(cond(*pack(structure, xs)), "while_loop", "the result of cond"), specs)

    def step(*xs: Any) -> Any:
        values = list(as_variables(body(*pack(structure, xs)), len(loop_vars)))
        check_structure(structure, flatten(values)[1], "while_loop")
        return values

    if test.written:
        return tested_in_body(cond, body, loop_vars, shape_invariants)
    run = built(step, specs)
    check_specs(specs, run.region, "while_loop", "shape_invariants=")
    (holds, region), sources, written = joined([test, run])
    first = len(specs)
    own = Written(written, sources)
    own.check(region)
    holds = Region(holds.graph._replace(outputs=holds.graph.outputs[:1]))
    holds, region = own.carried_by(holds, first, 0), own.carried_by(region, first, 0)
    outs = looped_while(holds, region, [*flat, *own.starts], own.constants(sources))
    for variable, new in zip(written, outs[first:], strict=True):
        variable.put(new)
    values = pack(structure, outs[:first])
    return tuple(values) if isinstance(loop_vars, tuple) else values


def tested_in_body(cond: Callable[..., Any], body: Callable[..., Any], loop_vars: Any, shape_invariants: Any) -> Any:
    """The loop whose test writes variables: each step ends with the test for the next one."""
    invariants = None if shape_invariants is None else [TensorShape([]), *shape_invariants]
    count = len(loop_vars)

    def step(_: Any, *xs: Any) -> list[Any]:
        new = as_variables(body(*xs), count)
        return [scalar(cond(*new), "while_loop", "the result of cond"), *new]

    start = scalar(cond(*loop_vars), "while_loop", "the result of cond")
    out = traced_while(lambda go, *xs: go, step, [start, *loop_vars], invariants, None)
    return tuple(out[1:]) if isinstance(loop_vars, tuple) else out[1:]


def counted_while(
    cond: Callable[..., Any], body: Callable[..., Any], loop_vars: Any, shape_invariants: Any, maximum_iterations: Any
) -> Any:
    limit = cast(to_tensor(maximum_iterations), "int32")
    invariants = None if shape_invariants is None else [TensorShape([]), *shape_invariants]
    count = len(loop_vars)
    out = traced_while(
        lambda k, *xs: logical_and(less(k, limit), cond(*xs)),
        lambda k, *xs: [add(k, 1), *as_variables(body(*xs), count)],
        [cast(to_tensor(0), "int32"), *loop_vars],
        invariants,
        None,
    )
    return tuple(out[1:]) if isinstance(loop_vars, tuple) else out[1:]


def invariant_specs(flat: Sequence[Any], shape_invariants: Any) -> list[Spec]:
    shapes = [
        s.shape if isinstance(s, TensorSpec) else s if isinstance(s, Spec) else TensorShape(s)
        for s in shape_leaves(shape_invariants)
    ]
    if len(shapes) != len(flat):
        raise ValueError(f"while_loop: shape_invariants has {len(shapes)} shapes for {len(flat)} loop variables")
    return [
        shape if isinstance(shape, Spec) else opened(x, shape, k) for k, (x, shape) in enumerate(zip(flat, shapes, strict=True))
    ]


def shape_leaves(invariants: Any) -> list[Any]:
    if isinstance(invariants, (TensorShape, TensorSpec, Spec)):
        return [invariants]
    if isinstance(invariants, dict):
        return [leaf for key in sorted(invariants) for leaf in shape_leaves(invariants[key])]
    return [leaf for part in invariants for leaf in shape_leaves(part)]


def opened(x: Any, shape: TensorShape, place: int) -> Spec:
    """The spec of a variable whose extents may change where the invariant says None."""
    if not shape.is_compatible_with(x.shape):
        raise ValueError(f"while_loop: the shape invariant {shape} of loop variable {place} does not fit its shape {x.shape}")
    if shape.rank is None:
        shape = TensorShape([None] * x.ndim)
    dims = [Dim(f"while{place}_{axis}") if n is None else n for axis, n in enumerate(shape)]
    return Spec(tuple(dims), x.dtype.numpy_dtype)


def check_specs(specs: Sequence[Spec], region: Region, what: str, mend: str) -> None:
    """A step must give what it takes, but for extents that are declared open."""
    for k, (before, after) in enumerate(zip(specs, output_specs(region), strict=False)):
        if before.dtype != after.dtype:
            raise TypeError(
                f"{what}: loop variable {k} enters the loop with dtype {before.dtype.name} and has dtype {after.dtype.name} after a "
                "step; write tf.cast in the body"
            )
        changed = [n for n, m in zip(before.shape, after.shape, strict=False) if not isinstance(n, Dim) and repr(n) != repr(m)]
        if before.ndim != after.ndim or changed:
            raise ValueError(
                f"{what}: loop variable {k} enters the loop with shape {shown(before)}, but has shape {shown(after)} after one "
                f"iteration. To allow the shape to vary across iterations, use the `{mend}` argument."
            )


def shown(spec: Spec) -> str:
    return str(TensorShape.of(spec.shape))


# -- over the slices of tensors ----------------------------------------------------------------------------------------
def over(step: Callable[[Any, Any], tuple[Any, Any]], start: Any, elems: Any, reverse: bool, what: str) -> tuple[Any, Any]:
    """(carried, stacked results) of `carried, result = step(carried, slice)` for each slice of elems."""
    flat, structure = flatten(elems)
    flat = [to_tensor(x) for x in flat]
    if not flat:
        raise ValueError(f"{what}: elems must hold at least one tensor")
    length = length_of(flat, what)
    start = pack(outline(start), [x if isinstance(x, TensorArray) else to_tensor(x) for x in array_leaves(start)])
    if is_traced() or not isinstance(length, int):
        return traced_over(step, start, flat, structure, length, reverse, what)
    results: list[Any] = []
    for k in range(length)[::-1] if reverse else range(length):
        start, result = step(start, pack(structure, [pick(x, k) for x in flat]))
        results.append(result)
    return start, gathered(results[::-1] if reverse else results, step, start, flat, structure)


def gathered(results: list[Any], step: Any, start: Any, flat: list[Any], structure: Any) -> Any:
    """The results of all steps, one array for each leaf; where there was no step, their specs come from a trace."""
    if not results:
        return traced_over(step, start, flat, structure, 0, False, "map")[1]
    columns = zip(*[leaves(r) for r in results], strict=True)
    return pack(flatten(results[0])[1], [stack_values([to_tensor(x) for x in column]) for column in columns])


def traced_over(
    step: Callable[[Any, Any], Any], start: Any, flat: list[Any], structure: Any, length: Any, reverse: bool, what: str
) -> tuple[Any, Any]:
    slices = [Spec(tuple(x.dims[1:]), x.dtype.numpy_dtype) for x in flat]
    start = with_shapes(start, lambda now: step(now, pack(structure, list(map(sample, slices))))[0])
    carried, carried_structure = flatten(start)
    specs = [*specs_of(start, carried), *slices]

    def run(*xs: Any) -> Any:
        now, result = step(pack(carried_structure, xs[: len(carried)]), pack(structure, xs[len(carried) :]))
        check_structure(carried_structure, flatten(now)[1], what)
        return leaves(now), result

    part = built(run, specs)
    check_specs(specs[: len(carried)], part.region, what, "initializer=")
    (region,), sources, written = joined([part])
    own, first = Written(written, sources), len(carried)
    own.check(region)
    region = results_first(own.carried_by(region, first, len(flat)), first, len(written))
    last = first + len(written)
    outs = looped(region, Plan(last, len(flat), reverse), [*carried, *own.starts], flat, own.constants(sources), length)
    for variable, new in zip(written, outs[first:last], strict=True):
        variable.put(new)
    now, results = part.layout.pack([*outs[:first], *outs[last:]])
    return pack(carried_structure, now), results


def sample(spec: Spec) -> Any:
    """Zeros in the place of a slice, for a trial."""
    return broadcast_to(cast(to_tensor(0), spec.dtype), spec.shape)


def results_first(region: Region, own: int, written: int) -> Region:
    """The region whose new values of variables stand behind its own carried results."""
    outputs = region.graph.outputs
    last = len(outputs) - written
    return Region(region.graph._replace(outputs=(*outputs[:own], *outputs[last:], *outputs[own:last])))


@library
def scan(
    fn: Callable[[Any, Any], Any],
    elems: Any,
    initializer: Any = None,
    parallel_iterations: int = 10,
    back_prop: bool = True,
    swap_memory: bool = False,
    infer_shape: bool = True,
    reverse: bool = False,
    name: str | None = None,
) -> Any:
    """All values of `a = fn(a, slice)` over the slices of elems along axis 0, stacked; `a` begins as initializer or the first slice.

    Raises:
        TypeError, ValueError: fn cannot be called, elems without slices, fn returns another structure than the initializer's.

    >>> tf.scan(lambda a, x: a + x, tf.constant([1.0, 2.0, 3.0])).numpy()
    array([1., 3., 6.], dtype=float32)
    """
    start, rest, first = begun(fn, elems, initializer, reverse, "scan")
    structure = flatten(start)[1]

    def step(a: Any, x: Any) -> tuple[Any, Any]:
        a = fn(a, x)
        check_structure(structure, flatten(a)[1], "scan")
        a = map_structure(to_tensor, a)
        return a, a

    _, stacked = over(step, start, rest, reverse, "scan")
    return stacked if first is None else map_structure(lambda x, xs: joined_ends(x, xs, reverse), start, stacked)


def joined_ends(x: Any, xs: Any, reverse: bool) -> Any:
    row = expand_dims(x, 0)
    return concat([xs, row] if reverse else [row, xs], 0)


def begun(fn: Callable[..., Any], elems: Any, initializer: Any, reverse: bool, what: str) -> tuple[Any, Any, Any]:
    """(first value, slices to go over, the slice that was taken as first value or None)."""
    if not callable(fn):
        raise TypeError(f"{what}: fn must be callable; it is {fn!r}")
    elems = map_structure(to_tensor, elems)
    if initializer is not None:
        return map_structure(to_tensor, initializer), elems, None
    length = length_of(leaves(elems), what)
    if length == 0:
        raise invalid(what, f"{what}: elems has no slices, and there is no initializer")
    first = map_structure(lambda x: pick(x, -1 if reverse else 0), elems)
    rest = map_structure(lambda x: x[:-1] if reverse else x[1:], elems)
    return first, rest, first


def folded(fn: Callable[[Any, Any], Any], elems: Any, initializer: Any, reverse: bool, what: str) -> Any:
    start, rest, _ = begun(fn, elems, initializer, reverse, what)
    return over(lambda a, x: (map_structure(to_tensor, fn(a, x)), ()), start, rest, reverse, what)[0]


@library
def foldl(
    fn: Callable[[Any, Any], Any],
    elems: Any,
    initializer: Any = None,
    parallel_iterations: int = 10,
    back_prop: bool = True,
    swap_memory: bool = False,
    name: str | None = None,
) -> Any:
    """The last value of `a = fn(a, slice)` over the slices of elems, first to last.

    >>> int(tf.foldl(lambda a, x: 10 * a + x, tf.constant([1, 2, 3])))
    123
    """
    return folded(fn, elems, initializer, False, "foldl")


@library
def foldr(
    fn: Callable[[Any, Any], Any],
    elems: Any,
    initializer: Any = None,
    parallel_iterations: int = 10,
    back_prop: bool = True,
    swap_memory: bool = False,
    name: str | None = None,
) -> Any:
    """The last value of `a = fn(a, slice)` over the slices of elems, last to first.

    >>> int(tf.foldr(lambda a, x: 10 * a + x, tf.constant([1, 2, 3])))
    321
    """
    return folded(fn, elems, initializer, True, "foldr")


@library
def map_fn(
    fn: Callable[[Any], Any],
    elems: Any,
    dtype: Any = None,
    parallel_iterations: int | None = None,
    back_prop: bool = True,
    swap_memory: bool = False,
    infer_shape: bool = True,
    name: str | None = None,
    fn_output_signature: Any = None,
) -> Any:
    """fn of each slice of elems along axis 0, stacked.  (`tf.vectorized_map` runs all slices at once.)

    Args:
        fn_output_signature: dtypes or TensorSpecs of what fn returns, in its structure; those of elems where nothing is said.

    Raises:
        TypeError, ValueError: fn cannot be called, or returns other dtypes or another structure than was said.

    >>> tf.map_fn(lambda x: x * x, tf.constant([1.0, 2.0, 3.0])).numpy()
    array([1., 4., 9.], dtype=float32)
    """
    if not callable(fn):
        raise TypeError(f"map_fn: The provided function {fn!r} is not callable. fn must be callable.")
    signature = dtype if fn_output_signature is None else fn_output_signature
    if is_uneven(elems, signature):
        return ROWS["map"](fn, elems, signature)
    elems = map_structure(to_tensor, elems)
    wanted = map_structure(lambda x: x.dtype, elems) if signature is None else map_structure(kind_of, signature)
    kinds, structure = flatten(wanted)

    def step(a: Any, x: Any) -> tuple[Any, Any]:
        values, found = flatten(fn(x))
        check_structure(structure, found, "map_fn")
        return a, pack(found, [checked(to_tensor(v), k) for v, k in zip(values, kinds, strict=True)])

    return over(step, (), elems, False, "map_fn")[1]


def is_uneven(elems: Any, signature: Any) -> bool:
    """Do the rows differ in length, on the way in or out?"""
    if any(isinstance(x, CompositeTensor) for x in leaves(elems)):
        return True
    return signature is not None and any(isinstance(getattr(s, "value_type", None), type) for s in leaves(signature))


def kind_of(x: Any) -> Any:
    return x.dtype if isinstance(x, TensorSpec) else as_dtype(x)


def checked(x: Any, kind: Any) -> Any:
    if x.dtype != kind:
        raise invalid(
            "map_fn",
            f"map_fn: fn returned {x.dtype.name}, but fn_output_signature (the dtype of elems where nothing is said) is {kind.name}. "
            f"Write fn_output_signature=tf.{x.dtype.name}.",
        )
    return x


__all__ = ["foldl", "foldr", "map_fn", "scan", "while_loop"]
