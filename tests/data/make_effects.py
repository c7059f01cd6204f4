"""Records the errors and the output of tests/data/effects_cases.py: run it where TensorFlow 2.21 is installed.

python tests/data/make_effects.py
"""

import json
import os
import tempfile
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import tensorflow as tf
from effects_cases import CHECKS, PRINTS


def outcome(check):
    """The class and the words of the error, or None."""
    try:
        check(tf, tf.debugging)
    except Exception as error:  # noqa: BLE001
        return [type(error).__name__, " ".join(str(error).split())]
    return None


def printed(make, folder):
    file = Path(folder) / "out"
    file.unlink(missing_ok=True)
    values, options = make(tf)
    tf.print(*values, output_stream=f"file://{file}", **options)
    return file.read_text()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        found = {
            "checks": {name: outcome(check) for name, check in CHECKS.items()},
            "prints": {name: printed(make, temporary) for name, make in PRINTS.items()},
        }
    Path(__file__).with_name("effects.json").write_text(json.dumps(found, indent=1) + "\n")
