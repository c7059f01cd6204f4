"""Records the datasets and errors of tests/data/data_cases.py: run it where TensorFlow 2.21 is installed.

python tests/data/make_data.py
"""

import json
import os
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import tensorflow as tf
from data_cases import CASES, ERRORS, outcome


def error_of(attempt):
    try:
        attempt(tf)
    except Exception as error:  # noqa: BLE001
        return type(error).__name__
    return None


if __name__ == "__main__":
    found = {
        "cases": {name: outcome(make(tf)) for name, make in CASES.items()},
        "errors": {name: error_of(attempt) for name, attempt in ERRORS.items()},
    }
    Path(__file__).with_name("data.json").write_text(
        json.dumps(found, indent=None, separators=(",", ":")).replace('"},"', '"},\n"') + "\n"
    )
