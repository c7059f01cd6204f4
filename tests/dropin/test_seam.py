"""Keras's seam, on a small package that loads its modules in the order in which Keras does."""

import os

import pytest

KERAS = {
    "__init__.py": "from keras import config, layers, _tf_keras\n",
    "config.py": "from keras.src.backend import backend\n",
    "layers.py": "Dense = 'plain Dense'\nPlainOnly = 'plain'\n",
    "_tf_keras/__init__.py": "from keras._tf_keras import keras\n",
    "_tf_keras/keras/__init__.py": "from keras._tf_keras.keras import layers\nfrom keras import config\n",
    "_tf_keras/keras/layers.py": "Dense = 'Dense'\nTensorFlowOnly = 'tf'\n",
    "src/__init__.py": "",
    "src/backend/__init__.py": """
        from keras.src.backend.config import backend, PLUGGABLE_BACKENDS
        from keras.src.utils.module_utils import check
        check()
    """,
    "src/backend/config.py": """
        import os
        PLUGGABLE_BACKENDS = frozenset(["mlx", "other"])
        BACKEND = os.environ.get("KERAS_BACKEND", "tensorflow")
        def backend():
            return BACKEND
        from keras.src.utils import backend_utils, module_utils
    """,
    "src/utils/__init__.py": "",
    "src/utils/backend_utils.py": "from keras.src.backend.config import PLUGGABLE_BACKENDS\n",
    "src/utils/module_utils.py": """
        import importlib
        from keras.src.backend.config import PLUGGABLE_BACKENDS, backend
        class LazyModule:
            def __init__(self, name):
                self.name, self.import_error_msg = name, ""
            def load(self):
                try:
                    return importlib.import_module(self.name)
                except ImportError:
                    raise ImportError(self.import_error_msg)
        tensorflow = LazyModule("tensorflow")
        def check():
            if backend() not in PLUGGABLE_BACKENDS:
                raise ValueError(f"Unsupported backend : {backend()}")
    """,
}


