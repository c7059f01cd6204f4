"""`python -m gradtape keras`: one file in an environment, and `import keras` alone runs on gradtape."""

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

import gradtape

PACKAGES = [str(Path(gradtape.__file__).parents[1]), sysconfig.get_path("purelib")]
BACKEND = "import keras; print(keras.config.backend())"

OTHER = "import contextlib, sys\nwith contextlib.suppress(ImportError): import keras\nprint('gradtape' in sys.modules)"


class Environment:
    """A fresh virtual environment that sees the packages of this one."""

    def __init__(self, folder):
        venv.create(folder, with_pip=False, symlinks=sys.platform != "win32")
        self.python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")

    def run(self, *words, **environment):
        env = {**os.environ, "PYTHONPATH": os.pathsep.join(PACKAGES), "KERAS_BACKEND": "", **environment}
        return subprocess.run([self.python, *words], env=env, capture_output=True, text=True, timeout=120, check=False)

    def keras(self, *words):
        done = self.run("-m", "gradtape", "keras", *words)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    return Environment(tmp_path_factory.mktemp("venv"))


def test_on_and_off(environment):
    assert "not there" in environment.keras()
    written = environment.keras("--enable").splitlines()[0].removeprefix("wrote ")
    assert Path(written).is_file() and str(environment.python.parent.parent) in written
    done = environment.run("-c", BACKEND)
    assert done.stdout == "gradtape\n", done.stderr
    assert environment.run("-c", BACKEND, KERAS_BACKEND="gradtape").stdout == "gradtape\n"
    assert environment.run("-c", OTHER, KERAS_BACKEND="jax").stdout == "False\n"
    doctor = environment.run("-m", "gradtape", "doctor")
    assert any(line[8:].startswith("Keras hook") and written in line for line in doctor.stdout.splitlines())
    loaded = "import sys; print([m for m in ('gradtape', 'numpy', 'keras', 'importlib.util') if m in sys.modules])"
    assert environment.run("-c", loaded).stdout == "[]\n"
    assert environment.keras("--disable") == f"removed {written}\n"
    assert "there is no" in environment.keras("--disable") and not Path(written).exists()
    done = environment.run("-c", BACKEND, KERAS_BACKEND="gradtape")
    assert done.returncode != 0


def test_the_file_does_no_harm_where_gradtape_is_gone(environment):
    environment.keras("--enable")
    done = environment.run("-c", "print('fine')", PYTHONPATH="")
    assert (done.stdout, done.stderr) == ("fine\n", "")
    environment.keras("--disable")
