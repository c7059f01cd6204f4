"""tf.random's functions: those that keep a state by themselves, and the stateless ones."""

from __future__ import annotations

from operator import index
from typing import Any

import numpy as np

from ..core.context import library
from ..core.dtypes import FLOATS, DType, as_dtype, float32, int32, int64, uint32, uint64
from ..core.errors import invalid
from ..core.shapes import Dim, broadcast_shapes, product
from ..core.tensor import Tensor, convert_to_tensor, to_tensor
from ..core.variable import Variable
from ._sampling import (
    algorithm_number,
    draw_shape,
    float_dtype,
    fresh_draw,
    fresh_state,
    parameter,
    scaled,
    seed_state,
    source_of,
)
from ._streams import SEED, VALUE_BLOCKS
from .arithmetic import maximum
from .basic import add, broadcast_to, divide, multiply, subtract
from .pieces import stack_values
from .random import (
    IEEE_FLOATS,
    RATES,
    THREEFRY,
    WHOLE_NUMBERS,
    rng_binomial,
    rng_bounded_normal,
    rng_categorical,
    rng_full_int,
    rng_gamma,
    rng_normal,
    rng_permute,
    rng_poisson,
    rng_truncated_normal,
    rng_uniform,
    rng_uniform_int,
)

STATEFUL_UNIFORM = (*sorted(FLOATS, key=str), int32.numpy_dtype, int64.numpy_dtype)


def set_seed(seed: int | None) -> None:
    """Set the global seed: the random functions then repeat the same numbers, in this program and in others.

    A function called without a seed draws differently each time; one with a seed of its own goes through a sequence of its
    own. Both begin anew here. None makes the numbers unpredictable again.

    >>> tf.random.set_seed(1)
    >>> a = tf.random.uniform([2])
    >>> tf.random.set_seed(1)
    >>> bool((a.numpy() == tf.random.uniform([2]).numpy()).all())
    True
    """
    SEED.set(seed)


# -- functions that keep a state ------------------------------------------------------------------------------------
@library
def normal(
    shape: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = float32, seed: Any = None, name: str | None = None
) -> Tensor:
    """Draws from a normal distribution.

    Args:
        shape: of the result; mean and stddev broadcast with it.
        dtype: float16, bfloat16, float32 or float64.
        seed: of this operation; see `tf.random.set_seed`.

    Raises:
        InvalidArgumentError: a shape that is no vector of non-negative integers, or a complex dtype.
        TypeError: an integer dtype.

    Source: Box and Muller, "A note on the generation of random normal deviates", 1958.

    >>> tf.random.set_seed(5)
    >>> tf.random.normal([2, 2], seed=1).shape
    TensorShape([2, 2])
    """
    return stateful_normal("RandomStandardNormal", rng_normal, shape, mean, stddev, dtype, seed)


@library
def truncated_normal(
    shape: Any, mean: Any = 0.0, stddev: Any = 1.0, dtype: Any = float32, seed: Any = None, name: str | None = None
) -> Tensor:
    """Draws from a normal distribution; those further than two deviations from the mean are drawn again.

    Arguments and errors as for `tf.random.normal`.

    >>> x = tf.random.truncated_normal([100], mean=3.0, stddev=0.5)
    >>> bool((x.numpy() > 2.0).all())
    True
    """
    return stateful_normal("TruncatedNormal", rng_truncated_normal, shape, mean, stddev, dtype, seed)


def stateful_normal(op: str, primitive: Any, shape: Any, mean: Any, stddev: Any, dtype: Any, seed: Any) -> Tensor:
    dims, index_dtype = draw_shape(shape, op)
    kind = float_dtype(dtype, FLOATS, op)
    mean, stddev = parameter(mean, kind, "mean"), parameter(stddev, kind, "stddev")
    source = source_of(op, (kind, index_dtype), seed)
    return scaled(fresh_draw(primitive, source, dims, kind.numpy_dtype, 1), mean, stddev)


