"""A small Q-network with a target network on a cart that must stop at the origin; the environment is written by hand."""

import numpy as np
import tensorflow as tf

rng = np.random.default_rng(11)
PUSHES = np.array([-0.1, 0.0, 0.1], "float32")


def make_network(seed):
    start = tf.keras.initializers.HeUniform(seed=seed)
    end = tf.keras.initializers.HeUniform(seed=seed + 1)
    return tf.keras.Sequential(
        [
            tf.keras.Input((2,)),
            tf.keras.layers.Dense(24, "relu", kernel_initializer=start),
            tf.keras.layers.Dense(3, kernel_initializer=end),
        ]
    )


def move(state, action):
    position, speed = state[:, 0], state[:, 1]
    speed = 0.95 * speed + PUSHES[action]
    position = np.clip(position + speed, -2.0, 2.0)
    after = np.stack([position, speed], 1).astype("float32")
    return after, -(position**2) - 0.1 * speed**2


network, target = make_network(1), make_network(1)
optimizer = tf.keras.optimizers.RMSprop(0.002)
huber = tf.keras.losses.Huber()
for step in range(120):
    if step % 20 == 0:
        target.set_weights(network.get_weights())
    state = rng.uniform(-1, 1, (64, 2)).astype("float32")
    action = rng.integers(0, 3, 64)
    after, reward = move(state, action)
    goal = reward.astype("float32") + 0.9 * tf.reduce_max(target(after), axis=1)
    with tf.GradientTape() as tape:
        chosen = tf.reduce_sum(network(state) * tf.one_hot(action, 3), axis=1)
        loss = huber(goal, chosen)
    gradients = [tf.clip_by_norm(g, 1.0) for g in tape.gradient(loss, network.trainable_variables)]
    optimizer.apply_gradients(zip(gradients, network.trainable_variables))
    if step % 40 == 39:
        print(f"step {step}: loss {float(loss):.5f}, mean Q {float(tf.reduce_mean(chosen)):.4f}")
print("Q at rest, right of the origin:", np.array2string(network(np.array([[0.5, 0.0]], "float32")).numpy(), precision=3))
