"""Ten small models, each with its whole training step: `make(wrap)` gives the losses of 50 steps, the step wrapped by `wrap`.

Every call starts from the same weights, batches and random state, so the losses of a compiled step and of an eager one compare.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
from keras import layers

import gradtape as tf

STEPS = 50
Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
STEP_OF: dict[str, Callable[[], tuple[Callable[..., Any], list[Any]]]] = {}


def program(make: Callable[[], tuple[Callable[..., Any], list[Any]]]) -> Any:
    """`make` gives the step and the arguments of its calls, batch by batch."""
    STEP_OF[make.__name__] = make
    return make


def losses(name: str, wrap: Wrap) -> np.ndarray:
    keras.utils.set_random_seed(7)
    step, batches = STEP_OF[name]()
    run = wrap(step)
    found = [np.asarray(run(*batches[k % len(batches)])) for k in range(STEPS)]
    tf.random.set_seed(None)
    return np.stack(found)


# -- what they share --------------------------------------------------------------------------------------------------
def normal(seed: int, *shape: int, scale: float = 1.0) -> np.ndarray:
    return (np.random.default_rng(seed).normal(size=shape) * scale).astype("f4")


def weights(*shapes: tuple[int, ...], seed: int = 0) -> list[tf.Variable]:
    """Variables of He's size; vectors begin at zero."""
    return [tf.Variable(normal(seed + k, *s, scale=(2 / s[0]) ** 0.5 if len(s) > 1 else 0.0)) for k, s in enumerate(shapes)]


def batched(count: int, *arrays: np.ndarray) -> list[Any]:
    size = len(arrays[0]) // count
    return [tuple(tf.constant(a[k * size : (k + 1) * size]) for a in arrays) for k in range(count)]


class Adam:
    def __init__(self, variables: list[tf.Variable], rate: float):
        self.variables, self.rate = variables, rate
        self.first = [tf.Variable(tf.zeros_like(v)) for v in variables]
        self.second = [tf.Variable(tf.zeros_like(v)) for v in variables]
        self.count = tf.Variable(0.0)

    def apply(self, gradients: list[Any]) -> None:
        self.count.assign_add(1.0)
        rate = self.rate * tf.sqrt(1.0 - tf.pow(0.999, self.count)) / (1.0 - tf.pow(0.9, self.count))
        for v, g, m, s in zip(self.variables, gradients, self.first, self.second, strict=True):
            m.assign(0.9 * m + 0.1 * g)
            s.assign(0.999 * s + 0.001 * tf.square(g))
            v.assign_sub(rate * m / (tf.sqrt(s) + 1e-7))


def keras_step(model: Any, optimizer: Any, loss_of: Any) -> Callable[..., Any]:
    def step(x: Any, y: Any) -> Any:
        with tf.GradientTape() as tape:
            loss = loss_of(y, model(x, training=True))
        optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables, strict=True))
        return loss

    return step


def cross_entropy() -> Any:
    return keras.losses.SparseCategoricalCrossentropy(from_logits=True)


# -- the ten ------------------------------------------------------------------------------------------------------------
@program
def mlp() -> Any:
    w = weights((20, 48), (48,), (48, 32), (32,), (32, 5), (5,))
    optimizer = Adam(w, 3e-3)
    x = normal(1, 96, 20)
    labels = np.argmax(x @ normal(2, 20, 5), 1)

    def step(x: Any, y: Any) -> Any:
        with tf.GradientTape() as tape:
            h = tf.nn.relu(tf.matmul(x, w[0]) + w[1])
            h = tf.tanh(tf.matmul(h, w[2]) + w[3])
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(y, tf.matmul(h, w[4]) + w[5]))
        optimizer.apply(tape.gradient(loss, w))
        return loss

    return step, batched(3, x, labels)


