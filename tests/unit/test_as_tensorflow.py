"""Every recorded line gives what TensorFlow gave, or raises what it raised; where it does not, the reason stands here."""

from __future__ import annotations

import collections
import copy
import json
import math
import operator
import pickle
import re
import types
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import gradtape as tf

from ..data.core_cases import answer

NAMES = {
    "tf": tf,
    "np": np,
    "copy": copy,
    "pickle": pickle,
    "math": math,
    "operator": operator,
    "collections": collections,
    "types": types,
}
RECORDED = json.loads((Path(__file__).parents[1] / "data" / "core_behaviour.json").read_text())
DIFFERENT = {  # a pattern of lines -> why the answer is another one
    r"300|2\*\*40|70000|-1, dtype='uint8'|uint8\).* -1|\[2\.5\]": "numbers that do not fit are refused, not wrapped around or cut off",
    r"2\*\*70": "as large integers become floats, they become complex numbers; comparisons know them; an integer that is no boolean is a TypeError",
    r"object\(\)": "Python's own rules for operands of foreign types",
    r"^\+\(|\.ndim$|^len\(tf.Variable|v\[0\]\.assign_add|uint8\) \*\* |tf.uint8\)\)$|-tf.constant\(1, tf.uint8\)": "works here",
    r"\*\* 2\.0$": "a whole number as exponent of integers works here",
    r"\| |^round\(|operator.index|\]\[tf.constant|range\(5\)\[|// ": "a TypeError or InvalidArgumentError instead of an AttributeError or NotFoundError",
    r"True, False\]\) [*/|!]": "booleans are not numbers here",
    r"tf.constant\(\['a', 'b'\]\) != |'a'.* in \[1\]|abc'\) in|e4'\) in|bc'\]\) in|'abc'\)": "strings are not equal to numbers; their arrays are of objects",
    r"np.array\(\['a'\]\), dtype='bool'|np.array\(\['a', 'b'\]\)|np.array\(\[1, 2\]\)$": "strings are no booleans and no numbers",
    r"dtype='bool'\)": "a list of tensors is cast to booleans",
    r"tf.Variable\(.*\) [!=]= None": "as a tensor is, a variable is simply not None",
    r"TensorShape\(\[None, 2\]\)\)\.shape": "a TypeError",
    r"^iter\(": "an iterator of its own",
    r"copy=False": "a variable is shown read-only, and its next update copies",
    r"tf.bfloat16\)": "NumPy takes bfloat16 scalars too",
    r"assign_add\(1\.0\)\nw is v": "an assignment returns the variable itself",
    r"copy.deepcopy|pickle": "a copy admits the shapes that its original does",
    r"t\.foo": "tensors have no room for attributes: their making is what costs most",
    r"bogus=1": "an unknown argument is refused",
    r"np.dtype\(tf|np.zeros\(2, tf": "NumPy understands our dtypes",
    r"\.limits|as_numpy_dtype|tf.zeros\(\[2\], tf": "dtypes without values",
    r"as_dtype\(": "types of Python and NumPy's letters name dtypes; quantised and packed ones are not here",
    r"isinstance\(tf.TensorShape|\.dims$|\[True\]|None\]\)$": "a TensorShape is a tuple of ints",
    r"shape=\[None\]": "a ValueError",
    r"IndexedSlices": "slices hold tensors; indices out of range are refused",
    r"tf.TensorSpec|type_spec": "not part of this library",
    r"tf.nest": "as optree has it: OrderedDicts keep their order, ranges and bytearrays are leaves, keys need not be sortable",
}


def same(ours: Any, theirs: Any) -> bool:
    if isinstance(theirs, dict) and "error" in theirs:
        return isinstance(ours, dict) and theirs["error"] in ours.get("error", ())
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return ours.keys() == theirs.keys() and all(same(ours[k], theirs[k]) for k in ours)
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(same, ours, theirs))
    return ours == theirs or close(ours, theirs)


def close(ours: Any, theirs: Any) -> bool:
    try:
        a, b = complex(ours), complex(theirs)
    except (TypeError, ValueError):
        return False
    return abs(a - b) <= 1e-6 * abs(b) or (a != a and b != b)


@pytest.mark.parametrize("group", RECORDED)
def test_lines(group: str) -> None:
    wrong = {}
    for line, theirs in RECORDED[group].items():
        ours = json.loads(json.dumps(answer(tf, line, NAMES)))
        if not same(ours, theirs) and not any(re.search(pattern, line) for pattern in DIFFERENT):
            wrong[line] = (theirs, ours)
    assert wrong == {}


def test_nothing_undocumented_is_raised() -> None:
    allowed = {"OpError", "TypeError", "ValueError", "IndexError", "AttributeError", "RuntimeError", "StopIteration"}
    for lines in RECORDED.values():
        for line in lines:
            ours = answer(tf, line, NAMES)
            if isinstance(ours, dict) and "error" in ours:
                assert allowed & set(ours["error"]), (line, ours)
