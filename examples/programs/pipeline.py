"""tf.data feeds a custom loop: shuffled with a seed, mapped, batched, prefetched; windows, scans and padded batches on the side."""

import numpy as np
import tensorflow as tf
from sklearn.datasets import load_digits

digits = load_digits()
AUTOTUNE = tf.data.AUTOTUNE


def prepare(image, label):
    image = tf.cast(image, tf.float32) / 16.0
    return tf.reshape(image, [64]), tf.one_hot(label, 10)


train = tf.data.Dataset.from_tensor_slices((digits.images[:1500], digits.target[:1500]))
order = np.random.default_rng(2).permutation(1500)
train = tf.data.Dataset.from_tensor_slices((digits.images[order], digits.target[order]))
train = train.map(prepare, num_parallel_calls=AUTOTUNE).cache().batch(100, drop_remainder=True).prefetch(AUTOTUNE)
test = tf.data.Dataset.from_tensor_slices((digits.images[1500:], digits.target[1500:])).map(prepare).batch(99)
print(train.element_spec, len(train), int(test.cardinality()))

w, b = tf.Variable(tf.zeros([64, 10])), tf.Variable(tf.zeros([10]))
for epoch in range(3):
    total = 0.0
    for number, (images, labels) in train.enumerate():
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels, images @ w + b))
        gw, gb = tape.gradient(loss, [w, b])
        w.assign_sub(0.5 * gw)
        b.assign_sub(0.5 * gb)
        total += float(loss)
    print(f"epoch {epoch}: {total / (int(number) + 1):.5f}")
right = test.reduce(
    np.int64(0), lambda n, row: n + tf.reduce_sum(tf.cast(tf.argmax(row[0] @ w + b, 1) == tf.argmax(row[1], 1), tf.int64))
)
print("right:", int(right), "of 297")

series = tf.data.Dataset.range(10)
windows = series.window(4, shift=3, drop_remainder=True).flat_map(lambda window: window.batch(4))
print([row.tolist() for row in windows.as_numpy_iterator()])
print([int(v) for v in series.scan(tf.constant(0, tf.int64), lambda state, v: (state + v, state + v))])
ragged = tf.data.Dataset.from_generator(lambda: ([1] * n for n in (1, 3, 2)), output_signature=tf.TensorSpec([None], tf.int32))
print([batch.tolist() for batch in ragged.padded_batch(2, padding_values=-1).as_numpy_iterator()])
both = tf.data.Dataset.zip((series, series.skip(5))).filter(lambda a, b: (a + b) % 3 == 1).take(2)
print([(int(a), int(b)) for a, b in both], sum(1 for _ in series.repeat(3).shuffle(5, seed=1)))
