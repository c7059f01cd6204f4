"""Models that Keras saves on gradtape load on its other back ends and predict the same."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "data"))
import make_keras_files as models

READ = """
import sys, keras, numpy as np
folder, name = sys.argv[1:]
x = np.load(f"{folder}/{name}.npz")["x"]
model = keras.saving.load_model(f"{folder}/{name}.keras")
first = model.predict(x, verbose=0)
for v in model.weights:
    v.assign(np.zeros(v.shape, "float32"))
model.load_weights(f"{folder}/{name}.weights.h5")
np.savez(f"{folder}/{name}_read.npz", first=first, second=model.predict(x, verbose=0), iterations=int(model.optimizer.iterations))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("files")
    code = f"import gradtape, make_keras_files as m, pathlib; m.FOLDER = pathlib.Path({str(path)!r}); m.write('gradtape')"
    subprocess.run([sys.executable, "-c", code], cwd=Path(models.__file__).parent, check=True)
    return path


@pytest.mark.parametrize("backend", models.BACKENDS)
@pytest.mark.parametrize("name", models.MODELS)
def test_other_back_ends_read_them(folder, backend, name):
    environment = {**os.environ, "KERAS_BACKEND": backend, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}
    environment.pop("PYTHONPATH", None)
    full = f"{name}_gradtape"
    done = subprocess.run(
        [os.environ["GRADTAPE_PEERS"], "-c", READ, folder, full], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    read, want = np.load(folder / f"{full}_read.npz"), np.load(folder / f"{full}.npz")["y"]
    for key in ("first", "second"):
        np.testing.assert_allclose(read[key], want, rtol=1e-5, atol=1e-6)
    assert read["iterations"] == 2
