"""Keras 2's spellings: accepted under `run` and `install`, with one notice each, refused where they are switched off."""

import pytest

SCRIPT = """
    import numpy as np
    import tensorflow as tf
    from tensorflow.keras import backend as K

    tf.keras.utils.set_random_seed(1)
    model = tf.keras.Sequential([
        tf.keras.layers.Dense(4, activation="tanh", input_dim=3),
        tf.keras.layers.Dense(2, activation="softmax"),
    ])
    optimizer = tf.keras.optimizers.SGD(
        lr=0.5, decay=1.0)
    model.compile(optimizer, "sparse_categorical_crossentropy")
    x, y = np.eye(3, dtype="float32"), np.array([0, 1, 0])

    def batches():
        while True:
            yield x, y

    model.fit_generator(batches(), steps_per_epoch=2, epochs=2, verbose=0, workers=2)
    model.fit_generator(batches(), steps_per_epoch=1, epochs=1, verbose=0)
    print(model.predict_classes(x).shape, model.predict_proba(x).shape, K.learning_phase())
    print(round(float(optimizer.lr), 4), model.input_shape)
    print(tf.keras.layers.Dense(2, batch_input_shape=(8, 5))._input_shape_arg)

    class Own(tf.keras.Model):
        def __init__(self):
            super().__init__()
            self.dense = tf.keras.layers.Dense(1)

        def call(self, x):
            return self.dense(x)

    own, again = Own(), Own()
    values = own(x), again(x)
    own.save_weights("own.weights.h5")
    again.load_weights("own.weights.h5")
    print(bool(tf.reduce_all(again(x) == values[0])))
    scale = tf.keras.layers.experimental.preprocessing.Rescaling(0.5)
    print(float(scale(np.ones((1,), "float32"))[0]), tf.keras.losses.mean_squared_error([1.0], [3.0]).numpy())
"""


def test_they_are_accepted_with_one_notice_each(scripts):
    scripts.write("old.py", SCRIPT)
    done = scripts.run("old.py")
    assert done.stdout.splitlines() == ["(3,) (3, 2) 0", f"{0.5 / 6:.4f} (None, 3)", "(5,)", "True", "0.5 4.0"], done.stderr
    notices = [line for line in done.stderr.splitlines() if "Keras2Spelling" in line]
    for old in ("lr=", "decay=", "input_dim=", "batch_input_shape=", "model.fit_generator", "model.predict_classes", "model.predict_proba",
                "K.learning_phase()", "optimizer.lr", "tf.keras.layers.experimental.preprocessing"):  # fmt: skip
        assert sum(f" {old} is Keras 2's; write " in line for line in notices) == 1, (old, notices)
    assert all("old.py:" in line for line in notices)
    assert any("old.py:12:" in line or "old.py:11:" in line for line in notices if " lr= " in line)


@pytest.mark.parametrize("how", ["option", "environment"])
def test_they_can_be_switched_off(scripts, how):
    scripts.write("old.py", "import tensorflow as tf\ntf.keras.optimizers.SGD(lr=0.5)\n")
    if how == "option":
        done = scripts.python("-m", "gradtape", "run", "--no-keras2", "old.py")
    else:
        done = scripts.run("old.py", GRADTAPE_KERAS2="0")
    assert done.returncode == 1 and "lr" in done.stderr.splitlines()[-1]


def test_plain_gradtape_leaves_keras_as_it_is(scripts):
    scripts.write(
        "plain.py",
        "import gradtape as tf\nprint(hasattr(tf.keras.Model, 'fit_generator'), hasattr(tf.keras.backend, 'learning_phase'))\n",
    )
    assert scripts.python("plain.py").stdout == "False False\n"


PATHS = """
    import os
    import numpy as np
    import tensorflow as tf

    class Twice(tf.keras.layers.Layer):
        def call(self, x):
            return 2.0 * x

    model = tf.keras.Sequential([tf.keras.Input((2,)), tf.keras.layers.Dense(1), Twice()])
    print(Twice().get_config()["name"])
    model.save_weights("weights")
    before = model.get_weights()
    model.set_weights([w * 0 for w in before])
    model.load_weights("weights")
    print(np.array_equal(model.get_weights()[0], before[0]), os.path.exists("weights.weights.h5"))
    model.save("whole")
    again = tf.keras.models.load_model("whole", custom_objects={"Twice": Twice})
    print(np.array_equal(again.get_weights()[0], before[0]), os.path.exists("whole.keras"))
    metric = tf.keras.metrics.Mean()
    metric(3.0)
    metric.reset_states()
    print(float(metric.result()))
"""


def test_paths_without_an_ending_and_metrics(scripts):
    scripts.write("paths.py", PATHS)
    done = scripts.run("paths.py")
    assert done.stdout.splitlines() == ["twice_1", "True True", "True True", "0.0"], done.stderr
    notices = [line for line in done.stderr.splitlines() if "Keras2Spelling" in line]
    for old in ("save_weights(path without .weights.h5)", "load_model(path without .keras)", "metric.reset_states()"):
        assert sum(old in line and "paths.py:" in line for line in notices) == 1, notices
