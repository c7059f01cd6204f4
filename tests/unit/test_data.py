"""tf.data beside what TensorFlow gives: specs, cardinalities, elements, orders, errors."""

import json
from pathlib import Path

import pytest

import gradtape as tf

from ..data.data_cases import CASES, ERRORS, outcome

RECORDED = json.loads((Path(__file__).resolve().parents[1] / "data" / "data.json").read_text())
# TensorFlow stumbles over an attribute of what is no dataset, or over the source of what is no function
DIFFERENT = {"flat_map no dataset": "TypeError", "map no function": "TypeError"}
BUILT_IN = {"ValueError": ValueError, "TypeError": TypeError}


@pytest.fixture(autouse=True)
def no_global_seed():
    tf.random.set_seed(None)


@pytest.mark.parametrize("name", CASES)
def test_as_in_tensorflow(name):
    expected, found = RECORDED["cases"][name], outcome(CASES[name](tf))
    assert found == expected


@pytest.mark.parametrize("name", ERRORS)
def test_errors_as_in_tensorflow(name):
    expected = DIFFERENT.get(name, RECORDED["errors"][name])
    if expected is None:
        ERRORS[name](tf)
        return
    with pytest.raises(BUILT_IN.get(expected) or getattr(tf.errors, expected)):
        ERRORS[name](tf)
