"""Shapes: tuples of ints and unknown extents (Dim), Spec, TensorShape, broadcasting, axes."""

from __future__ import annotations

import operator
from collections.abc import Iterable
from itertools import count, zip_longest
from typing import Any

import numpy as np

from .errors import DimensionError, IncompatibleShapesError, invalid

Extent = Any  # an int or a Dim


unnamed = count(1).__next__  # the number of an unknown extent that has no name of its own


class Dim:
    """An unknown extent: an integer polynomial over named unknowns, in canonical form.

    `==` is True where both are the same polynomial and False where they differ by a constant. By convention an
    unknown is never equal to 0 or 1: what is right for n is right for 1. What cannot be decided raises DimensionError.
    """

    __slots__ = ("terms",)
    terms: tuple[Any, ...]  # sorted ((monomial, coefficient), ...); a monomial is a sorted tuple of atoms

    def __init__(self, name: str):
        self.terms = (((("n", name),), 1),)

    # -- arithmetic -----------------------------------------------------------------------------------------
    def __add__(self, other: Extent) -> Extent:
        return combined(coefficients(self), coefficients(other), 1)

    def __sub__(self, other: Extent) -> Extent:
        return combined(coefficients(self), coefficients(other), -1)

    def __rsub__(self, other: Extent) -> Extent:
        return combined(coefficients(other), coefficients(self), -1)

    def __neg__(self) -> Extent:
        return 0 - self

    def __mul__(self, other: Extent) -> Extent:
        out: dict[Any, Any] = {}
        for a, m in coefficients(self).items():
            for b, n in coefficients(other).items():
                key = tuple(sorted(a + b))
                out[key] = out.get(key, 0) + m * n
        return simplest(out)

    __radd__, __rmul__ = __add__, __mul__

    def __floordiv__(self, other: Extent) -> Extent:
        return quotient(self, other)

    def __rfloordiv__(self, other: Extent) -> Extent:
        return quotient(other, self)

    def __mod__(self, other: Extent) -> Extent:
        return self - (self // other) * other

    # -- comparison -----------------------------------------------------------------------------------------
    def __eq__(self, other: object) -> bool:
        if isinstance(other, Dim) and self.terms == other.terms:
            return True
        if not isinstance(other, (Dim, int, np.integer)):
            return False
        if not isinstance(self - other, Dim) or (not isinstance(other, Dim) and other <= 1):
            return False
        raise DimensionError(f"whether the unknown dimension {self} equals {other} cannot be decided before it is known")

    def __hash__(self) -> int:
        return hash(self.terms)

    def decided(self, other: Extent, compare: Any) -> bool:
        difference = self - other
        if isinstance(difference, Dim):
            low, high = bounds(difference)
            if compare(low, 0) == compare(high, 0):
                return compare(low, 0)
            raise DimensionError(f"the unknown dimension {self} cannot be compared with {other} before it is known")
        return compare(difference, 0)

    def __lt__(self, other: Extent) -> bool:
        return self.decided(other, operator.lt)

    def __le__(self, other: Extent) -> bool:
        return self.decided(other, operator.le)

    def __gt__(self, other: Extent) -> bool:
        return self.decided(other, operator.gt)

    def __ge__(self, other: Extent) -> bool:
        return self.decided(other, operator.ge)

    def __index__(self) -> int:
        raise DimensionError(f"the dimension {self} is not known yet; use tf.shape(x) to compute with it")

    __int__ = __index__

    def __bool__(self) -> bool:
        return True  # never taken for 0

    def substitute(self, bindings: dict[str, int]) -> Extent:
        """The extent where the named unknowns have these values."""
        total: Extent = 0
        for monomial, factor in self.terms:
            value: Extent = factor
            for atom in monomial:
                value = value * substituted(atom, bindings)
            total = total + value
        return total

    def __repr__(self) -> str:
        parts = ["*".join([*([str(c)] if c != 1 or not m else []), *map(atom_text, m)]) for m, c in self.terms]
        return " + ".join(parts)


def bounds(x: Dim) -> tuple[float, float]:
    """Between which numbers it lies for sure: no extent is negative."""
    terms = coefficients(x)
    start = terms.pop((), 0)
    signs = {n > 0 if all(atom[0] == "n" for atom in monomial) else None for monomial, n in terms.items()}
    return (start if signs == {True} else float("-inf")), (start if signs == {False} else float("inf"))


def coefficients(x: Extent) -> dict[Any, Any]:
    if isinstance(x, Dim):
        return dict(x.terms)
    return {(): operator.index(x)} if x else {}


def combined(a: dict[Any, Any], b: dict[Any, Any], sign: int) -> Extent:
    out = dict(a)
    for key, n in b.items():
        out[key] = out.get(key, 0) + sign * n
    return simplest(out)


def simplest(terms: dict[Any, Any]) -> Extent:
    kept = tuple(sorted(((k, n) for k, n in terms.items() if n), key=repr))
    if not kept:
        return 0
    if len(kept) == 1 and kept[0][0] == ():
        return kept[0][1]
    return with_terms(kept)


def with_terms(terms: tuple[Any, ...]) -> Dim:
    out = object.__new__(Dim)
    out.terms = terms
    return out


def quotient(a: Extent, b: Extent) -> Extent:
    """a // b; exact where every coefficient divides, else an atom of its own."""
    if isinstance(b, Dim):
        if isinstance(a, Dim) and a.terms == b.terms:
            return 1
        if isinstance(a, Dim) and len(b.terms) == 1:
            exact = monomial_quotient(a, *b.terms[0])
            if exact is not None:
                return exact
        if not isinstance(a, Dim) and a == 0:
            return 0
    elif b == 0:
        raise ZeroDivisionError(f"the dimension {a} is divided by zero")
    else:
        whole, rest = divided(coefficients(a), b)
        return whole if not isinstance(rest, Dim) else whole + floored(rest, b)
    return floored(a, b)


def floored(a: Extent, b: Extent) -> Dim:
    """An atom for a // b."""
    return with_terms((((("//", repr(a), repr(b), a, b),), 1),))


def divided(terms: dict[Any, Any], b: int) -> tuple[Extent, Extent]:
    """The multiples of b in a polynomial, divided by b, and what is left: (a + k b) // b is a // b + k."""
    whole, rest = {}, {}
    for monomial, n in terms.items():
        q, r = divmod(n, b) if not monomial or n % b == 0 else (0, n)
        whole[monomial], rest[monomial] = q, r
    return simplest(whole), simplest(rest)


def monomial_quotient(a: Dim, monomial: tuple[Any, ...], factor: int) -> Extent | None:
    out = {}
    for key, n in a.terms:
        rest = list(key)
        for atom in monomial:
            if atom not in rest:
                return None
            rest.remove(atom)
        if n % factor:
            return None
        out[tuple(rest)] = n // factor
    return simplest(out)


def substituted(atom: tuple[Any, ...], bindings: dict[str, int]) -> Extent:
    if atom[0] == "n":
        return bindings.get(atom[1], with_terms((((atom,), 1),)))
    a, b = (x.substitute(bindings) if isinstance(x, Dim) else x for x in atom[3:])
    return a // b


def atom_text(atom: tuple[Any, ...]) -> str:
    return atom[1] if atom[0] == "n" else f"(({atom[1]})//({atom[2]}))"


def product(dims: Iterable[Extent]) -> Extent:
    out: Extent = 1
    for d in dims:
        out = out * d
    return out


class Spec:
    """Shape and dtype of a value that need not exist yet."""

    __slots__ = ("shape", "dtype")
    shape: tuple[Any, ...]
    dtype: np.dtype[Any]

    def __init__(self, shape: tuple[Any, ...], dtype: Any):
        self.shape = shape
        self.dtype = np.dtype(dtype)

    @property
    def ndim(self) -> int:
        return len(self.shape)

    @property
    def size(self) -> Extent:
        return product(self.shape)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Spec) and self.shape == other.shape and self.dtype == other.dtype

    def __hash__(self) -> int:
        return hash((self.shape, self.dtype))

    def __repr__(self) -> str:
        return f"Spec({self.shape}, {self.dtype.name})"


