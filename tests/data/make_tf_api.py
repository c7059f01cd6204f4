"""Writes tf_api_2.21.tsv: TensorFlow's public names, their kinds and signatures. Run it where TensorFlow 2.21 is installed.

Out: tf.keras (Keras has it), tf.raw_ops, tf.compat, tf.lite, tf.tpu, tf.mlir, tf.feature_column, tf.estimator, tf.initializers,
tf.losses, tf.metrics, tf.optimizers (Keras again), and names that begin with an underscore.
"""

import inspect
import re
import types
from pathlib import Path

import tensorflow as tf

OUT = {"keras", "raw_ops", "compat", "lite", "tpu", "mlir", "feature_column", "initializers", "losses", "metrics", "optimizers"}
PUBLIC = ("tensorflow._api.v2.", "tensorflow.experimental")
DEFAULT = re.compile(r"<[^<>]*(?:<[^<>]*>)*[^<>]*>")


def signature(value):
    try:
        found = inspect.signature(value)
    except (TypeError, ValueError):
        return ""
    bare = [p.replace(annotation=p.empty) for p in found.parameters.values()]
    return DEFAULT.sub("<default>", str(inspect.Signature(bare)))


def kind(value):
    if isinstance(value, type):
        return "class"
    return "function" if callable(value) else "value"


def members(name, owner):
    for key in sorted(vars(owner)):
        if not key.startswith("_"):
            value = inspect.getattr_static(owner, key)
            method = callable(value) or isinstance(value, staticmethod | classmethod)
            yield f"{name}.{key}", "method" if method else "property", signature(getattr(owner, key)) if method else ""


def rows(name, space):
    for key in sorted(dir(space)):
        if key.startswith("_") or (name == "tf" and key in OUT):
            continue
        value = getattr(space, key)
        if isinstance(value, types.ModuleType):
            if value.__name__.startswith(PUBLIC):
                yield from rows(f"{name}.{key}", value)
            continue
        yield f"{name}.{key}", kind(value), signature(value)
        if isinstance(value, type):
            yield from members(f"{name}.{key}", value)


if __name__ == "__main__":
    lines = ["\t".join(row) for row in sorted(set(rows("tf", tf)))]
    Path(__file__).with_name("tf_api_2.21.tsv").write_text("\n".join(["symbol\tkind\tsignature", *lines, ""]))
