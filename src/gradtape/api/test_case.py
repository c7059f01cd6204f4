"""tf.test.TestCase: unittest's, with comparisons of tensors."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
import unittest
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import numpy as np

from ..core.structures import is_leaf
from ..core.tensor import Tensor
from ..core.variable import Variable
from . import nest
from . import random as random_api

NARROW = {
    "float16": ("half_rtol", "half_atol"),
    "bfloat16": ("bfloat16_rtol", "bfloat16_atol"),
    "float32": ("float_rtol", "float_atol"),
}


class TestCase(unittest.TestCase):
    """unittest.TestCase with what tests of tensors need; everything runs eagerly.

    >>> class SquareTest(tf.test.TestCase):
    ...     def test_value(self):
    ...         self.assertAllClose(tf.square([1.0, 3.0]), [1.0, 9.0])
    >>> unittest = __import__("unittest")
    >>> unittest.TestLoader().loadTestsFromTestCase(SquareTest).countTestCases()
    1
    """

    temporary_folder: str

    def setUp(self) -> None:
        super().setUp()
        random.seed(87654321)
        np.random.seed(87654321)
        random_api.set_seed(87654321)

    # -- running --------------------------------------------------------------------------------------------------
    def evaluate(self, tensors: Any) -> Any:
        """Arrays in place of tensors, in the same structure."""
        return nest.map_structure(value_of, tensors) if not is_leaf(tensors) else value_of(tensors)

    def evaluate_if_both_tensors(self, a: Any, b: Any) -> tuple[Any, Any]:
        both = all(isinstance(x, (Tensor, Variable)) for x in (a, b))
        return (self.evaluate(a), self.evaluate(b)) if both else (a, b)

    @contextmanager
    def session(self, graph: Any = None, config: Any = None, use_gpu: bool = True, force_gpu: bool = False) -> Iterator[None]:
        """Nothing to open: operations run at once."""
        yield None

    cached_session = session

    def get_temp_dir(self) -> str:
        """A folder of this test's own, removed at its end."""
        folder = self.__dict__.get("temporary_folder")
        if folder is None:
            folder = self.temporary_folder = tempfile.mkdtemp(prefix="gradtape_test_")
            self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        return folder

    @contextmanager
    def captureWritesToStream(self, stream: Any) -> Iterator[Any]:
        """What is written to a stream with a file descriptor; `contents()` of the result gives it."""
        descriptor = stream.fileno()
        with tempfile.TemporaryFile("w+") as kept:
            stream.flush()
            before = os.dup(descriptor)
            os.dup2(kept.fileno(), descriptor)
            written = Written()
            try:
                yield written
            finally:
                stream.flush()
                os.dup2(before, descriptor)
                os.close(before)
                kept.seek(0)
                written.text = kept.read()

    def checkedThread(
        self, target: Callable, args: tuple[Any, ...] | None = None, kwargs: dict[str, Any] | None = None
    ) -> CheckedThread:
        """A thread whose exception fails the test when it is joined."""
        return CheckedThread(self, target, args or (), kwargs or {})

    # -- close and equal -------------------------------------------------------------------------------------------
    def assertAllClose(self, a: Any, b: Any, rtol: float = 1e-6, atol: float = 1e-6, msg: str | None = None) -> None:
        """Structures and shapes are the same, and |a - b| <= atol + rtol * |b| everywhere; NaN is close to NaN."""
        if isinstance(a, dict) or isinstance(b, dict):
            self.assertEqual(set(a), set(b), msg)
            for key in a:
                self.assertAllClose(a[key], b[key], rtol, atol, f"{msg or ''} [{key!r}]")
        elif is_ragged(a) or is_ragged(b):
            self.assertEqual(len(a), len(b), msg)
            for place, (x, y) in enumerate(zip(a, b, strict=True)):
                self.assertAllClose(x, y, rtol, atol, f"{msg or ''} [{place}]")
        else:
            x, y = array_of(a), array_of(b)
            self.assertEqual(x.shape, y.shape, shapes_differ(x, y, msg))
            rtol, atol = loosened(x, y, rtol, atol)
            np.testing.assert_allclose(exact(x), exact(y), rtol, atol, equal_nan=True, err_msg=msg or "")

    def assertAllCloseAccordingToType(
        self, a: Any, b: Any, rtol: float = 1e-6, atol: float = 1e-6, float_rtol: float = 1e-6, float_atol: float = 1e-6,
        half_rtol: float = 1e-3, half_atol: float = 1e-3, bfloat16_rtol: float = 1e-2, bfloat16_atol: float = 1e-2, msg: str | None = None,
    ) -> None:  # fmt: skip
        """assertAllClose with the tolerances of the narrower of the two dtypes."""
        limits = {"float_rtol": float_rtol, "float_atol": float_atol, "half_rtol": half_rtol, "half_atol": half_atol}
        limits |= {"bfloat16_rtol": bfloat16_rtol, "bfloat16_atol": bfloat16_atol}
        for name in {array_of(a).dtype.name, array_of(b).dtype.name} & NARROW.keys():
            rtol, atol = max(rtol, limits[NARROW[name][0]]), max(atol, limits[NARROW[name][1]])
        self.assertAllClose(a, b, rtol, atol, msg)

    def assertNotAllClose(self, a: Any, b: Any, rtol: float = 1e-6, atol: float = 1e-6, msg: str | None = None) -> None:
        """assertAllClose fails."""
        try:
            self.assertAllClose(a, b, rtol, atol)
        except AssertionError:
            return
        raise AssertionError(msg or f"The two values are close at all elements: {value_of(a)!r} and {value_of(b)!r}")

    def assertAllEqual(self, a: Any, b: Any, msg: str | None = None) -> None:
        """Shapes and elements are the same; NaN equals NaN."""
        x, y = array_of(a), array_of(b)
        self.assertEqual(x.shape, y.shape, shapes_differ(x, y, msg))
        np.testing.assert_array_equal(x, y, err_msg=msg or "")

    def assertNotAllEqual(self, a: Any, b: Any, msg: str | None = None) -> None:
        """assertAllEqual fails."""
        if np.array_equal(array_of(a), array_of(b)):
            raise AssertionError(msg or f"The two values are equal at all elements: {value_of(a)!r}")

    def assertNear(self, f1: float, f2: float, err: float, msg: str | None = None) -> None:
        """|f1 - f2| <= err."""
        self.assertTrue(f1 == f2 or abs(f1 - f2) <= err, msg or f"{f1!r} != {f2!r} +/- {err!r}")

    def assertArrayNear(self, farray1: Any, farray2: Any, err: float, msg: str | None = None) -> None:
        """assertNear for each pair."""
        self.assertEqual(len(farray1), len(farray2), msg)
        for x, y in zip(farray1, farray2, strict=True):
            self.assertNear(float(x), float(y), err, msg)

    def assertNDArrayNear(self, ndarray1: Any, ndarray2: Any, err: float, msg: str | None = None) -> None:
        """The norm of the difference is below err."""
        distance = np.linalg.norm(array_of(ndarray1) - array_of(ndarray2))
        self.assertTrue(distance < err, msg or f"The norm of the difference is {distance}, not below {err}")

    def assertDictEqual(self, a: Any, b: Any, msg: str | None = None) -> None:
        """The same keys, and values that are equal element by element."""
        self.assertEqual(set(a), set(b), msg)
        for key in a:
            self.assertAllEqual(a[key], b[key], msg)

    # -- order and range -------------------------------------------------------------------------------------------
    def assertAllGreater(self, a: Any, comparison_target: Any) -> None:
        self.assertGreater(array_of(a).min(), comparison_target)

    def assertAllLess(self, a: Any, comparison_target: Any) -> None:
        self.assertLess(array_of(a).max(), comparison_target)

    def assertAllGreaterEqual(self, a: Any, comparison_target: Any) -> None:
        self.assertGreaterEqual(array_of(a).min(), comparison_target)

    def assertAllLessEqual(self, a: Any, comparison_target: Any) -> None:
        self.assertLessEqual(array_of(a).max(), comparison_target)

    def assertAllInRange(
        self, target: Any, lower_bound: Any, upper_bound: Any, open_lower_bound: bool = False, open_upper_bound: bool = False
    ) -> None:
        """Each element lies between the bounds, on one of them only where it is not open."""
        x = array_of(target)
        low = x <= lower_bound if open_lower_bound else x < lower_bound
        high = x >= upper_bound if open_upper_bound else x > upper_bound
        self.assertFalse((low | high | (x != x)).any(), f"Not within {lower_bound} and {upper_bound}: {x[low | high | (x != x)]}")

    def assertAllInSet(self, target: Any, expected_set: Any) -> None:
        """Each element is one of the expected."""
        self.assertLessEqual(set(array_of(target).ravel().tolist()), set(expected_set))

    # -- facts -----------------------------------------------------------------------------------------------------
    def assertShapeEqual(self, input_a: Any, input_b: Any, msg: str | None = None) -> None:
        self.assertEqual(tuple(array_of(input_a).shape), tuple(array_of(input_b).shape), msg)

    def assertDTypeEqual(self, target: Any, expected_dtype: Any) -> None:
        self.assertEqual(array_of(target).dtype, np.dtype(getattr(expected_dtype, "as_numpy_dtype", expected_dtype)))

    def assertDeviceEqual(self, device1: Any, device2: Any, msg: str | None = None) -> None:
        self.assertEqual(device1, device2, msg)

    def assertStartsWith(self, actual: str, expected_start: str, msg: str | None = None) -> None:
        self.assertTrue(actual.startswith(expected_start), msg or f"{actual!r} does not start with {expected_start!r}")

    def assertItemsEqual(self, first: Any, second: Any, msg: str | None = None) -> None:
        self.assertCountEqual(first, second, msg)

    # -- exceptions ------------------------------------------------------------------------------------------------
    def assertRaisesRegexp(self, expected_exception: Any, expected_regex: Any, *args: Any, **kwargs: Any) -> Any:
        return self.assertRaisesRegex(expected_exception, expected_regex, *args, **kwargs)

    @contextmanager
    def assertRaisesWithPredicateMatch(self, exception_type: Any, expected_err_re_or_predicate: Any) -> Iterator[None]:
        """The block raises, and the text matches the expression, or the predicate holds."""
        with self.assertRaises(exception_type) as caught:
            yield
        if callable(expected_err_re_or_predicate):
            self.assertTrue(expected_err_re_or_predicate(caught.exception), f"Another exception: {caught.exception!r}")
        else:
            self.assertRegex(str(caught.exception), expected_err_re_or_predicate)

    def assertRaisesOpError(self, expected_err_re_or_predicate: Any) -> Any:
        return self.assertRaisesWithPredicateMatch(Exception, expected_err_re_or_predicate)

    def assertRaisesIncompatibleShapesError(
        self, exception_type: Any = Exception, callable_obj: Callable | None = None, *args: Any, **kwargs: Any
    ) -> Any:
        """Shapes that do not fit are refused."""
        expression = r"(?i)shape|broadcast|dimension|incompatible"
        if callable_obj is None:
            return self.assertRaisesRegex(exception_type, expression)
        with self.assertRaisesRegex(exception_type, expression):
            callable_obj(*args, **kwargs)
        return None


