"""The C interface: each kind of primitive against NumPy."""

import gc

import ml_dtypes
import numpy as np
import pytest

from gradtape.exec.native import memory, onednn
from gradtape.exec.native.onednn import Binary, Call, Eltwise, Primitive, Sum, Unsupported

pytestmark = pytest.mark.usefixtures("dnnl")
F4 = np.dtype(np.float32)


def normal(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype(F4)


def ran(primitive, *arguments):
    """Runs a primitive on (number, layout, array) triples."""
    triples = list(arguments)
    if primitive.scratch:
        triples.append((onednn.SCRATCHPAD, primitive.scratch_layout, memory.aligned(primitive.scratch)))
    Call(primitive, [(number, layout) for number, layout, _ in triples])(*(x.ctypes.data for *_, x in triples))


def of(x):
    """The layout of any array."""
    return onednn.strided(x.shape, x.dtype, [s // x.itemsize for s in x.strides])


def product(a, b, post=(), extra=(), math="strict", out=None):
    y = np.zeros((*np.broadcast_shapes(a.shape[:-2], b.shape[:-2]), a.shape[-2], b.shape[-1]), a.dtype) if out is None else out
    made = Primitive("matmul", of(a), of(b), None, of(y), post=post, math=math)
    places = [(onednn.POST_OPERATION * (i + 1) | onednn.SRC_1, of(x), x) for i, x in extra]
    ran(made, (onednn.SRC, of(a), a), (onednn.WEIGHTS, of(b), b), (onednn.DST, of(y), y), *places)
    return y


@pytest.mark.parametrize("lead", [(), (3,), (2, 3)])
@pytest.mark.parametrize("flip_a", [False, True])
@pytest.mark.parametrize("flip_b", [False, True])
def test_matmul_takes_any_strides(lead, flip_a, flip_b):
    a, b = normal(*lead, 5, 7), normal(*lead, 7, 4, seed=1)
    if flip_a:
        a = np.ascontiguousarray(a.swapaxes(-1, -2)).swapaxes(-1, -2)
    if flip_b:
        b = np.ascontiguousarray(b.swapaxes(-1, -2)).swapaxes(-1, -2)
    np.testing.assert_allclose(product(a, b), a @ b, rtol=1e-5, atol=1e-5)


def test_post_operations_run_in_order():
    a, b, bias, scale = normal(5, 7), normal(7, 4, seed=1), normal(1, 4, seed=2), normal(5, 1, seed=3)
    before = normal(5, 4, seed=4)
    post = [Binary(onednn.ADD, of(bias)), Eltwise(onednn.TANH), Binary(onednn.MULTIPLY, of(scale)), Sum(2.0)]
    y = product(a, b, post, [(0, bias), (2, scale)], out=before.copy())
    np.testing.assert_allclose(y, np.tanh(a @ b + bias) * scale + 2 * before, rtol=2e-5, atol=2e-5)


def test_products_of_16_bits_are_summed_in_float32():
    a, b = normal(8, 300).astype(ml_dtypes.bfloat16), normal(300, 8, seed=1).astype(ml_dtypes.bfloat16)
    exact = (a.astype(F4) @ b.astype(F4)).astype(ml_dtypes.bfloat16)
    np.testing.assert_allclose(product(a, b).astype(F4), exact.astype(F4), rtol=2**-7, atol=2**-4)


def test_reorder_between_layouts():
    x = normal(6, 5, 4)
    source, target = onednn.plain(x.shape, F4), onednn.plain(x.shape, F4, (2, 0, 1))
    y = np.zeros((4, 6, 5), F4)
    ran(onednn.reorder(source, target), (onednn.SRC, source, x), (onednn.DST, target, y))
    np.testing.assert_array_equal(y, x.transpose(2, 0, 1))


@pytest.mark.parametrize(("algorithm", "function"), [
    (onednn.TANH, np.tanh), (onednn.EXP, np.exp), (onednn.SIGMOID, lambda x: 1 / (1 + np.exp(-x))), (onednn.ABS, np.abs),
    (onednn.SQUARE, np.square), (onednn.SOFTPLUS, lambda x: np.log1p(np.exp(x))),
])  # fmt: skip
def test_eltwise_numbers(algorithm, function):
    x, y = normal(40), np.zeros(40, F4)
    alpha = 1.0 if algorithm == onednn.SOFTPLUS else 0.0
    made = Primitive("eltwise_forward", onednn.INFERENCE, algorithm, of(x), of(y), alpha, 0.0)
    ran(made, (onednn.SRC, of(x), x), (onednn.DST, of(y), y))
    np.testing.assert_allclose(y, function(x), rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("logarithm", [False, True])
def test_softmax_and_its_gradient(logarithm):
    x, y, u, g = normal(6, 9), np.zeros((6, 9), F4), normal(6, 9, seed=1), np.zeros((6, 9), F4)
    how = onednn.LOG_SOFTMAX if logarithm else onednn.SOFTMAX
    forward = Primitive("softmax_forward", onednn.TRAINING, how, of(x), of(y), 1)
    ran(forward, (onednn.SRC, of(x), x), (onednn.DST, of(y), y))
    p = np.exp(x) / np.exp(x).sum(1, keepdims=True)
    np.testing.assert_allclose(y, np.log(p) if logarithm else p, rtol=1e-4, atol=1e-5)
    backward = Primitive("softmax_backward", how, of(g), of(u), of(y), 1, forward)
    ran(backward, (onednn.DST, of(y), y), (onednn.DIFF_DST, of(u), u), (onednn.DIFF_SRC, of(g), g))
    expected = u - p * u.sum(1, keepdims=True) if logarithm else p * (u - (u * p).sum(1, keepdims=True))
    np.testing.assert_allclose(g, expected, rtol=1e-4, atol=1e-5)


def test_layer_normalization():
    x, y, scale, shift = normal(6, 9), np.zeros((6, 9), F4), normal(9, seed=1), normal(9, seed=2)
    mean, variance = np.zeros(6, F4), np.zeros(6, F4)
    flags = onednn.USE_SCALE | onednn.USE_SHIFT
    made = Primitive("layer_normalization_forward", onednn.TRAINING, of(x), of(y), of(mean), 1e-5, flags)
    ran(made, (onednn.SRC, of(x), x), (onednn.DST, of(y), y), (onednn.MEAN_OF, of(mean), mean),
        (onednn.VARIANCE, of(variance), variance), (onednn.SCALE, of(scale), scale), (onednn.SHIFT, of(shift), shift))  # fmt: skip
    expected = (x - x.mean(1, keepdims=True)) / np.sqrt(x.var(1, keepdims=True) + 1e-5) * scale + shift
    np.testing.assert_allclose(y, expected, rtol=1e-4, atol=1e-5)
    np.testing.assert_allclose(variance, x.var(1), rtol=1e-5)


def test_batch_normalization_with_given_statistics():
    x, scale, shift, mean = normal(3, 2, 2, 5), normal(5, seed=1), normal(5, seed=2), normal(5, seed=3)
    variance, y = np.square(normal(5, seed=4)) + 0.5, np.zeros((3, 2, 2, 5), F4)
    layout = onednn.plain((3, 5, 2, 2), F4, (0, 2, 3, 1))
    flags = onednn.USE_STATISTICS | onednn.USE_SCALE | onednn.USE_SHIFT
    made = Primitive("batch_normalization_forward", onednn.INFERENCE, layout, layout, 1e-3, flags)
    ran(made, (onednn.SRC, layout, x), (onednn.DST, layout, y), (onednn.MEAN_OF, of(mean), mean),
        (onednn.VARIANCE, of(variance), variance), (onednn.SCALE, of(scale), scale), (onednn.SHIFT, of(shift), shift))  # fmt: skip
    np.testing.assert_allclose(y, (x - mean) / np.sqrt(variance + 1e-3) * scale + shift, rtol=1e-4, atol=1e-4)


def test_deconvolution_is_the_adjoint_of_a_convolution():
    g, w, y = normal(2, 4, 4, 3), normal(2, 2, 3, 5, seed=1), np.zeros((2, 8, 8, 5), F4)
    g_layout, y_layout = onednn.plain((2, 3, 4, 4), F4, (0, 2, 3, 1)), onednn.plain((2, 5, 8, 8), F4, (0, 2, 3, 1))
    w_layout = onednn.plain((5, 3, 2, 2), F4, (2, 3, 1, 0))
    made = Primitive(
        "deconvolution_forward", onednn.INFERENCE, 0xA, g_layout, w_layout, None, y_layout, (2, 2), (0, 0), (0, 0), (0, 0)
    )
    ran(made, (onednn.SRC, g_layout, g), (onednn.WEIGHTS, w_layout, w), (onednn.DST, y_layout, y))
    expected = np.einsum("nijc,klcm->nikjlm", g, w).reshape(2, 8, 8, 5)
    np.testing.assert_allclose(y, expected, rtol=1e-5, atol=1e-5)


def test_what_it_does_not_have_is_unsupported():
    x = np.zeros((3, 3))
    with pytest.raises(Unsupported):
        of(x)  # float64
    with pytest.raises(Unsupported):
        onednn.plain((0, 3), F4)
    with pytest.raises(Unsupported):
        Primitive("matmul", onednn.plain((2, 3), F4), onednn.plain((4, 5), F4), None, onednn.plain((2, 5), F4))


def test_layouts_that_are_equal():
    assert onednn.plain((2, 3), F4) == onednn.strided((2, 3), F4, (3, 1))
    assert onednn.plain((2, 3), F4) != onednn.plain((2, 3), F4, (1, 0))


def test_objects_are_destroyed(dnnl, monkeypatch):
    ended = []
    real = dnnl.functions["primitive_destroy"]
    monkeypatch.setitem(dnnl.functions, "primitive_destroy", lambda address: ended.append(address) or real(address))
    layout = onednn.plain((2, 2), F4)
    made = Primitive("matmul", layout, layout, None, layout)
    address = made.address
    del made
    gc.collect()
    assert ended == [address]