@library
def uniform(
    shape: Any, minval: Any = 0, maxval: Any = None, dtype: Any = float32, seed: Any = None, name: str | None = None
) -> Tensor:
    """Draws from [minval, maxval), every value as likely as any other.

    Integers are slightly biased unless maxval - minval is a power of two.

    Args:
        shape: of the result.
        minval, maxval: the bounds; for integers scalars, of which maxval must be given; for floats maxval is 1 by default.
        dtype: float16, bfloat16, float32, float64, int32 or int64.
        seed: of this operation; see `tf.random.set_seed`.

    Raises:
        ValueError: another dtype, or an integer dtype without maxval.
        InvalidArgumentError: a bad shape, or integers with minval >= maxval.

    >>> tf.random.set_seed(5)
    >>> tf.random.uniform([], maxval=3, dtype=tf.int32, seed=10).numpy(), tf.random.uniform([], maxval=3, dtype=tf.int32, seed=10).numpy()
    (np.int32(2), np.int32(0))
    """
    kind = as_dtype(dtype)
    if kind.numpy_dtype not in STATEFUL_UNIFORM:
        raise ValueError(
            f"Argument `dtype` got invalid value {kind}. Accepted dtypes are {[as_dtype(d).name for d in STATEFUL_UNIFORM]}."
        )
    if kind.is_integer:
        if maxval is None:
            raise ValueError(f"Must specify maxval for integer dtype {kind!r}")
        dims, index_dtype = draw_shape(shape, "RandomUniformInt")
        bounds = convert_to_tensor(minval, kind), convert_to_tensor(maxval, kind)
        source = source_of("RandomUniformInt", (kind, index_dtype), seed)
        return rng_uniform_int(fresh_state(source, product(dims) * VALUE_BLOCKS), *bounds, dims, 1)
    dims, index_dtype = draw_shape(shape, "RandomUniform")
    low, high = parameter(minval, kind, "minval"), parameter(1 if maxval is None else maxval, kind, "maxval")
    source = source_of("RandomUniform", (kind, index_dtype), seed)
    return between(fresh_draw(rng_uniform, source, dims, kind.numpy_dtype, 1), low, high, kind)


def between(draws: Any, low: Any, high: Any, dtype: DType) -> Any:
    """Draws from [0, 1) moved to [low, high); the range is rounded to the dtype, as it is for tensors."""
    if type(low) in (int, float) and type(high) in (int, float):
        if low == 0 and high == 1:
            return draws
        low, high = convert_to_tensor(low, dtype), convert_to_tensor(high, dtype)
    return add(multiply(draws, subtract(high, low)), low)


@library
def gamma(shape: Any, alpha: Any, beta: Any = None, dtype: Any = float32, seed: Any = None, name: str | None = None) -> Tensor:
    """`shape` draws from each of the gamma distributions: a result of shape `shape` + that of alpha + beta.

    Gradients flow to alpha (each draw keeps its place in the distribution: Figurnov, Mohamed, Mnih, "Implicit
    reparameterization gradients", 2018) and to beta, at every order. A draw is NaN where alpha is negative.

    Args:
        shape: of the draws from each distribution.
        alpha: the shape parameters.
        beta: the inverse scales, broadcast with alpha; 1 by default.
        dtype: of alpha, beta and the result: float16, float32 or float64.
        seed: of this operation; see `tf.random.set_seed`.

    Raises:
        ValueError: alpha or beta of another dtype.
        InvalidArgumentError: a bad shape.

    Source: Marsaglia and Tsang, "A simple method for generating gamma variables", 2000.

    >>> tf.random.gamma([10], [0.5, 1.5]).shape
    TensorShape([10, 2])
    """
    dims, _ = draw_shape(shape, "RandomGamma")
    alpha, beta = gamma_parameters(alpha, beta, dtype)
    source = source_of("RandomGamma", (alpha.dtype,), seed)
    state = fresh_state(source, product(dims) * product(alpha.dims) * VALUE_BLOCKS)
    return positive(divide(rng_gamma(alpha, state, dims), beta))


def gamma_parameters(alpha: Any, beta: Any, dtype: Any) -> tuple[Any, Any]:
    kind = float_dtype(dtype, IEEE_FLOATS, "gamma")
    alpha = convert_to_tensor(alpha, kind)
    beta = convert_to_tensor(1.0 if beta is None else beta, kind)
    whole = broadcast_shapes(alpha.dims, beta.dims, op="gamma")
    return alpha if alpha.dims == whole else broadcast_to(alpha, whole), beta


def positive(x: Any) -> Any:
    """At least the smallest normal number, where a draw is too small for the dtype."""
    return maximum(x, float(np.finfo(x.dtype.numpy_dtype).tiny))


