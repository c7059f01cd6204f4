"""What the parts of the native executor hand to one another: library steps and their calls.

A library step serves one node, or a node with those that it absorbs (bias, activation, residual as post-operations). Its calls run
in order in the plan's one native function. A plan may be in several threads at once, so that whatever a call changes (the
memory objects, whose data handles are set before each execution) is made once for each call in flight, by `make_memory`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from ...graph.ir import Graph, Node, Value

INPUT, OUTPUT, SCRATCH = "input", "output", "scratch"


class Operand(NamedTuple):
    """Where a call finds its data: the step's input or output of this number, or its scratch memory (number 0), from this byte on."""

    kind: str  # INPUT | OUTPUT | SCRATCH
    index: int
    start: int = 0


class Argument(NamedTuple):
    """One argument of a oneDNN primitive. `make_memory()` gives the address of a new memory object, without data."""

    number: int  # DNNL_ARG_SRC, ...
    make_memory: Callable[[], int]
    operand: Operand


class PrimitiveCall(NamedTuple):
    """dnnl_memory_set_data_handle for each argument, then dnnl_primitive_execute(primitive, stream, arguments)."""

    primitive: int
    stream: int
    arguments: tuple[Argument, ...]


class FunctionCall(NamedTuple):
    """`int function(arguments...)`: each is an LLVM type with an integer, a float or an Operand; 0 is success."""

    function: int
    arguments: tuple[tuple[str, int | float | Operand], ...]


class LibraryStep(NamedTuple):
    """What `library.lower` makes of a node. The plan gives every operand 64-byte aligned memory and lets none overlap."""

    nodes: tuple[Node, ...]  # what it serves: the node, then what it absorbs
    inputs: tuple[Value | np.ndarray, ...]
    outputs: tuple[Value, ...]
    calls: tuple[PrimitiveCall | FunctionCall, ...]
    scratch: int = 0  # bytes, for everything that lives only within the step
    sizes: tuple[int, ...] = ()  # bytes of each output where they are not the plain array's (a private layout); () for plain ones
    starts_as: tuple[tuple[int, int], ...] = ()  # (output, input): the output's memory must hold the input's values beforehand
    description: str = ""
    keep: Any = None  # what must live as long as the plan
    loop: Any = None  # a body that runs step after step, in place of the calls


class Known(NamedTuple):
    """What a lowering may look at."""

    graph: Graph
    users: dict[int, list[Node]]  # number of a value -> the nodes that read it
    producer: dict[int, Node]  # number of a value -> the node that makes it
    kept: frozenset[int]  # numbers of the graph's results: they need plain memory, even where they are absorbed
    layouts: dict[int, Any]  # number of a value -> its private layout, as `library` wrote it there
    taken: set[int]  # numbers of values whose nodes are already served
    packs: Any = None  # in a loop's body: takes the constants that a step wants in a layout of its own


class Library(NamedTuple):
    """The addresses that the plan's native function calls."""

    set_data_handle: int  # dnnl_memory_set_data_handle
    execute: int  # dnnl_primitive_execute
    free_memory: Callable[[int], None]  # dnnl_memory_destroy


class Threads(NamedTuple):
    """libgomp as `threads.find()` gives it; None stands for "one thread"."""

    parallel: int  # GOMP_parallel
    barrier: int  # GOMP_barrier
    thread_number: int  # omp_get_thread_num
    number_of_threads: int  # omp_get_num_threads
    count: Callable[[], int]  # how many threads a region should have now (1 in a forked child)
