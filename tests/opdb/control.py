"""Branches and loops as operations, and the arrays that grow in them."""

import numpy as np

import gradtape as tf
from gradtape.control.branches import branched
from gradtape.control.loops import traced_over, traced_while
from gradtape.core.structures import flatten
from gradtape.ops import create, effects, growing, openings

from ._record import Op, S, f, ints


def one_of(k, x, w):
    return branched(k, [lambda: x * w, lambda: tf.sin(x)], "cond")


def one_of_checked(k, x, w):
    def product():
        effects.check_numerics(x, "x")
        return x * w

    return branched(k, [product, lambda: tf.sin(x)], "cond")


def one_of_ref(k, x, w):
    return x * w if k == 0 else np.sin(x)


def recurrence(x, w, checked=False):
    x, w = tf.convert_to_tensor(x), tf.convert_to_tensor(w)
    flat, structure = flatten(x)

    def step(a, e):
        if checked:
            effects.check_numerics(e, "e")
        a = tf.tanh(a * w + e)
        return a, a * e

    last, results = traced_over(step, w * 0.5, flat, structure, x.dims[0], False, "scan")
    return last + results


def recurrence_ref(x, w, checked=False):
    a, results = w * 0.5, []
    for e in x:
        a = np.tanh(a * w + e)
        results.append(a * e)
    return a + np.array(results).reshape(x.shape)


def doubled(x, w, checked=False):
    x, w = tf.convert_to_tensor(x), tf.convert_to_tensor(w)

    def body(i, y):
        if checked:
            effects.check_numerics(y, "y")
        return i + 1, tf.sin(y) * w + y

    return traced_while(lambda i, y: i < 3, body, (tf.constant(0), x), None, None)[1]


def doubled_ref(x, w, checked=False):
    for _ in range(3):
        x = np.sin(x) * w + x
    return x


def grown_ref(x, at):
    return np.concatenate([x, np.zeros((4 - len(x), *x.shape[1:]))]) if at >= len(x) else x


RECORDS = [
    Op("choose", one_of, ref=one_of_ref, samples=[S(ints(0, 1), f(3), f(3)), S(ints(1, 3), f(2, 2), f(2))], symbolic=False),
    Op("choose_in_order", one_of_checked, ref=one_of_ref, samples=[S(ints(0, 1), f(3), f(3)), S(ints(1, 3), f(2), f(2))], symbolic=False),
    Op("loop_over", recurrence, ref=recurrence_ref, samples=[S(f(4), f()), S(f(3, 2), f(2))], symbolic=False),
    Op("loop_over_in_order", lambda x, w: recurrence(x, w, True), ref=recurrence_ref, samples=[S(f(4), f())], symbolic=False),
    Op("loop_while", doubled, ref=doubled_ref, samples=[S(f(3), f()), S(f(), f())], symbolic=False),
    Op("loop_while_in_order", lambda x, w: doubled(x, w, True), ref=doubled_ref, samples=[S(f(3), f())], symbolic=False),
    Op("grown", growing.grown, ref=grown_ref, samples=[S(f(2, 3), np.array(3, np.int32)), S(f(4), np.array(1, np.int32))], symbolic=False),
    Op("leading_rows", growing.leading_rows, ref=lambda x, n: x[: int(n)],
       samples=[S(f(4, 2), np.array(3, np.int32)), S(f(3), np.array(0, np.int32))], symbolic=False),
    Op("room", lambda n: growing.room(n, at=0), ref=lambda n: np.zeros((int(n.flat[0]), 0), bool), samples=[S(np.array(3, np.int32)), S(np.array([0, 2]))],
       bad=[(S(np.array(-1, np.int32)), tf.errors.InvalidArgumentError)], batch=False, symbolic=False),
    Op("counted", lambda n: create.counted(n, length=3), ref=lambda n: n[..., None] + np.arange(3, dtype=n.dtype),
       samples=[S(np.array(2, np.int32)), S(np.array([1, 5]))]),
    Op("range_of_data", create.range_of_data, ref=np.arange, samples=[S(np.array(1), np.array(7), np.array(2)), S(np.array(3.0), np.array(0.0), np.array(-0.5))],
       bad=[(S(np.array(1), np.array(7), np.array(-2)), tf.errors.InvalidArgumentError)], grad=False, batch=False, symbolic=False),
    Op("places", lambda a, b, n: openings.places(a, b, n, step=1, ends=(True, False)), ref=lambda a, b, n: np.arange(n)[int(a):],
       samples=[S(np.array(2, np.int32), np.array(0, np.int32), np.array(5, np.int32)), S(np.array(-2), np.array(0), np.array(5))], batch=False, symbolic=False),
    Op("shaped_like", lambda x, y: growing.shaped_like(x, y * 0.0), ref=lambda x, y: np.vstack([x, np.zeros((1, 2))]),
       samples=[S(f(2, 2), f(3, 2))]),
]  # fmt: skip
