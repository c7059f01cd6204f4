"""Index arithmetic: sums of multiples of loop variables, and quotients and remainders where a reshape makes them.

An `Index` is canonical, so that two of them are equal exactly if they are written alike; the quotient and the remainder of one
value by one number join again when they are added.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd
from typing import Any, NamedTuple


class Var(NamedTuple):
    """A loop variable with values 0 ... extent - 1."""

    name: str
    extent: int


class Quotient(NamedTuple):
    index: Index
    by: int
    sign: str = "//"  # keeps the two apart: tuples are compared by what they hold


class Remainder(NamedTuple):
    index: Index
    by: int
    sign: str = "%"


class Loaded(NamedTuple):
    """A number that an array holds: what `name` stands for is known to whoever emits it; 0 ... extent - 1."""

    name: Any
    extent: int
    sign: str = "[]"


class Index(NamedTuple):
    constant: int
    terms: tuple[tuple[Any, int], ...]  # (Var | Quotient | Remainder | Loaded, factor), sorted

    @property
    def is_constant(self) -> bool:
        return not self.terms

    def factor(self, atom: Any) -> int:
        return next((f for a, f in self.terms if a == atom), 0)


ZERO = Index(0, ())


def constant(n: int) -> Index:
    return Index(n, ())


def variable(v: Any) -> Index:
    return Index(0, ((v, 1),)) if v.extent != 1 else ZERO


def total(parts: Sequence[tuple[Index, int]]) -> Index:
    """The sum of the indices, each times its factor."""
    number, factors = 0, {}
    for index, factor in parts:
        number += index.constant * factor
        for atom, f in index.terms:
            factors[atom] = factors.get(atom, 0) + f * factor
    return joined(number, {a: f for a, f in factors.items() if f})


def joined(number: int, factors: dict[Any, int]) -> Index:
    """q * (e // q) + e % q is e."""
    for atom in factors:
        if type(atom) is Quotient:
            rest = Remainder(atom.index, atom.by)
            if rest in factors and factors[atom] == factors[rest] * atom.by:
                share = factors[rest]
                left = Index(number, tuple((a, f) for a, f in factors.items() if a not in (atom, rest)))
                return total([(left, 1), (atom.index, share)])
    return Index(number, tuple(sorted(factors.items(), key=lambda term: repr(term[0]))))


def plus(a: Index, b: Index) -> Index:
    return total([(a, 1), (b, 1)])


def times(a: Index, n: int) -> Index:
    return total([(a, n)])


def extremes(index: Index) -> tuple[int, int]:
    """The least and the greatest value."""
    low = high = index.constant
    for atom, f in index.terms:
        top = f * highest(atom)
        low, high = low + min(top, 0), high + max(top, 0)
    return low, high


def highest(atom: Any) -> int:
    if type(atom) is Remainder:
        return atom.by - 1
    if type(atom) is Quotient:
        return extremes(atom.index)[1] // atom.by
    return max(atom.extent - 1, 0)


def divided(index: Index, by: int) -> tuple[Index, Index]:
    """Quotient and remainder of an index that is never negative."""
    if by == 1:
        return index, ZERO
    whole, rest = divmod(index.constant, by)
    quotient = Index(whole, tuple((a, f // by) for a, f in index.terms if f % by == 0))
    remainder = Index(rest, tuple((a, f) for a, f in index.terms if f % by))
    low, high = extremes(remainder)
    if low >= 0 and high < by:
        return quotient, remainder
    if low < 0:
        quotient, remainder = ZERO, index
    common = by
    for f in (remainder.constant, *(f for _, f in remainder.terms)):
        common = gcd(common, f)
    inner = Index(remainder.constant // common, tuple((a, f // common) for a, f in remainder.terms))
    by //= common
    return plus(quotient, Index(0, ((Quotient(inner, by), 1),))), Index(0, ((Remainder(inner, by), common),))


def strides_of(shape: Sequence[int]) -> list[int]:
    """Row-major, in elements."""
    out, step = [], 1
    for n in reversed(shape):
        out.append(step)
        step *= n
    return out[::-1]


def linear(index: Sequence[Index], shape: Sequence[int]) -> Index:
    """The place in a row-major array."""
    return total(list(zip(index, strides_of(shape), strict=True)))


def unravelled(place: Index, shape: Sequence[int]) -> tuple[Index, ...]:
    """The index of a place in a row-major array of this shape."""
    out = []
    for n in reversed(shape[1:]):
        place, at = divided(place, n) if n > 1 else (place, ZERO)
        out.append(at)
    return (*((place if shape[0] != 1 else ZERO,) if shape else ()), *out[::-1])


def substituted(index: Index, values: dict[Any, Index]) -> Index:
    """The index where variables stand for other indices."""
    parts = [(Index(index.constant, ()), 1)]
    for atom, f in index.terms:
        if atom in values:
            parts.append((values[atom], f))
        elif type(atom) in (Quotient, Remainder):
            pair = divided(substituted(atom.index, values), atom.by)
            parts.append((pair[type(atom) is Remainder], f))
        else:
            parts.append((Index(0, ((atom, 1),)), f))
    return total(parts)


def variables(index: Index) -> set[Any]:
    """The loop variables and loaded numbers that it depends on."""
    out: set[Any] = set()
    for atom, _ in index.terms:
        out |= variables(atom.index) if type(atom) in (Quotient, Remainder) else {atom}
    return out
