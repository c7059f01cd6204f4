"""Trains tests/keras/architectures.py with Keras on other back ends, and writes architectures.npz: values and spreads.

python tests/data/make_architectures.py FOLDER [BACKEND ...]     (an environment with keras 3.15, tensorflow, jax and torch)

FOLDER keeps what each back end gave, so that a run that was interrupted goes on; all three back ends where none is named.

Where they differ from one another by more than 4e-6 in float32, an architecture is recorded in float64.
"""

import importlib.util
import os
import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
BACKENDS = ["tensorflow", "jax", "torch"]
SPREAD = 4e-6


def load(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def on_tensorflow(loss, model):
    import tensorflow as tf

    with tf.GradientTape() as tape:
        value, outputs = loss()
    return value, outputs, tape.gradient(value, [v.value for v in model.trainable_variables])


def on_torch(loss, model):
    import torch

    value, outputs = loss()
    found = torch.autograd.grad(value, [v.value for v in model.trainable_variables])
    return value.detach(), outputs, found


def on_jax(loss, model):
    import jax
    import keras

    changing, fixed = model.trainable_variables, model.non_trainable_variables

    def pure(values):
        mapping = [*zip(changing, values, strict=True), *((v, v.value) for v in fixed)]
        with keras.StatelessScope(state_mapping=mapping) as scope:
            value, outputs = loss()
        return value, (outputs, [scope.get_current_value(v) for v in fixed])

    (value, (outputs, rest)), found = jax.value_and_grad(pure, has_aux=True)([v.value for v in changing])
    for v, new in zip(fixed, rest, strict=True):
        v.assign(new)
    return value, outputs, found


def record(backend, floatx, path, names):
    import keras

    keras.config.set_floatx(floatx)
    architectures = load(HERE.parent / "keras" / "architectures.py")
    gradients = {"tensorflow": on_tensorflow, "torch": on_torch, "jax": on_jax}[backend]
    found = {name: architectures.trained(architectures.case_of(name, keras), keras, gradients) for name in names}
    Path(path).write_bytes(pickle.dumps(found))


def recorded(floatx, names, folder, backends):
    out = []
    for backend in backends:
        path = folder / f"{backend}_{floatx}.pickle"
        if path.exists() and set(names) <= pickle.loads(path.read_bytes()).keys():
            out.append(pickle.loads(path.read_bytes()))
            continue
        env = {**os.environ, "KERAS_BACKEND": backend, "JAX_ENABLE_X64": "1", "CUDA_VISIBLE_DEVICES": ""}
        subprocess.run([sys.executable, __file__, backend, floatx, path, *names], env=env, check=True)
        out.append(pickle.loads(path.read_bytes()))
    return out


def spread(parts):
    """The largest difference between two back ends, in parts of the largest value."""
    scale = max(abs(p).max() for p in parts)
    return max(abs(a - b).max() for a in parts for b in parts) / scale


def main(folder, backends):
    names = load(HERE.parent / "keras" / "architectures.py").NAMES
    results = {}
    for floatx in ("float32", "float64"):
        theirs = recorded(floatx, names, folder, backends)
        left = []
        for name in names:
            spreads = {key: spread([t[name][key] for t in theirs]) for key in theirs[0][name]}
            print(name, floatx, {key: f"{s:.1e}" for key, s in spreads.items()}, flush=True)
            if floatx == "float32" and max(spreads.values()) > SPREAD:
                left.append(name)
                continue
            for key in theirs[0][name]:
                middle = np.mean([t[name][key].astype(float) for t in theirs], 0)
                results[f"{name}|{floatx}|{key}"] = middle.astype(floatx)
        names = left
    np.savez_compressed(HERE / "architectures.npz", backends=np.array(backends), **results)


if __name__ == "__main__":
    if sys.argv[1] in BACKENDS:
        record(*sys.argv[1:4], sys.argv[4:])
    else:
        main(Path(sys.argv[1]), sys.argv[2:] or BACKENDS)
