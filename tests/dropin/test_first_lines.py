"""The first lines of scripts: devices, probes, versions, loggers, TensorFlow 1's names."""

import logging
import unittest

import numpy as np
import pytest

import gradtape as tf

v1 = tf.compat.v1


def test_one_processor_and_no_gpu():
    (cpu,) = tf.config.list_physical_devices()
    assert cpu == ("/physical_device:CPU:0", "CPU") and tf.config.experimental.list_physical_devices("GPU") == []
    assert [d.name for d in tf.config.list_logical_devices("CPU")] == ["/device:CPU:0"]
    assert not tf.test.is_gpu_available() and tf.test.gpu_device_name() == "" and not tf.test.is_built_with_cuda()
    with tf.device("/GPU:0"):
        assert tf.constant(1.0).device.endswith("CPU:0")


def test_harmless_settings_are_kept():
    (cpu,) = tf.config.list_physical_devices("CPU")
    tf.config.set_visible_devices([], "GPU")
    assert tf.config.get_visible_devices() == [cpu]
    tf.config.experimental.set_memory_growth(cpu, True)
    assert tf.config.experimental.get_memory_growth(cpu)
    tf.config.optimizer.set_jit(True)
    assert tf.config.optimizer.get_jit() == "autoclustering"
    tf.config.optimizer.set_jit(False)
    tf.config.set_soft_device_placement(True)
    tf.config.experimental.enable_op_determinism()


@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda: tf.config.set_visible_devices("GPU:0"), ValueError),
        (lambda: tf.config.experimental.set_memory_growth(None, True), ValueError),
        (lambda: tf.config.experimental.get_memory_info("GPU:0"), ValueError),
        (lambda: tf.config.experimental.set_device_policy("loud"), ValueError),
        (lambda: tf.config.optimizer.set_jit("always"), ValueError),
        (lambda: tf.config.experimental_connect_to_host("a:1"), tf.errors.UnavailableError),
        (lambda: tf.compat.as_text(3), TypeError),
    ],
)
def test_what_cannot_be_is_refused(call, error):
    with pytest.raises(error):
        call()


def test_a_division_of_the_processor_is_listed():
    (cpu,) = tf.config.list_physical_devices("CPU")
    tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * 2)
    assert len(tf.config.list_logical_devices("CPU")) == 2
    tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()])
    assert len(tf.config.list_logical_devices("CPU")) == 1


def test_versions_and_the_logger():
    assert tf.__version__ == tf.version.VERSION and tf.__version__.startswith("2.") and tf.__gradtape__ in tf.version.GIT_VERSION
    assert tf.get_logger() is logging.getLogger("tensorflow")


def test_keras_at_the_top():
    assert tf.optimizers is tf.keras.optimizers and tf.losses.MeanSquaredError is tf.keras.losses.MeanSquaredError
    assert {"compat", "optimizers", "keras", "image"} <= set(dir(tf))


