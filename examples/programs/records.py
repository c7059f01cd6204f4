"""Digits written as TFRecords of tf.train.Example, read back in shards, parsed and trained on."""

import os
import tempfile

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

digits = load_digits(n_class=4)
folder = tempfile.mkdtemp()


def example(image, label):
    feature = {
        "image": tf.train.Feature(float_list=tf.train.FloatList(value=image)),
        "label": tf.train.Feature(int64_list=tf.train.Int64List(value=[int(label)])),
        "name": tf.train.Feature(bytes_list=tf.train.BytesList(value=[b"digit"])),
    }
    return tf.train.Example(features=tf.train.Features(feature=feature)).SerializeToString()


for shard in range(3):
    with tf.io.TFRecordWriter(os.path.join(folder, f"digits-{shard}.tfrecord")) as writer:
        for image, label in zip(digits.data[shard:300:3], digits.target[shard:300:3]):
            writer.write(example(image, label))

SPEC = {"image": tf.io.FixedLenFeature([64], tf.float32), "label": tf.io.FixedLenFeature([], tf.int64)}


def parse(record):
    row = tf.io.parse_single_example(record, SPEC)
    return row["image"] / 16.0, row["label"]


files = tf.data.Dataset.list_files(os.path.join(folder, "*.tfrecord"), shuffle=False)
data = files.interleave(tf.data.TFRecordDataset, cycle_length=3, block_length=1).map(parse).batch(60)
first = next(iter(data))
print(first[0].shape, first[1].numpy()[:9].tolist(), len(tf.io.gfile.glob(os.path.join(folder, "*"))))
w = tf.Variable(tf.zeros([64, 4]))
optimizer = tf.keras.optimizers.SGD(0.5, momentum=0.5)
for epoch in range(3):
    losses = []
    for images, labels in data:
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=images @ w))
        optimizer.apply_gradients([(tape.gradient(loss, w), w)])
        losses.append(float(loss))
    print(f"epoch {epoch}: {np.mean(losses):.5f}")
