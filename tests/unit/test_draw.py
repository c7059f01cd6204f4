"""Pictures and tables of a tape."""

from __future__ import annotations

import json
import re
import time
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest

import gradtape as tf
from gradtape.inspect.outline import Box, Outline


class Dense(tf.Module):
    def __init__(self, n: int, name: str):
        super().__init__()
        self.w = tf.Variable(np.eye(n, dtype=np.float32) / 2, name=f"{name}/w")
        self.b = tf.Variable(np.zeros(n, np.float32), name=f"{name}/b")

    def __call__(self, x):
        h = tf.matmul(x, self.w) + self.b
        return tf.tanh(h)


class Block(tf.Module):
    def __init__(self, n: int, name: str):
        super().__init__()
        self.first, self.second = Dense(n, f"{name}/first"), Dense(n, f"{name}/second")

    def __call__(self, x):
        scaled = x * 0.5
        h = self.second(self.first(scaled))
        return x + h


def network(blocks: int, persistent: bool = True):
    layers = [Block(4, f"block{k}") for k in range(blocks)]
    x = tf.Variable(np.ones((2, 4), np.float32), name="x")
    with tf.GradientTape(persistent=persistent) as tape:
        h = x
        for layer in layers:
            h = layer(h)
        loss = tf.reduce_sum(tf.square(h))
    return tape, loss, layers


def embedded(path) -> dict:
    return json.loads(re.search(r"const data = (\{.*\});\n", path.read_text(encoding="utf-8")).group(1))


def labels(entries) -> list:
    return [e["label"] for e in entries if isinstance(e, dict)]


def numbers(entries) -> list[int]:
    return [n for e in entries for n in ([e] if isinstance(e, int) else numbers(e["children"]))]


def test_the_tree_has_modules_lines_and_operations(tmp_path):
    tape, _, _ = network(2)
    data = embedded(tape.draw(tmp_path / "tape.html"))
    assert labels(data["tree"]) == ["Block.__call__", "Block.__call__", "network"]
    block = data["tree"][0]
    assert labels(block["children"]) == ["Dense.__call__", "Dense.__call__"]
    first = next(e for e in block["children"] if isinstance(e, dict))
    (line,) = [e for e in first["children"] if isinstance(e, dict)]
    assert line["kind"] == "line" and line["label"] == "h = tf.matmul(x, self.w) + self.b"
    named = [data["operations"][n]["name"] for n in numbers(line["children"])]
    assert named == ["block0/first/w", "matmul", "block0/first/b", "add"]
    assert sorted(numbers(data["tree"])) == list(range(len(data["operations"])))


def test_equal_neighbours_share_a_box(tmp_path):
    tape, _, _ = network(5)
    data = embedded(tape.draw(tmp_path / "tape.html"))
    assert labels(data["tree"]) == ["Block.__call__ x 5", "network"]
    assert labels(data["tree"][0]["children"]) == ["Block.__call__"] * 5


def test_turns_of_a_loop_and_a_long_line():
    x = tf.Variable(1.0)
    with tf.GradientTape() as tape:
        y = x
        for _ in range(4):
            y = tf.sin(y)
            y = y * 2.0
        z = y + y + y + y
    (box,) = Outline(tape).root.children
    assert z is not None and box.label.endswith("a_long_line x 4") and len(box.children) == 4
    assert [c.label for c in box.children[-1].children if isinstance(c, Box)] == ["z = y + y + y + y"]


def test_regions_nest(tmp_path):
    x = tf.Variable(1.0, name="x")
    with tf.GradientTape() as tape:
        with tf.debugging.region("outer"):
            y = tf.sin(x)
            with tf.debugging.region("inner"):
                y = tf.exp(y)
            with tf.debugging.region("nothing"):
                pass
        y = tf.cos(y)
    data = embedded(tape.draw(tmp_path / "tape.html"))
    outer, function = data["tree"]
    assert (outer["label"], outer["kind"], function["label"]) == ("outer", "module", "test_regions_nest")
    assert [data["operations"][n]["name"] for n in numbers([outer])] == ["x", "sin", "exp"]
    assert "inner" in json.dumps(outer) and "nothing" not in json.dumps(outer)


def test_shapes_dtypes_and_norms(tmp_path):
    tape, loss, layers = network(1)
    data = embedded(tape.draw(tmp_path / "tape.html", target=loss))
    by_name = {o["name"]: o for o in data["operations"]}
    assert by_name["matmul"]["shape"] == "float32[2,4]" and by_name["block0/first/w"]["shape"] == "float32[4,4]"
    expected = np.linalg.norm(tape.gradient(loss, layers[0].first.w).numpy())
    assert by_name["block0/first/w"]["norm"] == pytest.approx(expected, rel=1e-3)
    with pytest.raises(ValueError, match="persistent"):
        network(1, persistent=False)[0].draw(tmp_path / "x.html", target=loss)


