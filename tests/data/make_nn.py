"""Records TensorFlow's results of tests/data/nn_cases.py in nn.npz: run in an environment that has TensorFlow 2.21.

    python tests/data/make_nn.py

A result is `<case>|<k>`, its dtype stands in `<case>|dtypes` (bfloat16 is stored as float32); a refusal is `<case>|error`, the class.
"""

import os
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np
import tensorflow as tf
from nn_cases import cases


def main():
    found = {}
    for name, run in cases(tf, tf.nn.experimental).items():
        try:
            results = tf.nest.flatten(run())
        except Exception as error:  # noqa: BLE001  # whatever it raises is recorded
            found[f"{name}|error"] = np.array(type(error).__name__)
            continue
        found[f"{name}|dtypes"] = np.array([r.dtype.name for r in results])
        for k, r in enumerate(results):
            value = r.numpy()
            found[f"{name}|{k}"] = value.astype(np.float32) if r.dtype == tf.bfloat16 else value
    np.savez_compressed(Path(__file__).with_name("nn.npz"), **found)


main()
