"""A Wasserstein GAN with a gradient penalty learns the petals of irises: a gradient inside the loss of the critic."""

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_iris

petals = load_iris().data[:, 2:].astype("float32")
petals = (petals - petals.mean(0)) / petals.std(0)
rng = np.random.default_rng(12)


def network(*sizes):
    return [tf.Variable((rng.normal(size=s) * np.sqrt(1.5 / s[0])).astype("float32")) for s in zip(sizes, sizes[1:])]


def run(layers, x):
    for w in layers[:-1]:
        x = tf.nn.leaky_relu(x @ w)
    return x @ layers[-1]


generator, critic = network(3, 24, 2), network(2, 24, 1)
optimizers = [tf.keras.optimizers.Adam(0.005, beta_1=0.5) for _ in range(2)]


@tf.function
def critic_step(real, noise, mix):
    with tf.GradientTape() as tape:
        fake = run(generator, noise)
        between = mix * real + (1.0 - mix) * fake
        with tf.GradientTape() as inner:
            inner.watch(between)
            score = run(critic, between)
        slope = tf.norm(inner.gradient(score, between), axis=1)
        distance = tf.reduce_mean(run(critic, real)) - tf.reduce_mean(run(critic, fake))
        loss = -distance + 5.0 * tf.reduce_mean(tf.square(slope - 1.0))
    optimizers[0].apply_gradients(zip(tape.gradient(loss, critic), critic))
    return distance, tf.reduce_mean(slope)


@tf.function
def generator_step(noise):
    with tf.GradientTape() as tape:
        loss = -tf.reduce_mean(run(critic, run(generator, noise)))
    optimizers[1].apply_gradients(zip(tape.gradient(loss, generator), generator))


for step in range(24):
    for _ in range(2):
        real = petals[rng.integers(150, size=50)]
        distance, slope = critic_step(real, rng.normal(size=(50, 3)).astype("f4"), rng.uniform(size=(50, 1)).astype("f4"))
    generator_step(rng.normal(size=(50, 3)).astype("f4"))
    if step % 8 == 7:
        print(f"step {step + 1}: distance {float(distance):.3f}, slope {float(slope):.3f}")
made = run(generator, rng.normal(size=(400, 3)).astype("f4")).numpy()
print("mean", made.mean(0).round(2).tolist(), "deviation", made.std(0).round(2).tolist())
