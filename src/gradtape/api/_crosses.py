"""Crossed features: every choice of one value from each column, row by row, as a string or as a hash."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

import numpy as np

from ._fingerprints import MASK, SEED, fingerprint, joined_fingerprints

LARGEST = 2**63 - 1


def crossed_rows(columns: Sequence[Sequence[list[Any]]], cross: Callable[[Sequence[Any]], Any]) -> list[list[Any]]:
    """columns[k][i] are the values of column k in row i; the last column changes fastest."""
    return [[cross(choice) for choice in product(*row)] for row in zip(*columns, strict=True)]


def as_text(separator: bytes) -> Callable[[Sequence[Any]], bytes]:
    return lambda choice: separator.join([v if isinstance(v, bytes) else str(v).encode() for v in choice])


def as_hash(num_buckets: int, hash_key: Any) -> Callable[[Sequence[Any]], int]:
    """The fingerprints of the values joined one after the other, below num_buckets where it is not 0."""
    key = SEED if hash_key is None or hash_key == 0 else int(hash_key)
    below = num_buckets if num_buckets else LARGEST

    def cross(choice: Sequence[Any]) -> int:
        out = key
        for value in choice:
            out = joined_fingerprints(out, fingerprint(value) if isinstance(value, bytes) else int(value) & MASK)
        return out % below

    return cross


def rows_of_matrix(array: np.ndarray) -> list[list[Any]]:
    return array.tolist()
