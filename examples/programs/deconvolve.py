"""A blurred photograph becomes sharp: the blur is a product in Fourier space, and so is the step of gradient descent."""

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_sample_image

sharp = tf.image.rgb_to_grayscale(tf.constant(load_sample_image("china.jpg"))[120:184, 300:364])
sharp = tf.cast(sharp[..., 0], tf.float32) / 255.0
axis = np.minimum(np.arange(64), 64 - np.arange(64))
kernel = np.exp(-(axis[:, None] ** 2 + axis[None] ** 2) / (2 * 1.5**2)).astype("float32")
transfer = tf.signal.fft2d(tf.cast(kernel / kernel.sum(), tf.complex64))


def blurred(image):
    return tf.math.real(tf.signal.ifft2d(tf.signal.fft2d(tf.cast(image, tf.complex64)) * transfer))


seen = blurred(sharp) + 0.002 * np.random.default_rng(3).normal(size=(64, 64)).astype("float32")
print(f"seen: psnr {float(tf.image.psnr(sharp[..., None], seen[..., None], 1.0)):.3f}")
image, momentum = tf.Variable(seen), tf.zeros_like(seen)
for n in range(30):
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.square(blurred(image) - seen)) + 1e-4 * tf.reduce_sum(tf.square(image))
    momentum = 0.9 * momentum + tape.gradient(loss, image)
    image.assign_sub(0.4 * momentum)
    if n % 10 == 9:
        quality = float(tf.image.psnr(sharp[..., None], image[..., None], 1.0))
        print(f"step {n + 1}: loss {float(loss):.4f}, psnr {quality:.3f}")
spectrum = tf.abs(tf.signal.rfft2d(image))
print(
    f"Parseval: {float(tf.reduce_sum(tf.abs(tf.signal.fft2d(tf.cast(image, tf.complex64))) ** 2) / 4096 / tf.reduce_sum(image**2)):.5f}"
)
print(spectrum.shape, f"cosines {float(tf.norm(tf.signal.dct(image, norm='ortho'))):.4f}, {float(tf.norm(image)):.4f}")
