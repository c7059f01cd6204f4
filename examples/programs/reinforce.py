"""Policy gradients on a walk written by hand: a state in a corridor, the goal at its right end."""

import numpy as np
import tensorflow as tf

LENGTH = 6
rng = np.random.default_rng(1)
weights = tf.Variable(tf.zeros([LENGTH, 2]))
optimizer = tf.keras.optimizers.SGD(learning_rate=0.3)


class Corridor:
    def reset(self):
        self.place, self.time = 0, 0
        return self.place

    def step(self, action):
        self.place = max(0, self.place + (1 if action else -1))
        self.time += 1
        won = self.place == LENGTH - 1
        return self.place, 1.0 if won else -0.02, won or self.time >= 40


def episode(environment):
    """Log-probabilities of what was done, and the rewards."""
    state, done = environment.reset(), False
    log_probabilities, rewards = [], []
    while not done:
        logits = tf.gather(weights, state)
        probability = tf.nn.softmax(logits)
        action = int(rng.random() < float(probability[1]))
        log_probabilities.append(tf.nn.log_softmax(logits)[action])
        state, reward, done = environment.step(action)
        rewards.append(reward)
    return tf.stack(log_probabilities), rewards


def returns(rewards, discount=0.95):
    total, found = 0.0, []
    for reward in reversed(rewards):
        total = reward + discount * total
        found.append(total)
    return np.array(found[::-1], "float32")


environment = Corridor()
for block in range(4):
    lengths = []
    for _ in range(8):
        with tf.GradientTape() as tape:
            log_probabilities, rewards = episode(environment)
            loss = -tf.reduce_sum(log_probabilities * returns(rewards))
        optimizer.apply_gradients([(tape.gradient(loss, weights), weights)])
        lengths.append(len(rewards))
    right = tf.nn.softmax(weights)[:, 1]
    print(
        f"episodes {8 * block + 8}: {np.mean(lengths):.2f} steps, P(right) = {np.array2string(right.numpy()[:-1], precision=4)}"
    )