# -- TestCase -----------------------------------------------------------------------------------------------------
class Comparisons(tf.test.TestCase):
    def test_holds(self):
        x = tf.constant([1.0, 2.0])
        self.assertAllClose(x, [1.0, 2.0 + 1e-7])
        self.assertAllClose({"a": x, "b": [x, 1.0]}, {"a": [1.0, 2.0], "b": [[1.0, 2.0], 1.0]})
        self.assertAllClose(tf.cast(x, tf.float16), [1.0005, 2.0])
        self.assertAllEqual(tf.shape(x), [2])
        self.assertAllEqual([[tf.constant(1), 2]], [[1, 2]])
        self.assertNotAllClose(x, [1.0, 2.1])
        self.assertNotAllEqual(x, [1.0, 3.0])
        self.assertAllGreater(x, 0.5)
        self.assertAllInRange(x, 1.0, 2.0)
        self.assertAllInSet(x, [1.0, 2.0, 3.0])
        self.assertDTypeEqual(x, tf.float32)
        self.assertShapeEqual(np.ones(2), x)
        self.assertNear(1.0, 1.05, 0.1)
        self.assertEqual(self.evaluate([x, {"k": tf.constant(3)}])[1], {"k": 3})
        self.assertAllCloseAccordingToType(tf.cast(x, tf.bfloat16), [1.005, 2.0])
        with self.cached_session(), self.assertRaisesIncompatibleShapesError():
            tf.add(tf.ones([2]), tf.ones([3]))
        with self.assertRaisesWithPredicateMatch(ValueError, lambda e: "no" in str(e)):
            raise ValueError("no")

    def fails(self):
        x = tf.constant([1.0, np.nan])
        for check in (
            lambda: self.assertAllClose(x, [1.0, 2.0]),
            lambda: self.assertAllClose(x, [[1.0, np.nan]]),
            lambda: self.assertAllClose({"a": x}, {"b": x}),
            lambda: self.assertAllEqual(x, [1.0, 2.0]),
            lambda: self.assertNotAllClose(x, x),
            lambda: self.assertNotAllEqual(tf.ones(2), tf.ones(2)),
            lambda: self.assertAllLess(tf.ones(2), 1.0),
            lambda: self.assertAllInRange(tf.ones(2), 1.0, 2.0, open_lower_bound=True),
            lambda: self.assertAllInRange(x, 0.0, 2.0),
            lambda: self.assertAllInSet(tf.ones(2), [2.0]),
            lambda: self.assertDTypeEqual(x, tf.float64),
            lambda: self.assertShapeEqual(x, x[:1]),
            lambda: self.assertNear(1.0, 1.2, 0.1),
            lambda: self.assertArrayNear([1.0, 2.0], [1.0, 2.2], 0.1),
            lambda: self.assertStartsWith("abc", "b"),
        ):
            with self.assertRaises(AssertionError):
                check()

    def draws(self):
        Comparisons.drawn.append(tf.random.normal([2]).numpy())

    def thread(self):
        thread = self.checkedThread(lambda: 1 / 0)
        thread.start()
        thread.join()

    drawn: list = []  # noqa: RUF012


@pytest.mark.parametrize("name", ["test_holds", "fails"])
def test_comparisons(name):
    result = unittest.TestResult()
    Comparisons(name).run(result)
    assert result.testsRun == 1 and not result.errors and not result.failures, result.errors + result.failures


def test_each_test_starts_from_the_same_seed():
    for _ in range(2):
        Comparisons("draws").run(unittest.TestResult())
    assert np.array_equal(*Comparisons.drawn[-2:])


def test_a_threads_exception_fails_the_test():
    result = unittest.TestResult()
    Comparisons("thread").run(result)
    assert len(result.failures) == 1 and "ZeroDivisionError" in result.failures[0][1]


def test_a_script_of_tests(scripts):
    scripts.write(
        "square_test.py",
        """
        import tensorflow as tf

        class SquareTest(tf.test.TestCase):
            def test_value(self):
                self.assertAllClose(tf.square([3.0]), [9.0])
                self.assertIn("gradtape_test_", self.get_temp_dir())

        if __name__ == "__main__":
            tf.test.main()
        """,
    )
    done = scripts.run("square_test.py")
    assert done.returncode == 0 and "Ran 1 test" in done.stderr


