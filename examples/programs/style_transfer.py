"""The style of one photograph on the content of another (scikit-learn's flower and temple), with random filters."""

import os

import numpy as np
import sklearn.datasets
import tensorflow as tf

FOLDER = os.path.join(os.path.dirname(sklearn.datasets.__file__), "images")


def small(name):
    content = tf.io.read_file(os.path.join(FOLDER, name))
    image = tf.io.decode_jpeg(content, channels=3, dct_method="INTEGER_ACCURATE")
    image = tf.image.convert_image_dtype(image, tf.float32)[:400, :600]
    return tf.image.resize(image[None], [40, 60], method="area")


content, style = small("china.jpg"), small("flower.jpg")
rng = np.random.default_rng(6)
kernels = [
    tf.constant((rng.normal(size=s) * np.sqrt(2 / np.prod(s[:3]))).astype("float32")) for s in [(3, 3, 3, 12), (3, 3, 12, 16)]
]


def features(image):
    found = []
    for kernel in kernels:
        image = tf.nn.relu(tf.nn.conv2d(image, kernel, strides=[1, 1, 1, 1], padding="SAME"))
        found.append(image)
        image = tf.nn.avg_pool2d(image, ksize=2, strides=2, padding="SAME")
    return found


def gram(layer):
    shape = tf.shape(layer)
    return tf.linalg.einsum("bijc,bijd->bcd", layer, layer) / tf.cast(shape[1] * shape[2], tf.float32)


style_grams = [gram(layer) for layer in features(style)]
content_layer = features(content)[-1]
image = tf.Variable(content)
optimizer = tf.keras.optimizers.Adam(learning_rate=0.02, beta_1=0.9)
for step in range(30):
    with tf.GradientTape() as tape:
        layers = features(image)
        style_loss = tf.add_n([tf.reduce_mean((gram(a) - b) ** 2) for a, b in zip(layers, style_grams)])
        content_loss = tf.reduce_mean((layers[-1] - content_layer) ** 2)
        variation = tf.reduce_sum(tf.image.total_variation(image))
        loss = style_loss + 0.1 * content_loss + 1e-5 * variation
    optimizer.apply_gradients([(tape.gradient(loss, image), image)])
    image.assign(tf.clip_by_value(image, 0.0, 1.0))
    if step % 10 == 9:
        print(f"step {step}: style {float(style_loss):.5f}, content {float(content_loss):.6f}, variation {float(variation):.2f}")
print("mean colour:", np.array2string(tf.reduce_mean(image, axis=[0, 1, 2]).numpy(), precision=4))
