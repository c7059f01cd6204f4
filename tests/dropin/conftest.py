"""Scripts written for TensorFlow, run as a user runs them."""

import os
import subprocess
import sys
import textwrap

import pytest


class Scripts:
    """Writes scripts into a folder and runs them there, by `python -m gradtape run` or by plain python."""

    def __init__(self, folder):
        self.folder = folder

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), encoding="utf-8")
        return path

    def run(self, script, *arguments, **environment):
        return self.python("-m", "gradtape", "run", script, *arguments, **environment)

    def python(self, *words, **environment):
        return subprocess.run(
            [sys.executable, *words],
            cwd=self.folder,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


@pytest.fixture
def scripts(tmp_path):
    return Scripts(tmp_path)
