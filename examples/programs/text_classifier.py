"""Which data set is a line about? The descriptions that scikit-learn ships, as words: tf.strings, a vocabulary table, ragged rows."""

import numpy as np
import tensorflow as tf
from sklearn import datasets

NAMES = ["wine", "diabetes", "breast_cancer", "digits"]
lines, labels = [], []
for label, name in enumerate(NAMES):
    for line in getattr(datasets, f"load_{name}")().DESCR.splitlines():
        if len(line.split()) >= 4:
            lines.append(line)
            labels.append(label)


def words_of(text):
    text = tf.strings.regex_replace(tf.strings.lower(text), r"[^[:alpha:] ]", " ")
    return tf.strings.split(text)


words = words_of(tf.constant(lines))
longest = int(tf.reduce_max(words.row_lengths()))
print(f"{len(lines)} lines, {words.flat_values.shape[0]} words, at most {longest} in a line")
print("first line:", tf.strings.reduce_join(words[0], separator=" ").numpy().decode())

counted = tf.unique_with_counts(words.flat_values)
known = tf.boolean_mask(counted.y, counted.count >= 2)
numbers = tf.range(tf.size(known, tf.int64), dtype=tf.int64)
table = tf.lookup.StaticVocabularyTable(tf.lookup.KeyValueTensorInitializer(known, numbers), num_oov_buckets=8)
print(f"vocabulary of {int(table.size())}, 8 of it for other words")

rng = np.random.default_rng(0)
order = rng.permutation(len(lines))
lines, labels = [lines[i] for i in order], np.array(labels)[order]
split = len(lines) * 3 // 4
train = tf.data.Dataset.from_tensor_slices((lines[:split], labels[:split])).batch(32)
train = train.map(lambda text, label: (table.lookup(words_of(text)), label))

embedding = tf.Variable((0.1 * rng.normal(size=(int(table.size()), 12))).astype("float32"))
weights = tf.Variable((0.1 * rng.normal(size=(12, len(NAMES)))).astype("float32"))
bias = tf.Variable(tf.zeros([len(NAMES)]))
variables = [embedding, weights, bias]


def logits_of(ids):
    vectors = tf.nn.embedding_lookup(embedding, ids)  # one row of vectors a line, as long as the line
    sums = tf.reduce_sum(vectors, axis=1)
    counts = tf.cast(tf.maximum(ids.row_lengths(), 1), tf.float32)
    return (sums / tf.sqrt(counts)[:, tf.newaxis]) @ weights + bias


for epoch in range(30):
    total = 0.0
    for ids, label in train:
        with tf.GradientTape() as tape:
            losses = tf.nn.sparse_softmax_cross_entropy_with_logits(labels=label, logits=logits_of(ids))
            loss = tf.reduce_mean(losses)
        for variable, gradient in zip(variables, tape.gradient(loss, variables)):
            variable.assign_sub(1.0 * tf.convert_to_tensor(gradient))
        total += float(tf.reduce_sum(losses))
    if epoch % 6 == 5:
        print(f"epoch {epoch}: loss {total / split:.4f}")

guesses = tf.argmax(logits_of(table.lookup(words_of(lines[split:]))), axis=1)
right = tf.reduce_mean(tf.cast(guesses == labels[split:], tf.float32))
print(f"right on lines that were not shown: {float(right):.3f}")
scores = logits_of(table.lookup(words_of(tf.constant(["The chemical analysis of wines", "Images of handwritten digits"]))))
for row in scores:
    print(
        tf.strings.join([NAMES[int(tf.argmax(row))], tf.strings.as_string(tf.reduce_max(row), precision=1)], separator=": ")
        .numpy()
        .decode()
    )
