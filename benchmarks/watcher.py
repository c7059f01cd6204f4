"""What tf.debugging.Watcher costs: a step of a 784-128-10 network (batch 128, Keras's Adam), alone and watched."""

import statistics
import tempfile
import time

import numpy as np

import gradtape as tf

STEPS, ROUNDS = 60, 9
RNG = np.random.default_rng(0)
CASES = {
    "no sample": {"every": 10**9},
    "every 100": {"every": 100},
    "every 10": {"every": 10},
    "every 10, no histograms": {"every": 10, "histograms": False},
    "every step": {"every": 1},
}


def weight(*shape):
    return tf.Variable((RNG.normal(size=shape) * np.sqrt(2.0 / shape[0])).astype(np.float32))


class Training:
    def __init__(self):
        self.variables = [weight(784, 128), tf.Variable(tf.zeros([128])), weight(128, 10), tf.Variable(tf.zeros([10]))]
        self.x = tf.constant(RNG.normal(size=(128, 784)).astype(np.float32))
        self.y = tf.constant(RNG.integers(0, 10, 128))
        self.optimizer = tf.keras.optimizers.Adam(1e-3)

    def step(self, watcher):
        w1, b1, w2, b2 = self.variables
        with tf.GradientTape() as tape:
            h = tf.nn.relu(self.x @ w1 + b1)
            losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=self.y, logits=h @ w2 + b2)
            loss = tf.reduce_mean(losses)
        if watcher is not None:
            watcher.observe(tape, self.variables)
        self.optimizer.apply_gradients(zip(tape.gradient(loss, self.variables), self.variables, strict=True))

    def milliseconds(self, watcher=None):
        start = time.perf_counter()
        for _ in range(STEPS):
            self.step(watcher)
        return (time.perf_counter() - start) / STEPS * 1e3


def main():
    training = Training()
    training.milliseconds()
    watchers = {name: tf.debugging.Watcher(tempfile.mkdtemp(), **options) for name, options in CASES.items()}
    alone, watched = [], {name: [] for name in CASES}
    for _ in range(ROUNDS):
        alone.append(training.milliseconds())
        for name, watcher in watchers.items():
            watched[name].append(training.milliseconds(watcher))
    base = statistics.median(alone)
    print(f"a step alone: {base:.2f} ms")
    for name, times in watched.items():
        print(f"  {name:24} {statistics.median(times):.2f} ms, {statistics.median(times) / base:.2f} of it")


if __name__ == "__main__":
    main()
