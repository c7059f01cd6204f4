"""Writes summary.tfevents: summary_cases.py on TensorFlow. Run it with the Python that has TensorFlow 2.21 and TensorBoard."""

import os
import tempfile
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import summary_cases
import tensorflow as tf

HERE = Path(__file__).resolve().parent


def main():
    folder = tempfile.mkdtemp()
    writer = tf.summary.create_file_writer(folder)
    with writer.as_default():
        summary_cases.write(tf)
    writer.close()
    (written,) = Path(folder).iterdir()
    (HERE / "summary.tfevents").write_bytes(written.read_bytes())


if __name__ == "__main__":
    main()
