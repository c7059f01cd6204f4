"""Layer 2: checks, printing and calls of Python, in functions that give their argument back."""

import io

import numpy as np

import gradtape as tf
from gradtape.ops import effects, segment

from ._record import Op, S, bools, f, ints, pos

INVALID = tf.errors.InvalidArgumentError


def after(effect):
    """The first argument, once the effect has had them all."""

    def call(x, *rest, **params):
        effect(x, *rest, **params)
        return x

    return call


def relation(a, b, relation="<"):
    effects.check_relation(a, b, relation, "", 3)


def near(a, b, atol=0.5):
    effects.check_near(a, b, 0.0, atol, "", 3)


def sign(x, relation=">"):
    effects.check_sign(x, relation, "", 3)


def required(condition, *data):
    effects.require(condition, *data, shown="it", summarize=3)


def printed(*values):
    pieces = ("", *(" " for _ in values))
    effects.print_values(*values, pieces=pieces, quoted=True, summarize=3, write=io.StringIO().write)


def first(x, *rest):
    return x


RECORDS = [
    Op("check_relation", after(relation), ref=first, samples=[S(f(2, 3, low=0, high=1), f(3, low=2, high=3)), S(f(3), np.full(3, 99.0))],
       bad=[(S(pos(3), np.zeros(3)), INVALID), (S(pos(3), pos(2)), INVALID), (S(bools(2), bools(2)), INVALID), (S(f(2), ints(0, 2, (2,))), INVALID)]),
    Op("check_near", after(near), ref=first, samples=[S(f(2, 3, low=0, high=0.2), f(3, low=0, high=0.2))],
       bad=[(S(pos(3), np.full(3, 9.0)), INVALID), (S(pos(3), pos(2)), INVALID), (S(ints(0, 1, (2,)), ints(0, 1, (2,))), INVALID)]),
    Op("check_sign", after(sign), ref=first, samples=[S(pos(2, 3)), S(pos())], bad=[(S(np.zeros(2)), INVALID), (S(bools(2)), INVALID)]),
    Op("require", lambda x, c: [required(c, x), x][1], ref=first, samples=[S(f(2), np.array(True)), S(f(2), ints(1, 3, (2,)))],
       bad=[(S(f(2), np.array(False)), INVALID)]),
    Op("check_numerics", lambda x: effects.check_numerics(x, "here"), ref=first, samples=[S(f(2, 3)), S(f())],
       bad=[(S(np.array([1.0, np.nan])), INVALID), (S(ints(0, 2, (2,))), INVALID)]),
    Op("print_values", after(printed), ref=first, samples=[S(f(2, 3)), S(f(2), ints(0, 2, (3,)))]),
    Op("call_python", lambda x: effects.call_python(x, function=np.sinh)[0], ref=np.sinh, samples=[S(f(2, 3))], grad=False, symbolic=False),
    Op("end_to_end", lambda i: segment.end_to_end(i, 4), ref=lambda i: np.where(i < 0, i, i + 4 * np.arange(2)[:, None]),
       samples=[S(ints(-1, 4, (2, 3)))]),
]  # fmt: skip