@program
def cnn_with_batch_norm() -> Any:
    model = keras.Sequential(
        [
            layers.Conv2D(6, 3, padding="same"),
            layers.BatchNormalization(),
            layers.ReLU(),
            layers.MaxPool2D(),
            layers.Conv2D(8, 3),
            layers.BatchNormalization(momentum=0.9),
            layers.Activation("gelu"),
            layers.GlobalAveragePooling2D(),
            layers.Dense(4),
        ]
    )
    x = normal(1, 24, 10, 10, 2)
    return keras_step(model, keras.optimizers.SGD(0.05, momentum=0.9), cross_entropy()), batched(3, x, np.arange(24) % 4)


@program
def resnet_block() -> Any:
    """Two convolutions and a strided shortcut, moving averages updated by hand."""
    filters = [tf.Variable(normal(k, *s, scale=0.2)) for k, s in enumerate([(3, 3, 3, 8), (3, 3, 8, 8), (1, 1, 3, 8)])]
    scale, shift = tf.Variable(tf.ones([2, 8])), tf.Variable(tf.zeros([2, 8]))
    means, variances = tf.Variable(tf.zeros([2, 8])), tf.Variable(tf.ones([2, 8]))
    head = weights((8, 3), (3,), seed=9)
    every = [*filters, scale, shift, *head]

    def norm(x: Any, k: int) -> Any:
        mean, variance = tf.nn.moments(x, [0, 1, 2])
        means[k].assign(0.9 * means[k] + 0.1 * tf.stop_gradient(mean))
        variances[k].assign(0.9 * variances[k] + 0.1 * tf.stop_gradient(variance))
        return tf.nn.batch_normalization(x, mean, variance, shift[k], scale[k], 1e-3)

    def step(x: Any, y: Any) -> Any:
        with tf.GradientTape() as tape:
            h = tf.nn.relu(norm(tf.nn.conv2d(x, filters[0], 2, "SAME"), 0))
            h = norm(tf.nn.conv2d(h, filters[1], 1, "SAME"), 1)
            h = tf.nn.relu(h + tf.nn.conv2d(x, filters[2], 2, "VALID"))
            z = tf.matmul(tf.reduce_mean(h, [1, 2]), head[0]) + head[1]
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(y, z))
            total = loss + 1e-3 * tf.add_n([tf.nn.l2_loss(f) for f in filters])
        for v, g in zip(every, tape.gradient(total, every), strict=True):
            v.assign_sub(0.05 * g)
        return tf.stack([total, tf.reduce_sum(means), tf.reduce_sum(variances)])

    return step, batched(2, normal(11, 16, 9, 9, 3), np.arange(16) % 3)


@program
def lstm() -> Any:
    model = keras.Sequential([layers.LSTM(12, return_sequences=True), layers.LSTM(8, recurrent_dropout=0.0), layers.Dense(1)])
    x = normal(1, 24, 9, 3)
    y = np.cumsum(x[..., :1], 1)[:, -1]
    return keras_step(model, keras.optimizers.Adam(5e-3), keras.losses.MeanSquaredError()), batched(3, x, y)


@program
def gru() -> Any:
    """By hand over tf.scan, with gradients clipped by their global norm."""
    units = 10
    w = [
        tf.Variable(normal(k, *s, scale=0.3))
        for k, s in enumerate([(3, 3 * units), (units, 3 * units), (3 * units,), (units, 2)])
    ]
    optimizer = Adam(w, 5e-3)

    def cell(h: Any, x: Any) -> Any:
        a, b = tf.split(x + w[2], 3, axis=1), tf.split(tf.matmul(h, w[1]), 3, axis=1)
        reset, update = tf.sigmoid(a[0] + b[0]), tf.sigmoid(a[1] + b[1])
        return update * h + (1.0 - update) * tf.tanh(a[2] + reset * b[2])

    def step(x: Any, y: Any) -> Any:
        with tf.GradientTape() as tape:
            projected = tf.matmul(tf.transpose(x, [1, 0, 2]), w[0])
            states = tf.scan(cell, projected, tf.zeros([x.shape[0], units]))
            loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(y, tf.matmul(states[-1], w[3])))
        gradients, norm = tf.clip_by_global_norm(tape.gradient(loss, w), 0.5)
        optimizer.apply(gradients)
        return tf.stack([loss, norm])

    x = normal(5, 20, 8, 3)
    return step, batched(2, x, np.eye(2, dtype="f4")[(x.sum((1, 2)) > 0).astype(int)])


