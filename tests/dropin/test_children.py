"""Child processes of a script find gradtape under the name tensorflow too."""

import os

import pytest


@pytest.mark.parametrize("method", ["spawn", "default"])
def test_a_pool_of_processes(scripts, method):
    scripts.write(
        "pool.py",
        f"""
        import multiprocessing
        import tensorflow as tf

        def gradient(x):
            x = tf.constant(x)
            with tf.GradientTape() as tape:
                tape.watch(x)
                y = x * x
            return float(tape.gradient(y, x)), tf.__file__

        if __name__ == "__main__":
            method = {method!r}
            context = multiprocessing.get_context(None if method == "default" else method)
            with context.Pool(2) as pool:
                results = pool.map(gradient, [1.0, 2.0, 3.0])
            print([r[0] for r in results], {{r[1] for r in results}} == {{tf.__file__}})
        """,
    )
    done = scripts.run("pool.py")
    assert done.stdout == "[2.0, 4.0, 6.0] True\n", done.stderr


def test_a_child_that_is_another_script(scripts):
    scripts.write("child.py", "import sys\nimport tensorflow as tf\nprint(tf.square(tf.constant(3.0)).numpy(), sys.argv[1:])\n")
    scripts.write(
        "parent.py",
        """
        import os, subprocess, sys
        subprocess.run([sys.executable, os.path.join(os.path.dirname(__file__), "child.py"), "a"], check=True)
        """,
    )
    done = scripts.run("parent.py")
    assert done.stdout == "9.0 ['a']\n", done.stderr


def test_a_childs_missing_module_names_its_line(scripts):
    scripts.write("parent.py", "import subprocess, sys\nsubprocess.run([sys.executable, '-c', 'import tensorflow.lite'])\n")
    assert "gradtape has no module tensorflow.lite" in scripts.run("parent.py").stderr


def test_pythonpath_is_kept(scripts, tmp_path):
    scripts.write("elsewhere/helper.py", "VALUE = 5\n")
    scripts.write(
        "parent.py", "import subprocess, sys\nsubprocess.run([sys.executable, '-c', 'import helper; print(helper.VALUE)'])\n"
    )
    before = [str(tmp_path / "elsewhere"), *filter(None, [os.environ.get("PYTHONPATH")])]
    done = scripts.run("parent.py", PYTHONPATH=os.pathsep.join(before))
    assert done.stdout == "5\n", done.stderr