class TensorShape(tuple):
    """The shape of a tensor: a tuple of ints, None where an extent is unknown.

    `TensorShape(None)` has unknown rank.

    >>> tf.TensorShape([2, None]).rank
    2
    """

    known: bool = True  # is the rank known?

    def __new__(cls, dims: Any = ()) -> TensorShape:
        if dims is None:
            return UnknownRank()
        if isinstance(dims, (int, np.integer)):
            dims = [dims]
        if isinstance(dims, TensorShape):
            return dims
        return tuple.__new__(cls, [checked_extent(d) for d in dims])

    @staticmethod
    def of(dims: tuple[Any, ...]) -> TensorShape:
        """No checks: dims are ints or Dims."""
        out = tuple.__new__(TensorShape, dims)
        return tuple.__new__(TensorShape, [None if isinstance(d, Dim) else d for d in dims]) if Dim in map(type, dims) else out

    @property
    def rank(self) -> int | None:
        return tuple.__len__(self) if self.known else None

    @property
    def ndims(self) -> int | None:
        return self.rank

    @property
    def dims(self) -> list[Any] | None:
        return list(self) if self.known else None

    def as_list(self) -> list[Any]:
        if not self.known:
            raise ValueError("as_list() is not defined on an unknown TensorShape.")
        return list(self)

    def num_elements(self) -> int | None:
        return product(self) if self.is_fully_defined() else None

    def is_fully_defined(self) -> bool:
        return self.known and None not in tuple(self)

    def assert_is_fully_defined(self) -> None:
        if not self.is_fully_defined():
            raise ValueError(f"Shape {self} is not fully defined.")

    def is_compatible_with(self, other: Any) -> bool:
        other = TensorShape(other)
        if not (self.known and other.known):
            return True
        return len(self) == len(other) and all(a is None or b is None or a == b for a, b in zip(self, other, strict=True))

    def assert_is_compatible_with(self, other: Any) -> None:
        if not self.is_compatible_with(other):
            raise ValueError(f"Shapes {self} and {TensorShape(other)} are incompatible")

    def merge_with(self, other: Any) -> TensorShape:
        other = TensorShape(other)
        self.assert_is_compatible_with(other)
        if not self.known:
            return other
        return self if not other.known else TensorShape([b if a is None else a for a, b in zip(self, other, strict=True)])

    def most_specific_compatible_shape(self, other: Any) -> TensorShape:
        """The narrowest shape that both are compatible with: unknown where they differ."""
        other = TensorShape(other)
        if self.rank is None or self.rank != other.rank:
            return TensorShape(None)
        return TensorShape([a if a == b else None for a, b in zip(self, other, strict=True)])

    def concatenate(self, other: Any) -> TensorShape:
        other = TensorShape(other)
        return TensorShape([*self, *other]) if self.known and other.known else TensorShape(None)

    def with_rank(self, rank: int) -> TensorShape:
        if not self.known:
            return TensorShape([None] * rank)
        self.assert_has_rank(rank)
        return self

    def assert_same_rank(self, other: Any) -> None:
        other = TensorShape(other)
        if self.rank is not None and other.rank is not None and self.rank != other.rank:
            raise ValueError(f"Shapes {self} and {other} must have the same rank")

    def assert_has_rank(self, rank: int) -> None:
        if self.rank not in (None, rank):
            raise ValueError(f"Shape {self} must have rank {rank}")

    def with_rank_at_least(self, rank: int) -> TensorShape:
        if self.rank is not None and self.rank < rank:
            raise ValueError(f"Shape {self} must have rank at least {rank}")
        return self

    def with_rank_at_most(self, rank: int) -> TensorShape:
        if self.rank is not None and self.rank > rank:
            raise ValueError(f"Shape {self} must have rank at most {rank}")
        return self

    def __bool__(self) -> bool:
        return self.known

    def __getitem__(self, key: Any) -> Any:
        found = tuple.__getitem__(self, key)
        return tuple.__new__(TensorShape, found) if isinstance(key, slice) else found

    def __add__(self, other: Any) -> TensorShape:  # type: ignore[override]
        return self.concatenate(other)

    def __radd__(self, other: Any) -> TensorShape:
        return TensorShape(other).concatenate(self)

    def __eq__(self, other: object) -> bool:
        try:
            other = TensorShape(other)
        except (TypeError, ValueError):
            return False
        return self.known == other.known and tuple.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return tuple.__hash__(self)

    def __reduce__(self) -> tuple[Any, ...]:
        return TensorShape, (list(self) if self.known else None,)

    def __str__(self) -> str:
        return tuple.__repr__(self) if self.known else "<unknown>"

    def __repr__(self) -> str:
        return f"TensorShape({list(self) if self.known else None})"