@program
def transformer() -> Any:
    """One block over tokens, pre-norm, causal, labels smoothed by hand."""
    words, width, heads, length = 17, 16, 2, 7
    shapes = [(words, width), (length, width), (width, 3 * width), (width, width), (width, 32), (32,), (32, width), (width,)]
    w = weights(*shapes, seed=3)
    gains = [tf.Variable(tf.ones([width])) for _ in range(3)]
    every = [*w, *gains]
    optimizer = Adam(every, 3e-3)
    mask = tf.constant(np.triu(np.full((length, length), -1e9, "f4"), 1))

    def norm(x: Any, gain: Any) -> Any:
        mean, variance = tf.nn.moments(x, [-1], keepdims=True)
        return (x - mean) * tf.math.rsqrt(variance + 1e-5) * gain

    def split(x: Any) -> Any:
        return tf.transpose(tf.reshape(x, [-1, length, heads, width // heads]), [0, 2, 1, 3])

    def step(ids: Any, following: Any) -> Any:
        with tf.GradientTape() as tape:
            h = tf.gather(w[0], ids) + w[1]
            q, k, v = (split(x) for x in tf.split(tf.matmul(norm(h, gains[0]), w[2]), 3, axis=-1))
            scores = tf.matmul(q, k, transpose_b=True) / (width // heads) ** 0.5 + mask
            mixed = tf.reshape(tf.transpose(tf.matmul(tf.nn.softmax(scores), v), [0, 2, 1, 3]), [-1, length, width])
            h = h + tf.matmul(mixed, w[3])
            h = h + tf.matmul(tf.nn.gelu(tf.matmul(norm(h, gains[1]), w[4]) + w[5]), w[6]) + w[7]
            logits = tf.matmul(norm(h, gains[2]), w[0], transpose_b=True)
            target = tf.one_hot(following, words) * 0.9 + 0.1 / words
            loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(target, logits))
        optimizer.apply([tf.convert_to_tensor(g) for g in tape.gradient(loss, every)])
        return loss

    ids = np.random.default_rng(0).integers(0, words, (12, length + 1))
    return step, batched(3, ids[:, :-1], ids[:, 1:])


@program
def vae() -> Any:
    """Draws its noise inside the step."""
    w = weights((30, 24), (24,), (24, 8), (8,), (4, 24), (24,), (24, 30), (30,), seed=5)
    optimizer = Adam(w, 2e-3)

    def step(x: Any) -> Any:
        with tf.GradientTape() as tape:
            h = tf.nn.softplus(tf.matmul(x, w[0]) + w[1])
            mean, spread = tf.split(tf.matmul(h, w[2]) + w[3], 2, axis=1)
            z = mean + tf.exp(0.5 * spread) * tf.random.normal(tf.shape(mean))
            logits = tf.matmul(tf.nn.elu(tf.matmul(z, w[4]) + w[5]), w[6]) + w[7]
            fit = tf.reduce_sum(tf.nn.sigmoid_cross_entropy_with_logits(x, logits), 1)
            divergence = -0.5 * tf.reduce_sum(1.0 + spread - tf.square(mean) - tf.exp(spread), 1)
            loss = tf.reduce_mean(fit + divergence)
        optimizer.apply(tape.gradient(loss, w))
        return tf.stack([loss, tf.reduce_mean(divergence)])

    return step, batched(2, (normal(8, 32, 30) > 0.3).astype("f4"))


@program
def gan_with_gradient_penalty() -> Any:
    """Two critic updates to one of the generator; the penalty is a tape within a tape."""
    g = weights((4, 16), (16,), (16, 2), (2,), seed=20)
    d = weights((2, 16), (16,), (16, 1), seed=30)
    of_g, of_d = Adam(g, 2e-3), Adam(d, 2e-3)

    def generate(z: Any) -> Any:
        return tf.matmul(tf.nn.leaky_relu(tf.matmul(z, g[0]) + g[1]), g[2]) + g[3]

    def critic(x: Any) -> Any:
        return tf.matmul(tf.tanh(tf.matmul(x, d[0]) + d[1]), d[2])

    def step(real: Any) -> Any:
        n = real.shape[0]
        for _ in range(2):
            with tf.GradientTape() as tape:
                fake = generate(tf.random.normal([n, 4]))
                share = tf.random.uniform([n, 1])
                between = share * real + (1.0 - share) * fake
                with tf.GradientTape() as inner:
                    inner.watch(between)
                    score = critic(between)
                slope = tf.sqrt(tf.reduce_sum(tf.square(inner.gradient(score, between)), 1) + 1e-12)
                penalty = tf.reduce_mean(tf.square(slope - 1.0))
                loss_d = tf.reduce_mean(critic(fake)) - tf.reduce_mean(critic(real)) + 10.0 * penalty
            of_d.apply(tape.gradient(loss_d, d))
        with tf.GradientTape() as tape:
            loss_g = -tf.reduce_mean(critic(generate(tf.random.normal([n, 4]))))
        of_g.apply(tape.gradient(loss_g, g))
        return tf.stack([loss_d, penalty, loss_g])

    return step, batched(2, normal(40, 48, 2) + np.float32([1.0, -2.0]))


@program
def embedding_model() -> Any:
    """Sparse gradients: rows that occur twice, and an optimizer that updates rows."""
    users, items = layers.Embedding(40, 6), layers.Embedding(25, 6)
    optimizer = keras.optimizers.Adagrad(0.2)

    def step(user: Any, item: Any, rating: Any) -> Any:
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(tf.reduce_sum(users(user) * items(item), -1) - rating))
        variables = [*users.trainable_variables, *items.trainable_variables]
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables, strict=True))
        return loss

    draw = np.random.default_rng(0)
    return step, batched(4, draw.integers(0, 40, 128), draw.integers(0, 25, 128), normal(3, 128))


