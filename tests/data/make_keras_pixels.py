"""Records what the programs of tests/data/keras_pixel_cases.py give with Keras on TensorFlow, into keras_pixels.npz.

KERAS_BACKEND=tensorflow python tests/data/make_keras_pixels.py     (an environment with tensorflow 2.21 and keras 3.15)
"""

from pathlib import Path

import keras
import numpy as np
from keras_pixel_cases import CASES, results

found = {}
for name, (program, arrays) in CASES.items():
    for k, array in enumerate(results(keras, program, arrays)):
        found[f"{name}|{k}"] = array
np.savez_compressed(Path(__file__).with_name("keras_pixels.npz"), **found)
