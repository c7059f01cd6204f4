"""Writes each operation's public function and its step of the backward sweep, as straight lines of text.

Both are functions from a description to text.  Nothing here runs an operation.
"""

from __future__ import annotations

import inspect

import numpy as np

from .primitive import MINUS_ONE, ONE, PRODUCTS, REQUIRED, Partial, Primitive, Static, parameter_names

INDENT = "    "


def indent(lines: list[str], depth: int = 1) -> list[str]:
    return [INDENT * depth + line if line else line for line in lines]


# -- the public function --------------------------------------------------------------------------------
def function_text(primitive: Primitive, name: str, order: tuple[int, ...] | None = None) -> list[str]:
    """The function `name` of `primitive`; `order` swaps the arguments (reflected operators)."""
    head = f"def {name}({signature_text(primitive, order)}) -> {result_type(primitive)}:"
    doc = [] if order or not primitive.doc else doc_text(primitive.doc)
    body = inline_text(primitive, name) if primitive.inlined else outline_text(primitive, name)
    return [head, *indent(doc), *indent(body)]


def signature_text(primitive: Primitive, order: tuple[int, ...] | None) -> str:
    if primitive.variadic:
        tensors = [f"*{primitive.args[0]}: TensorLike"]
    else:
        places = order or range(len(primitive.public))
        tensors = [f"{primitive.public[i]}: TensorLike" for i in places]
    return ", ".join([*tensors, *(param_text(p) for p in primitive.params), "name: str | None = None"])


def param_text(parameter: Static) -> str:
    text = f"{parameter.name}: Any"
    return text if parameter.default is REQUIRED else f"{text} = {parameter.default!r}"


def result_type(primitive: Primitive) -> str:
    return "tuple[Tensor, ...]" if primitive.results else "Tensor"


def doc_text(doc: str) -> list[str]:
    lines = inspect.cleandoc(doc.replace("\\", "\\\\")).splitlines()
    if len(lines) == 1:
        return [f'"""{lines[0]}"""']
    return [f'"""{lines[0]}', *lines[1:], '"""']


def give_up_text(primitive: Primitive, name: str) -> str:
    args = primitive.args[0] if primitive.variadic else "(" + "".join(a + ", " for a in primitive.public) + ")"
    frames = f", {primitive.depth + 2}" if primitive.depth > 1 else ""
    return f"return careful({name}_primitive, {args}, {params_text(primitive)}{frames})"


def params_text(primitive: Primitive) -> str:
    return "{" + ", ".join(f'"{p}": {p}' for p in primitive.param_names) + "}"


def outline_text(primitive: Primitive, name: str) -> list[str]:
    """The way to the careful path; a fused operation without a kernel runs its body where nothing listens."""
    if primitive.body is None or primitive.kernel is not None or primitive.variadic:
        return [give_up_text(primitive, name)]
    tensors = " and ".join(f"type({arg}) is Tensor" for arg in primitive.public)
    keywords = [f"{p}={p}" for p in primitive.param_names]
    return [
        f"if current() is None and {tensors}:",
        *indent(canonical_text(primitive, name, list(primitive.public), keywords)),
        f"    return {name}_body({', '.join([*primitive.public, *keywords])})",
        give_up_text(primitive, name),
    ]


def inline_text(primitive: Primitive, name: str) -> list[str]:
    args = primitive.public
    give_up = give_up_text(primitive, name)
    lines = [
        "context = current()",
        "if context is None:",
        "    tape = None",
        "else:",
        "    tape = context.lone",
        "    if tape is None:",
        f"        {give_up}",
    ]
    for position in range(len(args)):
        lines += unpack_text(primitive, position, give_up)
    lines += ["out = Tensor()", "try:", *indent(kernel_text(primitive, name)), "except MISFIT:", f"    {give_up}"]
    lines += [
        "if tape is None:",
        "    out.id = 0",
        "    return out",
        "site = context.site",
        "if site is None:",
        f"    frame = getframe({primitive.depth})",
        "    code = frame.f_code",
        "    offset = frame.f_lasti",
        "else:",
        "    code, offset = site",
    ]
    return lines + record_text(primitive, name)


def unpack_text(primitive: Primitive, position: int, give_up: str) -> list[str]:
    """The array (or number) and the identity of one argument."""
    arg, args = primitive.public[position], primitive.public
    numbers = [args[i] for i, a in enumerate(primitive.args) if a in primitive.numbers]
    lines = [
        f"kind = type({arg})",
        "if kind is Tensor:",
        f"    {arg}_value = {arg}.value",
        f"    {arg}_id = {arg}.id",
        "elif kind is Variable:",
        f"    {arg}_value = {arg}.value_",
        f"    {arg}_id = 0 if tape is None else {arg}.read_id if {arg}.reader == tape.serial else tape.read({arg})",
    ]
    if arg in numbers:
        lines += ["elif kind is float or kind is int:"]
        if arg == numbers[-1]:
            all_numbers = " and ".join(f"{other}_id == NUMBER" for other in numbers[:-1]) or "True"
            lines += [f"    if {all_numbers}:", f"        {give_up}"]
        lines += [f"    {arg}_value = {arg}", f"    {arg}_id = NUMBER"]
    return [*lines, "else:", f"    {give_up}"]


