"""Library steps and pools as loops: plans against the reference executor."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gradtape as tf
from gradtape.core.shapes import Spec
from gradtape.exec import reference
from gradtape.exec.native import library
from gradtape.exec.native.plan import Plan
from gradtape.graph.trace import trace

pytest.importorskip("llvmlite")
pytestmark = pytest.mark.usefixtures("dnnl")
EXAMPLES = settings(max_examples=25, deadline=None)


def normal(*shape, seed=0, dtype=np.float32):
    return np.random.default_rng(seed).normal(size=shape).astype(dtype)


def planned(program, *arrays):
    return Plan(trace(program, [Spec(x.shape, x.dtype) for x in arrays])[0], library.addresses(), library.lower)


def agrees(program, *arrays, tolerance=2e-5):
    """Runs a program in both executors; gives the plan's steps."""
    plan = planned(program, *arrays)
    nothing = [None] * len(plan.graph.outputs)
    for found, expected in zip(plan(arrays, nothing), reference.compile_graph(plan.graph)(arrays, nothing), strict=True):
        assert found.dtype == expected.dtype and found.shape == expected.shape
        expected = expected.astype("f8")
        scale = np.abs(expected[np.isfinite(expected)]).max(initial=1)
        np.testing.assert_allclose(found.astype("f8"), expected, atol=tolerance * scale)
    return plan.describe().steps


def served(steps):
    return [step.split(": oneDNN")[0].removeprefix("library ") for step in steps if step.startswith("library")]


# -- products -----------------------------------------------------------------------------------------------------
@EXAMPLES
@given(
    lead=st.lists(st.integers(1, 3), max_size=2).map(tuple), b_lead=st.sampled_from(["same", "none", "ones"]),
    m=st.integers(2, 40), k=st.integers(1, 70), n=st.integers(2, 40), flip_a=st.booleans(), flip_b=st.booleans(),
)  # fmt: skip
def test_products(lead, b_lead, m, k, n, flip_a, flip_b):
    leads = {"same": lead, "none": (), "ones": (1,) * len(lead)}[b_lead]
    a, b = normal(*lead, *((k, m) if flip_a else (m, k))), normal(*leads, *((n, k) if flip_b else (k, n)), seed=1)
    agrees(lambda a, b: [tf.matmul(a, b, transpose_a=flip_a, transpose_b=flip_b)], a, b)


@pytest.mark.parametrize("shape", [(32,), (1, 32), (24, 32), ()])
def test_an_addition_is_absorbed(shape):
    a, b, c = normal(24, 48), normal(48, 32, seed=1), normal(*shape, seed=2)
    assert len(served(agrees(lambda a, b, c: [c + tf.matmul(a, b)], a, b, c))) == 1
    steps = agrees(lambda a, b, c: [tf.matmul(a, b) + c + c], a, b, c)
    assert served(steps)[0].count("+") == 2 and len(steps) == 1


def test_a_column_is_not_absorbed():
    steps = agrees(lambda a, b, c: [tf.matmul(a, b) + c], normal(24, 48), normal(48, 32, seed=1), normal(24, 1, seed=2))
    assert served(steps) == ["matmul"]


def test_what_is_read_twice_or_returned_is_not_absorbed():
    a, b, c = normal(24, 48), normal(48, 32, seed=1), normal(32, seed=2)

    def twice(a, b, c):
        y = tf.matmul(a, b)
        return [y + c, y]

    def itself(a, b, c):
        y = tf.matmul(a, b)
        return [y + y + c]

    assert served(agrees(twice, a, b, c)) == served(agrees(itself, a, b, c)) == ["matmul"]


def test_an_operand_that_comes_later_is_not_absorbed():
    def late(a, b):
        y = tf.matmul(a, b)
        return [y + tf.matmul(tf.exp(a * 0.1), b)]

    steps = served(agrees(late, normal(24, 48), normal(48, 32, seed=1)))
    assert steps == ["matmul", "matmul + residual"]  # the second product takes the first as its residual


