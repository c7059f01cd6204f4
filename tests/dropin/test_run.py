"""`python -m gradtape run SCRIPT`: everything a script can see is as for `python SCRIPT`, but for the name tensorflow."""

import os

import pytest

SELF_PORTRAIT = """
    import sys
    print(sys.argv, __name__, __file__, __spec__, __package__, __cached__, type(__loader__).__name__, sorted(globals()))
    print(sys.path[0], sys.modules["__main__"].__dict__ is globals())
"""


def test_a_script_sees_itself_as_under_python(scripts):
    scripts.write("folder/portrait.py", SELF_PORTRAIT)
    arguments = [os.path.join("folder", "portrait.py"), "-x", "--", "run", "-h", "a b"]
    assert scripts.run(*arguments).stdout == scripts.python(*arguments).stdout


def test_one_line_on_stderr_says_what_runs(scripts):
    scripts.write("train.py", "import tensorflow as tf\nprint(tf.reduce_sum(tf.constant([1.0, 2.0])).numpy())\n")
    done = scripts.run("train.py")
    assert done.stdout == "3.0\n"
    assert len(done.stderr.splitlines()) == 1
    for part in ("gradtape 0", "train.py", "not TensorFlow"):
        assert part in done.stderr


def test_names_lead_to_gradtape(scripts):
    scripts.write(
        "names.py",
        """
        import importlib.util
        import gradtape
        import tensorflow as tf
        from tensorflow import math, nn, constant
        from tensorflow.math import log
        import tensorflow.linalg as la
        assert tf.constant is constant is gradtape.constant
        assert tf.GradientTape is gradtape.GradientTape
        assert log is gradtape.math.log and math.log is log
        assert la.inv is tf.linalg.inv and nn.relu is gradtape.nn.relu
        assert tf.__version__ == tf.version.VERSION and tf.__version__.startswith("2.")
        assert "reduce_sum" in dir(tf) and "core" not in dir(tf) and "dropin" not in dir(tf)
        assert importlib.util.find_spec("tensorflow").origin.endswith("__init__.py")
        assert importlib.util.find_spec("tensorflow.math") is not None
        assert importlib.util.find_spec("tensorflow.lite") is None
        """,
    )
    done = scripts.run("names.py")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "statement",
    [
        "import tensorflow.lite",
        "from tensorflow import lite",
        "from tensorflow.lite import Interpreter",
        "import importlib; importlib.import_module('tensorflow.lite')",
    ],
)
def test_a_missing_module_is_one_sentence(scripts, statement):
    scripts.write("needs.py", f"import tensorflow as tf\n\n{statement}\n")
    done = scripts.run("needs.py")
    lines = done.stderr.splitlines()
    assert done.returncode == 1 and len(lines) == 2, done.stderr
    for part in ("needs.py, line 3", "no module tensorflow.lite", statement):
        assert part in lines[1]


def test_tensorflow_1_is_sent_to_tensorflow_2(scripts):
    scripts.write(
        "old.py",
        "import tensorflow.compat.v1 as tf\nprint(tf.reduce_sum([1.0, 2.0], reduction_indices=0).numpy())\ntf.placeholder('float32')\n",
    )
    done = scripts.run("old.py")
    assert done.stdout == "3.0\n"
    assert "line 3" in done.stderr and "function with an argument in its place" in done.stderr.splitlines()[-1]


def test_a_missing_module_can_be_caught(scripts):
    scripts.write(
        "tries.py",
        """
        try:
            from tensorflow.lite import Interpreter
        except ImportError as error:
            print("caught", error.name)
        """,
    )
    assert scripts.run("tries.py").stdout == "caught tensorflow\n"


def test_a_missing_name_is_an_attribute_error(scripts):
    scripts.write("typo.py", "import tensorflow as tf\ntf.reduce_summ\n")
    done = scripts.run("typo.py")
    assert "AttributeError: module 'tensorflow' has no attribute 'reduce_summ'. Did you mean: 'reduce_sum'?" in done.stderr


def test_tracebacks_show_the_users_frames_only(scripts):
    scripts.write(
        "fails.py",
        """
        import tensorflow as tf

        def step():
            return tf.constant([1.0, 2.0]) + tf.constant([1.0, 2.0, 3.0])

        step()
        """,
    )
    frames = [line for line in scripts.run("fails.py").stderr.splitlines() if line.startswith("  File")]
    assert [frame.split(", ")[1:] for frame in frames] == [["line 7", "in <module>"], ["line 5", "in step"]]
    assert all("fails.py" in frame for frame in frames)
    full = scripts.run("fails.py", GRADTAPE_FULL_TRACEBACKS="1").stderr
    assert "gradtape" in "".join(line for line in full.splitlines() if line.startswith("  File"))


def test_the_scripts_own_excepthook_is_called(scripts):
    scripts.write(
        "hook.py",
        """
        import sys, traceback
        sys.excepthook = lambda kind, error, trace: print("hook", kind.__name__, len(traceback.extract_tb(trace)))
        1 / 0
        """,
    )
    done = scripts.run("hook.py")
    assert (done.stdout, done.returncode) == ("hook ZeroDivisionError 1\n", 1)


@pytest.mark.parametrize(
    ("text", "status", "message"),
    [
        ("import sys; sys.exit(7)", 7, ""),
        ("raise SystemExit", 0, ""),
        ("import sys; sys.exit('good bye')", 1, "good bye\n"),
        ("1 / 0", 1, None),
        ("x = = 1", 1, None),
        ("import atexit; atexit.register(print, 'end')", 0, ""),
    ],
)
def test_exit_status(scripts, text, status, message):
    scripts.write("exits.py", text)
    plain, done = scripts.python("exits.py"), scripts.run("exits.py")
    assert done.returncode == plain.returncode == status
    assert done.stdout == plain.stdout
    _, rest = done.stderr.split("\n", 1)
    assert rest == plain.stderr and (message is None or rest == message)


def test_an_interrupt_ends_the_process_as_under_python(scripts):
    # a test run in the background ignores SIGINT, and its children inherit that: the script listens again
    listens = "import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
    scripts.write("interrupted.py", listens + "signal.raise_signal(signal.SIGINT)\n")
    assert scripts.run("interrupted.py").returncode == scripts.python("interrupted.py").returncode != 0


def test_a_file_that_is_not_there(scripts):
    done = scripts.run("nothing.py")
    assert done.returncode == 2 and "nothing.py" in done.stderr and "Traceback" not in done.stderr


def test_commands(scripts):
    shown = scripts.python("-m", "gradtape", "--help")
    assert shown.returncode == 0 and "run" in shown.stdout and "doctor" in shown.stdout
    assert "no sandbox" in " ".join(scripts.python("-m", "gradtape", "run", "--help").stdout.split())
    assert scripts.python("-m", "gradtape").returncode == 2
    assert scripts.python("-m", "gradtape", "run").returncode == 2
    assert scripts.python("-m", "gradtape", "fly").returncode == 2


def test_settings_made_through_the_name_tensorflow_have_their_effect(scripts):
    scripts.write(
        "silent.py",
        """
        import warnings
        import tensorflow as tf

        warnings.simplefilter("error")
        tf.config.unconnected = "silent"
        x = tf.constant(1.0)
        with tf.GradientTape() as tape:
            y = x * 2.0
        print(tape.gradient(y, x))
        """,
    )
    assert scripts.run("silent.py").stdout == "None\n"