def kernel_text(primitive: Primitive, name: str) -> list[str]:
    values = [f"{arg}_value" for arg in primitive.public]
    if is_ufunc(primitive):  # results of rank 0 stay arrays; mixed dtypes go to the careful path
        call = f"out.value = result = {name}_kernel({', '.join([*values, 'out=...', 'casting=' + repr('no')])})"
        return [call, *excess_text(primitive, name, values)]
    keywords = [f"{p}={p}" for p in primitive.param_names]
    return [
        *canonical_text(primitive, name, values, keywords),
        *dtype_check_text(primitive, name, values),
        *same_dtype_text(primitive, name, values),
        f"out.value = result = {name}_kernel({', '.join([*values, *keywords])})",
    ]


def excess_text(primitive: Primitive, name: str, values: list[str]) -> list[str]:
    """Refuse the dtypes that NumPy's loops take and TensorFlow's operation does not; others the ufunc refuses by itself."""
    excess = excess_dtypes(primitive)
    if not excess:
        return []
    if primitive.result_dtype is not None:  # the result does not show what went in
        return dtype_check_text(primitive, name, values)
    wrong = " or ".join(f"dtype is {'BOOL' if d.kind == 'b' else 'OBJECT'}" for d in excess)
    return ["dtype = result.dtype", f"if {wrong}:", f"    raise TypeError({name!r})"]


def excess_dtypes(primitive: Primitive) -> list[np.dtype]:
    """Booleans and objects (strings: bytes have + * and an order, so that their loops run)."""
    loops = {loop[0] for loop in primitive.kernel.types}
    watched = "?O" if primitive.kernel.nin == 2 else "?"
    return [np.dtype(c) for c in watched if c in loops and primitive.dtypes is not None and np.dtype(c) not in primitive.dtypes]


def canonical_text(primitive: Primitive, name: str, values: list[str], keywords: list[str]) -> list[str]:
    """Static parameters in one spelling; None, True and False, where they are defaults, are canonical already."""
    if not primitive.canonical_rule:
        return []
    lines = [f"params = {name}_canonical({', '.join([*values, *keywords])})"]
    lines += [f"{p} = params[{p!r}]" for p in primitive.param_names]
    defaults = [p.default for p in primitive.params]
    if all(d is None or d is True or d is False for d in defaults):
        changed = " or ".join(f"{p.name} is not {p.default}" for p in primitive.params)
        return [f"if {changed}:", *indent(lines)]
    return lines


def dtype_check_text(primitive: Primitive, name: str, values: list[str]) -> list[str]:
    if primitive.dtypes is None:
        return []
    numbers = [i for i, a in enumerate(primitive.args) if a in primitive.numbers]
    first = values[0]
    if 0 in numbers:  # the first that is no number: one of them is none, else the careful path was taken
        first = values[numbers[-1]]
        for i in reversed(numbers[:-1]):
            first = f"{values[i]} if {primitive.public[i]}_id != NUMBER else {first}"
        first = f"({first})"
    return [f"if {first}.dtype not in {name}_dtypes:", f"    raise TypeError({name!r})"]


def same_dtype_text(primitive: Primitive, name: str, values: list[str]) -> list[str]:
    """Arrays that must share a dtype (a ufunc refuses by itself, Python numbers have none)."""
    first, *others = [
        v for v, a in zip(values, primitive.args, strict=True) if a in primitive.same and a not in primitive.numbers
    ] or [""]
    differ = " or ".join(f"{v}.dtype != {first}.dtype" for v in others)
    return [f"if {differ}:", f"    raise TypeError({name!r})"] if others else []


def is_ufunc(primitive: Primitive) -> bool:
    return isinstance(primitive.kernel, np.ufunc)


def record_text(primitive: Primitive, name: str) -> list[str]:
    ids = [f"{arg}_id" for arg in primitive.public]
    tail = ", ".join([*ids, "identity", "code", "offset", f"{name}_primitive"])
    near_miss = [  # for `explain`: what happened, but nothing kept alive
        *(line for arg in primitive.public for line in (f"if {arg}_id == 0:", f"    {arg}_id = name_tensor({arg})")),
        "out.id = identity = -new_id()",
        "ring = tape.ring",
        f"ring += ({tail})",
        "if len(ring) > RING:",
        "    del ring[: RING // 2]",
        "return out",
    ]
    if not primitive.differentiable:
        return near_miss
    saved = ", ".join([*(saved_text(primitive, s) for s in primitive.saved), tail])
    return [
        "tracked = tape.tracked",
        f"if {' or '.join(i + ' in tracked' for i in ids)}:",
        "    out.id = identity = new_id()",
        "    tracked.add(identity)",
        "    records = tape.records",
        f"    records += ({saved})",
        "    return out",
        *near_miss,
    ]


