"""The careful path: every call that the straight-line functions do not cover."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from . import errors
from .composite import CompositeTensor
from .context import Level, Site, at_site, current, new_id, site_of_caller, under
from .dtypes import OF_NUMPY, as_dtype
from .primitive import Primitive
from .record import record_of
from .shapes import Spec
from .tensor import Tensor, converter_of, leaked, tensor, to_tensor

RING = 8192  # slots for near misses that a tape keeps
MISFIT = (TypeError, ValueError, OverflowError, IndexError, MemoryError)  # what a kernel raises at arguments it was not made for
ANY_NUMBER = (int, float, complex)


def careful(primitive: Primitive, args: Sequence[Any], params: dict[Any, Any], depth: int = 3) -> Any:
    """Convert, check, and let the levels have the call."""
    if not ready(args):
        composite = next((type(a) for a in args if isinstance(a, CompositeTensor)), None)
        if composite is not None:
            return at_site(site_of_caller(depth), composite.applied, primitive, args, params)
    context = current()
    if context is not None and context.single is not None and primitive.direct:
        out = context.single.alone(primitive, args, params)
        if out is not None:
            return out
    site = site_of_caller(depth)  # the user called the generated function, which called this one
    tensors: Any = args if ready(args) else at_site(site, converted, primitive, args)
    if primitive.adapt:
        tensors = primitive.adapt(*tensors)
    check_dtypes(primitive, tensors)
    if primitive.canonical_rule:
        params = {**params, **primitive.canonical_rule(*map(spec_of, tensors), **params)}
    if context is None:
        return evaluate(primitive, tensors, params)
    if context.tapes is not None and primitive.direct:
        return on_tapes(primitive, tensors, params, context.tapes, site)
    return bind(primitive, tensors, params, context.levels, site)


def ready(args: Any) -> bool:
    """Tensors all?"""
    if type(args) is not tuple:
        return False
    for a in args:
        if type(a) is not Tensor and not isinstance(a, Tensor):
            return False
    return True


def operate(primitive: Primitive, args: Sequence[Any], params: dict[Any, Any], depth: int = 4) -> Any:
    """The careful path of an operator: an operand of a foreign type gets its own say, if it has one."""
    try:
        return careful(primitive, args, params, depth)
    except ValueError:
        if any(is_foreign(a) for a in args):
            return NotImplemented
        raise


OPERANDS = (Tensor, int, float, complex, np.ndarray, np.generic, list, tuple, str, bytes, dict, type(None))


def is_foreign(x: Any) -> bool:
    """A type that could know what to do with a tensor."""
    return not isinstance(x, OPERANDS) and converter_of(x) is None


def converted(primitive: Primitive, args: Sequence[Any]) -> tuple[Tensor, ...]:
    """The arguments as tensors; those that share a dtype take it from the first tensor, else from the first of them."""
    names = primitive.args * len(args) if primitive.variadic else primitive.args
    sharing = primitive.same or primitive.numbers
    like = next((dtype_of(a) for a, n in zip(args, names, strict=False) if n in sharing and has_dtype(a)), None)
    out = []
    for a, n in zip(args, names, strict=False):
        out.append(converted_one(primitive, a, like if n in sharing else None))
        if like is None and n in sharing:
            like = out[-1].dtype.numpy_dtype
    return tuple(out)


def converted_one(primitive: Primitive, x: Any, like: np.dtype | None) -> Tensor:
    try:
        return to_tensor(x, like)
    except TypeError as error:
        raise refusal(
            primitive, 0, f"{primitive.label}: {error}. Write a value of that dtype, or tf.cast the other operand"
        ) from None
    except ValueError as error:
        raise ValueError(f"{primitive.label}: {error}") from None


def refusal(primitive: Primitive, which: int, message: str) -> errors.MismatchError:
    return primitive.refusals[which](None, None, f"{message} [Op:{primitive.label}]")


def has_dtype(x: Any) -> bool:
    return isinstance(x, Tensor) or (not isinstance(x, (np.ndarray, np.generic)) and converter_of(x) is not None)


def dtype_of(x: Any) -> np.dtype:
    """Of a tensor, or of what stands for one: an object of another package need not have a dtype itself."""
    held = getattr(x, "__gradtape_variable__", x)
    dtype = getattr(held, "dtype", None)
    return as_dtype(to_tensor(held).dtype if dtype is None else dtype).numpy_dtype


def spec_of(x: Tensor) -> Spec:
    return Spec(x.dims, x.dtype.numpy_dtype)


def check_dtypes(primitive: Primitive, args: Sequence[Tensor]) -> None:
    """The usual case in few words; `refuse_dtypes` looks closer."""
    if args:
        first = args[0].value.dtype if type(args[0]) is Tensor else args[0].dtype.numpy_dtype
        if primitive.dtypes is None or first in primitive.dtypes:
            if not primitive.sharing:
                return
            if primitive.all_share and all_of(first, args):
                return
    refuse_dtypes(primitive, args)


def all_of(dtype: np.dtype, args: Sequence[Tensor]) -> bool:
    for a in args:
        if (a.value.dtype if type(a) is Tensor else a.dtype.numpy_dtype) is not dtype:
            return False
    return True


def refuse_dtypes(primitive: Primitive, args: Sequence[Tensor]) -> None:
    """Say which argument has the wrong dtype, if one has."""
    names = [f"{primitive.public[0]}[{i}]" for i in range(len(args))] if primitive.variadic else primitive.public
    allowed = primitive.dtypes
    if allowed is not None and args and args[0].dtype.numpy_dtype not in allowed:
        listed = ", ".join(sorted(OF_NUMPY[d].name for d in allowed))
        raise refusal(
            primitive,
            1,
            f"{primitive.label} does not take {names[0]} of dtype {args[0].dtype.name}; it takes {listed}."
            " Write tf.cast(x, dtype) first.",
        )
    sharing = primitive.same or primitive.numbers
    bound = primitive.args * len(args) if primitive.variadic else primitive.args
    shared = [(n, a) for n, b, a in zip(names, bound, args, strict=False) if b in sharing]
    for n, a in shared[1:]:
        first_name, first = shared[0]
        if a.dtype != first.dtype:
            raise refusal(
                primitive,
                1,
                f"{primitive.label} needs one dtype, but {first_name} is {first.dtype.name} and {n} is "
                f"{a.dtype.name}. Write tf.cast({n}, tf.{first.dtype.name}).",
            )


def bind(primitive: Primitive, args: tuple[Any, ...], params: dict[Any, Any], levels: tuple[Level, ...], site: Site) -> Any:
    """The operation as seen by these levels: the innermost owner of an argument handles it."""
    if not levels:
        return evaluate(primitive, args, params)
    outer, level = levels[:-1], levels[-1]
    if level.owns(args) or (level.claims is not None and level.claims(primitive, params)):
        if primitive.body is not None and not level.takes(primitive):
            return under(levels, site, primitive.body, *args, **params)
        return level.process(primitive, args, params, outer, site)
    out = bind(primitive, args, params, outer, site)
    level.note(primitive, [a.id or name_tensor(a) for a in args], named(out), site)
    return out


def on_tapes(primitive: Primitive, args: tuple[Any, ...], params: dict[Any, Any], tapes: tuple[Level, ...], site: Site) -> Any:
    """The same where tapes alone listen: they wrap nothing, so the operation runs once and all write the one record."""
    out = evaluate(primitive, args, params)
    ids = [a.id or name_tensor(a) for a in args]
    record: tuple[Any, ...] = ()
    for tape in tapes:
        tracked = tape.tracked  # type: ignore[attr-defined]  # what can be lone has it
        for i in ids:
            if i in tracked and primitive.differentiable:
                break
        else:
            tape.note(primitive, ids, named(out), site)
            continue
        if not record:
            out.id = new_id()
            record = record_of(primitive, args, params, out, ids, out.id, site)
        tracked.add(out.id)
        tape.records += record  # type: ignore[attr-defined]
    return out


def named(out: Any) -> Any:
    """The identity of a result, or those of several."""
    if type(out) is tuple:
        return tuple(o.id or name_tensor(o) for o in out)
    return out.id or name_tensor(out)


def name_tensor(x: Tensor) -> int:
    """An identity for a tensor made before anything listened."""
    x.id = -new_id()
    return x.id


# -- running the kernel -----------------------------------------------------------------------------------
def evaluate(primitive: Primitive, args: tuple[Any, ...], params: dict[Any, Any]) -> Any:
    if primitive.kernel is None:
        return primitive.meaning(*args, **params)  # nothing listens here: bind was called with no levels
    values = []
    for a in args:
        if type(a) is not Tensor:
            raise leaked(primitive, a)
        values.append(a.value)
    try:
        result = run_kernel(primitive, values, params)
    except MISFIT as error:
        raise explained(primitive, args, params, error) from None
    if primitive.results:
        return tuple(map(tensor, result))
    return tensor(result)


def run_kernel(primitive: Primitive, values: list[Any], params: dict[Any, Any]) -> Any:
    kernel = primitive.kernel
    if isinstance(kernel, np.ufunc):
        return kernel(*values, out=..., casting="no")
    return kernel(*values, **params)


def explained(primitive: Primitive, args: tuple[Any, ...], params: dict[Any, Any], error: Exception) -> Exception:
    """The exception that says what did not fit."""
    if isinstance(error, MemoryError):
        return errors.exhausted(primitive.label, error)
    if primitive.shape_rule:
        primitive.shape_rule(*map(spec_of, args), **params)  # raises in its own words
    values = ", ".join(f"{a.dtype.name}{list(a.dims)}" for a in args)
    said = str(error).strip().splitlines()[0] if str(error) else type(error).__name__
    given = "".join(f", {k}={v!r}" for k, v in params.items())
    return errors.invalid(primitive.label, f"{primitive.label}({values}{given}): {said}")


__name__ = None  # type: ignore[assignment]  # NumPy's C code warns in no module without a name
