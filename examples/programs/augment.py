"""A photograph through tf.image: cropped, turned, coloured, resized, measured; and the gradient of it all."""

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_sample_image

photo = tf.image.convert_image_dtype(tf.constant(load_sample_image("china.jpg")[100:292, 200:456]), tf.float32)
print(photo.shape, f"mean {float(tf.reduce_mean(photo)):.5f}")


def augmented(image):
    image = tf.image.central_crop(image, 0.75)
    image = tf.image.rot90(tf.image.flip_left_right(image))
    image = 1.3 * tf.image.adjust_brightness(image, 0.1)
    image = tf.image.resize(image, [48, 40], method="bicubic", antialias=True)
    return tf.clip_by_value(tf.image.resize_with_pad(image, 64, 64), 0.0, 1.0)


small = augmented(photo)
print(small.shape, f"mean {float(tf.reduce_mean(small)):.5f}, deviation {float(tf.math.reduce_std(small)):.5f}")
gray = tf.image.rgb_to_grayscale(photo)
edges = tf.image.sobel_edges(gray[None])
print(edges.shape, f"edges {float(tf.reduce_mean(tf.abs(edges))):.5f}", f"TV {float(tf.image.total_variation(photo)):.1f}")
warm = tf.image.adjust_saturation(tf.image.adjust_contrast(tf.image.adjust_hue(photo, 0.1), 1.2), 1.3)
print("warmer:", tf.reduce_mean(warm, [0, 1]).numpy().round(4).tolist())
for method in ("nearest", "bilinear", "area", "lanczos3"):
    back = tf.image.resize(tf.image.resize(photo, [48, 64], method=method), photo.shape[:2], method="bilinear")
    print(f"{method}: psnr {float(tf.image.psnr(photo, back, 1.0)):.3f}, ssim {float(tf.image.ssim(photo, back, 1.0)):.4f}")
encoded = tf.io.encode_png(tf.image.convert_image_dtype(photo, tf.uint8, saturate=True))
print(np.allclose(tf.image.convert_image_dtype(tf.io.decode_png(encoded), tf.float32), photo, atol=1e-6))
with tf.GradientTape() as tape:
    tape.watch(photo)
    score = tf.reduce_mean(tf.square(augmented(photo)))
gradient = tape.gradient(score, photo)
print(
    f"score {float(score):.5f}, gradient {float(tf.norm(gradient)):.6f}, pixels that count {int(tf.math.count_nonzero(gradient))}"
)