def saved_text(primitive: Primitive, name: str) -> str:
    if name == "y":
        return "result"
    if name in primitive.args:
        return f"{public_of(primitive, name)}_value"
    for ending in ("_shape", "_dtype"):
        arg = name.removesuffix(ending)
        if name.endswith(ending) and arg in primitive.args:
            public = public_of(primitive, arg)  # only a tracked argument's shape is ever used; a number has none
            attribute = f"{public}_value.{ending[1:]}"
            return f"{attribute} if {public}_id != NUMBER else None" if arg in primitive.numbers else attribute
    return name


def public_of(primitive: Primitive, arg: str) -> str:
    return primitive.public[primitive.args.index(arg)]


# -- one step of the backward sweep -----------------------------------------------------------------------
def has_back_text(primitive: Primitive) -> bool:
    return not (primitive.variadic or primitive.results or primitive.joint_vjp) and primitive.differentiable


def back_text(primitive: Primitive, name: str) -> list[str]:
    ids = [f"{arg}_id" for arg in primitive.args]
    lines = [f"{', '.join([*primitive.saved, *ids, 'y_id', 'code', 'offset', 'primitive'])} = record"]
    shaped = [a for a in primitive.partials if len(primitive.args) > 1 and a in primitive.saved]
    for arg in shaped:  # before the array turns into a Tensor: asking an array is cheaper
        lines += [f"{arg}_shape = {arg}.shape if type({arg}) is ndarray else getattr({arg}, 'dims', None)"]
    users = {s: [arg for arg in primitive.args if s in needed(primitive, arg)] for s in primitive.saved}
    lines += [line for s, args in users.items() if len(args) > 1 for line in revive_text(primitive, s)]
    for arg in primitive.args:
        step = contribution_text(primitive, name, arg)
        if step:
            own = [s for s, args in users.items() if args == [arg]]
            step = [line for s in own for line in revive_text(primitive, s)] + step
            step += [f"grads[{arg}_id] = accumulate(grads[{arg}_id], step) if {arg}_id in grads else step"]
            lines += [f"if {arg}_id in tracked:", *indent(step)]
    return [f"def {name}_back(grads: dict, tracked: set, g: Any, record: list) -> None:", *indent(lines)]


def needed(primitive: Primitive, arg: str) -> tuple[str, ...]:
    """What the rule for this argument names."""
    if arg in primitive.vjps:
        return parameter_names(primitive.vjps[arg])
    partial = primitive.partials.get(arg)
    return partial.names if isinstance(partial, Partial) else ()


def revive_text(primitive: Primitive, name: str) -> list[str]:
    """A saved array becomes a Tensor again, under its old identity."""
    if name != "y" and name not in primitive.args:
        return []
    return [
        f"if type({name}) is ndarray:",
        f"    array = {name}",
        f"    {name} = Tensor()",
        f"    {name}.value = array",
        f"    {name}.id = {name}_id",
    ]


def contribution_text(primitive: Primitive, name: str, arg: str) -> list[str]:
    if arg in primitive.vjps:
        call = f"{name}_vjp_{arg}({', '.join(parameter_names(primitive.vjps[arg]))})"
        return [f"step = {call}"]
    if arg not in primitive.partials:
        return []
    lines = product_text(primitive, name, arg)
    if len(primitive.args) > 1:
        lines += [f"if step.dims != {arg}_shape:", f"    step = sum_to(step, {arg}_shape)"]
    return lines


def product_text(primitive: Primitive, name: str, arg: str) -> list[str]:
    partial = primitive.partials[arg]
    if partial is ONE:
        return ["step = g"]
    if partial is MINUS_ONE:
        return ["step = negative(g)"]
    factor = f"{name}_d_{arg}({', '.join(partial.names)})"
    if partial.kind == "mask":
        return [f"step = select({factor}, g, 0.0)"]
    lines = [f"factor = {factor}"]
    if primitive.takes_complex:
        lines += ['if g.kind == "c":', "    factor = conj_factor(factor)"]
    return [*lines, f"step = {PRODUCTS[partial.kind]}(g, factor)"]


# -- a family's file --------------------------------------------------------------------------------------
HEADER = '''"""Written by `make calls` from the declarations of the {family} family.  Do not edit."""
# fmt: off
# ruff: noqa
# pyright: basic, reportUndefinedVariable=false, reportPossiblyUnbound=false, reportOptionalMemberAccess=false
from __future__ import annotations

from typing import Any

from ...core.calls import *
from ...core.calls import TensorLike
'''


def module_text(family: str, primitives: list[Primitive]) -> str:
    """The text of `ops/_calls/<family>.py`."""
    parts = [HEADER.format(family=family)]
    for primitive in primitives:
        parts.append("\n".join(function_text(primitive, primitive.name)))
        if has_back_text(primitive):
            parts.append("\n".join(back_text(primitive, primitive.name)))
    parts.append("__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name")
    return "\n\n\n".join(parts) + "\n"


def operators_text(methods: list[tuple[str, Primitive, tuple[int, ...] | None]]) -> str:
    """The text of `ops/_calls/operators.py`."""
    parts = [HEADER.format(family="operators")]
    parts += ["\n".join(function_text(primitive, method, order)) for method, primitive, order in methods]
    parts.append("__name__ = None  # type: ignore  # NumPy's C code warns in no module without a name")
    return "\n\n\n".join(parts) + "\n"
