"""`python -m gradtape check`: what a program uses, read from its text."""

import json

import pytest

from gradtape.dropin import check, names_used

PROGRAM = """
import tensorflow as tf
import tensorflow.keras.backend as K
import tensorflow_hub as hub
from tensorflow.keras import layers as L
from tensorflow import math as m

def f(x):
    return tf.reduce_sum(tf.ceil(x)) + m.log(x)

opt = tf.keras.optimizers.Adam(lr=0.1)
queue = tf.queue.FIFOQueue(
    1)
model = tf.keras.Sequential([L.Dense(3, batch_input_shape=(None, 4)), L.Densee(2)])
model.fit_generator(f)
K.learning_phase()
act = tf.nn.relu
act(tf.constant(1.0)).numpy().anything
tf.strings.split(tf.lookup.StaticHashTable), tf.ragged.constant, tf.sparse.to_dense, tf.SparseTensor, tf.RaggedTensor.from_row_splits
"""


@pytest.fixture
def findings(tmp_path):
    file = tmp_path / "program.py"
    file.write_text(PROGRAM, encoding="utf-8")
    return {(f.line, f.name): f for f in check.check_file(file)}


@pytest.mark.parametrize(
    ("line", "name", "state", "advice"),
    [
        (4, "tensorflow_hub", "absent", "keras_hub"),
        (9, "tf.ceil", "absent", "tf.math.ceil"),
        (9, "tf.math.log", "present", ""),
        (9, "tf.reduce_sum", "present", ""),
        (11, "tf.keras.optimizers.Adam", "present", ""),
        (11, "tf.keras.optimizers.Adam(lr=)", "different", "learning_rate="),
        (12, "tf.queue.FIFOQueue", "absent", "queue.Queue"),
        (14, "tf.keras.layers.Dense(batch_input_shape=)", "different", "Input"),
        (14, "tf.keras.layers.Densee", "absent", "Perhaps tf.keras.layers.Dense is meant."),
        (15, "model.fit_generator", "different", "model.fit"),
        (16, "tf.keras.backend.learning_phase", "different", "training=True"),
        (18, "tf.nn.relu", "present", ""),
        (18, "tf.constant", "present", ""),
        (19, "tf.strings.split", "present", ""),
        (19, "tf.lookup.StaticHashTable", "present", ""),
        (19, "tf.ragged.constant", "present", ""),
        (19, "tf.sparse.to_dense", "present", ""),
        (19, "tf.SparseTensor", "present", ""),
        (19, "tf.RaggedTensor.from_row_splits", "present", ""),
    ],
)
def test_findings(findings, line, name, state, advice):
    found = findings[line, name]
    assert found.state == state and advice in found.advice


def test_nothing_else_is_absent(findings):
    assert {f.name for f in findings.values() if f.state == "absent"} == {
        "tensorflow_hub", "tf.ceil", "tf.queue.FIFOQueue", "tf.keras.layers.Densee",
    }  # fmt: skip


def test_a_name_that_is_given_a_new_meaning_is_no_longer_tensorflows():
    found = [u.name for u in names_used.uses("import tensorflow as tf\nx = tf.nn\nx.relu\nx = 3\nx.real\n", {})]
    assert found == ["tf.nn", "tf.nn.relu"]


def test_star_and_relative_imports_say_nothing():
    assert list(names_used.uses("from tensorflow import *\nfrom . import tensorflow\nfrom .tensorflow import x\n", {})) == []


def notebook(*cells):
    return json.dumps({"nbformat": 4, "cells": [{"cell_type": kind, "source": source} for kind, source in cells]})


def test_notebooks_cell_by_cell(tmp_path):
    file = tmp_path / "book.ipynb"
    file.write_text(
        notebook(
            ("markdown", "tf.nothing"),
            ("code", ["!pip install x\n", "import tensorflow as tf\n"]),
            ("code", "%%bash\nls ("),
            ("code", "if True:\n    %time y = 1\ntf.ceil(1)"),
        ),
        encoding="utf-8",
    )
    assert [(f.cell, f.line, f.name, f.state) for f in check.check_file(file)] == [(4, 3, "tf.ceil", "absent")]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("old.py", b"print 'a'\n", "no Python 3"),
        ("latin.py", b"# \xe4\n", "byte 2"),
        ("zero.py", b"a\0b", "no Python 3"),
        ("cut.ipynb", b'{"cells": [', "character 11"),
        ("list.ipynb", b"[]", "no notebook"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path, name, content, reason):
    file = tmp_path / name
    file.write_bytes(content)
    (finding,) = check.check_file(file)
    assert finding.state == "unreadable" and reason in finding.advice


def test_the_command(scripts):
    scripts.write("folder/good.py", "import tensorflow as tf\ntf.exp(1.0)\n")
    scripts.write("folder/.venv/skipped.py", "import tensorflow as tf\ntf.ceil(1.0)\n")
    done = scripts.python("-m", "gradtape", "check", "folder")
    assert (done.returncode, done.stdout) == (0, "") and "1 present, 0 absent" in done.stderr
    scripts.write("folder/bad.py", "import tensorflow as tf\ntf.ceil(1.0)\n")
    done = scripts.python("-m", "gradtape", "check", "folder", "--json")
    (found,) = json.loads(done.stdout)
    assert done.returncode == 1 and (found["line"], found["name"], found["state"]) == (2, "tf.ceil", "absent")
    done = scripts.python("-m", "gradtape", "check", "folder", "nothing.py", "--all")
    assert done.returncode == 2 and "good.py:2: present: tf.exp" in done.stdout and "nothing.py:0: unreadable" in done.stdout