@library
def poisson(shape: Any, lam: Any, dtype: Any = float32, seed: Any = None, name: str | None = None) -> Tensor:
    """`shape` draws from each of the Poisson distributions: a result of shape `shape` + that of lam.

    Args:
        shape: of the draws from each distribution.
        lam: the rates: float16, float32, float64, int32 or int64.
        dtype: of the result, one of these.
        seed: of this operation; see `tf.random.set_seed`.

    Raises:
        InvalidArgumentError: a bad shape, or another dtype.

    Sources: Knuth, "Seminumerical Algorithms" (rates below 10); Hormann, "The transformed rejection method for generating
    Poisson random variables", 1993.

    >>> tf.random.poisson([10], [0.5, 1.5]).shape
    TensorShape([10, 2])
    """
    dims, _ = draw_shape(shape, "RandomPoissonV2")
    rate, kind = checked_tensor(lam, RATES, "poisson", "lam"), count_dtype(dtype)
    source = source_of("RandomPoissonV2", (rate.dtype, kind), seed)
    state = fresh_state(source, product(dims) * product(rate.dims) * VALUE_BLOCKS)
    return rng_poisson(rate, state, dims, kind.numpy_dtype)


def count_dtype(dtype: Any) -> DType:
    kind = as_dtype(dtype)
    if kind.numpy_dtype not in RATES:
        raise invalid("poisson", f"poisson: dtype must be one of {sorted(as_dtype(d).name for d in RATES)}, not {kind.name}")
    return kind


