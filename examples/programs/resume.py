"""Training that stops and goes on: variables, optimizer, step and the place in the data come from a checkpoint."""

import tempfile

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_breast_cancer

data = load_breast_cancer()
x = ((data.data - data.data.mean(0)) / data.data.std(0)).astype("float32")
y = data.target.astype("float32")[:, None]
folder = tempfile.mkdtemp()


class Net(tf.Module):
    def __init__(self):
        super().__init__()
        rng = np.random.default_rng(5)
        self.layers = [tf.Variable(rng.normal(size=s).astype("float32") * 0.3) for s in ((30, 8), (8, 1))]

    def __call__(self, x):
        return tf.tanh(x @ self.layers[0]) @ self.layers[1]


def start():
    net, optimizer = Net(), tf.keras.optimizers.Adam(0.02)
    iterator = iter(tf.data.Dataset.from_tensor_slices((x, y)).repeat().batch(50))
    checkpoint = tf.train.Checkpoint(step=tf.Variable(0), net=net, optimizer=optimizer, iterator=iterator)
    return checkpoint, tf.train.CheckpointManager(checkpoint, folder, max_to_keep=2)


def train(checkpoint, steps):
    for _ in range(steps):
        images, labels = next(checkpoint.iterator)
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels, checkpoint.net(images)))
        variables = checkpoint.net.trainable_variables
        checkpoint.optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        checkpoint.step.assign_add(1)
    return float(loss)


checkpoint, manager = start()
print("from scratch:", checkpoint.restore(manager.latest_checkpoint) is not None, f"{train(checkpoint, 12):.5f}")
path = manager.save()
print("saved at step", int(checkpoint.step), f"went on to {train(checkpoint, 8):.5f}")
again, manager = start()
again.restore(manager.latest_checkpoint).expect_partial()
print("restored step", int(again.step), f"went on to {train(again, 8):.5f}")
names = [name for name, _ in tf.train.list_variables(path) if name.startswith("net")]
print(names, len(manager.checkpoints))
