"""Layer 1."""

import numpy as np

import gradtape as tf
from gradtape.ops import basic, pieces

from ._record import Op, S, binary, bools, cplx, f, ints, pos, unary

ROWS = np.array([[0, 2], [2, 1]], np.int32)

RECORDS = [
    binary("add", np.add),
    binary("subtract", np.subtract),
    binary("multiply", np.multiply),
    binary("divide", np.divide, low2=0.5, high2=2.0),
    binary("zmul", np.multiply, fn=lambda a, b: basic.zmul(a, b), covers=("zmul",)),
    binary("zzmul", np.multiply, fn=lambda a, b: basic.zzmul(a, b), covers=("zzmul",)),
    unary("negative", np.negative),
    binary("equal", np.equal, grad=False),
    binary("not_equal", np.not_equal, grad=False),
    binary("greater", np.greater, grad=False),
    binary("greater_equal", np.greater_equal, grad=False),
    binary("less", np.less, grad=False),
    binary("less_equal", np.less_equal, grad=False),
    Op("complex_product", lambda a, b: a * b / (b + 3.0), ref=lambda a, b: a * b / (b + 3.0), samples=[S(cplx(2, 3), cplx(3))]),
    Op("conj", lambda z: basic.conj(z), ref=np.conj, samples=[S(cplx(2, 3))]),
    Op("select", lambda c, a, b: basic.select(c, a, b), ref=np.where, samples=[S(bools(2, 3), f(2, 3), f(3)), S(bools(3), f(2, 1), f())]),
    Op("select large", lambda c, a: basic.select(c, a, 0.0) + basic.select(c, 0.0, a * a), ref=lambda c, a: np.where(c, a, a * a),
       samples=[S(bools(50, 60), f(60)), S(bools(2500), f(2500))], order=1, batch=False, symbolic=False),
    Op("cast", lambda x: tf.cast(tf.cast(x, "complex128"), "float64"), ref=lambda x: x, samples=[S(f(2, 3))], f32=False,
       covers=("cast_inexact",)),
    Op("cast_discrete", lambda x: tf.cast(x, "int32"), ref=lambda x: x.astype("i4"), samples=[S(f(2, 3, low=-9, high=9))], grad=False),
    unary("identity", lambda x: x),
    unary("stop_gradient", lambda x: x, grad=False),
    Op("reshape", lambda x, shape: tf.reshape(x, shape), ref=lambda x, shape: x.reshape(shape),
       samples=[S(f(2, 3), shape=(3, 2)), S(f(2, 6), shape=[-1]), S(f(), shape=[1, 1])],
       bad=[(S(f(2, 3), shape=(4,)), tf.errors.InvalidArgumentError), (S(f(2, 3), shape=(-1, -1)), tf.errors.InvalidArgumentError),
            (S(f(2, 3), shape=(4, -1)), tf.errors.InvalidArgumentError)], symbolic=False),
    Op("flatten", lambda x: tf.reshape(x, (-1,)), ref=lambda x: x.reshape(-1), samples=[S(f(2, 3))]),
    Op("permute", lambda x, perm: basic.permute(x, perm), ref=lambda x, perm: x.transpose(perm),
       samples=[S(f(2, 3, 4), perm=(2, 0, 1)), S(f(2, 3), perm=(-1, 0))],
       bad=[(S(f(2, 3), perm=(0, 0)), tf.errors.InvalidArgumentError), (S(f(2, 3), perm=(0, 2)), tf.errors.InvalidArgumentError),
            (S(f(2, 3), perm=(0,)), tf.errors.InvalidArgumentError)]),
    Op("broadcast_to", lambda x, shape: tf.broadcast_to(x, shape), ref=np.broadcast_to,
       samples=[S(f(2, 1), shape=(4, 2, 3)), S(f(), shape=(2,)), S(f(1, 70), shape=(70, 70))],
       bad=[(S(f(2, 3), shape=(4, 3)), tf.errors.InvalidArgumentError), (S(f(2, 3), shape=(3,)), tf.errors.InvalidArgumentError)],
       symbolic=False),
    Op("reduce_sum", lambda x, **p: tf.reduce_sum(x, **p), ref=lambda x, axis=None, keepdims=False: np.sum(x, tuple(axis) if isinstance(
        axis, list) else axis, keepdims=keepdims),
       samples=[S(f(2, 3)), S(f(2, 3), axis=-1), S(f(2, 3, 4), axis=[0, 2]), S(f(2, 3), axis=0, keepdims=True), S(f(0, 2), axis=0), S(f())],
       bad=[(S(f(2, 3), axis=2), tf.errors.InvalidArgumentError), (S(f(2, 3), axis=-3), tf.errors.InvalidArgumentError),
            (S(bools(2)), tf.errors.InvalidArgumentError)]),
    Op("index", lambda x, key: pieces.index(x, key=key), ref=lambda x, key: np.asarray(x[pieces.to_slices(key)]),
       samples=[S(f(4, 3, 5), key=(1, (None, None, 1), (4, None, -2))), S(f(4, 3), key=(None, (1, 3, 1))), S(f(3), key=(2,))]),
    Op("embed", lambda x: pieces.embed(x, key=((0, 4, 2), 1), shape=(5, 3)), samples=[S(f(2))], symbolic=False),
    Op("gather_axis", lambda x, i, axis: pieces.gather_axis(x, i, axis), ref=lambda x, i, axis: np.take(x, i, axis),
       samples=[S(f(3, 4), ints(0, 3, (2, 2)), axis=0), S(f(2, 3, 4), ints(0, 3, (2,)), axis=1), S(f(2, 3), ints(0, 3), axis=1)],
       bad=[(S(f(3, 4), np.array([3], np.int32), axis=0), tf.errors.InvalidArgumentError)]),
    Op("scatter_rows", lambda u, i, **p: pieces.scatter_rows(u, i, **p),
       samples=[S(f(2, 2, 3), ints(0, 4, (2, 2)), size=4), S(f(2, 3, 2), ints(0, 4, (3,)), size=4, axis=1),
                S(f(20, 2), ints(0, 4, (20,)), size=4)]),
    Op("concatenate", lambda *xs, axis: pieces.concatenate(*xs, axis=axis), ref=lambda *xs, axis: np.concatenate(xs, axis),
       samples=[S(f(2, 3), f(1, 3), f(4, 3), axis=0), S(f(2, 3), f(2, 2), axis=1)],
       bad=[(S(f(2, 3), f(2, 2), axis=0), tf.errors.InvalidArgumentError)]),
    Op("x/x", lambda x: x / x * x, ref=lambda x: x, samples=[S(pos(3))]),
]
