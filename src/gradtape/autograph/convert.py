"""Functions rewritten by diastatic-malt, loaded on first use; the new code keeps the file and the lines of the old."""

from __future__ import annotations
import __future__

import ast
import builtins
import dis
import functools
import inspect
import sys
import types
import weakref
from collections.abc import Callable
from enum import Enum
from functools import cache
from importlib import import_module
from importlib.util import find_spec  # diastatic-malt uses importlib.util without importing it
from types import CellType, CodeType, FunctionType
from typing import Any

from ..autodiff.sources import logger
from ..core.context import TRANSPARENT
from ..core.tensor import Tensor, to_tensor
from ..core.variable import Variable
from ..ops.basic import cast
from ..ops.create import range_of
from ..ops.create import shape as shape_of
from . import branches, loops, values
from .loops import tensor_range
from .values import opened

LIBRARIES = frozenset(
    ("gradtape", "keras", "keras_gradtape", "numpy", "scipy", "malt", "optree", "ml_dtypes", "tensorflow", "matplotlib", "pandas", "PIL",
     "sklearn", "pytest", "_pytest", "absl", "tqdm", "rich", "torch", "jax")
)  # fmt: skip
FUTURE = __future__.annotations.compiler_flag
converted_code: weakref.WeakKeyDictionary[CodeType, CodeType | None] = weakref.WeakKeyDictionary()


# -- diastatic-malt -----------------------------------------------------------------------------------------------------
@cache
def parts() -> Any:
    """What is used of diastatic-malt."""
    if find_spec("malt") is None:
        raise ImportError(
            "Python's if, while and for on tensors inside tf.function need the package diastatic-malt: pip install diastatic-malt, or write "
            "tf.cond and tf.while_loop with tf.function(autograph=False)."
        )
    names = ("impl.api", "core.converter", "pyct.transpiler", "pyct.parser", "pyct.anno", "pyct.ast_util", "operators.py_builtins",
             "operators.function_wrappers", "pyct.inspect_utils")  # fmt: skip
    return types.SimpleNamespace(**{name.rpartition(".")[2]: import_module(f"malt.{name}") for name in names})


@cache
def operators() -> Any:
    """The module that converted code knows as ag__."""
    malt = parts()
    module = types.ModuleType("ag__")
    for source in (branches, loops, values):
        module.__dict__.update({k: v for k, v in vars(source).items() if not k.startswith("__")})
    module.__dict__.update(
        converted_call=converted_call,
        ConversionOptions=malt.converter.ConversionOptions,
        STD=malt.converter.STANDARD_OPTIONS,
        Feature=malt.converter.Feature,
        FunctionScope=malt.function_wrappers.FunctionScope,
        with_function_scope=malt.function_wrappers.with_function_scope,
        autograph_artifact=lambda f, extras=None: f,
    )
    module.__dict__["UndefinedReturnValue"] = values.UndefinedReturnValue
    return module


@cache
def transpiler() -> Any:
    return parts().api.PyToPy()


def options() -> Any:
    malt = parts()
    features = (malt.converter.Feature.ASSERT_STATEMENTS, malt.converter.Feature.EQUALITY_OPERATORS)
    return malt.converter.ProgramContext(options=malt.converter.ConversionOptions(recursive=True, optional_features=features[:1]))


# -- one function -------------------------------------------------------------------------------------------------------
def converted(function: FunctionType) -> FunctionType:
    """The function with its control flow as calls of our operators; the same one, where it cannot be rewritten."""
    code = function.__code__
    if code not in converted_code:
        converted_code[code] = rewritten(function)
    new = converted_code[code]
    if new is None:
        return function
    cells = dict(zip(code.co_freevars, function.__closure__ or (), strict=True))
    cells["ag__"] = CellType(operators())
    closure = tuple(cells[name] for name in new.co_freevars)
    out = FunctionType(new, function.__globals__, function.__name__, function.__defaults__, closure)
    out.__kwdefaults__ = function.__kwdefaults__
    out.__qualname__ = function.__qualname__
    return out


def rewritten(function: FunctionType) -> CodeType | None:
    """The new code; None, with one explanation, where there is no source or it cannot be rewritten."""
    malt = parts()
    try:
        nodes, context = malt.transpiler.GenericTranspiler.transform_function(transpiler(), function, options())
    except (
        OSError,
        ValueError,
        TypeError,
        NotImplementedError,
        SyntaxError,
        AttributeError,
        KeyError,
        AssertionError,
        *errors(),
    ) as error:
        if function.__name__ != "<lambda>" or may_branch(function.__code__):
            logger().warning(
                "autograph could not convert %s and runs it as it is: %s",
                function.__qualname__,
                str(error).strip().split("\n")[0],
            )
        return None
    return compiled(function, nodes, context.info.name)


@cache
def errors() -> tuple[type[Exception], ...]:
    found = import_module("malt.pyct.errors")
    return (found.PyCTError,)


