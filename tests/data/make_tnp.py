"""Writes tnp.json: the dtypes that tf.experimental.numpy of TensorFlow 2.21 gives. Run it with the Python that has TensorFlow."""

import json
from pathlib import Path

import tensorflow as tf
import tnp_cases

tnp = tf.experimental.numpy
# without it half the functions of TensorFlow 2.21 stop on integers: they call a method that it brings
tnp.experimental_enable_numpy_behavior()
Path(__file__).with_name("tnp.json").write_text(json.dumps(tnp_cases.dtypes(tnp), indent=None) + "\n", encoding="utf-8")
