"""oneDNN through its C interface: layouts, primitives with post-operations, calls.

The numbers are those of oneDNN 3.2's headers (oneapi/dnnl/dnnl_types.h), which stay the same within version 3. Extents and axes
are in the library's own order: (batch, channels, *spatial) for images, ([groups,] out, in, *kernel) for filters.
"""

from __future__ import annotations

import ctypes
import importlib.metadata
import os
import weakref
from collections.abc import Callable, Sequence
from ctypes import c_char_p, c_float, c_int, c_int64, c_size_t, c_uint, c_void_p
from functools import lru_cache
from math import prod
from pathlib import Path
from typing import Any, NamedTuple

import ml_dtypes
import numpy as np

from . import threads

DISTRIBUTION, FILE = "onednn-cpu-gomp", "libdnnl.so.3"
VERSIONS = range(2, 100)  # minor versions of 3 whose numbers are known to be these
MOST_AXES = 12
DTYPES = {
    np.dtype(np.float16): 1,
    np.dtype(ml_dtypes.bfloat16): 2,
    np.dtype(np.float32): 3,
    np.dtype(np.int32): 4,
    np.dtype(np.int8): 5,
    np.dtype(np.uint8): 6,
}

# dnnl_prop_kind_t
TRAINING, INFERENCE, BACKWARD, BACKWARD_DATA = 64, 96, 128, 160
# dnnl_alg_kind_t
DIRECT = 1
RELU, TANH, ELU, SQUARE, ABS, SQRT, LINEAR, SOFTPLUS, HARD_SIGMOID, SIGMOID, EXP, GELU_TANH, SWISH, LOG, CLIP, _, _, GELU = range(
    32, 50
)
MAXIMUM, MEAN_OF_ALL, MEAN = 0x1FF, 0x2FF, 0x3FF
ADD, MULTIPLY, LARGER, SMALLER, DIVIDE, SUBTRACT = range(0x1FFF0, 0x1FFF6)
SOFTMAX, LOG_SOFTMAX = 0x30000, 0x30001
# dnnl_normalization_flags_t
USE_STATISTICS, USE_SCALE, USE_SHIFT, USE_RELU = 1, 2, 4, 8
# DNNL_ARG_*
SRC, SRC_1, DST, WEIGHTS, BIAS, MEAN_OF, VARIANCE, SCALE, SHIFT, WORKSPACE, SCRATCHPAD = 1, 2, 17, 33, 41, 49, 50, 51, 52, 64, 80
DIFF_SRC, DIFF_DST, DIFF_WEIGHTS, DIFF_BIAS, DIFF_SCALE, DIFF_SHIFT = 129, 145, 161, 169, 255, 256
POST_OPERATION = 32768  # times (position + 1), plus SRC_1: the operand of a binary post-operation
# dnnl_query_t, dnnl_format_tag_t, dnnl_scratchpad_mode_t, dnnl_fpmath_mode_t
QUERY_ARGUMENT, QUERY_IMPLEMENTATION = 255, 8
ANY_TAG, OWN_SCRATCH, CPU, IN_ORDER = 1, 1, 1, 1
MATH_MODES = {"strict": 0, "bfloat16": 1, "float16": 2, "any": 3}

