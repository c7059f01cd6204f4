"""Ask TensorFlow every line of core_cases and write core_behaviour.json.  Run with TensorFlow's Python, in this folder."""

from __future__ import annotations

import collections
import copy
import json
import math
import operator
import pickle
import types
from pathlib import Path
from typing import Any

import core_cases
import numpy as np
import tensorflow as tf

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


def asked(line: str) -> Any:
    found = core_cases.answer(tf, line, NAMES)
    return {"error": found["error"][0]} if isinstance(found, dict) and "error" in found else found


def lines_of(group: tuple[str, dict]) -> str:
    """A line a case, so that a change shows."""
    name, answers = group
    return f"{json.dumps(name)}: {{\n" + ",\n".join(f"{json.dumps(line)}: {json.dumps(a)}" for line, a in answers.items()) + "\n}"


def main() -> None:
    answers = {group: {line: asked(line) for line in lines} for group, lines in core_cases.cases().items()}
    Path(__file__).with_name("core_behaviour.json").write_text("{\n" + ",\n".join(map(lines_of, answers.items())) + "\n}\n")


if __name__ == "__main__":
    main()
