"""Writes src/gradtape/dropin/v1_names.tsv: which names of tf.compat.v1 are a name of TensorFlow 2. Run it where TensorFlow 2.21 is.

A row holds the name below tf.compat.v1 and the name below tf that is the same object, or "-" where TensorFlow 1 meant
something else by it.
"""

import types
from pathlib import Path

import tensorflow as tf

OUT = {
    "keras",
    "raw_ops",
    "compat",
    "estimator",
    "feature_column",
    "lite",
    "tpu",
    "mlir",
    "layers",
    "losses",
    "metrics",
    "optimizers",
}
PLAIN = (int, float, str, bytes, bool, type(None))
TABLE = Path(__file__).resolve().parents[1] / "src" / "gradtape" / "dropin" / "v1_names.tsv"


def names(space, prefix=""):
    for key in sorted(dir(space)):
        if key.startswith("_") or (not prefix and key in OUT):
            continue
        value = getattr(space, key)
        if type(value) is types.ModuleType or value.__class__.__name__ == "TFModuleWrapper":
            if "_api" in value.__name__ and prefix.count(".") < 3:
                yield from names(value, f"{prefix}{key}.")
        elif not isinstance(value, PLAIN):
            yield f"{prefix}{key}", value


def main():
    today = {}
    for path, value in names(tf):
        today.setdefault(id(value), []).append(path)
    rows = []
    for path, value in names(tf.compat.v1):
        same = sorted(today.get(id(value), []), key=lambda name: (name != path, name.count("."), len(name)))
        rows.append(f"{path}\t{same[0] if same else '-'}")
    TABLE.write_text("\n".join(rows) + "\n", encoding="utf-8")
    print(len(rows), "names,", sum(row.endswith("\t-") for row in rows), "of TensorFlow 1 alone")


if __name__ == "__main__":
    main()
