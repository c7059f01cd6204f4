"""What scripts say before they begin: versions, devices, memory, threads, seeds, logging; then one step."""

import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np
import tensorflow as tf
from sklearn.datasets import load_diabetes

tf.get_logger().setLevel("ERROR")
tf.autograph.set_verbosity(0)
print("TensorFlow", tf.__version__.split(".")[0], tf.__version__ == tf.version.VERSION, tf.executing_eagerly())
gpus = tf.config.list_physical_devices("GPU")
for gpu in gpus:
    tf.config.experimental.set_memory_growth(gpu, True)
cpus = tf.config.list_physical_devices("CPU")
tf.config.set_visible_devices(cpus, "CPU")
tf.config.threading.set_inter_op_parallelism_threads(2)
tf.config.optimizer.set_jit(False)
print(len(gpus), "GPUs,", len(tf.config.list_logical_devices("CPU")), "CPU,", bool(tf.test.is_built_with_cuda() and gpus))
tf.random.set_seed(7)
np.random.seed(7)
tf.keras.backend.set_floatx("float32")
print(tf.keras.backend.floatx(), tf.keras.backend.image_data_format(), tf.keras.backend.epsilon())

x, y = load_diabetes(return_X_y=True)
with tf.device("/CPU:0"):
    x, y = tf.constant(x, tf.float32), tf.constant((y - y.mean()) / y.std(), tf.float32)
    w = tf.Variable(tf.zeros([10]), name="w")
print(x.device.split("/")[-1], w.name, w.shape)
for step in range(3):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(tf.linalg.matvec(x, w) - y))
    w.assign_sub(40.0 * tape.gradient(loss, w))
    tf.print("step", step, "loss", loss, output_stream="file:///dev/null" if os.path.exists("/dev/null") else "file://nul")
    print("step", step, "loss", f"{loss.numpy():.5f}")
tf.debugging.assert_all_finite(w, "weights")
tf.debugging.assert_less(loss, 1.0)