class Written:
    """What `captureWritesToStream` caught."""

    text = ""

    def contents(self) -> str:
        return self.text


class CheckedThread:
    """A thread that keeps its exception for `join`."""

    case: TestCase
    call: tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]
    pool: ThreadPoolExecutor

    def __init__(self, case: TestCase, target: Callable, args: tuple[Any, ...], kwargs: dict[str, Any]):
        self.case, self.call = case, (target, args, kwargs)
        self.pool = ThreadPoolExecutor(1)
        self.future: Any = None

    def start(self) -> None:
        target, args, kwargs = self.call
        self.future = self.pool.submit(target, *args, **kwargs)

    def join(self) -> None:
        error = self.future.exception()
        self.pool.shutdown()
        if error is not None:
            self.case.fail(f"Error in the thread: {error!r}")

    def is_alive(self) -> bool:
        return self.future is not None and not self.future.done()


def value_of(x: Any) -> Any:
    return x.numpy() if isinstance(x, (Tensor, Variable)) else x


def array_of(x: Any) -> np.ndarray:
    return (
        np.asarray(x)
        if isinstance(x, (Tensor, Variable))
        else np.asarray(nest.map_structure(value_of, x) if isinstance(x, list) else x)
    )


def is_ragged(x: Any) -> bool:
    """A list or tuple whose parts have different shapes, or are structures."""
    if not isinstance(x, (list, tuple)):
        return False
    return any(isinstance(part, dict) or is_ragged(part) for part in x) or len({np.shape(value_of(part)) for part in x}) > 1


def exact(x: np.ndarray) -> np.ndarray:
    """Narrow floats and booleans in a dtype that NumPy compares."""
    return x.astype(np.float64) if x.dtype.name in ("bfloat16", "bool", "float16") else x


def loosened(x: np.ndarray, y: np.ndarray, rtol: float, atol: float) -> tuple[float, float]:
    """float16 and bfloat16 carry 3 digits and 2."""
    for name, least in (("float16", 1e-3), ("bfloat16", 1e-2)):
        if name in (x.dtype.name, y.dtype.name):
            rtol, atol = max(rtol, least), max(atol, least)
    return rtol, atol


def shapes_differ(x: np.ndarray, y: np.ndarray, msg: str | None) -> str:
    return f"Shape mismatch: expected {x.shape}, got {y.shape}." + (f" {msg}" if msg else "")