# What dnnl_<kind>_primitive_desc_create takes between the engine and the attributes: a number (i int, u unsigned, f float),
# a layout (m, None where there is none), extents (d), the primitive of the forward pass (h)
KINDS = {
    "matmul": "mmmm",
    "convolution_forward": "iimmmmdddd",
    "convolution_backward_data": "immmddddh",
    "convolution_backward_weights": "immmmddddh",
    "deconvolution_forward": "iimmmmdddd",
    "pooling_forward": "iimmddddd",
    "pooling_backward": "immdddddh",
    "softmax_forward": "iimmi",
    "softmax_backward": "immmih",
    "eltwise_forward": "iimmff",
    "eltwise_backward": "immmffh",
    "binary": "immm",
    "layer_normalization_forward": "immmfu",
    "layer_normalization_backward": "immmmfuh",
    "batch_normalization_forward": "immfu",
    "batch_normalization_backward": "immmfuh",
}
C_TYPES = {"i": c_int, "u": c_uint, "f": c_float, "m": c_void_p, "d": c_void_p, "h": c_void_p}
FUNCTIONS = {
    "engine_create": (c_void_p, c_int, c_size_t),
    "stream_create": (c_void_p, c_void_p, c_uint),
    "memory_desc_create_with_strides": (c_void_p, c_int, c_void_p, c_int, c_void_p),
    "memory_desc_create_with_tag": (c_void_p, c_int, c_void_p, c_int, c_int),
    "memory_desc_clone": (c_void_p, c_void_p),
    "memory_desc_destroy": (c_void_p,),
    "memory_create": (c_void_p, c_void_p, c_void_p, c_void_p),
    "memory_destroy": (c_void_p,),
    "memory_set_data_handle": (c_void_p, c_void_p),
    "primitive_attr_create": (c_void_p,),
    "primitive_attr_destroy": (c_void_p,),
    "primitive_attr_set_scratchpad_mode": (c_void_p, c_int),
    "primitive_attr_set_fpmath_mode": (c_void_p, c_int),
    "primitive_attr_set_post_ops": (c_void_p, c_void_p),
    "post_ops_create": (c_void_p,),
    "post_ops_destroy": (c_void_p,),
    "post_ops_append_eltwise": (c_void_p, c_int, c_float, c_float),
    "post_ops_append_binary": (c_void_p, c_int, c_void_p),
    "post_ops_append_sum": (c_void_p, c_float, c_int, c_int),
    "reorder_primitive_desc_create": (c_void_p,) * 6,
    "primitive_desc_destroy": (c_void_p,),
    "primitive_create": (c_void_p, c_void_p),
    "primitive_destroy": (c_void_p,),
    "primitive_execute": (c_void_p, c_void_p, c_int, c_void_p),
    **{f"{kind}_primitive_desc_create": (c_void_p, c_void_p, *map(C_TYPES.get, text), c_void_p) for kind, text in KINDS.items()},
}


class Unsupported(RuntimeError):
    """oneDNN has no implementation of this, or refuses it: the caller takes another way."""


# -- the library ------------------------------------------------------------------------------------------------
class Version(ctypes.Structure):
    _fields_ = [("major", c_int), ("minor", c_int), ("patch", c_int), ("hash", c_char_p), ("cpu", c_uint), ("gpu", c_uint)]


class Library:
    """libdnnl with its one engine and its one stream, which threads may share: a stream of the processor keeps no state."""

    def __init__(self, path: Path):
        self.dll = ctypes.CDLL(str(path))
        self.dll.dnnl_version.restype = ctypes.POINTER(Version)
        found = self.dll.dnnl_version().contents
        self.version = f"{found.major}.{found.minor}.{found.patch}"
        if found.major != 3 or found.minor not in VERSIONS:
            raise OSError(f"oneDNN {self.version} is not 3.2 or a later 3")
        self.functions = {name: self.function(name, types) for name, types in FUNCTIONS.items()}
        self.dll.dnnl_memory_desc_get_size.restype = c_size_t
        self.dll.dnnl_memory_desc_get_size.argtypes = (c_void_p,)
        self.dll.dnnl_memory_desc_equal.argtypes = (c_void_p, c_void_p)
        self.dll.dnnl_primitive_desc_query.argtypes = (c_void_p, c_int, c_int, c_void_p)
        self.engine = self.make("engine_create", CPU, 0)
        self.stream = self.make("stream_create", self.engine, IN_ORDER)

    def function(self, name: str, types: tuple[Any, ...]) -> Callable[..., int]:
        function = self.dll[f"dnnl_{name}"]
        function.argtypes = types
        return function

    def address(self, name: str) -> int:
        """Where dnnl_<name> stands in memory, for generated code to call it."""
        return ctypes.cast(self.dll[f"dnnl_{name}"], c_void_p).value or 0

    def call(self, name: str, *args: Any) -> None:
        status = self.functions[name](*args)
        if status:
            raise Unsupported(f"dnnl_{name} gives status {status}")

    def make(self, name: str, *args: Any) -> int:
        """The object that a function makes in the place that its first argument points to."""
        out = c_void_p()
        self.call(name, ctypes.byref(out), *args)
        return out.value or 0


def location() -> Path | None:
    """Where the distribution keeps the library, None if it is not installed."""
    try:
        files = importlib.metadata.files(DISTRIBUTION) or []
    except importlib.metadata.PackageNotFoundError:
        return None
    found = [Path(str(file.locate())) for file in files if file.name == FILE]
    return found[0] if found and found[0].exists() else None


