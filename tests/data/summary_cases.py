"""What is written into an event file, on TensorFlow once (summary.tfevents) and here by the tests."""

import numpy as np


def write(tf):
    """To the default writer; each summary has a step of its own."""
    rng = np.random.default_rng(3)
    s = tf.summary
    s.scalar("loss", 0.25, step=1)
    s.scalar("loss", np.float64(1 / 3), step=2, description="the **mean** loss")
    s.scalar("count", 7, step=3)
    s.scalar("flag", True, step=4)
    with tf.name_scope("encoder"):
        s.scalar("norm of it", tf.constant(2.5), step=5)
        with s.experimental.summary_scope("own") as (tag, _):
            s.write(tag, tf.constant([[1, 2], [3, 4]]), step=6)
    s.histogram("weights", rng.normal(size=(40, 25)).astype("float32"), step=7)
    s.histogram("few", [1.0, 2.0, 2.0, 4.0], step=8, buckets=3, description="four numbers")
    s.histogram("same", [2.0, 2.0], step=9)
    s.histogram("none", np.zeros(0, "float32"), step=10)
    s.histogram("whole", np.arange(10), step=11, buckets=5)
    s.histogram("no buckets", [1.0], step=12, buckets=0)
    s.histogram("flags", [True, False, True], step=13, buckets=2)
    for step, channels in enumerate((1, 2, 3, 4), 14):
        s.image(f"float{channels}", rng.normal(0.5, 0.5, size=(2, 5, 4, channels)).astype("float32"), step=step)
    s.image("bytes", rng.integers(0, 256, size=(5, 3, 6, 3)).astype("uint8"), step=18, max_outputs=4)
    s.image("wide integers", rng.integers(0, 65536, size=(1, 2, 2, 1)).astype("uint16"), step=19)
    s.image("signed", rng.integers(-100, 100, size=(1, 2, 2, 1)).astype("int8"), step=20)
    s.image("no picture", np.zeros((1, 2, 2, 1), "float32"), step=21, max_outputs=0)
    s.image("double", rng.uniform(size=(1, 3, 2, 1)), step=22)
    s.audio("tone", np.sin(np.arange(400) / 9).astype("float32")[None, :, None], 8000, step=23)
    s.audio(
        "loud", rng.normal(size=(5, 30, 2)).astype("float32"), 16000, step=24, max_outputs=2, encoding="wav", description="noise"
    )
    s.text("note", "**started**", step=25)
    s.text("table", [["a", "b"], ["c", "d\u00e9"]], step=26)
    s.text("bytes of text", b"plain", step=27)
    s.write("own", lambda: tf.constant([0.5, 1.5]), step=28, metadata=b"")
    s.write("strings", "text", step=tf.constant(29, tf.int64))
    with s.record_if(False):
        s.scalar("never", 1.0, step=30)
    with s.record_if(lambda: True):
        s.scalar("always", 1.0, step=31)
    s.experimental.set_step(tf.Variable(32, dtype=tf.int64))
    s.scalar("by default", 1.0)
    s.experimental.set_step(None)
