"""`python -m gradtape run notebook.ipynb`, and `%load_ext gradtape`."""

import json

import pytest

pytest.importorskip("nbclient", reason="notebooks are run by the extra gradtape[notebook]")
pytest.importorskip("ipykernel", reason="notebooks are run by the extra gradtape[notebook]")


def book(*sources):
    cells = [
        {"cell_type": "code", "id": f"c{n}", "source": s, "metadata": {}, "outputs": [], "execution_count": None}
        for n, s in enumerate(sources)
    ]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells})


def test_a_notebook_runs_and_its_copy_is_written(scripts):
    (scripts.folder / "sub").mkdir()
    (scripts.folder / "sub" / "helper.py").write_text("VALUE = 3.0\n", encoding="utf-8")
    (scripts.folder / "sub" / "book.ipynb").write_text(
        book(
            "import tensorflow as tf\nimport helper\nprint(tf.square(helper.VALUE).numpy(), hasattr(tf, '__gradtape__'))",
            "import subprocess, sys\nsubprocess.run([sys.executable, '-c', 'import tensorflow as tf; print(tf.__gradtape__)'], check=True)\n1 + 1",
        ),
        encoding="utf-8",
    )
    done = scripts.python("-m", "gradtape", "run", "--output", "done.ipynb", "sub/book.ipynb")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "9.0 True" and done.stdout.splitlines()[-1] == "2"
    assert "not TensorFlow" in done.stderr
    outputs = json.loads((scripts.folder / "done.ipynb").read_text(encoding="utf-8"))["cells"][0]["outputs"]
    assert "".join(outputs[0]["text"]) == "9.0 True\n"
    assert '"outputs": []' in (scripts.folder / "sub" / "book.ipynb").read_text(encoding="utf-8")


def test_a_cell_that_fails(scripts):
    (scripts.folder / "book.ipynb").write_text(
        book("%load_ext gradtape\nprint('before')", "1 / 0", "print('after')"), encoding="utf-8"
    )
    done = scripts.python("-m", "gradtape", "run", "book.ipynb")
    assert done.returncode == 1 and "cell 2" in done.stderr and "ZeroDivisionError" in done.stderr
    assert done.stdout == "before\n"


@pytest.mark.parametrize(
    ("content", "reason"), [('{"cells": [', "character 11"), ("[]", "nbformat"), ('{"nbformat": 4, "cells": 3}', "notebook")]
)
def test_a_file_that_is_no_notebook(scripts, content, reason):
    (scripts.folder / "bad.ipynb").write_text(content, encoding="utf-8")
    done = scripts.python("-m", "gradtape", "run", "bad.ipynb")
    assert done.returncode == 2 and "bad.ipynb" in done.stderr and reason in done.stderr and "Traceback" not in done.stderr