@pytest.fixture
def keras(scripts):
    """A folder with the small Keras, to be searched before the installed one, as PYTHONPATH."""
    for name, text in KERAS.items():
        scripts.write(f"site/keras/{name}", text)
    path = [str(scripts.folder / "site"), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {"PYTHONPATH": os.pathsep.join(path), "KERAS_BACKEND": ""}


def output(done):
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_importing_gradtape_first_chooses_its_back_end(scripts, keras):
    code = "import gradtape, keras, os; print(keras.config.backend(), os.environ['KERAS_BACKEND'])"
    assert output(scripts.python("-c", code, **keras)) == ["gradtape gradtape"]


def test_another_back_end_is_left_alone(scripts, keras):
    code = "import gradtape, keras; print(keras.config.backend()); gradtape.keras"
    done = scripts.python("-c", code, **{**keras, "KERAS_BACKEND": "other"})
    assert done.stdout == "other\n" and "tf.keras needs Keras on the back end gradtape, but Keras runs on other" in done.stderr


def test_keras_first_is_refused_with_the_reason(scripts, keras):
    code = "import keras, gradtape as tf\ntf.keras"
    done = scripts.python("-c", code, **{**keras, "KERAS_BACKEND": "other"})
    assert "import gradtape before keras" in done.stderr


def test_a_keras_without_pluggable_back_ends_is_refused(scripts, keras):
    text = KERAS["src/backend/config.py"].replace("PLUGGABLE_BACKENDS =", "BUILT_IN_BACKENDS =")
    scripts.write("site/keras/src/backend/config.py", text.replace("from keras.src.utils import backend_utils, module_utils", ""))
    done = scripts.python("-c", "import gradtape as tf; tf.keras", **keras)
    assert "gradtape needs 3.16: pip install 'keras-nightly==3.16" in done.stderr


def test_tf_keras_is_the_union_of_both_namespaces(scripts, keras):
    scripts.write(
        "union.py",
        """
        import gradtape as tf
        from gradtape.keras import layers
        from gradtape.keras.layers import Dense
        assert layers is tf.keras.layers
        print(Dense, layers.TensorFlowOnly, layers.PlainOnly, "src" in dir(tf.keras), sorted(dir(layers)))
        """,
    )
    names = ["Dense", "PlainOnly", "TensorFlowOnly"]
    assert output(scripts.python("union.py", **keras)) == [f"Dense tf plain False {names}"]


@pytest.mark.parametrize("chosen", ["", "tensorflow"])
@pytest.mark.parametrize("first", ["keras", "tensorflow"])
def test_run_means_gradtape_by_tensorflow(scripts, keras, chosen, first):
    scripts.write(
        "run_me.py",
        f"""
        import {first}
        import keras, subprocess, sys
        from tensorflow.keras.layers import Dense
        import tensorflow.keras.layers as layers
        import tensorflow as tf
        print(keras.config.backend(), Dense, layers is tf.keras.layers, flush=True)
        subprocess.run([sys.executable, "-c", "import keras; print(keras.config.backend(), keras.__file__)"], check=True)
        """,
    )
    parent, child = output(scripts.run("run_me.py", **{**keras, "KERAS_BACKEND": chosen}))
    assert parent == "gradtape Dense True"
    assert child == f"gradtape {scripts.folder / 'site' / 'keras' / '__init__.py'}"


def test_keras_finds_gradtape_where_it_asks_for_tensorflow(scripts, keras):
    scripts.write(
        "asks.py",
        """
        import gradtape, keras
        from keras.src.utils.module_utils import tensorflow
        tf = tensorflow.load()
        assert tf.constant is gradtape.constant and tf.TensorShape is gradtape.TensorShape
        assert not isinstance(tf.constant(1.0), (tf.RaggedTensor, tf.SparseTensor, tf.compat.v1.Dimension))
        try:
            tf.queue
        except AttributeError as error:
            print(error)
        """,
    )
    assert output(scripts.python("asks.py", **keras)) == [
        "Keras asks for tf.queue here, which gradtape does not have: pip install tensorflow (any back end needs it here)."
    ]


def test_an_installed_tensorflow_serves_the_data_pipelines_alone(scripts, keras):
    scripts.write("site/tensorflow/__init__.py", "data = 'its own'\n")
    scripts.write("site/keras/src/saving/__init__.py", "")
    scripts.write("site/keras/src/saving/serialization_lib.py", "from keras.src.utils.module_utils import tensorflow as tf\n")
    scripts.write(
        "pipelines.py",
        """
        import gradtape, keras
        from keras.src.saving import serialization_lib
        from keras.src.utils.module_utils import tensorflow
        print(tensorflow.load().data, serialization_lib.tf.load().TensorShape is gradtape.TensorShape)
        """,
    )
    assert output(scripts.python("pipelines.py", **keras)) == ["its own True"]


def test_keras_on_another_back_end_does_not_take_gradtape_for_tensorflow(scripts, keras):
    scripts.write(
        "other.py",
        """
        import keras, tensorflow
        from keras.src.utils.module_utils import tensorflow
        try:
            tensorflow.load()
        except ImportError as error:
            print(error)
        """,
    )
    (line,) = output(scripts.run("other.py", **{**keras, "KERAS_BACKEND": "other"}))
    assert line == "Keras runs on other and asks for TensorFlow, which `python -m gradtape run` hides."


def test_keras_is_told_apart_from_its_stand_in_when_it_is_absent(scripts):
    scripts.write("no_keras.py", "import sys\nsys.path[:] = [p for p in sys.path if 'dropin' in p]\nimport keras\n")
    done = scripts.run("no_keras.py")
    assert "No module named 'keras'; Keras comes with: pip install 'gradtape[keras]'" in done.stderr
