"""Unknown dimensions: arithmetic in canonical form, and comparisons that cannot be decided."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gradtape.core.errors import DimensionError
from gradtape.core.shapes import Dim, Spec, TensorShape, broadcast_shapes

n, m = Dim("n"), Dim("m")


def test_canonical_form() -> None:
    assert n + 1 == 1 + n
    assert n * 2 == 2 * n
    assert n + 0 == n
    assert n - n == 0
    assert (n + 1) - n == 1
    assert n * m == m * n
    assert (n * 4) // 2 == n * 2
    assert (n * m) // n == m
    assert (n - 2) // 2 == n // 2 - 1
    assert (n + 3) // 2 == (n + 1) // 2 + 1
    assert n // 1 == n
    assert (n * 6 + 4) % 2 == 0
    assert hash(n + 1) == hash(1 + n)


def test_what_cannot_be_decided_raises() -> None:
    for question in (lambda: n == 5, lambda: n == m, lambda: n < 3, lambda: n >= m, lambda: int(n), lambda: list(range(n))):
        with pytest.raises(DimensionError):
            question()
    assert n != 1  # by convention: what is right for n is right for 1
    assert n != 0
    assert n + 1 > n


def test_users_see_none() -> None:
    assert TensorShape.of((n, 3)) == TensorShape([None, 3])
    assert repr(TensorShape.of((n, 3))) == "TensorShape([None, 3])"
    assert Spec((n, 3, n // 2), "f4").ndim == 3


def test_broadcasting() -> None:
    assert broadcast_shapes((n, 1), (3,)) == (n, 3)
    assert broadcast_shapes((n, 3), (n, 1)) == (n, 3)
    with pytest.raises(DimensionError):
        broadcast_shapes((n,), (m,))


SMALL = st.integers(-6, 6)


@given(a=SMALL, b=SMALL, c=st.integers(1, 5), value=st.integers(2, 40), other=st.integers(2, 40))
def test_substitution_agrees_with_integers(a: int, b: int, c: int, value: int, other: int) -> None:
    def program(n, m):
        return ((a * n + b) // c + m * n) // 2 - (n % c) * 3 + (n * m * c) // c

    symbolic = program(n, m)
    filled = symbolic.substitute({"n": value, "m": other}) if isinstance(symbolic, Dim) else symbolic
    assert filled == program(value, other)
