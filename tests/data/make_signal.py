"""Records TensorFlow's values and gradients of tests/data/signal_cases.py and image_cases.py: run in an environment that has TensorFlow 2.21.

    python tests/data/make_signal.py

Where TensorFlow has no gradient (transforms that crop or pad, three axes of real numbers), only the values are recorded.
"""

from pathlib import Path

import image_cases
import numpy as np
import signal_cases
import tensorflow as tf
from signal_cases import values_and_gradients


def recorded(program, arrays):
    try:
        return values_and_gradients(tf, program, arrays)
    except (LookupError, tf.errors.InvalidArgumentError) as error:
        print(f"no gradient: {str(error)[:120]}")
        return [program(tf, *map(tf.constant, arrays)).numpy()]


for module in (signal_cases, image_cases):
    found = {}
    for name, (program, arrays) in module.CASES.items():
        for k, array in enumerate(recorded(program, arrays)):
            found[f"{name}|{k}"] = array
    np.savez_compressed(Path(__file__).with_name(f"{module.__name__.removesuffix('_cases')}.npz"), **found)
