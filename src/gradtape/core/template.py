"""Writes each operation's public function and its step of the backward sweep, as straight lines of text.

Both are functions from a description to text.  Nothing here runs an operation.
"""

from __future__ import annotations

import inspect

import numpy as np

from .primitive import MINUS_ONE, ONE, PRODUCTS, REQUIRED, Partial, Primitive, Static, parameter_names

INDENT = "    "
EQUALITY = ("__eq__", "__ne__")  # these methods have a careful path of their own


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
    way = "compared" if name in EQUALITY else "careful"
    return f"return {way}({name}_primitive, {args}, {params_text(primitive)}{frames})"


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
    """Where nothing listens, or a lone tape does, and the arguments are of the usual kinds; whatever else goes to the careful path."""
    body = elementwise_text if is_ufunc(primitive) else structured_text
    return ["context = current()", *body(primitive, name), give_up_text(primitive, name)]


def elementwise_text(primitive: Primitive, name: str) -> list[str]:
    """The call is short, so each of the two ways has a text of its own."""
    return [
        "if context is None:",
        *indent(attempt_text(primitive, name, False)),
        "    else:",
        "        out.id = 0",
        "        return out",
        "else:",
        "    tape = context.lone",
        "    if tape is not None:",
        *indent(attempt_text(primitive, name, True), 2),
        "        else:",
        *indent(record_text(primitive, name), 3),
    ]


def structured_text(primitive: Primitive, name: str) -> list[str]:
    return [
        "tape = None if context is None else context.lone",
        "if tape is not None or context is None:",
        *indent(attempt_text(primitive, name, None)),
        "    else:",
        "        if tape is None:",
        "            out.id = 0",
        "            return out",
        *indent(record_text(primitive, name), 2),
    ]


def attempt_text(primitive: Primitive, name: str, taped: bool | None) -> list[str]:
    """Look at the arguments and run the kernel; `taped` is None where the text must do for both ways."""
    lines = [line for k in range(len(primitive.public)) for line in unpack_text(primitive, k, taped)]
    lines += ["out = Tensor()", *kernel_text(primitive, name)]
    return ["try:", *indent(lines), "except MISFIT:", "    pass"]


def unpack_text(primitive: Primitive, position: int, taped: bool | None) -> list[str]:
    """The array (or number) and, for a tape, the identity of one argument."""
    arg = primitive.public[position]
    operand = operand_of(primitive, arg)
    target = operand if taped is False or operand == f"{arg}_value" else f"{operand} = {arg}_value"
    lines = [f"if type({arg}) is Tensor:", f"    {target} = {arg}.value"]
    lines += [f"    {arg}_id = {arg}.id"] if taped is not False else []
    lines += ["else:", f"    form = type({arg})", "    if form is Variable:", f"        {target} = {arg}.value_"]
    if taped is not False:
        reading = f"{arg}.read_id if {arg}.reader == tape.serial else tape.read({arg})"
        lines += [f"        {arg}_id = {reading if taped else f'0 if tape is None else {reading}'}"]
    lines += indent(number_text(primitive, arg, taped))
    return [*lines, "    else:", f"        raise TypeError({arg!r})"]


def number_text(primitive: Primitive, arg: str, taped: bool | None) -> list[str]:
    """A Python number takes the dtype of an array; one argument must be an array."""
    numbers = [primitive.public[i] for i, a in enumerate(primitive.args) if a in primitive.numbers]
    if arg not in numbers:
        return []
    lines = [f"{arg}_value = {arg}"] if taped is not False or not is_ufunc(primitive) else []
    lines += [f"{arg}_id = NUMBER"] if taped is not False else []
    if is_ufunc(primitive):  # as an array, made once: NumPy takes as long to make one as to add two
        other = next(n for n in numbers if n != arg)
        operand, table = operand_of(primitive, arg), "(FLOATS if form is float else INTS)"
        if numbers.index(arg) > 0:
            lines += [f"{operand} = {table}[{operand_of(primitive, other)}.dtype][{arg}]"]
        else:
            array = f"{other}.value if type({other}) is Tensor else {other}.value_ if type({other}) is Variable else NOTHING"
            lines += [f"{operand} = {table}[({array}).dtype][{arg}]"]
    elif arg == numbers[-1]:
        all_numbers = " and ".join(f"{other}_id == NUMBER" for other in numbers[:-1]) or "True"
        lines += [f"if {all_numbers}:", f"    raise TypeError({arg!r})"]
    return ["elif form is float or form is int:", *indent(lines)]


def operand_of(primitive: Primitive, arg: str) -> str:
    """What the kernel gets: where a number may stand, its array; a tape saves the number itself."""
    number = is_ufunc(primitive) and primitive.args[primitive.public.index(arg)] in primitive.numbers
    return f"{arg}_array" if number else f"{arg}_value"


