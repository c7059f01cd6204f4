"""Record what TensorFlow gives for each call in `array_cases`: run with a Python that has TensorFlow 2.21, writes array.json."""

import json
from pathlib import Path

import tensorflow as tf
from array_cases import CALLS, GRADIENTS, KEYS, VARIABLES, outcome

if __name__ == "__main__":
    found = {call: outcome(tf, call) for call in (*CALLS, *KEYS, *VARIABLES, *GRADIENTS)}
    text = ",\n".join(f"{json.dumps(call)}: {json.dumps(result)}" for call, result in found.items())
    Path(__file__).with_name("array.json").write_text("{\n" + text + "\n}\n", encoding="utf-8")
