"""Python numbers beside arrays, as arrays of the same dtype: NumPy takes as long to make one as to add two."""

from __future__ import annotations

from math import copysign
from typing import Any

import numpy as np

from .dtypes import COMPLEX, INTEGERS
from .dtypes import FLOATS as FLOAT_DTYPES

MOST = 1024  # numbers of one dtype; then all are forgotten


class Numbers(dict):
    """number -> its array of rank 0."""

    def __init__(self, dtype: np.dtype):
        self.dtype = dtype
        self.zero = np.zeros((), dtype)

    def __missing__(self, number: Any) -> Any:
        if number == 0:  # 0.0 and -0.0 are one key
            return self.zero if copysign(1, number) > 0 else number
        try:
            array = np.array(number, self.dtype)
        except OverflowError:  # NumPy compares integers of any size, and refuses them elsewhere
            return number
        if len(self) >= MOST:
            self.clear()
        self[number] = array
        return array


class Nothing:
    """Stands where an array should."""

    dtype = None


class Tables(dict):
    """dtype -> its numbers."""

    def __missing__(self, dtype: Any) -> Any:
        raise TypeError(f"a number cannot become {dtype}")


FLOATS = Tables({d: Numbers(d) for d in FLOAT_DTYPES | COMPLEX})
INTS = Tables({d: Numbers(d) for d in FLOAT_DTYPES | COMPLEX | INTEGERS})
NOTHING = Nothing()
__name__ = None  # type: ignore[assignment]  # NumPy's C code warns in no module without a name
