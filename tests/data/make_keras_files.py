"""Writes keras_files/: small models saved by Keras on the TensorFlow, JAX and torch back ends, and what they predict.

python tests/data/make_keras_files.py     (an environment with keras 3.15, tensorflow, jax and torch)
"""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).resolve().parent / "keras_files"
BACKENDS = ["tensorflow", "jax", "torch"]


def image(keras):
    layers = keras.layers
    x = inputs = keras.Input((8, 8, 2))
    x = layers.Conv2D(3, 3, padding="same", activation="relu")(x)
    x = layers.BatchNormalization()(x)
    x = layers.SeparableConv2D(4, 3, strides=2)(x)
    x = layers.LayerNormalization()(layers.Flatten()(layers.MaxPooling2D(2, padding="same")(x)))
    return keras.Model(inputs, layers.Dense(3, activation="softmax")(x)), np.random.default_rng(1).normal(size=(4, 8, 8, 2))


def words(keras):
    layers = keras.layers
    x = inputs = keras.Input((6,), dtype="int32")
    x = layers.Embedding(11, 4)(x)
    x = layers.Bidirectional(layers.GRU(3, return_sequences=True))(x)
    x = layers.Attention()([x, x])
    x = layers.GlobalAveragePooling1D()(x)
    return keras.Model(inputs, layers.Dense(2)(layers.Dropout(0.5)(x))), np.random.default_rng(2).integers(0, 11, (4, 6))


MODELS = {"image": image, "words": words}


def write(backend):
    import keras

    keras.utils.set_random_seed(len(backend))
    for name, make in MODELS.items():
        model, x = make(keras)
        model.compile(optimizer=keras.optimizers.SGD(0.01, momentum=0.9), loss="mse")
        x = x.astype("float32" if name == "image" else "int32")
        model.fit(x, np.ones((4, model.output_shape[-1]), "float32"), epochs=2, verbose=0)
        model.save(FOLDER / f"{name}_{backend}.keras")
        model.save_weights(FOLDER / f"{name}_{backend}.weights.h5")
        np.savez_compressed(FOLDER / f"{name}_{backend}.npz", x=x, y=model.predict(x, verbose=0))


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    if len(sys.argv) > 1:
        write(sys.argv[1])
    else:
        for backend in BACKENDS:
            subprocess.run([sys.executable, __file__, backend], env={**os.environ, "KERAS_BACKEND": backend}, check=True)
