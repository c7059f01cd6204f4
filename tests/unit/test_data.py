"""tf.data beside what TensorFlow gives: specs, cardinalities, elements, orders, errors."""

import json
from pathlib import Path

import pytest

import gradtape as tf

from ..data.data_cases import CASES, ERRORS, outcome

RECORDED = json.loads((Path(__file__).resolve().parents[1] / "data" / "data.json").read_text())
BUILT_IN = {"ValueError": ValueError, "TypeError": TypeError}


@pytest.mark.parametrize("name", CASES)
def test_as_in_tensorflow(name):
    expected, found = RECORDED["cases"][name], outcome(CASES[name](tf))
    if name not in LOOSER:
        assert found["spec"] == expected["spec"]
    assert {k: v for k, v in found.items() if k != "spec"} == {k: v for k, v in expected.items() if k != "spec"}


# What comes of the first element where a function cannot be traced: the rank is known, TensorFlow knows more or less.
LOOSER = {}


@pytest.mark.parametrize("name", ERRORS)
def test_errors_as_in_tensorflow(name):
    expected = RECORDED["errors"][name]
    if expected is None:
        ERRORS[name](tf)
        return
    with pytest.raises(BUILT_IN.get(expected) or getattr(tf.errors, expected)):
        ERRORS[name](tf)