@lru_cache(1)
def load() -> Library | str:
    """The library, or a sentence that says why there is none."""
    for switch in ("GRADTAPE_ONEDNN", "GRADTAPE_NATIVE"):
        if os.environ.get(switch) == "0":
            return f"switched off by {switch}=0"
    path = location()
    if path is None:
        return f"the distribution {DISTRIBUTION} is not installed"
    if isinstance(threads.load(), str):  # first, for what happens at a fork
        return f"it needs libgomp: {threads.load()}"
    try:
        return Library(path)
    except OSError as error:
        return str(error)


def find() -> Library | None:
    found = load()
    return found if isinstance(found, Library) else None


def library() -> Library:
    found = load()
    if isinstance(found, str):
        raise Unsupported(found)
    return found


# -- layouts ----------------------------------------------------------------------------------------------------
class Layout:
    """Extents, element type, and where in memory each element lies."""

    def __init__(self, address: int, shape: tuple[int, ...], dtype: np.dtype):
        self.address, self.shape, self.dtype = address, shape, dtype
        self.nbytes: int = library().dll.dnnl_memory_desc_get_size(address)
        weakref.finalize(self, library().functions["memory_desc_destroy"], address).atexit = False

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Layout) and bool(library().dll.dnnl_memory_desc_equal(self.address, other.address))

    def __hash__(self) -> int:
        return hash((self.shape, self.dtype, self.nbytes))

    def memory(self) -> int:
        """The address of a new memory object without data; `free_memory` ends it."""
        return library().make("memory_create", self.address, library().engine, None)


def free_memory(address: int) -> None:
    library().call("memory_destroy", address)


def extents(numbers: Sequence[int]) -> ctypes.Array:
    return (c_int64 * MOST_AXES)(*numbers)


def code(dtype: np.dtype) -> int:
    found = DTYPES.get(dtype)
    if found is None:
        raise Unsupported(f"oneDNN has no {dtype}")
    return found


def plain(shape: Sequence[int], dtype: np.dtype, order: Sequence[int] | None = None) -> Layout:
    """Elements side by side; `order` names the axes from the outermost in memory to the innermost."""
    steps, step = [0] * len(shape), 1
    for axis in reversed(order if order is not None else range(len(shape))):
        steps[axis] = step
        step *= shape[axis]
    return strided(shape, dtype, steps)


@lru_cache(4096)
def strided_layout(shape: tuple[int, ...], dtype: np.dtype, steps: tuple[int, ...]) -> Layout:
    if not 0 < len(shape) <= MOST_AXES or prod(shape) == 0:
        raise Unsupported(f"no layout for the shape {shape}")
    made = library().make("memory_desc_create_with_strides", len(shape), extents(shape), code(dtype), extents(steps))
    return Layout(made, shape, dtype)


def strided(shape: Sequence[int], dtype: np.dtype, steps: Sequence[int]) -> Layout:
    """An element every so many elements along each axis."""
    return strided_layout(tuple(shape), dtype, tuple(steps))


def free(shape: Sequence[int], dtype: np.dtype) -> Layout:
    """Left to the primitive, which says what it wants (`Primitive.layout`)."""
    return Layout(
        library().make("memory_desc_create_with_tag", len(shape), extents(shape), code(dtype), ANY_TAG), tuple(shape), dtype
    )


# -- primitives ---------------------------------------------------------------------------------------------------
class Eltwise(NamedTuple):
    """y = f(y), after the primitive's own work."""

    algorithm: int
    alpha: float = 0.0
    beta: float = 0.0


class Binary(NamedTuple):
    """y = f(y, operand), the operand broadcasting."""

    algorithm: int
    operand: Layout


class Sum(NamedTuple):
    """y = y + scale * what the result's memory held before."""

    scale: float = 1.0


def attributes(post: Sequence[Eltwise | Binary | Sum], math: str) -> int:
    lib = library()
    made = lib.make("primitive_attr_create")
    lib.call("primitive_attr_set_scratchpad_mode", made, OWN_SCRATCH)
    lib.call("primitive_attr_set_fpmath_mode", made, MATH_MODES[math])
    if post:
        chain = lib.make("post_ops_create")
        for operation in post:
            append(chain, operation)
        lib.call("primitive_attr_set_post_ops", made, chain)
        lib.call("post_ops_destroy", chain)
    return made