def kernel_text(primitive: Primitive, name: str) -> list[str]:
    if is_ufunc(primitive):  # results of rank 0 stay arrays; mixed dtypes go to the careful path
        arrays = [operand_of(primitive, arg) for arg in primitive.public]
        call = f"out.value = result = {name}_kernel({', '.join([*arrays, 'out=...', 'casting=' + repr('no')])})"
        return [call, *excess_text(primitive, name, arrays)]
    values = [f"{arg}_value" for arg in primitive.public]
    keywords = [f"{p}={p}" for p in primitive.param_names]
    return [
        *canonical_text(primitive, name, values, keywords),
        *dtype_check_text(primitive, name, values),
        *same_dtype_text(primitive, name, values),
        f"out.value = result = {name}_kernel({', '.join([*values, *keywords])})",
    ]


def excess_text(primitive: Primitive, name: str, values: list[str]) -> list[str]:
    """Refuse the dtypes that NumPy's loops take and TensorFlow's operation does not; others the ufunc refuses by itself.

    These are booleans, and strings, which are objects to NumPy, where they are compared.
    """
    if primitive.dtypes is None:
        return []
    loops = {loop[0] for loop in primitive.kernel.types}
    excess = [c for c in "?O" if c in loops and np.dtype(c) not in primitive.dtypes]
    if primitive.result_dtype is not None and excess:  # the result does not show what went in
        return [f"if {values[0]}.dtype not in {name}_dtypes:", f"    raise TypeError({name!r})"]
    return ["if result.dtype is BOOL:", f"    raise TypeError({name!r})"] if "?" in excess else []


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
    saved = [saved_text(primitive, s) for s in primitive.saved]
    near_miss = [  # for `explain`: what happened, but nothing kept alive
        *(line for arg in primitive.public for line in (f"if {arg}_id == 0:", f"    {arg}_id = name_tensor({arg})")),
        "out.id = identity = -new_id()",
        "ring = tape.ring",
        *written_text(primitive, name, "ring", ids),
        "if len(ring) > RING:",
        "    del ring[: RING // 2]",
        "return out",
    ]
    if not primitive.differentiable:
        return near_miss
    return [
        "tracked = tape.tracked",
        f"if {' or '.join(i + ' in tracked' for i in ids)}:",
        "    out.id = identity = new_id()",
        "    tracked.add(identity)",
        "    records = tape.records",
        *indent(written_text(primitive, name, "records", [*saved, *ids])),
        "    return out",
        *near_miss,
    ]


def written_text(primitive: Primitive, name: str, where: str, slots: list[str]) -> list[str]:
    """Append a record; the user's line is the caller's, unless a library function has pushed another."""
    head = ", ".join([*slots, "identity"])
    return [
        "site = context.site",
        "if site is None:",
        f"    frame = getframe({primitive.depth})",
        f"    {where} += ({head}, frame.f_code, frame.f_lasti, {name}_primitive)",
        "else:",
        f"    {where} += ({head}, *site, {name}_primitive)",
    ]


def saved_text(primitive: Primitive, name: str) -> str:
    if name == "y":
        return "result"
    if name in primitive.args:
        return f"{public_of(primitive, name)}_value"
    for ending in ("_shape", "_dtype"):
        arg = name.removesuffix(ending)
        if name.endswith(ending) and arg in primitive.args:
            public = public_of(primitive, arg)
            attribute = f"{public}_value.{ending[1:]}"
            if primitive.elementwise:  # only a tracked argument's is ever used, and a number is none: asking costs more than this
                return f"{attribute} if {public}_id in tracked else None"
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


# -- one step of forward mode: written when an accumulator first meets the operation -----------------------
def push_text(primitive: Primitive, name: str) -> list[str]:
    """The tangent of y from the tangents of an elementwise operation's arguments (None: constant)."""
    tangents = [f"{arg}_t" for arg in primitive.args]
    lines = ["out = None"] if len(primitive.args) > 1 else []
    for arg in primitive.args:
        if arg in primitive.partials:
            term = forward_term_text(primitive, name, arg)
            if len(primitive.args) > 1:
                lines += [f"if {arg}_t is not None:", *indent([*term, "out = term if out is None else add(out, term)"])]
            else:
                lines += [*term, "out = term"]
    lines += ["return out if out is None or out.dims == y.dims else broadcast_to(out, y.dims)"]
    return [f"def {name}_push({', '.join(['y', *tangents, *primitive.args])}):", *indent(lines)]


def forward_term_text(primitive: Primitive, name: str, arg: str) -> list[str]:
    partial = primitive.partials[arg]
    if partial is ONE:
        return [f"term = {arg}_t"]
    if partial is MINUS_ONE:
        return [f"term = negative({arg}_t)"]
    factor = f"{name}_d_{arg}({', '.join(partial.names)})"
    if partial.kind == "mask":
        return [f"term = select({factor}, {arg}_t, 0.0)"]
    lines = [f"factor = {factor}"]
    if primitive.takes_complex:
        lines += [
            f'if {arg}_t.kind == "c" and isinstance(factor, Tensor) and factor.kind != "c":',
            "    factor = conj_factor(factor)",
        ]
    return [*lines, f"term = {PRODUCTS[partial.kind]}({arg}_t, factor)"]


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
