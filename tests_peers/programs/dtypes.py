"""What mixes with what, and which exception says no."""

import numpy as np
import tensorflow as tf

values = {
    "float32": tf.constant(1.5),
    "float64": tf.constant(1.5, tf.float64),
    "int32": tf.constant(2),
    "int64": tf.constant(2, tf.int64),
    "bool": tf.constant(True),
    "variable": tf.Variable(1.5),
    "numpy float64": np.float64(1.5),
    "numpy array": np.array([1.0, 2.0], np.float32),
    "number": 2,
    "list": [1.0, 2.0],
}
for a, x in values.items():
    for b, y in values.items():
        # TensorFlow cuts the fraction of a NumPy scalar off beside integers; gradtape refuses
        if not isinstance(x, tf.Tensor | tf.Variable) or (b == "numpy float64" and x.dtype.is_integer):
            continue
        try:
            print(a, "+", b, (x + y).dtype.name, (x + y).shape)
        except (TypeError, ValueError, tf.errors.InvalidArgumentError) as error:
            print(a, "+", b, type(error).__name__)
