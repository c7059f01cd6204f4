"""The look of one photograph on another: Gram matrices of random convolutions and the moments of colours, by gradient descent on pixels."""

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_sample_image


def photo(name):
    return tf.image.resize(tf.constant(load_sample_image(name)), [40, 60], antialias=True)[None] / 255.0


content, style = photo("china.jpg"), photo("flower.jpg")
rng = np.random.default_rng(71)
kernels = [tf.constant((rng.normal(size=s) / np.sqrt(np.prod(s[:3]))).astype("float32")) for s in ((3, 3, 3, 16), (3, 3, 16, 24))]


def features(image):
    out, x = [], image * 2.0 - 1.0
    for kernel in kernels:
        x = tf.nn.relu(tf.nn.conv2d(x, kernel, strides=2, padding="SAME"))
        out.append(x)
    return out


def gram(x):
    result = tf.linalg.einsum("bijc,bijd->bcd", x, x)
    return result / tf.cast(x.shape[1] * x.shape[2], tf.float32)


def moments(image):
    mean, variance = tf.nn.moments(image, axes=[1, 2])
    return tf.concat([mean, tf.sqrt(variance + 1e-6)], -1)


wanted = [gram(f) for f in features(style)]
kept = features(content)[-1]
image = tf.Variable(content)
optimizer = tf.keras.optimizers.Adam(0.02)


@tf.function
def step():
    with tf.GradientTape() as tape:
        maps = features(image)
        look = tf.add_n([tf.reduce_mean((gram(f) - g) ** 2) for f, g in zip(maps, wanted)])
        colour = tf.reduce_mean((moments(image) - moments(style)) ** 2)
        scene = tf.reduce_mean((maps[-1] - kept) ** 2)
        loss = 20.0 * look + 5.0 * colour + scene
    optimizer.apply_gradients([(tape.gradient(loss, image), image)])
    image.assign(tf.clip_by_value(image, 0.0, 1.0))
    return look, colour, scene


for n in range(40):
    look, colour, scene = step()
    if n % 20 in (0, 19):
        print(f"step {n + 1}: look {float(look):.5f}, colour {float(colour):.5f}, scene {float(scene):.5f}")
print("mean colour", tf.reduce_mean(image, [0, 1, 2]).numpy().round(3).tolist())
