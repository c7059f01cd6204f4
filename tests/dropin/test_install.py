"""gradtape.install(): the name tensorflow in this process and in child processes, and back again."""

import os

import pytest

FAKE = "__version__ = 'real'\n"


@pytest.fixture
def beside(scripts):
    """Runs a script with a package `tensorflow` installed beside gradtape, or without."""

    def run(text, real=True):
        if real:
            scripts.write("site/tensorflow/__init__.py", FAKE)
            scripts.write("site/tensorflow/math.py", "")
        scripts.write("script.py", text)
        path = [str(scripts.folder / "site"), *filter(None, [os.environ.get("PYTHONPATH")])]
        return scripts.python("script.py", PYTHONPATH=os.pathsep.join(path))

    return run


ASK = "import subprocess, sys; print(subprocess.run([sys.executable, '-c', 'import tensorflow as tf; print(hasattr(tf, \"__gradtape__\"))'], capture_output=True, text=True).stdout.strip())"


@pytest.mark.parametrize("real", [True, False])
def test_the_name_leads_to_gradtape_here_and_in_children(beside, real):
    done = beside(
        f"""
        import gradtape
        gradtape.install()
        gradtape.install()
        import tensorflow as tf
        from tensorflow.math import log
        assert tf.GradientTape is gradtape.GradientTape and log is gradtape.math.log
        {ASK}
        """,
        real,
    )
    assert done.stdout == "True\n", done.stderr
    assert done.stderr.count("not TensorFlow") == 1


def test_tensorflow_itself_comes_back(beside):
    done = beside(
        f"""
        import gradtape
        gradtape.install()
        import tensorflow as tf
        gradtape.uninstall()
        import tensorflow as real
        import tensorflow.math
        print(tf.__gradtape__ == gradtape.__gradtape__, real.__version__, real.math.__file__.endswith("math.py"))
        {ASK}
        """
    )
    assert done.stdout == "True real True\nFalse\n", done.stderr


def test_tensorflow_imported_before_is_refused(beside):
    done = beside("import tensorflow\nimport gradtape\ngradtape.install()\n")
    assert done.returncode == 1 and "RuntimeError: TensorFlow is imported already" in done.stderr


def test_without_tensorflow_uninstall_leaves_none(beside):
    done = beside("import gradtape\ngradtape.install()\nimport tensorflow\ngradtape.uninstall()\nimport tensorflow\n", real=False)
    assert "No module named 'tensorflow'" in done.stderr


@pytest.mark.parametrize(
    "package", ["tensorflow_datasets", "tensorflow_hub", "tensorflow_probability", "tensorflow_addons", "tf_keras"]
)
def test_packages_that_need_tensorflow_name_their_substitute(scripts, package):
    scripts.write("needs.py", f"import tensorflow as tf\nimport {package} as p\n")
    done = scripts.run("needs.py")
    (line,) = done.stderr.splitlines()[1:]
    assert f"needs.py, line 2: {package} is not installed." in line and line.endswith(".")


def test_an_absent_package_can_be_caught_and_looked_for(scripts):
    scripts.write(
        "tries.py",
        """
        import importlib.util
        import tensorflow
        print(importlib.util.find_spec("tensorflow_hub"))
        try:
            import tensorflow_hub
        except ImportError as error:
            print(error.name)
        """,
    )
    assert scripts.run("tries.py").stdout == "None\ntensorflow_hub\n"


def test_run_a_module(scripts):
    scripts.write("package/__init__.py", "")
    scripts.write("package/helper.py", "VALUE = 2.0\n")
    scripts.write(
        "package/__main__.py",
        "import sys\nimport tensorflow as tf\nfrom .helper import VALUE\nprint(tf.square(VALUE).numpy(), sys.argv[1:], __name__)\n",
    )
    done = scripts.python("-m", "gradtape", "run", "-m", "package", "-x", "--all")
    assert done.stdout == "4.0 ['-x', '--all'] __main__\n", done.stderr
    assert "-m package" in done.stderr
    assert scripts.python("-m", "gradtape", "run", "-m", "nothing_there").returncode == 1


def test_no_download_is_one_sentence(scripts):
    scripts.write(
        "loads.py",
        """
        import os
        os.environ["KERAS_HOME"] = os.path.abspath("home")
        import tensorflow as tf
        tf.keras.utils.get_file("a.bin", "http://127.0.0.1:9/a.bin")
        """,
    )
    done = scripts.run("loads.py")
    assert done.returncode == 1 and "Traceback" not in done.stderr, done.stderr
    line = done.stderr.splitlines()[-1]
    for part in ("Could not download http://127.0.0.1:9/a.bin", str(scripts.folder / "home"), "a.bin"):
        assert part in line


def test_report_to_paste(scripts):
    done = scripts.python("-m", "gradtape", "doctor", "--report")
    lines = done.stdout.splitlines()
    assert lines[0] == "```text" and lines[-1] == "```"
    assert "NumPy's BLAS" in done.stdout and os.path.expanduser("~") + os.sep not in done.stdout