def compiled(function: FunctionType, nodes: Any, name: str) -> CodeType:
    malt, code = parts(), function.__code__
    if isinstance(nodes, ast.Lambda):
        nodes = ast.Assign(targets=[ast.Name(name, ctx=ast.Store())], value=nodes)
    else:
        nodes.name, nodes.decorator_list = name, []
    tree = ast.parse(malt.parser.unparse(nodes, include_encoding_marker=False))
    place(nodes, tree.body[0], malt)
    body = tree.body[0]
    outer = ast.parse(f"def outer({', '.join(['ag__', *code.co_freevars])}):\n pass\n").body[0]
    outer.body = [body]  # type: ignore[union-attr]
    located(outer, code.co_firstlineno)
    module = ast.Module([outer], [])
    whole = compile(module, code.co_filename, "exec", flags=code.co_flags & FUTURE, dont_inherit=True)
    outer_code = next(c for c in whole.co_consts if isinstance(c, CodeType))
    inner = next(c for c in outer_code.co_consts if isinstance(c, CodeType) and c.co_name in (name, "<lambda>"))
    return inner.replace(co_name=code.co_name, co_qualname=code.co_qualname)


def place(before: Any, after: Any, malt: Any) -> None:
    """Give the nodes of the new tree the lines that they come from."""
    for old, new in malt.ast_util.parallel_walk(before, after):
        if not isinstance(new, ast.AST):
            continue
        origin = malt.anno.getanno(old, malt.anno.Basic.ORIGIN, default=None)
        vars(new)["origin_line"] = None if origin is None else origin.loc.lineno


def located(node: ast.AST, line: int) -> None:
    """Lines for every node: its own, else that of what it stands in."""
    line = getattr(node, "origin_line", None) or line
    if "lineno" in node._attributes:
        node.lineno = node.end_lineno = line  # type: ignore[attr-defined]
        node.col_offset = node.end_col_offset = 0  # type: ignore[attr-defined]
    for child in ast.iter_child_nodes(node):
        located(child, line)


# -- does it need it? -----------------------------------------------------------------------------------------------------
JUMPS = ("JUMP", "FOR_ITER", "SEND")


def may_branch(code: CodeType) -> bool:
    """Is there a condition or loop in the code, or in what it defines?"""
    if any(name in op.opname for op in dis.get_instructions(code) for name in JUMPS):
        return True
    return any(may_branch(c) for c in code.co_consts if isinstance(c, CodeType))


def calls_users_code(function: FunctionType) -> bool:
    """Does it name something that could call code of the user's?"""
    code, found = function.__code__, []
    closure = dict(zip(code.co_freevars, function.__closure__ or (), strict=True))
    for name in (*code.co_names, *code.co_freevars):
        if name in closure:
            try:
                found.append(closure[name].cell_contents)
            except ValueError:
                return True
        elif name in function.__globals__:
            found.append(function.__globals__[name])
        elif name in REPLACED or (name not in ATTRIBUTES and name not in vars(builtins)):
            return True
    return any(callable(x) and not is_library(x) for x in found) or any(isinstance(c, CodeType) for c in code.co_consts)


REPLACED = frozenset(("int", "float", "len", "range", "super", "eval", "locals", "globals"))
ATTRIBUTES = frozenset(
    ("GradientTape", "gradient", "watch", "assign", "assign_add", "assign_sub", "read_value", "value", "shape", "dtype", "float32", "float64",
     "int32", "int64", "apply_gradients", "trainable_variables", "trainable_weights", "update_state", "reduce_mean", "reduce_sum", "matmul",
     "square", "exp", "math", "nn", "random", "linalg", "constant", "cast", "reshape", "T", "numpy", "jacobian", "batch_jacobian")
)  # fmt: skip


def is_library(x: Any) -> bool:
    module = getattr(x, "__module__", None) or getattr(type(x), "__module__", None) or ""
    root = str(module).partition(".")[0]
    return root in LIBRARIES or root in sys.stdlib_module_names or isinstance(x, (types.ModuleType, Tensor, Variable))


def for_tracing(function: Callable[..., Any]) -> Callable[..., Any]:
    """What is run in the place of a user's function while it is traced."""
    plain = function.__func__ if inspect.ismethod(function) else function
    if not isinstance(plain, FunctionType) or is_unconverted(plain) or "ag__" in plain.__code__.co_freevars:
        return function
    if not (may_branch(plain.__code__) or calls_users_code(plain)):
        return function
    new = converted(plain)
    return types.MethodType(new, function.__self__) if inspect.ismethod(function) else new


# -- calls in converted code ------------------------------------------------------------------------------------------------
UNCONVERTED = "__gradtape_do_not_convert__"


def is_unconverted(f: Any) -> bool:
    return getattr(f, UNCONVERTED, False)


def converted_call(f: Any, args: tuple[Any, ...], kwargs: dict[str, Any] | None, scope: Any = None, options: Any = None) -> Any:
    """f(*args, **kwargs), with f converted too if it is a function of the user's."""
    kwargs = kwargs or {}
    if isinstance(f, functools.partial):
        return converted_call(f.func, (*f.args, *args), {**f.keywords, **kwargs}, scope)
    own = own_meaning(f)
    if own is not None:
        return own(scope, *args, **kwargs)
    return target_of(f)(*args, **kwargs)


TRANSPARENT.add(converted_call.__code__)


