"""tf.debugging.Watcher: what it finds of a training loop, when it looks, and where it writes."""

import io

import numpy as np
import pytest
from rich.console import Console

import gradtape as tf
from tests.unit.test_summary import in_folder


def step(watcher, w, x, rate=0.5):
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(w * x)
    watcher.observe(tape)
    w.assign_sub(rate * tape.gradient(loss, w))


def tags(folder):
    found = {}
    for step, tag, _, value in in_folder(folder):
        found.setdefault(tag, []).append((step, value.tolist()))
    return found


def test_norms_and_ratio_of_a_hand_written_update(tmp_path):
    w = tf.Variable([[3.0, 0.0], [4.0, 0.0]], name="w")
    with tf.debugging.Watcher(tmp_path, every=1) as watcher:
        step(watcher, w, [[1.0, 2.0], [2.0, 4.0]])
    (row,) = watcher.rows
    assert (row.name, row.shape, row.weight, row.gradient, row.bad) == ("w", (2, 2), 5.0, 5.0, 0)
    assert row.ratio == pytest.approx(0.5)
    found = tags(tmp_path)
    assert set(found) == {
        "weight_norm/w", "gradient_norm/w", "gradient_norm/all", "update_ratio/w", "dead_units/w", "weights/w", "gradients/w",
    }  # fmt: skip
    assert found["gradient_norm/all"] == [(0, 5.0)]
    rows = np.array(found["gradients/w"][0][1])
    assert (rows[0, 0], rows[-1, 1], rows[:, 2].sum()) == (1.0, 4.0, 4.0)


def test_it_looks_every_so_many_steps(tmp_path):
    w = tf.Variable([1.0], name="w")
    with tf.debugging.Watcher(tmp_path, every=3, histograms=False) as watcher:
        for _ in range(7):
            step(watcher, w, [0.5])
    assert watcher.steps == 7
    found = tags(tmp_path)
    assert [s for s, _ in found["gradient_norm/w"]] == [0, 3, 6]
    assert found["weight_norm/w"] == [(0, 1.0), (3, 0.25), (6, 0.5)]
    assert [round(r, 4) for _, r in found["update_ratio/w"]] == [0.25, 1.0, 0.5]
    assert "weights/w" not in found


def test_a_unit_is_dead_after_some_silent_samples():
    w = tf.Variable(np.ones((2, 4), np.float32))
    found = []
    with tf.debugging.Watcher(every=1, patience=2) as watcher:
        for alive in ([1, 1, 1, 1], [1, 0, 0, 1], [1, 0, 1, 1], [1, 0, 0, 0], [0, 0, 0, 0]):
            step(watcher, w, np.array([alive, alive], np.float32))
            found.append(watcher.rows[0].dead)
    assert found == [0.0, 0.0, 0.25, 0.25, 0.75]


@pytest.mark.parametrize("compiled", [False, True])
def test_gradients_that_are_given(compiled):
    v, unused = tf.Variable([3.0, 4.0]), tf.Variable(1.0)

    def gradients():
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(v * v)
        return tape.gradient(loss, [v, unused])

    given = tf.function(gradients) if compiled else gradients
    with tf.debugging.Watcher(every=1) as watcher:
        gs = given()
        assert watcher.record(gs, [v, unused])
        v.assign_sub(0.25 * gs[0])
    first, second = watcher.rows
    assert (first.gradient, first.ratio) == (10.0, 0.5)
    assert np.isnan(second.gradient) and second.ratio == 0.0
    assert (first.name, second.name) == ("Variable", "Variable_1")


def test_inside_a_function_it_says_what_to_do():
    v = tf.Variable(1.0)
    watcher = tf.debugging.Watcher(every=1)

    @tf.function
    def f():
        with tf.GradientTape() as tape:
            y = v * v
        watcher.observe(tape)
        return tape.gradient(y, v)

    with pytest.raises(ValueError, match=r"call watcher.record\(gradients, variables\) outside"):
        f()


def test_sparse_gradients_count_each_row_once():
    table = tf.Variable(np.ones((6, 2), np.float32))
    with tf.debugging.Watcher(every=1) as watcher:
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(tf.gather(table, [1, 1, 4]) * [[3.0, 4.0]])
        watcher.observe(tape)
        tape.gradient(loss, table)
    (row,) = watcher.rows
    assert row.gradient == pytest.approx(np.sqrt(100.0 + 25.0))
    assert row.dead is None


