"""Run by .ci/run where neither Keras nor SciPy is installed: gradtape imports, computes and differentiates all the same."""

import importlib.util
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

import gradtape as tf


def check_absence():
    for name in ("scipy", "keras"):
        assert importlib.util.find_spec(name) is None, f"{name} is installed here; this check is for an environment without it"


def check_gradient():
    x = tf.Variable([[1.0, 2.0], [3.0, 4.0]])
    with tf.GradientTape() as tape:
        y = tf.reduce_sum(tf.exp(-x) @ tf.transpose(tf.tanh(x)))
    gradient = tape.gradient(y, x)
    assert gradient.shape == (2, 2) and np.isfinite(gradient.numpy()).all()
    x.assign_sub(0.1 * gradient)


def check_commands():
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder, "script.py")
        script.write_text("import tensorflow as tf\nprint(tf.reduce_sum(tf.constant([1.0, 2.0])).numpy())\ntf.keras\n")
        run = subprocess.run([sys.executable, "-m", "gradtape", "run", script], capture_output=True, text=True)
    assert run.stdout == "3.0\n" and "pip install 'gradtape[keras]'" in run.stderr, run
    doctor = subprocess.run([sys.executable, "-m", "gradtape", "doctor"], capture_output=True, text=True)
    assert doctor.returncode == 0 and "absent  scipy" in doctor.stdout, doctor


check_absence()
check_gradient()
check_commands()
print("gradtape works without SciPy and Keras")
