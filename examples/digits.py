"""A classifier of real handwritten digits: tf.Module, tf.Variable, a GradientTape and a Keras optimizer.

Run it with `python examples/digits.py [PICTURE]`. The 1,797 images of 8 x 8 pixels come with scikit-learn; a fifth of them
is held out. It draws the learning curve and some predictions into out/digits.png, or the PNG file that it is given.
"""

import sys
import time
from pathlib import Path

import matplotlib
import numpy as np
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

import gradtape as tf

matplotlib.use("Agg")
from matplotlib import pyplot as plt

EPOCHS, BATCH, HIDDEN, CLASSES = 30, 64, 128, 10
PICTURE = Path(sys.argv[1] if len(sys.argv) > 1 else "out/digits.png")


class Dense(tf.Module):
    """x W + b, with weights drawn for a rectified input."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.w = tf.Variable(tf.random.normal([inputs, outputs], stddev=(2.0 / inputs) ** 0.5), name="w")
        self.b = tf.Variable(tf.zeros([outputs]), name="b")

    def __call__(self, x):
        return x @ self.w + self.b


class Classifier(tf.Module):
    """Two hidden layers; returns logits."""

    def __init__(self, inputs):
        super().__init__()
        self.layers = [Dense(inputs, HIDDEN), Dense(HIDDEN, HIDDEN), Dense(HIDDEN, CLASSES)]

    def __call__(self, x):
        *hidden, last = self.layers
        for layer in hidden:
            x = tf.nn.relu(layer(x))
        return last(x)


def train_step(model, optimizer, images, labels):
    with tf.GradientTape() as tape:
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=model(images))
        loss = tf.reduce_mean(losses)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables, strict=True))
    return float(loss)


def accuracy(model, images, labels):
    return float(np.mean(predict(model, images) == labels))


def predict(model, images):
    return tf.argmax(model(tf.constant(images)), axis=1).numpy()


def train(model, train_images, train_labels, test_images, test_labels):
    """Trains and returns the curves: mean loss, training and held-out accuracy of each epoch."""
    optimizer = tf.keras.optimizers.Adam(learning_rate=2e-3)
    shuffle = np.random.default_rng(0)
    curves = []
    columns = [TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()]
    with Progress(*columns) as progress:
        task = progress.add_task("training", total=EPOCHS)
        for _ in range(EPOCHS):
            order = shuffle.permutation(len(train_images))
            batches = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
            loss = np.mean([train_step(model, optimizer, train_images[b], train_labels[b]) for b in batches])
            held_out = accuracy(model, test_images, test_labels)
            curves.append((loss, accuracy(model, train_images, train_labels), held_out))
            progress.update(task, advance=1, description=f"loss {loss:.4f}  held-out accuracy {held_out:.1%}")
    return np.array(curves)


def draw(curves, images, labels, predictions):
    """The learning curve, and predictions with the wrong ones first."""
    figure = plt.figure(figsize=(11, 4.6), layout="constrained")
    left, right = figure.subfigures(1, 2, width_ratios=[1.2, 1])
    draw_curves(left, curves)
    right.suptitle("Held-out digits: the wrong ones first")
    order = np.argsort(predictions == labels, kind="stable")[:20]
    for axes, i in zip(right.subplots(4, 5).flat, order, strict=True):
        axes.imshow(images[i].reshape(8, 8), cmap="gray_r")
        axes.set_axis_off()
        right_answer = predictions[i] == labels[i]
        text = f"{predictions[i]}" if right_answer else f"{predictions[i]}, not {labels[i]}"
        axes.set_title(text, fontsize=9, color="black" if right_answer else "crimson")
    PICTURE.parent.mkdir(exist_ok=True)
    figure.savefig(PICTURE, dpi=120)


def draw_curves(figure, curves):
    epochs = np.arange(1, len(curves) + 1)
    axes = figure.subplots()
    axes.semilogy(epochs, curves[:, 0], color="tab:gray", label="loss")
    axes.set(xlabel="epoch", ylabel="training loss")
    share = axes.twinx()
    share.plot(epochs, 100 * curves[:, 1], color="tab:blue", alpha=0.5, label="accuracy in training")
    share.plot(epochs, 100 * curves[:, 2], color="tab:blue", label="accuracy held out")
    share.set(ylabel="accuracy, %", ylim=(85, 100.5))
    figure.suptitle("Learning curve")
    lines = [*axes.get_lines(), *share.get_lines()]
    share.legend(lines, [str(line.get_label()) for line in lines], loc="center right")


def main():
    start = time.perf_counter()
    tf.random.set_seed(1)
    digits = load_digits()
    images = (digits.data / 16.0).astype(np.float32)
    labels = digits.target.astype(np.int64)
    split = train_test_split(images, labels, test_size=0.2, random_state=0, stratify=labels)
    train_images, test_images, train_labels, test_labels = split
    model = Classifier(images.shape[1])
    curves = train(model, train_images, train_labels, test_images, test_labels)
    draw(curves, test_images, test_labels, predict(model, test_images))
    seconds = time.perf_counter() - start
    print(
        f"held-out accuracy {curves[-1, 2]:.1%} on {len(test_images)} of {len(images)} images, {seconds:.1f} s; picture: {PICTURE}"
    )


if __name__ == "__main__":
    main()
