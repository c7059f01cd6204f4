"""Writes the small files of tests/data/records with TensorFlow 2.21: run it where that is installed.

python tests/data/make_records.py
"""

import json
import os
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import tensorflow as tf

HERE = Path(__file__).parent / "records"
PLAIN = [b"first", b"", b"x" * 300, b"last"]


def example(n, text, values):
    feature = {
        "n": tf.train.Feature(int64_list=tf.train.Int64List(value=[n])),
        "text": tf.train.Feature(bytes_list=tf.train.BytesList(value=[text])),
        "values": tf.train.Feature(float_list=tf.train.FloatList(value=values)),
    }
    return tf.train.Example(features=tf.train.Features(feature=feature)).SerializeToString()


def sequence(steps):
    context = tf.train.Features(feature={"n": tf.train.Feature(int64_list=tf.train.Int64List(value=[len(steps)]))})
    rows = [tf.train.Feature(int64_list=tf.train.Int64List(value=step)) for step in steps]
    lists = tf.train.FeatureLists(feature_list={"s": tf.train.FeatureList(feature=rows)})
    return tf.train.SequenceExample(context=context, feature_lists=lists).SerializeToString()


def write(name, records, kind=""):
    with tf.io.TFRecordWriter(str(HERE / name), tf.io.TFRecordOptions(compression_type=kind)) as writer:
        for record in records:
            writer.write(record)


if __name__ == "__main__":
    HERE.mkdir(exist_ok=True)
    write("plain.tfrecord", PLAIN)
    write("plain.tfrecord.gz", PLAIN, "GZIP")
    write("plain.tfrecord.z", PLAIN, "ZLIB")
    examples = [example(1, b"one", [0.5]), example(-2, b"two", [1.5, 2.5]), example(3, b"three", [])]
    write("examples.tfrecord", examples)
    write("sequences.tfrecord", [sequence([[1, 2], [3, 4]]), sequence([[5, 6]])])
    kinds = {
        "n": tf.io.FixedLenFeature([], tf.int64),
        "text": tf.io.FixedLenFeature([1], tf.string),
        "values": tf.io.FixedLenSequenceFeature([], tf.float32, allow_missing=True, default_value=-1.0),
        "none": tf.io.FixedLenFeature([2], tf.float32, default_value=[7.0, 8.0]),
    }
    parsed = tf.io.parse_example(examples, kinds)
    found = {key: value.numpy().tolist() for key, value in parsed.items()}
    found["text"] = [[text.decode() for text in row] for row in found["text"]]
    (HERE / "parsed.json").write_text(json.dumps(found) + "\n")
