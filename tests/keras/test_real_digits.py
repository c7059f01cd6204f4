"""A CNN learns real digits, by a custom loop and by fit; the same seed gives the same curve."""

import keras
import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

import gradtape as tf

EPOCHS, BATCH = 14, 32
L = keras.layers


def parts():
    digits = load_digits()
    images = (digits.images / 16.0).astype("float32")[..., None]
    return train_test_split(images, digits.target, test_size=0.2, random_state=0, stratify=digits.target)


def cnn(seed):
    keras.utils.set_random_seed(seed)
    return keras.Sequential([
        keras.Input((8, 8, 1)), L.Conv2D(24, 3, padding="same", use_bias=False), L.BatchNormalization(momentum=0.9), L.ReLU(),
        L.Conv2D(48, 3, padding="same", activation="relu"), L.MaxPooling2D(), L.Dropout(0.4), L.Flatten(),
        L.Dense(64, activation="relu"), L.Dropout(0.4), L.Dense(10),
    ])  # fmt: skip


def adam():
    return keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(4e-3, EPOCHS * 45))


def fitted(seed, epochs):
    x, held_x, y, held_y = parts()
    model = cnn(seed)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer=adam(), loss=loss, metrics=["accuracy"])
    history = model.fit(x, y, batch_size=BATCH, epochs=epochs, verbose=0).history["loss"]
    return history, model.evaluate(held_x, held_y, verbose=0)[1]


def looped(seed, epochs):
    x, held_x, y, held_y = parts()
    model, optimizer = cnn(seed), adam()
    loss, shuffle, curve = keras.losses.SparseCategoricalCrossentropy(from_logits=True), np.random.default_rng(seed), []
    for _ in range(epochs):
        order, values = shuffle.permutation(len(x)), []
        for batch in np.split(order, range(BATCH, len(order), BATCH)):
            with tf.GradientTape() as tape:
                value = loss(y[batch], model(tf.constant(x[batch]), training=True))
            weights = model.trainable_variables
            optimizer.apply_gradients(zip(tape.gradient(value, weights), weights, strict=True))
            values.append(float(value))
        curve.append(np.mean(values))
    return curve, float(np.mean(np.argmax(model(held_x), -1) == held_y))


def test_fit():
    curve, accuracy = fitted(0, EPOCHS)
    assert accuracy > 0.975 and curve[-1] < curve[0] / 10
    assert fitted(0, 1)[0] == curve[:1] != fitted(1, 1)[0]


def test_custom_loop():
    curve, accuracy = looped(0, EPOCHS)
    assert accuracy > 0.975 and curve[-1] < curve[0] / 10
    assert looped(0, 1)[0] == curve[:1] != looped(1, 1)[0]