def append(chain: int, operation: Eltwise | Binary | Sum) -> None:
    lib = library()
    match operation:
        case Eltwise(algorithm, alpha, beta):
            lib.call("post_ops_append_eltwise", chain, algorithm, alpha, beta)
        case Binary(algorithm, operand):
            lib.call("post_ops_append_binary", chain, algorithm, operand.address)
        case Sum(scale):
            lib.call("post_ops_append_sum", chain, scale, 0, 0)


class Primitive:
    """Compiled work on given layouts: a kind of KINDS with its arguments. Made for the present number of threads."""

    def __init__(self, kind: str, *args: Any, post: Sequence[Eltwise | Binary | Sum] = (), math: str = "strict"):
        lib = library()
        threads.prepare()
        attr = attributes(post, math)
        try:
            if kind == "reorder":
                source, target = args
                self.descriptor = lib.make(
                    "reorder_primitive_desc_create", source.address, lib.engine, target.address, lib.engine, attr
                )
            else:
                plain_args = [argument(letter, x) for letter, x in zip(KINDS[kind], args, strict=True)]
                self.descriptor = lib.make(f"{kind}_primitive_desc_create", lib.engine, *plain_args, attr)
        finally:
            lib.call("primitive_attr_destroy", attr)
        weakref.finalize(self, lib.functions["primitive_desc_destroy"], self.descriptor).atexit = False
        self.address = lib.make("primitive_create", self.descriptor)
        weakref.finalize(self, lib.functions["primitive_destroy"], self.address).atexit = False
        self.kind = kind
        scratch = self.query(SCRATCHPAD)
        self.scratch = 0 if scratch is None else lib.dll.dnnl_memory_desc_get_size(scratch)

    def query(self, argument: int) -> int | None:
        out = c_void_p()
        status = library().dll.dnnl_primitive_desc_query(self.descriptor, QUERY_ARGUMENT, argument, ctypes.byref(out))
        return None if status else out.value

    def layout(self, argument: int, shape: Sequence[int], dtype: np.dtype) -> Layout:
        """What the primitive wants an argument of this shape to be."""
        wanted = self.query(argument)
        if not wanted:
            raise Unsupported(f"{self.kind} has no argument {argument}")
        return Layout(library().make("memory_desc_clone", wanted), tuple(shape), dtype)

    @property
    def scratch_layout(self) -> Layout:
        return self.layout(SCRATCHPAD, (self.scratch,), np.dtype(np.uint8))

    @property
    def implementation(self) -> str:
        out = c_char_p()
        library().dll.dnnl_primitive_desc_query(self.descriptor, QUERY_IMPLEMENTATION, 0, ctypes.byref(out))
        return (out.value or b"").decode()


def argument(letter: str, x: Any) -> Any:
    match letter:
        case "m" | "h":
            return None if x is None else x.descriptor if isinstance(x, Primitive) else x.address
        case "d":
            return extents(x)
    return x


def reorder(source: Layout, target: Layout) -> Primitive:
    return Primitive("reorder", source, target)


# -- calls --------------------------------------------------------------------------------------------------------
class ExecArg(ctypes.Structure):
    _fields_ = [("number", c_int), ("memory", c_void_p)]


class Call:
    """A primitive with memory objects of its own, for one call at a time."""

    def __init__(self, primitive: Primitive, arguments: Sequence[tuple[int, Layout]]):
        self.primitive = primitive
        self.memories = [layout.memory() for _, layout in arguments]
        self.arguments = (ExecArg * len(arguments))(*(
            ExecArg(number, memory) for (number, _), memory in zip(arguments, self.memories, strict=True)
        ))  # fmt: skip
        weakref.finalize(self, end, self.memories).atexit = False

    def __call__(self, *data: int) -> None:
        """Runs on the data at these addresses."""
        lib = library()
        place = lib.functions["memory_set_data_handle"]
        for memory, address in zip(self.memories, data, strict=True):
            place(memory, address)
        lib.call("primitive_execute", self.primitive.address, lib.stream, len(self.memories), self.arguments)


def end(memories: list[int]) -> None:
    for memory in memories:
        free_memory(memory)
