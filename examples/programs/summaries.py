"""Iris flowers (scikit-learn's), a custom loop that writes summaries for TensorBoard, and what the event file then holds."""

import tempfile

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_iris
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.util.tensor_util import make_ndarray

data = load_iris()
features = ((data.data - data.data.mean(axis=0)) / data.data.std(axis=0)).astype("float32")
labels = data.target.astype("int64")
rng = np.random.default_rng(0)
kernel = tf.Variable((rng.normal(size=(4, 3)) * 0.1).astype("float32"))
bias = tf.Variable(tf.zeros([3]))
optimizer = tf.keras.optimizers.SGD(learning_rate=0.5)
step = tf.Variable(0, dtype=tf.int64)


@tf.function
def train_step(x, y):
    with tf.GradientTape() as tape:
        logits = tf.matmul(x, kernel) + bias
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits))
    gradients = tape.gradient(loss, [kernel, bias])
    tf.summary.scalar("loss", loss, step=step)
    tf.summary.histogram("gradient", gradients[0], step=step, buckets=4)
    optimizer.apply_gradients(zip(gradients, [kernel, bias]))
    step.assign_add(1)


folder = tempfile.mkdtemp()
writer = tf.summary.create_file_writer(folder)
with writer.as_default(), tf.summary.record_if(lambda: tf.equal(step % 5, 0)):
    for _ in range(20):
        train_step(features, labels)
    predicted = np.argmax(features @ kernel.numpy() + bias.numpy(), axis=1)
    confusion = np.zeros((3, 3), "float32")
    np.add.at(confusion, (labels, predicted), 1.0)
    with tf.name_scope("after"):
        tf.summary.image("confusion", confusion[None, :, :, None] / 50.0, step=step)
        tf.summary.text("classes", [str(name) for name in data.target_names], step=step)
        tf.summary.scalar("accuracy", np.mean(predicted == labels), step=step)
writer.close()

events = EventAccumulator(folder, size_guidance={"tensors": 0})
events.Reload()
for tag in sorted(events.Tags()["tensors"]):
    plugin = events.SummaryMetadata(tag).plugin_data.plugin_name
    print(f"{tag} ({plugin}) at steps {[event.step for event in events.Tensors(tag)]}")
for event in events.Tensors("loss"):
    print(f"step {event.step}: loss {float(make_ndarray(event.tensor_proto)):.4f}")
last = make_ndarray(events.Tensors("gradient")[-1].tensor_proto)
print(
    "gradients of the last sample from",
    round(float(last[0, 0]), 4),
    "to",
    round(float(last[-1, 1]), 4),
    "counts",
    last[:, 2].tolist(),
)
image = make_ndarray(events.Tensors("after/confusion")[0].tensor_proto)
print("confusion matrix", tf.io.decode_png(image[2]).numpy()[:, :, 0].tolist())
print("classes", [text.decode() for text in make_ndarray(events.Tensors("after/classes")[0].tensor_proto)])
print(f"accuracy {float(make_ndarray(events.Tensors('after/accuracy')[0].tensor_proto)):.4f}")