class UnknownRank(TensorShape):
    """A shape of which not even the rank is known."""

    known = False

    def __new__(cls) -> UnknownRank:
        return tuple.__new__(cls)

    def __len__(self) -> int:
        raise ValueError("Cannot take the length of shape with unknown rank.")

    def __iter__(self) -> Any:
        raise ValueError("Cannot iterate over a shape with unknown rank.")

    def __contains__(self, item: object) -> bool:
        return item in iter(self)

    def __getitem__(self, key: Any) -> Any:
        if not isinstance(key, slice):
            return None
        start, stop = key.start or 0, key.stop
        return TensorShape(None if stop is None or start < 0 or stop < 0 else [None] * (stop - start))


def checked_extent(d: Any) -> int | None:
    if d is None or isinstance(d, Dim):
        return None
    try:
        n = operator.index(d)
    except TypeError:
        raise TypeError(
            f"Dimension value must be integer or None or have an __index__ method, got value '{d!r}' with type '{type(d)}'"
        ) from None
    if n < 0:
        raise ValueError(f"Dimension {n} must be >= 0")
    return n


def broadcast_shapes(*shapes: tuple[Any, ...], op: str = "broadcast") -> tuple[Any, ...]:
    """The shape that these broadcast to; an InvalidArgumentError where they do not."""
    out = []
    for column in zip_longest(*(s[::-1] for s in shapes), fillvalue=1):
        extent: Extent = 1
        for d in column:
            if is_one(d):
                continue
            if not is_one(extent) and extent != d:
                listed = " vs. ".join(str(list(s)) for s in shapes)
                raise IncompatibleShapesError(
                    None,
                    None,
                    f"Incompatible shapes: {listed}. {op} pairs axes from the last, and extents must be equal or 1 [Op:{op}]",
                )
            extent = d
        out.append(extent)
    return tuple(out[::-1])


def is_one(d: Extent) -> bool:
    return not isinstance(d, Dim) and d == 1


def normalize_axis(axis: Any, rank: int, op: str) -> int:
    """An axis as a number from 0; an InvalidArgumentError where there is no such axis."""
    try:
        if isinstance(axis, (bool, np.bool_)):
            raise TypeError
        index = operator.index(axis)
    except TypeError:
        raise invalid(op, f"{op}: axis must be an integer, got {axis!r}") from None
    if not -rank <= index < rank:
        raise invalid(op, f"{op}: Invalid reduction dimension: expected axis in the range [{-rank}, {rank}), but got {index}")
    return index % rank


def normalize_axes(axis: Any, rank: int, op: str) -> tuple[int, ...]:
    """Axes as a sorted tuple of numbers from 0; None is all of them."""
    if axis is None:
        return tuple(range(rank))
    if not isinstance(axis, (int, tuple, list)):
        axis = np.asarray(axis).tolist()
    if not isinstance(axis, (tuple, list)):
        return (normalize_axis(axis, rank, op),)
    axes = sorted(normalize_axis(a, rank, op) for a in axis)
    if len(set(axes)) < len(axes):
        raise invalid(op, f"{op}: the axes {axis} name one axis twice")
    return tuple(axes)
