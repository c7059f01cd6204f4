"""Why a gradient is None: every cause is recognised, with the line and its text."""

from __future__ import annotations

import inspect
import threading
import time
import warnings
from pathlib import Path

import numpy as np
import pytest

import gradtape as tf

TEXT = Path(__file__).read_text(encoding="utf-8").splitlines()


def here() -> int:
    return inspect.currentframe().f_back.f_lineno


def at(x: float) -> tf.Tensor:
    return tf.constant(np.float64(x))


def is_cut(why, cause: str, line: int, *words: str) -> None:
    assert (why.cause, why.line, why.file) == (cause, line, __file__), str(why)
    assert why.text == TEXT[line - 1].strip()
    assert why.text in str(why) and why.mend in str(why) and f"{__file__}:{line}" in str(why)
    assert all(word in str(why) for word in words), str(why)
    assert not why.connected


@pytest.fixture
def x() -> tf.Tensor:
    return at(2.0)


# -- there is a path -----------------------------------------------------------------------------------------
def test_connected(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        line = here() + 1
        m = tf.tanh(x)
        y = m * m
    before = tape.explain(y, x)
    assert tape.gradient(y, x) is not None
    why = tape.explain(y, x)
    assert why.connected and why.cause == before.cause and [s.primitive.name for s in why.path] == ["tanh", "multiply"]
    assert "`y` depends on `x` through 2 operations" in str(why) and f"{__file__}:{line}  m = tf.tanh(x)" in str(why)


def test_a_long_path_is_abridged(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x
        for _ in range(50):
            y = y * 1.5
    text = str(tape.explain(y, x))
    assert "50 operations" in text and "... 42 more ..." in text and len(text.splitlines()) == 10


# -- the source ------------------------------------------------------------------------------------------------
def test_never_watched(x):
    w = at(3.0)
    with tf.GradientTape() as tape:
        tape.watch(w)
        line = here() + 1
        m = x * 2.0
        y = m * w
    assert tape.gradient(y, x, unconnected_gradients="zero") == 0.0
    is_cut(tape.explain(y, x), "never watched", line, "`x` was never watched", "tape.watch(x)")


def test_never_watched_variable():
    v = tf.Variable(2.0, name="weight")
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        line = here() + 1
        y = v * 2.0
    is_cut(tape.explain(y, v), "never watched", line, "watch_accessed_variables=False")


def test_not_trainable():
    v = tf.Variable(2.0, trainable=False)
    with tf.GradientTape() as tape:
        line = here() + 1
        y = v * 2.0
    is_cut(tape.explain(y, v), "not trainable", line, "trainable=False", "tape.watch(v)")


def test_integer():
    n = tf.constant(3)
    with tf.GradientTape() as tape:
        line = here() + 1
        tape.watch(n)
        y = tf.cast(n, tf.float32) * 2.0
    is_cut(tape.explain(y, n), "integer", line, "int32", "tf.cast")


def test_watched_after_use(x):
    with tf.GradientTape() as tape:
        line = here() + 1
        y = x * 3.0
        tape.watch(x)
    is_cut(tape.explain(y, x), "late watch", line, f"only in line {line + 1}", "move tape.watch(x) up")
    v = tf.Variable(2.0)
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        line = here() + 1
        y = v * 3.0
        tape.watch(v)
    is_cut(tape.explain(y, v), "late watch", line)


def test_an_intermediate_value_that_is_watched_begins_a_new_path(x):
    with tf.GradientTape() as tape:
        m = x * 2.0
        line = here() + 1
        tape.watch(m)
        y = m * 3.0
    why = tape.explain(y, x)
    assert why.cause == "never watched" and why.line == line - 2


def test_rebound_variable():
    w = tf.Variable(2.0)
    for _ in range(2):
        with tf.GradientTape() as tape:
            loss = w * w
        g = tape.gradient(loss, w, unconnected_gradients="zero")
        line = here() + 1
        w = w - 0.1 * g
    is_cut(tape.explain(loss, w), "rebound", line, "no longer a tf.Variable", "w.assign_sub(")


def test_symbolic():
    class KerasTensor:
        pass

    k = KerasTensor()
    with tf.GradientTape() as tape:
        y = at(1.0) * 2.0
    line = here() + 1
    why = tape.explain(y, k)
    is_cut(why, "symbolic", line, "KerasTensor", "keras.Model")


# -- the way -----------------------------------------------------------------------------------------------------
CUTS = {
    "cast": lambda m: tf.cast(m, tf.int32),
    "argmax": lambda m: tf.argmax(m),
    "round": lambda m: tf.round(m),
    "comparison": lambda m: m > 1.0,
    "stop_gradient": lambda m: tf.stop_gradient(m),
    "numpy_function": lambda m: tf.numpy_function(np.sinh, [m], tf.float64),
}


@pytest.mark.parametrize("cause", CUTS)
def test_operations_without_a_derivative(cause):
    x = tf.constant([2.0, 3.0], tf.float64)
    line = next(k for k, text in enumerate(TEXT, 1) if text.startswith(f'    "{cause}": lambda'))
    with tf.GradientTape() as tape:
        tape.watch(x)
        m = x * 2.0
        y = tf.cast(CUTS[cause](m), tf.float64) * 3.0
    is_cut(tape.explain(y, x), cause, line)
    assert tape.gradient(y, x, unconnected_gradients="zero") is not None
    why = tape.explain(y, x)
    is_cut(why, cause, line)
    assert [s.primitive.name for s in why.path] == ["multiply"]


def test_assign(x):
    v = tf.Variable(np.float64(0.0))
    with tf.GradientTape() as tape:
        tape.watch(x)
        line = here() + 1
        v.assign(x * 2.0)
        y = v * 3.0
    is_cut(tape.explain(y, x), "assign", line, "no gradient flows through an assignment")
    u = tf.Variable(np.float64(0.0))
    with tf.GradientTape() as tape:
        tape.watch(x)
        line = here() + 1
        u.assign_add(x)
        y = tf.square(u)
    is_cut(tape.explain(y, x), "assign", line)


def test_stop_recording(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        m = x * 2.0
        with tape.stop_recording():
            line = here() + 1
            k = m * m
        y = k * 3.0
    is_cut(tape.explain(y, x), "stop_recording", line)


def test_a_variable_read_inside_stop_recording():
    v = tf.Variable(2.0)
    with tf.GradientTape() as tape:
        with tape.stop_recording():
            line = here() + 1
            k = v * 2.0
        y = k * 3.0
    is_cut(tape.explain(y, v), "stop_recording", line)


def test_reset(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        m = x * 2.0
        line = here() + 1
        tape.reset()
        y = m * 3.0
    is_cut(tape.explain(y, x), "reset", line)
    v = tf.Variable(2.0)
    with tf.GradientTape() as tape:
        m = v * 2.0
        line = here() + 1
        tape.reset()
        y = m * v * 0.0 + m
        z = m * 3.0
    is_cut(tape.explain(z, v), "reset", line)
    assert tape.explain(y, v).connected


# -- off the tape ---------------------------------------------------------------------------------------------------
def test_through_numpy(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        m = x * 2.0
        line = here() + 1
        raw = np.interp(m.numpy(), [0.0, 9.0], [0.0, 1.0])
        y = tf.constant(raw) * 3.0
    is_cut(tape.explain(y, x), "numpy", line, "without .numpy()")


def test_through_float(x):
    w = tf.Variable(np.float64(3.0))
    with tf.GradientTape() as tape:
        tape.watch(x)
        m = x * 2.0
        line = here() + 1
        factor = float(m)
        y = w * factor
    is_cut(tape.explain(y, x), "numpy", line)


def test_through_a_numpy_function(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        m = x * 2.0
        line = here() + 1
        raw = np.nextafter(m, 9.0)
        y = tf.convert_to_tensor(raw) * 3.0
    is_cut(tape.explain(y, x), "numpy", line)


def test_a_value_that_is_printed_is_no_cut(x):
    w = tf.Variable(np.float64(3.0))
    with tf.GradientTape() as tape:
        tape.watch(x)
        line = here() + 1
        m = x * 2.0
        shown = f"{float(m):.3}"
        y = w * tf.constant(np.float64(5.0))
    assert shown and tape.explain(y, x).cause == "unused" and tape.explain(y, x).line >= line


def test_computed_before_the_block(x):
    m = x * 2.0
    with tf.GradientTape() as tape:
        tape.watch(x)
        line = here() + 1
        y = m * 3.0
    is_cut(tape.explain(y, x), "outside", line, "`m` was computed outside", "inside the `with")


def test_computed_after_the_block(x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        m = x * 2.0
    line = here() + 1
    y = m * 3.0
    is_cut(tape.explain(y, x), "outside", line, "`y` was computed outside")


def test_other_thread(x):
    results = []

    def work(x):
        results.append(x * 2.0)

    with tf.GradientTape() as tape:
        tape.watch(x)
        line = here() + 1
        worker = threading.Thread(target=work, args=(x,))
        worker.start()
        worker.join()
        y = results[0] * 3.0
    is_cut(tape.explain(y, x), "thread", line, "copy_context")
    assert tape.explain(results[0], x).cause == "thread"


def test_truly_unused(x):
    w = tf.Variable(np.float64(3.0))
    with tf.GradientTape() as tape:
        tape.watch(x)
        line = here() + 1
        m = x * 2.0
        y = w * w
    assert m is not None
    is_cut(tape.explain(y, x), "unused", line, "`y` does not depend on `x`")
    v = tf.Variable(1.0)
    with tf.GradientTape() as tape:
        line = here() + 1
        y = w * w
    is_cut(tape.explain(y, v), "unused", line)


def test_an_argument_without_a_rule():
    x = tf.constant([1.0, 2.0])
    with tf.GradientTape() as tape:
        tape.watch(x)
        line = here() + 1
        y = custom_without_gradient(x) * 2.0
    why = tape.explain(y, x)
    with pytest.warns(tf.UnconnectedWarning, match="custom_gradient") as caught:
        assert tape.gradient(y, x) is None
    assert why.connected and caught[0].lineno == line + 3


@tf.custom_gradient
def custom_without_gradient(x):
    return tf.identity(x), lambda g: None


def test_nested_tapes_name_the_line_too(x):
    w = at(3.0)
    with tf.GradientTape() as t, tf.GradientTape() as u:
        t.watch(w)
        u.watch(w)
        line = here() + 1
        m = tf.reduce_mean(x)
        y = m * w
    is_cut(t.explain(y, x), "never watched", line)
    is_cut(u.explain(y, x), "never watched", line)


# -- gradient speaks ---------------------------------------------------------------------------------------------------
def none_of(tape, y, x):
    return tape.gradient(y, x)


def test_the_first_none_of_a_line_warns_once(x):
    tapes = []
    for _ in range(2):
        with tf.GradientTape() as tape:
            line = here() + 1
            y = x * 2.0
        tapes.append((tape, y))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for tape, y in tapes:
            asked = here() + 1
            assert tape.gradient(y, x) is None
    (warning,) = caught
    assert warning.category is tf.UnconnectedWarning and (warning.filename, warning.lineno) == (__file__, asked)
    assert "`x` was never watched" in str(warning.message) and f"{__file__}:{line}" in str(warning.message)


def test_silent_and_raise(x):
    def attempt():
        with tf.GradientTape() as tape:
            y = x * 2.0
        return tape.gradient(y, x)

    try:
        tf.config.unconnected = "silent"
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert attempt() is None
        tf.config.unconnected = "raise"
        for _ in range(2):
            with pytest.raises(tf.UnconnectedError, match="`x` was never watched"):
                attempt()
        with pytest.raises(ValueError, match="'silent', 'warn' or 'raise'"):
            tf.config.unconnected = "loud"
    finally:
        tf.config.unconnected = "warn"
    assert tf.config.unconnected == "warn"


def test_strict(x):
    with tf.GradientTape(strict=True) as tape:
        y = x * 2.0
    with pytest.raises(tf.UnconnectedError, match="never watched"):
        tape.gradient(y, x)
    with tf.GradientTape(strict=True, persistent=True) as tape:
        y = x * 2.0
    assert tape.gradient(y, x, unconnected_gradients="zero") == 0.0
    with pytest.raises(tf.UnconnectedError):
        tape.jacobian(y, x)


# -- cost ------------------------------------------------------------------------------------------------------------------
def test_a_hundred_thousand_operations_take_less_than_a_second(x):
    w = at(3.0)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x
        for _ in range(100_000):
            y = y * 1.0000001
        z = tf.stop_gradient(y) * 2.0
    for target, source, cause in ((y, x, "connected"), (z, x, "stop_gradient"), (y, w, "unused")):
        spent = []
        for _ in range(3):  # the quickest: other processes share the machine's caches
            start = time.process_time()
            why = tape.explain(target, source)
            spent.append(time.process_time() - start)
        assert min(spent) < 1.0 and why.cause == cause


def test_a_near_miss_of_any_number_of_arguments_is_read_back():
    x = tf.constant([1.0])
    with tf.GradientTape() as tape:
        tape.watch(x)
        cut = tf.stop_gradient(x)
        y = tf.stack([cut, cut + 1.0, cut + 2.0])
        z = y * 2.0
    assert "stop_gradient" in str(tape.explain(z, x))


def test_several_results_under_two_tapes(x):
    with tf.GradientTape(), tf.GradientTape() as tape:
        tape.watch(x)
        line = here() + 1
        a, b = tf.unstack(tf.stop_gradient(tf.stack([x, x])))
        y = a * b
    is_cut(tape.explain(y, x), "stop_gradient", line)