@pytest.mark.parametrize(
    "values, gradient, bad",
    [
        (np.array([1e-30, 1e-30], np.float32), np.sqrt(2) * 1e-30, 0),
        (np.array([3e30, 4e30], np.float32), 5e30, 0),
        (np.array([3 + 4j, 0], np.complex64), 5.0, 0),
        (np.array([3.0, 4.0], np.float16), 5.0, 0),
        (np.array([np.nan, np.inf, 1.0]), np.nan, 2),
        (np.zeros((0, 3), np.float32), 0.0, 0),
        (np.zeros((3, 0), np.float32), 0.0, 0),
    ],
)
def test_norms_of_awkward_numbers(values, gradient, bad):
    watcher = tf.debugging.Watcher(every=1)
    watcher.record([tf.constant(values)], [tf.Variable(np.ones_like(values))])
    watcher.finish()
    (row,) = watcher.rows
    assert row.gradient == pytest.approx(gradient, rel=1e-6, nan_ok=True)
    assert (row.bad, row.ratio) == (bad, 0.0)


def test_a_large_histogram_counts_all_elements(tmp_path):
    w = tf.Variable(np.linspace(-1, 1, 40_000, dtype=np.float32).reshape(200, 200), name="w")
    with tf.debugging.Watcher(tmp_path, every=1) as watcher:
        watcher.record([w], [w])
    rows = np.array(tags(tmp_path)["weights/w"][0][1])
    assert rows[:, 2].sum() == pytest.approx(40_000)
    assert rows[0, 0] == pytest.approx(-1, abs=0.01) and rows[-1, 1] == pytest.approx(1, abs=0.01)
    assert rows[:, 2].max() < 2 * rows[:, 2].min()


def test_a_persistent_tape_is_one_sample():
    v = tf.Variable(2.0)
    watcher = tf.debugging.Watcher(every=1)
    with tf.GradientTape(persistent=True) as tape:
        y = v * v
        z = 10.0 * v
    watcher.observe(tape)
    tape.gradient(y, v)
    tape.gradient(z, v)
    assert watcher.rows[0].gradient == 4.0


def test_a_writer_that_was_given_stays_open(tmp_path):
    writer = tf.summary.create_file_writer(tmp_path)
    with tf.debugging.Watcher(writer, every=1, histograms=False) as watcher:
        step(watcher, tf.Variable([1.0], name="w"), [1.0])
    with writer.as_default():
        assert tf.summary.scalar("more", 1.0, step=0)
    writer.close()
    assert {"gradient_norm/w", "more"} <= set(tags(tmp_path))


def test_the_table(tmp_path):
    w, b = tf.Variable(np.ones((2, 3), np.float32), name="kernel"), tf.Variable(np.zeros(3, np.float32), name="bias")
    watcher = tf.debugging.Watcher(every=1, patience=1)
    for k in range(3):
        watcher.record([w * (k + 1.0), tf.constant([np.nan, 0.0, 0.0])], [w, b])
    watcher.finish()
    console = Console(width=100, file=io.StringIO(), force_terminal=False)
    console.print(watcher.table())
    text = console.file.getvalue()
    kernel, bias = (next(line for line in text.splitlines() if line.startswith(f"│{name}")) for name in ("kernel", "bias"))
    assert "step 2" in text
    assert [cell.strip() for cell in kernel.strip("│").split("│")] == ["kernel", "2 x 3", "2.45", "7.35", "0", "0%", "▃▆█"]
    assert "1 NaN or Inf" in bias and "67%" in bias
    watcher.save_svg(tmp_path / "table.svg")
    picture = (tmp_path / "table.svg").read_text(encoding="utf-8")
    assert picture.startswith("<svg") and "kernel" in picture


def test_the_live_table_is_shown(capsys):
    w = tf.Variable([1.0, 2.0], name="scale")
    with tf.debugging.Watcher(every=2, table=True) as watcher:
        for _ in range(3):
            step(watcher, w, [1.0, 1.0])
    out = capsys.readouterr().out
    assert "scale" in out and "step 2" in out


@pytest.mark.parametrize("options", [{"every": 0}, {"patience": 0}])
def test_bad_options(options):
    with pytest.raises(ValueError, match="at least 1"):
        tf.debugging.Watcher(**options)


def test_bad_calls():
    watcher = tf.debugging.Watcher(every=1)
    with pytest.raises(ValueError, match="1 gradients for 2 variables"):
        watcher.record([tf.constant(1.0)], [tf.Variable(1.0), tf.Variable(2.0)])
    with pytest.raises(TypeError, match="no Keras optimizer"):
        watcher.attach(object())
