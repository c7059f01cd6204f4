"""A convolutional network of Keras on real handwritten digits: by `fit`, and by a loop of one's own over the same batches.

Run it with `python examples/digits_keras.py [SEED ...]`. The 1,797 images of 8 x 8 pixels come with scikit-learn; a fifth of them,
the same in every run, is held out. A seed decides the weights, the order of the batches and the dropout, and both ways of training
give the same losses for it.
"""

import sys
import time
from itertools import islice

import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

import gradtape as tf

keras, layers = tf.keras, tf.keras.layers
EPOCHS, BATCH, WIDTH = 15, 64, 24


def digits():
    """Images and one-hot labels to train on, images and labels held out."""
    images, labels = load_digits(return_X_y=True)
    images = (images / 16.0).astype("float32").reshape(-1, 8, 8, 1)
    x, held_x, y, held_y = train_test_split(images, labels, test_size=0.2, random_state=0, stratify=labels)
    return x, np.eye(10, dtype="float32")[y], held_x, held_y


def network(seed):
    keras.utils.set_random_seed(seed)
    model = keras.Sequential([keras.Input((8, 8, 1))])
    for width in (WIDTH, WIDTH, "pool", 2 * WIDTH, 2 * WIDTH):
        if width == "pool":
            model.add(layers.MaxPooling2D())
            continue
        model.add(layers.Conv2D(width, 3, padding="same", use_bias=False))
        model.add(layers.BatchNormalization(momentum=0.9))
        model.add(layers.ReLU())
    for layer in (layers.Flatten(), layers.Dropout(0.3), layers.Dense(10)):
        model.add(layer)
    return model


def batches(x, y, seed):
    """Batch after batch without end, each epoch in another order."""
    random = np.random.default_rng(seed)
    while True:
        order = random.permutation(len(x))
        for start in range(0, len(x), BATCH):
            chosen = order[start : start + BATCH]
            yield x[chosen], y[chosen]


def prepared(x, seed):
    """The network, the number of batches in an epoch, the optimizer and the loss."""
    steps = -(-len(x) // BATCH)
    optimizer = keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(3e-3, EPOCHS * steps))
    return network(seed), steps, optimizer, keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1)


def by_fit(x, y, seed, epochs=EPOCHS):
    model, steps, optimizer, loss = prepared(x, seed)
    model.compile(optimizer, loss)
    history = model.fit(batches(x, y, seed), steps_per_epoch=steps, epochs=epochs, shuffle=False, verbose=0)
    return model, history.history["loss"]


def by_loop(x, y, seed, epochs=EPOCHS):
    model, steps, optimizer, loss_of = prepared(x, seed)
    source, mean, curve = batches(x, y, seed), keras.metrics.Mean(), []
    for _ in range(epochs):
        mean.reset_state()
        for images, labels in islice(source, steps):
            with tf.GradientTape() as tape:
                loss = loss_of(labels, model(images, training=True))
            weights = model.trainable_variables
            optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights, strict=True))
            mean.update_state(loss, len(images))
        curve.append(float(mean.result()))
    return model, curve


def accuracy(model, images, labels):
    return float(np.mean(np.argmax(model.predict(images, verbose=0), -1) == labels))


def main():
    x, y, held_x, held_y = digits()
    found = []
    for seed in map(int, sys.argv[1:] or ["0"]):
        curves = []
        for way in (by_fit, by_loop):
            start = time.perf_counter()
            model, curve = way(x, y, seed)
            found.append(accuracy(model, held_x, held_y))
            curves.append(curve)
            seconds = time.perf_counter() - start
            print(
                f"seed {seed}, {way.__name__[3:]}: {found[-1]:.2%} of {len(held_y)} held out, loss {curve[-1]:.4f}, {seconds:.1f} s"
            )
        print(f"seed {seed}: the same curve: {curves[0] == curves[1]}")
    print(f"held-out accuracy over {len(found)} runs: mean {np.mean(found):.2%}, least {min(found):.2%}")


if __name__ == "__main__":
    main()
