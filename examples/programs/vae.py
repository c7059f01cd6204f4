"""A variational autoencoder of digits: a Keras model with a train step, the reparametrisation by seeded draws."""

import tensorflow as tf
from sklearn.datasets import load_digits

x_all = (load_digits().data[:512] / 16.0).astype("float32")


def dense(units, seed, activation=None):
    return tf.keras.layers.Dense(units, activation, kernel_initializer=tf.keras.initializers.GlorotNormal(seed))


class Autoencoder(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.encoder = tf.keras.Sequential([dense(32, 1, "relu"), dense(4, 2)])
        self.decoder = tf.keras.Sequential([dense(32, 3, "relu"), dense(64, 4)])

    def objective(self, x, seed):
        mean, log_variance = tf.split(self.encoder(x), num_or_size_splits=2, axis=1)
        z = mean + tf.exp(0.5 * log_variance) * tf.random.stateless_normal(tf.shape(mean), seed=[seed, 7])
        cross_entropy = tf.nn.sigmoid_cross_entropy_with_logits(labels=x, logits=self.decoder(z))
        likelihood = tf.reduce_sum(cross_entropy, axis=1)
        divergence = -0.5 * tf.reduce_sum(1.0 + log_variance - tf.square(mean) - tf.exp(log_variance), axis=1)
        return tf.reduce_mean(likelihood + divergence), tf.reduce_mean(divergence)


model = Autoencoder()
optimizer = tf.keras.optimizers.Adam(0.003)
step = 0
for epoch in range(5):
    for start in range(0, 512, 64):
        with tf.GradientTape() as tape:
            loss, divergence = model.objective(tf.constant(x_all[start : start + 64]), step)
        gradients = tape.gradient(loss, model.trainable_weights)
        optimizer.apply_gradients(zip(gradients, model.trainable_weights))
        step += 1
    print(f"epoch {epoch}: loss {float(loss):.4f}, divergence {float(divergence):.5f}")
