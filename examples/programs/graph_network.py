"""A graph convolution over Fisher's irises (scikit-learn's): few labels, a sparse graph of neighbours, edge weights that are learned."""

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_iris

data = load_iris()
x = ((data.data - data.data.mean(0)) / data.data.std(0)).astype("float32")
y = data.target.astype("int32")
count = len(x)

distances = np.square(x[:, None] - x[None]).sum(-1)
neighbours = np.argsort(distances, axis=1, kind="stable")[:, 1:7]
pairs = np.stack([np.repeat(np.arange(count), 6), neighbours.ravel()], 1)
one_way = tf.SparseTensor(pairs, tf.ones([len(pairs)]), [count, count])
one_way = tf.sparse.reorder(one_way)
graph = tf.sparse.maximum(one_way, tf.sparse.transpose(one_way))
graph = tf.sparse.add(graph, tf.sparse.eye(count))
degree = tf.sparse.reduce_sum(graph, axis=1)
print(f"{graph.values.shape[0]} edges, degrees from {float(tf.reduce_min(degree)):.0f} to {float(tf.reduce_max(degree)):.0f}")

rng = np.random.default_rng(1)
shown = np.concatenate([rng.choice(np.flatnonzero(y == k), 4, replace=False) for k in range(3)])
hidden = np.setdiff1d(np.arange(count), shown)
first = tf.Variable((0.5 * rng.normal(size=(4, 8))).astype("float32"))
second = tf.Variable((0.5 * rng.normal(size=(8, 3))).astype("float32"))
strength = tf.Variable(tf.zeros_like(graph.values))
variables = [first, second, strength]


def logits():
    edges = tf.sparse.softmax(graph.with_values(strength + 0.0))  # each flower's edges add up to 1
    inner = tf.nn.relu(tf.sparse.sparse_dense_matmul(edges, x @ first))
    return tf.sparse.sparse_dense_matmul(edges, inner @ second)


def accuracy(which):
    return float(tf.reduce_mean(tf.cast(tf.argmax(tf.gather(logits(), which), 1, tf.int32) == y[which], tf.float32)))


optimizer = tf.keras.optimizers.Adam(0.02)
for step in range(80):
    with tf.GradientTape() as tape:
        scores = tf.gather(logits(), shown)
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y[shown], logits=scores))
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    if step % 20 == 19:
        print(f"step {step}: loss {float(loss):.5f}, right on the {len(hidden)} others {accuracy(hidden):.3f}")

edges = tf.sparse.softmax(graph.with_values(strength + 0.0))
dense = tf.sparse.to_dense(edges)
print(f"largest weight of an edge {float(tf.reduce_max(dense)):.4f}, trace {float(tf.linalg.trace(dense)):.4f}")
block = tf.sparse.slice(edges, [0, 0], [3, count])
rows = tf.RaggedTensor.from_value_rowids(block.values, block.indices[:, 0], nrows=3)
print("edges of three flowers:", rows.row_lengths().numpy(), "their largest:", np.round(tf.reduce_max(rows, axis=1).numpy(), 4))
