"""fit, evaluate and predict on PyTorch's DataLoader, in the environment that has PyTorch, with this environment's Keras."""

import importlib.util
import os
import subprocess
from pathlib import Path

PROGRAM = """
import gradtape as tf, keras, numpy as np, torch

assert keras.config.backend() == "gradtape"
rng = np.random.default_rng(0)
x = rng.normal(size=(40, 3)).astype("float32")
y = (x @ [[1.0], [-2.0], [0.5]] + 0.1).astype("float32")
arrays = torch.utils.data.TensorDataset(torch.from_numpy(x), torch.from_numpy(y))


def trained(*data, **options):
    keras.utils.set_random_seed(0)
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
    model.compile(keras.optimizers.SGD(0.1), "mse")
    losses = model.fit(*data, epochs=4, verbose=0, **options).history["loss"]
    return model, losses


model, losses = trained(torch.utils.data.DataLoader(arrays, batch_size=16))
_, expected = trained(x, y, batch_size=16, shuffle=False)
assert losses == expected and losses[-1] < 0.3 * losses[0], (losses, expected)

held = torch.utils.data.DataLoader(arrays, batch_size=16)
assert model.evaluate(held, verbose=0) == model.evaluate(x, y, batch_size=16, verbose=0)
only = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(torch.from_numpy(x)), batch_size=16)
np.testing.assert_array_equal(model.predict(only, verbose=0), model.predict(x, batch_size=16, verbose=0))

shuffled = torch.utils.data.DataLoader(arrays, batch_size=16, shuffle=True, generator=torch.Generator().manual_seed(1))
assert trained(shuffled, validation_data=held)[1][-1] < 0.5 * losses[0]
"""


def test_a_loader_trains_as_its_arrays_do(tmp_path):
    """Keras's nightly takes the place of the Keras in that environment."""
    nightly = importlib.util.find_spec("keras").origin
    (tmp_path / "keras").symlink_to(Path(nightly).parent, target_is_directory=True)
    source = Path(__file__).resolve().parents[1] / "src"
    environment = {**os.environ, "KERAS_BACKEND": "gradtape", "PYTHONPATH": os.pathsep.join(map(str, (tmp_path, source)))}
    done = subprocess.run(
        [os.environ["GRADTAPE_PEERS"], "-c", PROGRAM], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
