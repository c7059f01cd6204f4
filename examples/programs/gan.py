"""A generator learns a ring of points against a discriminator."""

import numpy as np
import tensorflow as tf

rng = np.random.default_rng(5)


def layers(*sizes):
    pairs = zip(sizes[:-1], sizes[1:])
    return [(tf.Variable((rng.normal(size=(a, b)) / np.sqrt(a)).astype("float32")), tf.Variable(tf.zeros([b]))) for a, b in pairs]


def network(parameters, x):
    for w, b in parameters[:-1]:
        x = tf.nn.leaky_relu(x @ w + b, alpha=0.2)
    w, b = parameters[-1]
    return x @ w + b


generator, discriminator = layers(2, 16, 2), layers(2, 16, 1)
generator_variables = [v for pair in generator for v in pair]
discriminator_variables = [v for pair in discriminator for v in pair]
entropy = tf.keras.losses.BinaryCrossentropy(from_logits=True)
generator_optimizer = tf.keras.optimizers.Adam(0.005, beta_1=0.5)
discriminator_optimizer = tf.keras.optimizers.Adam(0.005, beta_1=0.5)

for step in range(60):
    angle = rng.uniform(0, 2 * np.pi, (64, 1))
    real = np.concatenate([np.cos(angle), np.sin(angle)], 1).astype("float32")
    noise = rng.normal(size=(64, 2)).astype("float32")
    with tf.GradientTape() as generator_tape, tf.GradientTape() as discriminator_tape:
        fake = network(generator, tf.constant(noise))
        on_real, on_fake = network(discriminator, tf.constant(real)), network(discriminator, fake)
        generator_loss = entropy(tf.ones_like(on_fake), on_fake)
        discriminator_loss = entropy(tf.ones_like(on_real), on_real) + entropy(tf.zeros_like(on_fake), on_fake)
    gradients = generator_tape.gradient(generator_loss, generator_variables)
    generator_optimizer.apply_gradients(zip(gradients, generator_variables))
    gradients = discriminator_tape.gradient(discriminator_loss, discriminator_variables)
    discriminator_optimizer.apply_gradients(zip(gradients, discriminator_variables))
    if step % 20 == 19:
        print(f"step {step}: generator {float(generator_loss):.4f}, discriminator {float(discriminator_loss):.4f}")

radius = tf.norm(network(generator, tf.constant(rng.normal(size=(200, 2)).astype("float32"))), axis=1)
print(f"mean radius {float(tf.reduce_mean(radius)):.4f}")
