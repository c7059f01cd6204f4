"""A script with a command line, flags for eager debugging, a context per run, and a summary as JSON."""

import argparse
import json

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_wine

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=4)
parser.add_argument("--eager", action="store_true")
parser.add_argument("--device", default="/device:CPU:0")
args = parser.parse_args()
tf.config.run_functions_eagerly(args.eager)
assert tf.config.functions_run_eagerly() == args.eager
cpus = [d.name for d in tf.config.get_visible_devices() if d.device_type == "CPU"]

data = load_wine()
x = ((data.data - data.data.mean(0)) / data.data.std(0)).astype("float32")
y = tf.one_hot(data.target, 3)
shape = tf.TensorShape([None, x.shape[1]])
print(shape.is_compatible_with(x.shape), shape.rank, tf.as_dtype("float32").size, len(cpus) >= 1)


class Softmax(tf.Module):
    def __init__(self, inputs, outputs, name=None):
        super().__init__(name=name)
        with self.name_scope:
            self.w = tf.Variable(tf.zeros([inputs, outputs]), name="w")
            self.b = tf.Variable(tf.zeros([outputs]), name="b")

    @tf.Module.with_name_scope
    def __call__(self, x):
        return x @ self.w + self.b


model = Softmax(x.shape[1], 3, name="softmax")
print([v.name for v in model.trainable_variables])


@tf.function
def step(rate):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=y, logits=model(x)))
    gradients = tape.gradient(loss, model.trainable_variables)
    tf.nest.map_structure(lambda v, g: v.assign_sub(rate * g), list(model.trainable_variables), list(gradients))
    return loss


with tf.device(args.device):
    losses = [float(step(tf.constant(0.5))) for _ in range(args.epochs)]
accuracy = float(np.mean(tf.argmax(model(x), axis=1).numpy() == data.target))
print(json.dumps({"losses": [round(loss, 4) for loss in losses], "accuracy": round(accuracy, 4)}))
