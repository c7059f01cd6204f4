"""`python -m gradtape doctor`: what is there, what is missing, what is in the way."""

import importlib.metadata
import os

import pytest


@pytest.fixture
def doctor(scripts):
    """Runs doctor beside distributions that are described in a folder, as installed ones are."""

    def run(distributions=(), **environment):
        for name, version in distributions:
            scripts.write(
                f"site/{name}-{version}.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
            )
        path = [str(scripts.folder / "site"), *filter(None, [os.environ.get("PYTHONPATH")])]
        return scripts.python("-m", "gradtape", "doctor", PYTHONPATH=os.pathsep.join(path), **environment)

    return run


def row(done, name):
    return next((line for line in done.stdout.splitlines() if line[8:].startswith(f"{name} ")), None)


def test_lists_what_is_installed(doctor):
    done = doctor()
    for name in ("numpy", "ml_dtypes", "optree", "scipy"):
        assert row(done, name).startswith("ok") and importlib.metadata.version(name) in row(done, name)
    assert "TensorFlow 2." in row(done, "gradtape")


def test_two_keras_in_one_folder_are_wrong(doctor):
    done = doctor([("keras", "3.15.1"), ("keras_nightly", "3.16.0.dev1")])
    assert done.returncode == 1
    assert row(done, "keras").startswith("wrong") and "--force-reinstall" in row(done, "keras")


def test_tensorflow_beside_gradtape_is_told(doctor):
    done = doctor([("tensorflow", "2.21.0")])
    assert row(done, "tensorflow").startswith("note") and "hides it" in row(done, "tensorflow")


def test_another_keras_back_end_is_told(doctor):
    assert "jax" in row(doctor(KERAS_BACKEND="jax"), "KERAS_BACKEND")


def test_switches_are_told(doctor):
    assert row(doctor(GRADTAPE_FULL_TRACEBACKS="1"), "GRADTAPE_FULL_TRACEBACKS").startswith("note")


def test_parts_of_native_code_that_are_switched_off_are_told(doctor):
    done = doctor(GRADTAPE_ONEDNN="0", GRADTAPE_GOMP="0", GRADTAPE_LIBMVEC="0")
    for name in ("oneDNN", "libgomp", "libmvec"):
        assert (row(done, name) or "absent").startswith("absent")
    assert "half as fast" in row(done, "oneDNN") and "in one thread" in row(done, "libgomp")
    assert "NumPy's kernels" in row(doctor(GRADTAPE_NATIVE="0"), "LLVM")
