"""TensorShape: every method at a known, a partly known and an unknown shape.  The values are TensorFlow's."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import pytest

import gradtape as tf

T = tf.TensorShape
anything = T(None)

VALUES: dict[str, tuple[Callable[[], Any], Any]] = {
    "rank": (lambda: [T([2, None]).rank, T([]).rank, anything.rank, T(3).ndims], [2, 0, None, 1]),
    "dims": (lambda: [anything.dims, T([]).as_list(), T([2, None]).as_list()], [None, [], [2, None]]),
    "elements": (lambda: [T([2, 3]).num_elements(), T([]).num_elements(), T([2, None]).num_elements()], [6, 1, None]),
    "elements, unknown": (lambda: anything.num_elements(), None),
    "defined": (lambda: [s.is_fully_defined() for s in (T([2]), T([]), T([None]), anything)], [True, True, False, False]),
    "compatible": (
        lambda: [T([2, None]).is_compatible_with(s) for s in ([2, 5], [2, None], [None, 5], [3, 5], [2], None)],
        [True, True, True, False, False, True],
    ),
    "compatible with unknown": (lambda: anything.is_compatible_with([1]), True),
    "merge": (lambda: T([2, None]).merge_with([None, 5]).as_list(), [2, 5]),
    "merge with unknown": (lambda: [T([2, None]).merge_with(None).as_list(), anything.merge_with([2, 3]).as_list()], [[2, None], [2, 3]]),
    "specific": (lambda: T([2, 3]).most_specific_compatible_shape([2, 4]).as_list(), [2, None]),
    "specific, None": (lambda: T([None, 3]).most_specific_compatible_shape([2, 3]).as_list(), [None, 3]),
    "specific, ranks": (lambda: T([2]).most_specific_compatible_shape([2, 4]).rank, None),
    "specific, unknown": (lambda: [T([2]).most_specific_compatible_shape(None).rank, anything.most_specific_compatible_shape([2]).rank], [None] * 2),
    "concatenate": (lambda: T([2]).concatenate([None, 3]).as_list(), [2, None, 3]),
    "concatenate unknown": (lambda: [T([2]).concatenate(None).rank, anything.concatenate([2]).rank], [None, None]),
    "sum": (lambda: [(T([2]) + [3]).as_list(), ([3] + T([2])).as_list(), (T([2]) + anything).rank], [[2, 3], [3, 2], None]),
    "with rank": (lambda: [T([2, None]).with_rank(2).as_list(), anything.with_rank(2).as_list()], [[2, None], [None, None]]),
    "at least": (lambda: [T([2, 3]).with_rank_at_least(2).as_list(), anything.with_rank_at_least(2).rank], [[2, 3], None]),
    "at most": (lambda: [T([2, 3]).with_rank_at_most(2).as_list(), anything.with_rank_at_most(0).rank], [[2, 3], None]),
    "assertions": (lambda: [T([2]).assert_has_rank(1), anything.assert_has_rank(3), T([2]).assert_same_rank([4]),
                            T([2]).assert_same_rank(None), anything.assert_same_rank([1]), T([2]).assert_is_compatible_with([None]),
                            T([2]).assert_is_fully_defined()], [None] * 7),
    "truth": (lambda: [bool(T([])), bool(T([0])), bool(anything)], [True, True, False]),
    "items": (lambda: [T([2, None, 4])[1], T([2, 3])[-1], T([2, None, 4])[1:].as_list(), anything[3]], [None, 3, [None, 4], None]),
    "slices of unknown": (lambda: [anything[1:3].as_list(), anything[:2].as_list(), anything[1:].rank, anything[:-1].rank, anything[-2:].rank],
                          [[None, None], [None, None], None, None, None]),
    "equal": (lambda: [T([2]) == [2], T([2]) == (2,), T([2]) == T([3]), T([2]) != [2], T([2, None]) == [2, None], T([2]) == "a"],
              [True, True, False, False, True, False]),
    "equal to unknown": (lambda: [anything == T(None), T([]) == anything, anything != T([])], [True, False, True]),
    "inside": (lambda: [2 in T([2, 3]), 4 in T([2, 3])], [True, False]),
    "length": (lambda: [len(T([2, None])), len(T([]))], [2, 0]),
    "text": (lambda: [str(T([2, None])), repr(T([2, None])), str(anything), repr(anything), str(T([3]))],
             ["(2, None)", "TensorShape([2, None])", "<unknown>", "TensorShape(None)", "(3,)"]),
    "pickle": (lambda: [pickle.loads(pickle.dumps(s)) == s for s in (T([2, None]), anything)], [True, True]),
}  # fmt: skip

ERRORS: dict[str, tuple[Callable[[], Any], type[Exception]]] = {
    "as_list": (lambda: anything.as_list(), ValueError),
    "merge": (lambda: T([2, 3]).merge_with([2, 4]), ValueError),
    "merge, ranks": (lambda: T([2]).merge_with([2, 4]), ValueError),
    "rank": (lambda: T([2]).with_rank(2), ValueError),
    "has rank": (lambda: T([2]).assert_has_rank(0), ValueError),
    "at least": (lambda: T([2]).with_rank_at_least(2), ValueError),
    "at most": (lambda: T([2]).with_rank_at_most(0), ValueError),
    "same rank": (lambda: T([2]).assert_same_rank([2, 3]), ValueError),
    "compatible": (lambda: T([2]).assert_is_compatible_with([3]), ValueError),
    "defined": (lambda: T([None]).assert_is_fully_defined(), ValueError),
    "defined, unknown": (lambda: anything.assert_is_fully_defined(), ValueError),
    "length": (lambda: len(anything), ValueError),
    "iteration": (lambda: list(anything), ValueError),
    "inside": (lambda: 2 in anything, ValueError),
    "negative": (lambda: T([-1]), ValueError),
    "text": (lambda: T(["a"]), TypeError),
    "float": (lambda: T([1.5]), TypeError),
}


@pytest.mark.parametrize("name", VALUES)
def test_value(name: str) -> None:
    call, expected = VALUES[name]
    assert call() == expected


@pytest.mark.parametrize("name", ERRORS)
def test_error(name: str) -> None:
    call, error = ERRORS[name]
    with pytest.raises(error):
        call()


def test_equal_shapes_have_one_hash() -> None:
    assert len({T([2, None]), T((2, None)), T([2])}) == 2