@library
def categorical(logits: Any, num_samples: Any, dtype: Any = None, seed: Any = None, name: str | None = None) -> Tensor:
    """Draws class indices: [rows, num_samples].

    Large draws differ from TensorFlow's, which depend on its number of threads.

    Args:
        logits: unnormalised log probabilities, [rows, classes]; one that is not finite has probability 0.
        num_samples: how many for each row.
        dtype: int64 (by default) or int32.
        seed: of this operation; see `tf.random.set_seed`.

    Raises:
        ValueError: another dtype.
        InvalidArgumentError: logits that are no matrix of floats or have no class, or a negative num_samples.

    >>> tf.random.categorical([[0.0, -100.0]], 3).numpy()
    array([[0, 0, 0]])
    """
    logits, count, kind = categorical_arguments(logits, num_samples, dtype)
    values = logits.dims[0] * ((count + 3) // 4 * 8) if logits.ndim == 2 and count else 0
    source = source_of("Multinomial", (logits.dtype, kind), seed)
    return rng_categorical(logits, fresh_state(source, values * VALUE_BLOCKS), count, kind.numpy_dtype)


def categorical_arguments(logits: Any, num_samples: Any, dtype: Any) -> tuple[Any, int, DType]:
    kind = as_dtype(dtype or int64)
    if kind not in (int32, int64):
        raise ValueError(f"Argument `dtype` got invalid value {kind}. Accepted dtypes are (tf.int32, tf.int64).")
    count = to_tensor(num_samples)
    if count.ndim:
        raise invalid("categorical", f"categorical: num_samples should be a scalar, got shape {list(count.dims)}")
    if index(count) < 0:
        raise invalid("categorical", f"categorical: num_samples should be non-negative, got {index(count)}")
    return checked_tensor(logits, FLOATS, "categorical", "logits"), index(count), kind


def checked_tensor(value: Any, allowed: frozenset, op: str, name: str) -> Any:
    found = to_tensor(value)
    if found.dtype.numpy_dtype not in allowed:
        names = ", ".join(sorted(as_dtype(d).name for d in allowed))
        raise invalid(
            op, f"{op}: {name} must have one of the dtypes {names}, not {found.dtype.name}. Write tf.cast(x, tf.float32)."
        )
    return found


@library
def shuffle(value: Any, seed: Any = None, name: str | None = None) -> Tensor:
    """The slices of value along axis 0 in another order, every order as likely as any other.  No gradient flows through it.

    >>> sorted(tf.random.shuffle([1, 2, 3]).numpy().tolist())
    [1, 2, 3]
    """
    value = to_tensor(value)
    source = source_of("RandomShuffle", (value.dtype,), seed)
    moved = value.dims[0] if value.ndim and (isinstance(size := product(value.dims), Dim) or size > 1) else 1
    return rng_permute(value, fresh_state(source, (moved + 2) // 4), 1)


# -- stateless functions ------------------------------------------------------------------------------------------
@library
def stateless_normal(
    shape: Any,
    seed: Any,
    mean: Any = 0.0,
    stddev: Any = 1.0,
    dtype: Any = float32,
    name: str | None = None,
    alg: Any = "auto_select",
) -> Tensor:
    """Draws from a normal distribution that the seed alone determines.

    Args:
        shape: of the result; mean and stddev broadcast with it.
        seed: two integers, int32 or int64.
        dtype: float16, bfloat16, float32 or float64.
        alg: "philox" (which "auto_select" selects) or "threefry"; see `tf.random.Algorithm`.

    Raises:
        InvalidArgumentError: a seed of another shape or dtype, a bad shape, a complex dtype.
        TypeError: an integer dtype.  ValueError: another algorithm.

    >>> tf.random.stateless_normal([2], seed=[1, 2]).numpy().round(4)
    array([0.5441, 0.2074], dtype=float32)
    """
    return stateless_scaled(rng_normal, shape, seed, mean, stddev, dtype, alg)


@library
def stateless_truncated_normal(
    shape: Any,
    seed: Any,
    mean: Any = 0.0,
    stddev: Any = 1.0,
    dtype: Any = float32,
    name: str | None = None,
    alg: Any = "auto_select",
) -> Tensor:
    """Draws from a normal distribution, again where further than two deviations from the mean; the seed alone determines them.

    Arguments and errors as for `tf.random.stateless_normal`.

    >>> x = tf.random.stateless_truncated_normal([100], seed=[1, 2])
    >>> bool((x.numpy() ** 2 < 4.0).all())
    True
    """
    return stateless_scaled(rng_truncated_normal, shape, seed, mean, stddev, dtype, alg)


def stateless_scaled(primitive: Any, shape: Any, seed: Any, mean: Any, stddev: Any, dtype: Any, alg: Any) -> Tensor:
    op = primitive.__name__.replace("rng", "stateless")
    dims, _ = draw_shape(shape, op)
    kind = float_dtype(dtype, FLOATS, op)
    mean, stddev = parameter(mean, kind, "mean"), parameter(stddev, kind, "stddev")
    number = algorithm_number(alg)
    return scaled(primitive(seed_state(seed, number), dims, kind.numpy_dtype, number), mean, stddev)


@library
def stateless_uniform(
    shape: Any,
    seed: Any,
    minval: Any = 0,
    maxval: Any = None,
    dtype: Any = float32,
    name: str | None = None,
    alg: Any = "auto_select",
) -> Tensor:
    """Draws from [minval, maxval) that the seed alone determines; with minval = maxval = None, from all integers of the dtype.

    Args:
        shape: of the result.
        seed: two integers, int32 or int64.
        minval, maxval: the bounds; for integers scalars; for floats maxval is 1 by default.
        dtype: float16, bfloat16, float32, float64, int32 or int64; without bounds also uint32 and uint64.
        alg: "philox" (which "auto_select" selects) or "threefry"; see `tf.random.Algorithm`.

    Raises:
        ValueError: another dtype or algorithm, or integers with one bound only.
        InvalidArgumentError: a seed of another shape or dtype, a bad shape, integers with minval >= maxval.

    >>> tf.random.stateless_uniform([2], seed=[1, 2]).numpy()
    array([0.8440604 , 0.19204533], dtype=float32)
    """
    kind = as_dtype(dtype)
    check_uniform_dtype(kind, minval, maxval)
    dims, _ = draw_shape(shape, "stateless_uniform")
    number = algorithm_number(alg)
    if kind.is_integer:
        if minval is None:
            return rng_full_int(seed_state(seed, number), dims, kind.numpy_dtype, number)
        bounds = convert_to_tensor(minval, kind), convert_to_tensor(maxval, kind)
        return rng_uniform_int(seed_state(seed, number), *bounds, dims, number)
    low, high = parameter(minval, kind, "minval"), parameter(1 if maxval is None else maxval, kind, "maxval")
    return between(rng_uniform(seed_state(seed, number), dims, kind.numpy_dtype, number), low, high, kind)


def check_uniform_dtype(kind: DType, minval: Any, maxval: Any) -> None:
    if kind.numpy_dtype not in FLOATS | WHOLE_NUMBERS:
        accepted = [as_dtype(d).name for d in (*STATEFUL_UNIFORM, uint32, uint64)]
        raise ValueError(f"Argument `dtype` got invalid value {kind}. Accepted dtypes are {accepted}.")
    if kind.is_integer and (minval is None) != (maxval is None):
        raise ValueError(
            f"For integer `dtype` argument {kind}, argument `minval` and `maxval` must be both None or not None. "
            f"Got `minval`={minval} and `maxval`={maxval}."
        )
    if kind.is_unsigned and minval is not None:
        raise ValueError(
            f"Argument `dtype` got invalid value {kind} when argument `minval` is not None. "
            "Please don't use unsigned integers in this case."
        )


@library
def stateless_gamma(shape: Any, seed: Any, alpha: Any, beta: Any = None, dtype: Any = float32, name: str | None = None) -> Tensor:
    """Draws from gamma distributions that the seed and the parameters determine.

    `shape` is that of the result and ends with the shape of alpha + beta. Gradients as for `tf.random.gamma`.

    Raises:
        InvalidArgumentError: a seed that is not two integers, or a shape that does not end as it must.

    >>> tf.random.stateless_gamma([10, 2], seed=[12, 34], alpha=[0.5, 1.5]).shape
    TensorShape([10, 2])
    """
    alpha, beta = gamma_parameters(alpha, beta, dtype)
    dims = leading(shape, alpha.dims, "stateless_gamma")
    return positive(divide(rng_gamma(alpha, seed_state(seed, 1), dims), beta))


@library
def stateless_poisson(shape: Any, seed: Any, lam: Any, dtype: Any = int32, name: str | None = None) -> Tensor:
    """Draws from Poisson distributions that the seed and the rates determine.

    `shape` is that of the result and ends with the shape of lam. Dtypes and sources as for `tf.random.poisson`.

    Raises:
        InvalidArgumentError: a seed that is not two integers, a shape that does not end as it must, another dtype.

    >>> tf.random.stateless_poisson([10, 2], seed=[12, 34], lam=[5, 15]).shape
    TensorShape([10, 2])
    """
    rate, kind = checked_tensor(lam, RATES, "poisson", "lam"), count_dtype(dtype)
    dims = leading(shape, rate.dims, "stateless_poisson")
    return rng_poisson(rate, seed_state(seed, 1), dims, kind.numpy_dtype)


@library
def stateless_binomial(
    shape: Any, seed: Any, counts: Any, probs: Any, output_dtype: Any = int32, name: str | None = None
) -> Tensor:
    """Draws from binomial distributions that the seed and the parameters determine.

    Args:
        shape: of the result; it ends with the shape that counts and probs broadcast to.
        seed: two integers, int32 or int64.
        counts, probs: of one dtype, float16, float32, float64, int32 or int64.
        output_dtype: one of these.

    Raises:
        InvalidArgumentError: a seed that is not two integers, a shape that does not end as it must, another dtype.

    Source: Hormann, "The generation of binomial random variates", 1993.

    >>> tf.random.stateless_binomial([10, 2], seed=[12, 34], counts=[10.0, 20.0], probs=[0.8]).shape
    TensorShape([10, 2])
    """
    dims, _ = draw_shape(shape, "stateless_binomial")
    prob = checked_tensor(convert_to_tensor(probs, dtype_hint=float32), RATES, "stateless_binomial", "probs")
    count = convert_to_tensor(counts, dtype_hint=prob.dtype)
    return rng_binomial(count, prob, seed_state(seed, 1), dims, count_dtype(output_dtype).numpy_dtype)


def leading(shape: Any, ending: tuple[Any, ...], op: str) -> tuple[Any, ...]:
    """The axes of a shape in front of the parameters' own."""
    dims, _ = draw_shape(shape, op)
    front = len(dims) - len(ending)
    if front < 0 or dims[front:] != ending:
        raise invalid(op, f"{op}: Shape passed in must end with broadcasted shape: {list(dims)} does not end with {list(ending)}")
    return dims[:front]


@library
def stateless_categorical(logits: Any, num_samples: Any, seed: Any, dtype: Any = int64, name: str | None = None) -> Tensor:
    """Draws class indices, [rows, num_samples], that the seed and the logits determine.

    Arguments and errors as for `tf.random.categorical`.

    >>> tf.random.stateless_categorical([[0.0, -100.0]], 3, seed=[7, 17]).numpy()
    array([[0, 0, 0]])
    """
    logits, count, kind = categorical_arguments(logits, num_samples, dtype)
    return rng_categorical(logits, seed_state(seed, 1), count, kind.numpy_dtype)


@library
def stateless_parameterized_truncated_normal(
    shape: Any, seed: Any, means: Any = 0.0, stddevs: Any = 1.0, minvals: Any = -2.0, maxvals: Any = 2.0, name: str | None = None
) -> Tensor:
    """Draws from normal distributions between bounds, that the seed and the parameters determine.

    Gradients flow to all four parameters so that each draw keeps its place in the distribution. (TensorFlow's gradient to
    means and stddevs leaves out that the bounds stay where they are.) Large draws differ from TensorFlow's, which depend on
    its number of threads.

    Args:
        shape: of the result; it ends with the shape that the parameters broadcast to.
        seed: two integers, int32 or int64.
        means, stddevs, minvals, maxvals: of one dtype, float16, float32 or float64, which numbers take from the tensors; one of
            the two bounds may be infinite.

    Raises:
        InvalidArgumentError: a seed of another shape, stddevs that are not positive, bounds in the wrong order or both infinite.

    Source: Robert, "Simulation of truncated normal variables", 1995.

    >>> x = tf.random.stateless_parameterized_truncated_normal([100], seed=[7, 17], minvals=1.0, maxvals=np.inf)
    >>> bool((x.numpy() >= 1.0).all())
    True
    """
    dims, _ = draw_shape(shape, "stateless_parameterized_truncated_normal")
    given = {"means": means, "stddevs": stddevs, "minvals": minvals, "maxvals": maxvals}
    dtype = next((v.dtype for v in given.values() if isinstance(v, (Tensor, Variable, np.ndarray))), None)
    parameters = [
        checked_tensor(convert_to_tensor(v, dtype) if type(v) in (int, float) else v, IEEE_FLOATS, "truncated normal", name)
        for name, v in given.items()
    ]
    return rng_bounded_normal(*parameters, seed_state(seed, 1), dims)


@library
def stateless_shuffle(value: Any, seed: Any, alg: Any = "auto_select", name: str | None = None) -> Tensor:
    """The slices of value along axis 0 in an order that the seed determines.  No gradient flows through it.

    Raises:
        InvalidArgumentError: a seed that is not two integers, or ThreeFry, for which this is not defined.

    >>> tf.random.experimental.stateless_shuffle([[1, 2], [3, 4], [5, 6]], seed=[8, 9]).numpy()
    array([[5, 6],
           [1, 2],
           [3, 4]], dtype=int32)
    """
    number = algorithm_number(alg)
    if number == THREEFRY:
        raise invalid("stateless_shuffle", "stateless_shuffle: Unsupported algorithm id: 2; it is defined for Philox only")
    return rng_permute(to_tensor(value), seed_state(seed, number), number)


# -- seeds from seeds -------------------------------------------------------------------------------------------------
@library
def split(seed: Any, num: Any = 2, alg: Any = "auto_select") -> Tensor:
    """`num` new seeds from one: [num, 2], of the seed's dtype.

    >>> tf.random.split([1, 2], num=3).numpy()
    array([[1105988140, 1738052849],
           [-335576002,  370444179],
           [  10670227, -246211131]], dtype=int32)
    """
    seed = to_tensor(seed)
    return stateless_uniform([num, 2], seed, None, None, seed.dtype, alg=alg)


@library
def fold_in(seed: Any, data: Any, alg: Any = "auto_select") -> Tensor:
    """A new seed from a seed and a number (a step, a replica's), of the number's dtype.

    >>> tf.random.fold_in([1, 2], 3).numpy()
    array([1105988140,          3], dtype=int32)
    """
    data = to_tensor(data)
    first = stateless_uniform([], seed, None, None, data.dtype, alg=alg)
    if data.ndim:
        raise invalid("fold_in", f"fold_in: data must be a scalar, got shape {list(data.dims)}")
    return stack_values([first, data])
