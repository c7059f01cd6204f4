"""Records what the programs of tests/keras/cases.py give with Keras on TensorFlow, into keras.npz.

KERAS_BACKEND=tensorflow python tests/data/make_keras.py     (an environment with tensorflow 2.21 and keras 3.15)
"""

import importlib.util
import sys
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf

HERE = Path(__file__).resolve().parent


def load(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main():
    cases = load(HERE.parent / "keras" / "cases.py").everything(keras)
    tf.config.run_functions_eagerly(True)
    results = {}
    for key, program in cases.items():
        results[key] = np.asarray(program(tf, keras))
        bad = "" if np.isfinite(results[key]).all() else "  NOT FINITE"
        print(f"{key}: {results[key].size} numbers{bad}", file=sys.stderr)
    np.savez_compressed(HERE / "keras.npz", **results)


main()