# -- TensorFlow 1 -------------------------------------------------------------------------------------------------
def test_names_of_tensorflow_1_that_mean_the_same():
    assert tf.compat.v2 is tf and v1.matmul is tf.matmul and v1.log is tf.math.log and v1.math.exp is tf.math.exp
    assert v1.keras is tf.keras and v1.train is not None and v1.float32 is tf.float32
    assert {"reduce_sum", "Session", "nn"} <= set(dir(v1)) and "relu" in dir(v1.nn)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (lambda: v1.reduce_sum([[1.0, 2.0], [3.0, 4.0]], reduction_indices=1, keep_dims=True), [[3.0], [7.0]]),
        (lambda: v1.math.reduce_mean([1.0, 3.0]), 2.0),
        (lambda: v1.argmax([1.0, 3.0, 2.0]), 1),
        (lambda: v1.argmax([[1.0, 3.0], [2.0, 0.0]], dimension=1), [1, 0]),
        (lambda: v1.where([True, False], [[1, 2], [3, 4]], [[5, 6], [7, 8]]), [[1, 2], [7, 8]]),
        (lambda: v1.where([True, False]), [[0]]),
        (lambda: v1.expand_dims([1, 2], dim=0), [[1, 2]]),
        (lambda: v1.squeeze([[1, 2]], squeeze_dims=[0]), [1, 2]),
        (lambda: v1.div(tf.constant([7, -7]), 2), [3, -4]),
        (lambda: v1.div(7.0, 2.0), 3.5),
        (lambda: v1.floor_div(7, 2), 3),
        (lambda: v1.ceil([1.2]), [2.0]),
        (lambda: v1.to_float([1, 2]), [1.0, 2.0]),
        (lambda: v1.norm([[3.0, 4.0]], axis=1, keep_dims=True), [[5.0]]),
        (lambda: v1.gather([[1, 2], [3, 4]], [1], axis=1), [[2], [4]]),
        (lambda: v1.nn.softmax([[0.0, 0.0]], dim=-1), [[0.5, 0.5]]),
        (lambda: v1.nn.dropout(tf.ones([3]), keep_prob=1.0), [1.0, 1.0, 1.0]),
        (lambda: v1.nn.moments([1.0, 3.0], [0])[1], 1.0),
        (lambda: v1.nn.max_pool([[[[1.0], [2.0]], [[3.0], [4.0]]]], [1, 2, 2, 1], [1, 2, 2, 1], "VALID"), [[[[4.0]]]]),
        (lambda: v1.nn.softmax_cross_entropy_with_logits_v2(labels=[0.0, 1.0], logits=[0.0, 0.0]), np.log(2.0)),
        (lambda: v1.nn.sigmoid_cross_entropy_with_logits(labels=[1.0], logits=[0.0]), [np.log(2.0)]),
        (lambda: v1.nn.xw_plus_b([[1.0]], [[2.0]], [3.0]), [[5.0]]),
        (lambda: v1.assign_add(v1.Variable(2.0), 3.0), 5.0),
        (lambda: v1.get_variable("w", [2], initializer=tf.ones_initializer()), [1.0, 1.0]),
        (lambda: v1.get_variable("n", initializer=3), 3),
    ],
)
def test_values_of_tensorflow_1s_functions(found, expected):
    assert np.allclose(np.asarray(found()), expected)


def test_opening_lines_for_sessions_and_gpus_do_no_harm():
    v1.enable_eager_execution()
    v1.logging.set_verbosity(v1.logging.ERROR)
    assert v1.logging.get_verbosity() == logging.ERROR
    config = v1.ConfigProto(gpu_options=v1.GPUOptions(allow_growth=True))
    config.gpu_options.per_process_gpu_memory_fraction = 0.5
    config.graph_options.optimizer_options.global_jit_level = 1
    with v1.Session(config=config) as session:
        assert v1.global_variables_initializer() is None
        with pytest.raises(RuntimeError, match=r"x\.numpy\(\) is what"):
            session.run(tf.constant(1.0))


@pytest.mark.parametrize(
    ("call", "error", "advice"),
    [
        (lambda: v1.placeholder(tf.float32), RuntimeError, "function with an argument"),
        (lambda: v1.disable_v2_behavior(), RuntimeError, "TensorFlow 2"),
        (lambda: v1.train.AdamOptimizer, AttributeError, r"tf\.keras\.optimizers\.Adam"),
        (lambda: v1.layers, AttributeError, r"tf\.keras\.layers"),
        (lambda: v1.nn.dynamic_rnn, AttributeError, r"tf\.keras\.layers\.RNN"),
        (lambda: tf.ceil, AttributeError, r"tf\.math\.ceil"),
        (lambda: tf.placeholder, AttributeError, "function with an argument"),
        (lambda: tf.assign, AttributeError, "TensorFlow 2 form"),
        (lambda: tf.lite, AttributeError, "converts no models"),
    ],
)
def test_what_belongs_to_graphs_says_what_to_write(call, error, advice):
    with pytest.raises(error, match=advice):
        call()
