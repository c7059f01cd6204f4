"""tf.debugging, tf.print, tf.py_function and tf.numpy_function."""

import io
import json
import logging
import sys
from pathlib import Path

import numpy as np
import pytest

import gradtape as tf
from gradtape.api import debugging as d
from gradtape.api import printing as p
from gradtape.core.shapes import Spec
from gradtape.graph.trace import eval_shape, trace

from ..data.effects_cases import CHECKS, PRINTS, START_ONLY

RECORDED = json.loads((Path(__file__).resolve().parents[1] / "data" / "effects.json").read_text())
INVALID = tf.errors.InvalidArgumentError
NAN, INF = float("nan"), float("inf")


def written(*values, **options):
    stream = io.StringIO()
    p.print(*values, output_stream=stream, **options)
    return stream.getvalue()


# -- checks --------------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", CHECKS)
def test_checks_as_in_tensorflow(name):
    expected = RECORDED["checks"][name]
    if expected is None:
        CHECKS[name](tf, d)
        return
    error = getattr(tf.errors, expected[0], None) or {"ValueError": ValueError, "TypeError": TypeError}[expected[0]]
    with pytest.raises(error) as info:
        CHECKS[name](tf, d)
    if not name.startswith(START_ONLY):
        assert " ".join(str(info.value).split()) == expected[1]


def test_what_a_failed_comparison_of_floats_says():
    with pytest.raises(
        INVALID, match=r"x and y not equal to tolerance rtol = 0.0, atol = 0.5\nx \(shape=\(2,\) dtype=float32\) = \n1.0, 9.0"
    ):
        d.assert_near([1.0, 9.0], [1.0, 8.0], rtol=0.0, atol=0.5)
    with pytest.raises(INVALID, match="mm"):
        d.assert_near([1.0], [2.0], message="mm")


def test_near_as_it_is_documented():
    d.assert_near([0.0], [0.0], rtol=0.0, atol=0.0)
    d.assert_near([INF, 1.5], [INF, 1.0], rtol=0.0, atol=0.5)
    d.assert_near(tf.constant([1j]), tf.constant([1j]))


def test_non_positive():
    d.assert_non_positive([-1, 0])
    with pytest.raises(INVALID, match="Condition x <= 0 did not hold element-wise"):
        d.assert_non_positive([-1, 2])


def test_a_condition_with_a_false_element():
    with pytest.raises(INVALID, match="b'why'"):
        d.Assert([True, False], ["why"])


def test_numeric_tensors():
    numeric = [tf.constant(1), tf.constant(1j), tf.Variable(1.0)]
    assert all(map(d.is_numeric_tensor, numeric))
    assert not any(map(d.is_numeric_tensor, [1, np.ones(1), tf.constant("a"), tf.constant(True), None]))


def test_switches_remember():
    assert d.is_traceback_filtering_enabled()
    d.disable_traceback_filtering()
    assert not d.is_traceback_filtering_enabled()
    d.enable_traceback_filtering()
    assert not d.get_log_device_placement()
    d.set_log_device_placement(True)
    assert d.get_log_device_placement()
    d.set_log_device_placement(False)


def test_check_numerics_lets_derivatives_through():
    x = tf.constant([2.0, 3.0])
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as inner:
            inner.watch(x)
            y = d.check_numerics(x * x * x, "cube")
        g = inner.gradient(y, x)
    np.testing.assert_array_equal(g.numpy(), [12.0, 27.0])
    np.testing.assert_array_equal(outer.gradient(g, x).numpy(), [12.0, 18.0])
    with tf.autodiff.ForwardAccumulator(x, tf.constant([1.0, 0.0])) as acc:
        y = d.check_numerics(x * x, "square")
    np.testing.assert_array_equal(acc.jvp(y).numpy(), [4.0, 0.0])
    assert d.check_numerics(tf.cast([1.0], "bfloat16"), "half").dtype.name == "bfloat16"


def test_check_numerics_names_the_first_place_and_watches_the_gradient():
    with pytest.raises(INVALID, match=r"loss : Tensor had NaN values, the first at \[1, 0\] of shape \[2, 2\]"):
        d.check_numerics([[1.0, 2.0], [NAN, NAN]], "loss")
    x = tf.constant(1.0)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = d.check_numerics(x, "loss")
    with pytest.raises(INVALID, match="in the gradient, loss : Tensor had Inf values"):
        tape.gradient(y, x, output_gradients=tf.constant(INF))


def test_checks_inside_a_map_see_all_elements():
    x = tf.constant([[1.0, 2.0], [3.0, -4.0]])

    def checked(row):
        d.assert_less(row, 4.0)
        d.assert_near(row, tf.constant([1.0, 2.0]), atol=9.0)
        d.Assert(row[0] > 0.0, [row])
        return d.check_numerics(row, "row")

    np.testing.assert_array_equal(tf.vectorized_map(checked, x).numpy(), x.numpy())
    with pytest.raises(INVALID, match="Condition x > 0"):
        tf.vectorized_map(lambda row: [d.assert_positive(row), row][1], x)


def test_checks_stand_in_a_graph():
    def checked(x):
        d.assert_positive(x)
        d.assert_equal(x, x)
        p.print("x:", x)
        return d.check_numerics(x, "x")

    graph, _ = trace(checked, [Spec((3,), "float32")])
    assert [node.name for node in graph.nodes] == ["check_sign", "check_relation", "print_values", "check_numerics"]
    assert eval_shape(checked, Spec((3,), "float32")) == Spec((3,), "float32")


