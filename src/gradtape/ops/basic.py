"""Layer 1: arithmetic, comparison, choice, casts and the shape moves.  Closed under both modes and batching.

Reshape, transpose, broadcast_to and reduce_sum are each other's adjoints; the rules below restate that.
"""

from __future__ import annotations

from math import isfinite, prod
from typing import Any

import numpy as np

from ..core.context import library
from ..core.dtypes import DType, as_dtype
from ..core.errors import ConversionError, MismatchError, UnimplementedError
from ..core.indexed_slices import IndexedSlices
from ..core.shapes import Dim, Spec, broadcast_shapes, normalize_axes
from ..core.tensor import Tensor, tensor, to_tensor
from ._arguments import extents, permutation, resolved_shape
from ._declare import (
    ANY,
    MINUS_ONE,
    NUMBERS,
    ONE,
    Partial,
    binary,
    comparison,
    primitive,
    provide,
    publish,
    unary,
)

# -- arithmetic -------------------------------------------------------------------------------------------
INEXACT = {np.dtype(t): np.dtype(f) for t, f in (("i1", "f4"), ("u1", "f4"), ("i2", "f4"), ("u2", "f4"), ("i4", "f8"), ("u4", "f8"),
                                                ("i8", "f8"), ("u8", "f8"))}  # fmt: skip