def test_a_stack_with_one_right_factor_is_one_tall_product():
    agrees(lambda a, b, c: [tf.matmul(a, b) + c], normal(3, 5, 8, 48), normal(48, 32, seed=1), normal(32, seed=2))


def attention(x, w, heads=4):
    b, t, d = x.shape
    qkv = tf.reshape(x @ w, [b, t, 3, heads, d // heads])
    q, k, v = (tf.transpose(z, [0, 2, 1, 3]) for z in tf.unstack(qkv, axis=2))
    p = tf.nn.softmax(tf.matmul(q, k, transpose_b=True))
    return tf.reshape(tf.transpose(p @ v, [0, 2, 1, 3]), [b, t, d])


def test_attention_copies_nothing():
    steps = agrees(lambda x, w: [attention(x, w)], normal(2, 16, 64), normal(64, 192, seed=1) * np.float32(0.1))
    assert len(served(steps)) == 3 and len(steps) == 4  # three products and the softmax


def test_the_gradient_of_attention():
    def gradients(x, w):
        with tf.GradientTape() as tape:
            tape.watch([x, w])
            y = tf.reduce_sum(tf.square(attention(x, w)))
        return tape.gradient(y, [x, w])

    agrees(gradients, normal(2, 16, 64), normal(64, 192, seed=1) * np.float32(0.1))


def test_slices_of_columns_are_read_in_place():
    def program(x, w):
        left, right = tf.split(x, [16, 32], axis=1)
        return [left @ w[:16], tf.matmul(right, right, transpose_a=True)]

    agrees(program, normal(40, 48), normal(32, 24, seed=1))


@pytest.mark.parametrize(
    "equation", ["bthd,bshd->bhts", "bhts,bshd->bthd", "btd,dhk->bthk", "ij,kj->ki", "bij,bjk->bik", "ij,jk->ki"]
)
def test_einsum(equation):
    sizes = dict(zip("bthdsijk", (2, 12, 3, 16, 14, 18, 20, 22), strict=True))
    left, right = equation.split("->")[0].split(",")
    a, b = (normal(*(sizes[c] for c in labels), seed=i) for i, labels in enumerate((left, right)))
    agrees(lambda a, b: [tf.einsum(equation, a, b)], a, b)


@pytest.mark.parametrize("dtype", ["bfloat16", "float16"])
def test_products_of_16_bits(dtype):
    a, b = (normal(32, 64, seed=i).astype(tf.as_dtype(dtype).as_numpy_dtype) for i in (0, 1))
    agrees(lambda a, b: [tf.matmul(a, b, transpose_b=True)], a, b, tolerance=2**-7)


def test_float64_is_left_to_others():
    assert not served(agrees(lambda a, b: [tf.matmul(a, b)], normal(32, 64, dtype="f8"), normal(64, 32, dtype="f8")))


def test_nothing_to_multiply():
    agrees(lambda a, b: [tf.matmul(a, b)], normal(5, 0), normal(0, 6))
    agrees(lambda a, b: [tf.matmul(a, b)], normal(0, 5), normal(5, 6))


# -- convolutions -------------------------------------------------------------------------------------------------
@st.composite
def convolutions(draw):
    rank = draw(st.integers(1, 3))
    kernel = tuple(draw(st.integers(1, 3)) for _ in range(rank))
    groups, c, m = draw(st.sampled_from([(1, 3, 5), (1, 16, 16), (4, 1, 2), (2, 4, 4)]))
    stride = draw(st.integers(1, 2))
    dilation = draw(st.integers(1, 2)) if stride == 1 else 1
    sizes = tuple(draw(st.integers(6, 9)) for _ in range(rank))
    x, w = normal(2, *sizes, groups * c), normal(*kernel, c, groups * m, seed=1)
    return x, w, {"strides": stride, "padding": draw(st.sampled_from(["SAME", "VALID"])), "dilations": dilation}


@EXAMPLES
@given(convolutions())
def test_convolutions_and_their_gradients(case):
    x, w, how = case
    bias = normal(w.shape[-1], seed=2)

    def program(x, w, b):
        with tf.GradientTape() as tape:
            tape.watch([x, w, b])
            y = tf.nn.convolution(x, w, **how) + b
            z = tf.reduce_sum(tf.square(y))
        return [y, *tape.gradient(z, [x, w, b])]

    kinds = {step.split(" ")[0] for step in served(agrees(program, x, w, bias))}
    assert kinds == {"conv", "conv_input", "conv_filter"}


def test_bias_and_residual_are_absorbed():
    x, w, b = normal(2, 8, 8, 16), normal(3, 3, 16, 16, seed=1), normal(16, seed=2)
    steps = agrees(lambda x, w, b: [tf.nn.conv2d(x, w, 1, "SAME") + b + x], x, w, b)
    assert served(steps) == ["conv + add + add"] and len(steps) == 1


def test_convolution_of_float64_and_of_nothing():
    agrees(lambda x, w: [tf.nn.conv2d(x, w, 1, "SAME")], normal(2, 5, 5, 3, dtype="f8"), normal(3, 3, 3, 4, dtype="f8"))
    agrees(lambda x, w: [tf.nn.conv2d(x, w, 1, "SAME")], normal(0, 5, 5, 3), normal(3, 3, 3, 4))


# -- pools ----------------------------------------------------------------------------------------------------------
@EXAMPLES
@given(
    sizes=st.tuples(st.integers(4, 8), st.integers(4, 8)), kernel=st.integers(1, 5), stride=st.integers(1, 3),
    padding=st.sampled_from(["SAME", "VALID"]), channels=st.integers(1, 20), pool=st.sampled_from(["MAX", "AVG"]),
)  # fmt: skip
def test_pools_and_their_gradients(sizes, kernel, stride, padding, channels, pool):
    x = np.random.default_rng(0).integers(-2, 3, (2, *sizes, channels)).astype(np.float32)  # with ties
    if padding == "VALID":
        kernel = min(kernel, *sizes)

    def program(x):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = tf.nn.pool(x, [kernel, kernel], pool, strides=[stride, stride], padding=padding)
            z = tf.reduce_sum(tf.square(y) * 0.3)
        return [y, tape.gradient(z, x)]

    agrees(program, x)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("padding", ["SAME", "VALID"])
def test_a_maximum_of_what_is_not_finite(value, padding):
    x = normal(1, 7, 7, 16)
    x[0, 2:5, 2:5, 3] = value

    def program(x):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = tf.nn.max_pool2d(tf.nn.relu(x) if value > 0 else x, 2, 2, padding)
        return [y, tape.gradient(y, x)]

    agrees(program, x)


def test_a_pool_joins_the_loops_around_it():
    x, b = normal(2, 8, 8, 16), normal(16, seed=1)
    steps = agrees(lambda x, b: [tf.nn.max_pool2d(tf.nn.relu(x + b), 2, 2, "VALID") * 2.0], x, b)
    assert len(steps) == 1 and steps[0].startswith("loop")


# -- with and without -----------------------------------------------------------------------------------------------
def test_without_the_library_the_results_are_the_same(monkeypatch):
    def program(x, w, v):
        y = tf.nn.max_pool2d(tf.nn.relu(tf.nn.conv2d(x, w, 1, "SAME")), 2, 2, "VALID")
        return [tf.reshape(y, [2, -1]) @ v]

    arrays = normal(2, 8, 8, 3), normal(3, 3, 3, 8, seed=1), normal(128, 10, seed=2)
    graph = trace(program, [Spec(x.shape, x.dtype) for x in arrays])[0]
    one, other = Plan(graph, library.addresses(), library.lower)(arrays, [None]), Plan(graph)(arrays, [None])
    np.testing.assert_allclose(one[0], other[0], rtol=1e-4, atol=1e-4)


def test_two_calls_give_the_same_bits():
    plan = planned(lambda x, w: [attention(x, w)], normal(2, 16, 64), normal(64, 192))
    arrays = normal(2, 16, 64), normal(64, 192, seed=1) * np.float32(0.1)
    first, second = plan(arrays, [None]), plan(arrays, [None])
    np.testing.assert_array_equal(first[0], second[0])