def test_a_tape_around_checks_and_prints():
    x = tf.constant([1.0, 2.0])
    with tf.GradientTape() as tape:
        tape.watch(x)
        d.assert_positive(x)
        d.Assert(x[0] > 0.0, [x, "words"])
        text = written("x", x, x)
        y = x * x
    assert text == "x [1 2] [1 2]\n"
    np.testing.assert_array_equal(tape.gradient(y, x).numpy(), [2.0, 4.0])


# -- printing ---------------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", PRINTS)
def test_prints_as_tensorflow(name):
    values, options = PRINTS[name](tf)
    assert written(*values, **options) == RECORDED["prints"][name]


def test_prints_complex_numbers_and_bfloat16():
    assert written(tf.constant([1 + 2j, 0.5 - 1j])) == "[1+2j 0.5-1j]\n"
    assert written(tf.cast([0.1], "bfloat16")) == "[0.100097656]\n"


def test_streams(tmp_path, capsys):
    p.print("error", tf.constant(1))
    p.print("out", tf.constant(2), output_stream=sys.stdout)
    captured = capsys.readouterr()
    assert (captured.err, captured.out) == ("error 1\n", "out 2\n")
    for _ in range(2):
        p.print("file", tf.constant([3]), output_stream=f"file://{tmp_path / 'log'}")
    assert (tmp_path / "log").read_text() == "file [3]\nfile [3]\n"


def test_prints_to_a_logger(caplog):
    caplog.set_level(logging.INFO)
    p.print("step", tf.constant(4), output_stream=logging.info)
    assert caplog.messages == ["step 4"]


@pytest.mark.parametrize(
    "options, error",
    [({"output_stream": "nope"}, ValueError), ({"foo": 1}, ValueError), ({"end": 3}, TypeError), ({"sep": None}, TypeError)],
)
def test_bad_print(options, error):
    with pytest.raises(error, match=r"tf\.print"):
        p.print(1, **options)


def test_printing_inside_a_map_shows_all_elements():
    stream = io.StringIO()
    tf.vectorized_map(lambda x: [p.print("x", x, output_stream=stream), x][1], tf.constant([1.0, 2.0]))
    assert stream.getvalue() == "x [1 2]\n"


# -- Python functions ----------------------------------------------------------------------------------------------------------------
def test_py_function_differentiates_to_every_order():
    x = tf.constant(2.0)
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as inner:
            inner.watch(x)
            y = p.py_function(lambda v: v * v * v, [x], tf.float32)
        g = inner.gradient(y, x)
    assert float(g) == 12.0
    assert float(outer.gradient(g, x)) == 12.0


def test_py_function_results():
    x = tf.constant(1.0)
    assert [float(y) for y in p.py_function(lambda v: (v, v * 2), [x], [tf.float32, tf.float32])] == [1.0, 2.0]
    assert p.py_function(lambda v: None, [x], []) == []
    assert p.py_function(lambda v: v.numpy() + 1, [1.5], tf.float32).numpy() == 2.5
    assert p.py_function(lambda: 1, [], tf.float32).dtype == tf.float32
    assert p.py_function(lambda v: np.float64(1.5), [x], tf.float32).dtype == tf.float32
    assert float(p.py_function(lambda a, b: a - b, tf.constant([3.0, 1.0]), tf.float32)) == 2.0


@pytest.mark.parametrize("function, Tout", [(lambda v: v, ["float32"] * 2), (lambda v: None, "float32"), (lambda v: v, "int32")])
def test_py_function_refuses(function, Tout):
    with pytest.raises(INVALID, match="py_function"):
        p.py_function(function, [tf.constant(1.0)], Tout)


def test_they_are_decorators():
    @tf.py_function(Tout=tf.float32)
    def scaled(x, y):
        return x * y

    @tf.numpy_function(Tout=[tf.float32, tf.int32])
    def both(x, *, n):
        return np.sinh(x), np.int32(n)

    x = tf.constant(3.0)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = scaled(x, y=tf.constant(2.0))
    assert tape.gradient(y, x).numpy() == 2.0 and scaled.__name__ == "scaled"
    assert [v.numpy() for v in both(tf.constant(0.0), n=4)] == [0.0, 4]
    assert tf.function(lambda v: scaled(v, v))(x).numpy() == 9.0


def test_numpy_function():
    x = tf.constant([1.0, 2.0])
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = p.numpy_function(np.sinh, [x], tf.float32)
    np.testing.assert_allclose(y.numpy(), np.sinh([1.0, 2.0]), rtol=1e-6)
    assert tape.gradient(y, x) is None
    assert p.numpy_function(lambda v: None, [x], []) is None
    assert len(p.numpy_function(lambda v: (v, v), [x], [tf.float32] * 2)) == 2
    assert p.numpy_function(lambda v: v + b"!", [tf.constant("s")], "string").numpy() == b"s!"
    with pytest.raises(ZeroDivisionError):
        p.numpy_function(lambda v: 1 / 0, [x], tf.float32)


def test_numpy_function_may_write_on_its_arguments():
    x = tf.constant([1.0, 2.0])

    def spoil(v):
        v[:] = 0.0
        return v

    assert p.numpy_function(spoil, [x], tf.float32).numpy().tolist() == [0.0, 0.0]
    assert x.numpy().tolist() == [1.0, 2.0]


def test_numpy_function_in_a_map_runs_once_an_element():
    calls = []

    def noted(v):
        calls.append(v.shape)
        return np.float32(v.sum())

    found = tf.vectorized_map(lambda v: p.numpy_function(noted, [v], tf.float32), tf.constant([[1.0, 2.0], [3.0, 4.0]]))
    assert found.numpy().tolist() == [3.0, 7.0]
    assert calls == [(2,), (2,)]