def divide_adapt(a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    """Integers divide as floats, as TensorFlow's truediv does."""
    if a.dtype == b.dtype and a.kind in "iu":
        wanted = INEXACT[a.dtype.numpy_dtype]
        return cast(a, wanted), cast(b, wanted)
    return a, b


add = binary(
    "add",
    np.add,
    a=ONE,
    b=ONE,
    dtypes=NUMBERS | {np.dtype(object)},
    refusals=(MismatchError, MismatchError),
    doc="x + y, elementwise.",
)
subtract = binary("subtract", np.subtract, a=ONE, b=MINUS_ONE, doc="x - y, elementwise.")
negative = unary("negative", np.negative, MINUS_ONE, doc="-x, elementwise.")
multiply = binary("multiply", np.multiply, a=Partial(lambda b: b), b=Partial(lambda a: a), doc="x * y, elementwise.")
divide = binary(
    "divide",
    np.divide,
    a=Partial(lambda b: inverse(b)),
    b=Partial(lambda y, b: negative(divide(y, b))),
    adapt=divide_adapt,
    refusals=(ConversionError, ConversionError),
    doc="x / y, elementwise; integers divide as floats.",
)


def zmul_kernel(g: Any, d: Any) -> np.ndarray:
    """g * d where an exact 0 in g wins over an infinite or undefined d."""
    product = np.multiply(g, d, out=..., casting="no")
    if (type(d) is float and isfinite(d)) or all_finite(product):
        return product
    return np.where(g == 0, product.dtype.type(0), product)


def all_finite(x: np.ndarray) -> bool:
    """False if x holds inf or NaN (or is so large that a sum overflows: the mending is harmless then)."""
    size = x.size
    if size < 24 and x.dtype.kind == "f":  # the way through Python numbers is shorter than a call of NumPy
        if size == 1:
            return isfinite(x.item())
        return isfinite(sum(x.tolist() if x.ndim == 1 else x.ravel().tolist()))
    flat = x.ravel("K")
    return bool(np.isfinite(flat.dot(flat)))


def zzmul_kernel(a: Any, b: Any) -> np.ndarray:
    """a * b where an exact 0 in either wins: the product of two cotangents."""
    product = np.multiply(a, b, out=..., casting="no")
    if all_finite(product):
        return product
    return np.where((a == 0) | (b == 0), product.dtype.type(0), product)


# Linear in each argument, so the rules are products again: never a select on g == 0, which would cut d(zmul)/dg.
# In d, the incoming cotangent meets g, whose zeros still win: else x * log(x), masked at 0, is NaN at second order.
zmul = binary("zmul", zmul_kernel, a=Partial(lambda b: b), b=Partial(lambda a: a, "both"), doc="g * d where a zero of g wins.")
zzmul = binary(
    "zzmul",
    zzmul_kernel,
    a=Partial(lambda b: b, "both"),
    b=Partial(lambda a: a, "both"),
    doc="a * b where a zero of either wins.",
)

# -- comparison -------------------------------------------------------------------------------------------
ORDERED = frozenset(d for d in NUMBERS if d.kind != "c")
COMPARABLE = NUMBERS | {np.dtype(bool), np.dtype(object)}
equal = comparison("equal", np.equal, dtypes=COMPARABLE, doc="x == y, elementwise.")
not_equal = comparison("not_equal", np.not_equal, dtypes=COMPARABLE, doc="x != y, elementwise.")
greater = comparison("greater", np.greater, dtypes=ORDERED, doc="x > y, elementwise.")
greater_equal = comparison("greater_equal", np.greater_equal, dtypes=ORDERED, doc="x >= y, elementwise.")
less = comparison("less", np.less, dtypes=ORDERED, doc="x < y, elementwise.")
less_equal = comparison("less_equal", np.less_equal, dtypes=ORDERED, doc="x <= y, elementwise.")


# -- choice -----------------------------------------------------------------------------------------------
@primitive(label="where", public=("condition", "x", "y"), numbers=("a", "b"), same=("a", "b"), dtypes=frozenset({np.dtype(bool)}))
def select(c, a, b):
    """x where the condition holds, y elsewhere; all three broadcast."""
    dtypes = {v.dtype for v in (a, b) if isinstance(v, np.ndarray)}
    if len(dtypes) != 1:  # two numbers: the careful path gives them TensorFlow's dtype
        raise TypeError(f"select needs one dtype, got {dtypes or 'two numbers'}")
    if (type(a) is float or type(b) is float) and next(iter(dtypes)).kind in "iub":
        raise TypeError("a float among integers")
    if c.size > MASKED:
        if isinstance(a, np.ndarray) and a.dtype in BITS and type(b) is float and b == 0:
            return masked(c, a)
        if isinstance(b, np.ndarray) and b.dtype in BITS and type(a) is float and a == 0:
            return masked(np.logical_not(c), b)
    out = np.where(c, a, b)
    return out if out.dtype in dtypes else out.astype(next(iter(dtypes)))  # a number widens ml_dtypes' types


MASKED = 2000  # elements from which masking bits is quicker than np.where
BITS = {np.dtype(f): np.dtype(u) for f, u in (("f2", "u2"), ("f4", "u4"), ("f8", "u8"))}


def masked(c: np.ndarray, x: np.ndarray) -> np.ndarray:
    """x where c holds and 0 elsewhere, by its bits: a twentieth of np.where's time on large arrays."""
    bits = BITS[x.dtype]
    ones = c.astype(bits)
    np.negative(ones, out=ones)  # all bits where c holds
    return np.bitwise_and(ones, x.view(bits)).view(x.dtype)


@select.shape
def select_shape(c, a, b):
    return Spec(broadcast_shapes(c.shape, a.shape, b.shape, op="select"), a.dtype)


@select.vjp("a")
def select_vjp_a(g, c, a_shape):
    return sum_to(select(c, g, 0.0), a_shape)


@select.vjp("b")
def select_vjp_b(g, c, b_shape):
    return sum_to(select(c, 0.0, g), b_shape)


@select.jvp
def select_jvp(y, ts, c, a, b):
    ta, tb = (0.0 if t is None else t for t in ts[1:])
    return expand(select(c, ta, tb), y.dims)


@select.batch
def select_batch(size, batched, *args):
    return select(*align(batched, args))


# -- casts and identities -----------------------------------------------------------------------------------
@primitive(label="cast", linear="all", dtypes=ANY)
def cast_inexact(x, *, dtype):
    """x as floats or complex numbers."""
    return x.astype(dtype) if dtype.kind == "c" or x.dtype.kind != "c" else x.real.astype(dtype)


@cast_inexact.shape
def cast_inexact_shape(x, *, dtype):
    return Spec(x.shape, dtype)


@cast_inexact.vjp("x")
def cast_inexact_vjp(g, x_dtype):
    return cast(g, x_dtype)


@cast_inexact.batch
def cast_inexact_batch(size, batched, x, *, dtype):
    return cast_inexact(x, dtype=dtype)


def saturated(x: np.ndarray, dtype: np.dtype) -> np.ndarray:
    return (np.real(x) if x.dtype.kind == "c" and dtype.kind != "b" else x).astype(dtype)


@primitive(label="cast", differentiable=False, dtypes=ANY)
def cast_discrete(x, *, dtype):
    """x as integers or booleans."""
    return saturated(x, dtype)


@cast_discrete.shape
def cast_discrete_shape(x, *, dtype):
    return Spec(x.shape, dtype)


@cast_discrete.batch
def cast_discrete_batch(size, batched, x, *, dtype):
    return cast_discrete(x, dtype=dtype)


@primitive(linear="all", dtypes=ANY, public=("input",))
def identity(x):
    """x itself, as a new tensor to the tape.

    >>> tf.identity(tf.constant([1.0, 2.0])).numpy()
    array([1., 2.], dtype=float32)
    """
    return x


@identity.shape
def identity_shape(x):
    return Spec(x.shape, x.dtype)


@identity.vjp("x")
def identity_vjp(g):
    return g


@identity.batch
def identity_batch(size, batched, x):
    return identity(x)


@primitive(differentiable=False, dtypes=ANY, public=("input",))
def stop_gradient(x):
    """x, and no gradient flows through it.

    >>> x = tf.constant(3.0)
    >>> with tf.GradientTape() as tape:
    ...     tape.watch(x)
    ...     y = x * tf.stop_gradient(x)
    >>> float(tape.gradient(y, x))
    3.0
    """
    return x


@stop_gradient.shape
def stop_gradient_shape(x):
    return Spec(x.shape, x.dtype)


@stop_gradient.batch
def stop_gradient_batch(size, batched, x):
    return stop_gradient(x)


# -- complex parts: what real and complex values meet through --------------------------------------------------
conj = unary("conj", np.conjugate, linear="all", differentiable=True, doc="The complex conjugate; real values as they are.")


@conj.vjp("x")
def conj_vjp(g):
    return conj(g)


# -- the shape moves ------------------------------------------------------------------------------------------
@primitive(linear="all", dtypes=ANY, public=("tensor",))
def reshape(x, *, shape):
    """The same values in another shape; one extent may be -1.

    >>> tf.reshape(tf.range(6), [2, -1]).numpy()
    array([[0, 1, 2],
           [3, 4, 5]], dtype=int32)
    """
    return x.reshape(shape)


@reshape.canonical
def reshape_canonical(x, *, shape):
    return {"shape": resolved_shape(shape, x.shape, "reshape")}


@reshape.shape
def reshape_shape(x, *, shape):
    return Spec(shape, x.dtype)


@reshape.vjp("x")
def reshape_vjp(g, x_shape):
    return reshape(g, x_shape)


@reshape.batch
def reshape_batch(size, batched, x, *, shape):
    return reshape(x, (size, *shape))


@primitive(label="transpose", linear="all", dtypes=ANY, public=("a",))
def permute(x, *, perm):
    """The axes in another order (`tf.transpose` also conjugates where asked)."""
    return x.transpose(perm)


@permute.canonical
def permute_canonical(x, *, perm):
    return {"perm": permutation(perm, x.ndim, "transpose")}


@permute.shape
def permute_shape(x, *, perm):
    return Spec(tuple(x.shape[i] for i in perm), x.dtype)


@permute.vjp("x")
def permute_vjp(g, perm):
    return permute(g, tuple(perm.index(i) for i in range(len(perm))))


@permute.batch
def permute_batch(size, batched, x, *, perm):
    return permute(x, (0, *(i + 1 for i in perm)))


@primitive(linear="all", dtypes=ANY, public=("input",))
def broadcast_to(x, *, shape):
    """x repeated along new and one-sized axes until it has this shape.

    >>> tf.broadcast_to(tf.constant([1, 2]), [2, 2]).numpy()
    array([[1, 2],
           [1, 2]], dtype=int32)
    """
    if prod(shape) > 4096:
        return np.broadcast_to(x, shape)
    out = np.empty(shape, x.dtype)  # a small copy takes a tenth of the time of a view
    out[...] = x
    return out


@broadcast_to.canonical
def broadcast_to_canonical(x, *, shape):
    return {"shape": shape if type(shape) is tuple else extents(shape, "broadcast_to")}


@broadcast_to.shape
def broadcast_to_shape(x, *, shape):
    fits = broadcast_shapes(x.shape, shape, op="broadcast_to")
    if len(fits) != len(shape):
        broadcast_shapes((*x.shape, 2), (*shape, 3), op="broadcast_to")
    return Spec(shape, x.dtype)


@broadcast_to.vjp("x")
def broadcast_to_vjp(g, x_shape):
    return sum_to(g, x_shape)


@broadcast_to.batch
def broadcast_to_batch(size, batched, x, *, shape):
    return broadcast_to(lift(x, len(shape)), (size, *shape))


@primitive(linear="all", dtypes=NUMBERS, public=("input_tensor",))
def reduce_sum(x, *, axis=None, keepdims=False):
    """The sum over the given axes (all, where none is given).

    Raises:
        InvalidArgumentError: an axis that x does not have.

    >>> tf.reduce_sum(tf.constant([[1.0, 2.0], [3.0, 4.0]]), axis=0).numpy()
    array([4., 6.], dtype=float32)
    """
    dtype = np.float32 if x.dtype.itemsize == 2 and x.dtype.kind in "fV" else None
    total = np.add.reduce(x, axis=axis, keepdims=keepdims, dtype=dtype or x.dtype, out=...)
    return total.astype(x.dtype) if dtype else total


@reduce_sum.canonical
def reduce_sum_canonical(x, *, axis, keepdims):
    return {"axis": None if axis is None else normalize_axes(axis, x.ndim, "reduce_sum"), "keepdims": bool(keepdims)}


@reduce_sum.shape
def reduce_sum_shape(x, *, axis, keepdims):
    return Spec(reduced_shape(x.shape, axis, keepdims), x.dtype)


@reduce_sum.vjp("x")
def reduce_sum_vjp(g, x_shape, axis):
    if g.ndim != 0 or len(x_shape) == 0:
        g = reshape(g, reduced_shape(x_shape, axis, True))
    return broadcast_to(g, x_shape)


@reduce_sum.batch
def reduce_sum_batch(size, batched, x, *, axis, keepdims):
    axes = range(x.ndim - 1) if axis is None else axis
    return reduce_sum(x, tuple(i + 1 for i in axes), keepdims)


def reduced_shape(shape: tuple[Any, ...], axis: tuple[int, ...] | None, keepdims: bool) -> tuple[Any, ...]:
    """What a reduction over these (canonical) axes leaves."""
    axes = range(len(shape)) if axis is None else axis
    if keepdims:
        return tuple(1 if i in axes else n for i, n in enumerate(shape))
    return tuple(n for i, n in enumerate(shape) if i not in axes)


publish(globals())


# -- in terms of the above --------------------------------------------------------------------------------------
@library
def cast(x: Any, dtype: Any, name: str | None = None) -> Any:
    """x with another dtype; casts to integers truncate towards zero and cut the gradient.

    Raises:
        UnimplementedError: a cast from or to strings.

    >>> tf.cast(tf.constant([1.7, -1.7]), tf.int32).numpy()
    array([ 1, -1], dtype=int32)
    """
    if type(x) is Tensor and type(dtype) is DType:  # the short way: these two dtypes met before
        known = CASTS.get((x.value.dtype, dtype))
        if known is not None:
            return known[0](x, known[1])
    wanted = as_dtype(dtype)
    if isinstance(x, IndexedSlices):
        return IndexedSlices(cast(x.values, wanted), x.indices, x.dense_dims)
    x = x if isinstance(x, Tensor) else to_tensor(x)
    have = x.dtype
    if have is wanted:
        return x
    if not (castable(have) and castable(wanted)):
        raise UnimplementedError(None, None, f"Cast {have.name} to {wanted.name} is not supported [Op:Cast]")
    operation = cast_inexact if wanted.is_floating or wanted.is_complex else cast_discrete
    CASTS[have.numpy_dtype, wanted] = operation, wanted.numpy_dtype
    return operation(x, wanted.numpy_dtype)


CASTS: dict[tuple[Any, DType], tuple[Any, Any]] = {}  # the operation of a pair of dtypes, and the dtype that it takes


def castable(dtype: Any) -> bool:
    return dtype.is_numeric or dtype.is_bool


def inverse(b: Any) -> Any:
    """1 / b; a number stays a number, so that it takes the other operand's dtype."""
    if type(b) in (float, int):
        return 1.0 / b if b else float("inf")
    return divide(1.0, b)


def conj_factor(d: Any) -> Any:
    """What multiplies a complex cotangent: TensorFlow's gradient is g * conj(f')."""
    if isinstance(d, Tensor):
        return conj(d) if d.kind == "c" else cast(d, COMPLEX_OF[d.dtype.numpy_dtype])
    return d.conjugate()


COMPLEX_OF = {np.dtype("f4"): np.dtype("c8"), np.dtype("f8"): np.dtype("c16")}


def sum_to(g: Any, shape: tuple[Any, ...]) -> Any:
    """Sum g over the axes along which `shape` was broadcast."""
    dims = g.dims
    if dims == shape:
        return g
    if not shape:
        return reduce_sum(g)
    lead = len(dims) - len(shape)
    axes = tuple(range(lead)) + tuple(lead + i for i, n in enumerate(shape) if n == 1 and dims[lead + i] != 1)
    return reshape(reduce_sum(g, axes), shape)


def expand(t: Any, shape: tuple[Any, ...]) -> Any:
    return t if t.dims == shape else broadcast_to(t, shape)


def lift(x: Any, rank: int) -> Any:
    """Put ones after the batch axis (the first) until there are `rank` axes besides it."""
    missing = rank + 1 - x.ndim
    return x if missing <= 0 else reshape(x, (x.dims[0], *(1,) * missing, *x.dims[1:]))


def align(batched: tuple[Any, ...], args: tuple[Any, ...]) -> list[Any]:
    """Batched arguments lifted to the common rank, so that broadcasting meets the batch axis."""
    ranks = [len(x.dims) - b for x, b in zip(args, batched, strict=True)]
    rank = max(ranks)
    return [lift(x, rank) if b and r < rank else x for x, b, r in zip(args, batched, ranks, strict=True)]


def fill_like(x: Any, number: Any) -> Tensor:
    """A plain Tensor, also for a batched x: every sample has the same."""
    if any(isinstance(n, Dim) for n in x.dims):
        return broadcast_to(tensor(np.full((), number, x.dtype.numpy_dtype)), x.dims)
    return tensor(np.full(x.dims, number, x.dtype.numpy_dtype))


UNITS: dict[np.dtype, np.ndarray] = {}  # dtype -> 1 of rank 0: where nearly every sweep starts


def seed_of(x: Any) -> Tensor:
    """A cotangent of ones for x."""
    dtype = x.dtype.numpy_dtype
    if x.ndim:
        if any(isinstance(n, Dim) for n in x.dims):
            return fill_like(x, 1)
        return tensor(np.ones(x.dims, dtype))
    if dtype not in UNITS:
        UNITS[dtype] = np.ones((), dtype)
    return tensor(UNITS[dtype])


def accumulate(a: Any, b: Any) -> Any:
    """The sum of two cotangents of one value."""
    if type(a) is IndexedSlices:
        return a.plus(b)
    return b.plus(a) if type(b) is IndexedSlices else add(a, b)


provide(accumulate=accumulate, sum_to=sum_to, negative=negative, multiply=multiply, select=select, zmul=zmul, zzmul=zzmul,
        conj_factor=conj_factor)  # fmt: skip