def test_the_cut_is_red(tmp_path):
    x = tf.Variable([1.0, 2.0], name="x")
    scale = tf.Variable(2.0, name="scale")
    with tf.GradientTape() as tape:
        score = tf.exp(x * scale)
        y = tf.cast(tf.cast(score, tf.int32), tf.float32) * scale
    why = tape.explain(y, x)
    data = embedded(tape.draw(tmp_path / "tape.html", cut=why))
    marks = {o["name"]: o.get("mark") for o in data["operations"]}
    assert marks["x"] == marks["exp"] == "path" and marks["scale"] is None and marks["✂ cast"] == "cut"
    cut = next(o for o in data["operations"] if o["name"] == "✂ cast")
    assert "tf.cast(score, tf.int32)" in cut["text"] and data["operations"][cut["in"][0]]["name"] == "exp"
    svg = tape.draw(tmp_path / "tape.svg", cut=why).read_text(encoding="utf-8")
    assert 'class="cut"' in svg and 'class="edge path"' in svg
    assert "color=red, style=dashed" in tape.draw(tmp_path / "tape.dot", cut=why).read_text(encoding="utf-8")


def test_svg_is_well_formed_and_nothing_overlaps(tmp_path):
    tape, _, _ = network(3)
    root = ElementTree.parse(tape.draw(tmp_path / "tape.svg")).getroot()
    space = "{http://www.w3.org/2000/svg}"
    kinds = ("op", "source")
    rects = [r.attrib for r in root.iter(f"{space}rect") if r.get("class") in kinds]
    corners = [
        (float(r["x"]), float(r["y"]), float(r["x"]) + float(r["width"]), float(r["y"]) + float(r["height"])) for r in rects
    ]
    assert len(corners) == len(tape.operations) + 13
    for k, (x1, y1, x2, y2) in enumerate(corners):
        assert not any(x1 < b[2] and b[0] < x2 and y1 < b[3] and b[1] < y2 for b in corners[:k])
    width, height = float(root.get("width")), float(root.get("height"))
    assert all(x1 >= 0 and y1 >= 0 and x2 <= width and y2 <= height for x1, y1, x2, y2 in corners)


def test_dot_has_every_operation_and_balanced_braces(tmp_path):
    tape, _, _ = network(2)
    text = tape.draw(tmp_path / "tape.dot").read_text(encoding="utf-8")
    assert text.count("{") == text.count("}") and text.count("subgraph") >= 6
    assert len(re.findall(r"^ *n\d+ \[", text, re.MULTILINE)) == len(tape.operations) + 9


def test_text_is_escaped(tmp_path):
    x = tf.Variable(1.0, name="a")
    with tf.GradientTape() as tape:
        y = tf.exp(x) if "</script><b>" < "z" else x
    page = tape.draw(tmp_path / "tape.html").read_text(encoding="utf-8")
    assert y is not None and page.count("</script>") == 1
    assert "<b>" not in tape.draw(tmp_path / "tape.svg").read_text(encoding="utf-8").replace("&lt;b&gt;", "")


def test_other_endings_are_refused(tmp_path):
    tape, _, _ = network(1)
    with pytest.raises(ValueError, match=r"must end in .html, .svg or .dot, got '.*tape.png'"):
        tape.draw(tmp_path / "tape.png")


def test_after_the_sweep_and_empty(tmp_path):
    tape, loss, layers = network(1, persistent=False)
    tape.gradient(loss, layers[0].first.w)
    assert embedded(tape.draw(tmp_path / "tape.html"))["operations"]
    with tf.GradientTape() as empty:
        pass
    for ending in ("html", "svg", "dot"):
        empty.draw(tmp_path / f"empty.{ending}")
    assert "0 operations" in str(empty.summary())


def test_summary():
    tape, _, _ = network(5)
    text = str(tape.summary())
    assert "Block.__call__ x 5" in text and text.splitlines()[-1].startswith("42 operations, 21 sources, ")
    assert len(str(tape.summary(depth=1)).splitlines()) == 6


def test_in_a_notebook():
    tape, _, _ = network(1)
    frame = tape._repr_html_()
    assert frame.startswith("<iframe srcdoc=") and "&lt;script&gt;" in frame


def test_two_thousand_operations_are_drawn_in_seconds(tmp_path):
    tape, _, _ = network(250)
    assert len(tape.operations) == 2_002
    start = time.process_time()
    path = tape.draw(tmp_path / "tape.html")
    assert time.process_time() - start < 5 and path.stat().st_size < 2_000_000
    tape.draw(tmp_path / "tape.svg")