@program
def physics_informed_network() -> Any:
    """The Korteweg-de Vries equation u_t + 6 u u_x + u_xxx = 0 and its values at the start."""
    w = weights((2, 16), (16,), (16, 16), (16,), (16, 1), seed=50)
    optimizer = Adam(w, 1e-3)

    def u_of(x: Any, t: Any) -> Any:
        h = tf.tanh(tf.matmul(tf.stack([x, t], 1), 0.5 * w[0]) + w[1])
        return tf.matmul(tf.tanh(tf.matmul(h, 0.5 * w[2]) + w[3]), w[4])[:, 0]

    def step(x: Any, t: Any, x0: Any, u0: Any) -> Any:
        with tf.GradientTape() as tape:
            with tf.GradientTape() as third:
                third.watch(x)
                with tf.GradientTape() as second:
                    second.watch(x)
                    with tf.GradientTape(persistent=True) as first:
                        first.watch([x, t])
                        u = u_of(x, t)
                    u_x, u_t = first.gradient(u, x), first.gradient(u, t)
                u_xx = second.gradient(u_x, x)
            u_xxx = third.gradient(u_xx, x)
            residual = tf.reduce_mean(tf.square(u_t + 6.0 * u * u_x + u_xxx))
            start = tf.reduce_mean(tf.square(u_of(x0, tf.zeros_like(x0)) - u0))
            loss = residual + start
        optimizer.apply(tape.gradient(loss, w))
        return tf.stack([loss, residual])

    x, t = normal(1, 40), np.abs(normal(2, 40))
    x0 = np.linspace(-2, 2, 40, dtype="f4")
    return step, batched(2, x, t, x0, (0.5 / np.cosh(x0 / 2) ** 2).astype("f4"))