def own_meaning(f: Any) -> Callable[..., Any] | None:
    try:
        return MEANINGS.get(f)
    except TypeError:  # not hashable
        return None


def target_of(f: Any) -> Any:
    """What is called in the place of f."""
    if isinstance(f, (FunctionType, types.MethodType)):
        return f if is_library(f) or inspect.isgeneratorfunction(f) or inspect.iscoroutinefunction(f) else for_tracing(f)
    if isinstance(f, type) or is_library(f) or isinstance(f, types.BuiltinFunctionType) or is_unconverted(f):
        return f
    call = inspect.getattr_static(type(f), "__call__", None)
    if isinstance(call, FunctionType) and not is_library(call):
        return for_tracing(types.MethodType(call, f))
    return f


def call_range(scope: Any, *args: Any) -> Any:
    return tensor_range(args) if any(opened(a) is not None for a in args) else range(*args)


def call_tensor_range(
    scope: Any, start: Any, limit: Any = None, delta: Any = 1, dtype: Any = None, name: str | None = None
) -> Any:
    args = (start,) if limit is None else (start, limit, delta)
    open_ = any(opened(a) is not None for a in args)
    return tensor_range(args, dtype) if open_ else range_of(start, limit, delta, dtype, name)


def call_len(scope: Any, x: Any) -> Any:
    found = opened(x)
    return len(x) if found is None or not found.ndim else found.dims[0] if type(found.dims[0]) is int else shape_of(found)[0]


def call_number(kind: type, dtype: str) -> Callable[..., Any]:
    def call(scope: Any, x: Any = 0, *rest: Any) -> Any:
        found = opened(x)
        return kind(x, *rest) if found is None else cast(to_tensor(found), dtype)

    return call


def in_callers_frame(name: str) -> Callable[..., Any]:
    def call(scope: Any, *args: Any) -> Any:
        malt = parts().py_builtins
        if name == "super":
            return malt.super_in_original_context(super, args, scope)
        if name == "eval":
            return malt.eval_in_original_context(eval, args, scope)
        return getattr(malt, f"{name}_in_original_context")(scope)

    return call


MEANINGS: dict[Any, Callable[..., Any]] = {
    range: call_range,
    range_of: call_tensor_range,
    len: call_len,
    int: call_number(int, "int32"),
    float: call_number(float, "float32"),
    super: in_callers_frame("super"),
    eval: in_callers_frame("eval"),
    locals: in_callers_frame("locals"),
    globals: in_callers_frame("globals"),
}


# -- what users ask -----------------------------------------------------------------------------------------------------------
class Feature(Enum):
    """Parts of the conversion that TensorFlow lets users choose; all of them that matter here are always on."""

    ALL = "ALL"
    AUTO_CONTROL_DEPS = "AUTO_CONTROL_DEPS"
    ASSERT_STATEMENTS = "ASSERT_STATEMENTS"
    BUILTIN_FUNCTIONS = "BUILTIN_FUNCTIONS"
    EQUALITY_OPERATORS = "EQUALITY_OPERATORS"
    LISTS = "LISTS"
    NAME_SCOPES = "NAME_SCOPES"

    @classmethod
    def all(cls) -> tuple[Feature, ...]:
        """Every feature."""
        return tuple(cls)

    @classmethod
    def all_but(cls, exclude: Any) -> tuple[Feature, ...]:
        """Every feature but these."""
        without = exclude if isinstance(exclude, (list, tuple, set)) else (exclude,)
        return tuple(feature for feature in cls if feature not in without)


def do_not_convert(func: Any = None) -> Any:
    """A function that is traced as it is written.

    >>> @tf.autograph.experimental.do_not_convert
    ... def f(x):
    ...     return x + 1
    >>> f(1)
    2
    """
    if func is None:
        return do_not_convert
    if isinstance(func, FunctionType):
        func.__dict__[UNCONVERTED] = True
        return func
    wrapper = functools.wraps(func)(lambda *args, **kwargs: func(*args, **kwargs))
    wrapper.__dict__[UNCONVERTED] = True
    return wrapper


def to_graph(
    entity: Callable[..., Any], recursive: bool = True, experimental_optional_features: Any = None
) -> Callable[..., Any]:
    """The function with Python's control flow made operations, not traced yet."""
    if not isinstance(entity, FunctionType):
        raise ValueError(
            f"tf.autograph.to_graph takes a Python function, got {type(entity).__name__}; of a tf.function, its python_function"
        )
    return converted(entity)


def source_of(function: Any) -> str:
    """The code that a function becomes."""
    if not isinstance(function, FunctionType):
        raise ValueError(
            f"tf.autograph.to_code takes a Python function, got {type(function).__name__}; of a tf.function, its python_function"
        )
    malt = parts()
    nodes, _ = malt.transpiler.GenericTranspiler.transform_function(transpiler(), function, options())
    return malt.parser.unparse(nodes, include_encoding_marker=False)


def loop_options() -> Callable[..., None]:
    """Says, as the first statement of a loop, how it runs: maximum_iterations, shape_invariants."""
    return import_module("malt.lang.directives").set_loop_options
