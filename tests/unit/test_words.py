"""Strings, ragged and sparse tensors, lookup tables and what datasets make of them: the values that TensorFlow gives."""

import json
import math
from pathlib import Path

import pytest

import gradtape as tf
from tests.data.words_cases import CASES, outcome

INEXACT = ("float16", "bfloat16", "float32", "float64")
RECORDED = json.loads((Path(__file__).parents[1] / "data" / "words.json").read_text())


def close(a, b):
    x, y = float(a), float(b)
    return (math.isnan(x) and math.isnan(y)) or math.isclose(x, y, rel_tol=2e-5, abs_tol=1e-6)


def difference(found, recorded, at=""):
    """Where two outcomes differ, or nothing."""
    if isinstance(recorded, dict) and "tensor" in recorded and isinstance(found, dict) and "tensor" in found:
        (dtype, shape, values), (wanted, dims, numbers) = found["tensor"], recorded["tensor"]
        if (dtype, shape) != (wanted, dims):
            return f"{at}: {dtype}{shape} instead of {wanted}{dims}"
        same = all(map(close, values, numbers)) if dtype in INEXACT else values == numbers
        return "" if same else f"{at}: {values} instead of {numbers}"
    if isinstance(recorded, dict) and isinstance(found, dict):
        if recorded.keys() != found.keys():
            return f"{at}: {found} instead of {recorded}"
        return "".join(difference(found[k], recorded[k], f"{at}.{k}") for k in recorded)
    if isinstance(recorded, list) and isinstance(found, list) and len(recorded) == len(found):
        return "\n".join(
            filter(None, (difference(a, b, f"{at}[{k}]") for k, (a, b) in enumerate(zip(found, recorded, strict=True))))
        )
    return "" if found == recorded else f"{at}: {found} instead of {recorded}"


def test_every_case_is_recorded():
    assert sorted(RECORDED) == sorted(CASES)


@pytest.mark.parametrize("name", [name for name in CASES if not name.startswith("keras")])
def test_as_tensorflow(name):
    found = json.loads(json.dumps(outcome(tf, CASES[name])))
    assert difference(found, RECORDED[name]) == ""
